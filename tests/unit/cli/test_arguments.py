import pytest

from archivist.cli.arguments import UsageError, parse


@pytest.mark.parametrize(
    ("words", "query"),
    [
        pytest.param(["-torture", "prison"], ["-torture", "prison"], id="begins with a minus"),
        pytest.param(
            ["prison", "-torture", "--limit", "3"], ["prison", "-torture"], id="options after words"
        ),
        pytest.param(["--limit", "3", "-x"], ["-x"], id="options before words"),
        pytest.param(["--", "--limit"], ["--limit"], id="all are words after two minus"),
        pytest.param(["-"], ["-"], id="a lone minus"),
    ],
)
def test_a_query_keeps_its_words(words: list[str], query: list[str]) -> None:
    assert parse(["search", "A.archivist", *words]).query == query


def test_a_value_may_not_be_taken_for_a_word() -> None:
    arguments = parse(["search", "A", "--passphrase-file", "-", "word", "--in", "notes,cases"])

    assert (arguments.passphrase_file, arguments.query) == ("-", ["word"])
    assert arguments.kinds == ["note", "case"]


def test_options_of_a_deed_may_stand_on_either_side() -> None:
    before = parse(["tag", "--json", "A", "add", "Torture"])
    after = parse(["tag", "A", "add", "Torture", "--json", "--passphrase-file", "p"])

    assert (before.json, before.passphrase_file) == (True, None)
    assert (after.json, after.passphrase_file) == (True, "p")


@pytest.mark.parametrize(
    "words", [["search", "A", "x", "--limit", "-1"], ["document", "A", "add", "x"], ["quote", "A", "d"]]
)
def test_what_is_off_is_told_in_one_sentence(words: list[str]) -> None:
    with pytest.raises(UsageError) as told:
        parse(words)

    assert "\n" not in str(told.value)
    assert "\x00" not in str(told.value)
