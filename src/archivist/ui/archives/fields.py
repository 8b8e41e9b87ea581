"""Fields of the gate: secrets with an eye, a name with its suffix, a folder."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QStyle, QWidget

from archivist.ui.icons import icon, pixmap
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import push_button, tool_button
from archivist.ui.widgets.layout import label, restyle, row
from archivist.ui.words import isolate

HEIGHT = 34
_SIDE = 24  # the eye and the tick, inside the field


class SecretField(QLineEdit):
    """A passphrase: dots, until the eye is opened. `take` answers what was typed and empties it."""

    seen = Signal(bool)
    caps_lock = Signal(bool)

    def __init__(self, name: str, *, with_eye: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setProperty("dots", True)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase)
        self._tick = QLabel(self)
        self._tick.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tick.setFixedSize(_SIDE, _SIDE)
        self._tick.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tick.hide()
        self.eye = tool_button("eye", self.tr("Show what is typed"), self._look, checkable=True, size=16)
        self.eye.setParent(self)
        self.eye.setFixedSize(_SIDE + 2, _SIDE + 2)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        self.eye.setVisible(with_eye)
        self._with_eye = with_eye
        Theme.current().changed.connect(self._dress)
        self._dress()
        self._arrange()

    def take(self) -> str:
        """What was typed; the field forgets it, and what could be undone in it."""
        secret = self.text()
        self.forget()
        return secret

    def forget(self) -> None:
        self.setText("")
        self.show_plainly(False)

    def show_plainly(self, plain: bool) -> None:
        """Letters instead of dots."""
        mode = QLineEdit.EchoMode.Normal if plain else QLineEdit.EchoMode.Password
        if mode is self.echoMode():
            return
        self.setEchoMode(mode)
        self.setProperty("dots", not plain)
        restyle(self)
        self.eye.setChecked(plain)
        self.eye.setIcon(icon("eye-slash" if plain else "eye"))
        tip = self.tr("Hide what is typed") if plain else self.tr("Show what is typed")
        self.eye.setToolTip(tip)
        self.eye.setAccessibleName(tip)
        self.seen.emit(plain)

    def show_tick(self, *, yes: bool) -> None:
        """A green tick inside: it is as it should be."""
        self._tick.setVisible(yes)

    def has_tick(self) -> bool:
        return self._tick.isVisibleTo(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _look(self) -> None:
        self.show_plainly(self.echoMode() is QLineEdit.EchoMode.Password)
        self.setFocus()

    def _arrange(self) -> None:
        """The eye stands where reading ends; the tick in its place, or beside it."""
        end = self.width() - 5
        for widget, is_there in ((self.eye, self._with_eye), (self._tick, True)):
            if is_there:
                box = QRect(
                    end - widget.width(),
                    (self.height() - widget.height()) // 2,
                    widget.width(),
                    widget.height(),
                )
                widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))
                end -= widget.width() + 2
        taken = self.width() - end - 4
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(taken if is_rtl else 0, 0, 0 if is_rtl else taken, 0)

    def _dress(self) -> None:
        self._tick.setPixmap(
            pixmap("check-circle", Theme.current().color("ok"), 16, self.devicePixelRatioF())
        )


class NameField(QLineEdit):
    """The name of a folder to be made; its suffix stands behind what is typed."""

    def __init__(self, name: str, suffix: str) -> None:
        super().__init__()
        self._suffix = suffix
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setMaxLength(120)
        self._make_room()

    def wanted(self) -> str:
        """What was typed, without the suffix where that was typed too."""
        return " ".join(self.text().split()).removesuffix(self._suffix).rstrip(". ")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        own = self.fontMetrics().horizontalAdvance(self._suffix)
        at = self.width() - 12 - own
        if self._is_ltr():
            at = min(at, self.fontMetrics().horizontalAdvance(self.text()) + 15)
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.setPen(Theme.current().color("text2"))
            painter.drawText(self.rect().adjusted(at, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._suffix)

    def _is_ltr(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.LeftToRight

    def _make_room(self) -> None:
        """A suffix of Latin letters stands at the right of the name in every interface."""
        own = self.fontMetrics().horizontalAdvance(self._suffix)
        self.setTextMargins(0, 0, own + 2, 0)
        if not self._is_ltr():
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)


class FolderField(QFrame):
    """A folder by its name, and the button that asks for another."""

    wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.folder: Path | None = None
        self._name = name
        self._icon = QLabel()
        self._words = label()
        self._words.setMinimumWidth(40)
        shown = QFrame()
        shown.setObjectName("path_box")
        shown.setFixedHeight(HEIGHT)
        shown.setLayout(row(self._icon, self._words, None, margins=(10, 0, 10, 0), spacing=8))
        self.button = push_button(self.tr("Choose…"), handler=self.wanted.emit)
        self.button.setFixedHeight(HEIGHT)
        layout = row(shown, self.button, spacing=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        Theme.current().changed.connect(self._dress)
        self._dress()
        self.show_folder(None)

    def show_folder(self, folder: Path | None) -> None:
        self.folder = folder
        words = isolate(folder.name or str(folder)) if folder else self.tr("None chosen yet")
        self._words.setText(words)
        self._words.setToolTip(str(folder) if folder else "")
        self.button.setAccessibleName(f"{self._name}: {words}. {self.tr('Choose another')}")

    def sizeHint(self) -> QSize:
        return QSize(210, HEIGHT)

    def _dress(self) -> None:
        self._icon.setPixmap(pixmap("folder", Theme.current().color("text2"), 16, self.devicePixelRatioF()))


def focus_of(field: QWidget) -> QWidget:
    """Where the focus goes for a field that is more than one widget."""
    return field.button if isinstance(field, FolderField) else field
