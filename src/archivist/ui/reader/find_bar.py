"""Where words are looked for in the document that is open."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from archivist.ui.icons import icon
from archivist.ui.widgets.buttons import tool_button
from archivist.ui.widgets.layout import label, row
from archivist.ui.words import number

HEIGHT = 44
PAUSE = 80  # milliseconds without a letter before words are looked for
FIELD, LEAST = 300, 110


class FindBar(QFrame):
    """Says what is looked for while it is typed; Enter goes on, Shift+Enter back, Esc closes."""

    sought = Signal(str)
    step_wanted = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("find_bar")
        self.setFixedHeight(HEIGHT)
        self.field = _Field(self.tr("Find in this document"))
        self.field.setObjectName("find_words")
        self._count = label(role="meta")
        self._count.setObjectName("find_count")
        self._count.setMinimumWidth(64)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._seek)
        before = tool_button("caret-up", self.tr("Previous hit (Shift+F3)"), lambda: self._step(-1), size=16)
        after = tool_button("caret-down", self.tr("Next hit (F3)"), lambda: self._step(1), size=16)
        close = tool_button("x", self.tr("Close (Esc)"), self.close_bar, size=16)
        self.setLayout(
            row(self.field, 8, self._count, before, after, None, close, margins=(12, 0, 12, 0), spacing=2)
        )
        self.field.textEdited.connect(lambda _: self._soon.start())
        self.field.stepped.connect(self._step)
        self.field.left.connect(self.close_bar)
        self.hide()

    def open_with(self, words: str) -> None:
        """With these words, if there are any, else with those of the last time."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._seek()

    def show_count(self, at: int, of: int) -> None:
        """`at` counts from 0; -1 where none is looked at."""
        if not self.field.text().strip():
            self._count.clear()
        elif not of:
            self._count.setText(self.tr("Not found"))
        elif at < 0:
            self._count.setText(number(of))
        else:
            self._count.setText(self.tr("{} of {}").format(number(at + 1), number(of)))
        self.field.setAccessibleDescription(self._count.text())

    def close_bar(self) -> None:
        self._soon.stop()
        self.hide()
        self.closed.emit()

    def _seek(self) -> None:
        self.sought.emit(self.field.text().strip())

    def _step(self, by: int) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._seek()
        else:
            self.step_wanted.emit(by)


class _Field(QLineEdit):
    stepped = Signal(int)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(FIELD)
        self.addAction(icon("magnifying-glass", "text3"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
