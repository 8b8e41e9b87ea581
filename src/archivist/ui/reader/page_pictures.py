"""Pictures of the pages in sight: what is asked of the engine, what has come, and what could not be painted.

Up to a number of pixels a page is painted whole. Above, only the part that is looked at is
painted sharp, over the whole page as it is at the highest scale allowed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from archivist.extraction.framing import LONGEST_SIDE
from archivist.model.page import PageArea
from archivist.model.page_lines import Rect
from archivist.ui.reader.engine import PageEngine
from archivist.ui.reader.page_cache import PageCache, Painting
from archivist.ui.reader.page_layout import PageLayout

MOST_PIXELS = 12_000_000  # of a page that is painted whole: 48 MB, an A4 page at about 360 %
TILE = 256  # areas begin and end at such steps, so that a small scroll asks for nothing new
_ALIKE = 1e-6


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at: pages on the screen and near it; `scale` is pixels of the screen per point."""

    visible: Sequence[int]
    near: Sequence[int]
    scale: float
    ratio: float
    seen: Callable[[int], Rect]
    """The part of a page that is on the screen, in points."""


class PagePictures(QObject):
    """Asks for what is missing, and keeps what comes."""

    changed = Signal(int)

    def __init__(self, engine: PageEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._cache = PageCache()
        self._failures: dict[int, str] = {}
        self._sight: Sight | None = None
        self._whole_scale = 0.0
        engine.pictured.connect(self._keep)
        engine.area_pictured.connect(self._keep_area)
        engine.page_failed.connect(self._fail)

    def whole(self, page: int) -> Painting | None:
        return self._cache.page(page)

    def area(self, page: int) -> Painting | None:
        return self._cache.area(page)

    def failure(self, page: int) -> str:
        return self._failures.get(page, "")

    def retry(self, page: int) -> None:
        self._failures.pop(page, None)

    def is_sharp(self, page: int) -> bool:
        painting = self._cache.page(page)
        return painting is not None and abs(painting.scale - self._whole_scale) < _ALIKE

    def look_at(self, sight: Sight, layout: PageLayout) -> None:
        """What is in sight first, then what is near."""
        self._sight = sight
        self._whole_scale = min([sight.scale, *(_highest(layout, page) for page in sight.visible)])
        is_whole = sight.scale <= self._whole_scale + _ALIKE
        pages = (*sight.visible, *sight.near) if is_whole else sight.visible
        wanted = [page for page in pages if page not in self._failures and not self.is_sharp(page)]
        self._engine.want(wanted, self._whole_scale)
        self._cache.keep_areas_of(() if is_whole else sight.visible)
        for page in () if is_whole else sight.visible:
            self._want_area(page, sight, layout)

    def _want_area(self, page: int, sight: Sight, layout: PageLayout) -> None:
        seen = sight.seen(page)
        painted = self._cache.area(page)
        if painted and abs(painted.scale - sight.scale) < _ALIKE and _covers(painted, seen):
            return
        if page not in self._failures and seen.right > seen.left and seen.bottom > seen.top:
            self._engine.want_area(page, sight.scale, _area_around(seen, sight.scale, layout, page))

    def _keep(self, page: int, scale: float, image: QImage) -> None:
        if self.is_sharp(page) and abs(scale - self._whole_scale) >= _ALIKE:
            return
        self._put(page, Painting(scale, image))

    def _keep_area(self, page: int, scale: float, area: PageArea, image: QImage) -> None:
        if self._sight and page in self._sight.visible and abs(scale - self._sight.scale) < _ALIKE:
            self._put(page, Painting(scale, image, area))

    def _put(self, page: int, painting: Painting) -> None:
        in_sight = self._sight.visible if self._sight else ()
        painting.image.setDevicePixelRatio(self._sight.ratio if self._sight else 1.0)
        self._cache.keep(page, painting, in_sight=in_sight)
        self.changed.emit(page)

    def _fail(self, page: int, sentence: str) -> None:
        self._failures[page] = sentence
        self.changed.emit(page)


def _highest(layout: PageLayout, page: int) -> float:
    size = layout.size(page)
    return min(sqrt(MOST_PIXELS / (size.width * size.height)), LONGEST_SIDE / max(size.width, size.height))


def _covers(painted: Painting, seen: Rect) -> bool:
    area = painted.area
    if area is None:
        return False
    left, top, right, bottom = (side * painted.scale for side in seen)
    return (
        area.left <= left + 1
        and area.top <= top + 1
        and area.left + area.width >= right - 1
        and area.top + area.height >= bottom - 1
    )


def _area_around(seen: Rect, scale: float, layout: PageLayout, page: int) -> PageArea:
    """What is seen, in whole tiles, within the page."""
    most_right, most_bottom = layout.size(page).pixels(scale)
    left, top = (TILE * floor(side * scale / TILE) for side in seen[:2])
    right, bottom = (TILE * ceil(side * scale / TILE) for side in seen[2:])
    left, top = max(0, min(left, most_right - 1)), max(0, min(top, most_bottom - 1))
    return PageArea(left, top, min(right, most_right) - left, min(bottom, most_bottom) - top)
