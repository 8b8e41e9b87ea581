"""The list of findings: what is wrong first, everything on request."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from archivist.model.history import Finding, FindingLevel
from archivist.ui.archives.report import group_of, group_words, help_for, message_of
from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import Lines, draw_line, font, lay_out, leading, mirrored
from archivist.ui.words import isolate

ROW = 74
Index = QModelIndex | QPersistentModelIndex
_LOOKS = {
    FindingLevel.OK: ("check-circle", "ok"),
    FindingLevel.WARNING: ("warning", "warn"),
    FindingLevel.ERROR: ("warning-circle", "danger"),
}


class FindingModel(QAbstractListModel):
    """Errors and warnings, then, on request, what is in order; those that come in go to their end."""

    def __init__(self) -> None:
        super().__init__()
        self._wrong: list[Finding] = []
        self._fine: list[Finding] = []
        self._everything = False

    def begin(self) -> None:
        self.beginResetModel()
        self._wrong, self._fine = [], []
        self.endResetModel()

    def add(self, findings: Sequence[Finding]) -> None:
        wrong = [finding for finding in findings if _wants_eyes(finding)]
        self._insert(len(self._wrong), self._wrong, wrong, shown=True)
        fine = [finding for finding in findings if not _wants_eyes(finding)]
        self._insert(len(self._wrong) + len(self._fine), self._fine, fine, shown=self._everything)

    def show_everything(self, everything: bool) -> None:
        self.beginResetModel()
        self._everything = everything
        self.endResetModel()

    def finding_at(self, index: Index) -> Finding | None:
        row = index.row() if index.isValid() else -1
        if not 0 <= row < self.rowCount():
            return None
        first = len(self._wrong)
        return self._wrong[row] if row < first else self._fine[row - first]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        if parent.isValid():
            return 0
        return len(self._wrong) + (len(self._fine) if self._everything else 0)

    def _insert(self, at: int, into: list[Finding], fresh: list[Finding], *, shown: bool) -> None:
        if shown and fresh:
            self.beginInsertRows(QModelIndex(), at, at + len(fresh) - 1)
        into.extend(fresh)
        if shown and fresh:
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.finding_at(index)
        if finding is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return message_of(finding)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return " ".join(part for part in (message_of(finding), help_for(finding)) if part)
        return None


def _wants_eyes(finding: Finding) -> bool:
    """The seal of a pack is in order, and still for the user to compare."""
    return finding.level != FindingLevel.OK or finding.what == "seal"


class FindingList(QTableView):
    """Enter or a double click opens the document that a finding is about."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("findings")
        self.setAccessibleName(self.tr("Findings"))
        self.findings = FindingModel()
        self.findings.setParent(self)
        self.setModel(self.findings)
        self.setItemDelegate(_Painter(self))
        # A table of one column: of all views it takes hundreds of thousands of equal rows the fastest.
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        columns.hide()
        columns.setStretchLastSection(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        if finding := self.findings.finding_at(index):
            self.opened.emit(finding)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all alike
        return QSize(300, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        finding = model.finding_at(index) if isinstance(model, FindingModel) else None
        if finding is None:
            return
        rect, towards, theme = option.rect, option.direction, Theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("row"))
            painter.fillRect(
                mirrored(QRect(rect.x(), rect.y(), 3, ROW), rect, towards), theme.color("accent")
            )
        icon, ink = _LOOKS.get(finding.level, _LOOKS[FindingLevel.ERROR])

        def box(left: int, top: int, width: int, height: int) -> QRect:
            return mirrored(QRect(rect.x() + left, rect.y() + top, width, height), rect, towards)

        draw_icon(painter, icon, box(16, 12, 18, 18), theme.color(ink))
        width = rect.width() - 48 - 20
        name, _ = group_words(group_of(finding))
        draw_line(painter, box(48, 8, width, 16), name, font(11, 600), theme.color(ink), leading(towards))
        told = help_for(finding)
        lines = lay_out(message_of(finding), font(13), width, 1 if told else 2)
        at = QPointF(box(48, 25, width, lines.height).topLeft())
        lines.draw(painter, at + _shift(lines, width, towards), theme.color("text"))
        if told:
            below = box(48, 26 + lines.height, width, 18)
            draw_line(painter, below, isolate(told), font(12), theme.color("text2"), leading(towards))
        painter.fillRect(box(48, ROW - 1, rect.width() - 48, 1), theme.color("border"))
        painter.restore()


def _shift(lines: Lines, width: int, towards: Qt.LayoutDirection) -> QPointF:
    """A sentence in the other direction than the interface still begins where the rows begin."""
    if lines.is_rtl is (towards is Qt.LayoutDirection.RightToLeft):
        return QPointF(0, 0)
    layout = lines.layout
    taken = max((layout.lineAt(at).naturalTextWidth() for at in range(layout.lineCount())), default=0.0)
    return QPointF((taken - width) if lines.is_rtl else (width - taken), 0)
