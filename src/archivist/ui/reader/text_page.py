"""The text of a document on its page: filled in little by little, scrolled, selected, never written to."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from archivist.model.anchor import Span
from archivist.ui.reader.text_document import PlainDocument, nothing, syllable_at, words_to_copy
from archivist.ui.reader.text_filling import Filling
from archivist.ui.reader.text_layout import PaperLayout
from archivist.ui.reader.text_lines import TextLines
from archivist.ui.reader.text_looks import Looks
from archivist.ui.reader.text_steady import Steady

_STILL = 4  # pixels within which a press and a release are a click
_WHEEL_STEP = 120
_MOVES = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
_OWN_KEYS = _MOVES | {Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_OWN_DEEDS = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
_TO_THE_END = (
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.MoveToEndOfDocument,
    QKeySequence.StandardKey.SelectEndOfDocument,
)


def _is_own_key(event: QKeyEvent) -> bool:
    kinds = Qt.KeyboardModifier
    if any(event.matches(key) for key in _OWN_DEEDS):
        return True
    return event.key() in _OWN_KEYS and not event.modifiers() & (kinds.AltModifier | kinds.MetaModifier)


class TextPage(QTextEdit):
    """Shows one text; spans are code points of it, whatever Qt counts."""

    clicked = Signal(QPointF)
    """Pressed and released in one place, nothing selected; where, in the coordinates of the document."""
    pointed = Signal(QPointF)
    """The mouse has moved over the document."""
    entered = Signal()
    """Enter was pressed."""
    scrolled = Signal()
    zoom_wanted = Signal(int)

    def __init__(self, text: str, language: str, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self._text, self._language = text, language
        self.lines = TextLines(text, looks.shown if looks.has_cells else None)
        document = PlainDocument(self)
        document.setUndoRedoEnabled(False)
        self.paper = PaperLayout(document, self.lines, looks, language)
        document.setDocumentLayout(self.paper)
        self.setDocument(document)
        self.steady = Steady(self, self.paper)
        self.filling = Filling(self.paper, self)
        self._ends = 0, 0
        self._pressed: QPointF | None = None
        self._take_nothing_in()
        self.filling.grown.connect(self._keep_place)
        self.selectionChanged.connect(self._show_selection)
        self.cursorPositionChanged.connect(self._note_caret)
        self.filling.begin()

    def _take_nothing_in(self) -> None:
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setAcceptRichText(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)

    # What the view asks.

    def dress(self, looks: Looks) -> None:
        """Styles have come; cells need other letters between them, and so the document anew."""
        held, selected = self.steady.hold(), self.selection
        if not looks.has_cells:
            self.paper.dress(looks, self._language)
            self.steady.restore(held)
            return
        waiting = self.filling.stop()
        self.lines = TextLines(self._text, looks.shown)
        self._ends = 0, 0
        with QSignalBlocker(self):  # nobody is to hear that nothing is selected: it will be again
            self.document().clear()
        self.paper.begin(self.lines, looks, self._language)
        self.filling.begin()
        for offset, deed in waiting:
            self.filling.when(offset, deed)
        self.filling.when(held.offset, lambda: self.steady.restore(held))
        if selected:
            self.filling.when(selected.end, lambda: self.select(selected))

    def zoom(self, zoom: float) -> None:
        held = self.steady.hold()
        if self.paper.resize(self.viewport().width(), zoom):
            self.steady.restore(held)

    @property
    def selection(self) -> Span | None:
        cursor = self.textCursor()
        start, end = self.lines.offset(cursor.selectionStart()), self.lines.offset(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    def select(self, span: Span) -> None:
        """Without scrolling there."""
        self._put(self.lines.position(span.start), self.lines.position(span.end))

    def show_span(self, span: Span, then: Callable[[], None]) -> None:
        """As soon as the text is there so far."""

        def show() -> None:
            self.steady.show(span.start, span.end)
            then()

        self.filling.when(span.end, show)

    def go_to(self, offset: int) -> None:
        self.filling.when(offset, lambda: self.steady.go_to(offset))

    def seen(self, span: Span) -> list[QRect]:
        """Where what can be seen of a passage stands in the viewport."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        found = self.paper.rectangles(span.start, span.end, top=top, bottom=bottom)
        view = QRectF(self.viewport().rect())
        moved = (rectangle.translated(0, -top).intersected(view) for rectangle in found)
        return [rectangle.toAlignedRect() for rectangle in moved if not rectangle.isEmpty()]

    def offset_at(self, point: QPointF) -> int | None:
        """The letter that stands there; None beside all words."""
        position = self.paper.hitTest(point, Qt.HitTestAccuracy.ExactHit)
        return None if position < 0 else self.lines.offset(position)

    @property
    def caret(self) -> int:
        return self.lines.offset(self.textCursor().position())

    # What Qt asks.

    def event(self, event: QEvent) -> bool:
        """Nothing can be typed here, so that all but its few keys are the window's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(_is_own_key(event))
            return event.isAccepted()
        return super().event(event)

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        return nothing()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Exactly the canonical words."""
        selected = self.selection
        return words_to_copy(self._text[selected.start : selected.end] if selected else "")

    def canInsertFromMimeData(self, _source: QMimeData) -> bool:
        return False

    def insertFromMimeData(self, _source: QMimeData) -> None:
        """Nothing comes in."""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if not self.steady.is_busy:
            self.steady.scrolled(-dy)
        self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        held = self.steady.hold()
        super().resizeEvent(event)
        if self.paper.resize(self.viewport().width(), self.paper.zoom):
            self.steady.restore(held)
        else:
            self.steady.grown()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(round(event.angleDelta().y() / _WHEEL_STEP))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
            return
        is_far = any(event.matches(key) for key in _TO_THE_END)
        if is_far and not self.filling.is_whole:
            again = QKeyEvent(event)
            self.filling.when(len(self._text), lambda: self.keyPressEvent(again))
            return
        if event.key() in _MOVES and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._bring_caret()
        before = self.textCursor().position()
        super().keyPressEvent(event)
        if self.textCursor().position() != before:
            self.steady.into_sight(self.textCursor().position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position() if event.button() is Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A word as Qt sees it; in Tibetan, where Qt sees a phrase, the syllable."""
        super().mouseDoubleClickEvent(event)
        offset = self.offset_at(self._in_document(event.position()))
        if offset is not None and (syllable := syllable_at(self._text, offset)):
            self.select(syllable)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed and (event.position() - pressed).manhattanLength() <= _STILL and not self.selection:
            self.clicked.emit(self._in_document(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(self._in_document(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(QPointF(-1, -1))

    def _in_document(self, point: QPointF) -> QPointF:
        return point + QPointF(0, self.verticalScrollBar().value())

    # What follows by itself.

    def _note_caret(self) -> None:
        if not self.filling.is_adding:
            cursor = self.textCursor()
            self._ends = self.lines.offset(cursor.anchor()), self.lines.offset(cursor.position())

    def _keep_place(self) -> None:
        """Words that came at the end must not take the caret, or an end of the selection, with them."""
        cursor = self.textCursor()
        anchor, position = (self.lines.position(end) for end in self._ends)
        if (cursor.anchor(), cursor.position()) != (anchor, position):
            self._put(anchor, position)
        self.steady.grown()

    def _bring_caret(self) -> None:
        """Keys move on from what is read, not from where the caret was left before scrolling."""
        if not self.steady.is_in_sight(self.textCursor().position()):
            position = self.lines.position(self.steady.first_offset())
            self._put(position, position)

    def _put(self, anchor: int, position: int) -> None:
        """The caret and the other end of the selection, in Qt's positions; nothing scrolls."""
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        value = self.verticalScrollBar().value()
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(value)

    def _show_selection(self) -> None:
        self._note_caret()
        self.paper.marks.selection = self.selection
        self.viewport().update()
