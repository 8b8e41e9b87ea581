"""Pictures of pages, kept up to a number of bytes; those seen longest ago go first."""

from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass

from PySide6.QtGui import QImage

from archivist.model.page import PageArea

MOST_BYTES = 160 << 20


@dataclass(frozen=True, slots=True)
class Painting:
    """A page as it was painted; `scale` is what was asked for, pixels per point."""

    scale: float
    image: QImage
    area: PageArea | None = None


class PageCache:
    """One picture of each page, and at high zoom one of the part that is looked at."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._pages: OrderedDict[int, Painting] = OrderedDict()
        self._areas: dict[int, Painting] = {}
        self._bytes = 0

    @property
    def bytes_kept(self) -> int:
        return self._bytes

    def page(self, page: int) -> Painting | None:
        painting = self._pages.get(page)
        if painting:
            self._pages.move_to_end(page)
        return painting

    def area(self, page: int) -> Painting | None:
        return self._areas.get(page)

    def keep(self, page: int, painting: Painting, *, in_sight: Container[int]) -> None:
        """What is in sight stays, however large."""
        known = self._areas if painting.area else self._pages
        if old := known.pop(page, None):
            self._bytes -= old.image.sizeInBytes()
        known[page] = painting
        self._bytes += painting.image.sizeInBytes()
        self._make_room(in_sight)

    def keep_areas_of(self, pages: Container[int]) -> None:
        for page in [page for page in self._areas if page not in pages]:
            self._bytes -= self._areas.pop(page).image.sizeInBytes()

    def _make_room(self, in_sight: Container[int]) -> None:
        for page in list(self._pages):
            if self._bytes <= self._most_bytes:
                return
            if page not in in_sight:
                self._bytes -= self._pages.pop(page).image.sizeInBytes()
