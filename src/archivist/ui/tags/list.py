"""The list on the page of the codebook: a line for each tag, those below it set in."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.ui.icons import draw_icon
from archivist.ui.tags.hues import TAG_ICON
from archivist.ui.tags.nesting import Nesting, Target
from archivist.ui.tags.rows import TagRow
from archivist.ui.theme import Theme, hue_of
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, trailing
from archivist.ui.words import number

LINE = 36
EDGE, CARET, SIGN = 20, 12, 17
INDENT, DEEPEST = 20, 8
NAMES, COUNTS = 320, 70
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class TagList(QListView):
    """Enter shows the quotes of a tag; what else can be done is in the menu and beside the list."""

    chosen = Signal()
    opened = Signal(str)
    turned = Signal(str)
    rename_wanted = Signal()
    menu_wanted = Signal(QPoint)
    nested = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("codebook")
        self.setAccessibleName(self.tr("Tags"))
        self.tag_model = TagModel(self)
        self.setModel(self.tag_model)
        self.nesting = Nesting(self, self._target_at)
        self.nesting.nested.connect(self.nested)
        self.setItemDelegate(_Delegate(self, lambda: self.nesting.target_key))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(self._open)
        Theme.current().changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[TagRow]) -> None:
        """Selection and place stay."""
        tag, scrolled = self.current_tag(), self.verticalScrollBar().value()
        self.tag_model.show(rows)
        self.executeDelayedItemsLayout()
        if tag:
            self.choose(tag.id)
        self.verticalScrollBar().setValue(scrolled)
        if self.current_tag() is None:
            self.chosen.emit()

    def choose(self, tag_id: TagId) -> None:
        index = self.tag_model.index_of(tag_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def current_tag(self) -> Tag | None:
        row = self._current_row()
        return row.tag if row else None

    def _current_row(self) -> TagRow | None:
        row: TagRow | None = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._current_row()
        inwards = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if row is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._step(row, is_inwards=event.key() == inwards)
        else:
            super().keyPressEvent(event)

    def _step(self, row: TagRow, *, is_inwards: bool) -> None:
        """Open, then go in; close, then go out."""
        if row.has_more and row.is_open != is_inwards:
            self.turned.emit(row.tag.id)
        elif is_inwards and row.has_more:
            self.setCurrentIndex(self.tag_model.index(self.currentIndex().row() + 1))
        elif not is_inwards and row.tag.parent_id and row.depth:
            self.choose(row.tag.parent_id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            row: TagRow = index.data(ROW)
            caret = _caret_rect(self.visualRect(index), row.depth, self.layoutDirection())
            if row.has_more and caret.adjusted(-6, -10, 4, 10).contains(at):
                self.turned.emit(row.tag.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.visualRect(self.currentIndex()).center()
        index = self.indexAt(where)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self.viewport().mapToGlobal(where))

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: ARG002 - a tag is moved, nothing else
        if (tag := self.current_tag()) and not tag.deleted:
            self.nesting.begin(tag)

    def current_rect(self) -> QRect:
        return self.visualRect(self.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        row: TagRow = index.data(ROW)
        if not row.tag.deleted:
            self.opened.emit(row.tag.id)

    def _target_at(self, at: QPoint) -> Target | None:
        """Below the last line is the top level."""
        index = self.indexAt(at)
        if not index.isValid():
            return Target("top", None)
        tag: Tag = index.data(ROW).tag
        return None if tag.deleted else Target(tag.id, tag.id)


class TagModel(QAbstractListModel):
    """The lines of the codebook."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[TagRow] = ()

    def show(self, rows: Sequence[TagRow]) -> None:
        if list(rows) != list(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def index_of(self, tag_id: TagId) -> QModelIndex:
        at = next((at for at, row in enumerate(self.rows) if row.tag.id == tag_id), -1)
        return self.index(at) if at >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.tag.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def _spoken(self, row: TagRow) -> str:
        said = [row.tag.name, number(row.tag.quotes)]
        if row.depth:
            said.append(self.tr("level {}").format(row.depth + 1))
        if row.has_more:
            said.append(self.tr("open") if row.is_open else self.tr("closed"))
        if row.tag.deleted:
            said.append(self.tr("in the bin"))
        return ", ".join([*said, *filter(None, [row.tag.definition])])


def _indent(depth: int) -> int:
    return EDGE + 16 + INDENT * min(depth, DEEPEST)


def _caret_rect(line: QRect, depth: int, towards: Qt.LayoutDirection) -> QRect:
    left = line.x() + _indent(depth) - 17
    return mirrored(QRect(left, line.y() + (LINE - CARET) // 2, CARET, CARET), line, towards)


class _Delegate(QStyledItemDelegate):
    """Colour, name, what it means, how many quotes."""

    def __init__(self, parent: QWidget, target_key: Callable[[], str]) -> None:
        super().__init__(parent)
        self._target_key = target_key

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(200, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TagRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, row)
        _draw_tag(painter, option, row)
        _draw_rest(painter, option, row)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: TagRow) -> None:
        theme = Theme.current()
        box: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("row"))
            painter.fillRect(
                mirrored(QRect(box.x(), box.y(), 3, LINE), box, option.direction), theme.color("accent")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("sidebar"))
        line = QRect(box.x() + _indent(0), box.bottom(), box.width() - _indent(0) - EDGE, 1)
        painter.fillRect(mirrored(line, box, option.direction), theme.color("border"))
        if row.tag.id == self._target_key():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(5, 2, -5, -3), 6, 6)


def _draw_tag(painter: QPainter, option: QStyleOptionViewItem, row: TagRow) -> None:
    theme = Theme.current()
    box: QRect = option.rect
    towards: Qt.LayoutDirection = option.direction
    if row.has_more:
        is_rtl = towards is Qt.LayoutDirection.RightToLeft
        mark = "caret-down-bold" if row.is_open else "caret-left-bold" if is_rtl else "caret-right-bold"
        draw_icon(painter, mark, _caret_rect(box, row.depth, towards), theme.color("text3"))
    left = box.x() + _indent(row.depth)
    sign = mirrored(QRect(left, box.y() + (LINE - SIGN) // 2, SIGN, SIGN), box, towards)
    if row.tag.deleted:
        draw_icon(painter, "trash", sign, theme.color("text3"))
    else:
        draw_icon(painter, TAG_ICON, sign, theme.ink(hue_of(row.tag.colour, row.tag.id)))
    name = QRect(left + 24, box.y(), max(60, box.x() + NAMES - left - 24), LINE)
    ink = theme.color("text2" if row.tag.deleted else "text")
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    draw_line(painter, mirrored(name, box, towards), row.tag.name, font(13, 500), ink, leading(towards))


def _draw_rest(painter: QPainter, option: QStyleOptionViewItem, row: TagRow) -> None:
    theme = Theme.current()
    box: QRect = option.rect
    towards: Qt.LayoutDirection = option.direction
    words = QRect(box.x() + NAMES + 12, box.y(), box.width() - NAMES - COUNTS - EDGE - 12, LINE)
    if words.width() > 60:
        meaning = " ".join(row.tag.definition.split())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        draw_line(
            painter, mirrored(words, box, towards), meaning, font(12), theme.color("text2"), leading(towards)
        )
    painter.setLayoutDirection(towards)
    count = QRect(box.right() - EDGE - COUNTS, box.y(), COUNTS, LINE)
    draw_line(
        painter,
        mirrored(count, box, towards),
        number(row.tag.quotes),
        font(13),
        theme.color("text2"),
        trailing(towards),
    )
