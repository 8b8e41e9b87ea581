"""What was selected and where the list stood, so that a refresh loses neither."""

from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QItemSelectionModel

from archivist.model.ids import DocumentId
from archivist.ui.library.model import LibraryModel
from archivist.ui.library.row_table import RowTable

_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate


@dataclass(frozen=True, slots=True)
class Standing:
    """Taken from a table before its list changes, given back to it afterwards."""

    selected: frozenset[DocumentId] = frozenset()
    first_selected: int = 0
    current: DocumentId | None = None
    top: DocumentId | None = None
    """What stands at the upper edge; None at the very start of the list, which stays the start."""
    offset: int = 0

    @classmethod
    def of(cls, table: RowTable, model: LibraryModel) -> "Standing":
        runs = table.selected_runs()
        ids = model.ids
        current = table.currentIndex().row()
        scrolled = table.verticalScrollBar().value()
        top = table.rowAt(0) if scrolled else -1
        return cls(
            selected=frozenset(chain.from_iterable(ids[run.start : run.stop] for run in runs)),
            first_selected=runs[0].start if runs else 0,
            current=ids[current] if 0 <= current < len(ids) else None,
            top=ids[top] if 0 <= top < len(ids) else None,
            offset=table.rowViewportPosition(top) if top >= 0 else 0,
        )

    def give_back(self, table: RowTable, model: LibraryModel) -> None:
        """Where all that was selected is gone, what stands in its place now is selected."""
        rows = model.places_of(self.selected)
        current = model.place_of(self.current) if self.current else None
        if self.selected and not rows and model.ids:
            rows = [min(self.first_selected, len(model.ids) - 1)]
            current = rows[0]
        if current is not None:
            table.selectionModel().setCurrentIndex(model.index(current, 0), _KEEP)
        table.select_rows(rows)
        top = model.place_of(self.top) if self.top else None
        if top is not None:
            bar = table.verticalScrollBar()
            bar.setValue(top * table.verticalHeader().defaultSectionSize() - self.offset)
