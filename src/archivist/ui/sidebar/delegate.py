"""A line of the sidebar as it is painted."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from archivist.ui.icons import draw_icon
from archivist.ui.sidebar.model import ROW, Index
from archivist.ui.sidebar.rows import Kind, Row
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import (
    draw_line,
    font,
    leading,
    mirrored,
    rounded,
    text_width,
    trailing,
)
from archivist.ui.words import number

LINE, HEAD, FIELD = 29, 34, 38
EDGE = 8
SIGN_AT, SIGN, NAME_AT, END = 16, 18, 42, 17
INDENT, DEEPEST = 14, 6
CARET = 10
HEAD_MIDDLE = 21
_HEIGHTS = {Kind.HEAD: HEAD, Kind.FILTER: FIELD}


def indent(row: Row) -> int:
    return INDENT * min(row.depth, DEEPEST)


def caret_rect(line: QRect, row: Row, towards: Qt.LayoutDirection) -> QRect:
    """Where a click opens or closes what stands below; taller and wider than the mark itself."""
    left = line.x() + indent(row)
    return mirrored(QRect(left, line.y(), SIGN_AT + 1, line.height()), line, towards)


def name_rect(line: QRect, row: Row, towards: Qt.LayoutDirection) -> QRect:
    """Where the name stands, up to the edge: where it is edited."""
    left = line.x() + NAME_AT + indent(row)
    return mirrored(QRect(left, line.y(), line.right() - EDGE - left, line.height()), line, towards)


class SidebarDelegate(QStyledItemDelegate):
    """Icon or colour, name, count; what the keys act on has a ring."""

    def __init__(
        self, parent: QWidget, target_key: Callable[[], str], shows_ring: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._target_key = target_key
        self._shows_ring = shows_ring

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - by kind alone
        row: Row = index.data(ROW)
        return QSize(120, _HEIGHTS.get(row.kind, LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, row)
        if row.kind is Kind.HEAD:
            _draw_head(painter, option, row)
        elif row.kind is Kind.WORDS:
            line = option.rect.adjusted(SIGN_AT, 0, -END, 0)
            ink = Theme.current().color("text2")
            draw_line(painter, line, row.name, font(12), ink, leading(option.direction))
        elif row.kind not in {Kind.FILTER, Kind.NEW}:
            _draw_place(painter, option, row)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        theme = Theme.current()
        box = QRectF(option.rect).adjusted(EDGE, 0.5, -EDGE, -0.5)
        if row.kind is Kind.HEAD:
            box.setTop(option.rect.y() + HEAD_MIDDLE - 12)
            box.setBottom(option.rect.y() + HEAD_MIDDLE + 12)
        elif option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, box, 6, theme.color("accentSoft"))
        elif (
            option.state & QStyle.StateFlag.State_MouseOver and option.state & QStyle.StateFlag.State_Enabled
        ):
            rounded(painter, box, 6, theme.color("hover"))
        has_ring = self._shows_ring() and option.state & QStyle.StateFlag.State_HasFocus
        if has_ring or (row.key == self._target_key()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)


def _draw_head(painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
    theme = Theme.current()
    box: QRect = option.rect
    towards: Qt.LayoutDirection = option.direction
    face = font(11, 600)
    line = QRect(box.x() + SIGN_AT + 1, box.y() + HEAD_MIDDLE - 10, box.width() - 80, 20)
    shown = row.name if row.count is None else f"{row.name}  {number(row.count)}"
    draw_line(painter, mirrored(line, box, towards), shown, face, theme.color("text2"), leading(towards))
    is_hovered = option.state & QStyle.StateFlag.State_MouseOver
    if row.has_more and (is_hovered or not row.is_open or option.state & QStyle.StateFlag.State_HasFocus):
        mark = QRect(line.x() + text_width(shown, face) + 5, line.center().y() - 4, CARET, CARET)
        _draw_caret(painter, mirrored(mark, box, towards), row, towards)


def _draw_place(painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
    theme = Theme.current()
    box: QRect = option.rect
    towards: Qt.LayoutDirection = option.direction
    is_here = bool(option.state & QStyle.StateFlag.State_Selected)
    ink = theme.color("accent" if is_here else "text")
    shift = indent(row)
    if row.has_more:
        mark = QRect(box.x() + 6 + shift, box.y() + (LINE - CARET) // 2, CARET, CARET)
        _draw_caret(painter, mirrored(mark, box, towards), row, towards)
    _draw_sign(painter, box, row, is_here, towards)
    count = "" if row.count is None else number(row.count)
    face = font(13, 500 if is_here else 400)
    taken = text_width(count, face) + 10 if count else 0
    numbers = mirrored(QRect(box.right() - END - taken, box.y(), taken + 1, LINE), box, towards)
    count_ink = theme.color("accent" if is_here else "text2")
    draw_line(painter, numbers, count, face, count_ink, trailing(towards))
    left = box.x() + NAME_AT + shift
    name = mirrored(QRect(left, box.y(), max(20, box.right() - END - taken - left), LINE), box, towards)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    draw_line(painter, name, row.name, font(13, 500 if is_here else 400), ink, leading(towards))


def _draw_sign(painter: QPainter, box: QRect, row: Row, is_here: bool, towards: Qt.LayoutDirection) -> None:
    theme = Theme.current()
    left, middle = box.x() + SIGN_AT + indent(row), box.y() + LINE / 2
    if row.kind is Kind.CASE:
        square = mirrored(QRect(left + 4, round(middle - 5), 10, 10), box, towards)
        rounded(painter, square, 3.5, theme.ink(row.hue))
        return
    side = 17 if row.kind is Kind.TAG else SIGN
    sign = mirrored(QRect(left, round(middle - side / 2), side, side), box, towards)
    own = theme.ink(row.hue) if row.hue else theme.color("accent" if is_here else "text2")
    draw_icon(painter, row.sign, sign, own)


def _draw_caret(painter: QPainter, rect: QRect, row: Row, towards: Qt.LayoutDirection) -> None:
    is_rtl = towards is Qt.LayoutDirection.RightToLeft
    name = "caret-down-bold" if row.is_open else "caret-left-bold" if is_rtl else "caret-right-bold"
    draw_icon(painter, name, rect, Theme.current().color("text3"))
