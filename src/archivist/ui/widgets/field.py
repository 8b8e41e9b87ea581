"""Fields to type in, with their labels and what is wrong with them."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from archivist.ui.icons import icon
from archivist.ui.widgets.layout import column, label

FRAME = 8  # border and padding of the style sheet, with a pixel to spare


def line_edit(name: str, *, placeholder: str = "", leading: str = "") -> QLineEdit:
    """A field called `name` by screen readers, with an icon at its start if one is named."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    if leading:
        field.addAction(icon(leading, "text3"), QLineEdit.ActionPosition.LeadingPosition)
    return field


def labelled(text: str, field: QWidget, *, hint: str = "") -> QBoxLayout:
    """A field under its label; the label's letter after & leads into it."""
    name = label(text, "h2")
    name.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(text.replace("&", ""))
    layout = column(name, field, spacing=5)
    if hint:
        layout.addWidget(label(hint, "meta", wraps=True))
    return layout


class TextArea(QPlainTextEdit):
    """Some lines of words that grow with what is typed; Tab leaves it, Ctrl+Enter finishes it."""

    finished = Signal()

    def __init__(self, name: str, *, placeholder: str = "", least: int = 2, most: int = 10) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self._least, self._most = least, most
        self.textChanged.connect(self._grow)
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ends and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """As tall as its words with frame and margins, so that no bar comes while they fit."""
        lines = max(self._least, min(self._most, int(self.document().size().height())))
        around = 2 * (FRAME + int(self.document().documentMargin()))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + around)
