"""A document as a card of the list: tile, title, where it is from, how it begins, its tags and quotes."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.model.browsing import DocumentRow
from archivist.ui.icons import draw_icon
from archivist.ui.library.columns import shown_date
from archivist.ui.library.model import ROW, Index
from archivist.ui.theme import Theme, hue_of
from archivist.ui.widgets.painting import (
    PILL_HEIGHT,
    draw_kind_tile,
    draw_line,
    draw_pills,
    font,
    is_tall,
    lay_out,
    leading,
    mirrored,
    rounded,
    text_width,
    trailing,
)
from archivist.ui.words import isolate, number

HEIGHT = 132
TILE = QRect(15, 13, 28, 28)
TEXT_START, TEXT_END = 55, 16
TITLE_TOP, TITLE_HEIGHT = 5, 30
META_TOP, META_HEIGHT = 31, 18
EXCERPT_TOP = 50
PILLS_TOP = 102
BAR = 3


def title_rect(card: QRect, towards: Qt.LayoutDirection) -> QRect:
    """Where the title stands: where it is painted, and where it is edited."""
    return _line(card, towards, TITLE_TOP, TITLE_HEIGHT)


def _line(card: QRect, towards: Qt.LayoutDirection, top: int, height: int) -> QRect:
    line = QRect(card.x() + TEXT_START, card.y() + top, card.width() - TEXT_START - TEXT_END, height)
    return mirrored(line, card, towards)


class CardDelegate(QStyledItemDelegate):
    """Paints one card; an empty one of quiet bars while its row is on the way."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(300, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DocumentRow | None = index.data(ROW)
        card: QRect = option.rect
        towards: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, option)
        if row is None:
            _draw_bars(painter, card, towards)
        else:
            draw_kind_tile(
                painter, mirrored(TILE.translated(card.topLeft()), card, towards), row.document.kind
            )
            _draw_title(painter, card, towards, row)
            _draw_meta(painter, card, towards, row)
            _draw_excerpt(painter, card, towards, row)
            _draw_foot(painter, card, towards, row)
        painter.restore()


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    theme = Theme.current()
    card: QRect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(card, theme.color("row"))
        bar = QRect(card.x(), card.y(), BAR, card.height())
        painter.fillRect(mirrored(bar, card, option.direction), theme.color("accent"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(card, theme.color("sidebar"))
    line = _line(card, option.direction, card.height() - 1, 1)
    painter.fillRect(line, theme.color("border"))


def _draw_bars(painter: QPainter, card: QRect, towards: Qt.LayoutDirection) -> None:
    ground = Theme.current().color("inset")
    rounded(painter, mirrored(TILE.translated(card.topLeft()), card, towards), 6, ground)
    for top, height, share in ((15, 10, 0.62), (37, 8, 0.4), (57, 8, 1.0), (74, 8, 0.86)):
        line = _line(card, towards, top, height)
        bar = QRect(line.x(), line.y(), int(line.width() * share), height)
        rounded(painter, mirrored(bar, line, towards), height / 2, ground)


def _draw_title(painter: QPainter, card: QRect, towards: Qt.LayoutDirection, row: DocumentRow) -> None:
    """At the side of the interface, in its own direction."""
    line = title_rect(card, towards)
    title = row.document.title
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    draw_line(painter, line, title, font(14, 600), Theme.current().color("text"), leading(towards))


def _lower(row: DocumentRow) -> int:
    """Tibetan titles reach further down: what stands below them makes room."""
    return 4 if _is_tibetan(row.document.title) else 0


def _is_tibetan(text: str) -> bool:
    return any("\u0f00" <= character <= "\u0fff" for character in text[:80])


def _draw_meta(painter: QPainter, card: QRect, towards: Qt.LayoutDirection, row: DocumentRow) -> None:
    theme = Theme.current()
    line = _line(card, towards, META_TOP + _lower(row), META_HEIGHT)
    painter.setLayoutDirection(towards)
    code = (row.document.language or "").split("-")[0].upper()
    taken = text_width(code, font(11, 600)) + 8 if code else 0
    draw_line(painter, line, code, font(11, 600), theme.color("text2"), trailing(towards))
    if row.document.warnings:
        sign = QRect(line.right() - taken - 13, line.y() + 2, 14, 14)
        draw_icon(painter, "warning", mirrored(sign, line, towards), theme.color("warn"))
        taken += 20
    words = "  ·  ".join(map(isolate, filter(None, (row.publisher, shown_date(row)))))
    rest = mirrored(QRect(line.x(), line.y(), line.width() - taken, line.height()), line, towards)
    shown = words or isolate(row.document.file_name)
    draw_line(painter, rest, shown, font(12), theme.color("text2"), leading(towards))


def _draw_excerpt(painter: QPainter, card: QRect, towards: Qt.LayoutDirection, row: DocumentRow) -> None:
    """How the text begins; without a text, why there is none."""
    words = row.excerpt or next(iter(row.document.warnings), "")
    if not words:
        return
    room = _line(card, towards, EXCERPT_TOP + _lower(row), 2 * 17)
    lines = lay_out(words, font(12), room.width(), 2)
    top = room.y() + (1 if is_tall(words) else 0)
    lines.draw(painter, QPointF(room.x(), top), Theme.current().color("text2"))


def _draw_foot(painter: QPainter, card: QRect, towards: Qt.LayoutDirection, row: DocumentRow) -> None:
    theme = Theme.current()
    line = _line(card, towards, PILLS_TOP, PILL_HEIGHT)
    taken = 0
    if row.quotes:
        count = number(row.quotes)
        draw_line(painter, line, count, font(12), theme.color("text2"), trailing(towards))
        taken = text_width(count, font(12)) + 18
        sign = QRect(line.right() - taken + 1, line.y() + 2, 15, 15)
        draw_icon(painter, "quotes", mirrored(sign, line, towards), theme.color("text3"))
        taken += 10
    room = mirrored(QRect(line.x(), line.y(), line.width() - taken, line.height()), line, towards)
    draw_pills(painter, room, [(tag.name, hue_of(tag.colour, tag.id)) for tag in row.tags], towards)
