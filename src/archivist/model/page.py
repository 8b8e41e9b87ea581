"""Pages as they are shown: their sizes, the outline, and where each letter of a page stands.

All measures are points as displayed: after /Rotate and /CropBox, from the top left corner, y down.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of one page, in points."""

    width: float
    height: float

    def pixels(self, scale: float) -> tuple[int, int]:
        """Of the whole page at `scale` pixels per point."""
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the document's own table of contents.

    `level` counts from 0; `page` counts from 0 and is None where the entry leads nowhere;
    `top` is how far down that page it leads.
    """

    level: int
    title: str
    page: int | None
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Pages:
    """What is known of all pages once a document is open; `labels` are what is printed on them."""

    sizes: tuple[PageSize, ...]
    labels: tuple[str, ...]
    outline: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLayer:
    """The canonical text of one page, exactly as it was extracted, and the boxes of its letters.

    `boxes` holds four numbers (left, top, right, bottom) for each code point of `text`; what has no
    shape of its own, as a line end, has an empty box: left equals right.
    """

    text: str
    boxes: "array[float]"

    def box(self, index: int) -> tuple[float, float, float, float]:
        left, top, right, bottom = self.boxes[4 * index : 4 * index + 4]
        return left, top, right, bottom


@dataclass(frozen=True, slots=True)
class PageArea:
    """A part of a page's picture, in pixels of the whole picture at the same scale."""

    left: int
    top: int
    width: int
    height: int
