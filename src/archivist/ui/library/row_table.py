"""What tables of whole rows have in common: how they are used by keys and pointer."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from archivist.ui.theme import Theme

_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class RowTable(QTableView):
    """Rows are selected whole; the ring around the one that keys act on shows for those who use keys."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_by_key = False
        self._hovered = -1
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        Theme.current().changed.connect(self.viewport().update)

    def selected_runs(self) -> list[range]:
        """Rows that stand together, in order; a hundred thousand may be one run."""
        parts = sorted((part.top(), part.bottom() + 1) for part in self.selectionModel().selection().toList())
        runs: list[range] = []
        for begin, end in parts:
            if runs and begin <= runs[-1].stop:
                runs[-1] = range(runs[-1].start, max(end, runs[-1].stop))
            else:
                runs.append(range(begin, end))
        return runs

    def selected_rows(self) -> list[int]:
        """Their numbers in order."""
        return list(chain.from_iterable(self.selected_runs()))

    def selected_count(self) -> int:
        return sum(map(len, self.selected_runs()))

    def select_rows(self, rows: Sequence[int]) -> None:
        """These and no others; `rows` in order."""
        selection = QItemSelection()
        model = self.model()
        last = model.columnCount() - 1
        for first, end in _runs(rows):
            selection.select(model.index(first, 0), model.index(end, last))
        self.selectionModel().select(selection, _CHOOSE)

    def is_hovered(self, row: int) -> bool:
        return row == self._hovered

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.verticalScrollBar().setSingleStep(40)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End are those of the list, not of a row."""
        last = self.model().rowCount() - 1
        if action is QAbstractItemView.CursorAction.MoveHome and last >= 0:
            return self.model().index(0, 0)
        if action is QAbstractItemView.CursorAction.MoveEnd and last >= 0:
            return self.model().index(last, 0)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_by_key = True
        super().keyPressEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_by_key = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_by_key = event.reason() in _BY_KEY
        if not self.currentIndex().isValid() and self.model().rowCount():
            keep = self.selectionModel().SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.model().index(0, 0), keep)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self.currentIndex()
        if not (self.hasFocus() and self._is_by_key and current.isValid()):
            return
        top, height = self.rowViewportPosition(current.row()), self.rowHeight(current.row())
        with QPainter(self.viewport()) as painter:
            painter.setPen(QPen(Theme.current().color("accent"), 2))
            painter.drawRect(QRect(1, top + 1, self.viewport().width() - 2, height - 3))

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours."""
    at = 0
    while at < len(rows):
        # Within a run the number minus its place stays the same.
        end = bisect_left(range(at, len(rows)), True, key=lambda i: rows[i] - i > rows[at] - at) + at
        yield rows[at], rows[end - 1]
        at = end
