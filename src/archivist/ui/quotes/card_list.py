"""The list of cards beside a page; says what the user wants of a quote."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from archivist.model.browsing import QuoteRow
from archivist.model.ids import QuoteId
from archivist.ui.quotes.card_delegate import CardDelegate
from archivist.ui.quotes.card_model import ROW, CardModel
from archivist.ui.quotes.quick_bar import CASES, NOTE, TAGS
from archivist.ui.theme import Theme

BATCH = 150
_PARTS = {Qt.Key.Key_T: TAGS, Qt.Key.Key_C: CASES, Qt.Key.Key_N: NOTE}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CardList(QListView):
    """Arrows move, Enter edits, T, C and N go to tags, cases and note, Ctrl+C copies, Delete deletes."""

    activated_quote = Signal(str)
    """It is the selected one now, by the user's hand."""
    edit_wanted = Signal(str, str)
    """A quote, and the part of the form to begin with."""
    copy_wanted = Signal(str)
    delete_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quote_cards")
        self.setAccessibleName(self.tr("Quotes of this document"))
        self.cards = CardModel(self)
        self._delegate = CardDelegate(self)
        self._is_told = False
        self.setModel(self.cards)
        self.setItemDelegate(self._delegate)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(
            QListView.LayoutMode.Batched
        )  # some hundred cards at a time, so that nothing stops
        self.setBatchSize(BATCH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # so that no card changes its width
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)
        Theme.current().changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[QuoteRow], places: Mapping[QuoteId, str]) -> None:
        """Keeps the selection and, as far as it can, the place."""
        kept, place = self.current_id(), self.verticalScrollBar().value()
        if self.cards.show_rows(rows, places):
            self.scheduleDelayedItemsLayout()
            self.activate(kept)
            self.verticalScrollBar().setValue(place)

    def current_id(self) -> QuoteId | None:
        row = self.row()
        return row.quote.id if row else None

    def row(self) -> QuoteRow | None:
        """The selected one."""
        chosen = self.selectionModel().selectedIndexes()
        found: QuoteRow | None = chosen[0].data(ROW) if chosen else None
        return found

    def activate(self, quote_id: QuoteId | None, *, bring: bool = False) -> None:
        """Show it as the selected one; says nothing."""
        at = self.cards.place_of(quote_id)
        self._is_told = True
        if at is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self.cards.index(at))
            if bring:
                self.scrollTo(self.cards.index(at), QAbstractItemView.ScrollHint.EnsureVisible)
        self._is_told = False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._is_told and (quote_id := self.current_id()):
            self.activated_quote.emit(quote_id)

    # ---- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        key = Qt.Key(event.key())
        if row is None:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit(row.quote.id)
        elif key in _ENTER and plain:
            self.edit_wanted.emit(row.quote.id, TAGS)
        elif key in _PARTS and plain:
            self.edit_wanted.emit(row.quote.id, _PARTS[key])
        elif key == Qt.Key.Key_Delete and plain:
            self.delete_wanted.emit(row.quote.id)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are deeds here."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_hand = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if by_hand and self.row() is None and self.cards.rows:
            self.setCurrentIndex(self.cards.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = self.indexAt(event.position().toPoint())
        if not at.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        dots = self._delegate.menu_rect(self.visualRect(at))
        if dots.contains(event.position().toPoint()):
            row: QuoteRow = at.data(ROW)
            self.menu_wanted.emit(row.quote.id, self.viewport().mapToGlobal(dots.bottomLeft()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        at = self.indexAt(event.position().toPoint())
        if at.isValid():
            row: QuoteRow = at.data(ROW)
            self.edit_wanted.emit(row.quote.id, TAGS)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.row()
        if row is None:
            return
        where = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(row.quote.id, where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()
