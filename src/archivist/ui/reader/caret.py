"""Where a caret goes by each key, across lines and pages. Knows no Qt.

A move needs the words of the page that it goes to; where they are not known yet, it says which page.
"""

from dataclasses import dataclass
from enum import Enum, auto

from archivist.model.page_text import PageText
from archivist.model.page_words import next_stop, next_word, previous_stop, previous_word
from archivist.ui.reader.document_words import DocumentWords
from archivist.ui.reader.selection import Position

MOST_EMPTY_PAGES = 30


class Move(Enum):
    """Steps in reading order; which arrow means which depends on the direction of the line."""

    NEXT = auto()
    PREVIOUS = auto()
    NEXT_WORD = auto()
    PREVIOUS_WORD = auto()
    LINE_START = auto()
    LINE_END = auto()
    NEXT_LINE = auto()
    PREVIOUS_LINE = auto()
    START = auto()
    END = auto()


_FORWARD = {Move.NEXT, Move.NEXT_WORD, Move.NEXT_LINE}
_BY_LINE = {Move.NEXT_LINE, Move.PREVIOUS_LINE}
_STEPS = {
    Move.NEXT: next_stop,
    Move.PREVIOUS: previous_stop,
    Move.NEXT_WORD: next_word,
    Move.PREVIOUS_WORD: previous_word,
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """The words of `page` are needed before the move can be made."""

    page: int


def moved(
    words: DocumentWords, pages: int, position: Position, move: Move, along: float
) -> Position | Unknown | None:
    """The new place, None where there is no further; `along` is what moves by lines keep to."""
    if move is Move.START:
        return Position(0, 0)
    if move is Move.END:
        return _end_of(words, pages - 1)
    known = words.page(position.page)
    if known is None:
        return Unknown(position.page)
    index = _within(known, min(position.index, len(known.text)), move, along)
    if index is not None:
        return Position(position.page, index)
    return _on_another_page(words, pages, position.page, move, along)


def _end_of(words: DocumentWords, page: int) -> Position | Unknown:
    known = words.page(page)
    return Position(page, len(known.text)) if known else Unknown(page)


def _within(page: PageText, index: int, move: Move, along: float) -> int | None:
    """The new index on the same page; None where the move leaves it."""
    if move is Move.LINE_START:
        return page.line_at(index)[0]
    if move is Move.LINE_END:
        return page.line_at(index)[1]
    if move is Move.NEXT_LINE:
        return page.index_in_next_line(index, along)
    if move is Move.PREVIOUS_LINE:
        return page.index_in_previous_line(index, along)
    gone = _STEPS[move](page.text, index)
    return gone if gone != index else None


def _on_another_page(
    words: DocumentWords, pages: int, page: int, move: Move, along: float
) -> Position | Unknown | None:
    """The first place on the next page with words, or the last on the one before."""
    step = 1 if move in _FORWARD else -1
    for other in list(range(page + step, pages if step > 0 else -1, step))[:MOST_EMPTY_PAGES]:
        known = words.page(other)
        if known is None:
            return Unknown(other)
        if not known.is_empty:
            return Position(other, _entry(known, move, along))
    return None


def _entry(page: PageText, move: Move, along: float) -> int:
    if move in _BY_LINE:
        index = page.first_line_index(along) if move in _FORWARD else page.last_line_index(along)
        return index or 0
    if move in _FORWARD:
        return 0
    return len(page.text) if move is Move.PREVIOUS else previous_word(page.text, len(page.text))
