"""The other names of a case, in every script, each in its own direction."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.flow import FlowLayout
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, rounded, text_width
from archivist.ui.words import isolate, number

_GONE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class NamesEditor(QWidget):
    """Pills with a field after them: Enter adds a name; ✕, Delete or Backspace on a pill removes it."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._pills = QWidget()
        self._flow = FlowLayout(spacing=5)
        self._pills.setLayout(self._flow)
        self.field = _Field(self.tr("Another name, in any script"))
        self.field.setObjectName("new_alias")
        self.field.returnPressed.connect(self._add)
        self.field.went_back.connect(self._to_last)
        self.setLayout(column(self._pills, self.field, spacing=8))

    def show_names(self, names: Sequence[str]) -> None:
        """Pills that stay are not made anew, so that the focus stays, too."""
        if list(names) == list(self._names):
            return
        focused = next((at for at, pill in enumerate(self.pills()) if pill.hasFocus()), None)
        self._names = names
        for pill in self.pills():
            self._flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        for name in names:
            self._add_pill(name)
        self._pills.setVisible(bool(names))
        self._pills.updateGeometry()
        if focused is not None:
            after = self.pills()
            (after[min(focused, len(after) - 1)] if after else self.field).setFocus()

    def _add_pill(self, name: str) -> None:
        pill = NamePill(name)
        pill.removed.connect(self.removed)
        before = self.pills()
        self._flow.addWidget(pill)
        pill.show()  # else it can take no focus yet
        if before:
            self.setTabOrder(before[-1], pill)
        self.setTabOrder(pill, self.field)

    def pills(self) -> list["NamePill"]:
        found = []
        for at in range(self._flow.count()):
            item = self._flow.itemAt(at)
            widget = item.widget() if item else None
            if isinstance(widget, NamePill):
                found.append(widget)
        return found

    def _add(self) -> None:
        if name := self.field.text().strip():
            self.field.clear()
            self.added.emit(name)

    def _to_last(self) -> None:
        if pills := self.pills():
            pills[-1].setFocus(Qt.FocusReason.BacktabFocusReason)


class _Field(QLineEdit):
    """Backspace in it while it is empty goes to the pill before."""

    went_back = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setProperty("small", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.went_back.emit()
            return
        super().keyPressEvent(event)


class NamePill(QAbstractButton):
    """A name and a ✕."""

    removed = Signal(str)
    HEIGHT, CROSS = 24, 12

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Name: {}. Delete removes it.").format(name))
        self.setToolTip(self.tr("Remove {}").format(isolate(name)))

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), font(12)) + 34, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.HEIGHT)

    def cross_rect(self) -> QRect:
        box = QRect(self.width() - 20, (self.height() - self.CROSS) // 2, self.CROSS, self.CROSS)
        return mirrored(box, self.rect(), self.layoutDirection())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _GONE:
            self.removed.emit(self.text())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.cross_rect().adjusted(-6, -6, 6, 6).contains(event.position().toPoint()):
            self.removed.emit(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        theme = Theme.current()
        towards = self.layoutDirection()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), self.HEIGHT / 2, theme.color("inset"))
            words = mirrored(QRect(10, 0, self.width() - 32, self.height()), self.rect(), towards)
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            draw_line(painter, words, self.text(), font(12), theme.color("text"), leading(towards))
            ink = theme.color("text" if self.underMouse() else "text3")
            draw_icon(painter, "x", self.cross_rect(), ink)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 11, 11)


class NamesLine(QWidget):
    """Names one after the other, as many as there is room for, and how many more there are."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self.setFixedHeight(30)
        Theme.current().changed.connect(self.update)

    def show_names(self, names: Sequence[str]) -> None:
        self._names = names
        self.setAccessibleName(self.tr("Also: {}").format(", ".join(names)) if names else "")
        self.setToolTip("\n".join(map(isolate, names)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        theme, face = Theme.current(), font(17)
        towards, left = self.layoutDirection(), 0
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            for at, name in enumerate(self._names):
                width = text_width(name, face)
                rest = len(self._names) - at
                if left + width > self.width() - (46 if rest > 1 else 0):
                    more = QRect(left, 0, self.width() - left, self.height())
                    ink = theme.color("text2")
                    box = mirrored(more, self.rect(), towards)
                    draw_line(painter, box, f"+{number(rest)}", font(13), ink, leading(towards))
                    break
                box = mirrored(QRect(left, 0, width, self.height()), self.rect(), towards)
                draw_line(painter, box, name, face, theme.color("text2"), leading(towards))
                left += width + 16
