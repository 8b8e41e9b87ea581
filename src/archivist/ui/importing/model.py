"""The files of an import as a table; rows never change their order under the pointer."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from archivist.ui.importing.run import FileRow, Run, State
from archivist.ui.words import number, size_words

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
FILE, FOLDER, PAGES, SIZE, STATUS = range(5)
NUMBERS = frozenset({PAGES, SIZE})
EVERYTHING, RISKS = "all", "risks"


class ImportModel(QAbstractTableModel):
    """Shows those rows of a run that the chosen chip lets through."""

    def __init__(self) -> None:
        super().__init__()
        self.run = Run()
        self.shown_states = EVERYTHING
        self._shown: list[int] = []
        self._seen = 0
        self._at: dict[int, int] = {}
        self._heads = (
            self.tr("File"),
            self.tr("Folder"),
            self.tr("Pages"),
            self.tr("Size"),
            self.tr("Status"),
        )
        self._words = {
            State.WAITING: self.tr("Waiting"),
            State.NOT_BEGUN: self.tr("Not begun"),
            State.READING: self.tr("Reading"),
            State.IMPORTED: self.tr("Imported"),
            State.DUPLICATE: self.tr("In the archive already"),
            State.PASSWORD: self.tr("Password needed"),
            State.NO_TEXT: self.tr("Kept, no text"),
            State.FAILED: self.tr("Failed"),
        }

    def begin(self, run: Run) -> None:
        self.beginResetModel()
        self.run = run
        self._filter()
        self.endResetModel()

    def show_only(self, states: str) -> None:
        """One of the states, `risks`, or `all`."""
        self.beginResetModel()
        self.shown_states = states
        self._filter()
        self.endResetModel()

    def added(self) -> None:
        """Take up what the run has more than is shown."""
        first = len(self._shown)
        more = [at for at in range(self._seen, len(self.run.rows)) if self._is_shown(self.run.rows[at])]
        self._seen = len(self.run.rows)
        if more:
            self.beginInsertRows(NO_PARENT, first, first + len(more) - 1)
            self._take(more)
            self.endInsertRows()

    def touched(self, rows: set[int]) -> None:
        """Say that these rows have changed; where a chip is chosen, those that now belong join at the end."""
        more = [at for at in sorted(rows) if at not in self._at and self._is_shown(self.run.rows[at])]
        if more:
            self.beginInsertRows(NO_PARENT, len(self._shown), len(self._shown) + len(more) - 1)
            self._take(more)
            self.endInsertRows()
        shown = sorted(self._at[at] for at in rows if at in self._at)
        if shown:
            self.dataChanged.emit(self.index(shown[0], 0), self.index(shown[-1], STATUS))

    def row_at(self, index: Index) -> FileRow | None:
        return self.run.rows[self._shown[index.row()]] if index.isValid() else None

    def words(self, row: FileRow) -> str:
        """The state as it is read."""
        return self._words[row.state]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {self.words(row)}. {row.error}".strip()
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == STATUS:
            return row.error or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        pages = row.document.pages if row.document else None
        return (
            row.name,
            row.folder,
            number(pages) if pages else "",
            size_words(row.size),
            self.words(row),
        )[index.column()]

    def _filter(self) -> None:
        self._shown, self._at = [], {}
        self._seen = len(self.run.rows)
        self._take([at for at, row in enumerate(self.run.rows) if self._is_shown(row)])

    def _take(self, rows: list[int]) -> None:
        for at in rows:
            self._at[at] = len(self._shown)
            self._shown.append(at)

    def _is_shown(self, row: FileRow) -> bool:
        if self.shown_states == EVERYTHING:
            return True
        if self.shown_states == RISKS:
            return row.risks > 0
        return row.state is State(self.shown_states)
