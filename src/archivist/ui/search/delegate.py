"""How lines of results are painted: heads with what is known of a document, passages with their hits."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.model.results import Group, ShownPassage
from archivist.model.search import Found
from archivist.ui.icons import draw_icon
from archivist.ui.quotes.wording import page_words
from archivist.ui.search.lines import LINE, Head, Line, MoreDocuments, PassageLine
from archivist.ui.theme import Theme, hue_of
from archivist.ui.widgets.painting import (
    PILL_GAP,
    PILL_HEIGHT,
    Lines,
    draw_kind_tile,
    draw_line,
    draw_pills,
    fitting_pills,
    font,
    is_tall,
    lay_out,
    leading,
    mirrored,
    pills_width,
    rounded,
    text_width,
    trailing,
)
from archivist.ui.words import date_words, isolate, number, plural

MARGIN = 20
TEXT = 62  # where titles begin; places before, words after
WORDS = 118
HEAD, MORE = 52, 28
_ICONS = {Found.QUOTE: "quotes", Found.NOTE: "note", Found.CASE: "briefcase"}


class ResultsDelegate(QStyledItemDelegate):
    """Heights are those of the design: 16 px and the lines of a passage."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._laid: dict[tuple[str, int], Lines] = {}

    def forget(self) -> None:
        """Drop what was laid out: other words or another width."""
        self._laid.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option
        line: Line = index.data(LINE)
        width = self._view.viewport().width()
        if isinstance(line, Head):
            title = line.group.row.document.title if line.group.row else ""
            return QSize(width, HEAD + (5 if is_tall(title) else 0))
        if isinstance(line, PassageLine):
            return QSize(width, self._lines(line.passage, width).height + 16)
        return QSize(width, MORE + (20 if isinstance(line, MoreDocuments) else 6))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(LINE)
        state: Any = option.state
        box: QRect = option.rect
        towards: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if isinstance(line, Head):
            if index.row():
                painter.setPen(Theme.current().color("border"))
                rule = mirrored(QRect(box.x() + TEXT, box.y(), box.width() - TEXT - MARGIN, 1), box, towards)
                painter.drawLine(rule.topLeft(), rule.topRight())
            self._paint_head(painter, box, line.group, towards)
        else:
            self._paint_ground(painter, box, towards, is_chosen)
            if isinstance(line, PassageLine):
                self._paint_passage(painter, box, line.passage, towards, is_chosen)
            else:
                self._paint_more(painter, box, str(index.data()), towards)
        painter.restore()

    @staticmethod
    def _paint_ground(painter: QPainter, box: QRect, towards: Qt.LayoutDirection, is_chosen: bool) -> None:
        if not is_chosen:
            return
        theme = Theme.current()
        ground = QRect(box.x() + TEXT - 10, box.y() + 1, box.width() - TEXT - 2, box.height() - 2)
        rounded(painter, mirrored(ground, box, towards), 6, theme.color("row"))
        bar = QRect(ground.x(), ground.y() + 6, 3, ground.height() - 12)
        rounded(painter, mirrored(bar, box, towards), 1.5, theme.color("accent"))

    def _paint_head(self, painter: QPainter, box: QRect, group: Group, towards: Qt.LayoutDirection) -> None:
        theme = Theme.current()
        tile = mirrored(QRect(box.x() + MARGIN, box.y() + 12, 28, 28), box, towards)
        if group.row:
            draw_kind_tile(painter, tile, group.row.document.kind)
            title, meta = group.row.document.title, _meta(group)
        else:
            rounded(painter, tile, 6, theme.soft("slate"))
            draw_icon(painter, "briefcase", tile.adjusted(6, 6, -6, -6), theme.ink("slate"))
            title, meta = group.case.name if group.case else "", self.tr("Case")
        passages = plural(group.total, self.tr("1 passage"), self.tr("{} passages"))
        count = text_width(passages, font(12))
        line = QRect(box.right() - MARGIN - count, box.y() + 10, count, 18)
        draw_line(
            painter,
            mirrored(line, box, towards),
            passages,
            font(12),
            theme.color("text2"),
            trailing(towards),
        )
        line = QRect(box.x() + TEXT, box.y() + 8, box.width() - TEXT - MARGIN - count - 16, 22)
        draw_line(
            painter,
            mirrored(line, box, towards),
            isolate(title),
            font(14, 600),
            theme.color("text"),
            leading(towards),
        )
        pills = fitting_pills(_pills(group), box.width() // 2)
        room = pills_width(pills)
        below = QRect(box.x() + TEXT, box.y() + 29, box.width() - TEXT - MARGIN - room - 60, 18)
        draw_line(
            painter, mirrored(below, box, towards), meta, font(12), theme.color("text2"), leading(towards)
        )
        strip = QRect(box.right() - MARGIN - room + PILL_GAP, box.y() + 29, room, PILL_HEIGHT)
        draw_pills(painter, mirrored(strip, box, towards), pills, towards)

    def _paint_passage(
        self,
        painter: QPainter,
        box: QRect,
        passage: ShownPassage,
        towards: Qt.LayoutDirection,
        is_chosen: bool,
    ) -> None:
        theme = Theme.current()
        place = QRect(box.x() + TEXT, box.y() + 7, WORDS - TEXT - 6, 20)
        ink = theme.color("accent" if is_chosen else "text2")
        if icon := _ICONS.get(passage.found):
            at = QRect(place.x(), place.y() + 3, 14, 14)
            draw_icon(painter, icon, mirrored(at, box, towards), ink)
            place = place.adjusted(18, 0, 0, 0)
        shown = page_words(passage.place)
        face = font(12, 600 if is_chosen else 400)
        draw_line(painter, mirrored(place, box, towards), shown, face, ink, leading(towards))
        lines = self._lines(passage, box.width())
        width = box.width() - WORDS - MARGIN
        left = mirrored(QRect(box.x() + WORDS, box.y(), width, box.height()), box, towards).x()
        lines.draw(painter, QPointF(left, box.y() + 8), theme.color("text"), theme.color("hit"))

    @staticmethod
    def _paint_more(painter: QPainter, box: QRect, words: str, towards: Qt.LayoutDirection) -> None:
        theme = Theme.current()
        at = QRect(box.x() + WORDS, box.y() + 7, 13, 13)
        draw_icon(painter, "caret-down", mirrored(at, box, towards), theme.color("accent"))
        line = QRect(box.x() + WORDS + 18, box.y() + 3, 300, 20)
        draw_line(
            painter,
            mirrored(line, box, towards),
            words,
            font(12, 500),
            theme.color("accent"),
            leading(towards),
        )

    def _lines(self, passage: ShownPassage, width: int) -> Lines:
        key = (f"{passage.found}{passage.span}{passage.words}", width)
        if key not in self._laid:
            self._laid[key] = lay_out(
                passage.words, font(13), max(80, width - WORDS - MARGIN), 3, marks=passage.marks
            )
        return self._laid[key]


def _meta(group: Group) -> str:
    row = group.row
    if row is None:
        return ""
    parts = [isolate(row.publisher) if row.publisher else "", date_words(row.date) if row.date else ""]
    parts.append((row.document.language or "").upper())
    return " · ".join(part for part in parts if part)


def _pills(group: Group) -> list[tuple[str, str]]:
    if group.row is None:
        return []
    pills = [(tag.name, hue_of(tag.colour, tag.id)) for tag in group.row.tags[:3]]
    quotes = group.row.quotes
    return [(f"❞ {number(quotes)}", "slate"), *pills] if quotes else pills
