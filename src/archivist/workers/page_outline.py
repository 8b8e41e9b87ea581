"""The document's own table of contents, and how far down its page each entry leads."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from archivist.model.page import OutlineEntry, PageSize
from archivist.model.reading import one_line
from archivist.workers.page_boxes import Display, display_of

MOST_ENTRIES = 20_000
LONGEST_TITLE = 500
MOST_LETTERS = 500_000  # of all titles together: an answer is bounded
MOST_PAGES_LOADED = 20

_TOP_ONLY = {pdfium.PDFDEST_VIEW_FITH: 0, pdfium.PDFDEST_VIEW_FITBH: 0, pdfium.PDFDEST_VIEW_FITR: 3}


def outline_of(document: pypdfium2.PdfDocument, sizes: Sequence[PageSize]) -> Iterator[OutlineEntry]:
    tops = _Tops(document, sizes)
    letters = 0
    for bookmark in islice(document.get_toc(), MOST_ENTRIES):
        title = _title(bookmark)
        letters += len(title)
        if title and letters <= MOST_LETTERS:
            destination = bookmark.get_dest()
            page = destination.get_index() if destination else None
            if page is None or page >= len(sizes):
                yield OutlineEntry(bookmark.level, title, None)
            else:
                yield OutlineEntry(bookmark.level, title, page, tops.of(destination, page))


def _title(bookmark: pypdfium2.PdfBookmark) -> str:
    try:
        return one_line(bookmark.get_title(), LONGEST_TITLE)
    except UnicodeDecodeError:
        return ""


class _Tops:
    """Pages of one size are taken to be cropped and turned alike, so that few need to be loaded."""

    def __init__(self, document: pypdfium2.PdfDocument, sizes: Sequence[PageSize]) -> None:
        self._document = document
        self._sizes = sizes
        self._displays: dict[PageSize, Display | None] = {}

    def of(self, destination: pypdfium2.PdfDest, page: int) -> float:
        display = self._display(page)
        place = _place(destination)
        if place is None or display is None:
            return 0.0
        height = self._sizes[page].height
        return min(max(0.0, display.point(*place)[1]), height)

    def _display(self, page: int) -> Display | None:
        size = self._sizes[page]
        if size not in self._displays:
            if len(self._displays) >= MOST_PAGES_LOADED:
                return None
            self._displays[size] = self._load(page)
        return self._displays[size]

    def _load(self, page: int) -> Display | None:
        try:
            loaded = self._document[page]
        except pypdfium2.PdfiumError:
            return None
        with closing(loaded):
            return display_of(loaded, self._sizes[page])


def _place(destination: pypdfium2.PdfDest) -> tuple[float, float] | None:
    """A point in the page's own space; None where the entry names only the page."""
    flags = [ctypes.c_int() for _ in range(3)]
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    if pdfium.FPDFDest_GetLocationInPage(destination, *flags, x, y, zoom) and flags[1].value:
        return x.value, y.value
    mode, position = destination.get_view()
    at = _TOP_ONLY.get(mode)
    return (0.0, position[at]) if at is not None and at < len(position) else None
