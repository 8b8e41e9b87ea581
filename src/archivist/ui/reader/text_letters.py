"""The letters of a block: their face, size and colour, and what stands out among them."""

from collections.abc import Iterator

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextFormat, QTextLayout

from archivist.model.styles import Block, BlockKind, Run, RunKind
from archivist.ui.reader.text_faces import families
from archivist.ui.reader.text_lines import TextLines
from archivist.ui.reader.text_looks import Looks
from archivist.ui.theme import HUES, PAPER_TEXT

NOMINAL = 18
"""Pixels of a letter's body at 100 %."""

CODE_SIZE = 0.88
_LINK = HUES["sky"][1]
_BOLD = frozenset({RunKind.BOLD})
_NOTHING: frozenset[RunKind] = frozenset()


class Letters:
    """Formats of one text; those that are equal are made once."""

    def __init__(self, lines: TextLines, looks: Looks, language: str) -> None:
        self._lines, self._looks = lines, looks
        self._serif = families(lines.text, language)
        self._mono = families(lines.text, language, mono=True)
        self._formats: dict[tuple[float, frozenset[RunKind], bool], QTextCharFormat] = {}

    def forget(self) -> None:
        self._formats.clear()

    def font(self, size: float, *, is_bold: bool = False) -> QFont:
        return self._format(size, _BOLD if is_bold else _NOTHING, is_mono=False).font()

    def ranges(self, number: int, look: Block, size: float) -> list[QTextLayout.FormatRange]:
        """The letters of the whole block, then what stands out in it; the last that says something holds."""
        start, end = self._lines.span(number)
        is_bold = look.kind is BlockKind.HEADING or bool(look.cell and look.cell.is_head)
        base = _BOLD if is_bold else _NOTHING
        is_mono = look.kind is BlockKind.PREFORMATTED
        length = self._lines.within(number, end)
        ranges = [_range(0, length, self._format(size, base, is_mono=is_mono))]
        runs = self._looks.runs_in(start, end)
        for first, last, kinds in _parted(runs, start, end):
            at = self._lines.within(number, first)
            shape = self._format(size, base | kinds, is_mono=is_mono)
            ranges.append(_range(at, self._lines.within(number, last) - at, shape))
        return ranges

    def _format(self, size: float, kinds: frozenset[RunKind], *, is_mono: bool) -> QTextCharFormat:
        key = (size, kinds, is_mono)
        if key not in self._formats:
            self._formats[key] = self._new_format(size, kinds, is_mono=is_mono)
        return self._formats[key]

    def _new_format(self, size: float, kinds: frozenset[RunKind], *, is_mono: bool) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setFontFamilies(self._mono if is_mono or RunKind.CODE in kinds else self._serif)
        if RunKind.RAISED in kinds or RunKind.LOWERED in kinds:
            above = RunKind.RAISED in kinds
            align = QTextCharFormat.VerticalAlignment
            shape.setVerticalAlignment(align.AlignSuperScript if above else align.AlignSubScript)
        if RunKind.CODE in kinds:
            size *= CODE_SIZE
        shape.setProperty(QTextFormat.Property.FontPixelSize, max(round(size), 1))
        shape.setForeground(QColor(_LINK if RunKind.LINK in kinds else PAPER_TEXT))
        shape.setFontWeight(QFont.Weight.Bold if RunKind.BOLD in kinds else QFont.Weight.Normal)
        shape.setFontItalic(RunKind.ITALIC in kinds)
        shape.setFontUnderline(RunKind.UNDERLINE in kinds or RunKind.LINK in kinds)
        shape.setFontStrikeOut(RunKind.STRUCK in kinds)
        return shape


def _range(start: int, length: int, shape: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, shape
    return made


def _parted(runs: list[Run], start: int, end: int) -> Iterator[tuple[int, int, frozenset[RunKind]]]:
    """Stretches within which the same runs hold."""
    if not runs:
        return
    borders: dict[int, list[tuple[int, RunKind]]] = {}
    for run in runs:
        borders.setdefault(max(run.start, start), []).append((1, run.kind))
        borders.setdefault(min(run.end, end), []).append((-1, run.kind))
    counts = dict.fromkeys(RunKind, 0)
    places = sorted(borders)
    for place, following in zip(places, [*places[1:], end], strict=True):
        for change, kind in borders[place]:
            counts[kind] += change
        kinds = frozenset(kind for kind, count in counts.items() if count)
        if kinds and following > place:
            yield place, following, kinds
