"""The quotes of a case as a list model, in the order set by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from archivist.model.ids import QuoteId
from archivist.ui.cases.content import QuoteLine

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class QuoteModel(QAbstractListModel):
    """Lines may be moved before the archive has heard of it: the new numbers come with `renumber`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[QuoteLine] = []

    def show(self, lines: Sequence[QuoteLine]) -> None:
        """Where the same quotes stay in their places only what is said of them changes."""
        if [line.id for line in lines] != [line.id for line in self.lines]:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()
            return
        before, self.lines = self.lines, list(lines)
        for at, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at), self.index(at))

    @property
    def ids(self) -> list[QuoteId]:
        return [line.id for line in self.lines]

    def index_of(self, quote_id: QuoteId | None) -> QModelIndex:
        at = next((at for at, line in enumerate(self.lines) if line.id == quote_id), -1)
        return self.index(at) if at >= 0 else QModelIndex()

    def move(self, start: int, to: int) -> None:
        """Put the line at `start` where `to` is; the numbers stay until `renumber`."""
        if start == to or not (0 <= start < len(self.lines) and 0 <= to < len(self.lines)):
            return
        # Qt names the gap that the line goes into, counted before it leaves.
        self.beginMoveRows(_NOWHERE, start, start, _NOWHERE, to + 1 if to > start else to)
        self.lines.insert(to, self.lines.pop(start))
        self.endMoveRows()

    def renumber(self, order: Sequence[QuoteId]) -> None:
        """By their places in the whole order."""
        places = {quote_id: at for at, quote_id in enumerate(order, start=1)}
        self.lines = [replace(line, number=places.get(line.id, line.number)) for line in self.lines]
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        if role == Qt.ItemDataRole.ToolTipRole and line.row.needs_review:
            return self.tr("The words are not where they were marked. Open the document to look at them.")
        return None
