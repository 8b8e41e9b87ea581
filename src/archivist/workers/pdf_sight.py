"""Words that a page has and does not show: the invisible layer of a scan, or what was hidden.

A sample of each page is looked at, dense enough to meet any hidden sentence. White words count as
hidden only where nothing is painted under them; what stands in a form (XObject) has the benefit of the doubt.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

CHARACTERS_SAMPLED = 256
LEAST_SIZE = 1.0  # points
LEAST_ALPHA = 5  # of 255
LEAST_WHITE = 250
MOST_OBJECTS = 5_000

_FILLED = {
    pdfium.FPDF_TEXTRENDERMODE_FILL,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
}
_STROKED = {
    pdfium.FPDF_TEXTRENDERMODE_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
}

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Unseen:
    """Whether a page has words of either kind."""

    in_layer: bool
    hidden: bool


def sample_of(raw: list[str]) -> range:
    return range(0, len(raw), len(raw) // CHARACTERS_SAMPLED + 1)


def unseen_on(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, raw: list[str]) -> Unseen:
    """`raw` are the characters of the page by their indices."""
    sight = _Sight(page, text_page)
    in_layer = hidden = False
    for index, shown in _objects(text_page, raw):
        mode = pdfium.FPDFTextObj_GetTextRenderMode(shown)
        if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            in_layer = True
        elif not hidden:
            hidden = sight.hides(index, shown, mode)
    return Unseen(in_layer, hidden)


def _objects(text_page: pypdfium2.PdfTextPage, raw: list[str]) -> Iterator[tuple[int, object]]:
    """What the sampled letters are painted by, each once, with the index of such a letter."""
    seen = set()
    for index in sample_of(raw):
        shown = pdfium.FPDFText_GetTextObject(text_page, index) if raw[index].strip() else None
        if shown and (address := ctypes.addressof(shown.contents)) not in seen:
            seen.add(address)
            yield index, shown


class _Sight:
    """A page as its reader sees it, as far as that is cheap to know."""

    def __init__(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> None:
        self._page = page
        self._text_page = text_page

    def hides(self, index: int, shown: object, mode: int) -> bool:
        colours = [colour for colour in _colours(shown, mode) if colour[3] > LEAST_ALPHA]
        if not colours:
            return True
        box = self._box(index)
        if box is None:
            return False
        if max(box[2] - box[0], box[3] - box[1]) < LEAST_SIZE or not _holds(self._paper, box):
            return True
        return all(map(_is_white, colours)) and not self._has_ground(box)

    @cached_property
    def _paper(self) -> Box:
        left, bottom, right, top = self._page.get_bbox()
        return left, bottom, right, top

    def _box(self, index: int) -> Box | None:
        box = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._text_page, index, box):
            return None
        return box.left, box.bottom, box.right, box.top

    def _has_ground(self, box: Box) -> bool:
        return self._grounds is None or any(_holds(ground, box) for ground in self._grounds)

    @cached_property
    def _grounds(self) -> list[Box] | None:
        """Where something is painted, neither words nor white; None where that is too much to look at."""
        count = pdfium.FPDFPage_CountObjects(self._page)
        if count > MOST_OBJECTS:
            return None
        objects = (pdfium.FPDFPage_GetObject(self._page, index) for index in range(count))
        boxes = (_bounds(painted) for painted in objects if painted and _is_ground(painted))
        return [box for box in boxes if box]


def _colours(shown: object, mode: int) -> Iterator[Colour]:
    if mode in _FILLED:
        yield _colour(pdfium.FPDFPageObj_GetFillColor, shown)
    if mode in _STROKED:
        yield _colour(pdfium.FPDFPageObj_GetStrokeColor, shown)


def _colour(of: Callable[..., int], painted: object) -> Colour:
    """Black where PDFium does not know it."""
    red, green, blue, alpha = (ctypes.c_uint(value) for value in (0, 0, 0, 255))
    of(painted, red, green, blue, alpha)
    return red.value, green.value, blue.value, alpha.value


def _is_white(colour: Colour) -> bool:
    return min(colour[:3]) >= LEAST_WHITE


def _is_ground(painted: object) -> bool:
    kind = pdfium.FPDFPageObj_GetType(painted)
    if kind != pdfium.FPDF_PAGEOBJ_PATH:
        return bool(kind != pdfium.FPDF_PAGEOBJ_TEXT)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(painted, fill, stroke)
    colour = _colour(pdfium.FPDFPageObj_GetFillColor, painted)
    return fill.value != pdfium.FPDF_FILLMODE_NONE and colour[3] > LEAST_ALPHA and not _is_white(colour)


def _bounds(painted: object) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(painted, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _holds(outer: Box, box: Box) -> bool:
    """Whether the middle of `box` lies in `outer`."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
