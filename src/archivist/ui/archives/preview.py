"""What the recovery sheet will look like, before there is a code."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from archivist.ui.theme import LIGHT, PAPER, PAPER_TEXT, Theme
from archivist.ui.widgets.painting import rounded
from archivist.ui.words import day_words

_WIDTH, _HEIGHT, _EDGE = 256, 276, 6
_GROUPS, _DOTS = 4, 4


class SheetPreview(QWidget):
    """Paper is white in every theme. The code is dots: it does not exist yet."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._dimmed = "", False
        self.setFixedSize(_WIDTH + 2 * _EDGE, _HEIGHT + 2 * _EDGE)
        self.setAccessibleName(self.tr("A picture of the recovery sheet"))
        Theme.current().changed.connect(self.update)

    def show_name(self, name: str, *, dimmed: bool) -> None:
        self._name, self._dimmed = name, dimmed
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        paper = QRectF(_EDGE, _EDGE - 2, _WIDTH, _HEIGHT)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(0.35 if self._dimmed else 1.0)
            self._cast_shadow(painter, paper)
            rounded(painter, paper, 3, QColor(PAPER))
            painter.setPen(QColor(LIGHT["border2"]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(paper.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            self._write(painter, paper.adjusted(20, 20, -20, -20))

    @staticmethod
    def _cast_shadow(painter: QPainter, paper: QRectF) -> None:
        shade = QColor(LIGHT["shadow"])
        for spread in range(1, 6):
            shade.setAlpha(16 - 2 * spread)
            rounded(painter, paper.adjusted(-spread, -spread + 2, spread, spread + 2), 3 + spread, shade)

    def _write(self, painter: QPainter, room: QRectF) -> None:
        flag = Qt.AlignmentFlag.AlignLeading
        painter.setLayoutDirection(self.layoutDirection())
        painter.setPen(QColor(PAPER_TEXT))
        painter.setFont(_serif(13, bold=True))
        painter.drawText(room, flag, self.tr("Recovery sheet"))
        painter.setPen(QColor(LIGHT["text2"]))
        painter.setFont(_serif(11))
        words = f"{self._name or self.tr('Name of the archive')} · {day_words(date.today())}"  # noqa: DTZ011 - of here
        words = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room.adjusted(0, 20, 0, 0), flag, words)
        painter.fillRect(QRectF(room.left(), room.top() + 43, room.width(), 1), QColor(LIGHT["border"]))
        self._dots(painter, room.translated(0, 58))
        for at, part in enumerate((1.0, 0.94, 0.98, 0.55, 0.9, 0.6)):
            line = QRectF(room.left(), room.top() + 132 + at * 13, room.width() * part, 4)
            rounded(painter, self._mirrored(line, room), 2, QColor(LIGHT["border"]))
        end = room.bottom() - 6
        painter.fillRect(self._mirrored(QRectF(room.left(), end, 96, 1), room), QColor(LIGHT["control"]))
        painter.setPen(QColor(LIGHT["text2"]))
        painter.setFont(_serif(10))
        kept = self._mirrored(QRectF(room.left() + 104, end - 9, 110, 18), room)
        painter.drawText(kept, flag | Qt.AlignmentFlag.AlignVCenter, self.tr("kept by"))

    @staticmethod
    def _dots(painter: QPainter, room: QRectF) -> None:
        """Eight groups of four, as the code has."""
        gap, height = 7.0, 24.0
        width = (room.width() - (_GROUPS - 1) * gap) / _GROUPS
        for at in range(2 * _GROUPS):
            left = room.left() + (at % _GROUPS) * (width + gap)
            box = QRectF(left, room.top() + (at // _GROUPS) * (height + 8), width, height)
            rounded(painter, box, 4, QColor(LIGHT["sidebar"]))
            painter.setBrush(QColor(LIGHT["control"]))
            for dot in range(_DOTS):
                middle = box.center() + QPointF((dot - (_DOTS - 1) / 2) * 9, 0)
                painter.drawEllipse(middle, 2.2, 2.2)

    def _mirrored(self, rect: QRectF, room: QRectF) -> QRectF:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return rect
        return QRectF(room.left() + room.right() - rect.right(), rect.top(), rect.width(), rect.height())


def _serif(pixels: int, *, bold: bool = False) -> QFont:
    face = QFont()
    face.setFamilies(["Noto Serif", "DejaVu Serif"])
    face.setPixelSize(pixels)
    face.setBold(bold)
    return face
