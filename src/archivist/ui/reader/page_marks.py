"""Quotes and search hits of a document, as rectangles on each page. Knows no Qt.

They are told in code points of the document, and put on a page when it is painted; rectangles are
points of the page, so they serve every zoom and are worked out once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.model.page_lines import Rect
from archivist.ui.reader.document_words import DocumentWords
from archivist.ui.reader.view import Highlight

MOST_SOUGHT_AGAIN = 100
"""Hits on a page that says something else than the text, each of which is sought there by its words."""


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A quote on one page."""

    quote_id: QuoteId
    hue: str
    is_active: bool
    length: int
    rects: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class HitMark:
    """A search hit on one page."""

    is_current: bool
    rects: tuple[Rect, ...]


class PageMarks:
    """Which marks lie on which page."""

    def __init__(self, words: DocumentWords) -> None:
        self._words = words
        self._quotes: dict[int, list[Highlight]] = {}
        self._hits: dict[int, list[tuple[int, Span]]] = {}
        self._current = -1
        self._all_hits: Sequence[Span] = ()
        self._quote_marks: dict[int, list[QuoteMark]] = {}
        self._hit_marks: dict[int, list[HitMark]] = {}

    def set_quotes(self, highlights: Sequence[Highlight]) -> None:
        quotes = defaultdict(list)
        for highlight in highlights:
            for page in self._words.pages_of(highlight.span):
                quotes[page].append(highlight)
        self._quotes = dict(quotes)
        self._quote_marks.clear()

    def set_hits(self, hits: Sequence[Span], current: int) -> None:
        hits = tuple(hits)
        if hits != self._all_hits:
            grouped = defaultdict(list)
            for number, span in enumerate(hits):
                for page in self._words.pages_of(span):
                    grouped[page].append((number, span))
            self._hits = dict(grouped)
            self._all_hits = hits
        self._current = current
        self._hit_marks.clear()

    def forget(self, page: int) -> None:
        """The words of that page have come, or come anew."""
        self._quote_marks.pop(page, None)
        self._hit_marks.pop(page, None)

    def quotes(self, page: int) -> list[QuoteMark]:
        if page not in self._quotes or not self._words.page(page):
            return []
        if page not in self._quote_marks:
            self._quote_marks[page] = [
                QuoteMark(quote.quote_id, quote.colour, quote.is_active, length, rects)
                for quote in self._quotes[page]
                if (rects := self._rects(quote.span, page)) and (length := quote.span.end - quote.span.start)
            ]
        return self._quote_marks[page]

    def hits(self, page: int) -> list[HitMark]:
        if page not in self._hits or not self._words.page(page):
            return []
        if page not in self._hit_marks:
            most = None if self._words.is_same(page) else MOST_SOUGHT_AGAIN
            self._hit_marks[page] = [
                HitMark(number == self._current, rects)
                for number, span in islice(self._hits[page], most)
                if (rects := self._rects(span, page))
            ]
        return self._hit_marks[page]

    def quote_at(self, page: int, x: float, y: float) -> QuoteId | None:
        """The shortest quote under a point."""
        met = [mark for mark in self.quotes(page) if any(_holds(rect, x, y) for rect in mark.rects)]
        return min(met, key=lambda mark: mark.length).quote_id if met else None

    def _rects(self, span: Span, page: int) -> tuple[Rect, ...]:
        known, part = self._words.page(page), self._words.on_page(span, page)
        return tuple(known.rects(part.start, part.end)) if known and part else ()


def _holds(rect: Rect, x: float, y: float) -> bool:
    return rect.left <= x <= rect.right and rect.top <= y <= rect.bottom
