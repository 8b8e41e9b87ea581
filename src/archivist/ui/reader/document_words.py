"""The words of all pages of a document as far as they are known, and where they stand in its canonical text.

Words of a page arrive when they are asked for; until then a wish may wait for them. Knows no Qt.
"""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable

from archivist.model.anchor import Span
from archivist.model.page import PageLayer
from archivist.model.page_offsets import PageOffsets
from archivist.model.page_text import PageText
from archivist.model.text import PAGE_BREAK, Section, Text
from archivist.ui.reader.selection import PAGE_END, Selection

MOST_PAGES_KEPT = 400

Wish = Callable[[PageText], object]


class DocumentWords:
    """Pages and canonical text of one document; `fetch` asks for the words of a page."""

    def __init__(self, text: Text | None, fetch: Callable[[int], object]) -> None:
        self._content = text.content if text else ""
        self._sections: tuple[Section, ...] = text.pages if text else ()
        self._starts = [section.start for section in self._sections]
        self._fetch = fetch
        self._pages: OrderedDict[int, PageText] = OrderedDict()
        self._offsets: dict[int, PageOffsets] = {}
        self._asked: set[int] = set()
        self._wish: tuple[int, Wish] | None = None
        self.held: tuple[int, ...] = ()
        """Pages whose words stay, because a selection begins or ends there."""

    def page(self, page: int) -> PageText | None:
        return self._pages.get(page)

    def want(self, page: int) -> None:
        if page in self._pages:
            self._pages.move_to_end(page)
        elif page not in self._asked:
            self._asked.add(page)
            self._fetch(page)

    def when_known(self, page: int, wish: Wish) -> None:
        """Now, or when the words of that page are there; only the last wish counts."""
        self._wish = None
        if known := self._pages.get(page):
            wish(known)
        else:
            self._wish = (page, wish)
            self.want(page)

    def forget_wish(self) -> None:
        self._wish = None

    def put(self, page: int, layer: PageLayer) -> None:
        self._asked.discard(page)
        self._pages[page] = PageText(layer)
        self._offsets.pop(page, None)
        if len(self._pages) > MOST_PAGES_KEPT:
            dropped = next(known for known in self._pages if known not in self.held)
            del self._pages[dropped]
            self._offsets.pop(dropped, None)
        if self._wish and self._wish[0] == page:
            _, wish = self._wish
            self._wish = None
            wish(self._pages[page])

    def put_nothing(self, page: int) -> None:
        """Its words cannot be had: as on a page that has none."""
        self.put(page, PageLayer("", array("f")))

    def page_of(self, offset: int) -> int | None:
        """The page on which a code point of the document stands."""
        page = bisect_right(self._starts, offset) - 1
        if page < 0 or offset >= self._sections[page].end + len(PAGE_BREAK):
            return None
        return page

    def pages_of(self, span: Span) -> range:
        first, last = self.page_of(span.start), self.page_of(max(span.start, span.end - 1))
        if first is None:
            return range(0)
        return range(first, (first if last is None else last) + 1)

    def on_page(self, span: Span, page: int) -> Span | None:
        """The part of a range of the document on a page whose words are known, counted on that page."""
        offsets = self._offsets_of(page)
        if not offsets:
            return None
        section = self._sections[page]
        start, end = max(span.start, section.start), min(span.end, section.end)
        return offsets.to_page(Span(start, end)) if start < end else None

    def is_same(self, page: int) -> bool:
        """Whether the page says exactly what the document's text says there."""
        offsets = self._offsets_of(page)
        return offsets is not None and offsets.is_same

    def span_of(self, selection: Selection) -> Span | None:
        """The selected words in the document, without white space around; None where that is not sure."""
        first, last = selection.start, selection.end
        if selection.is_empty or last.page >= len(self._sections):
            return None
        if first.page == last.page:
            return self._trimmed(self._part(first.page, first.index, last.index))
        begin = self._part(first.page, first.index, PAGE_END)
        finish = self._part(last.page, 0, last.index)
        return self._trimmed(Span(begin.start, finish.end)) if begin and finish else None

    def words_of(self, selection: Selection) -> str:
        """The canonical words; where the page says something else, what the page says."""
        span = self.span_of(selection)
        if span:
            return self._content[span.start : span.end]
        parts = (self._words_on(page, selection) for page in selection.pages)
        return PAGE_BREAK.join(part for part in parts if part).strip()

    def _trimmed(self, span: Span | None) -> Span | None:
        words = self._content[span.start : span.end] if span else ""
        if span is None or not words.strip():
            return None
        return Span(
            span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip())
        )

    def _words_on(self, page: int, selection: Selection) -> str:
        known = self._pages.get(page)
        if known is None:
            return self._section_words(page) if page < len(self._sections) else ""
        part = selection.on_page(page, len(known.text))
        return known.text[slice(*part)] if part else ""

    def _part(self, page: int, start: int, end: int) -> Span | None:
        """A whole page is known without its words."""
        section = self._sections[page]
        known = self._pages.get(page)
        if start == 0 and (end == PAGE_END or (known and end >= len(known.text))):
            return Span(section.start, section.end)
        offsets = self._offsets_of(page)
        if not known or not offsets:
            return None
        start, end = min(start, len(known.text)), min(end, len(known.text))
        if start == end:
            at = section.start if start == 0 else section.end
            return Span(at, at)
        return offsets.to_document(Span(start, end))

    def _offsets_of(self, page: int) -> PageOffsets | None:
        known = self._pages.get(page)
        if not known or page >= len(self._sections):
            return None
        if page not in self._offsets:
            section = self._sections[page]
            self._offsets[page] = PageOffsets(known.text, self._section_words(page), section.start)
        return self._offsets[page]

    def _section_words(self, page: int) -> str:
        section = self._sections[page]
        return self._content[section.start : section.end]
