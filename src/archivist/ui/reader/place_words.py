"""Where a quote stands, in words: the page as it is printed; without pages a heading or a paragraph."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import QuoteRow
from archivist.model.ids import QuoteId
from archivist.model.reading import one_line
from archivist.model.text import Section, SectionKind, Text
from archivist.ui.quotes.wording import page_words
from archivist.ui.words import isolate

LONGEST = 60
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


class PlaceWords:
    """Knows the parts of one text; paragraphs are counted only where nothing else tells the place."""

    def __init__(self, text: Text | None) -> None:
        self._text = text
        sections = text.sections if text else ()
        self._parts: list[Section] = [part for part in sections if part.kind is not SectionKind.PAGE]
        self._starts = [part.start for part in self._parts]
        self._paragraphs: list[int] | None = None

    def of(self, rows: Iterable[QuoteRow]) -> Mapping[QuoteId, str]:
        return {row.quote.id: self._words(row) for row in rows}

    def _words(self, row: QuoteRow) -> str:
        if row.page_label:
            return page_words(row.page_label)
        if row.needs_review and row.quote.anchor.page:
            return QCoreApplication.translate("Quotes", "was on p. {}").format(row.quote.anchor.page)
        offset = row.span.start if row.span else None
        if offset is None or self._text is None:
            return ""
        part = bisect_right(self._starts, offset) - 1
        if part >= 0 and self._parts[part].label:
            return isolate(one_line(self._parts[part].label, LONGEST))
        return QCoreApplication.translate("Quotes", "par. {}").format(self._paragraph(offset))

    def _paragraph(self, offset: int) -> int:
        if self._paragraphs is None:
            found = _PARAGRAPH.finditer(self._text.content if self._text else "")
            self._paragraphs = [one.start() for one in found]
        return max(1, bisect_right(self._paragraphs, offset))
