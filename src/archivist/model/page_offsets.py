"""Between the words of a page as they stand on it now and the canonical text that quotes point into.

Both are most often the same. Where an older engine spelled a page in another way, or a text was
recognised or corrected, passages are found again by their words, or honestly not at all.
"""

from bisect import bisect_left
from functools import cached_property

from archivist.model.anchor import Anchor, Span, resolve, skeleton
from archivist.model.ids import TextId

_ANY = TextId("")


class PageOffsets:
    """The map of one page; `start` is where its words begin in the document's text."""

    def __init__(self, page_words: str, document_words: str, start: int) -> None:
        self._page = page_words
        self._document = document_words
        self._start = start
        self.is_same = page_words == document_words

    def to_document(self, span: Span) -> Span | None:
        """A range of the page in the document; None where its words are not, or in several places."""
        if span == Span(0, len(self._page)):
            found: Span | None = Span(0, len(self._document))
        else:
            found = self._moved(span, self._page, self._document)
        return Span(found.start + self._start, found.end + self._start) if found else None

    def to_page(self, span: Span) -> Span | None:
        """A range of the document that lies on this page."""
        within = Span(span.start - self._start, span.end - self._start)
        if within == Span(0, len(self._document)):
            return Span(0, len(self._page))
        return self._moved(within, self._document, self._page)

    def _moved(self, span: Span, source: str, target: str) -> Span | None:
        if self.is_same:
            return span
        if self._are_alike:
            return _by_skeleton(span, self._origins[source], self._origins[target])
        placement = resolve(Anchor.at(_ANY, source, span), target)
        return placement.span if placement else None

    @cached_property
    def _are_alike(self) -> bool:
        return skeleton(self._page)[0] == skeleton(self._document)[0]

    @cached_property
    def _origins(self) -> dict[str, list[int]]:
        return {words: skeleton(words)[1] for words in (self._page, self._document)}


def _by_skeleton(span: Span, source: list[int], target: list[int]) -> Span | None:
    """None where the range holds nothing that a skeleton keeps."""
    first = bisect_left(source, span.start)
    last = bisect_left(source, span.end) - 1
    return Span(target[first], target[last] + 1) if first <= last else None
