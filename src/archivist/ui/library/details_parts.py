"""Small parts of the details: section heads, facts, the tile of a kind, a tag, and reading a file again."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QLineEdit, QWidget

from archivist.model.document import DocumentKind
from archivist.ui.library.details_words import Fact
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.field import line_edit
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.painting import PILL_HEIGHT, draw_kind_tile, draw_pill, pill_width

LABELS = 104  # how wide the names of facts are
FRAME = 6  # what a field has before its words

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def section(words: str, *, above: int = 18) -> QLabel:
    shown = label(words, "section")
    shown.setContentsMargins(0, above, 0, 4)
    return shown


def facts(told: Iterable[Fact]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(0)
    grid.setVerticalSpacing(7)
    grid.setColumnMinimumWidth(0, LABELS)
    grid.setColumnStretch(1, 1)
    grid.setContentsMargins(0, 2, 0, 0)
    for at, (name, value) in enumerate(told):
        shown = label(value, "fact", wraps=True)
        shown.setTextInteractionFlags(SELECTABLE)
        shown.setAccessibleName(f"{name}: {value}")
        grid.addWidget(label(name, "meta"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, at, 1)
    return grid


class KindTile(QWidget):
    """The tile of a kind of document."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = DocumentKind.OTHER
        self.setFixedSize(28, 28)

    def show_kind(self, kind: DocumentKind) -> None:
        self._kind = kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_kind_tile(painter, self.rect(), self._kind)


class Pill(QAbstractButton):
    """A tag that leads to its quotes."""

    def __init__(self, text: str, hue: str) -> None:
        super().__init__()
        self.setText(text)
        self._hue = hue
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self.text()) + 4, PILL_HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, PILL_HEIGHT + 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_pill(painter, self.rect().adjusted(2, 2, -2, -2), self.text(), self._hue)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(Theme.current().color("accent"))
                painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 11, 11)


class ReadAgain(QWidget):
    """Reading a file again, with a password where it asks for one; it is used once and kept nowhere."""

    asked = Signal(str)

    def __init__(self, *, needs_password: bool) -> None:
        super().__init__()
        name = self.tr("Password of the file")
        self._needs_password = needs_password
        self._password = line_edit(name, placeholder=name)
        self._password.setObjectName("details_password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setVisible(needs_password)
        self._password.returnPressed.connect(self._ask)
        words = self.tr("Read") if needs_password else self.tr("Try again")
        self._button = push_button(words, "arrow-clockwise", self._ask)
        self._button.setObjectName("details_retry")
        self._error = label(role="error", wraps=True)
        self._error.hide()
        rest = () if needs_password else (None,)
        layout = column(row(self._password, self._button, *rest, spacing=8), self._error, spacing=4)
        if needs_password:
            layout.addWidget(label(self.tr("It is used once, and kept nowhere."), "meta"))
        self.setLayout(layout)

    def refuse(self, sentence: str) -> None:
        """It does not open the file, or the file gives no more than before."""
        self._error.setText(sentence)
        self._error.show()
        self._button.setEnabled(True)
        if self._needs_password:
            self._password.setFocus()

    def _ask(self) -> None:
        password = self._password.text()
        if not self._button.isEnabled() or (self._needs_password and not password):
            return
        self._password.clear()
        self._button.setEnabled(False)
        self._error.hide()
        self.asked.emit(password)
