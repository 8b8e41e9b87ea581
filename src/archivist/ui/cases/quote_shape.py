"""How tall a quote of a case is, and where its parts stand; laid out once for each width."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt

from archivist.ui.cases.content import QuoteLine
from archivist.ui.widgets.painting import Lines, font, lay_out, text_width

START, END, GAP = 20, 9, 8
"""Beside the cards, where the scroll bar takes the rest of the room, and between two of them."""

TOP, HEAD = 9, 20
WORDS_TOP, WORDS_LEFT, WORDS_RIGHT = 36, 63, 20
HANDLE, NUMBER, MARK, MARK_WIDTH = QRect(4, 8, 20, 22), 26, 50, 100
BAR_WIDTH = 4
SOURCE = 20
MORE = 26
NOTE_PAD, NOTE_SIGN, NOTE_GAP = 9, 22, 6
MOST_LINES, MOST_NOTE_LINES = 14, 6
BOTTOM = 10


@dataclass(frozen=True, slots=True)
class Shape:
    """Words and note as they were laid out for one width. A short note stands beside the source."""

    words: Lines
    note: Lines | None
    note_width: int
    is_note_beside: bool

    @property
    def source_top(self) -> int:
        return WORDS_TOP + self.words.height + 5

    @property
    def note_top(self) -> int:
        return self.source_top if self.is_note_beside else self.source_top + SOURCE + NOTE_GAP

    @property
    def height(self) -> int:
        """Of the card."""
        below = self.source_top + SOURCE
        if self.note and not self.is_note_beside:
            below = self.note_top + self.note.height + 10
        elif self.note:
            below += max(0, self.note.height - SOURCE + 2)
        return below + BOTTOM


class Shapes:
    """Remembers what was laid out."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str, int], Shape] = {}
        self._width = 0

    def of(self, line: QuoteLine, width: int) -> Shape:
        """For a card of `width`."""
        if width != self._width:
            self._known.clear()
            self._width = width
        note = line.row.quote.note
        key = (line.words, note, line.source, width)
        if (shape := self._known.get(key)) is None:
            shape = self._known[key] = _shape(line, width)
        return shape

    def forget(self) -> None:
        self._known.clear()


def card_of(box: QRect, towards: Qt.LayoutDirection) -> QRect:
    """The card in the box that a list gives to a line."""
    return _mirrored(box.adjusted(START, 0, -END, -GAP), box, towards)


def handle_rect(card: QRect, towards: Qt.LayoutDirection) -> QRect:
    """Where a card is taken to drag it."""
    return _mirrored(HANDLE.translated(card.topLeft()).adjusted(-4, -8, 24, 8), card, towards)


def more_rect(card: QRect, towards: Qt.LayoutDirection) -> QRect:
    """The button that opens what can be done."""
    return _mirrored(QRect(card.right() - MORE - 6, card.y() + 6, MORE, MORE), card, towards)


def _mirrored(rect: QRect, within: QRect, towards: Qt.LayoutDirection) -> QRect:
    if towards is Qt.LayoutDirection.LeftToRight:
        return rect
    return QRect(within.left() + within.right() - rect.right(), rect.y(), rect.width(), rect.height())


def _shape(line: QuoteLine, width: int) -> Shape:
    room = max(120, width - WORDS_LEFT - WORDS_RIGHT)
    words = lay_out(line.words, font(15), room, MOST_LINES)
    note = " ".join(line.row.quote.note.split())
    if not note:
        return Shape(words, None, 0, is_note_beside=False)
    around = NOTE_SIGN + 2 * NOTE_PAD
    inner = text_width(note, font(12)) + 3
    if inner + around + text_width(line.source, font(12)) + 24 <= room:
        return Shape(words, lay_out(note, font(12), inner, 1), inner + around, is_note_beside=True)
    return Shape(words, lay_out(note, font(12), room - around, MOST_NOTE_LINES), room, is_note_beside=False)
