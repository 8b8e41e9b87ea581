"""What every sheet about a whole archive is made of: a title, a body, a foot, and long work shown in it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QProgressBar, QPushButton, QScrollArea, QWidget

from archivist.ui.tasks import Running
from archivist.ui.widgets.buttons import link_button, push_button, tool_button
from archivist.ui.widgets.layout import Item, column, label, panel, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.widgets.popover import Sheet


class Panel(QFrame):
    """The body of a sheet; `closing` says that the user has had enough of it."""

    closing = Signal()

    def __init__(self, name: str, title: str, *, width: int = 520) -> None:
        super().__init__()
        self.setObjectName("sheet_panel")
        self.setProperty("panel", name)
        self.setFixedWidth(width)
        self.notice = Notice()
        self.title = label(title, "title")
        self.close_button = tool_button("x", self.tr("Close"), self.closing.emit)
        self.close_button.setObjectName(f"{name}_close")
        self.work = WorkLine()
        self._sheet: Sheet | None = None

    def open_over(
        self, parent: QWidget, *, focus: QWidget, on_close: Callable[[], Any] | None = None
    ) -> None:
        """Show it in a sheet over `parent`; Cancel, its cross and Esc close it."""
        self._sheet = Sheet(parent, self, self.title.text())
        self.closing.connect(self._sheet.dismiss)
        if on_close is not None:
            self._sheet.closed.connect(on_close)
        self._sheet.open(focus)

    def hold(self, *, yes: bool = True) -> None:
        """While something is under way that cannot be left, nothing closes it but `leave`."""
        if self._sheet is not None:
            self._sheet.is_firm = yes
        self.close_button.setEnabled(not yes)

    def leave(self) -> None:
        if self._sheet is not None:
            self._sheet.dismiss()

    def fill(self, *body: Item, foot: QLayout) -> None:
        head = row(self.title, None, self.close_button, margins=(24, 18, 24, 0))
        inside = column(*body, margins=(24, 14, 24, 20))
        self.setLayout(column(head, inside, panel("sheet_foot", foot)))

    def foot(self, *buttons: QPushButton) -> QBoxLayout:
        return row(self.work, None, *buttons, margins=(24, 12, 24, 12), spacing=8)

    def cancel_button(self) -> QPushButton:
        return push_button(self.tr("Cancel"), handler=self.closing.emit)


class Scrolling(QScrollArea):
    """As tall as what it holds where there is room, and scrolled where there is not."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        hint = self._inside.sizeHint()
        width = max(hint.width(), self.width())
        tall = self._inside.hasHeightForWidth()
        return QSize(hint.width(), self._inside.heightForWidth(width) if tall else hint.height())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().viewportEvent(event)


class WorkLine(QWidget):
    """Long work: what it is, how far it has come, and Stop. Empty while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label(role="meta")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._running: Running | None = None
        self.stop = link_button(self.tr("Stop"), self._stop)
        self.stop.setObjectName("stop")
        self.setLayout(row(self._words, self._bar, self.stop, spacing=10))
        self.end()

    def begin(self, words: str, running: Running | None = None) -> None:
        """Without `running` it cannot be stopped."""
        self._running = running
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._bar.show()
        self.stop.setVisible(running is not None)
        self.stop.setEnabled(True)

    def show_progress(self, done: int, of: int) -> None:
        """Beyond what a bar counts in, it is told in thousandths."""
        self._bar.setRange(0, 1000)
        self._bar.setValue(min(1000, done * 1000 // of) if of else 0)

    def progress(self) -> int:
        return self._bar.value() if self._bar.isVisibleTo(self) else -1

    def end(self, words: str = "") -> None:
        self._running = None
        self._words.setText(words)
        self._bar.hide()
        self.stop.hide()

    def text(self) -> str:
        return self._words.text()

    def _stop(self) -> None:
        if self._running is not None:
            self.stop.setEnabled(False)
            self._running.stop()
