"""How a quote looks beside its page: a card with the bar of its colour."""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.model.browsing import QuoteRow
from archivist.model.case import Case
from archivist.model.quote import Role
from archivist.ui.icons import draw_icon
from archivist.ui.quotes.card_model import PLACE, ROW, Index
from archivist.ui.quotes.card_parts import CASE, END, INSET, LABEL, MENU, PAD, START, CardParts, card_parts
from archivist.ui.quotes.wording import ROLE_ICONS, hue_of_quote
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import draw_line, draw_pill, font, leading, mirrored, rounded

BETWEEN, SIDE = 10, 12  # around a card
RADIUS = 9
MOST_LAID_OUT = 4_000


class CardDelegate(QStyledItemDelegate):
    """Measures are kept, for a list asks for them again and again."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._parts: dict[tuple[str, int], tuple[QuoteRow, CardParts]] = {}

    def card_of(self, cell: QRect) -> QRect:
        """The card within its row of the list."""
        return cell.adjusted(SIDE, 0, -SIDE, -BETWEEN)

    def menu_rect(self, cell: QRect) -> QRect:
        """Where its three dots are."""
        card = self.card_of(cell)
        at = QRect(card.right() - END - MENU + 8, card.y() + PAD - 4, MENU, MENU)
        return mirrored(at, card, self._view.layoutDirection())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - the view's width
        width = self._view.viewport().width()
        return QSize(width, self._of(index.data(ROW), width - 2 * SIDE).height + BETWEEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QuoteRow = index.data(ROW)
        state: Any = option.state
        towards: Qt.LayoutDirection = option.direction
        card = self.card_of(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = is_selected and self._view.hasFocus()
        self._ground(painter, card, row, is_selected=is_selected, has_focus=has_focus)
        brush = _Brush(painter, card, towards)
        brush.bar(hue_of_quote(row))
        brush.label(str(index.data(PLACE)))
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            draw_icon(
                painter,
                "dots-three",
                self.menu_rect(option.rect).adjusted(3, 3, -3, -3),
                Theme.current().color("text2"),
            )
        brush.body(self._of(row, card.width()))
        brush.cases(self._of(row, card.width()).cases_top, row.cases)
        painter.restore()

    def forget(self) -> None:
        self._parts.clear()

    def _of(self, row: QuoteRow, width: int) -> CardParts:
        known = self._parts.get((row.quote.id, width))
        if known is not None and known[0] == row:
            return known[1]
        if len(self._parts) > MOST_LAID_OUT:
            self._parts.clear()
        parts = card_parts(row, width, self.review_sentence(row))
        self._parts[row.quote.id, width] = row, parts
        return parts

    def review_sentence(self, row: QuoteRow) -> str:
        if not row.needs_review:
            return ""
        return self.tr(
            "These words are not where they were marked, and were not found elsewhere. Look at the original."
        )

    @staticmethod
    def _ground(painter: QPainter, card: QRect, row: QuoteRow, *, is_selected: bool, has_focus: bool) -> None:
        theme = Theme.current()
        edge = QRectF(card).adjusted(0.8, 0.8, -0.8, -0.8)
        ground = theme.color("warnSoft" if row.needs_review else "raised")
        ink, width = theme.color("border"), 1.0
        if row.needs_review:
            ink = theme.color("warn")
        if is_selected:
            ink, width = theme.color("accent"), 2.0 if has_focus else 1.6
        painter.setPen(QPen(ink, width))
        painter.setBrush(ground)
        painter.drawRoundedRect(edge, RADIUS, RADIUS)


class _Brush:
    """Paints the parts of one card where they belong in the direction of the interface."""

    def __init__(self, painter: QPainter, card: QRect, towards: Qt.LayoutDirection) -> None:
        self._painter, self._card, self._towards = painter, card, towards
        self._theme = Theme.current()

    def bar(self, hue: str) -> None:
        place = QRect(11, PAD, 4, self._card.height() - 2 * PAD)
        rounded(self._painter, self._placed(place), 2, self._theme.bar(hue))

    def label(self, words: str) -> None:
        place = self._placed(QRect(START, PAD - 3, self._card.width() - START - END - MENU, LABEL))
        ink = self._theme.color("text2")
        draw_line(self._painter, place, words, font(12, 500), ink, leading(self._towards))

    def body(self, parts: CardParts) -> None:
        room = self._card.width() - START - END
        corner = self._placed(QRect(START, parts.words_top, room, parts.words.height)).topLeft()
        parts.words.draw(self._painter, QPointF(corner), self._theme.color("text"))
        if parts.note:
            self._inset(parts.note_box, self._theme.color("inset" if self._theme.is_dark else "hover"))
            parts.note.draw(self._painter, self._in(parts.note_box), self._theme.color("text2"))
        if parts.review:
            parts.review.draw(self._painter, self._in(parts.review_box), self._theme.color("warn"))
        for place, (name, hue) in parts.pills:
            draw_pill(self._painter, self._placed(place), name, hue)

    def cases(self, top: int, cases: tuple[tuple[Case, Role], ...]) -> None:
        """Their names; what the quote does for them where it is more than to support."""
        ink = self._theme.color("text2")
        for case, role in cases:
            sign = self._placed(QRect(START, top + 2, 15, 15))
            draw_icon(self._painter, "briefcase", sign, ink)
            room = self._card.width() - START - END - 22
            if role is not Role.SUPPORTS:
                icon, hue = ROLE_ICONS[role]
                mark = self._placed(QRect(self._card.width() - END - 16, top + 1, 16, 16))
                rounded(self._painter, mark, 5, self._theme.soft(hue))
                draw_icon(self._painter, icon, mark.adjusted(3, 3, -3, -3), self._theme.ink(hue))
                room -= 22
            self._painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            name = self._placed(QRect(START + 22, top, room, CASE - 1))
            draw_line(self._painter, name, case.name, font(12), ink, leading(self._towards))
            top += CASE

    def _inset(self, box: QRect, ground: QColor) -> None:
        rounded(self._painter, self._placed(box), 6, ground)

    def _in(self, box: QRect) -> QPointF:
        return QPointF(self._placed(box).topLeft() + QPoint(INSET, 6))

    def _placed(self, place: QRect) -> QRect:
        return mirrored(place.translated(self._card.topLeft()), self._card, self._towards)
