"""What delegates paint with: fonts, pills, tiles, lines of any script, and mirrored rectangles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from archivist.model.document import DocumentKind
from archivist.model.text import to_utf16
from archivist.model.writing import Direction, direction
from archivist.ui.icons import KIND_ICONS, draw_icon
from archivist.ui.theme import Theme, interface_font

PILL_HEIGHT = 19
PILL_GAP = 5
_FEWEST = 200
_TALL = ("\u0f00", "\u0fff"), ("\u0600", "\u08ff"), ("\u1000", "\u109f")

_ONE_LINE = {ord("\n"): " ", ord("\t"): " "}  # as many as before: marks keep their places


@lru_cache(maxsize=64)
def font(pixels: int, weight: int = 400) -> QFont:
    """The interface face in a size of the design: 11, 12, 13, 14, 15, 17, 20, 34."""
    made = interface_font()
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made


def mirrored(rect: QRect | QRectF, within: QRect, towards: Qt.LayoutDirection) -> QRect:
    """A rectangle laid out for left to right, where it belongs in that direction."""
    return QStyle.visualRect(towards, within, rect.toRect() if isinstance(rect, QRectF) else rect)


def leading(towards: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """Alignment at the side where reading begins, for `drawText`."""
    is_rtl = towards is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def trailing(towards: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    is_rtl = towards is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignLeft if is_rtl else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def draw_line(
    painter: QPainter, rect: QRect, text: str, face: QFont, color: QColor, align: Qt.AlignmentFlag
) -> None:
    """One line, cut short with an ellipsis where it does not fit; mixed scripts keep their own direction."""
    painter.setFont(face)
    painter.setPen(color)
    shown = QFontMetricsF(face).elidedText(
        _bounded(text, rect.width()), Qt.TextElideMode.ElideRight, rect.width()
    )
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)


def _bounded(text: str, pixels: int) -> str:
    """No more letters than pixels: a quote may be a whole book, and laying all of it out takes a second."""
    return text[: max(pixels, _FEWEST)]


def text_width(text: str, face: QFont) -> int:
    return int(QFontMetricsF(face).horizontalAdvance(text)) + 1


def rounded(painter: QPainter, rect: QRect | QRectF, radius: float, ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def pill_width(text: str) -> int:
    return text_width(text, font(11, 500)) + 16


def draw_pill(painter: QPainter, rect: QRect, text: str, hue: str) -> None:
    theme = Theme.current()
    rounded(painter, rect, rect.height() / 2, theme.soft(hue))
    painter.setFont(font(11, 500))
    painter.setPen(theme.ink(hue))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)


def fitting_pills(pills: Sequence[tuple[str, str]], room: int) -> list[tuple[str, str]]:
    """As many pills (words, hue) as there is room for; a number stands for those that did not fit."""
    shown: list[tuple[str, str]] = []
    taken = 0
    for at, (text, hue) in enumerate(pills):
        rest = len(pills) - at
        width = pill_width(text)
        if width > room - taken - (34 if rest > 1 else 0):
            return [*shown, (f"+{rest}", "slate")] if room - taken >= 30 else shown
        shown.append((text, hue))
        taken += width + PILL_GAP
    return shown


def pills_width(pills: Sequence[tuple[str, str]]) -> int:
    return sum(pill_width(text) + PILL_GAP for text, _ in pills)


def draw_pills(
    painter: QPainter, line: QRect, pills: Sequence[tuple[str, str]], towards: Qt.LayoutDirection
) -> int:
    """Pills from the side where reading begins, as many as fit; answers the width taken."""
    taken = 0
    for text, hue in fitting_pills(pills, line.width()):
        box = QRect(line.x() + taken, line.y(), pill_width(text), PILL_HEIGHT)
        draw_pill(painter, mirrored(box, line, towards), text, hue)
        taken += box.width() + PILL_GAP
    return taken


def draw_kind_tile(painter: QPainter, rect: QRect, kind: DocumentKind) -> None:
    """The tile of a kind of document: 28 px in lists, 24 in tables."""
    name, hue = KIND_ICONS[kind]
    theme = Theme.current()
    rounded(painter, rect, 6, theme.soft(hue))
    side = 16 if rect.width() >= 28 else 14
    box = QRect(0, 0, side, side)
    box.moveCenter(rect.center())
    draw_icon(painter, name, box, theme.ink(hue))


def is_tall(text: str) -> bool:
    """Whether a line of it needs the height of Tibetan, Arabic or Burmese."""
    return any(first <= character <= last for character in text[:400] for first, last in _TALL)


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of text, laid out; heights are fixed, so that fallback faces shift no row."""

    layout: QTextLayout
    height: int
    marks: tuple[tuple[int, int], ...]
    line_height: int
    is_rtl: bool

    def draw(self, painter: QPainter, at: QPointF, color: QColor, mark: QColor | None = None) -> None:
        """Marked words get `mark` behind them, painted from where they stand."""
        if mark:
            for rect in self._marked():
                rounded(painter, rect.translated(at), 2.5, mark)
        painter.setPen(color)
        self.layout.draw(painter, at)

    def _marked(self) -> list[QRectF]:
        found = []
        for index in range(self.layout.lineCount()):
            line = self.layout.lineAt(index)
            first, last = line.textStart(), line.textStart() + line.textLength()
            for start, end in self.marks:
                begin, stop = max(start, first), min(end, last)
                if begin < stop:
                    one, other = line.cursorToX(begin), line.cursorToX(stop)
                    left, right = sorted((_x(one), _x(other)))
                    found.append(
                        QRectF(
                            self.layout.position().x() + left - 1.5,
                            line.y() + 1,
                            right - left + 3,
                            self.line_height - 2,
                        )
                    )
        return found


