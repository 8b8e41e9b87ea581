"""Sets one block: its letters, lines and indents, and for a row of a table its cells side by side."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextLine, QTextOption

from archivist.model.styles import Block, BlockKind
from archivist.model.writing import Direction, direction
from archivist.ui.reader.text_faces import Face, face_of
from archivist.ui.reader.text_letters import NOMINAL, Letters
from archivist.ui.reader.text_lines import CELL_END, TextLines
from archivist.ui.reader.text_looks import PLAIN, Looks
from archivist.ui.reader.text_tables import Column, columns

HEADING_SIZES = (1.5, 1.28, 1.14, 1.0, 1.0, 1.0)
HEADING_LEADING = 0.84  # of that of running words: large letters stand closer
INDENT = 1.6
QUOTE_INDENT = 1.2
BLANK = 0.55  # of a line, where it parts paragraphs
BLANK_IN_PLAIN_TEXT = 0.8
ROW_GAP = 0.35
CAPTION_HEIGHT = 34.0  # pixels: a caption is the window's word and does not grow with the text

_SPACE_ABOVE = {BlockKind.HEADING: 0.45, BlockKind.ITEM: 0.12}
_SPACE_BELOW = {BlockKind.HEADING: 0.1}
_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


@dataclass(slots=True)
class Setting:
    """A block as it was set: places count down from its top, and from the left edge of the view.

    `size` is that of its letters, `body` that of running words; `lead` is how far it stands in from the
    leading edge; `step` is from line to line, `base` from the top of a line to its base, `mark_base`
    where the mark before it stands. `stretches` remembers where marked words stand, until it is set anew.
    """

    height: float
    look: Block
    face: Face
    size: float
    body: float
    is_rtl: bool
    is_row_start: bool = False
    is_table_end: bool = False
    lead: float = 0.0
    step: float = 0.0
    base: float = 0.0
    mark_base: float = 0.0
    mark: str = ""
    caption: str = ""
    stretches: dict[tuple[int, int], list[QRectF]] = field(default_factory=dict)


class Setter:
    """Knows the text, its styles, and how large and wide it is to be set."""

    def __init__(self, lines: TextLines, looks: Looks, language: str) -> None:
        self._lines, self._looks, self._language = lines, looks, language
        self._letters = Letters(lines, looks, language)
        self._tables: dict[int, tuple[Column, ...]] = {}
        self.size, self.left, self.width = float(NOMINAL), 0.0, 1.0

    def measure(self, size: float, left: float, width: float) -> None:
        """From now on: pixels of a letter, and where the lines begin and how long they are."""
        self.size, self.left, self.width = size, left, width
        self._tables.clear()
        self._letters.forget()

    @property
    def blank(self) -> float:
        return BLANK_IN_PLAIN_TEXT if self._looks.is_plain else BLANK

    def set(self, number: int, layout: QTextLayout) -> Setting:
        """Breaks the block's layout into lines; they stand where they are to be painted."""
        start, end = self._lines.span(number)
        words = self._lines.words(number)
        found = self._looks.blocks_in(start, end)
        look = found[0] if found else self._look_of_blank(start)
        setting = self._begun(number, look, words)
        setting.step, setting.base = self._step(setting)
        layout.setFormats(self._letters.ranges(number, setting.look, setting.size))
        layout.setTextOption(_option(is_rtl=setting.is_rtl))
        layout.beginLayout()
        if any(block.cell for block in found):
            self._set_row(number, layout, setting, found)
        else:
            self._set_lines(layout, setting, start)
        layout.endLayout()
        if not words and look is PLAIN:
            setting.height *= self.blank
        setting.height = float(ceil(setting.height))
        return setting

    def font(self, setting: Setting) -> QFont:
        """That of a mark before an item."""
        return self._letters.font(setting.size)

    def _look_of_blank(self, start: int) -> Block:
        """An empty line between two lines of one block belongs to it."""
        before, after = self._looks.blocks_in(start - 1, start), self._looks.blocks_in(start, start + 1)
        return before[0] if before and after and before[-1] is after[0] else PLAIN

    def _begun(self, number: int, look: Block, words: str) -> Setting:
        start = self._lines.line_start(number)
        line = words if start == self._lines.span(number)[0] else self._lines.text[start : start + 400]
        face = face_of(words)
        size = self.size * face.size
        if look.kind is BlockKind.HEADING:
            size *= HEADING_SIZES[look.level - 1]
        elif look.kind is BlockKind.PREFORMATTED:
            size *= 0.86
        is_first = start == look.start and start == self._lines.span(number)[0]
        return Setting(
            height=0.0,
            look=look,
            face=face,
            size=size,
            body=self.size,
            is_rtl=direction(line, self._language) is Direction.RTL,
            mark=look.mark if is_first else "",
            caption=self._looks.captions.get(self._lines.span(number)[0], ""),
        )

    def _lead(self, look: Block) -> float:
        """How far the words stand in from the leading edge."""
        lead = look.quoted * QUOTE_INDENT * self.size
        if look.kind is BlockKind.ITEM:
            lead += look.level * INDENT * self.size
        elif look.kind is BlockKind.PREFORMATTED:
            lead += 0.6 * self.size
        return min(lead, self.width / 2)

    def _set_lines(self, layout: QTextLayout, setting: Setting, start: int) -> None:
        """A paragraph: lines below each other, each as far from the next whatever faces stand in it."""
        look = setting.look
        setting.lead = lead = self._lead(look)
        left = self.left if setting.is_rtl else self.left + lead
        above = _SPACE_ABOVE.get(look.kind, 0.0) * self.size if start == look.start else 0.0
        above += CAPTION_HEIGHT if setting.caption else 0.0
        step, base = setting.step, setting.base
        setting.mark_base = above + base
        height = above
        for line in _lines_of(layout):
            line.setLineWidth(self.width - lead)
            line.setPosition(QPointF(left, height + base - line.ascent()))
            height += step
        setting.height = height + _SPACE_BELOW.get(look.kind, 0.0) * self.size

    def _step(self, setting: Setting) -> tuple[float, float]:
        """From line to line, and from the top of a line down to its base."""
        step = float(round(setting.face.leading * setting.size))
        if setting.look.kind is BlockKind.HEADING:
            step = float(round(step * HEADING_LEADING))
        measures = QFontMetricsF(self.font(setting))
        return step, (step - measures.ascent() - measures.descent()) / 2 + measures.ascent()

    def _set_row(self, number: int, layout: QTextLayout, setting: Setting, found: tuple[Block, ...]) -> None:
        """The lines of each cell below each other in their column; below each other too where none fits."""
        step, base = setting.step, setting.base
        gap = ROW_GAP * self.size
        setting.is_row_start = self._begins_row(found[0])
        setting.is_table_end = self._ends_table(found[-1])
        places = self._columns(found[0])
        borders, cells = self._cells(number, found)
        shared = (gap if setting.is_row_start else 0.0) + (CAPTION_HEIGHT if setting.caption else 0.0)
        depths = dict.fromkeys(range(len(borders)), shared)
        for line in _lines_of(layout):
            place = bisect_right(borders, line.textStart()) - 1
            cell = cells[place]
            column = places[cell.cell.column] if places and cell and cell.cell else None
            top = depths[place] if column else shared
            width = column.width if column else self.width
            left = column.offset if column else 0.0
            line.setLineWidth(width)
            x = self.left + (self.width - left - width if setting.is_rtl else left)
            line.setPosition(QPointF(x, top + base - line.ascent()))
            if cell and column:
                depths[place] = top + step
            elif cell:
                shared = top + step
        setting.height = max(shared, *depths.values()) + (gap if self._ends_row(found[-1]) else 0.0)

    def _cells(self, number: int, found: tuple[Block, ...]) -> tuple[list[int], list[Block | None]]:
        """Where in the row, in Qt's units, what stands between two cell ends begins, and which cell it is."""
        start, end = self._lines.span(number)
        words = self._looks.shown(self._lines.words(number), start)
        starts = [start, *(start + at + 1 for at, letter in enumerate(words) if letter == CELL_END)]
        cells: list[Block | None] = []
        for first, last in zip(starts, [*starts[1:], end + 1], strict=True):
            cells.append(next((block for block in found if first <= block.start < last), None))
        if cells[0] is None and found[0].start < start:
            cells[0] = found[0]
        return [self._lines.within(number, at) for at in starts], cells

    def _begins_row(self, first: Block) -> bool:
        cell, other = first.cell, self._looks.before(first).cell
        return not (cell and other and (cell.table, cell.row) == (other.table, other.row))

    def _ends_row(self, last: Block) -> bool:
        cell, other = last.cell, self._looks.after(last).cell
        return not (cell and other and (cell.table, cell.row) == (other.table, other.row))

    def _ends_table(self, last: Block) -> bool:
        cell, other = last.cell, self._looks.after(last).cell
        return not (cell and other and cell.table == other.table)

    def _columns(self, block: Block) -> tuple[Column, ...]:
        if block.cell is None:
            return ()
        table = block.cell.table
        if table not in self._tables:
            cells = self._looks.table_of(block)
            self._tables[table] = columns(cells, self._lines.text, self._width_of, self.size, self.width)
        return self._tables[table]

    def _width_of(self, words: str, is_bold: bool) -> float:
        letters = self._letters.font(self.size * face_of(words).size, is_bold=is_bold)
        return QFontMetricsF(letters).horizontalAdvance(words)


def _lines_of(layout: QTextLayout) -> Iterator[QTextLine]:
    while (line := layout.createLine()).isValid():
        yield line


def _option(*, is_rtl: bool) -> QTextOption:
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(_WRAP)
    return option
