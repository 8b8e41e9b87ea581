"""The mouse on the pages: selects letter by letter, by words, lines and paragraphs, and opens quotes."""

from enum import IntEnum
from math import copysign

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent

from archivist.model.page_text import PageText
from archivist.ui.reader.page_canvas import PageCanvas
from archivist.ui.reader.selection import Position, Selection

MILLISECONDS_A_STEP = 30
LEAST_STEP, MOST_STEP = 4.0, 90.0  # pixels scrolled at a time, by how far the mouse is outside
NEAR_WORDS = 3.0  # points


class Unit(IntEnum):
    """What one more click makes of a selection."""

    LETTER = 1
    WORD = 2
    LINE = 3
    PARAGRAPH = 4


class PagePointer(QObject):
    """Filters the events of a canvas's viewport."""

    quote_clicked = Signal(str)

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._unit = Unit.LETTER
        self._begun: Selection | None = None
        self._position = QPointF()
        self._clicks = 0
        self._clicked_at = 0
        self._clicked = QPointF()
        self._scrolling = QTimer(self, interval=MILLISECONDS_A_STEP)
        self._scrolling.timeout.connect(self._scroll)
        self._deeds = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseButtonDblClick: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
        }
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        deed = self._deeds.get(event.type()) if isinstance(event, QMouseEvent) else None
        if deed and isinstance(event, QMouseEvent) and self._canvas.pages:
            return deed(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._canvas.words.forget_wish()
        self._canvas.use(is_mouse=True)
        self._unit = self._unit_of(event)
        self._position = event.position()
        page = self._canvas.page_point(self._position)[0]
        if self._canvas.has_failed(page):
            self._canvas.retry(page)
            return True
        touched = self._touched(self._position)
        known = self._canvas.selection
        if touched and known and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._begun = Selection.at(known.anchor)
        else:
            self._begun = touched
        self._extend()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        self._position = event.position()
        if self._begun is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor()
            return False
        outside = not self._canvas.viewport().rect().contains(self._position.toPoint())
        if outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not outside:
            self._scrolling.stop()
        self._extend()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._scrolling.stop()
        was_begun, self._begun = self._begun, None
        selection = self._canvas.selection
        if selection and not selection.is_empty:
            self._canvas.select(selection)
        elif was_begun and self._unit is Unit.LETTER:
            quote = self._canvas.marks.quote_at(*self._canvas.page_point(event.position()))
            if quote:
                self.quote_clicked.emit(quote)
        return True

    def _unit_of(self, event: QMouseEvent) -> Unit:
        """By how many clicks came quickly on the same spot; Qt itself counts only to two."""
        hints, spot, now = QGuiApplication.styleHints(), event.position(), event.timestamp()
        is_near = (spot - self._clicked).manhattanLength() <= hints.mouseDoubleClickDistance()
        is_quick = now - self._clicked_at <= hints.mouseDoubleClickInterval()
        if self._clicks >= Unit.WORD and is_near and is_quick:
            self._clicks = min(self._clicks + 1, Unit.PARAGRAPH)
        else:
            is_double = event.type() == QEvent.Type.MouseButtonDblClick
            self._clicks = Unit.WORD if is_double else Unit.LETTER
        self._clicked, self._clicked_at = spot, now
        return Unit(self._clicks)

    def _touched(self, position: QPointF) -> Selection | None:
        """What one click selects there; None where no words are known."""
        page, x, y = self._canvas.page_point(position)
        known = self._canvas.words.page(page)
        letter = known.letter_at(x, y) if known else None
        if known is None or letter is None:
            return None
        if self._unit is Unit.LETTER:
            return Selection.at(Position(page, known.index_at(x, y) or 0))
        start, end = _unit_at(known, letter, self._unit)
        return Selection(Position(page, start), Position(page, end))

    def _extend(self) -> None:
        """From what was touched first to what is touched now, both whole."""
        if self._begun is None:
            self._canvas.select(None)
            return
        now = self._touched(self._position)
        if now is None:
            return  # not known yet what is there
        if now.start < self._begun.start:
            selection = Selection(self._begun.end, now.start)
        else:
            selection = Selection(self._begun.start, max(now.end, self._begun.end))
        if selection != self._canvas.selection:
            self._canvas.select(selection, is_settled=selection.is_empty)

    def _scroll(self) -> None:
        """The further outside, the faster."""
        room = self._canvas.viewport().size()
        self._canvas.scroll_by(_step(self._position.y(), room.height()))
        self._canvas.scroll_sideways_by(_step(self._position.x(), room.width()))
        self._extend()

    def _show_cursor(self) -> None:
        page, x, y = self._canvas.page_point(self._position)
        known = self._canvas.words.page(page)
        is_over_words = known is not None and known.distance(x, y) <= NEAR_WORDS
        shape = Qt.CursorShape.IBeamCursor if is_over_words else Qt.CursorShape.ArrowCursor
        if self._canvas.viewport().cursor().shape() is not shape:
            self._canvas.viewport().setCursor(shape)


def _step(at: float, room: int) -> float:
    beyond = at if at < 0 else max(0.0, at - room)
    return copysign(max(LEAST_STEP, min(MOST_STEP, abs(beyond))), beyond) if beyond else 0.0


def _unit_at(page: PageText, letter: int, unit: Unit) -> tuple[int, int]:
    if unit is Unit.WORD:
        return page.word_at(letter)
    return page.line_at(letter) if unit is Unit.LINE else page.paragraph_at(letter)
