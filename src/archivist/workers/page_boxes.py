"""Where the letters of a page stand, in points of the page as it is shown: y down, turned and cropped."""

import ctypes
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from archivist.model.page import PageSize
from archivist.workers.page_layer import Stretch

FARTHEST = 1e6
_FIRST = -FARTHEST
WIDEST_GAP = 3.0  # times the height of a line: white space beyond that is no gap between two words

_FINE = 64  # PDFium answers in whole units: points are too coarse
_FAR = 1000.0

Box = tuple[float, float, float, float]  # left, top, right, bottom
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Display:
    """The way from the page's own space to how it is shown: x' = x0 + xx·x + xy·y, and y' likewise."""

    x0: float
    xx: float
    xy: float
    y0: float
    yx: float
    yy: float

    @property
    def is_turned(self) -> bool:
        """By a quarter: what runs across the page runs down its display. Pages turn by nothing else."""
        return abs(self.xy) > abs(self.xx)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.x0 + self.xx * x + self.xy * y, self.y0 + self.yx * x + self.yy * y

    def boxes(self, rectangles: Sequence[float]) -> list[Box | None]:
        """From four sides of each in the page's own space; None for what is empty or beyond all measure."""
        lefts, tops, rights, bottoms = (rectangles[side::4] for side in range(4))
        if self.is_turned:
            across, down = (self.xy, tops, bottoms), (self.yx, lefts, rights)
        else:
            across, down = (self.xx, lefts, rights), (self.yy, tops, bottoms)
        corners = zip(
            _moved(self.x0, across[0], across[1]),
            _moved(self.y0, down[0], down[1]),
            _moved(self.x0, across[0], across[2]),
            _moved(self.y0, down[0], down[2]),
            strict=True,
        )
        return [
            box
            if _FIRST < box[0] < box[2] < FARTHEST and _FIRST < box[1] < box[3] < FARTHEST
            else _sorted(box)
            for box in corners
        ]


def _moved(by: float, stretched: float, sides: Sequence[float]) -> list[float]:
    return [by + stretched * side for side in sides]


def display_of(page: pypdfium2.PdfPage, size: PageSize) -> Display:
    """Told by PDFium itself, from where it would paint three points."""

    def shown(x: float, y: float) -> tuple[float, float]:
        right, down = ctypes.c_int(), ctypes.c_int()
        fine = round(size.width * _FINE), round(size.height * _FINE)
        pdfium.FPDF_PageToDevice(page, 0, 0, *fine, 0, x, y, right, down)
        return right.value / _FINE, down.value / _FINE

    (x0, y0), (x1, y1), (x2, y2) = shown(0, 0), shown(_FAR, 0), shown(0, _FAR)
    return Display(x0, (x1 - x0) / _FAR, (x2 - x0) / _FAR, y0, (y1 - y0) / _FAR, (y2 - y0) / _FAR)


def boxes_of(
    text_page: pypdfium2.PdfTextPage, display: Display, text: str, origins: Sequence[Stretch]
) -> "array[float]":
    """Four numbers for each code point of `text`."""
    count = max((end for _, end in origins), default=0)
    shapes = _shapes(text_page, display, count)
    boxes = [_whole(shapes[start:end]) for start, end in origins]
    _fill_gaps(text, boxes)
    return array("f", [side for box in boxes for side in box or NOWHERE])


def _shapes(text_page: pypdfium2.PdfTextPage, display: Display, count: int) -> list[Box | None]:
    """What PDFium does not know stays empty. It fills one array, for a page has thousands of letters."""
    rectangles = (pdfium.FS_RECTF * count)()
    read, handle = pdfium.FPDFText_GetLooseCharBox, text_page.raw
    for index, rectangle in enumerate(rectangles):
        read(handle, index, rectangle)
    return display.boxes(array("f", bytes(rectangles)))


def _sorted(box: Box) -> Box | None:
    """Turned over, as on a turned page; None if that does not help."""
    left, right = sorted((box[0], box[2]))
    top, bottom = sorted((box[1], box[3]))
    is_sound = _FIRST < left < right < FARTHEST and _FIRST < top < bottom < FARTHEST
    return (left, top, right, bottom) if is_sound else None


def _whole(shapes: Sequence[Box | None]) -> Box | None:
    if len(shapes) == 1:
        return shapes[0]
    real = [shape for shape in shapes if shape]
    if not real:
        return None
    lefts, tops, rights, bottoms = zip(*real, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _fill_gaps(text: str, boxes: list[Box | None]) -> None:
    """A space without a place stands between the letters that it parts, if they are on one line."""
    for index, (character, box) in enumerate(zip(text, boxes, strict=True)):
        if box is None and character == " " and 0 < index < len(boxes) - 1:
            before, after = boxes[index - 1], boxes[index + 1]
            if before and after:
                boxes[index] = _between(before, after)


def _between(one: Box, other: Box) -> Box | None:
    """The gap between neighbours on one line, whichever way it runs."""
    left, right = min(one[2], other[2]), max(one[0], other[0])
    top, bottom = max(one[1], other[1]), min(one[3], other[3])
    height = min(one[3] - one[1], other[3] - other[1])
    if bottom - top >= height / 2 and 0 < right - left <= WIDEST_GAP * height:
        return left, min(one[1], other[1]), right, max(one[3], other[3])
    return None
