"""The documents of a list: all ids at once, their rows by pages as they come into sight."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from archivist.model.browsing import DocumentRow
from archivist.model.ids import DocumentId
from archivist.ui.library.columns import COLUMNS, TITLE, heading, shown_date
from archivist.ui.words import language_name, plural

PAGE = 200
KEPT = 30 * PAGE  # rows in memory
WAITING = 3  # pages that are asked for still once the one under way has come; older ones have scrolled off
FEW = 8

ROW = Qt.ItemDataRole.UserRole + 1
"""The whole DocumentRow; None while it is not here yet."""

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for: by ids, and where their page began at that time."""

    ids: tuple[DocumentId, ...]
    begin: int
    turn: int


class LibraryModel(QAbstractTableModel):
    """Knows how many there are from the start, so that the scroll bar tells the truth.

    Whoever hears `rows_wanted` answers with `take_rows` or `rows_failed`; one question at a time.
    """

    rows_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[DocumentId] = []
        self._places: dict[DocumentId, int] = {}
        self._searched = 0
        self._rows: OrderedDict[DocumentId, DocumentRow] = OrderedDict()
        self._fresh: set[DocumentId] = set()
        self._absent: set[DocumentId] = set()
        self._turn = 0
        self._wanted: list[int] = []
        self._asked: _Asked | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    # ---- what is shown

    @property
    def ids(self) -> Sequence[DocumentId]:
        return self._ids

    def show_ids(self, ids: list[DocumentId]) -> None:
        """Take the list as it is now. Rows that are known stay in sight until they were read again."""
        self._turn += 1
        self._fresh.clear()
        self._absent.clear()
        if ids == self._ids:
            self._tell_changed(0, len(ids) - 1)
            return
        self.beginResetModel()
        self._ids = ids
        self._places, self._searched = {}, 0
        self._wanted.clear()
        self.endResetModel()

    def place_of(self, document_id: DocumentId) -> int | None:
        """The number of its row, where it is in the list.

        A few are looked for one by one: a table of a hundred thousand is made where many are asked for.
        """
        if self._searched < FEW and not self._places:
            self._searched += 1
            try:
                return self._ids.index(document_id)
            except ValueError:
                return None
        if not self._places:
            self._places = {identity: at for at, identity in enumerate(self._ids)}
        return self._places.get(document_id)

    def places_of(self, wanted: Collection[DocumentId]) -> list[int]:
        """The rows of those that are in the list, in order."""
        if len(wanted) <= FEW:
            return sorted(at for at in map(self.place_of, wanted) if at is not None)
        among = frozenset(wanted)
        return [at for at, identity in enumerate(self._ids) if identity in among]

    def row(self, at: int) -> DocumentRow | None:
        """What is known of a row; asks for it where that is nothing, or old."""
        identity = self._ids[at]
        if identity not in self._fresh:
            self._want(at // PAGE)
        return self._rows.get(identity)

    # ---- rows by pages

    def take_rows(self, rows: Iterable[DocumentRow]) -> None:
        """The answer to `rows_wanted`; a document without a row is gone, and is not asked for again."""
        asked, self._asked = self._asked, None
        if asked is None:
            return
        found = {row.document.id: row for row in rows}
        for identity, row in found.items():
            self._rows[identity] = row
            self._rows.move_to_end(identity)
        if asked.turn == self._turn:
            self._fresh.update(found)
            self._absent.update(identity for identity in asked.ids if identity not in found)
        while len(self._rows) > KEPT:
            self._fresh.discard(self._rows.popitem(last=False)[0])
        is_there = asked.ids[0] in self._ids[asked.begin : asked.begin + PAGE]
        begin, end = (asked.begin, asked.begin + PAGE) if is_there else (0, len(self._ids))
        self._tell_changed(begin, min(end, len(self._ids)) - 1)
        self._soon.start()

    def rows_failed(self) -> None:
        """They could not be read; what is in sight stays as it is until the next refresh."""
        if self._asked:
            self._absent.update(self._asked.ids)
        self._asked = None
        self._soon.start()

    def _want(self, page: int) -> None:
        if self._wanted[-1:] == [page]:
            return
        self._wanted = [*(one for one in self._wanted if one != page), page][-WAITING:]
        self._soon.start()

    def _ask(self) -> None:
        while self._wanted and self._asked is None:
            page = self._wanted.pop()
            missing = tuple(
                identity
                for identity in self._ids[page * PAGE : (page + 1) * PAGE]
                if identity not in self._fresh and identity not in self._absent
            )
            if missing:
                self._asked = _Asked(missing, page * PAGE, self._turn)
                self.rows_wanted.emit(missing)

    def _tell_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, TITLE), self.index(last, len(COLUMNS) - 1))

    # ---- as Qt asks

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if row is None:
            return self.tr("Loading")
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == TITLE:
            return self._spoken(row)
        return COLUMNS[index.column()].words(row)

    def _spoken(self, row: DocumentRow) -> str:
        """A card in one breath, for those who hear it."""
        quotes = plural(row.quotes, self.tr("1 quote"), self.tr("{} quotes")) if row.quotes else ""
        warned = self.tr("with warnings") if row.document.warnings else ""
        language = language_name(row.document.language or "")
        parts = (row.document.title, row.publisher, shown_date(row), language, quotes, warned)
        return ", ".join(filter(None, parts))
