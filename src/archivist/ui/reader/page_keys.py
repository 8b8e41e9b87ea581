"""The keyboard on the pages: a caret moves by letters, words, lines and pages, and selects with Shift."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence

from archivist.model.page_text import PageText
from archivist.ui.reader.caret import Move, Unknown, moved
from archivist.ui.reader.page_canvas import PageCanvas
from archivist.ui.reader.page_scroll import SCROLL_STEP
from archivist.ui.reader.selection import PAGE_END, Position, Selection

PAGE_SHARE = 0.9  # of the height, scrolled by one page key, so that a line stays in sight
KEPT_IN = 12.0  # pixels from the edge: where a caret is looked for

Key = QKeySequence.StandardKey
_MOVES = {
    Key.MoveToNextChar: (Move.NEXT, False),
    Key.MoveToPreviousChar: (Move.PREVIOUS, False),
    Key.MoveToNextWord: (Move.NEXT_WORD, False),
    Key.MoveToPreviousWord: (Move.PREVIOUS_WORD, False),
    Key.MoveToStartOfLine: (Move.LINE_START, False),
    Key.MoveToEndOfLine: (Move.LINE_END, False),
    Key.MoveToNextLine: (Move.NEXT_LINE, False),
    Key.MoveToPreviousLine: (Move.PREVIOUS_LINE, False),
    Key.MoveToStartOfDocument: (Move.START, False),
    Key.MoveToEndOfDocument: (Move.END, False),
    Key.SelectNextChar: (Move.NEXT, True),
    Key.SelectPreviousChar: (Move.PREVIOUS, True),
    Key.SelectNextWord: (Move.NEXT_WORD, True),
    Key.SelectPreviousWord: (Move.PREVIOUS_WORD, True),
    Key.SelectStartOfLine: (Move.LINE_START, True),
    Key.SelectEndOfLine: (Move.LINE_END, True),
    Key.SelectNextLine: (Move.NEXT_LINE, True),
    Key.SelectPreviousLine: (Move.PREVIOUS_LINE, True),
    Key.SelectStartOfDocument: (Move.START, True),
    Key.SelectEndOfDocument: (Move.END, True),
}
_PAGES = {
    Key.MoveToNextPage: (1, False),
    Key.MoveToPreviousPage: (-1, False),
    Key.SelectNextPage: (1, True),
    Key.SelectPreviousPage: (-1, True),
}
_OTHER_WAY = {
    Move.NEXT: Move.PREVIOUS,
    Move.PREVIOUS: Move.NEXT,
    Move.NEXT_WORD: Move.PREVIOUS_WORD,
    Move.PREVIOUS_WORD: Move.NEXT_WORD,
}
_BY_LINE = {Move.NEXT_LINE: 1, Move.PREVIOUS_LINE: -1}


class PageKeys(QObject):
    """Filters the key and focus events of a canvas."""

    copy_wanted = Signal()
    quote_clicked = Signal(str)

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._along: float | None = None
        self._is_lit = False
        self._blinking = QTimer(self)
        self._blinking.timeout.connect(self._blink)
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self._focus(event)
        elif isinstance(event, QKeyEvent) and self._canvas.pages:
            deed = self._deed_of(event)
            if deed and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if deed and event.type() == QEvent.Type.KeyPress:
                self._canvas.words.forget_wish()
                deed()
                self._light()
                return True
        return super().eventFilter(watched, event)

    def _deed_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        for key, (move, selects) in _MOVES.items():
            if event.matches(key):
                return lambda: self._move(move, selects=selects)
        for key, (pages, selects) in _PAGES.items():
            if event.matches(key):
                return lambda: self._turn(pages, selects=selects)
        if event.matches(Key.SelectAll):
            return self._select_all
        if event.matches(Key.Copy):
            return self.copy_wanted.emit
        return self._plain_key(event)

    def _plain_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        height = PAGE_SHARE * self._canvas.viewport().height()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Space if plain or shifted:
                return lambda: self._canvas.scroll_by(-height if shifted else height)
            case Qt.Key.Key_Escape if plain and self._has_words():
                return self._clear
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain and self._quote_at_caret():
                return lambda: self.quote_clicked.emit(self._quote_at_caret())
            case Qt.Key.Key_F5 if plain and self._failed_pages():
                return self._retry
        return None

    # The caret

    def _move(self, move: Move, *, selects: bool) -> None:
        canvas = self._canvas
        if canvas.selection is None:
            self._begin(move)
            return
        head = canvas.selection.head
        known = canvas.words.page(head.page)
        if known and known.is_read_leftwards(min(head.index, len(known.text))):
            move = _OTHER_WAY.get(move, move)
        if known and (move not in _BY_LINE or self._along is None):
            self._along = known.along(min(head.index, len(known.text))) if move in _BY_LINE else None
        place = moved(canvas.words, len(canvas.page_layout), head, move, self._along or 0.0)
        if isinstance(place, Unknown):
            canvas.words.when_known(place.page, lambda _page: self._move(move, selects=selects))
        elif place:
            self._put(place, selects=selects)

    def _begin(self, move: Move) -> None:
        """The caret appears at the first line in sight; where there are no words, the page scrolls."""
        canvas = self._canvas
        if move in {Move.START, Move.END}:
            canvas.select(Selection.at(Position(0, 0)))
            self._move(move, selects=False)
            return
        page, x, y = canvas.page_point(QPointF(KEPT_IN, KEPT_IN))
        known = canvas.words.page(page)
        index = known.index_at(x, y) if known else None
        if known and index is not None:
            self._put(Position(page, known.line_at(index)[0]), selects=False)
        elif move in _BY_LINE:
            canvas.scroll_by(SCROLL_STEP * _BY_LINE[move])

    def _put(self, place: Position, *, selects: bool) -> None:
        canvas = self._canvas
        known = canvas.selection
        canvas.select(known.extended(place) if known and selects else Selection.at(place))
        page = canvas.words.page(place.page)
        caret = page.caret(min(place.index, len(page.text))) if page else None
        if caret:
            canvas.show_line(place.page, caret)
        else:
            canvas.scroll_to(place.page)

    def _turn(self, pages: int, *, selects: bool) -> None:
        """One screen further; the caret stays where it was on the screen."""
        canvas = self._canvas
        caret, room = canvas.caret_place(), canvas.viewport().rect()
        canvas.scroll_by(pages * PAGE_SHARE * room.height())
        if caret is None:
            return
        at = QPointF(caret.x(), max(KEPT_IN, min(caret.center().y(), room.height() - KEPT_IN)))
        page, x, y = canvas.page_point(at)

        def put(known: PageText) -> None:
            if (index := known.index_at(x, y)) is not None:
                self._put(Position(page, index), selects=selects)

        canvas.words.when_known(page, put)

    def _select_all(self) -> None:
        last = len(self._canvas.page_layout) - 1
        self._canvas.select(Selection(Position(0, 0), Position(last, PAGE_END)))

    def _quote_at_caret(self) -> str:
        place, selection = self._canvas.caret_place(), self._canvas.selection
        if place is None or selection is None:
            return ""
        return self._canvas.marks.quote_at(*self._canvas.page_point(place.center())) or ""

    def _has_words(self) -> bool:
        return self._canvas.selection is not None and not self._canvas.selection.is_empty

    def _clear(self) -> None:
        """The caret stays."""
        if self._canvas.selection:
            self._canvas.select(Selection.at(self._canvas.selection.head))

    def _failed_pages(self) -> list[int]:
        return [page for page in self._canvas.visible_pages() if self._canvas.has_failed(page)]

    def _retry(self) -> None:
        for page in self._failed_pages():
            self._canvas.retry(page)

    # The focus

    def _focus(self, event: QFocusEvent) -> None:
        """Coming back from another window or a menu, the hand is still where it was."""
        reason = Qt.FocusReason
        if event.reason() not in {reason.PopupFocusReason, reason.ActiveWindowFocusReason}:
            self._canvas.use(is_mouse=event.reason() is reason.MouseFocusReason)
        if event.gotFocus():
            self._light()
        else:
            self._blinking.stop()
            self._canvas.show_caret(is_shown=False)
        self._canvas.viewport().update()

    def _light(self) -> None:
        """The caret is seen where it comes to, and blinks from then on."""
        self._is_lit = True
        self._canvas.show_caret(is_shown=True)
        if (period := QGuiApplication.styleHints().cursorFlashTime()) > 0:
            self._blinking.start(period // 2)

    def _blink(self) -> None:
        self._is_lit = not self._is_lit
        self._canvas.show_caret(is_shown=self._is_lit)
