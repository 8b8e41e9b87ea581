"""Where words stand on a page: the boxes of their lines, in points of the unrotated page.

Words are found by the characters that are not white space: all versions of PDFium agree on
those, though not on spaces and line ends, so an old quote still finds its place.
"""

import ctypes
import unicodedata
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from math import pi

import pypdfium2
import pypdfium2.raw as pdfium

from archivist.model.anchor import Quad
from archivist.model.sandbox import Failure
from archivist.model.text import canonical_from_pdfium
from archivist.workers.failing import Unreadable
from archivist.workers.pdf import characters, open_pdf
from archivist.workers.wire import Answer, Header

MOST_QUADS = 5_000
_SET_ASIDE = "\u00ad\x02"


def rectangles(header: Header, data: bytes) -> Answer:
    """Job: page (from 1), start and end in the page's canonical text, exact words."""
    with closing(open_pdf(data)) as document:
        index = int(header["page"]) - 1
        if not 0 <= index < len(document):
            raise Unreadable(Failure.NO_PAGES)
        with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
            quads = boxes_of(text_page, int(header["start"]), str(header["exact"]))
    return {"quads": [[quad.left, quad.bottom, quad.right, quad.top] for quad in quads[:MOST_QUADS]]}, b""


def boxes_of(text_page: pypdfium2.PdfTextPage, start: int, exact: str) -> list[Quad]:
    """The lines of the occurrence of `exact` that is nearest to where it was seen."""
    raw = characters(text_page)
    bare, indices = _bare(raw)
    words, _ = _bare(list(exact))
    before, _ = _bare(list(canonical_from_pdfium("".join(raw))[:start]))
    found = _nearest(bare, words, len(before))
    if found is None:
        return []
    covered = indices[found : found + len(words)]
    return _lines(
        _boxes(text_page, covered[0], covered[-1] + 1), is_upright=_is_upright(text_page, covered[0])
    )


def _bare(characters: list[str]) -> tuple[str, list[int]]:
    """What is no white space, decomposed, and the index in `characters` that each came from."""
    bare: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(_joined(characters)):
        for part in unicodedata.normalize("NFD", character):
            if not part.isspace() and part not in _SET_ASIDE and part >= " ":
                bare.append(part)
                origins.append(index)
    return "".join(bare), origins


def _joined(characters: list[str]) -> list[str]:
    """UTF-16 halves as one character at the index of the first."""
    joined = list(characters)
    for index, (first, second) in enumerate(pairwise(characters)):
        if "\ud800" <= first <= "\udbff" and "\udc00" <= second <= "\udfff":
            joined[index] = (first + second).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            joined[index + 1] = ""
    return joined


def _nearest(bare: str, words: str, expected: int) -> int | None:
    found: int | None = None
    at = bare.find(words) if words else -1
    while at >= 0:
        if found is not None and abs(at - expected) >= abs(found - expected):
            break
        found = at
        at = bare.find(words, at + 1)
    return found


def _boxes(text_page: pypdfium2.PdfTextPage, start: int, end: int) -> list[Quad]:
    """As PDFium gives them: one for a stretch of a line, or one for each letter of right-to-left text."""
    quads = []
    for index in range(min(pdfium.FPDFText_CountRects(text_page, start, end - start), MOST_QUADS)):
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        if pdfium.FPDFText_GetRect(text_page, index, left, top, right, bottom):
            quads.append(Quad(left.value, bottom.value, right.value, top.value))
    return quads


def _is_upright(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether lines run along the page's own x axis; on a turned page they may run up or down."""
    angle = pdfium.FPDFText_GetCharAngle(text_page, index) % pi
    return not pi / 4 < angle < 3 * pi / 4


@dataclass(slots=True)
class _Sides:
    """A box as its line sees it: along the line, and across."""

    start: float
    end: float
    low: float
    high: float


def _lines(boxes: list[Quad], *, is_upright: bool) -> list[Quad]:
    """Neighbours on one line become one box."""
    merged: list[Quad] = []
    for box in boxes:
        if merged and _are_neighbours(_sides(merged[-1], is_upright), _sides(box, is_upright)):
            last = merged[-1]
            merged[-1] = replace(
                last,
                left=min(last.left, box.left),
                bottom=min(last.bottom, box.bottom),
                right=max(last.right, box.right),
                top=max(last.top, box.top),
            )
        else:
            merged.append(box)
    return merged


def _sides(box: Quad, is_upright: bool) -> _Sides:  # noqa: FBT001  read beside its name everywhere
    along, across = (box.left, box.right), (box.bottom, box.top)
    return _Sides(*along, *across) if is_upright else _Sides(*across, *along)


def _are_neighbours(one: _Sides, other: _Sides) -> bool:
    """Half of the lower box's height is shared, and no gap is wider than three heights."""
    height = min(one.high - one.low, other.high - other.low)
    shared = min(one.high, other.high) - max(one.low, other.low)
    gap = max(one.start, other.start) - min(one.end, other.end)
    return shared >= height / 2 and gap <= 3 * max(one.high - one.low, other.high - other.low)
