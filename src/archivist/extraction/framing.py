"""How large a picture of a page becomes: as asked for, and no larger than there is room for it."""

from dataclasses import dataclass
from math import isfinite, sqrt

from archivist.model.page import PageArea, PageSize

MOST_PIXELS = 15_000_000  # four bytes each: they fit into a canvas, and into an answer
LONGEST_SIDE = 30_000
LONGEST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """`area` of a page that measures `whole` pixels."""

    whole: tuple[int, int]
    area: PageArea


def frame_for(size: PageSize, scale: float, area: PageArea | None = None) -> Frame:
    """Where `area`, in pixels at `scale`, is too large, all of it is framed at a lower scale."""
    if not (isfinite(scale) and scale > 0):
        raise ValueError(scale)
    whole = size.pixels(scale)
    wanted = _within(whole, area or PageArea(0, 0, *whole))
    share = min(
        1.0,
        sqrt(MOST_PIXELS / (wanted.width * wanted.height)),
        LONGEST_SIDE / max(wanted.width, wanted.height),
        LONGEST_PAGE / max(whole),
    )
    if share == 1.0:
        return Frame(whole, wanted)
    smaller = (max(1, int(whole[0] * share)), max(1, int(whole[1] * share)))
    left, top = int(wanted.left * share), int(wanted.top * share)
    width, height = max(1, int(wanted.width * share)), max(1, int(wanted.height * share))
    return Frame(smaller, _within(smaller, PageArea(left, top, width, height)))


def _within(whole: tuple[int, int], area: PageArea) -> PageArea:
    """What of `area` lies on the page; one pixel where nothing does."""
    left, top = (min(max(0, at), most - 1) for at, most in zip((area.left, area.top), whole, strict=True))
    right, bottom = min(area.left + area.width, whole[0]), min(area.top + area.height, whole[1])
    return PageArea(left, top, max(1, right - left), max(1, bottom - top))
