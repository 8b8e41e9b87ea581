import random

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from archivist.ui.reader import text_lines
from archivist.ui.reader.text_lines import TextLines


def taken(text: str, letters: int = 10**9) -> tuple[TextLines, list[str]]:
    lines = TextLines(text)
    pieces: list[str] = []
    while not lines.is_whole:
        pieces += lines.take(letters)
    return lines, pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("\n", ["", ""]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("one\n", ["one", ""]),
        ("a\u2029b\ufdd0c\ufffcd\u2028e", ["a\u2028b\ufffdc\ufffdd\u2028e"]),
    ],
)
def test_every_line_end_ends_a_block_and_nothing_else_does(text: str, pieces: list[str]) -> None:
    assert taken(text)[1] == pieces


def test_words_stay_those_of_the_text_where_others_are_shown() -> None:
    lines, _ = taken("a\u2029b")

    assert lines.words(0) == "a\u2029b"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("x" * 3_990 + " " + "y" * 100, 3_991),
        ("x" * 5_000, 4_000),
        ("\u0f40\u0f0b" * 1_000, 1_500),
        ("\u0f40\u0f72" * 1_000, 1_500),
        ("a" * 3_999 + "\u0301" + "b" * 10, 3_998),
        ("\u4e2d" * 2_500, 2_000),
    ],
)
def test_a_long_line_is_cut_between_words_or_at_least_syllables(text: str, end: int) -> None:
    lines, pieces = taken(text)

    assert "".join(pieces) == text
    assert lines.span(0) == (0, end)
    assert lines.line_start(1) == 0


def test_a_line_that_follows_a_long_one_is_a_line_of_its_own() -> None:
    lines, pieces = taken("x" * 9_000 + "\n" + "y")

    assert [lines.line_start(number) for number in range(len(pieces))] == [0, 0, 0, 9_001]


def test_the_shown_line_is_asked_for_with_its_place() -> None:
    asked = []

    def shown(words: str, start: int) -> str:
        asked.append((words, start))
        return words.upper()

    lines = TextLines("ab\ncd", shown)

    assert lines.take(100) == ["AB", "CD"]
    assert asked == [("ab", 0), ("cd", 3)]
    assert lines.words(1) == "cd"


def test_a_text_made_of_line_ends_is_cut_short_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "MOST_BLOCKS", 10)

    lines, pieces = taken("\n" * 50)

    assert (len(pieces), lines.is_cut_short) == (10, True)
    assert not taken("\n" * 9)[0].is_cut_short


def test_nothing_is_asked_of_a_text_that_was_not_taken_yet() -> None:
    lines = TextLines("words")

    assert (lines.position(3), lines.offset(3), lines.reach) == (0, 0, -1)


ALPHABET = (
    "ab \n\t\U0001f600\U00020bb7e\u0301\u05d0\u0627\u0f40\u0f0b\u4e2d\u00ad\u202e\u2029\u2028\ufffc\u0085"
)


@pytest.mark.parametrize("seed", range(20))
def test_qt_counts_as_the_lines_say(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same text each time
    text = "".join(chance.choice(ALPHABET) for _ in range(chance.choice((0, 1, 50, 3_000))))
    if seed % 3 == 0:
        text = text.replace("\n", "") * 4
    lines, pieces = taken(text, letters=200)
    document = QTextDocument()
    QTextCursor(document).insertText("\n".join(pieces))

    assert document.blockCount() == len(lines) == len(pieces)
    for offset in [chance.randint(0, len(text)) for _ in range(200)]:
        position = lines.position(offset)
        assert lines.offset(position) == offset
        if offset < len(text) and text[offset].isalpha():
            width = 2 if text[offset] > "\uffff" else 1
            cursor = QTextCursor(document)
            cursor.setPosition(position)
            cursor.setPosition(position + width, QTextCursor.MoveMode.KeepAnchor)
            assert cursor.selectedText() == text[offset]
