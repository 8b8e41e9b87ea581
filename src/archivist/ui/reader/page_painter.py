"""Paints one page: paper, picture, quotes, hits, selection. All is there before: nothing is waited for.

Marks are multiplied with the picture, so that black words stay black; paper stays white in the dark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from archivist.model.page_lines import Rect
from archivist.ui.reader.page_cache import Painting
from archivist.ui.reader.page_marks import HitMark, QuoteMark
from archivist.ui.theme import HUES, LIGHT, PAPER, Theme

RADIUS = 2.5
BESIDE = 1.5  # how much wider than its words a mark is, at each side
OUTLINE = 1.4
SELECTION_ALPHA = 70
CARET_WIDTH = 2.0
DEFAULT_HUE = "amber"
NUMBER_SIZE = 22
SENTENCE_SIZE = 13
SENTENCE_MARGIN = 24.0


@dataclass(frozen=True, slots=True)
class PageSheet:
    """A page to be painted: where on the widget, what of it can be seen, pixels per point, and its marks."""

    place: QRectF
    seen: QRectF
    scale: float
    label: str
    whole: Painting | None = None
    area: Painting | None = None
    failure: str = ""
    quotes: Sequence[QuoteMark] = ()
    hits: Sequence[HitMark] = ()
    selected: Sequence[Rect] = ()


class PagePainter:
    """Paints with the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(self, painter: QPainter, sheet: PageSheet, anew: QRectF) -> None:
        """`anew` is the part of the widget that has to be painted."""
        self._paper(painter, sheet)
        painter.save()
        painter.setClipRect(sheet.place.intersected(anew))
        if sheet.whole or sheet.area:
            _picture(painter, sheet)
        else:
            self._stand_in(painter, sheet)
        self._marks(painter, sheet, anew)
        painter.restore()

    def caret(self, painter: QPainter, place: QRectF) -> None:
        thin = place.width() < place.height()
        width, height = (CARET_WIDTH, place.height()) if thin else (place.width(), CARET_WIDTH)
        painter.fillRect(QRectF(place.x(), place.y(), width, height), QColor(LIGHT["text"]))

    def _paper(self, painter: QPainter, sheet: PageSheet) -> None:
        painter.setPen(QPen(self._theme.color("border2"), 1))
        painter.setBrush(QColor(PAPER))
        painter.drawRect(sheet.place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _stand_in(self, painter: QPainter, sheet: PageSheet) -> None:
        """The number of a page that is not there yet, or why it cannot be."""
        font = QFont(painter.font())
        font.setPixelSize(SENTENCE_SIZE if sheet.failure else NUMBER_SIZE)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT["text2"] if sheet.failure else LIGHT["text3"]))
        room = sheet.seen.adjusted(SENTENCE_MARGIN, SENTENCE_MARGIN, -SENTENCE_MARGIN, -SENTENCE_MARGIN)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, sheet.failure or sheet.label)

    def _marks(self, painter: QPainter, sheet: PageSheet, anew: QRectF) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for quote in sheet.quotes:
            painter.fillPath(_shape(sheet, quote.rects, anew), self._theme.paper(_hue(quote)))
        for hit in sheet.hits:
            painter.fillPath(_shape(sheet, hit.rects, anew), _hit_colour(self._theme, hit))
        if sheet.selected:
            colour = QColor(LIGHT["accent"])
            colour.setAlpha(SELECTION_ALPHA)
            painter.fillPath(_blocks(sheet, sheet.selected, anew), colour)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for quote in sheet.quotes:
            if quote.is_active:
                ink = QColor(HUES[_hue(quote)][1])
                painter.strokePath(_shape(sheet, quote.rects, anew).simplified(), QPen(ink, OUTLINE))


def on_widget(place: QRectF, scale: float, rect: Rect) -> QRectF:
    """A rectangle of a page on the widget."""
    return QRectF(
        place.x() + rect.left * scale,
        place.y() + rect.top * scale,
        (rect.right - rect.left) * scale,
        (rect.bottom - rect.top) * scale,
    )


def _picture(painter: QPainter, sheet: PageSheet) -> None:
    """The whole page, scaled until the sharp one is there, and the sharp part over it at high zoom."""
    if sheet.whole:
        _draw(painter, sheet.whole.image, sheet.place)
    if sheet.area and sheet.area.area:
        area, zoomed = sheet.area.area, sheet.scale / sheet.area.scale
        corner = sheet.place.topLeft() + QPointF(area.left * zoomed, area.top * zoomed)
        _draw(painter, sheet.area.image, QRectF(corner, QSizeF(area.width * zoomed, area.height * zoomed)))


def _draw(painter: QPainter, image: QImage, place: QRectF) -> None:
    """A picture of the right size is drawn pixel by pixel: sharp, and quick."""
    size = image.deviceIndependentSize()
    is_sharp = abs(size.width() - place.width()) < 1 and abs(size.height() - place.height()) < 1
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_sharp)
    if is_sharp:
        painter.drawImage(place.topLeft(), image)
    else:
        painter.drawImage(place, image)


def _hue(quote: QuoteMark) -> str:
    return quote.hue if quote.hue in HUES else DEFAULT_HUE


def _hit_colour(theme: Theme, hit: HitMark) -> QColor:
    return theme.paper("amber").darker(112) if hit.is_current else QColor(LIGHT["hit"])


def _shape(sheet: PageSheet, rects: Iterable[Rect], anew: QRectF) -> QPainterPath:
    """Rounded, a little wider than the words; one path, so that lines that touch are not painted twice."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for rect in rects:
        place = on_widget(sheet.place, sheet.scale, rect)
        lies = place.width() >= place.height()
        wider = place.adjusted(-BESIDE, 0, BESIDE, 0) if lies else place.adjusted(0, -BESIDE, 0, BESIDE)
        if wider.intersects(anew):
            path.addRoundedRect(
                QRectF(wider.toRect()), RADIUS, RADIUS
            )  # on whole pixels: its edges are crisp
    return path


def _blocks(sheet: PageSheet, rects: Iterable[Rect], anew: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for rect in rects:
        place = on_widget(sheet.place, sheet.scale, rect)
        if place.intersects(anew):
            path.addRect(QRectF(place.toRect()))
    return path
