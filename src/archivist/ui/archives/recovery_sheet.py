"""The recovery sheet: its words, on paper and in a file."""

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from archivist.ui.theme import LIGHT, PAPER_TEXT
from archivist.ui.words import day_words, tr

_SERIF = ("Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Noto Serif Tibetan", "DejaVu Serif")
_MONO = ("Noto Sans Mono", "DejaVu Sans Mono")
_GREY = LIGHT["text2"]  # paper is white in every theme


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on it. The code is shown once and kept nowhere."""

    name: str
    day: date
    code: str = field(repr=False)

    @property
    def groups(self) -> list[str]:
        return self.code.split("-")


def sentences() -> list[str]:
    """What whoever holds the sheet has to know."""
    return [
        tr(
            "RecoverySheet",
            "This code opens the archive in place of its passphrase. Whoever has both this page and the"
            " archive can read all of it.",
        ),
        tr(
            "RecoverySheet",
            "To use it, choose the archive in Archivist, then “Use the recovery code”. Capital or small"
            " letters, spaces and hyphens make no difference. The letters I, L, O and U are never used:"
            " what looks like one of them is a digit.",
        ),
        tr(
            "RecoverySheet",
            "Keep this page with somebody you trust, never in the bag with the computer. Nobody can make it"
            " again: not you, not us, not an expert.",
        ),
    ]


def as_text(sheet: RecoverySheet) -> str:
    """The sheet as a plain file."""
    lines = [
        tr("RecoverySheet", "Recovery sheet"),
        f"{sheet.name} · {day_words(sheet.day)}",
        "",
        "    " + " - ".join(sheet.groups[:4]) + " -",
        "    " + " - ".join(sheet.groups[4:]),
        "",
        *("\n".join([_wrapped(sentence), ""]) for sentence in sentences()),
        f"{tr('RecoverySheet', 'kept by')} ______________________________",
        "",
    ]
    return "\n".join(lines)


def paint(painter: QPainter, page: QRectF, sheet: RecoverySheet) -> None:
    """Paint the sheet onto a page, in points."""
    pen = _Pen(painter, page.adjusted(36, 36, -36, -36))
    pen.write(tr("RecoverySheet", "Recovery sheet"), _face(_SERIF, 24, bold=True))
    pen.write(f"{sheet.name} · {day_words(sheet.day)}", _face(_SERIF, 13), grey=True)
    pen.rule(14)
    for line in (sheet.groups[:4], sheet.groups[4:]):
        pen.boxes(line, _face(_MONO, 22, bold=True))
    pen.skip(20)
    for sentence in sentences():
        pen.write(sentence, _face(_SERIF, 12))
        pen.skip(9)
    pen.skip(36)
    pen.blank(tr("RecoverySheet", "kept by"), _face(_SERIF, 11))


def _wrapped(text: str, width: int = 76) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def _face(families: tuple[str, ...], points: float, *, bold: bool = False) -> QFont:
    """Sized in units of the page, whatever the resolution of the printer."""
    face = QFont()
    face.setFamilies(list(families))
    face.setPixelSize(round(points))
    face.setBold(bold)
    return face


class _Pen:
    """Writes down a page, from the top to the bottom."""

    def __init__(self, painter: QPainter, room: QRectF) -> None:
        self._painter, self._room = painter, room
        self._y = room.top()

    def skip(self, height: float) -> None:
        self._y += height

    def write(self, text: str, face: QFont, *, grey: bool = False) -> None:
        self._painter.setFont(face)
        self._painter.setPen(QColor(_GREY if grey else PAPER_TEXT))
        place = QRectF(self._room.left(), self._y, self._room.width(), self._room.bottom() - self._y)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading
        taken = self._painter.boundingRect(place, flags, text)
        self._painter.drawText(place, flags, text)
        self._y += taken.height() + 3

    def rule(self, around: float) -> None:
        self._y += around
        self._painter.setPen(QPen(QColor(_GREY), 0.7))
        self._painter.drawLine(QPointF(self._room.left(), self._y), QPointF(self._room.right(), self._y))
        self._y += around + 6

    def boxes(self, groups: list[str], face: QFont) -> None:
        """Letters read from left to right, whatever the language of the page."""
        width, height, gap = (self._room.width() - 3 * 12) / 4, 46.0, 12.0
        self._painter.setFont(face)
        for at, group in enumerate(groups):
            box = QRectF(self._room.left() + at * (width + gap), self._y, width, height)
            self._painter.setPen(QPen(QColor(_GREY), 0.7))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRoundedRect(box, 5, 5)
            self._painter.setPen(QColor(PAPER_TEXT))
            self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, group)
        self._y += height + gap

    def blank(self, words: str, face: QFont) -> None:
        """A line to write a name on."""
        self._painter.setFont(face)
        self._painter.setPen(QColor(_GREY))
        line = QRectF(self._room.left(), self._y, 200, 16)
        self._painter.drawLine(line.bottomLeft(), line.bottomRight())
        self._painter.drawText(
            QRectF(line.right() + 10, self._y + 4, 200, 16), Qt.AlignmentFlag.AlignLeft, words
        )
