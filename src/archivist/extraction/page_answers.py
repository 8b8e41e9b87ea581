"""What a child says of pages, turned into values, believing nothing: `answers.py` for the reader.

A document that has taken over its child can show other pixels and other words than its own: its
original will tell. It must not hand us anything but plain, bounded, canonical text and finite boxes.
"""

from array import array
from math import isfinite
from operator import le

from archivist.extraction.answers import LONGEST_LABEL, failure_of, items, number, said
from archivist.extraction.frames import Header, JobFailed
from archivist.model.page import OutlineEntry, PageLayer, Pages, PageSize
from archivist.model.sandbox import Failure
from archivist.model.text import canonical

MOST_PAGES = 200_000
MOST_ENTRIES = 20_000
MOST_CHARACTERS = 300_000  # more than a page can show; the window lays them out
DEEPEST = 30
LONGEST_SIDE = 200_000.0
FARTHEST = 1e6

_SIDES = 4
_PER_CHARACTER = _SIDES * array("f").itemsize


class Refused(Exception):
    """The child says in good order that it cannot: it may be asked for something else."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def decode_pages(header: Header) -> Pages:
    """How many pages there are, and of what size.

    Raises:
        JobFailed: it is not of the agreed form.
        Refused: the document cannot be opened.
    """
    refuse(header)
    try:
        sizes = tuple(_size(value) for value in items(header["sizes"], MOST_PAGES))
        labels = tuple(said(value, LONGEST_LABEL) for value in items(header["labels"], MOST_PAGES))
        outline = tuple(_entry(value, sizes) for value in items(header["outline"], MOST_ENTRIES))
    except (KeyError, TypeError, ValueError):
        raise JobFailed(Failure.MALFORMED) from None
    if not sizes or len(labels) != len(sizes):
        raise JobFailed(Failure.MALFORMED)
    return Pages(sizes, labels, outline)


def decode_layer(header: Header, payload: bytes) -> PageLayer:
    """Raises as `decode_pages`."""
    refuse(header)
    try:
        return _layer(number(header["characters"], 0, MOST_CHARACTERS), payload)
    except (KeyError, TypeError, ValueError):
        raise JobFailed(Failure.MALFORMED) from None


def decode_stopped(header: Header) -> bool:
    """Whether a picture was given up half-way. Raises as `decode_pages`."""
    refuse(header)
    stopped = header.get("stopped")
    if not isinstance(stopped, bool):
        raise JobFailed(Failure.MALFORMED)
    return stopped


def refuse(header: Header) -> None:
    if "failure" in header:
        failure = failure_of(header)
        raise JobFailed(failure) if failure is Failure.MALFORMED else Refused(failure)


def _size(value: object) -> PageSize:
    width, height = items(value, 2)
    return PageSize(_between(width, 1, LONGEST_SIDE), _between(height, 1, LONGEST_SIDE))


def _entry(value: object, sizes: tuple[PageSize, ...]) -> OutlineEntry:
    level, title, page, top = items(value, 4)
    level, title = number(level, 0, DEEPEST), said(title, LONGEST_LABEL)
    if page is None:
        return OutlineEntry(level, title, None)
    page = number(page, 0, len(sizes) - 1)
    return OutlineEntry(level, title, page, _between(top, 0, sizes[page].height))


def _between(value: object, least: float, most: float) -> float:
    if type(value) not in {int, float} or not least <= value <= most:  # type: ignore[operator]  # it is one of them
        raise ValueError
    return float(value)  # type: ignore[arg-type]


def _layer(characters: int, payload: bytes) -> PageLayer:
    end = characters * _PER_CHARACTER
    text = payload[end:].decode("utf-8")
    if len(text) != characters or canonical(text) != text:
        raise ValueError
    boxes = array("f", payload[:end])
    if characters and not _are_sound(boxes):
        raise ValueError
    return PageLayer(text, boxes)


def _are_sound(boxes: "array[float]") -> bool:
    """Finite, near, and none inside out."""
    if not isfinite(sum(boxes)) or min(boxes) < -FARTHEST or max(boxes) > FARTHEST:
        return False
    lefts, tops, rights, bottoms = (boxes[side::_SIDES] for side in range(_SIDES))
    return all(map(le, lefts, rights)) and all(map(le, tops, bottoms))
