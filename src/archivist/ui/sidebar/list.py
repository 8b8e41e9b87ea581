"""The list in the sidebar: what keys and pointer do there."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from archivist.model.tag import Tag
from archivist.ui.sidebar.delegate import SidebarDelegate, caret_rect
from archivist.ui.sidebar.model import ROW, SidebarModel
from archivist.ui.sidebar.rows import TAGS, Kind, Row, head_key
from archivist.ui.tags.nesting import Nesting, Target
from archivist.ui.theme import Theme

_GO = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_NAMED = {Kind.CASE, Kind.TAG}


class SidebarList(QListView):
    """The selected line is where the user is; the keys move a ring of their own, and Enter goes."""

    wanted = Signal(object)
    turned = Signal(str)
    menu_wanted = Signal(object, QPoint)
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)
    new_wanted = Signal(str)
    nested = Signal(str, object)
    laid_out = Signal()

    def __init__(self, model: SidebarModel) -> None:
        super().__init__()
        self.setObjectName("sidebar_list")
        self.setAccessibleName(self.tr("Places, cases and tags"))
        self._lines = model
        self._marked = ""
        self._current = ""
        self._scrolled = 0
        self._is_by_key = False
        self._behave()
        self.setModel(model)
        self.nesting = Nesting(self, self._target_at)
        self.nesting.nested.connect(self.nested)
        self.setItemDelegate(
            SidebarDelegate(
                self, lambda: self.nesting.target_key, lambda: self._is_by_key and self.hasFocus()
            )
        )
        self.verticalScrollBar().valueChanged.connect(lambda _: self.laid_out.emit())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        Theme.current().changed.connect(self.viewport().update)

    def _behave(self) -> None:
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    # ---- where the user is

    def mark(self, key: str) -> None:
        """Show this line as the place that the user is at; none where there is none of that key."""
        self._marked = key
        index = self._lines.index_of(key)
        selection = self.selectionModel()
        if not index.isValid():
            selection.clearSelection()
            return
        selection.select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not self._current_row():
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def marked(self) -> str:
        return self._marked

    def stand_at(self, key: str) -> None:
        """Let the keys act on this line."""
        index = self._lines.index_of(key)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def current_row(self) -> Row | None:
        """The line that the keys act on."""
        return self._current_row()

    def selectionCommand(self, index: object, event: object = None) -> QItemSelectionModel.SelectionFlag:  # noqa: ARG002
        """Moving and clicking select nothing: arriving does."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def _current_row(self) -> Row | None:
        row: Row | None = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row

    # ---- through a refresh

    def _remember(self) -> None:
        row = self._current_row()
        self._current = row.key if row else self._current
        self._scrolled = self.verticalScrollBar().value()

    def _recall(self) -> None:
        self.executeDelayedItemsLayout()
        selection = self.selectionModel()
        index = self._lines.index_of(self._current)
        if index.isValid():
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        marked = self._lines.index_of(self._marked)
        if marked.isValid():
            selection.select(marked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.verticalScrollBar().setValue(self._scrolled)
        self.laid_out.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.laid_out.emit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.laid_out.emit()

    def line_rect(self, key: str) -> QRect:
        """In the viewport; empty where it is not shown."""
        index = self._lines.index_of(key)
        return self.visualRect(index) if index.isValid() else QRect()

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_by_key = True
        row = self._current_row()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and event.text() != "+":
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Insert, Qt.Key.Key_Plus}:
            self.new_wanted.emit(row.section if row else "")
        elif row is None or not self._act(row, event.key()):
            super().keyPressEvent(event)
        self.viewport().update()

    def _act(self, row: Row, key: int) -> bool:
        """Whether the key means something on this line."""
        if key in _GO:
            self._go(row)
        elif key == Qt.Key.Key_F2 and row.kind in _NAMED:
            self.rename_wanted.emit(row)
        elif key == Qt.Key.Key_Delete and row.kind in _NAMED:
            self.delete_wanted.emit(row)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            is_inwards = (key == Qt.Key.Key_Right) != self.isRightToLeft()
            self._step(row, is_inwards=is_inwards)
        else:
            return False
        return True

    def _step(self, row: Row, *, is_inwards: bool) -> None:
        """Open, then go in; close, then go out."""
        if row.has_more and row.is_open != is_inwards:
            self.turned.emit(row.key)
        elif is_inwards and row.has_more and row.kind is Kind.TAG:
            self._move_to(self.currentIndex().row() + 1)
        elif not is_inwards and row.kind is Kind.TAG and row.depth:
            at = self.currentIndex().row()
            while at > 0 and self._lines.rows[at].depth >= row.depth:
                at -= 1
            self._move_to(at)
        elif not is_inwards and row.kind in _NAMED:
            self.stand_at(head_key(row.section))

    def _move_to(self, at: int) -> None:
        self.stand_at(self._lines.rows[at].key)

    def _go(self, row: Row) -> None:
        if row.kind is Kind.HEAD:
            self.turned.emit(row.key)
        elif row.place is not None:
            self.wanted.emit(row)

    # ---- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_by_key = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        is_here = index.isValid() and index == self.currentIndex()
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or not is_here:
            return
        row: Row = index.data(ROW)
        caret = caret_rect(self.visualRect(index), row, self.layoutDirection())
        if row.kind is Kind.TAG and row.has_more and caret.contains(at):
            self.turned.emit(row.key)
        elif self._lines.flags(index):
            self._go(row)

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: ARG002 - a tag is moved, nothing else
        row = self._current_row()
        if row and isinstance(row.thing, Tag):
            self.nesting.begin(row.thing)

    def _target_at(self, at: QPoint) -> Target | None:
        index = self.indexAt(at)
        row: Row | None = index.data(ROW) if index.isValid() else None
        if row is None or row.section != TAGS:
            return None
        if isinstance(row.thing, Tag):
            return Target(row.key, row.thing.id)
        return Target(row.key, None) if row.kind is Kind.HEAD else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Where the pointer is, or at the line that the keys act on."""
        index = self.indexAt(event.pos())
        where = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.visualRect(index).center()
        if index.isValid() and self._lines.flags(index):
            self.stand_at(index.data(ROW).key)
            self.menu_wanted.emit(index.data(ROW), self.viewport().mapToGlobal(where))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_by_key = event.reason() in _BY_KEY
        if self._current_row() is None:
            self.stand_at(self._marked or next((row.key for row in self._lines.rows if row.place), ""))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Past lines on which nothing can be done."""
        index = super().moveCursor(action, modifiers)
        upwards = action in {
            QAbstractItemView.CursorAction.MoveUp,
            QAbstractItemView.CursorAction.MovePrevious,
            QAbstractItemView.CursorAction.MoveHome,
        }
        step = 1 if action is QAbstractItemView.CursorAction.MoveHome or not upwards else -1
        at = index.row()
        while 0 <= at < len(self._lines.rows) and not self._lines.flags(self._lines.index(at)):
            at += step
        return self._lines.index(at) if 0 <= at < len(self._lines.rows) else self.currentIndex()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()
