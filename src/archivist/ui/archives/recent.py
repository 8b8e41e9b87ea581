"""The list of archives that the user asked to have remembered, by the names of their folders only."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.services.looking import SUFFIX, FolderKind
from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, rounded, text_width, trailing
from archivist.ui.words import tr

ROW = 58
_MOST_ROWS = 6
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RecentRow:
    """One remembered folder; `kind` is None until it has been looked at."""

    folder: Path
    kind: FolderKind | None = None

    @property
    def name(self) -> str:
        return self.folder.name.removesuffix(SUFFIX)

    @property
    def suffix(self) -> str:
        return self.folder.name[len(self.name) :]

    @property
    def is_here(self) -> bool:
        return self.kind not in {FolderKind.GONE, FolderKind.DRIVE_AWAY}

    @property
    def state(self) -> str:
        """What is to be known of it at a glance; empty for an encrypted archive that is there."""
        if self.kind is None:
            return ""
        return {
            FolderKind.ENCRYPTED: "",
            FolderKind.PLAIN: tr("RecentList", "Not encrypted"),
            FolderKind.BACKUP: tr("RecentList", "A backup"),
            FolderKind.OTHER: tr("RecentList", "No archive any more"),
            FolderKind.GONE: tr("RecentList", "Not found"),
            FolderKind.DRIVE_AWAY: tr("RecentList", "Drive not connected"),
            FolderKind.UNUSABLE: tr("RecentList", "Damaged or too new"),
        }[self.kind]

    @property
    def spoken(self) -> str:
        encrypted = tr("RecentList", "encrypted") if self.kind is FolderKind.ENCRYPTED else ""
        return ", ".join(part for part in (self.name, self.state or encrypted) if part)


class RecentModel(QAbstractListModel):
    """Rows in the order in which they were opened last."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RecentRow] = []

    def show_folders(self, folders: Iterable[Path]) -> None:
        """What is known of a folder that was there before stays until it is looked at again."""
        known = {row.folder: row for row in self._rows}
        self.beginResetModel()
        self._rows = [known.get(folder, RecentRow(folder)) for folder in folders]
        self.endResetModel()

    def show_kind(self, folder: Path, kind: FolderKind) -> None:
        for at, row in enumerate(self._rows):
            if row.folder == folder:
                self._rows[at] = RecentRow(folder, kind)
                self.dataChanged.emit(self.index(at), self.index(at))

    def row_at(self, index: Index) -> RecentRow | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return row.spoken
        return None


