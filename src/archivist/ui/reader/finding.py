"""Words in a whole document, found by the skeleton that also finds quotes again.

Many megabytes are searched in milliseconds: letters are folded by table, all at once, where
`model.anchor.skeleton` takes them one by one. A test holds the two together.
"""

from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from archivist.model.anchor import Span, occurrences, skeleton

MOST_FOUND = 5_000
_PIECE = 1 << 18  # folded in about ten milliseconds
_CODES = 0x110000


class Finder:
    """Finds words in one text; folds it when first asked, or bit by bit before (`prepare`)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = 0
        self._pieces: list[str] = []
        self._origins: list[npt.NDArray[np.int32]] = []
        self._starts: list[int] = [0]
        self._bare: str | None = None

    @property
    def is_ready(self) -> bool:
        return self._folded >= len(self._text)

    def prepare(self) -> bool:
        """Fold one more piece; whether more is left to do."""
        if not self.is_ready:
            piece = self._text[self._folded : self._folded + _PIECE]
            bare, origins = fold(piece)
            self._pieces.append(bare)
            self._origins.append(origins + self._folded)
            self._starts.append(self._starts[-1] + len(bare))
            self._folded += len(piece)
        return not self.is_ready

    def find(self, words: str) -> list[Span]:
        """All places, in order, no more than `MOST_FOUND`."""
        needle = skeleton(words)[0]
        if not needle:
            return [Span(at, at + len(words)) for at in self._as_written(words)]
        found: list[Span] = []
        bare = self._skeleton()
        at = bare.find(needle)
        while at >= 0 and len(found) < MOST_FOUND:
            found.append(Span(self._origin(at), self._origin(at + len(needle) - 1) + 1))
            at = bare.find(needle, at + len(needle))
        return found

    def _as_written(self, words: str) -> list[int]:
        """What has no skeleton, e.g. a bracket, is sought as it is; white space alone is not sought."""
        return occurrences(words, self._text)[:MOST_FOUND] if words.strip() else []

    def _skeleton(self) -> str:
        if self._bare is None:
            while self.prepare():
                pass
            self._bare = "".join(self._pieces)
            self._pieces.clear()
        return self._bare

    def _origin(self, at: int) -> int:
        piece = bisect_left(self._starts, at + 1) - 1
        return int(self._origins[piece][at - self._starts[piece]])


def fold(text: str) -> tuple[str, npt.NDArray[np.int32]]:
    """As `model.anchor.skeleton`: what stays of `text`, and the offset that each character came from."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    seen = np.zeros(_CODES, np.bool_)
    seen[codes] = True
    present = np.flatnonzero(seen)
    kept = [skeleton(chr(code))[0] for code in present]
    lengths = np.array([len(part) for part in kept], np.int32)
    pool = np.frombuffer("".join(kept).encode("utf-32-le", "surrogatepass"), np.uint32)

    place = np.zeros(_CODES, np.int32)
    place[present] = np.arange(len(present), dtype=np.int32)
    which = place[codes]
    counts = lengths[which]
    origins = np.repeat(np.arange(len(codes), dtype=np.int32), counts)
    begins = np.cumsum(counts, dtype=np.int32) - counts
    within = np.arange(len(origins), dtype=np.int32) - begins[origins]
    pool_starts = np.cumsum(lengths, dtype=np.int32) - lengths
    folded = pool[pool_starts[which[origins]] + within]
    return folded.tobytes().decode("utf-32-le", "surrogatepass"), origins
