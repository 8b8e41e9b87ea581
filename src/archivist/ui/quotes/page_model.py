"""Quotes of the whole archive as a list: all ids at once, their rows by pages as they come into sight."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from archivist.model.browsing import QuoteRow
from archivist.model.ids import QuoteId
from archivist.ui.quotes.card_model import ROW
from archivist.ui.quotes.wording import page_words, spoken

PAGE = 100
KEPT = 30 * PAGE  # rows in memory

Index = QModelIndex | QPersistentModelIndex


class QuotesModel(QAbstractListModel):
    """Knows how many there are from the start. Whoever hears `rows_wanted` answers with `take_rows`."""

    rows_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: Sequence[QuoteId] = ()
        self._rows: OrderedDict[QuoteId, QuoteRow] = OrderedDict()
        self._fresh: set[QuoteId] = set()
        self._wanted: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    def show_ids(self, ids: Sequence[QuoteId]) -> None:
        """Take the list as it is now; rows that are known stay in sight until they were read again."""
        self._fresh.clear()
        if list(ids) == list(self.ids):
            if ids:
                self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))
            return
        self.beginResetModel()
        self.ids = ids
        self._wanted.clear()
        self.endResetModel()

    def take_rows(self, asked: Sequence[QuoteId], rows: Iterable[QuoteRow]) -> None:
        """The answer; what has no row is gone, and is not asked for again."""
        self._fresh.update(asked)
        for row in rows:
            self._rows[row.quote.id] = row
            self._rows.move_to_end(row.quote.id)
        while len(self._rows) > KEPT:
            self._fresh.discard(self._rows.popitem(last=False)[0])
        if self.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))

    def row(self, at: int) -> QuoteRow | None:
        """What is known of it; asks for it where that is nothing, or old."""
        identity = self.ids[at]
        if identity not in self._fresh:
            self._wanted.add(at // PAGE)
            self._soon.start()
        return self._rows.get(identity)

    def place_of(self, quote_id: QuoteId) -> int | None:
        return next((at for at, identity in enumerate(self.ids) if identity == quote_id), None)

    def _ask(self) -> None:
        for page in sorted(self._wanted):
            ids = self.ids[page * PAGE : (page + 1) * PAGE]
            missing = tuple(identity for identity in ids if identity not in self._fresh)
            if missing:
                self._fresh.update(missing)  # asked for once
                self.rows_wanted.emit(missing)
        self._wanted.clear()

    # ---- as Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if row is None:
            return self.tr("Loading")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{spoken(row, page_words(row.page_label))}. {row.document.title}"
        return row.quote.anchor.exact
