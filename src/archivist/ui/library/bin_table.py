"""The table of the bin: one row for each thing, with what brings it back at its end."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from archivist.ui.icons import draw_icon
from archivist.ui.library.bin_rows import BinRow, kind_word
from archivist.ui.library.model import NO_PARENT, Index
from archivist.ui.library.row_delegate import BAR, CELL, EDGE, HEIGHT, TEXT_START, TILE
from archivist.ui.library.row_table import RowTable
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, rounded, trailing

NAME, KIND, ABOUT, RESTORE = range(4)
WIDTHS = {KIND: 110, ABOUT: 260, RESTORE: 110}
ROW = Qt.ItemDataRole.UserRole + 1
_OPEN = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class BinModel(QAbstractTableModel):
    """Rows as they are; there are never so many that they need pages."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[BinRow] = []

    def show_rows(self, rows: list[BinRow]) -> None:
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(WIDTHS) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Name"), self.tr("Kind"), self.tr("Belongs to"), "")[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return (row.name, kind_word(row.kind), row.about, self.tr("Restore"))[index.column()]
        return None


class BinTable(RowTable):
    """Says what is to be restored: by a click at the end of a row, or by Enter for all that is selected."""

    restore_wanted = Signal(object)

    def __init__(self, model: BinModel) -> None:
        super().__init__()
        self.setObjectName("bin")
        self.setAccessibleName(self.tr("What can be restored"))
        self._things = model
        self.setModel(model)
        self.setItemDelegate(_BinDelegate(self))
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        head = self.horizontalHeader()
        head.hide()
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)

    def rows(self) -> list[BinRow]:
        return self._things.rows

    def selected(self) -> list[BinRow]:
        return [self._things.rows[at] for at in self.selected_rows()]

    def show_rows(self, rows: list[BinRow]) -> None:
        """What was selected and is still there stays so; else what stands in its place is."""
        kept, at = {row.id for row in self.selected()}, self.currentIndex().row()
        self._things.show_rows(rows)
        here = [place for place, row in enumerate(rows) if row.id in kept]
        if kept and not here and rows:
            here = [min(max(at, 0), len(rows) - 1)]
        self.select_rows(here)
        if here:
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._things.index(here[0], NAME), keep)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN and self.selected():
            self.restore_wanted.emit(self.selected())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if index.isValid() and index.column() == RESTORE and is_plain:
            self.restore_wanted.emit([self._things.rows[index.row()]])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_link = self.indexAt(event.position().toPoint()).column() == RESTORE
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)


class _BinDelegate(QStyledItemDelegate):
    """Like the table of documents: tile and name, then what tells it apart, then a link."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(80, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: BinRow = index.data(ROW)
        column = index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, option, column)
        if column == NAME:
            _draw_name(painter, option, row)
        elif column == RESTORE:
            words = str(index.data(Qt.ItemDataRole.DisplayRole))
            _draw_words(painter, option, words, "accent", is_link=True)
        else:
            _draw_words(painter, option, str(index.data(Qt.ItemDataRole.DisplayRole)), "text2")
        painter.restore()


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, column: int) -> None:
    theme, cell = Theme.current(), option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(cell, theme.color("row"))
        if column == NAME:
            bar = QRect(cell.x(), cell.y(), BAR, cell.height())
            painter.fillRect(mirrored(bar, cell, option.direction), theme.color("accent"))
    start = TEXT_START if column == NAME else 0
    line = QRect(cell.x() + start, cell.bottom(), cell.width() - start, 1)
    painter.fillRect(mirrored(line, cell, option.direction), theme.color("border"))


def _draw_name(painter: QPainter, option: QStyleOptionViewItem, row: BinRow) -> None:
    theme, cell, towards = Theme.current(), option.rect, option.direction
    tile = mirrored(TILE.translated(cell.topLeft()), cell, towards)
    rounded(painter, tile, 6, theme.soft(row.hue))
    sign = QRect(0, 0, 14, 14)
    sign.moveCenter(tile.center())
    draw_icon(painter, row.icon, sign, theme.ink(row.hue))
    line = mirrored(cell.adjusted(TEXT_START, 0, -CELL, 0), cell, towards)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    draw_line(painter, line, row.name, font(13), theme.color("text"), leading(towards))


def _draw_words(
    painter: QPainter, option: QStyleOptionViewItem, words: str, ink: str, *, is_link: bool = False
) -> None:
    cell, towards = option.rect, option.direction
    line = mirrored(cell.adjusted(CELL, 0, -(EDGE if is_link else CELL), 0), cell, towards)
    face = font(12, 600) if is_link else font(13)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    align = trailing(towards) if is_link else leading(towards)
    draw_line(painter, line, words, face, Theme.current().color(ink), align)


def kinds_in(rows: Sequence[BinRow]) -> dict[str, int]:
    """How many there are of each kind."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.kind] = found.get(row.kind, 0) + 1
    return found
