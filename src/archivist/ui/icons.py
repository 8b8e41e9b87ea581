"""Icons of the Phosphor set, by name, in a colour of the theme of the moment."""

from functools import cache
from typing import Any

import qtawesome
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPixmap

from archivist.model.document import DocumentKind
from archivist.ui.theme import HUES, Theme

# What a kind of document looks like: icon and hue.
KIND_ICONS = {
    DocumentKind.PDF: ("file-text", "rose"),
    DocumentKind.DOCX: ("article", "sky"),
    DocumentKind.HTML: ("globe", "teal"),
    DocumentKind.TEXT: ("text-align-left", "slate"),
    DocumentKind.MARKDOWN: ("hash-straight", "slate"),
    DocumentKind.OTHER: ("file", "slate"),
}


@cache
def _character(name: str) -> str:
    return str(qtawesome.charmap(f"ph.{name}"))


@cache
def _font(pixels: int) -> QFont:
    font: QFont = qtawesome.font("ph", pixels)
    font.setPixelSize(pixels)
    return font


def icon(name: str, ink: str = "text2", *, on: str = "") -> QIcon:
    """The icon `name`, painted in a token or hue, in `on` where it is checked; follows the theme."""
    _character(name)  # a name that the set lacks is found here, not when it is painted
    return QIcon(_Glyph(name, ink, on or ink))


def pixmap(name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """A picture of an icon, `size` logical pixels wide."""
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        _draw(painter, name, QRectF(0, 0, side, side), color)
    picture.setDevicePixelRatio(ratio)
    return picture


def dot(color: QColor, ratio: float = 1.0) -> QPixmap:
    """The small filled square that stands for a colour beside a name, 10 logical pixels wide."""
    side = round(10 * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(0, 0, side, side), 3 * ratio, 3 * ratio)
    picture.setDevicePixelRatio(ratio)
    return picture


def draw_icon(painter: QPainter, name: str, rect: QRectF | QRect, color: QColor) -> None:
    """Paint an icon as tall as `rect` into its middle."""
    painter.save()
    _draw(painter, name, QRectF(rect), color)
    painter.restore()


def _draw(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    side = round(min(rect.width(), rect.height()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(_font(side))
    painter.setPen(color)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QPointF(rect.center()))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _character(name))


class _Glyph(QIconEngine):
    """Asks for its colour whenever it is painted, so that a change of theme needs no new icons."""

    def __init__(self, name: str, ink: str, on: str) -> None:
        super().__init__()
        self._name, self._ink, self._on = name, ink, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw_icon(painter, self._name, rect, self._color(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return picture

    def clone(self) -> Any:
        return _Glyph(self._name, self._ink, self._on)

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        theme = Theme.current()
        ink = self._on if state is QIcon.State.On else self._ink
        if mode is QIcon.Mode.Disabled and ink == "accentText":
            ink = "text3"  # the button is not filled then
        color = theme.ink(ink) if ink in HUES else theme.color(ink)
        if mode is QIcon.Mode.Disabled:
            color.setAlphaF(0.4)
        return color
