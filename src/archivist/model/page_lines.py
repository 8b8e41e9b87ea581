"""Lines of a page, rebuilt from the boxes of its letters, and which way each letter is read.

PDF knows no lines. Two neighbours in reading order stand on one line if their boxes share most
of their height and no gap like that between columns parts them; on a page that lies on its side,
or in upright Chinese, the same holds with width for height.
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Offsets = npt.NDArray[np.intp]

LEFT, TOP, RIGHT, BOTTOM = range(4)
LEAST_SHARED = 0.5  # of the lower one's height
WIDEST_GAP = 3.0  # heights
BLOCK_GAP = 1.0  # heights

_FIRST_RTL = 0x590
_BREAK, _ACROSS, _DOWN = range(3)


class Rect(NamedTuple):
    """Points of the page as displayed, y down."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Line:
    """Letters `first` to `end` of a page, side by side; the lines of one `block` stand under each other."""

    first: int
    end: int
    rect: Rect
    is_vertical: bool
    block: int = 0

    @property
    def thickness(self) -> float:
        left, top, right, bottom = self.rect
        return right - left if self.is_vertical else bottom - top


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page in reading order; which of its letters are read towards the left (or up)."""

    lines: list[Line]
    boxes: Floats
    has_shape: Flags
    is_backward: Flags


def lines_of(text: str, boxes: Floats) -> Lines:
    """`boxes` has a row for each code point: left, top, right, bottom."""
    has_shape = (boxes[:, RIGHT] > boxes[:, LEFT]) & (boxes[:, BOTTOM] > boxes[:, TOP])
    shaped = np.flatnonzero(has_shape)
    is_backward = np.zeros(len(text), np.bool_)
    if not len(shaped):
        return Lines([], boxes, has_shape, is_backward)
    rtl = _right_to_left(text)
    parted = _parted_pairs(text, shaped)
    kinds = _kinds_of_pairs(boxes[shaped], rtl[shaped], parted)
    lines = _cut(text, shaped, kinds, boxes)
    boxes = _shares_split(lines, boxes, has_shape, rtl)
    for line in lines:
        is_backward[line.first : line.end] = _backward_in(line, text, boxes, has_shape, rtl)
    _number_blocks(lines)
    return Lines(lines, boxes, has_shape, is_backward)


def is_extending(character: str) -> bool:
    """Whether it stands on the letter before it: an accent, a vowel sign, a joiner."""
    return unicodedata.category(character) in {"Mn", "Me"} or character in "\u200c\u200d"


def _right_to_left(text: str) -> Flags:
    if not text or max(text) < chr(_FIRST_RTL):
        return np.zeros(len(text), np.bool_)
    classes = {character: unicodedata.bidirectional(character) in {"R", "AL"} for character in set(text)}
    return np.fromiter((classes[character] for character in text), np.bool_, len(text))


def _parted_pairs(text: str, shaped: Offsets) -> Flags:
    """Between which neighbours the text has a line end."""
    ends = np.fromiter((character == "\n" for character in text), np.bool_, len(text)).cumsum()
    parted: Flags = ends[shaped[1:]] != ends[shaped[:-1]]
    return parted


def _kinds_of_pairs(boxes: Floats, rtl: Flags, parted: Flags) -> npt.NDArray[np.int8]:
    """For each two neighbours: on one line, on one that runs down (or up) the page, or on none."""
    across = _are_joined(boxes, rtl[:-1] | rtl[1:], along=LEFT) & ~parted
    down = _are_joined(boxes, np.zeros_like(parted), along=TOP) & ~parted & ~across
    kinds = np.where(across, _ACROSS, np.where(down, _DOWN, _BREAK)).astype(np.int8)
    if not down.any():
        return kinds
    return _without_chance(kinds)


def _are_joined(boxes: Floats, may_leap: Flags, *, along: int) -> Flags:
    """`may_leap`: words of the other direction stand in between, so the next letter may be far."""
    across = 1 - along  # LEFT and TOP, and two further RIGHT and BOTTOM
    one, other = boxes[:-1], boxes[1:]
    heights = boxes[:, across + 2] - boxes[:, across]
    low = np.minimum(heights[:-1], heights[1:])
    high = np.maximum(heights[:-1], heights[1:])
    shared = _shared(one, other, across)
    gap = -_shared(one, other, along)
    middles = boxes[:, across + 2] + boxes[:, across]
    level = np.abs(middles[:-1] - middles[1:]) <= 0.6 * high
    joined: Flags = (shared >= LEAST_SHARED * low) & ((gap <= WIDEST_GAP * high) | (may_leap & level))
    return joined


def _shared(one: Floats, other: Floats, side: int) -> Floats:
    """How far the boxes overlap; negative where a gap is."""
    end: Floats = np.minimum(one[:, side + 2], other[:, side + 2])
    return end - np.maximum(one[:, side], other[:, side])


def _without_chance(kinds: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """A letter that merely happens to stand under the last one of a line does not make a line with it.

    Beside a pair that stands side by side, one that stands upright means a line end; but where
    whole lines run downwards, the rare pair side by side is a slip.
    """
    if _lies_on_its_side(kinds):
        return np.where(kinds == _ACROSS, _DOWN, kinds).astype(np.int8)
    across = np.pad(kinds == _ACROSS, 1)
    by_chance = (kinds == _DOWN) & (across[:-2] | across[2:])
    return np.where(by_chance, _BREAK, kinds).astype(np.int8)


def _lies_on_its_side(kinds: npt.NDArray[np.int8]) -> bool:
    """Whether most lines of the page run downwards or upwards."""
    return int(np.count_nonzero(kinds == _DOWN)) > 2 * int(np.count_nonzero(kinds == _ACROSS))


def _cut(text: str, shaped: Offsets, kinds: npt.NDArray[np.int8], boxes: Floats) -> list[Line]:
    starts = [0, *(np.flatnonzero(kinds == _BREAK) + 1).tolist()]
    ends = [*starts[1:], len(shaped)]
    lies = _lies_on_its_side(kinds)
    lines = []
    for start, end in zip(starts, ends, strict=True):
        letters = _without_spaces_around(text, shaped[start:end])
        if len(letters):
            is_vertical = bool(kinds[start] == _DOWN) if end - start > 1 else lies
            first, last = int(letters[0]), int(letters[-1])
            lines.append(Line(first, last + 1, around(boxes[letters]), is_vertical))
    return lines


def _without_spaces_around(text: str, letters: Offsets) -> Offsets:
    """White space at the ends of a line is nothing that one sees or points at."""
    first, last = 0, len(letters)
    while first < last and text[letters[first]].isspace():
        first += 1
    while first < last and text[letters[last - 1]].isspace():
        last -= 1
    return letters[first:last]


def around(boxes: Floats) -> Rect:
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    return Rect(left, top, right, bottom)


def _shares_split(lines: list[Line], boxes: Floats, has_shape: Flags, rtl: Flags) -> Floats:
    """A ligature has one box for several letters: each gets its share of it, in reading order."""
    same = (boxes[1:] == boxes[:-1]).all(axis=1) & has_shape[1:] & has_shape[:-1]
    if not same.any():
        return boxes
    boxes = boxes.copy()
    firsts = [line.first for line in lines]
    edges = np.flatnonzero(np.diff(np.pad(same.astype(np.int8), 1)))
    for start, end in zip(edges[::2].tolist(), (edges[1::2] + 1).tolist(), strict=True):
        line = lines[bisect_right(firsts, start) - 1]
        side = TOP if line.is_vertical and line.first <= start < line.end else LEFT
        shares = np.linspace(boxes[start, side], boxes[start, side + 2], end - start + 1)
        begins, stops = shares[:-1], shares[1:]
        if rtl[start:end].any():
            begins, stops = begins[::-1], stops[::-1]
        boxes[start:end, side], boxes[start:end, side + 2] = begins, stops
    return boxes


def _backward_in(line: Line, text: str, boxes: Floats, has_shape: Flags, rtl: Flags) -> Flags:
    """Where the next letter stands tells the direction; where it turns, the letter's own does."""
    side = TOP if line.is_vertical else LEFT
    letters = line.first + np.flatnonzero(has_shape[line.first : line.end])
    middles = boxes[letters, side] + boxes[letters, side + 2]
    back = np.diff(middles) < 0
    if not back.any() and not rtl[line.first : line.end].any():
        return np.zeros(line.end - line.first, np.bool_)
    before = np.concatenate((back[:1], back)) if len(back) else rtl[letters]
    after = np.concatenate((back, back[-1:])) if len(back) else rtl[letters]
    backward = np.where(before == after, before, rtl[letters])
    found = np.zeros(line.end - line.first, np.bool_)
    found[letters - line.first] = backward
    for index in range(line.first + 1, line.end):
        if not has_shape[index] or is_extending(text[index]):
            found[index - line.first] = found[index - line.first - 1]
    return found


def _number_blocks(lines: list[Line]) -> None:
    """Lines that follow each other closely, one under the other, are a block: most often a paragraph."""
    for one, other in pairwise(lines):
        other.block = one.block if _is_next_of_block(one, other) else one.block + 1


def _is_next_of_block(one: Line, other: Line) -> bool:
    if one.is_vertical != other.is_vertical:
        return False
    along, across = (TOP, LEFT) if one.is_vertical else (LEFT, TOP)
    overlap = min(one.rect[along + 2], other.rect[along + 2]) - max(one.rect[along], other.rect[along])
    gap = max(one.rect[across], other.rect[across]) - min(one.rect[across + 2], other.rect[across + 2])
    thickness = min(one.thickness, other.thickness)
    return overlap > 0 and -LEAST_SHARED * thickness <= gap <= BLOCK_GAP * thickness
