"""A value that is edited where it stands: Enter or leaving keeps it, Esc takes it back."""

from math import ceil

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from archivist.ui.widgets.field import TextArea
from archivist.ui.widgets.layout import column, label
from archivist.ui.widgets.painting import leading

# Leaving for a menu, or the whole window, is not leaving the field.
_AWAY = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class InlineField(QWidget):
    """Looks like text until it is used. What is wrong, and what else is said, stands below it."""

    kept = Signal(str)

    def __init__(self, name: str, *, placeholder: str = "", is_long: bool = False) -> None:
        super().__init__()
        self._value = ""
        self._refused: str | None = None
        self.input: _Line | _Area = _Area(name, placeholder) if is_long else _Line(name, placeholder)
        self.hint = label(role="meta", wraps=True)
        self.error = label(role="error", wraps=True)
        for below in (self.hint, self.error):
            below.setContentsMargins(5, 0, 5, 2)
            below.hide()
        self.setLayout(column(self.input, self.error, self.hint, spacing=1))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.input)
        self.input.done.connect(self.keep)
        self.input.given_up.connect(self.revert)
        self.input.left.connect(self.keep)

    @property
    def is_changed(self) -> bool:
        return self.input.value() != self._value

    def show_value(self, value: str, *, hint: str = "") -> None:
        """What is kept now; words that are being typed stay, and so does what was wrong with them."""
        is_being_typed = self.is_changed and self.input.hasFocus() and self.input.value() != value
        if not is_being_typed and not (self.error.text() and value == self._value):
            self._value = value
            self.input.put(value)
            self.tell("")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def keep(self) -> None:
        """Say that the words in it are wanted, where they are others than before."""
        if not self.is_changed:
            self.tell("")
        elif self.input.value() != self._refused:
            self.kept.emit(self.input.value())

    def revert(self) -> None:
        self.input.put(self._value)
        self.tell("")

    def tell(self, sentence: str) -> None:
        """Why its words were not taken; empty takes it back."""
        self._refused = self.input.value() if sentence else None
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


class _Line(QLineEdit):
    """One line, without a frame until the pointer or the focus is on it."""

    done = Signal()
    given_up = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("bare", True)
        self.setAlignment(leading(QGuiApplication.layoutDirection()))

    def value(self) -> str:
        return self.text()

    def put(self, value: str) -> None:
        if value != self.text():
            self.setText(value)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            self.left.emit()


class _Area(TextArea):
    """Several lines; Ctrl+Enter keeps them, Enter too, for they are kept as one."""

    done = Signal()
    given_up = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder=placeholder, least=1, most=8)
        self.setProperty("bare", True)
        self.document().setDocumentMargin(0)
        option = self.document().defaultTextOption()
        option.setAlignment(leading(QGuiApplication.layoutDirection()))
        self.document().setDefaultTextOption(option)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.finished.connect(self.done)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._grow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        """As tall as its words in whatever script; no frame needs room."""
        block, height = self.document().begin(), 0.0
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        most = self._most * self.fontMetrics().lineSpacing()
        is_cut = height > most
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_cut else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(ceil(min(height, most)) + 5)

    def value(self) -> str:
        return self.toPlainText()

    def put(self, value: str) -> None:
        if value != self.toPlainText():
            self.setPlainText(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            # Only once the focus has settled: a click on a button must reach it first.
            QTimer.singleShot(0, self, self.left.emit)
