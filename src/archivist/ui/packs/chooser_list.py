"""A list of things to tick: cases or tags with their colours and counts. Nothing ticked means all."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, rounded, trailing
from archivist.ui.words import number

ROW = 29
_KEY, _HUE, _COUNT = (Qt.ItemDataRole.UserRole + at for at in range(3))

Option = tuple[str, str, str, int]
"""Id, name, hue, number of quotes."""


class ChooserList(QListView):
    """Space or a click ticks."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._items.itemChanged.connect(lambda _: self.changed.emit())
        self.clicked.connect(self._turn)

    def show_options(self, options: Sequence[Option], ticked: frozenset[str] = frozenset()) -> None:
        self._items.clear()
        for key, name, hue, count in options:
            item = QStandardItem(name)
            item.setData(key, _KEY)
            item.setData(hue, _HUE)
            item.setData(count, _COUNT)
            item.setData(f"{name}, {number(count)}", Qt.ItemDataRole.AccessibleTextRole)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            self._items.appendRow(item)

    def ticked(self) -> tuple[str, ...]:
        """Ids of what is ticked, in the order shown."""
        items = [self._items.item(at) for at in range(self._items.rowCount())]
        return tuple(item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._turn(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _turn(self, index: QModelIndex) -> None:
        item = self._items.itemFromIndex(index)
        is_on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)


class _Delegate(QStyledItemDelegate):
    """A box, a coloured square, the name, and how many quotes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = Theme.current()
        box: QRect = option.rect
        towards: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 6, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, box.adjusted(2, 1, -2, -1), 6, theme.color("hover"))
        tick = mirrored(QRect(box.x() + 8, box.center().y() - 7, 16, 16), box, towards)
        is_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        painter.setPen(theme.color("accent" if is_on else "control"))
        painter.setBrush(theme.color("accent" if is_on else "panel"))
        painter.drawRoundedRect(tick, 4, 4)
        if is_on:
            draw_icon(painter, "check", tick.adjusted(2, 2, -2, -2), theme.color("accentText"))
        dot = mirrored(QRect(box.x() + 34, box.center().y() - 4, 9, 9), box, towards)
        rounded(painter, dot, 3, theme.ink(index.data(_HUE)))
        name = mirrored(QRect(box.x() + 52, box.y(), box.width() - 110, box.height()), box, towards)
        weight = 600 if is_on else 400
        draw_line(painter, name, str(index.data()), font(13, weight), theme.color("text"), leading(towards))
        count = mirrored(QRect(box.right() - 58, box.y(), 48, box.height()), box, towards)
        draw_line(
            painter, count, number(index.data(_COUNT)), font(12), theme.color("text2"), trailing(towards)
        )
        painter.restore()
