"""The documents behind a case, with how many of its quotes are in each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.ui.cases.content import SourceLine
from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import (
    draw_kind_tile,
    draw_line,
    font,
    leading,
    mirrored,
    text_width,
    trailing,
)
from archivist.ui.words import date_words, isolate, number, plural

HEIGHT, EDGE, TILE, NAME = 56, 20, 28, 60
LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SourceList(QListView):
    """Enter opens one."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("case_documents")
        self.setAccessibleName(self.tr("Documents behind the case"))
        self.sources = _Model(self)
        self.setModel(self.sources)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)
        Theme.current().changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[SourceLine]) -> None:
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self.sources.show(lines)
        if 0 <= row < len(lines):
            self.setCurrentIndex(self.sources.index(row))
        self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        line: SourceLine = index.data(LINE)
        self.opened.emit(line.row.document.id)


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[SourceLine] = ()

    def show(self, lines: Sequence[SourceLine]) -> None:
        if list(lines) != list(self.lines):
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.row.document.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = plural(line.quotes, self.tr("1 quote"), self.tr("{} quotes"))
            return ", ".join(
                filter(None, (line.row.document.title, line.row.publisher, line.row.date, count))
            )
        return None


class _Delegate(QStyledItemDelegate):
    """Tile, title, where it is from, number of quotes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = Theme.current()
        line: SourceLine = index.data(LINE)
        box: QRect = option.rect
        towards: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("row"))
            painter.fillRect(
                mirrored(QRect(box.x(), box.y(), 3, HEIGHT), box, towards), theme.color("accent")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("sidebar"))
        under = QRect(box.x() + NAME, box.bottom(), box.width() - NAME - EDGE, 1)
        painter.fillRect(mirrored(under, box, towards), theme.color("border"))
        tile = QRect(box.x() + EDGE, box.y() + (HEIGHT - TILE) // 2, TILE, TILE)
        draw_kind_tile(painter, mirrored(tile, box, towards), line.row.document.kind)
        _draw_words(painter, box, line, towards)
        painter.restore()


def _draw_words(painter: QPainter, box: QRect, line: SourceLine, towards: Qt.LayoutDirection) -> None:
    theme = Theme.current()
    count = number(line.quotes)
    taken = text_width(count, font(13)) + 22
    amount = QRect(box.right() - EDGE - taken, box.y(), taken, HEIGHT)
    draw_line(
        painter, mirrored(amount, box, towards), count, font(13), theme.color("text2"), trailing(towards)
    )
    sign = QRect(amount.x(), box.y() + (HEIGHT - 15) // 2, 15, 15)
    draw_icon(painter, "quotes", mirrored(sign, box, towards), theme.color("text3"))
    room = QRect(box.x() + NAME, box.y() + 8, box.width() - NAME - EDGE - taken - 16, 22)
    below = room.translated(0, 21)
    row = line.row
    meta = "  ·  ".join(
        isolate(one) for one in (row.publisher, date_words(row.date) if row.date else "") if one
    )
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    title = row.document.title
    draw_line(
        painter, mirrored(room, box, towards), title, font(13, 600), theme.color("text"), leading(towards)
    )
    painter.setLayoutDirection(towards)
    shown = meta or isolate(row.document.file_name)
    draw_line(painter, mirrored(below, box, towards), shown, font(12), theme.color("text2"), leading(towards))
