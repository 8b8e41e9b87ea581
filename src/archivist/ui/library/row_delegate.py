"""A document as a line of the table."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.model.browsing import DocumentRow
from archivist.ui.icons import draw_icon
from archivist.ui.library.columns import COLUMNS, TITLE, Column
from archivist.ui.library.model import ROW, Index
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import (
    draw_kind_tile,
    draw_line,
    font,
    leading,
    mirrored,
    rounded,
    text_width,
    trailing,
)

HEIGHT = 34
EDGE = 24  # of the page, before the first column and behind the last
CELL = 10
TILE = QRect(EDGE, 5, 24, 24)
TEXT_START = 58
BAR = 3
SIGN = 16


def title_rect(cell: QRect, towards: Qt.LayoutDirection) -> QRect:
    """Where the title stands: where it is painted, and where it is edited."""
    line = QRect(cell.x() + TEXT_START, cell.y(), cell.width() - TEXT_START - CELL, cell.height() - 1)
    return mirrored(line, cell, towards)


def cell_rect(cell: QRect, *, is_last: bool, towards: Qt.LayoutDirection) -> QRect:
    """Where the words of any other cell stand; the same under the head."""
    end = EDGE if is_last else CELL
    return mirrored(cell.adjusted(CELL, 0, -end, 0), cell, towards)


class RowDelegate(QStyledItemDelegate):
    """Paints one cell; the title's has the tile and the signs beside it.

    `is_last` tells whether a column is the last one in sight, which keeps the margin of the page;
    `is_hovered` whether the pointer is anywhere on a row.
    """

    def __init__(
        self, parent: QObject, is_last: Callable[[int], bool], is_hovered: Callable[[int], bool]
    ) -> None:
        super().__init__(parent)
        self._is_last, self._is_hovered = is_last, is_hovered

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(80, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DocumentRow | None = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, option, index.column(), is_hovered=self._is_hovered(index.row()))
        if index.column() == TITLE:
            _draw_title(painter, option, row)
        else:
            line = cell_rect(option.rect, is_last=self._is_last(index.column()), towards=option.direction)
            _draw_cell(painter, line, option.direction, COLUMNS[index.column()], row)
        painter.restore()


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, column: int, *, is_hovered: bool) -> None:
    theme = Theme.current()
    cell: QRect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(cell, theme.color("row"))
        if column == TITLE:
            bar = QRect(cell.x(), cell.y(), BAR, cell.height())
            painter.fillRect(mirrored(bar, cell, option.direction), theme.color("accent"))
    elif is_hovered:
        painter.fillRect(cell, theme.color("sidebar"))
    line = QRect(cell.x(), cell.bottom(), cell.width(), 1)
    if column == TITLE:
        line.setLeft(cell.x() + TEXT_START)
    painter.fillRect(mirrored(line, cell, option.direction), theme.color("border"))


def _draw_title(painter: QPainter, option: QStyleOptionViewItem, row: DocumentRow | None) -> None:
    theme, cell, towards = Theme.current(), option.rect, option.direction
    tile = mirrored(TILE.translated(cell.topLeft()), cell, towards)
    line = title_rect(cell, towards)
    if row is None:
        rounded(painter, tile, 6, theme.color("inset"))
        _draw_bar(painter, line, towards, 0.6)
        return
    draw_kind_tile(painter, tile, row.document.kind)
    face = font(13, 600 if option.state & QStyle.StateFlag.State_Selected else 400)
    room = line.width()
    if row.document.warnings:
        room = min(text_width(row.document.title, face) + 2, line.width() - SIGN - 6)
        sign = QRect(line.x() + room + 6, line.y() + (HEIGHT - SIGN) // 2, SIGN, SIGN)
        draw_icon(painter, "warning", mirrored(sign, line, towards), theme.color("warn"))
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    words = mirrored(QRect(line.x(), line.y(), room, line.height()), line, towards)
    draw_line(painter, words, row.document.title, face, theme.color("text"), leading(towards))


def _draw_cell(
    painter: QPainter, line: QRect, towards: Qt.LayoutDirection, column: Column, row: DocumentRow | None
) -> None:
    if row is None:
        _draw_bar(painter, line, towards, 0.7)
        return
    align = trailing(towards) if column.is_number else leading(towards)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    draw_line(painter, line, column.words(row), font(13), Theme.current().color("text2"), align)


def _draw_bar(painter: QPainter, line: QRect, towards: Qt.LayoutDirection, share: float) -> None:
    bar = QRect(line.x(), line.center().y() - 3, max(0, int(line.width() * share)), 8)
    rounded(painter, mirrored(bar, line, towards), 4, Theme.current().color("inset"))
