"""The lines of the sidebar as a list model."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from archivist.ui.sidebar.rows import Kind, Row, spoken

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

_SILENT = {Kind.FILTER, Kind.NEW}


class SidebarModel(QAbstractListModel):
    """Changes in place while the lines stay the same, so that nothing moves without need."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self._at: dict[str, int] = {}

    def show(self, rows: Sequence[Row]) -> None:
        if [row.key for row in rows] == [row.key for row in self.rows]:
            before, self.rows = self.rows, rows
            for at, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self.rows = rows
        self._at = {row.key: at for at, row in enumerate(rows)}
        self.endResetModel()

    def row(self, key: str) -> Row | None:
        at = self._at.get(key)
        return None if at is None else self.rows[at]

    def index_of(self, key: str) -> QModelIndex:
        """Invalid where it is not shown."""
        at = self._at.get(key)
        return QModelIndex() if at is None else self.index(at)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and row.kind in {Kind.CASE, Kind.TAG}:
            return row.name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()]
        if row.kind in _SILENT or (row.kind is Kind.WORDS) or (row.kind is Kind.HEAD and not row.has_more):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled if row.kind is Kind.TAG else flags
