"""What the styles say of one block: its paragraphs or cells, and the runs within it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import islice

from archivist.model.styles import LONGEST_RUN, Block, BlockKind, Run, RunKind, StyledText
from archivist.ui.reader.text_lines import CELL_END

PLAIN = Block(0, 0)
_NEAR = 400
MOST_RUNS_SHOWN = 2_000  # in one block; more says only a hostile answer


class Looks:
    """The styles of one text, sought by place."""

    def __init__(self, styles: StyledText | None = None, captions: Mapping[int, str] | None = None) -> None:
        self.captions = captions or {}
        """What is said above a place though it is not in the text: the label of a page, “Comments”."""
        self._blocks = styles.blocks if styles else ()
        self._starts = [block.start for block in self._blocks]
        self._runs = styles.runs if styles else ()
        self._run_starts = [run.start for run in self._runs]
        self.has_cells = any(block.cell for block in self._blocks)
        self.is_plain = not self._blocks and not self._runs

    def blocks_in(self, start: int, end: int) -> tuple[Block, ...]:
        """Those with a part in `text[start:end]`."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self._blocks[first].end <= start:
            first += 1
        return self._blocks[first : bisect_left(self._starts, end, lo=first)]

    def block_of(self, start: int, end: int) -> Block:
        """What a line or a part of it is; a plain paragraph where nothing is said of it."""
        found = self.blocks_in(start, max(end, start + 1))
        return found[0] if found else PLAIN

    def before(self, block: Block) -> Block:
        """The one before it, if anything is said of one."""
        at = bisect_left(self._starts, block.start)
        return self._blocks[at - 1] if at else PLAIN

    def after(self, block: Block) -> Block:
        at = bisect_right(self._starts, block.start)
        return self._blocks[at] if at < len(self._blocks) else PLAIN

    def runs_in(self, start: int, end: int) -> list[Run]:
        first = bisect_left(self._run_starts, start - LONGEST_RUN)
        last = bisect_left(self._run_starts, end)
        overlapping = (run for run in self._runs[first:last] if run.end > start)
        return list(islice(overlapping, MOST_RUNS_SHOWN))

    def link_at(self, offset: int) -> str:
        """The address of the link whose words stand there, or none."""
        links = (run for run in self.runs_in(offset, offset + 1) if run.kind is RunKind.LINK)
        return next((run.address for run in links), "")

    def shown(self, line: str, start: int) -> str:
        """A row of a table: what parts two cells is shown as the end of the first, letter for letter."""
        cells = [block for block in self.blocks_in(start, start + len(line)) if block.cell]
        if not cells or "\t" not in line:
            return line
        shown = list(line)
        kept = {place for cell in cells for place in range(cell.start - start, cell.end - start)}
        for place, letter in enumerate(line):
            if letter == "\t" and place not in kept:
                shown[place] = CELL_END
        return "".join(shown)

    def table_of(self, block: Block) -> tuple[Block, ...]:
        """Cells of the same table, near enough to tell how wide its columns should be."""
        cell = block.cell
        if cell is None:
            return ()
        at = bisect_left(self._starts, block.start)
        near = self._blocks[max(at - _NEAR, 0) : at + _NEAR]
        return tuple(other for other in near if other.cell and other.cell.table == cell.table)

    def headings(self) -> list[Block]:
        return [block for block in self._blocks if block.kind is BlockKind.HEADING]
