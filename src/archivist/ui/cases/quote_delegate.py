"""A quote of a case as a card: handle, number, role, words, source, note, tags."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.model.ids import QuoteId
from archivist.model.quote import Role
from archivist.ui.cases.content import QuoteLine
from archivist.ui.cases.quote_model import LINE, Index
from archivist.ui.cases.quote_shape import (
    BAR_WIDTH,
    END,
    GAP,
    HANDLE,
    HEAD,
    MARK,
    MARK_WIDTH,
    NOTE_PAD,
    NOTE_SIGN,
    NUMBER,
    SOURCE,
    START,
    TOP,
    WORDS_LEFT,
    WORDS_RIGHT,
    WORDS_TOP,
    Shape,
    Shapes,
    card_of,
    more_rect,
)
from archivist.ui.cases.roles import SIGNS, role_name
from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme, hue_of
from archivist.ui.widgets.painting import (
    PILL_HEIGHT,
    draw_line,
    draw_pills,
    font,
    leading,
    mirrored,
    rounded,
    text_width,
)
from archivist.ui.words import number

RADIUS = 9


def _review_word() -> str:
    return QCoreApplication.translate("Cases", "Needs review")


def _mark_width(word: str) -> int:
    return text_width(word, font(12, 600)) + 34


def _role_width() -> int:
    """The same for all roles, so that what follows stands in line."""
    return max(MARK_WIDTH, *(_mark_width(role_name(role)) for role in Role))


class QuoteDelegate(QStyledItemDelegate):
    """Paints cards; the one that is carried leaves a dashed place in the list."""

    def __init__(self, parent: QListView, carried: Callable[[], QuoteId | None]) -> None:
        super().__init__(parent)
        self.shapes = Shapes()
        self._view = parent
        self._carried = carried

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - by the width
        width = self._view.viewport().width()
        shape = self.shapes.of(index.data(LINE), width - START - END)
        return QSize(width, shape.height + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: QuoteLine = index.data(LINE)
        card = card_of(option.rect, option.direction)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.id == self._carried():
            _draw_target(painter, card)
        else:
            is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
            is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self.paint_card(painter, card, line, option.direction, is_selected, is_hovered)
        painter.restore()

    def paint_card(
        self,
        painter: QPainter,
        card: QRect,
        line: QuoteLine,
        towards: Qt.LayoutDirection,
        is_selected: bool,
        is_hovered: bool,
    ) -> None:
        shape = self.shapes.of(line, card.width())
        _draw_ground(painter, card, line, is_selected)
        _draw_head(painter, card, line, towards, is_hovered or is_selected)
        _draw_words(painter, card, line, shape, towards)
        _draw_source(painter, card, line, shape, towards)
        if shape.note:
            _draw_note(painter, card, shape, towards)


def _draw_target(painter: QPainter, card: QRect) -> None:
    theme = Theme.current()
    pen = QPen(theme.color("accent"), 1.6, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme.color("row"))
    painter.drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _draw_ground(painter: QPainter, card: QRect, line: QuoteLine, is_selected: bool) -> None:
    theme = Theme.current()
    edge = "accent" if is_selected else "warn" if line.row.needs_review else "border"
    width = 1.6 if is_selected else 1.0
    painter.setPen(QPen(theme.color(edge), width))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(QRectF(card).adjusted(0.8, 0.8, -0.8, -0.8), RADIUS, RADIUS)


def _draw_head(
    painter: QPainter, card: QRect, line: QuoteLine, towards: Qt.LayoutDirection, is_lively: bool
) -> None:
    theme = Theme.current()
    handle = HANDLE.translated(card.topLeft())
    draw_icon(
        painter,
        "dots-six-vertical",
        mirrored(handle.adjusted(1, 2, -1, -2), card, towards),
        theme.color("text3"),
    )
    place = mirrored(QRect(card.x() + NUMBER, card.y() + TOP, MARK - NUMBER - 2, HEAD), card, towards)
    draw_line(painter, place, number(line.number), font(13, 600), theme.color("text2"), leading(towards))
    name, hue = SIGNS[line.role]
    box = QRect(card.x() + MARK, card.y() + TOP, _role_width(), HEAD)
    _draw_mark(painter, mirrored(box, card, towards), (name, hue, role_name(line.role)), towards)
    left = MARK + box.width() + 8
    if line.row.needs_review:
        left += _draw_review(painter, card, left, towards) + 8
    tags = QRect(card.x() + left, card.y() + TOP, card.width() - left - 44, PILL_HEIGHT)
    pills = [(tag.name, hue_of(tag.colour, tag.id)) for tag in line.row.tags]
    draw_pills(painter, mirrored(tags, card, towards), pills, towards)
    more = more_rect(card, towards)
    ink = theme.color("text" if is_lively else "text3")
    draw_icon(painter, "dots-three", more.adjusted(4, 4, -4, -4), ink)


def _draw_mark(
    painter: QPainter, box: QRect, sign: tuple[str, str, str], towards: Qt.LayoutDirection
) -> None:
    theme = Theme.current()
    icon, hue, word = sign
    rounded(painter, box, 5, theme.soft(hue))
    draw_icon(painter, icon, mirrored(QRect(box.x() + 6, box.y() + 3, 14, 14), box, towards), theme.ink(hue))
    words = mirrored(QRect(box.x() + 24, box.y(), box.width() - 28, HEAD), box, towards)
    draw_line(painter, words, word, font(12, 600), theme.ink(hue), leading(towards))


def _draw_review(painter: QPainter, card: QRect, left: int, towards: Qt.LayoutDirection) -> int:
    """Answers the width taken."""
    theme = Theme.current()
    width = _mark_width(_review_word())
    box = mirrored(QRect(card.x() + left, card.y() + TOP, width, HEAD), card, towards)
    rounded(painter, box, 5, theme.color("warnSoft"))
    sign = mirrored(QRect(box.x() + 6, box.y() + 3, 14, 14), box, towards)
    draw_icon(painter, "warning", sign, theme.color("warn"))
    words = mirrored(QRect(box.x() + 24, box.y(), box.width() - 28, HEAD), box, towards)
    draw_line(painter, words, _review_word(), font(12, 600), theme.color("warn"), leading(towards))
    return width


def _draw_words(
    painter: QPainter, card: QRect, line: QuoteLine, shape: Shape, towards: Qt.LayoutDirection
) -> None:
    theme = Theme.current()
    quote = line.row.quote
    hue = hue_of(quote.colour) if quote.colour else "amber"
    height = shape.words.height + SOURCE + 3
    bar = mirrored(QRect(card.x() + MARK, card.y() + WORDS_TOP, BAR_WIDTH, height), card, towards)
    rounded(painter, bar, 2, theme.color("warn") if line.row.needs_review else theme.bar(hue))
    room = QRect(
        card.x() + WORDS_LEFT,
        card.y() + WORDS_TOP,
        card.width() - WORDS_LEFT - WORDS_RIGHT,
        shape.words.height,
    )
    at = mirrored(room, card, towards).topLeft()
    shape.words.draw(painter, QPointF(at), theme.color("text"))


def _draw_source(
    painter: QPainter, card: QRect, line: QuoteLine, shape: Shape, towards: Qt.LayoutDirection
) -> None:
    width = card.width() - WORDS_LEFT - WORDS_RIGHT
    if shape.is_note_beside:
        width -= shape.note_width + 12
    box = QRect(card.x() + WORDS_LEFT, card.y() + shape.source_top, width, SOURCE)
    painter.setLayoutDirection(towards)
    ink = Theme.current().color("text2")
    draw_line(painter, mirrored(box, card, towards), line.source, font(12), ink, leading(towards))


def _draw_note(painter: QPainter, card: QRect, shape: Shape, towards: Qt.LayoutDirection) -> None:
    """An inset: at the end of the source's line where it is short, below it else."""
    note = shape.note
    if note is None:
        return
    theme = Theme.current()
    height = SOURCE + 2 if shape.is_note_beside and note.height <= SOURCE + 2 else note.height + 10
    left = (
        card.right() - WORDS_RIGHT + 6 - shape.note_width if shape.is_note_beside else card.x() + WORDS_LEFT
    )
    box = mirrored(QRect(left, card.y() + shape.note_top - 1, shape.note_width, height), card, towards)
    rounded(painter, box, 6, theme.color("inset"))
    sign = QRect(box.x() + NOTE_PAD, box.y() + (height - 14) // 2 if height < 30 else box.y() + 7, 14, 14)
    draw_icon(painter, "note", mirrored(sign, box, towards), theme.color("text3"))
    inner = QRect(
        box.x() + NOTE_PAD + NOTE_SIGN,
        box.y() + (height - note.height) // 2,
        box.width() - NOTE_SIGN - 2 * NOTE_PAD,
        note.height,
    )
    at = mirrored(inner, box, towards).topLeft()
    note.draw(painter, QPointF(at), theme.color("text2"))
