import pytest

from archivist.ui.reader import caret
from archivist.ui.reader.caret import Move, Unknown, moved
from archivist.ui.reader.document_words import DocumentWords
from archivist.ui.reader.selection import Position
from tests.unit.model.typesetting import prose

PAGES = ["one two", "", "three four"]


@pytest.fixture
def words() -> DocumentWords:
    made = DocumentWords(None, lambda _page: None)
    for page, line in enumerate(PAGES):
        made.put(page, prose(line))
    return made


@pytest.mark.parametrize(
    ("start", "move", "end"),
    [
        ((0, 7), Move.NEXT, (2, 0)),
        ((0, 7), Move.NEXT_WORD, (2, 0)),
        ((2, 0), Move.PREVIOUS, (0, 7)),
        ((2, 0), Move.PREVIOUS_WORD, (0, 4)),
        ((0, 3), Move.NEXT_LINE, (2, 3)),
        ((2, 3), Move.PREVIOUS_LINE, (0, 3)),
        ((0, 99), Move.LINE_START, (0, 0)),
        ((2, 3), Move.START, (0, 0)),
        ((0, 0), Move.END, (2, 10)),
    ],
)
def test_moves_go_from_page_to_page(
    words: DocumentWords, start: tuple[int, int], move: Move, end: tuple[int, int]
) -> None:
    place = Position(*start)
    page = words.page(place.page)
    assert page

    assert moved(words, 3, place, move, page.along(min(place.index, 7))) == Position(*end)


@pytest.mark.parametrize("move", [Move.NEXT, Move.NEXT_WORD, Move.NEXT_LINE])
def test_there_is_nothing_behind_the_end(words: DocumentWords, move: Move) -> None:
    assert moved(words, 3, Position(2, 10), move, 100) is None


@pytest.mark.parametrize("move", [Move.PREVIOUS, Move.PREVIOUS_WORD, Move.PREVIOUS_LINE])
def test_there_is_nothing_before_the_beginning(words: DocumentWords, move: Move) -> None:
    assert moved(words, 3, Position(0, 0), move, 100) is None


def test_what_is_not_known_yet_is_named(words: DocumentWords) -> None:
    assert moved(words, 4, Position(2, 10), Move.NEXT, 0) == Unknown(3)
    assert moved(words, 4, Position(3, 0), Move.NEXT, 0) == Unknown(3)
    assert moved(words, 4, Position(0, 0), Move.END, 0) == Unknown(3)


def test_a_long_scan_is_not_fetched_for_one_step(
    words: DocumentWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caret, "MOST_EMPTY_PAGES", 1)

    assert moved(words, 3, Position(0, 7), Move.NEXT, 0) is None
