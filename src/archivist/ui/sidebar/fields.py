"""The fields that stand on the list: one in which a name is typed, and those that find one."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from archivist.ui.icons import icon

# Leaving for a menu, or the whole window, is not leaving the field.
_AWAY = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class NameField(QLineEdit):
    """Enter or leaving keeps a name that was typed, Esc forgets it; no shortcut of the list comes through.

    `key` is the line that it stands over; empty while it is closed.
    """

    kept = Signal(str, str)
    closed = Signal(bool)
    """Whether the focus was in it until now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("name_field")
        self.key = ""
        self._before = ""
        self._is_told = False
        self._refused = ""
        self.hide()

    def open(self, key: str, name: str, spoken: str) -> None:
        self.key, self._before, self._is_told, self._refused = key, name, False, ""
        self.setAccessibleName(spoken)
        self.setPlaceholderText(spoken)
        self.setText(name)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self) -> None:
        """The name was not taken: stay, so that another can be typed."""
        self._is_told, self._refused = False, self.text()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def dismiss(self) -> None:
        if self.key:
            self.key, had_focus = "", self.hasFocus()
            self.hide()
            self.closed.emit(had_focus)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
            event.accept()  # keys that a field has no use for are none of the list's either

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _AWAY or not self.isVisible() or self._is_told:
            return
        if self.text() == self._refused:
            self.dismiss()  # who leaves it after it was refused does not insist
        else:
            self._keep()

    def _keep(self) -> None:
        """Nothing, or the name as it was, asks for nothing."""
        if not self.key or self._is_told:
            return
        if self.text().strip() and self.text() != self._before:
            self._is_told = True
            self.kept.emit(self.key, self.text())
        else:
            self.dismiss()


class FindField(QLineEdit):
    """Finds one among many by its letters; Esc clears it, Down and Enter go to what was found."""

    done = Signal()

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setProperty("small", True)
        self.setClearButtonEnabled(True)
        self.addAction(icon("magnifying-glass", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.done.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.done.emit()
        else:
            super().keyPressEvent(event)
