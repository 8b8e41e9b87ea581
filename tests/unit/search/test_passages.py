import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from archivist.model.text import canonical
from archivist.search.parser import read_query
from archivist.search.passages import LENGTH, best_passage, passages

FILLER = "Lorem ipsum dolor sit amet consectetur. "


def marked(query: str, text: str) -> list[str]:
    passage = best_passage(read_query(query).query, text)
    assert passage.snippet == text[passage.start : passage.end]
    assert list(passage.marks) == sorted(set(passage.marks))
    return [text[start:end] for start, end in passage.marks]


def test_the_passage_with_most_of_the_words_is_chosen() -> None:
    text = FILLER * 20 + "The police came. " + FILLER * 20 + "The police used torture there. " + FILLER * 20

    passage = best_passage(read_query("torture police").query, text)

    assert "The police used torture there." in passage.snippet
    assert [text[start:end] for start, end in passage.marks] == ["police", "torture"]
    assert passage.end - passage.start <= LENGTH


def test_a_passage_begins_at_a_sentence_and_ends_at_a_word() -> None:
    text = FILLER * 5 + "A witness saw the truck. " + FILLER * 30

    passage = best_passage(read_query("truck").query, text)

    assert passage.start == 0 or text[passage.start - 1].isspace()
    assert text[passage.end].isspace() or text[passage.end - 1] in ".!?"
    assert not passage.snippet[0].isspace()
    assert not passage.snippet[-1].isspace()


def test_without_a_hit_the_beginning_is_shown() -> None:
    text = "\n\n  " + FILLER * 30

    passage = best_passage(read_query("absent").query, text)

    assert passage.snippet.startswith("Lorem ipsum")
    assert passage.marks == ()
    assert 0 < passage.end - passage.start <= LENGTH


@pytest.mark.parametrize("text", ["", " ", "\n", "a", "é", "\u0301", "\U0001f600", "\u00ad\n"])
def test_the_smallest_texts_have_passages(text: str) -> None:
    for query in ("a", "", "é*", "人权", '"a b"'):
        passage = best_passage(read_query(query).query, text)

        assert text[passage.start : passage.end] == passage.snippet


@pytest.mark.parametrize(
    ("query", "text", "marks"),
    [
        ("police", "Police, policeman; POLICE", ["Police", "POLICE"]),
        ("polic*", "Police, policeman; politics", ["Police", "policeman"]),
        ("state-run", "a state-run camp, run state", ["state-run"]),
        ('"forced labour"', "labour, forced\nlabour, forced", ["forced\nlabour"]),
        ('"secret polic*"', "the secret policemen, police", ["secret policemen"]),
        ("-police army", "police and army", ["army"]),
        ("tag:police army", "police and army", ["army"]),
        ("police OR army", "police and army", ["police", "army"]),
        (
            "government",
            "the govern\u00ad\nment and the govern\u00adment",
            ["govern\u00ad\nment", "govern\u00adment"],
        ),
        ("strasse", "in der Straße, STRASSE", ["Straße", "STRASSE"]),
        ("aether", "Ætherr, Æther, æther", ["Æther", "æther"]),
        ("cafe", "cafés, café, cafe\u0301x", ["café"]),
        ("حقوق", "حُقُوقُ الإنسان", ["حُقُوقُ"]),
        ("العدالة", "العـــدالة الآن", ["العـــدالة"]),
        ("人权", "臺灣人權促進會", ["人權"]),
        ("承认", "拒绝承\n认失踪", ["承\n认"]),
        ("人", "新人权法", ["人"]),
        ("2017年", "于2017年度报告", ["2017年"]),
        ("新疆Xinjiang", "在新疆Xinjiang的", ["新疆Xinjiang"]),
        ("ガイド", "ｶﾞｲﾄﾞﾗｲﾝ", ["ｶﾞｲﾄﾞ"]),
        ("คำสั่ง", "ตามคำสั่งศาล", ["คำสั่ง"]),
        ("मानव", "मानव अधिकार मानवता", ["मानव"]),
        ("hello", "😀hello😀 𝐡𝐞𝐥𝐥𝐨", ["hello", "𝐡𝐞𝐥𝐥𝐨"]),
        ("𠮷野", "𠮷野家", ["𠮷野"]),
        ("don't", "I don’t know", ["don’t"]),
    ],
)
def test_the_words_that_were_found_are_marked_exactly(query: str, text: str, marks: list[str]) -> None:
    assert marked(query, canonical(text)) == marks