class RecentList(QListView):
    """Arrow keys choose, Enter or a click opens, Delete forgets."""

    opened = Signal(Path)
    forgotten = Signal(Path)
    revealed = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recent_archives")
        self.setAccessibleName(self.tr("Recent archives"))
        self.setAccessibleDescription(self.tr("Enter opens, Delete forgets one"))
        self.rows = RecentModel()
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)
        self.rows.modelReset.connect(self._fit)

    def show_folders(self, folders: list[Path]) -> None:
        at = max(self.currentIndex().row(), 0)
        self.rows.show_folders(folders)
        if folders:
            self.setCurrentIndex(self.rows.index(min(at, len(folders) - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.rows.row_at(self.currentIndex())
        if row and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(row.folder)
        elif row and event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit(row.folder)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if row := self.rows.row_at(index):
            self.menu_for(row).popup(event.globalPos())

    def menu_for(self, row: RecentRow) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.opened.emit(row.folder))
        menu.addAction(self.tr("Show in the file manager"), lambda: self.revealed.emit(row.folder))
        menu.addSeparator()
        menu.addAction(self.tr("Forget"), lambda: self.forgotten.emit(row.folder))
        return menu

    def _open(self, index: QModelIndex) -> None:
        if row := self.rows.row_at(index):
            self.opened.emit(row.folder)

    def _fit(self) -> None:
        self.setFixedHeight(min(self.rows.rowCount(), _MOST_ROWS) * ROW)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.viewport().update()
        return super().viewportEvent(event)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all alike
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        model = index.model()
        row = model.row_at(index) if isinstance(model, RecentModel) else None
        if row is None or not isinstance(view, RecentList):
            return
        is_current = view.currentIndex().row() == index.row()
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        next_is_current = view.currentIndex().row() == index.row() + 1
        is_last = index.row() == model.rowCount() - 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = _RowPen(painter, option.rect, option.direction, row)
        pen.draw_ground(current=is_current, hovered=is_hovered, focused=view.hasFocus())
        pen.draw_words(current=is_current)
        if not (is_current or next_is_current or is_last):
            pen.draw_separator()
        painter.restore()


class _RowPen:
    """One row, laid out for left to right and mirrored where the interface is."""

    def __init__(self, painter: QPainter, rect: QRect, towards: Qt.LayoutDirection, row: RecentRow) -> None:
        self._painter, self._rect, self._towards, self._row = painter, rect, towards, row
        self._theme = Theme.current()

    def draw_ground(self, *, current: bool, hovered: bool, focused: bool) -> None:
        if not current and not hovered:
            return
        ground = "accentSoft" if current else "hover"
        rounded(self._painter, self._rect, 7, self._theme.color(ground))
        if current and focused:
            self._painter.setPen(QPen(self._theme.color("accent"), 2))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRoundedRect(QRectF(self._rect).adjusted(1, 1, -1, -1), 6, 6)

    def draw_words(self, *, current: bool) -> None:
        theme, painter = self._theme, self._painter
        tile = self._box(12, 14, 30, 30)
        rounded(painter, tile, 7, theme.color("panel" if current else "inset"))
        glyph = QRectF(0, 0, 17, 17)
        glyph.moveCenter(QRectF(tile).center())
        draw_icon(painter, "folder", glyph, theme.color("accent" if current else "text2"))
        right = self._rect.width() - 12
        is_plain = self._row.kind is FolderKind.PLAIN
        lock = self._box(right - 18, 20, 18, 18)
        icon = "lock-simple-open" if is_plain else "lock-simple"
        if self._row.kind in {FolderKind.PLAIN, FolderKind.ENCRYPTED, FolderKind.DRIVE_AWAY, FolderKind.GONE}:
            draw_icon(painter, icon, lock, theme.color("warn" if is_plain else "text2"))
        state = self._row.state or (tr("RecentList", "Enter to open") if current else "")
        width = text_width(state, font(12)) if state else 0
        ink = "warn" if is_plain else "accent" if current and not self._row.state else "text2"
        at = right - 28 - width
        draw_line(
            painter, self._box(at, 0, width, ROW), state, font(12), theme.color(ink), trailing(self._towards)
        )
        self._draw_name(at - 12)

    def _draw_name(self, end: int) -> None:
        """The name strong, its suffix grey; a name of another script keeps its own direction."""
        theme, name, suffix = self._theme, self._row.name, self._row.suffix
        face, grey = font(14, 500 if self._row.is_here else 400), font(14)
        ink = theme.color("text" if self._row.is_here else "text2")
        start = 56
        tail = text_width(suffix, grey) if suffix else 0
        if start + text_width(name, face) + tail > end:
            suffix, tail = "", 0  # it says nothing that the place does not say
        shown = QFontMetricsF(face).elidedText(name, Qt.TextElideMode.ElideRight, end - start - tail)
        width = text_width(shown, face)
        # A file name reads from left to right in every interface: the suffix stands at its right.
        is_rtl = self._towards is Qt.LayoutDirection.RightToLeft
        first, second = (start + tail, start) if is_rtl else (start, start + width)
        align = leading(self._towards)
        draw_line(self._painter, self._box(first, 0, width + 2, ROW), shown, face, ink, align)
        self._painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        draw_line(
            self._painter, self._box(second, 0, tail + 2, ROW), suffix, grey, theme.color("text2"), align
        )

    def draw_separator(self) -> None:
        line = self._box(56, ROW - 1, self._rect.width() - 68, 1)
        self._painter.fillRect(line, self._theme.color("border"))

    def _box(self, left: int, top: int, width: int, height: int) -> QRect:
        box = QRect(self._rect.x() + left, self._rect.y() + top, width, height)
        return mirrored(box, self._rect, self._towards)
