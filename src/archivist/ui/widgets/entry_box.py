"""The frame of a field that holds pills before what is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QSizePolicy, QWidget

from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.layout import restyle
from archivist.ui.widgets.painting import font, mirrored, rounded, text_width

PILL, GAP, PAD = 20, 5, 7
START = 34  # behind the icon
LEAST_ENTRY = 48

Remove = Callable[[str], object]


class EntryBox(QFrame):
    """Pills and an entry, as tall as its lines."""

    resized = Signal()

    def __init__(self, sign: str, name: str, placeholder: str) -> None:
        super().__init__()
        self.setObjectName("entry_box")
        self.entry = QLineEdit(self)
        self.entry.setProperty("inner", True)
        self.entry.setAccessibleName(name)
        self.entry.setPlaceholderText(placeholder)
        self.entry.installEventFilter(self)
        self.setFocusProxy(self.entry)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sign = sign
        self._pills: list[_Pill] = []
        self._placeholder = placeholder
        self.setFixedHeight(PILL + 2 * PAD)
        Theme.current().changed.connect(self.update)

    def show_pills(self, pills: Sequence[tuple[str, str]], remove: Remove) -> None:
        if [(pill.name, pill.hue) for pill in self._pills] == list(pills):
            return
        for pill in self._pills:
            pill.hide()
            pill.deleteLater()
        self._pills = [_Pill(name, hue, remove, self) for name, hue in pills]
        for pill in self._pills:
            pill.show()
            QWidget.setTabOrder(pill, self.entry)
        self.entry.setPlaceholderText("" if pills else self._placeholder)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entry and isinstance(event, QFocusEvent):
            self.setProperty("focused", event.gotFocus())
            restyle(self)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sign = QRect(10, PAD + (PILL - 16) // 2, 16, 16)
        with QPainter(self) as painter:
            place = mirrored(sign, self.rect(), self.layoutDirection())
            draw_icon(painter, self._sign, place, Theme.current().color("text2"))

    def _place(self) -> None:
        """Pills one after the other; the entry takes the rest of the last line, or one of its own."""
        towards, room = self.layoutDirection(), self.rect()
        end = room.width() - PAD
        left, top = START, PAD
        for pill in self._pills:
            width = min(pill.sizeHint().width(), end - START)
            if left > START and left + width > end:
                left, top = START, top + PILL + GAP
            pill.setGeometry(mirrored(QRect(left, top, width, PILL), room, towards))
            left += width + GAP
        if left > START and left + LEAST_ENTRY > end:
            left, top = START, top + PILL + GAP
        height = top + PILL + PAD
        self.entry.setGeometry(mirrored(QRect(left, top, max(20, end - left), PILL), room, towards))
        if height != self.height():
            self.setFixedHeight(height)
            self.resized.emit()


class _Pill(QAbstractButton):
    """A tag with a cross; pressed, or by Delete, it goes."""

    def __init__(self, name: str, hue: str, remove: Remove, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.hue = name, hue
        self._remove = remove
        self.setAccessibleName(self.tr("Remove tag {}").format(name))
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda *_: remove(name))

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.name, font(11, 500)) + 33, PILL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._remove(self.name)
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        theme = Theme.current()
        towards = self.layoutDirection()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), PILL / 2, theme.soft(self.hue))
            painter.setFont(font(11, 500))
            painter.setPen(theme.ink(self.hue))
            words = mirrored(self.rect().adjusted(9, 0, -22, 0), self.rect(), towards)
            shown = painter.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
            cross = mirrored(QRect(self.width() - 19, (PILL - 11) // 2, 11, 11), self.rect(), towards)
            ink = theme.ink(self.hue)
            ink.setAlphaF(1.0 if self.underMouse() else 0.65)
            draw_icon(painter, "x", cross, ink)
            if self.hasFocus():
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), PILL / 2 - 1, PILL / 2 - 1)
