"""How tall each block is: known where it was laid out, guessed elsewhere, and summed up at any place."""

import numpy as np
import numpy.typing as npt

from archivist.ui.reader.text_faces import Face

Numbers = npt.NDArray[np.float64]

_GROUP = 512
_MARGIN = 1.06  # lines break at words and so hold a little less than fits


class Heights:
    """Some hundred thousand heights; adding, changing one and finding a place all take microseconds."""

    def __init__(self) -> None:
        self._count = 0
        self._letters = np.zeros(1024, np.float32)
        self._advances = np.zeros(1024, np.float32)
        self._leadings = np.zeros(1024, np.float32)
        self._heights = np.zeros(1024, np.float64)
        self._tops: Numbers | None = None
        self._size, self._width, self._blank = 1.0, 1.0, 1.0

    def __len__(self) -> int:
        return self._count

    def extend(self, pieces: list[str], faces: list[Face]) -> None:
        """More blocks at the end."""
        before, self._count = self._count, self._count + len(pieces)
        self._make_room()
        added = slice(before, self._count)
        self._letters[added] = [len(piece) for piece in pieces]
        self._advances[added] = [face.advance for face in faces]
        self._leadings[added] = [face.leading for face in faces]
        self._heights[added] = self._guessed(added)
        self._tops = None

    def guess(self, size: float, width: float, blank: float) -> None:
        """Forget what is known: letters are now `size` high, lines `width` wide, empty ones `blank` high."""
        self._size, self._width, self._blank = size, max(width, 1.0), blank
        every = slice(0, self._count)
        self._heights[every] = self._guessed(every)
        self._tops = None

    def learn(self, number: int, height: float) -> float:
        """What a block really measures; by how much that is more than was thought."""
        more = height - float(self._heights[number])
        if abs(more) > 0.01:
            self._heights[number] = height
            if self._tops is not None:
                self._tops[number // _GROUP + 1 :] += more
        return more

    def height(self, number: int) -> float:
        return float(self._heights[number])

    def top(self, number: int) -> float:
        """Where a block begins; that of the block after the last is the end."""
        group = number // _GROUP
        return float(self._sums()[group] + self._heights[group * _GROUP : number].sum())

    def block_at(self, y: float) -> int:
        """The block that covers a place; the first or last where none does."""
        if y <= 0 or not self._count:
            return 0
        sums = self._sums()
        group = min(int(np.searchsorted(sums, y, "right")) - 1, (self._count - 1) // _GROUP)
        first = group * _GROUP
        tops = np.cumsum(self._heights[first : min(first + _GROUP, self._count)])
        return min(first + int(np.searchsorted(tops, y - sums[group], "right")), self._count - 1)

    @property
    def total(self) -> float:
        return float(self._sums()[-1])

    def _sums(self) -> Numbers:
        if self._tops is None:
            firsts = np.arange(0, max(self._count, 1), _GROUP)
            sums = np.add.reduceat(self._heights[: max(self._count, 1)], firsts)
            self._tops = np.concatenate(([0.0], np.cumsum(sums)))
        return self._tops

    def _guessed(self, which: slice) -> Numbers:
        widths = self._letters[which] * self._advances[which] * (self._size * _MARGIN)
        lines = np.maximum(np.ceil(widths / self._width), 1.0)
        heights = lines * np.rint(self._leadings[which] * self._size)
        heights[self._letters[which] == 0] *= self._blank
        return np.asarray(np.ceil(heights), np.float64)  # whole pixels keep letters sharp

    def _make_room(self) -> None:
        room = len(self._heights)
        if self._count <= room:
            return
        more = max(self._count - room, room)
        self._letters = np.concatenate((self._letters, np.zeros(more, np.float32)))
        self._advances = np.concatenate((self._advances, np.zeros(more, np.float32)))
        self._leadings = np.concatenate((self._leadings, np.zeros(more, np.float32)))
        self._heights = np.concatenate((self._heights, np.zeros(more, np.float64)))
