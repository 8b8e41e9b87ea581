"""One line that is kept when one leaves it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from archivist.ui.widgets.layout import restyle

# Leaving for a menu, or the whole window, is not leaving the field.
_AWAY = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ROOM = 24


class KeptLine(QLineEdit):
    """Looks like text until it is used. Enter or leaving keeps what was typed, Esc takes it back."""

    kept = Signal(str)

    def __init__(self, name: str, *, role: str = "", fits_words: bool = False) -> None:
        super().__init__()
        self._value = ""
        self._fits_words = fits_words
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setProperty("role", role)
        restyle(self)
        self.textChanged.connect(self.updateGeometry)

    @property
    def is_changed(self) -> bool:
        return self.text() != self._value

    def show_value(self, value: str) -> None:
        """What is kept now; words that are being typed stay."""
        if self.is_changed and self.hasFocus():
            return
        self._value = value
        # A title stands where the interface begins, whatever its own direction.
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        if value != self.text():
            self.setText(value)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def keep(self) -> None:
        """Say that the words in it are wanted; nothing at all is not, and goes back to what was."""
        if not self.text().strip():
            self.setText(self._value)
        elif self.is_changed:
            self.kept.emit(self.text())

    def refused(self) -> None:
        """The words were not taken: those that are kept come back."""
        self.setText(self._value)

    def sizeHint(self) -> QSize:
        """As wide as its words, where it stands among others."""
        hint = super().sizeHint()
        if self._fits_words:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self.text()) + _ROOM)
        return hint

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape and self.is_changed:
            self.setText(self._value)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            self.keep()
            self.setCursorPosition(0)