def _x(position: object) -> float:
    return float(position[0]) if isinstance(position, tuple) else float(position)  # type: ignore[arg-type]  # the binding answers a pair


def lay_out(
    text: str,
    face: QFont,
    width: int,
    most: int,
    *,
    marks: Sequence[tuple[int, int]] = (),
    bold_marks: bool = True,
) -> Lines:
    """At most `most` lines of `text`, the last cut short; `marks` are spans in code points.

    Passages follow their own first strong letter, not the interface.
    """
    text = _bounded(text, most * width).translate(_ONE_LINE)
    is_rtl = direction(text) is Direction.RTL
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
    side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    units = tuple((to_utf16(text, start), to_utf16(text, end)) for start, end in marks)
    line_height = round(face.pixelSize() * (1.85 if is_tall(text) else 1.45))
    layout = _broken(text, face, option, units if bold_marks else ())
    count = _place(layout, width, most, line_height)
    last = layout.lineAt(count - 1) if count else None
    if last is not None and last.textStart() + last.textLength() < to_utf16(text, len(text)):
        cut = _cut_short(text, face, width, last.textStart())
        layout = _broken(cut, face, option, units if bold_marks else ())
        count = _place(layout, width, most, line_height)
    return Lines(layout, count * line_height, units, line_height, is_rtl)


def _broken(text: str, face: QFont, option: QTextOption, bold: Sequence[tuple[int, int]]) -> QTextLayout:
    layout = QTextLayout(text, face)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    formats = []
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.DemiBold)
    for start, end in bold:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, end - start, strong
        formats.append(part)
    layout.setFormats(formats)
    return layout


def _place(layout: QTextLayout, width: int, most: int, line_height: int) -> int:
    layout.beginLayout()
    count = 0
    while count < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        # Every line stands at the same height in its slot, whatever face it took.
        line.setPosition(QPointF(0, count * line_height + (line_height - line.height()) / 2))
        count += 1
    layout.endLayout()
    return count


def _cut_short(text: str, face: QFont, width: int, start_units: int) -> str:
    encoded = text.encode("utf-16-le")
    before = encoded[: 2 * start_units].decode("utf-16-le")
    last = encoded[2 * start_units :].decode("utf-16-le", "ignore")
    shown = QFontMetricsF(face).elidedText(last, Qt.TextElideMode.ElideRight, max(20, width - 14))
    return before + shown