def test_offsets_count_code_points_of_the_whole_text() -> None:
    text = "😀 " * 300 + "torture ß æ 中文 \u064b" * 3

    passage = best_passage(read_query("torture").query, text)

    assert all(text[start:end] == "torture" for start, end in passage.marks)
    assert len(passage.marks) == 3


def test_a_text_without_spaces_is_cut_anywhere_but_not_before_a_mark() -> None:
    text = "สิทธิมนุษยชน" * 60 + "คำสั่ง" + "สิทธิมนุษยชน" * 60

    passage = best_passage(read_query("คำสั่ง").query, text)

    assert [text[start:end] for start, end in passage.marks] == ["คำสั่ง"]
    assert LENGTH - 10 <= passage.end - passage.start <= LENGTH + 1


def test_random_texts_give_marks_that_are_the_word() -> None:
    chance = random.Random(3)  # noqa: S311  # a repeatable test
    pieces = ["police", "Polícé", "x", " ", "\n", "—", "ß", "\u0301", "人", "权", "ــ", "\u00ad", "😀", "'"]

    for _ in range(2000):
        text = canonical("".join(chance.choices(pieces, k=30)))
        for part in marked("police", text):
            assert part.replace("\u00ad", "").replace("\n", "").casefold()[:3] == "pol"
            assert "x" not in part


@pytest.mark.parametrize(
    "text",
    [
        "a " * 500_000,
        "ab" * 500_000,
        "é " * 500_000,
        "人权" * 500_000,
        "ß" * 1_000_000,
        "\u0301" * 1_000_000,
        "人\n" * 500_000,
        " " * 1_000_000,
        "a\u00ad\n" * 300_000,
    ],
    ids=lambda text: ascii(text[:3]),
)
def test_a_million_characters_take_no_longer_than_their_number(text: str) -> None:
    started = time.perf_counter()

    for query in ("a b", "é*", "人权", '"a a a b"'):
        best_passage(read_query(query).query, text)

    assert time.perf_counter() - started < 20


def test_all_passages_show_every_hit_once_and_in_order() -> None:
    rng = random.Random(11)  # noqa: S311 - the same words each time
    for _ in range(60):
        words = [
            rng.choice(["register", "police", "the", "of", "night."]) for _ in range(rng.randrange(1, 700))
        ]
        text = " ".join(words)

        found = passages(read_query("register police").query, text)

        shown = [text[start:end] for passage in found for start, end in passage.marks]
        assert shown == [word for word in words if word in {"register", "police"}]
        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(passage.snippet == text[passage.start : passage.end] for passage in found)


def test_a_phrase_that_has_no_room_any_more_begins_the_next_passage() -> None:
    rng = random.Random(3)  # noqa: S311 - the same words each time
    query = read_query('"the register of the police of the night" OR police OR "of the"').query
    pieces = ["the register of the police of the night", "of the", "police", "xxxxxxx", "word " * 9]
    for _ in range(100):
        text = " ".join(rng.choice(pieces) for _ in range(rng.randrange(10, 60)))

        found = passages(query, text)

        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(passage.marks for passage in found)


def test_all_passages_of_a_text_cost_little_more_than_the_best_one() -> None:
    names = ("police", "torture", "court", "witness", "report")
    query = read_query(" OR ".join(names)).query
    text = " ".join(f"{word} {FILLER * 8}" for word in names * 1900)

    def seconds(deed: Callable[[], object]) -> float:
        begun = time.process_time()
        deed()
        return time.process_time() - begun

    best = seconds(lambda: best_passage(query, text))
    assert seconds(lambda: passages(query, text)) < 10 * best


def test_there_is_no_passage_without_a_hit() -> None:
    assert passages(read_query("absent").query, FILLER * 30) == []
    assert passages(read_query("").query, FILLER) == []
