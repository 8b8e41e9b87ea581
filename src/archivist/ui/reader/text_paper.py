"""Paints the page: the sheet on its canvas, and around each block's letters what stands beside them."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter

from archivist.model.styles import BlockKind
from archivist.ui.reader.text_setting import CAPTION_HEIGHT, QUOTE_INDENT, Setting
from archivist.ui.reader.text_sheet import CANVAS, Shown
from archivist.ui.theme import LIGHT, PAPER, Theme
from archivist.ui.widgets.painting import draw_line, font, leading

_BAR = 3.0
_MARK_GAP = 0.55


def paint_paper(painter: QPainter, clip: QRectF, layout: Shown) -> None:
    """White in the dark too: paper is what the original stood on."""
    theme = Theme.current()
    painter.fillRect(clip, theme.color("canvas"))
    sheet = layout.sheet
    page = QRectF(sheet.left, CANVAS, sheet.width, layout.documentSize().height() - 2 * CANVAS)
    painter.fillRect(page, QColor(PAPER))
    if not theme.is_dark:
        painter.setPen(theme.color("border2"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page.adjusted(-0.5, -0.5, 0.5, 0.5))


def paint_setting(painter: QPainter, layout: Shown, number: int, clip: QRectF) -> None:
    setting = layout.setting(number)
    top = layout.top(number)
    around = QRectF(layout.sheet.text_left, top, layout.sheet.text_width, setting.height)
    if setting.caption:
        _paint_caption(painter, setting.caption, around)
        around.setTop(top + CAPTION_HEIGHT)
    if setting.look.kind is BlockKind.PREFORMATTED:
        ground = _led(around, setting.look.quoted * QUOTE_INDENT * setting.body, is_rtl=setting.is_rtl)
        painter.fillRect(ground, QColor(LIGHT["sidebar"]))
    for depth in range(setting.look.quoted):
        led = _led(around, depth * QUOTE_INDENT * setting.body, is_rtl=setting.is_rtl)
        painter.fillRect(_edge(led, _BAR, is_rtl=setting.is_rtl), QColor(LIGHT["border2"]))
    if setting.is_row_start:
        _paint_rule(painter, around, around.top())
    if setting.is_table_end:
        _paint_rule(painter, around, around.bottom() - 1)
    if setting.mark:
        _paint_mark(painter, layout.mark_font(setting), setting, around, top + setting.mark_base)
    layout.words(number).draw(painter, QPointF(0, top), [], clip)


def _paint_caption(painter: QPainter, caption: str, around: QRectF) -> None:
    """The window's own words above a part of the text, and a line that says that something else begins."""
    place = QRect(round(around.left()), round(around.top()) + 8, round(around.width()), 20)
    painter.fillRect(QRectF(around.left(), place.top(), around.width(), 1), QColor(LIGHT["border2"]))
    towards = QGuiApplication.layoutDirection()
    draw_line(painter, place, caption, font(11, 600), QColor(LIGHT["text2"]), leading(towards))


def _paint_rule(painter: QPainter, around: QRectF, y: float) -> None:
    painter.fillRect(QRectF(around.left(), y, around.width(), 1), QColor(LIGHT["border2"]))


def _paint_mark(painter: QPainter, face: QFont, setting: Setting, around: QRectF, base: float) -> None:
    """The dot or number of an item, before its first line; it is not in the text and cannot be selected."""
    width = QFontMetricsF(face).horizontalAdvance(setting.mark)
    gap = _MARK_GAP * setting.body
    x = around.right() - setting.lead + gap if setting.is_rtl else around.left() + setting.lead - gap - width
    painter.setFont(face)
    painter.setPen(QColor(LIGHT["text2"]))
    painter.drawText(QPointF(x, base), setting.mark)


def _led(around: QRectF, lead: float, *, is_rtl: bool) -> QRectF:
    """Without so much of its leading side."""
    return around.adjusted(0, 0, -lead, 0) if is_rtl else around.adjusted(lead, 0, 0, 0)


def _edge(around: QRectF, width: float, *, is_rtl: bool) -> QRectF:
    left = around.right() - width if is_rtl else around.left()
    return QRectF(left, around.top(), width, around.height())
