"""The words of one page as they stand on it: which letter a point means, which boxes a range covers.

Offsets are code points of the page's canonical text. A caret index lies between two letters;
ranges are by reading order, so a selection stays in its column, and right-to-left words with
digits in them split into what can be seen.
"""

from functools import cached_property
from itertools import pairwise
from math import inf

import numpy as np

from archivist.model.page import PageLayer
from archivist.model.page_lines import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Flags,
    Floats,
    Line,
    Rect,
    around,
    is_extending,
    lines_of,
)
from archivist.model.page_words import word_at

_SPACE_HANDICAP = 0.2  # points
LEAST_FULL = 0.67  # of a block's width; a line that is shorter ends its paragraph
# Of two at the same distance, the one that is nearer without the width of its block; then by its middle.
_ITSELF_WEIGHT, _MIDDLE_WEIGHT = 0.004, 0.0004


class PageText:
    """The letters of one page and their places."""

    def __init__(self, layer: PageLayer) -> None:
        self.text = layer.text
        boxes = np.frombuffer(layer.boxes, np.float32).reshape(-1, 4)
        found = lines_of(layer.text, boxes)
        self.lines = found.lines
        self._boxes = found.boxes
        self._has_shape = found.has_shape
        self._is_backward = found.is_backward

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to select, as on a scan without text recognition."""
        return not self.lines

    def index_at(self, x: float, y: float) -> int | None:
        """The caret index nearest to a point; None on a page without words."""
        letter = self.letter_at(x, y)
        if letter is None:
            return None
        along = y if self._line(letter).is_vertical else x
        begin, end = self._edges(letter)
        index = letter + 1 if abs(along - end) < abs(along - begin) else letter
        while index < len(self.text) and is_extending(self.text[index]):
            index += 1
        return index

    def letter_at(self, x: float, y: float) -> int | None:
        """The letter nearest to a point: the nearest line, then the nearest letter on it."""
        if not self.lines:
            return None
        line = self.lines[self._nearest_line(x, y)]
        return self._letter_along(line, y if line.is_vertical else x)

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the nearest line."""
        return float(_distances(self._rects, x, y).min()) if self.lines else inf

    def rects(self, start: int, end: int) -> list[Rect]:
        """What letters `start` to `end` cover: one rectangle for each visible run of a line."""
        found: list[Rect] = []
        for line in self.lines[self._line_number(start) : self._line_number(max(start, end - 1)) + 1]:
            low, high = max(start, line.first), min(end, line.end)
            if low == line.first and high == line.end:
                found.append(line.rect)
            elif low < high:
                found.extend(self._runs(line, low, high))
        return found

    def paragraph_at(self, index: int) -> tuple[int, int]:
        """The lines that stand closely together around `index`, up to one that ends early."""
        if not self.lines:
            return 0, 0
        first = last = self._line_number(index)
        while first > 0 and self._goes_on(first - 1):
            first -= 1
        while last < len(self.lines) - 1 and self._goes_on(last):
            last += 1
        return self.lines[first].first, self.lines[last].end

    def line_at(self, index: int) -> tuple[int, int]:
        """The line that a caret at `index` stands on."""
        return (self._line(index).first, self._line(index).end) if self.lines else (0, 0)

    def word_at(self, index: int) -> tuple[int, int]:
        return word_at(self.text, index)

    def is_read_leftwards(self, index: int) -> bool:
        """Whether the line at `index` is mostly right-to-left, so that the right arrow goes back."""
        first, end = self.line_at(index)
        letters = self._has_shape[first:end]
        return bool(2 * np.count_nonzero(self._is_backward[first:end] & letters) > np.count_nonzero(letters))

    def caret(self, index: int) -> Rect | None:
        """Where a caret at `index` stands: a rectangle without width, or without height on a turned page."""
        if not self.lines:
            return None
        line = self._line(index)
        if index < line.end and index >= line.first and self._has_shape[index]:
            letter, side = index, 0
        else:
            letter, side = self._shaped_before(line, index), 1
        at = self._edges(letter)[side] if index >= line.first else self._edges(line.first)[0]
        left, top, right, bottom = map(float, self._boxes[letter])
        return Rect(left, at, right, at) if line.is_vertical else Rect(at, top, at, bottom)

    def along(self, index: int) -> float:
        """How far along its line a caret stands; what moves by lines keep to."""
        caret = self.caret(index)
        return (caret.top if self._line(index).is_vertical else caret.left) if caret else 0.0

    def index_in_next_line(self, index: int, along: float) -> int | None:
        """One line further in reading order, nearest to `along`; None behind the last line."""
        number = self._line_number(index)
        for candidate in range(number + 1, len(self.lines)):
            if not self._are_level(number, candidate):
                return self._index_in_row(candidate, along)
        return None

    def index_in_previous_line(self, index: int, along: float) -> int | None:
        number = self._line_number(index)
        for candidate in range(number - 1, -1, -1):
            if not self._are_level(number, candidate):
                return self._index_in_row(candidate, along)
        return None

    def first_line_index(self, along: float) -> int | None:
        return self._index_in_row(0, along) if self.lines else None

    def last_line_index(self, along: float) -> int | None:
        return self._index_in_row(len(self.lines) - 1, along) if self.lines else None

    @cached_property
    def _firsts(self) -> list[int]:
        return [line.first for line in self.lines]

    @cached_property
    def _verticals(self) -> Flags:
        return np.array([line.is_vertical for line in self.lines], np.bool_)

    @cached_property
    def _rects(self) -> Floats:
        return np.array([line.rect for line in self.lines], np.float32)

    @cached_property
    def _fields(self) -> Floats:
        """What each line answers for: itself, as wide as its block, so that a short last line is met too."""
        rects = self._rects
        fields = rects.copy()
        blocks = np.array([line.block for line in self.lines])
        starts = np.flatnonzero(np.diff(blocks, prepend=-1))
        for start, end in pairwise([*starts.tolist(), len(blocks)]):
            side = TOP if self.lines[start].is_vertical else LEFT
            fields[start:end, side] = rects[start:end, side].min()
            fields[start:end, side + 2] = rects[start:end, side + 2].max()
        return fields

    def _nearest_line(self, x: float, y: float) -> int:
        field, itself = _distances(self._fields, x, y), _distances(self._rects, x, y)
        return int(np.argmin(field + _ITSELF_WEIGHT * itself + _MIDDLE_WEIGHT * self._off_middle(x, y)))

    def _off_middle(self, x: float, y: float) -> Floats:
        rects = self._rects
        aside = np.abs((rects[:, LEFT] + rects[:, RIGHT]) / 2 - x)
        above = np.abs((rects[:, TOP] + rects[:, BOTTOM]) / 2 - y)
        return np.where(self._verticals, aside, above)

    def _letter_along(self, line: Line, along: float) -> int:
        side = TOP if line.is_vertical else LEFT
        boxes = self._boxes[line.first : line.end]
        begins, ends = boxes[:, side], boxes[:, side + 2]
        outside = np.maximum(np.maximum(begins - along, along - ends), 0)
        distance = outside + _MIDDLE_WEIGHT * np.abs((begins + ends) / 2 - along)
        handicaps = self._handicaps[line.first : line.end]
        if np.isinf(handicaps).all():
            handicaps = np.where(self._has_shape[line.first : line.end], 0, inf)
        return line.first + int(np.argmin(distance + handicaps))

    @cached_property
    def _handicaps(self) -> Floats:
        """What stands on a letter is met by that; and a letter before a space that it overlaps."""
        handicaps = {character: _handicap(character) for character in set(self.text)}
        found = np.fromiter((handicaps[character] for character in self.text), np.float32, len(self.text))
        return np.where(self._has_shape, found, np.float32(inf))

    def _edges(self, letter: int) -> tuple[float, float]:
        """Where a letter begins and ends, in the direction in which it is read."""
        side = TOP if self._line(letter).is_vertical else LEFT
        low, high = float(self._boxes[letter, side]), float(self._boxes[letter, side + 2])
        return (high, low) if self._is_backward[letter] else (low, high)

    def _runs(self, line: Line, start: int, end: int) -> list[Rect]:
        """Selected letters that stand side by side, with none between them that is not selected."""
        side = TOP if line.is_vertical else LEFT
        letters = line.first + np.flatnonzero(self._has_shape[line.first : line.end])
        boxes = self._boxes[letters]
        order = np.argsort(boxes[:, side] + boxes[:, side + 2], kind="stable")
        chosen = ((letters >= start) & (letters < end))[order]
        edges = np.flatnonzero(np.diff(np.pad(chosen.astype(np.int8), 1)))
        return [
            around(boxes[order[low:high]])
            for low, high in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        ]

    def _shaped_before(self, line: Line, index: int) -> int:
        shaped = np.flatnonzero(self._has_shape[line.first : min(index, line.end)])
        return line.first + (int(shaped[-1]) if len(shaped) else 0)

    def _line(self, index: int) -> Line:
        return self.lines[self._line_number(index)]

    def _line_number(self, index: int) -> int:
        """What has no shape, as a line end, belongs to the line before it."""
        return max(0, int(np.searchsorted(self._firsts, index, side="right")) - 1)

    def _goes_on(self, number: int) -> bool:
        """Whether the next line belongs to the same paragraph, as far as one can see."""
        line = self.lines[number]
        side = TOP if line.is_vertical else LEFT
        length = line.rect[side + 2] - line.rect[side]
        full = self._fields[number, side + 2] - self._fields[number, side]
        return self.lines[number + 1].block == line.block and length >= LEAST_FULL * float(full)

    def _are_level(self, one: int, other: int) -> bool:
        """Whether two lines stand beside each other, as the cells of a table do."""
        line, beside = self.lines[one], self.lines[other]
        side = LEFT if line.is_vertical else TOP
        shared = min(line.rect[side + 2], beside.rect[side + 2]) - max(line.rect[side], beside.rect[side])
        return line.is_vertical == beside.is_vertical and 2 * shared > min(line.thickness, beside.thickness)

    def _index_in_row(self, number: int, along: float) -> int:
        """In the line that is nearest to `along` among those beside line `number`."""
        first = last = number
        while first > 0 and self._are_level(number, first - 1):
            first -= 1
        while last < len(self.lines) - 1 and self._are_level(number, last + 1):
            last += 1
        line = min(self.lines[first : last + 1], key=lambda line: _off(line, along))
        letter = self._letter_along(line, along)
        begin, end = self._edges(letter)
        return letter + 1 if abs(along - end) < abs(along - begin) else letter


def _off(line: Line, along: float) -> float:
    side = TOP if line.is_vertical else LEFT
    return max(line.rect[side] - along, along - line.rect[side + 2], 0.0)


def _distances(rects: Floats, x: float, y: float) -> Floats:
    aside = np.maximum(np.maximum(rects[:, LEFT] - x, x - rects[:, RIGHT]), 0)
    above = np.maximum(np.maximum(rects[:, TOP] - y, y - rects[:, BOTTOM]), 0)
    found: Floats = np.hypot(aside, above)
    return found


def _handicap(character: str) -> float:
    if is_extending(character):
        return inf
    return _SPACE_HANDICAP if character.isspace() else 0.0
