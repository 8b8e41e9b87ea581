"""Where the pages of a document stand under each other, at any zoom. Knows no Qt.

All is arithmetic on one table of heights, so that zooming in a document of thousands of pages costs nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate

from archivist.model.page import PageSize

PIXELS_PER_POINT = 96 / 72  # at 100 %
LEAST_ZOOM, MOST_ZOOM = 0.25, 8.0
LEAST_FITTED_ZOOM = 0.05
GAP, MARGIN = 14.0, 22.0
_LEAST_SIDE = 1.0


class Fit(Enum):
    """What the zoom follows when the window is resized."""

    NONE = "none"
    WIDTH = "width"
    PAGE = "page"


class PageLayout:
    """Pages one under the other with gaps between them; `scale` is pixels per point."""

    def __init__(self, sizes: Sequence[PageSize] = ()) -> None:
        self._sizes = tuple(
            PageSize(max(size.width, _LEAST_SIDE), max(size.height, _LEAST_SIDE)) for size in sizes
        )
        self._above = [0.0, *accumulate(size.height for size in self._sizes)]
        self._widest = max((size.width for size in self._sizes), default=0.0)
        self.zoom = 1.0

    def __len__(self) -> int:
        return len(self._sizes)

    @property
    def scale(self) -> float:
        return self.zoom * PIXELS_PER_POINT

    @property
    def width(self) -> float:
        return self._widest * self.scale + 2 * MARGIN if self._sizes else 0.0

    @property
    def height(self) -> float:
        return self.top(len(self)) if self._sizes else 0.0

    def size(self, page: int) -> PageSize:
        """In points."""
        return self._sizes[page]

    def top(self, page: int) -> float:
        return self._above[page] * self.scale + GAP * (page + 1)

    def left(self, page: int, room: float) -> float:
        """In the middle of what is wider: the room or the widest page."""
        return (max(room, self.width) - self._sizes[page].width * self.scale) / 2

    def page_at(self, y: float) -> int:
        """The page whose top is the last one above `y`; the first page above all."""
        return max(0, bisect_right(range(len(self)), y, key=self.top) - 1)

    def nearest_page(self, y: float) -> int:
        """Of two pages, half of the gap between them belongs to each."""
        return self.page_at(y + GAP / 2)

    def pages_between(self, top: float, bottom: float) -> range:
        """Pages that have a part between two heights."""
        if not self._sizes or bottom <= 0 or top >= self.height:
            return range(0)
        first = self.page_at(top)
        if self.top(first) + self._sizes[first].height * self.scale <= top:
            first += 1
        return range(first, max(first, bisect_right(range(len(self)), bottom, key=self.top)))

    def fitted(self, fit: Fit, page: int, width: float, height: float) -> float:
        """The zoom at which `page` fits; margins stay."""
        size = self._sizes[page]
        by_width = (width - 2 * MARGIN) / size.width
        by_height = (height - 2 * GAP) / size.height
        wanted = min(by_width, by_height) if fit is Fit.PAGE else by_width
        return max(LEAST_FITTED_ZOOM, min(MOST_ZOOM, wanted / PIXELS_PER_POINT))


def bounded(zoom: float) -> float:
    return max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
