"""The block walker that also notes how words looked; the text it makes is the other's, letter by letter."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from lxml import etree

from archivist.model.reading import one_line
from archivist.model.styles import (
    DEEPEST,
    LONGEST_ADDRESS,
    LONGEST_RUN,
    MOST_BLOCKS,
    MOST_COLUMNS,
    MOST_RUNS,
    Block,
    BlockKind,
    Cell,
    Run,
    RunKind,
)
from archivist.model.text import canonical
from archivist.workers.blocks import HEADINGS, Walker
from archivist.workers.list_marks import first_number, mark_of

_INLINE = {
    **dict.fromkeys(("b", "strong"), RunKind.BOLD),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), RunKind.ITALIC),
    **dict.fromkeys(("u", "ins"), RunKind.UNDERLINE),
    **dict.fromkeys(("s", "del", "strike"), RunKind.STRUCK),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), RunKind.CODE),
    "sup": RunKind.RAISED,
    "sub": RunKind.LOWERED,
}
_STYLED = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), RunKind.BOLD),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), RunKind.ITALIC),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*underline", re.IGNORECASE), RunKind.UNDERLINE),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE), RunKind.STRUCK),
)
_LONGEST_STYLE = 1_000
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_ITEMS = frozenset(("li", "dd"))
_CELLS = frozenset(("td", "th"))
_PLAIN = Block(0, 0)
MOST_BORDERS = 64
"""Where letters join across so many borders of runs in one line, the line stays plain."""


@dataclass(slots=True)
class _Open:
    """A run whose element has not ended; it goes on over the ends of lines."""

    element: etree._Element
    kind: RunKind
    start: int
    address: str


@dataclass(slots=True)
class _Table:
    """The cell that is being read."""

    number: int
    row: int = -1
    column: int = 0
    width: int = 0
    is_head: bool = False


@dataclass(slots=True)
class StyleWalker(Walker):
    """Notes blocks and runs beside the text."""

    found: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _closed: list[tuple[int, int, RunKind, str]] = field(default_factory=list)
    _lists: list[tuple[etree._Element, int]] = field(default_factory=list)
    _marks: list[str] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _table_count: int = 0
    _level: int = 0
    _quoted: int = 0

    def opened(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _LISTS:
            self._lists.append((element, first_number(element)))
        elif tag in _ITEMS:
            self._marks.append(self._next_mark(element) if tag == "li" else "")
        elif tag == "blockquote":
            self._quoted += 1
        elif tag in HEADINGS:
            self._level = int(tag[1])
        elif tag == "table":
            self._tables.append(_Table(self._table_count))
            self._table_count += 1
        elif self._tables:
            self._open_cell(tag, element)
        self._open_runs(element)

    def closed(self, element: etree._Element) -> None:
        tag = element.tag
        while self._open and self._open[-1].element is element:
            ended = self._open.pop()
            self._closed.append((ended.start, len(self.line), ended.kind, ended.address))
        if tag in _LISTS:
            self._lists.pop()
        elif tag in _ITEMS:
            self._marks.pop()
        elif tag == "blockquote":
            self._quoted -= 1
        elif tag == "table":
            self._tables.pop()
        elif tag in _CELLS and self._tables:
            self._tables[-1].column += self._tables[-1].width
            self._tables[-1].is_head = False

    def end_line(self) -> None:
        if not self.line:
            self._closed.clear()
            return
        runs, cuts = self._runs_of_line()
        before = len(self.blocks.lines)
        pieces = self.line.copy() if runs else []
        Walker.end_line(self)
        if len(self.blocks.lines) == before:
            return
        line = self.blocks.lines[-1]
        start = self.blocks.length - len(line)
        self._note_block(start, start + len(line))
        if runs:
            self._note_runs(runs, dict(zip(cuts, offsets(pieces, cuts, line), strict=False)), start)

    def _next_mark(self, item: etree._Element) -> str:
        if not self._lists:
            return "•"
        within, number = self._lists[-1]
        mark, number = mark_of(within, item, number)
        self._lists[-1] = (within, number + 1)
        return mark

    def _open_cell(self, tag: object, element: etree._Element) -> None:
        table = self._tables[-1]
        if tag == "tr":
            table.row += 1
            table.column = 0
        elif tag in _CELLS:
            table.is_head = tag == "th"
            span = element.get("colspan", "1")
            table.width = min(int(span), MOST_COLUMNS) if re.fullmatch("[1-9][0-9]{0,3}", span) else 1

    def _open_runs(self, element: etree._Element) -> None:
        for kind, address in _kinds_of(element):
            if not any(run.kind is kind for run in self._open):
                self._open.append(_Open(element, kind, len(self.line), address))

    def _runs_of_line(self) -> tuple[list[tuple[int, int, RunKind, str]], list[int]]:
        """The runs of the line that ends, from piece to piece, and all their borders."""
        end = len(self.line)
        runs = [run for run in self._closed if run[1] > run[0]]
        runs += [(run.start, end, run.kind, run.address) for run in self._open if end > run.start]
        self._closed.clear()
        for run in self._open:
            run.start = 0
        return runs, sorted({0, end, *(cut for run in runs for cut in run[:2])})

    def _note_block(self, start: int, end: int) -> None:
        block = replace(_PLAIN, start=start, end=end, quoted=min(self._quoted, DEEPEST), cell=self._cell())
        if self.heading is not None:
            block = replace(block, kind=BlockKind.HEADING, level=self._level)
        elif self.verbatim:
            block = replace(block, kind=BlockKind.PREFORMATTED)
        elif self._marks:
            level = min(len(self._marks), DEEPEST)
            block = replace(block, kind=BlockKind.ITEM, level=level, mark=self._marks[-1])
            self._marks[:] = [""] * len(self._marks)
        is_plain = block == replace(_PLAIN, start=start, end=end)
        if not is_plain and len(self.found) < MOST_BLOCKS:
            self.found.append(block)

    def _cell(self) -> Cell | None:
        if not self._tables or self._tables[-1].row < 0 or self._tables[-1].column >= MOST_COLUMNS:
            return None
        table = self._tables[-1]
        return Cell(table.number, table.row, table.column, table.is_head)

    def _note_runs(
        self, runs: list[tuple[int, int, RunKind, str]], places: dict[int, int], start: int
    ) -> None:
        noted = [
            Run(start + part, start + min(part + LONGEST_RUN, places[last]), kind, address)
            for first, last, kind, address in runs
            for part in range(places.get(first, 0), places.get(last, 0), LONGEST_RUN)
        ]
        noted.sort(key=lambda run: (run.start, run.end))
        self.runs += noted[: MOST_RUNS - len(self.runs)]


def _kinds_of(element: etree._Element) -> Iterator[tuple[RunKind, str]]:
    if kind := _INLINE.get(element.tag):
        yield kind, ""
    if element.tag == "a":
        address = one_line(element.get("href", ""), LONGEST_ADDRESS)
        if address and not address.startswith("#"):
            yield RunKind.LINK, address
    if style := element.get("style", "")[:_LONGEST_STYLE]:
        for pattern, kind in _STYLED:
            if pattern.search(style):
                yield kind, ""


def offsets(pieces: list[str], cuts: list[int], line: str) -> list[int]:
    """Where in the canonical `line` each border between `pieces` came to stand; nowhere if that is unclear.

    `line` is what `Walker.end_line` makes of the pieces: these are its steps once more.
    """
    whole = canonical("".join(pieces))
    parts = ["".join(pieces[first:last]) for first, last in pairwise(cuts)]
    said = [canonical(part) for part in parts]
    if "".join(said) == whole:
        places = [0, *accumulate(map(len, said))]
    elif len(cuts) <= MOST_BORDERS:  # a letter and its accent stood in different runs
        places = [len(canonical("".join(parts[:count]))) for count in range(len(cuts))]
    else:
        return []
    gaps = [match.start() for match in re.finditer(" \n", whole)]
    squeezed = whole.replace(" \n", "\n").rstrip(" ")
    skipped = len(squeezed) - len(squeezed.lstrip("\n"))
    moved = [place - bisect_left(gaps, place) - skipped for place in places]
    return [min(max(place, 0), len(line)) for place in moved]
