"""The list itself, as cards or as a table of columns: one view, so that nothing is lost between the two."""

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication

from archivist.model.ids import DocumentId
from archivist.ui.library import card_delegate, row_delegate
from archivist.ui.library.column_header import ColumnHeader
from archivist.ui.library.columns import COLUMNS, TITLE
from archivist.ui.library.model import LibraryModel
from archivist.ui.library.row_table import RowTable
from archivist.ui.library.standing import Standing
from archivist.ui.library.title_editor import TitleEditor
from archivist.ui.settings import Settings

CARDS, COLUMNS_MODE = "cards", "columns"
_OPEN = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class DocumentTable(RowTable):
    """Shows documents and says what the user wants with them."""

    opened = Signal(str)
    sought = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: LibraryModel, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("documents")
        self.setAccessibleName(self.tr("Documents"))
        self._documents = model
        self.mode = CARDS
        self._standing = Standing()
        self._typed = ""
        self._typing = QTimer(self, singleShot=True, interval=max(700, QApplication.keyboardInputInterval()))
        self._typing.timeout.connect(self._forget_typed)
        self.columns = ColumnHeader(self, settings)
        self._behave()
        self.setModel(model)
        self.columns.begin()
        self.title_editor = TitleEditor(self.viewport())
        self.title_editor.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.verticalScrollBar().valueChanged.connect(self._place_editor)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.set_mode(CARDS)

    def _behave(self) -> None:
        self.setHorizontalHeader(self.columns)
        self._card = card_delegate.CardDelegate(self)
        self._line = row_delegate.RowDelegate(self, self.columns.is_last, self.is_hovered)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    # ---- looks

    def set_mode(self, mode: str) -> None:
        """`cards` or `columns`; what is selected stays so, and in sight."""
        self.mode = mode
        is_cards = mode == CARDS
        self.columns.setVisible(not is_cards)
        self.setItemDelegate(self._card if is_cards else self._line)
        self.verticalHeader().setDefaultSectionSize(card_delegate.HEIGHT if is_cards else row_delegate.HEIGHT)
        self._fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._place_editor()

    def _fit(self) -> None:
        if self.mode == CARDS:
            for at in range(len(COLUMNS)):
                self.columns.setSectionHidden(at, at != TITLE)
        else:
            self.columns.fit(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_editor()

    # ---- selection

    def selected_ids(self) -> list[DocumentId]:
        """In the order of the list."""
        ids = self._documents.ids
        return list(chain.from_iterable(ids[run.start : run.stop] for run in self.selected_runs()))

    def select_ids(self, ids: Sequence[DocumentId], *, scroll: bool = True) -> None:
        rows = self._documents.places_of(ids)
        if rows:
            self.setCurrentIndex(self._documents.index(rows[0], TITLE))
        self.select_rows(rows)
        if rows and scroll:
            self.scrollTo(self._documents.index(rows[0], TITLE))

    def current_id(self) -> DocumentId | None:
        at = self.currentIndex().row()
        return self._documents.ids[at] if 0 <= at < len(self._documents.ids) else None

    # ---- through a refresh

    def standing(self) -> Standing:
        return Standing.of(self, self._documents)

    def stand(self, standing: Standing) -> None:
        """Take the place and the selection that the list had another time; none at first."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.scrollToTop()
        standing.give_back(self, self._documents)

    def _remember(self) -> None:
        self._standing = self.standing()

    def _recall(self) -> None:
        self._standing.give_back(self, self._documents)
        self._place_editor()

    # ---- renaming

    def rename(self, document_id: DocumentId) -> None:
        """Open the field over the title, where its row is here."""
        at = self._documents.place_of(document_id)
        row = self._documents.row(at) if at is not None else None
        if at is None or row is None:
            return
        self.scrollTo(self._documents.index(at, TITLE))
        self.title_editor.open(document_id, row.document.title)
        self._place_editor()

    def _place_editor(self) -> None:
        editor = self.title_editor
        at = self._documents.place_of(editor.document_id) if editor.document_id else None
        if editor.document_id is None:
            return
        if at is None:
            editor.dismiss()
            return
        where = card_delegate.title_rect if self.mode == CARDS else row_delegate.title_rect
        line = where(self.visualRect(self._documents.index(at, TITLE)), self.layoutDirection())
        editor.setFixedWidth(min(max(line.width() + 20, 200), self.viewport().width() - 8))
        editor.adjustSize()
        left = line.right() + 10 - editor.width() if self.isRightToLeft() else line.x() - 10
        editor.move(left, line.center().y() - 15)

    # ---- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        opening = event.key() in _OPEN or (event.key() == Qt.Key.Key_Space and not self._typed)
        if plain and opening:
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing goes to a title; who knows the titles looks for it."""
        if not search.isprintable():
            return
        self._typed += search
        self._typing.start()
        self.sought.emit(self._typed)

    def _forget_typed(self) -> None:
        self._typed = ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Where the pointer is, or at the row that keys act on."""
        where = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.visualRect(self.currentIndex()).center()
        if self.indexAt(where).isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(where))

    def _open(self, at: int) -> None:
        if 0 <= at < len(self._documents.ids):
            self.opened.emit(self._documents.ids[at])
