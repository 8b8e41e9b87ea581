"""Where a passage becomes a quote: a small bar beside the selection that grows into the form."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from archivist.ui.quotes.draft import QuoteDraft
from archivist.ui.quotes.form import WIDTH, QuoteForm
from archivist.ui.quotes.quick_bar import QuickBar
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.popover import EDGE, GAP, Popover

RESERVE = 150  # pixels that suggestions may need, when a side is chosen


class QuotePopover(Popover):
    """Follows its passage, below it or else above, and hides while that is out of sight.

    As a bar it leaves the focus on the page. `closed` comes however it ends; `is_open` says whether it is.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Quote"))
        self.bar = QuickBar()
        self.form = QuoteForm()
        self.is_open = False
        self._inside: QWidget | None = None
        self._passage = QRect()
        self._room = QRect()
        self._is_above: bool | None = None
        self._column = column(self.bar, self.form)
        self.setLayout(self._column)
        self.form.hide()
        self.form.resized.connect(self._place)
        self.form.close_wanted.connect(self.dismiss)

    @property
    def is_form(self) -> bool:
        return self.is_open and not self.form.isHidden()

    @property
    def has_focus(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and (now is self or self.isAncestorOf(now))

    def open_bar(self, passage: QRect, room: QRect, hue: str) -> None:
        """Both in the parent's coordinates; `hue` is the colour that is taken unless another is chosen."""
        self.bar.dots.show_hue(hue)
        self._begin(is_form=False)
        self.follow(passage, room)

    def open_form(self, passage: QRect, room: QRect, draft: QuoteDraft, part: str) -> None:
        """With the focus in it."""
        if not self.has_focus:
            self._before = QApplication.focusWidget()
        self.form.fill(draft)
        self._begin(is_form=True)
        self.follow(passage, room)
        self.form.focus_part(part)

    def follow(self, passage: QRect, room: QRect) -> None:
        """The passage is there now; an empty rectangle: out of sight."""
        self._passage, self._room = passage, room.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if not self.is_open:
            return
        if passage.isEmpty():
            self._hide_for_now()
            return
        self._place()
        if self.isHidden():
            self.show()
            self.raise_()
            if self._inside is not None:
                self._inside.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close it; the focus goes back where it was, if it was in here."""
        if not self.is_open:
            return
        had_focus, before = self.has_focus or self.isHidden(), self._before
        self.is_open = False
        self.hide()
        if had_focus and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before, self._inside = None, None
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """What is inside has another height now."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing in here has a use for are not for the page below."""
        super().keyPressEvent(event)
        event.accept()

    # ---- inside

    def _begin(self, *, is_form: bool) -> None:
        self.is_open = True
        self._inside, self._is_above = None, None
        self.bar.setVisible(not is_form)
        self.form.setVisible(is_form)
        self.setFixedWidth(WIDTH + 2 if is_form else self.bar.sizeHint().width() + 2)

    def _hide_for_now(self) -> None:
        if self.isHidden():
            return
        self._inside = QApplication.focusWidget() if self.has_focus else None
        if self._inside is not None and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _place(self) -> None:
        """The side is chosen once, so that it does not jump while one types; it never lies on the passage."""
        if not self.is_open or self._passage.isEmpty():
            return
        self._column.activate()
        height = self.sizeHint().height()
        self.resize(self.width(), height)
        below = self._room.bottom() - self._passage.bottom() - GAP
        above = self._passage.top() - self._room.top() - GAP
        if self._is_above is None:
            wanted = height + (RESERVE if self.is_form else 0)
            self._is_above = below < wanted and above > below
        elif height > (above if self._is_above else below) and height <= (below if self._is_above else above):
            self._is_above = not self._is_above
        top = self._passage.top() - GAP - height if self._is_above else self._passage.bottom() + 1 + GAP
        left = self._passage.center().x() - self.width() // 2
        left = max(self._room.left(), min(left, self._room.right() - self.width()))
        top = max(self._room.top(), min(top, self._room.bottom() - height))
        self.move(QPoint(left, top))
