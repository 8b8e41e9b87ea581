"""How a quote looks in the list of all quotes: its words, where they are from, what is said of them."""

from typing import Any

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archivist.model.browsing import QuoteRow
from archivist.ui.icons import KIND_ICONS, draw_icon
from archivist.ui.quotes.card_model import ROW
from archivist.ui.quotes.page_model import Index
from archivist.ui.quotes.wording import hue_of_quote, page_words, quoted
from archivist.ui.theme import Theme, hue_of
from archivist.ui.widgets.painting import (
    PILL_HEIGHT,
    Lines,
    draw_line,
    draw_pills,
    font,
    lay_out,
    leading,
    mirrored,
    rounded,
    text_width,
    trailing,
)
from archivist.ui.words import day_words, isolate

HEIGHT = 116
START, END, TOP = 34, 20, 12
BELOW = 48  # of the words: where they are from, tags and cases
WIDEST = 860  # of words: longer lines are hard to read


class QuoteRowDelegate(QStyledItemDelegate):
    """All rows are as tall; an empty one of quiet bars while its row is on the way."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(300, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QuoteRow | None = index.data(ROW)
        state: Any = option.state
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, state, option.direction)
        if row is None:
            self._bars(painter, box, option.direction)
        else:
            words = quoted(row)
            width = min(WIDEST, box.width() - START - END)
            # One line stands where the interface begins; more fill the width in their own direction.
            natural = text_width(words, font(13)) + 8
            lines = lay_out(words, font(13), min(width, natural), 2)
            below = (HEIGHT - lines.height - BELOW) // 2 + lines.height
            self._words(painter, box, option.direction, row, lines, below)
            self._meta(painter, box, option.direction, row, below + 5)
            self._foot(painter, box, option.direction, row, below + 29)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(Theme.current().color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, box: QRect, state: Any, towards: Qt.LayoutDirection) -> None:
        theme = Theme.current()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("row"))
            painter.fillRect(
                mirrored(QRect(box.x(), box.y(), 3, box.height()), box, towards), theme.color("accent")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("sidebar"))
        painter.fillRect(_line(box, towards, box.height() - 1, 1), theme.color("border"))

    @staticmethod
    def _bars(painter: QPainter, box: QRect, towards: Qt.LayoutDirection) -> None:
        for top, share in ((18, 0.8), (38, 0.6), (66, 0.4)):
            line = _line(box, towards, top, 9)
            bar = QRect(line.x(), line.y(), int(line.width() * share), 9)
            rounded(painter, mirrored(bar, line, towards), 4, Theme.current().color("inset"))

    @staticmethod
    def _words(
        painter: QPainter, box: QRect, towards: Qt.LayoutDirection, row: QuoteRow, lines: Lines, bottom: int
    ) -> None:
        theme = Theme.current()
        bar = QRect(box.x() + 18, box.y() + TOP, 4, HEIGHT - 2 * TOP)
        rounded(painter, mirrored(bar, box, towards), 2, theme.bar(hue_of_quote(row)))
        line = _line(box, towards, bottom - lines.height, lines.height)
        room = QRect(line.x(), line.y(), int(lines.layout.lineAt(0).width()), line.height())
        lines.draw(painter, QPointF(mirrored(room, line, towards).topLeft()), theme.color("text"))

    @staticmethod
    def _meta(painter: QPainter, box: QRect, towards: Qt.LayoutDirection, row: QuoteRow, top: int) -> None:
        theme = Theme.current()
        line = _line(box, towards, top, 18)
        icon, hue = KIND_ICONS[row.document.kind]
        sign = mirrored(QRect(line.x(), line.y() + 2, 14, 14), line, towards)
        draw_icon(painter, icon, sign, theme.ink(hue))
        day = isolate(day_words(row.quote.created_at))
        taken = text_width(day, font(12)) + 12
        draw_line(painter, line, day, font(12), theme.color("text2"), trailing(towards))
        if row.needs_review:
            mark = QRect(line.right() - taken - 14, line.y() + 1, 15, 15)
            draw_icon(painter, "warning", mirrored(mark, line, towards), theme.color("warn"))
            taken += 24
        parts = [isolate(row.document.title), page_words(row.page_label)]
        words = "  ·  ".join(filter(None, parts))
        room = mirrored(QRect(line.x() + 20, line.y(), line.width() - 20 - taken, 18), line, towards)
        painter.setLayoutDirection(towards)
        draw_line(painter, room, words, font(12), theme.color("text2"), leading(towards))

    @staticmethod
    def _foot(painter: QPainter, box: QRect, towards: Qt.LayoutDirection, row: QuoteRow, top: int) -> None:
        theme = Theme.current()
        line = _line(box, towards, top, PILL_HEIGHT)
        taken = 0
        if row.cases:
            cases = ", ".join(isolate(case.name) for case, _ in row.cases)
            width = min(text_width(cases, font(12)), line.width() // 2)
            room = QRect(line.right() - width, line.y(), width + 1, line.height())
            draw_line(
                painter,
                mirrored(room, line, towards),
                cases,
                font(12),
                theme.color("text2"),
                trailing(towards),
            )
            sign = QRect(line.right() - width - 21, line.y() + 2, 15, 15)
            draw_icon(painter, "briefcase", mirrored(sign, line, towards), theme.color("text2"))
            taken = width + 32
        if row.quote.note:
            sign = QRect(line.right() - taken - 15, line.y() + 2, 15, 15)
            draw_icon(painter, "note", mirrored(sign, line, towards), theme.color("text2"))
            taken += 26
        room = mirrored(QRect(line.x(), line.y(), line.width() - taken, line.height()), line, towards)
        draw_pills(painter, room, [(tag.name, hue_of(tag.colour, tag.id)) for tag in row.tags], towards)


def _line(box: QRect, towards: Qt.LayoutDirection, top: int, height: int) -> QRect:
    line = QRect(box.x() + START, box.y() + top, box.width() - START - END, height)
    return mirrored(line, box, towards)
