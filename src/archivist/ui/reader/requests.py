"""What a view waits for, in the order in which it is to be fetched. Knows no threads and no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from archivist.model.page import PageArea


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A whole page, or an area of it, at `scale` pixels per point."""

    page: int
    scale: float
    area: PageArea | None = None


@dataclass(frozen=True, slots=True)
class LayerRequest:
    """The words of a page and their places."""

    page: int


Request = PictureRequest | LayerRequest
R = TypeVar("R", PictureRequest, LayerRequest)


class Requests:
    """The newest wish comes first, and pictures that are not wished for any more are forgotten.

    The words of a page are fetched right after its picture; they are never forgotten, for they
    are quick, and a view asks for them once. What was taken counts as under way, and is not
    fetched again, until it was handed over.
    """

    def __init__(self) -> None:
        self._pictures: dict[PictureRequest, None] = {}
        self._areas: dict[PictureRequest, None] = {}
        self._layers: dict[LayerRequest, None] = {}
        self._wished: set[PictureRequest] = set()
        self._under_way: set[Request] = set()
        self._just_seen: int | None = None

    def want_pages(self, pages: Sequence[int], scale: float) -> None:
        """These pages, the first one first, and no other picture that was wanted before."""
        self._pictures.clear()
        self._areas.clear()
        self._wished.clear()
        for page in pages:
            self._add(self._pictures, PictureRequest(page, scale))
            self._wished.add(PictureRequest(page, scale))

    def want_area(self, page: int, scale: float, area: PageArea) -> None:
        self._add(self._areas, PictureRequest(page, scale, area))
        self._wished.add(PictureRequest(page, scale, area))

    def want_layer(self, page: int) -> None:
        self._add(self._layers, LayerRequest(page))

    def is_wanted(self, request: PictureRequest) -> bool:
        """Whether the view still waits for what is under way."""
        return request in self._wished

    def clear(self) -> None:
        for wanted in (self._pictures, self._areas, self._layers, self._wished, self._under_way):
            wanted.clear()

    @property
    def are_waiting(self) -> bool:
        return bool(self._pictures or self._areas or self._layers)

    def take(self) -> Request | None:
        """What is to be fetched now."""
        request = self._next()
        if request is not None:
            self._under_way.add(request)
            self._just_seen = request.page if isinstance(request, PictureRequest) else None
        return request

    def hand_over(self, request: Request, *, is_answered: bool = True) -> None:
        """It has reached the view; what was given up on the way is fetched anew if it is wished for again."""
        self._under_way.discard(request)
        if not is_answered and isinstance(request, PictureRequest) and request in self._wished:
            self._add(self._pictures if request.area is None else self._areas, request)

    def _next(self) -> Request | None:
        words = LayerRequest(self._just_seen) if self._just_seen is not None else None
        if words is not None and words in self._layers:
            del self._layers[words]
            return words
        if self._pictures:
            first = next(iter(self._pictures))
            del self._pictures[first]
            return first
        if self._areas:
            return self._areas.popitem()[0]
        return self._layers.popitem()[0] if self._layers else None

    def _add(self, wanted: dict[R, None], request: R) -> None:
        """As the newest; what is under way is on its way already."""
        wanted.pop(request, None)
        if request not in self._under_way:
            wanted[request] = None
