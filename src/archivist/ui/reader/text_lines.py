"""The blocks of the shown document, and the two ways between code points and Qt's positions.

Every line end of the canonical text ends a block. A line that is too long to be laid out at once is
cut into several blocks: Qt counts a step between them, the text none. Nothing else differs: what Qt
would take for a line end or an object is replaced, letter for letter, by what it leaves alone.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable

from archivist.model.text import from_utf16, to_utf16
from archivist.ui.reader.text_faces import face_of

MOST_BLOCKS = 1_000_000
"""Some 200 MB in Qt; only a text made of line ends has more."""

CELL_END = "\u2028"
_TAKEN_AMISS = re.compile("[\u2029\ufdd0\ufdd1\ufffc]")
_HARMLESS = {0x2029: 0x2028, 0xFDD0: 0xFFFD, 0xFDD1: 0xFFFD, 0xFFFC: 0xFFFD}
_CUT_AFTER = re.compile("[ \t\u0f0b\u0f0d\u3001\u3002\uff0c\uff0e\u06d4\u061f][^ \t\u0f0b\u0f0d]*$")
_JOINED = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e"
    "\u0f71-\u0fbc\u1000-\u109f\u200c\u200d\ufe00-\ufe0f]"
)
_FARTHEST_BACK = 200

Shown = Callable[[str, int], str]
"""A line as it is shown, given where it starts: as many letters, some of them others."""


class TextLines:
    """Blocks, taken from the text bit by bit; each is known by its number."""

    def __init__(self, text: str, shown: Shown | None = None) -> None:
        self.text = text
        self._shown = shown
        self._starts = array("I")
        self._ends = array("I")
        self._units = array("Q")
        self._heads = array("I")
        self._at = 0
        self._unit = 0
        self.is_whole = False
        self.is_cut_short = False

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def reach(self) -> int:
        """Up to which code point the text has been taken."""
        return self._ends[-1] if self._ends else -1

    def take(self, letters: int) -> list[str]:
        """The words of the next blocks, some `letters` in all."""
        taken: list[str] = []
        while letters > 0 and not self.is_whole:
            piece = self._next()
            taken.append(piece)
            letters -= len(piece) + 1
        return taken

    def _next(self) -> str:
        start = self._at
        longest = face_of(self.text, start).longest
        end = self.text.find("\n", start, start + longest + 1)
        if end < 0:
            end = len(self.text) if len(self.text) - start <= longest else self._cut(start + longest)
        is_continued = bool(self._ends) and start == self._ends[-1]
        self._heads.append(self._heads[-1] if is_continued else start)
        self._starts.append(start)
        self._ends.append(end)
        self._units.append(self._unit)
        words = self._harmless(self.text[start:end], start)
        self._unit += len(words) + 1 if words.isascii() else to_utf16(words, len(words)) + 1
        self._at = end + 1 if self.text[end : end + 1] == "\n" else end
        self.is_cut_short = len(self) >= MOST_BLOCKS and self._at < len(self.text)
        self.is_whole = self.is_cut_short or end == len(self.text)
        return words

    def _cut(self, end: int) -> int:
        """Where a long line may be cut, at `end` or a little before: after a space or mark, or a syllable."""
        if found := _CUT_AFTER.search(self.text, end - _FARTHEST_BACK, end):
            return found.start() + 1
        for place in range(end, end - _FARTHEST_BACK, -1):
            if not _JOINED.match(self.text, place) and not _JOINED.match(self.text, place - 1):
                return place
        return end

    def _harmless(self, words: str, start: int) -> str:
        if _TAKEN_AMISS.search(words):
            words = words.translate(_HARMLESS)
        return self._shown(words, start) if self._shown else words

    def span(self, number: int) -> tuple[int, int]:
        """The code points that a block holds."""
        return self._starts[number], self._ends[number]

    def words(self, number: int) -> str:
        return self.text[self._starts[number] : self._ends[number]]

    def line_start(self, number: int) -> int:
        """Where the whole line began of which the block is a part."""
        return self._heads[number]

    def block_at(self, offset: int) -> int:
        """The block that holds a code point, or its line end."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def within(self, number: int, offset: int) -> int:
        """Qt's units between the start of a block and a code point in it."""
        start, end = self._starts[number], self._ends[number]
        offset = min(max(offset, start), end)
        if self._is_narrow(number):
            return offset - start
        return to_utf16(self.words(number), offset - start)

    def position(self, offset: int) -> int:
        """Qt's position of a code point."""
        if not self._starts:
            return 0
        number = self.block_at(offset)
        return self._units[number] + self.within(number, offset)

    def offset(self, position: int) -> int:
        """The code point at Qt's position."""
        if not self._starts:
            return 0
        number = max(bisect_right(self._units, position) - 1, 0)
        units = position - self._units[number]
        start, end = self._starts[number], self._ends[number]
        if self._is_narrow(number):
            return min(start + units, end)
        return start + from_utf16(self.words(number), units)

    def _is_narrow(self, number: int) -> bool:
        """Whether each of its letters is one of Qt's units."""
        after = self._units[number + 1] if number + 1 < len(self._units) else self._unit
        return after - self._units[number] - 1 == self._ends[number] - self._starts[number]
