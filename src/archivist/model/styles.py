"""How the words of a text looked in their original, as stretches of the canonical text.

No markup of a document ever reaches the app. A child reads it once more and answers these
values only; the reader lays them over the text that the archive holds, and where they belong
to another text it shows plain words.
"""

import struct
from dataclasses import dataclass
from enum import StrEnum

MOST_BLOCKS = 200_000
MOST_RUNS = 200_000
MOST_COLUMNS = 1_000
DEEPEST = 12
LONGEST_MARK = 16
LONGEST_RUN = 10_000  # a longer one is told in parts, so that runs are found from where they start
MOST_WORDS = 20_000
"""Addresses and marks told in one answer, and how many characters they have together (below)."""
MOST_LETTERS = 1_000_000
LONGEST_ADDRESS = 2_000

BLOCK_ROW = struct.Struct("<10i")
"""As a block crosses the pipe: start, end, kind, level, quoted, mark, table, row, column, is head.

Kinds are places in their enumeration, marks and addresses places in a list of words; -1 is none.
"""
RUN_ROW = struct.Struct("<4i")
"""As a run crosses the pipe: start, end, kind, address."""


class BlockKind(StrEnum):
    """What a paragraph was."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    PREFORMATTED = "preformatted"


class RunKind(StrEnum):
    """How words within a paragraph stood out."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRUCK = "struck"
    CODE = "code"
    RAISED = "raised"
    LOWERED = "lowered"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in which table a block stood; all counted from 0 in order of appearance."""

    table: int
    row: int
    column: int
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `text[start:end]` of one or more lines; blocks are in order and do not overlap.

    `level` is the rank of a heading, from 1, or how deep an item stands, from 1; `mark` is what
    stood before an item (`•`, `3.`) and is not in the text; `quoted` counts the quotations around it.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    mark: str = ""
    quoted: int = 0
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that stood out; runs are in order of their starts and may overlap.

    `address` is where a link led: words to be shown, never to be followed.
    """

    start: int
    end: int
    kind: RunKind
    address: str = ""


@dataclass(frozen=True, slots=True)
class StyledText:
    """The styles of one text, named by its SHA-256."""

    text_sha256: str
    blocks: tuple[Block, ...] = ()
    runs: tuple[Run, ...] = ()
