"""How wide the columns of a table are: as wide as their words need, and fairly where there is no room."""

from collections.abc import Callable
from dataclasses import dataclass

from archivist.model.styles import Block

PADDING = 1.0
LONGEST_COUNTED = 400
LONGEST_WORD = 20
_ROUNDING = 2.0

Measure = Callable[[str, bool], float]
"""How wide words in one line are, in bold or not."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column begins, from the leading edge of the text, and how wide its words may run."""

    offset: float
    width: float


def columns(
    cells: tuple[Block, ...], text: str, measure: Measure, size: float, room: float
) -> tuple[Column, ...]:
    """Of the table to which `cells` belong; none where they do not fit beside each other."""
    count = max((block.cell.column for block in cells if block.cell), default=-1) + 1
    wanted, least = [0.0] * count, [size] * count
    for block in cells:
        if block.cell is None:
            continue
        words = text[block.start : min(block.end, block.start + LONGEST_COUNTED)]
        column, is_head = block.cell.column, block.cell.is_head
        wanted[column] = max(wanted[column], measure(_longest(words.split("\n")), is_head))
        least[column] = max(least[column], measure(_longest(words.split())[:LONGEST_WORD], is_head))
    widths = _fitted(wanted, least, room - (count - 1) * PADDING * size)
    return _placed(widths, PADDING * size)


def _longest(words: list[str]) -> str:
    return max(words, key=len, default="")


def _fitted(wanted: list[float], least: list[float], room: float) -> list[float]:
    """Each as wide as it wants where there is room; else its least, and a share of what is left."""
    wanted = [max(pair) + _ROUNDING for pair in zip(wanted, least, strict=True)]
    if sum(wanted) <= room:
        return wanted
    left = room - sum(least)
    if left < 0:
        return []
    over = [(want - bare) ** 0.5 for want, bare in zip(wanted, least, strict=True)]
    share = left / (sum(over) or 1.0)
    widths = [bare + more * share for bare, more in zip(least, over, strict=True)]
    return [min(width, want) for width, want in zip(widths, wanted, strict=True)]


def _placed(widths: list[float], padding: float) -> tuple[Column, ...]:
    placed = []
    offset = 0.0
    for width in widths:
        placed.append(Column(offset, width))
        offset += width + padding
    return tuple(placed)
