"""The quotes of one document as a list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from archivist.model.browsing import QuoteRow
from archivist.model.ids import QuoteId
from archivist.ui.quotes.wording import spoken

ROW = Qt.ItemDataRole.UserRole + 1
PLACE = Qt.ItemDataRole.UserRole + 2
"""Where it stands, in words: `p. 4`."""

Index = QModelIndex | QPersistentModelIndex


class CardModel(QAbstractListModel):
    """Rows in the order in which they are shown; `places` say in words where each stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[QuoteRow] = ()
        self._places: Mapping[QuoteId, str] = {}

    def show_rows(self, rows: Sequence[QuoteRow], places: Mapping[QuoteId, str]) -> bool:
        """Take the list as it is now; whether it is another than before."""
        is_same_list = [row.quote.id for row in rows] == [row.quote.id for row in self.rows]
        if is_same_list and list(rows) == list(self.rows) and places == self._places:
            return False
        if is_same_list:
            self.rows, self._places = rows, places
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return True
        self.beginResetModel()
        self.rows, self._places = rows, places
        self.endResetModel()
        return True

    def place_of(self, quote_id: QuoteId | None) -> int | None:
        return next((at for at, row in enumerate(self.rows) if row.quote.id == quote_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == PLACE:
            return self._places.get(row.quote.id, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return row.quote.anchor.exact
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, self._places.get(row.quote.id, ""))
        return None
