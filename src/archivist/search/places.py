"""Places of terms and sets of documents as arrays; how the places of a term are stored."""

from array import array
from operator import sub

import numpy as np
import numpy.typing as npt

SIZE = 4  # bytes of a place

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


def to_steps(places: "array[int]") -> bytes:
    """Ascending places, stored; steps compress better."""
    if len(places) == 1:
        return places.tobytes()
    return places[:1].tobytes() + array("I", map(sub, places[1:], places)).tobytes()


def from_steps(stored: bytes, counts: Numbers) -> Numbers:
    """The places of several terms or texts, one after the other, of `counts` each."""
    if not len(counts):
        return np.zeros(0, np.int64)
    sums = np.cumsum(np.frombuffer(stored, np.uint32), dtype=np.int64)
    ends = np.cumsum(counts)
    before = np.concatenate((np.zeros(1, np.int64), sums[ends[:-1] - 1]))
    return sums - np.repeat(before, counts)


def common(one: Numbers, other: Numbers) -> npt.NDArray[np.bool_]:
    """Which of `one` are in `other`; both ascending and without repetition."""
    if not len(other):
        return np.zeros(len(one), bool)
    nearest = np.minimum(np.searchsorted(other, one), len(other) - 1)
    is_common: npt.NDArray[np.bool_] = other[nearest] == one
    return is_common
