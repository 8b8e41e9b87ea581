"""How a file of an import is painted: kind, name and risks; its state as icon and word; what can be done."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.model.document import DocumentKind
from archivist.ui.icons import draw_icon
from archivist.ui.importing.model import FILE, NUMBERS, ROW, STATUS
from archivist.ui.importing.run import FileRow, State
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import (
    draw_kind_tile,
    draw_line,
    font,
    leading,
    mirrored,
    text_width,
    trailing,
)

HEIGHT = 34
TILE = 24
_LOOKS = {
    State.WAITING: ("clock", "text2"),
    State.NOT_BEGUN: ("clock", "text2"),
    State.READING: ("spinner", "accent"),
    State.IMPORTED: ("check-circle", "ok"),
    State.DUPLICATE: ("copy-simple", "text2"),
    State.PASSWORD: ("key", "warn"),
    State.NO_TEXT: ("text-aa", "violet"),
    State.FAILED: ("warning-circle", "danger"),
}
_STRONG = frozenset({State.PASSWORD, State.FAILED})
_BY_SUFFIX = {
    ".pdf": DocumentKind.PDF,
    ".docx": DocumentKind.DOCX,
    ".htm": DocumentKind.HTML,
    ".html": DocumentKind.HTML,
    ".txt": DocumentKind.TEXT,
    ".md": DocumentKind.MARKDOWN,
}


def look(state: State) -> tuple[str, str]:
    """Icon and ink of a state."""
    return _LOOKS[state]


def kind_of(row: FileRow) -> DocumentKind:
    """Told by its bytes once it is read; until then its name must do."""
    if row.document is not None:
        return row.document.kind
    return _BY_SUFFIX.get(row.file.path.suffix.lower(), DocumentKind.OTHER)


class ImportDelegate(QStyledItemDelegate):
    """Paints every column, so that the whole row is of one piece."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(80, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: FileRow = index.data(ROW)
        theme = Theme.current()
        state: Any = option.state
        towards: Qt.LayoutDirection = option.direction
        box: QRect = option.rect
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.fillRect(box, theme.color("row"))
        column = index.column()
        if column == FILE:
            self._paint_file(painter, box, row, towards, is_chosen)
        else:
            painter.setPen(theme.color("border"))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
            if column == STATUS:
                self._paint_state(painter, box, row, str(index.data()), towards)
            else:
                align = trailing(towards) if column in NUMBERS else leading(towards)
                text = str(index.data() or "")
                draw_line(painter, box.adjusted(8, 0, -8, 0), text, font(12), theme.color("text2"), align)
        painter.restore()

    @staticmethod
    def _paint_file(
        painter: QPainter, box: QRect, row: FileRow, towards: Qt.LayoutDirection, is_chosen: bool
    ) -> None:
        theme = Theme.current()
        if is_chosen:
            bar = mirrored(QRect(box.x(), box.y(), 3, box.height()), box, towards)
            painter.fillRect(bar, theme.color("accent"))
        tile = mirrored(QRect(box.x() + 24, box.y() + 5, TILE, TILE), box, towards)
        draw_kind_tile(painter, tile, kind_of(row))
        inner = QRect(box.x() + 58, box.y(), box.width() - 66, box.height())
        line = mirrored(inner, box, towards)
        painter.setPen(theme.color("border"))
        painter.drawLine(line.left(), box.bottom(), line.right() + 8, box.bottom())
        face = font(13, 600 if is_chosen else 400)
        ink = theme.color("text2" if row.state is State.WAITING else "text")
        risks_width = 40 if row.risks else 0
        width = min(text_width(row.name, face), inner.width() - risks_width)
        name = QRect(inner.x(), inner.y(), width, inner.height())
        draw_line(painter, mirrored(name, box, towards), row.name, face, ink, leading(towards))
        if row.risks:
            at = QRect(inner.x() + width + 10, inner.center().y() - 7, 15, 15)
            draw_icon(painter, "warning", mirrored(at, box, towards), theme.color("warn"))
            count = QRect(at.right() + 4, inner.y(), 16, inner.height())
            draw_line(
                painter,
                mirrored(count, box, towards),
                str(row.risks),
                font(12),
                theme.color("warn"),
                leading(towards),
            )

    @staticmethod
    def _paint_state(
        painter: QPainter, box: QRect, row: FileRow, words: str, towards: Qt.LayoutDirection
    ) -> None:
        theme = Theme.current()
        icon, ink = _LOOKS[row.state]
        at = QRect(box.x() + 8, box.center().y() - 7, 15, 15)
        draw_icon(painter, icon, mirrored(at, box, towards), theme.color(ink))
        color = theme.color(ink) if row.state in _STRONG else theme.color("text2")
        weight = 500 if row.state in _STRONG else 400
        shown = f"{words}: {row.error}" if row.error else words
        line = QRect(box.x() + 31, box.y(), box.width() - 39, box.height())
        draw_line(painter, mirrored(line, box, towards), shown, font(12, weight), color, leading(towards))
