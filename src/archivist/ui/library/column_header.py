"""The head of the table: names of columns, and which one orders it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from archivist.model.browsing import Sort
from archivist.ui.icons import draw_icon
from archivist.ui.library import row_delegate
from archivist.ui.library.columns import COLUMNS, TITLE, heading
from archivist.ui.settings import Settings
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, text_width, trailing

HEIGHT = 30
LEAST, LEAST_TITLE, WIDEST = 56, 260, 600
CARET = 12


class ColumnHeader(QHeaderView):
    """Widths are set by hand and kept; what has no room is left out, the least needed first."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings = settings
        self._sort = Sort.IMPORTED
        self._descending = True
        self._is_fitting = False
        self.setObjectName("library_columns")
        self.setAccessibleName(self.tr("Columns"))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST)
        self.setFixedHeight(HEIGHT)

    def begin(self) -> None:
        """Once its table has a model: take the widths that were set before."""
        for at, column in enumerate(COLUMNS):
            fixed = at == TITLE
            mode = QHeaderView.ResizeMode.Stretch if fixed else QHeaderView.ResizeMode.Interactive
            self.setSectionResizeMode(at, mode)
            kept = self._settings.choice(f"library/width/{column.name}", "")
            width = int(kept) if kept.isdecimal() else column.width
            self.resizeSection(at, max(LEAST, min(width, WIDEST)))
        self.sectionResized.connect(self._keep_width)

    def show_sort(self, sort: Sort, *, descending: bool) -> None:
        self._sort, self._descending = sort, descending
        self.viewport().update()

    def is_last(self, column: int) -> bool:
        """Whether no column in sight stands behind it."""
        return all(self.isSectionHidden(at) for at in range(column + 1, self.count()))

    def fit(self, width: int) -> None:
        """Leave out what would press the title below its least width."""
        self._is_fitting = True
        room = width - LEAST_TITLE
        for at, column in sorted(enumerate(COLUMNS), key=lambda each: each[1].rank):
            if at == TITLE:
                continue
            needed = self._settings.choice(f"library/width/{column.name}", "")
            room -= int(needed) if needed.isdecimal() else column.width
            self.setSectionHidden(at, room < 0)
        self._is_fitting = False

    def _keep_width(self, at: int, before: int, now: int) -> None:
        if at != TITLE and before and now and not self._is_fitting:
            self._settings.choose(f"library/width/{COLUMNS[at].name}", str(now))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        theme, towards = Theme.current(), self.layoutDirection()
        column = COLUMNS[logical_index]
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("border"))
        line = self._line(rect, logical_index)
        is_sorted = column.sort is self._sort
        words, face = heading(column), font(12, 600)
        align = trailing(towards) if column.is_number else leading(towards)
        draw_line(painter, line, words, face, theme.color("text" if is_sorted else "text2"), align)
        if is_sorted:
            caret = self._caret(line, text_width(words, face), is_number=column.is_number)
            draw_icon(painter, "caret-down" if self._descending else "caret-up", caret, theme.color("text"))
        painter.restore()

    def _line(self, rect: QRect, column: int) -> QRect:
        if column == TITLE:
            edged = rect.adjusted(row_delegate.EDGE, 0, -row_delegate.CELL, 0)
            return mirrored(edged, rect, self.layoutDirection())
        return row_delegate.cell_rect(rect, is_last=self.is_last(column), towards=self.layoutDirection())

    def _caret(self, line: QRect, taken: int, *, is_number: bool) -> QRect:
        """Behind the words; before them where they stand at the trailing side."""
        left = line.right() - taken - CARET - 3 if is_number else line.x() + taken + 5
        box = QRect(left, line.y() + (HEIGHT - CARET) // 2, CARET, CARET)
        return mirrored(box, line, self.layoutDirection())
