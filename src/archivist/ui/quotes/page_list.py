"""The list of all quotes, used by keys and pointer."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView

from archivist.model.ids import QuoteId
from archivist.ui.quotes.page_delegate import QuoteRowDelegate
from archivist.ui.quotes.page_model import QuotesModel
from archivist.ui.quotes.quick_bar import CASES, TAGS
from archivist.ui.theme import Theme

_PARTS = {Qt.Key.Key_T: TAGS, Qt.Key.Key_C: CASES}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class QuotesList(QListView):
    """Enter opens, T tags, C adds to a case, Ctrl+C copies, Delete deletes what is selected."""

    opened = Signal(object)
    chosen = Signal()
    part_wanted = Signal(str)
    copy_wanted = Signal()
    delete_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quotes_list")
        self.setAccessibleName(self.tr("Quotes"))
        self.quotes = QuotesModel(self)
        self.setModel(self.quotes)
        self.setItemDelegate(QuoteRowDelegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)
        self.doubleClicked.connect(self._open)
        Theme.current().changed.connect(self.viewport().update)

    def show_ids(self, ids: Sequence[QuoteId]) -> None:
        """Keeps what is selected and where the list stands, as far as it can."""
        selected, current = self.selected_ids(), self.current_id()
        place = self.verticalScrollBar().value()
        self.quotes.show_ids(ids)
        places = {identity: at for at, identity in enumerate(ids)}
        self._select([places[one] for one in selected if one in places], places.get(current or QuoteId("")))
        self.verticalScrollBar().setValue(place)

    def selected_ids(self) -> list[QuoteId]:
        """In the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.quotes.ids[at] for at in rows]

    def current_id(self) -> QuoteId | None:
        at = self.currentIndex().row()
        return self.quotes.ids[at] if 0 <= at < len(self.quotes.ids) else None

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif key in _ENTER and plain:
            self._open(self.currentIndex())
        elif key in _PARTS and plain and self.selected_ids():
            self.part_wanted.emit(_PARTS[key])
        elif key == Qt.Key.Key_Delete and plain and self.selected_ids():
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are deeds here."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.quotes.ids:
            self.setCurrentIndex(self.quotes.index(0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.selected_ids():
            return
        where = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(where)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and (row := self.quotes.row(index.row())):
            self.opened.emit(row)

    def _select(self, places: Sequence[int], current: int | None) -> None:
        flag = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for at in places:
            selection.select(self.quotes.index(at), self.quotes.index(at))
        self.selectionModel().select(selection, flag.ClearAndSelect)
        if current is not None:
            self.selectionModel().setCurrentIndex(self.quotes.index(current), flag.NoUpdate)
