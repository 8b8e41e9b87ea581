"""Pages set by hand, letter by letter, so that a test knows where each one stands."""

from array import array
from dataclasses import dataclass
from itertools import groupby

from archivist.model.page import PageLayer

STEP, HEIGHT = 10.0, 12.0

Box = tuple[float, float, float, float]
_EMPTY: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Set:
    """A line of letters, each `STEP` wide; `ahead` is what the text has before it."""

    words: str
    left: float
    top: float
    ahead: str = "\n"
    is_rtl: bool = False
    turn: int = 0
    """90: read downwards, 270: upwards; `left` and `top` are where the first letter begins."""


def page(*lines: Set) -> PageLayer:
    """Spaces have boxes, line ends have none."""
    text, boxes = "", []
    for number, line in enumerate(lines):
        ahead = line.ahead if number else ""
        text += ahead + line.words
        boxes += [_EMPTY] * len(ahead) + [_box(line, place) for place in _places(line)]
    return PageLayer(text, array("f", [side for box in boxes for side in box]))


def prose(*lines: str, left: float = 100.0, top: float = 100.0) -> PageLayer:
    return page(*(Set(words, left, top + 14 * number) for number, words in enumerate(lines)))


def middle(layer: PageLayer, index: int) -> tuple[float, float]:
    left, top, right, bottom = layer.box(index)
    return (left + right) / 2, (top + bottom) / 2


def _places(line: Set) -> list[int]:
    """Steps from where the line begins; digits in right-to-left words are read rightwards."""
    if not line.is_rtl:
        return list(range(len(line.words)))
    places: list[int] = []
    for is_number, run in groupby(line.words, str.isdigit):
        steps = range(len(places), len(places) + len(list(run)))
        places += reversed(steps) if is_number else steps
    return places


def _box(line: Set, place: int) -> Box:
    begin, end = place * STEP, (place + 1) * STEP
    if line.turn == 90:
        return line.left, line.top + begin, line.left + HEIGHT, line.top + end
    if line.turn == 270:
        return line.left, line.top - end, line.left + HEIGHT, line.top - begin
    if line.is_rtl:
        return line.left - end, line.top, line.left - begin, line.top + HEIGHT
    return line.left + begin, line.top, line.left + end, line.top + HEIGHT
