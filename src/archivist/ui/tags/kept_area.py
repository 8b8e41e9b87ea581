"""Several lines that are kept when one leaves them."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from archivist.ui.widgets.field import TextArea

# Leaving for a menu, or the whole window, is not leaving the field.
_AWAY = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class KeptArea(TextArea):
    """Leaving or Ctrl+Enter keeps what was typed, Esc takes it back."""

    kept = Signal(str)

    def __init__(self, name: str, *, placeholder: str = "", least: int = 3, most: int = 12) -> None:
        super().__init__(name, placeholder=placeholder, least=least, most=most)
        self._value = ""
        self.finished.connect(self.keep)

    @property
    def is_changed(self) -> bool:
        return self.toPlainText() != self._value

    def show_value(self, value: str) -> None:
        """What is kept now; words that are being typed stay."""
        if self.is_changed and self.hasFocus():
            return
        self._value = value
        if value != self.toPlainText():
            self.setPlainText(value)

    def keep(self) -> None:
        """Say that the words in it are wanted, where they are others than before."""
        if self.is_changed:
            self._value = self.toPlainText()
            self.kept.emit(self._value)

    def forget(self) -> None:
        """Another thing comes into its place: its words do not belong to that."""
        self._value = ""
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_changed:
            self.setPlainText(self._value)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            # Only once the focus has settled: a click on a button must reach it first.
            QTimer.singleShot(0, self, self.keep)
