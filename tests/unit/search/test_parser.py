import pytest

from archivist.search.parser import DEEPEST, LONGEST, MOST_WORDS, read_query
from archivist.search.query import Not, Words, wanted_words

READINGS = [
    ("torture police", "torture AND police"),
    ("torture AND police", "torture AND police"),
    ("a OR b c", "(a OR b) AND c"),
    ("a AND b OR c", "(a AND b) OR c"),
    ("(a b) OR c", "(a AND b) OR c"),
    ("a NOT b", "a AND NOT b"),
    ("a -b", "a AND NOT b"),
    ("-a", "NOT a"),
    ("NOT NOT a", "a"),
    ("+a +b", "a AND b"),
    ("-(a OR b) c", "NOT (a OR b) AND c"),
    ('-"a b"', "NOT “a b”"),
    ("state-run", "state-run"),
    ("a - b", "a AND b"),
    ("--json", "--json"),
    ('"in the city"', "“in the city”"),
    ("“in the city”", "“in the city”"),
    ("«в городе»", "“в городе”"),
    ("「人权」", "“人权”"),
    ("polic*", "polic*"),
    ('"secret polic*"', "“secret polic”*"),
    ("tag:torture", "tag:torture"),
    ("TAG:torture", "tag:torture"),
    ('tag:"forced labour"', "tag:“forced labour”"),
    ("tag:“forced labour”", "tag:“forced labour”"),
    ("case:smi* -tag:x", "case:smi* AND NOT tag:x"),
    ("lang:zh-Hans", "lang:zh-hans"),
    ("language:pt_BR", "lang:pt-br"),
    ("kind:PDF", "kind:pdf"),
    ("date:2019", "date:2019"),
    ("date:2019-05-03", "date:2019-05-03"),
    ("date:2019..2021-06", "date:2019..2021-06"),
    ("date:..2021", "date:..2021"),
    ('date:"2019 .. 2021"', "date:2019..2021"),
    ("a\u3000ＯＲ\u3000b", "a AND ＯＲ AND b"),
    ("（a OR b） －c", "(a OR b) AND NOT c"),
    ("tag：x pol＊", "tag:x AND pol*"),
    ("http://example.org/x", "http://example.org/x"),
    ('צה"ל', 'צה"ל'),
    ("don’t", "don’t"),
    ("and or not", "and AND or AND not"),
]


@pytest.mark.parametrize(("text", "understood"), READINGS)
def test_a_query_is_understood(text: str, understood: str) -> None:
    reading = read_query(text)

    assert reading.understood == understood
    assert reading.remarks == ()
    assert reading.is_whole


@pytest.mark.parametrize(
    ("text", "understood", "remark"),
    [
        ("AND a", "“AND” AND a", "joins nothing"),
        ("a OR", "a AND “OR”", "joins nothing"),
        ("NOT", "“NOT”", "joins nothing"),
        ("a AND OR b", "a AND (“AND” OR b)", "joins nothing"),
        ("(a b", "a AND b", "not closed"),
        ("a) b", "a AND b", "without an opening one"),
        ('"a b', "“a b”", "not closed"),
        ("date:soon", "“date soon”", "is no date"),
        ("date:2019-13", "“date 2019-13”", "is no date"),
        ("lang:", "lang:", ""),
        ("tag: x", "tag: AND x", ""),
        ("tag:(a)", "tag: AND a", ""),
        ("*tion", "tion", "at the end of a word only"),
        ("wom*n", "“wom n”", "at the end of a word only"),
        ("* a", "a", "at the end of a word only"),
    ],
)
def test_a_mistake_is_read_as_plain_words_and_said(text: str, understood: str, remark: str) -> None:
    reading = read_query(text)

    assert reading.understood == understood
    assert any(remark in said for said in reading.remarks) or not remark


def test_nothing_to_look_for_is_no_query() -> None:
    for text in ("", "   ", "?!", "()", "-", "+ - ~ ^ [", ":::::", '""', "*", "\0"):
        assert read_query(text).query is None
        assert read_query(text).understood == ""


def test_a_query_is_bounded_in_length() -> None:
    reading = read_query("a" * (LONGEST + 1))

    assert reading.understood == "a" * LONGEST
    assert not reading.is_whole
    assert str(LONGEST) in reading.remarks[0]


def test_a_query_is_bounded_in_words() -> None:
    reading = read_query(" ".join(f"w{number}" for number in range(MOST_WORDS + 6)))

    assert reading.understood.count("AND") == MOST_WORDS - 1
    assert not reading.is_whole
    assert str(MOST_WORDS) in reading.remarks[0]


def test_parentheses_are_bounded_in_depth() -> None:
    within = read_query("(" * DEEPEST + "a OR b" + ")" * DEEPEST)
    beyond = read_query("(" * (DEEPEST + 1) + "a OR b" + ")" * (DEEPEST + 1))

    assert (within.understood, within.remarks) == ("a OR b", ())
    assert beyond.understood == "a OR b"
    assert "Parentheses were left out" in beyond.remarks[0]


def test_a_lone_surrogate_is_no_danger_to_what_is_shown() -> None:
    assert read_query("a\ud800b").understood.encode("utf-8")


def test_a_prefix_and_a_phrase_are_told_from_words() -> None:
    prefix, phrase = read_query("pol*").query, read_query('"a b"').query

    assert isinstance(prefix, Words)
    assert isinstance(phrase, Words)
    assert (prefix.has_open_end, prefix.terms) == (True, ("pol",))
    assert (phrase.has_open_end, phrase.terms) == (False, ("a", "b"))


def test_a_single_character_of_an_unspaced_script_begins_a_pair() -> None:
    single, pair = read_query("权").query, read_query("人权").query

    assert isinstance(single, Words)
    assert isinstance(pair, Words)
    assert (single.has_open_end, single.terms) == (True, ("权",))
    assert (pair.has_open_end, pair.terms) == (False, ("人权",))


def test_words_to_be_left_out_are_not_shown() -> None:
    query = read_query("a -b tag:c (d OR NOT e)").query

    assert [words.shown for words in wanted_words(query)] == ["a", "d"]
    assert list(wanted_words(Not(read_query("a").query or Words((), "")))) == []
