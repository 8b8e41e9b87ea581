"""Pages of one open document for the app's reader: pixels, and the words with their places.

The copy of the zygote that serves one document stays with it until the app closes the pipe. Pixels
go into the canvas, all else into answers. What the app asks for is checked by the app.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from math import isfinite

import pypdfium2
import pypdfium2.raw as pdfium

from archivist.model.page import PageSize
from archivist.model.sandbox import Failure
from archivist.workers.canvas import ON_THE_PIPE, Canvas
from archivist.workers.failing import Unreadable
from archivist.workers.fonts import installed_faces
from archivist.workers.page_boxes import boxes_of, display_of
from archivist.workers.page_layer import text_and_origins
from archivist.workers.page_outline import outline_of
from archivist.workers.pdf import characters, label_of, open_pdf
from archivist.workers.rehearsal import PAPER
from archivist.workers.wire import Answer, Ask, Begin, Header

PAGES_KEPT = 3  # what is in sight is painted again at another scale, without being parsed again
MOST_CHARACTERS = 300_000
SMALLEST, LARGEST = 1.0, 200_000.0
USUAL = PageSize(612.0, 792.0)

_WHITE = 0xFFFFFFFF
_PIXEL = 4
_PAUSE_VERSION = 1


def begin(header: Header, data: bytes, canvas: Canvas, is_called: Callable[[], bool]) -> tuple[Answer, Ask]:
    """Opens a document (`password` in the header) and tells of its pages.

    `is_called` says whether the app has more to say: it does so before it has its answer only
    when nobody waits for that any more.
    """
    document = open_pdf(data, header["password"])
    sizes = [_size(document, index) for index in range(len(document))]
    answer = {
        "sizes": [[size.width, size.height] for size in sizes],
        "labels": [label_of(document, index) for index in range(len(sizes))],
        "outline": [
            [entry.level, entry.title, entry.page, entry.top] for entry in outline_of(document, sizes)
        ],
    }
    return (answer, b""), _Session(document, sizes, canvas, is_called).answer


SESSIONS: Mapping[str, Begin] = {"pages": begin}


def prepare() -> None:
    """Loads and draws once all that a document may need: later no file can be opened."""
    installed_faces().lend()
    _, ask = begin({"password": ""}, PAPER, Canvas(ON_THE_PIPE), lambda: False)
    ask({"do": "picture", "page": 0, "whole": [9, 9], "area": [0, 0, 9, 9]}, b"")
    ask({"do": "layer", "page": 0}, b"")
    text_and_origins(["\ud842", "\udfb7", "e", "\u0301"])


def _size(document: pypdfium2.PdfDocument, index: int) -> PageSize:
    """As displayed; what cannot be told or be true becomes what can be shown."""
    size = pdfium.FS_SIZEF()
    if not pdfium.FPDF_GetPageSizeByIndexF(document, index, size):
        return USUAL
    if not (isfinite(size.width) and isfinite(size.height)):
        return USUAL
    return PageSize(*(round(min(max(SMALLEST, side), LARGEST), 3) for side in (size.width, size.height)))


class _Session:
    """One open document."""

    def __init__(
        self,
        document: pypdfium2.PdfDocument,
        sizes: list[PageSize],
        canvas: Canvas,
        is_called: Callable[[], bool],
    ) -> None:
        self._document = document
        self._sizes = sizes
        self._canvas = canvas
        self._kept: OrderedDict[int, pypdfium2.PdfPage] = OrderedDict()
        self._pause = pdfium.IFSDK_PAUSE(version=_PAUSE_VERSION)
        pdfium_wants = type(self._pause.NeedToPauseNow)
        self._pause.NeedToPauseNow = pdfium_wants(lambda _: is_called())
        self._deeds = {"picture": self._picture, "layer": self._layer}

    def answer(self, header: Header, _data: bytes) -> Answer:
        return self._deeds[header["do"]](header)

    def _picture(self, header: Header) -> Answer:
        """The `area` (left, top, width, height) of the page painted as a `whole` of so many pixels."""
        page = self._page(header["page"])
        left, top, width, height = header["area"]
        room = self._canvas.take(width * height * _PIXEL)
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, room, width * _PIXEL)
        if not bitmap:
            raise Unreadable(Failure.MEMORY)
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        place = (-left, -top, *header["whole"], 0, pdfium.FPDF_ANNOT)
        state = pdfium.FPDF_RenderPageBitmap_Start(bitmap, page, *place, self._pause)
        pdfium.FPDF_RenderPage_Close(page)
        pdfium.FPDFBitmap_Destroy(bitmap)
        if state == pdfium.FPDF_RENDER_TOBECONTINUED:
            return {"stopped": True}, b""
        if state == pdfium.FPDF_RENDER_FAILED:
            raise Unreadable(Failure.DAMAGED)
        return {"stopped": False}, self._canvas.to_send()

    def _layer(self, header: Header) -> Answer:
        """The boxes, then the text; nothing of a page that cannot be read, as import says nothing of it."""
        index = header["page"]
        with suppress(Unreadable, pypdfium2.PdfiumError):
            page = self._page(index)
            with closing(page.get_textpage()) as text_page:
                text, origins = text_and_origins(characters(text_page))
                if len(text) > MOST_CHARACTERS:
                    return {"failure": Failure.TOO_MUCH_TEXT}, b""
                boxes = boxes_of(text_page, display_of(page, self._sizes[index]), text, origins)
                return {"characters": len(text)}, boxes.tobytes() + text.encode("utf-8")
        return {"characters": 0}, b""

    def _page(self, index: int) -> pypdfium2.PdfPage:
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError:
            raise Unreadable(Failure.DAMAGED) from None
        self._kept[index] = page
        if len(self._kept) > PAGES_KEPT:
            self._kept.popitem(last=False)[1].close()
        return page
