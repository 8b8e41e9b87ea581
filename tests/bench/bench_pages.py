"""Pages from a sandboxed child beside bare pypdfium2 in this process, in one run.

Budget (DESIGN): a 1,000-page PDF shows its first page in < 200 ms through the child, scrolling p95 ≤ 20 ms.
The start of a child is told apart: one can be kept ready.
"""

import ctypes
import os
import time
from collections.abc import Callable
from functools import partial

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pytestqt.qtbot import QtBot

from archivist.extraction.child import CannotStart, Child, start
from archivist.extraction.pages import BYTES_PER_PIXEL, PageReader
from archivist.extraction.sandbox import Sandbox
from archivist.model.sandbox import SafetyLevel
from archivist.ui.reader.engine import PageEngine
from tests.unit.workers.samples import pdf

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PAGES = 1_000
ROUNDS = 40
SCALE = 2.0  # pixels per point: 150 % on a screen of 96 dots an inch
LINE = "Item %d. The witness says that the guards took the men away before dawn, and wrote nothing down."


def report() -> bytes:
    return pdf(*("\n".join(LINE % (50 * page + line) for line in range(50)) for page in range(PAGES)))


def milliseconds(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000


def spread(taken: list[float]) -> str:
    ordered = sorted(taken)
    return f"median {ordered[len(ordered) // 2]:.1f} ms, p95 {ordered[len(ordered) * 95 // 100]:.1f} ms"


class Bare:
    """pypdfium2 without a child, a thread or a check."""

    def __init__(self, document: bytes) -> None:
        self.document = pypdfium2.PdfDocument(document)
        self.sizes = [self.document.get_page_size(page) for page in range(len(self.document))]

    def picture(self, index: int) -> None:
        width, height = (round(side * SCALE) for side in self.sizes[index])
        room = (ctypes.c_ubyte * (width * height * BYTES_PER_PIXEL))()
        page = self.document[index]
        bitmap = pdfium.FPDFBitmap_CreateEx(
            width, height, pdfium.FPDFBitmap_BGRx, room, width * BYTES_PER_PIXEL
        )
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        pdfium.FPDFBitmap_Destroy(bitmap)
        page.close()

    def letters(self, index: int) -> None:
        page = self.document[index]
        text_page = page.get_textpage()
        box = pdfium.FS_RECTF()
        for letter in range(text_page.count_chars()):
            pdfium.FPDFText_GetUnicode(text_page, letter)
            pdfium.FPDFText_GetLooseCharBox(text_page, letter, box)
        text_page.close()
        page.close()


def seen(reader: PageReader, page: int) -> None:
    picture = reader.picture(page, SCALE)
    picture.copy_to(memoryview(bytearray(picture.width * picture.height * BYTES_PER_PIXEL)))


def side_by_side(one: Callable[[int], object], other: Callable[[int], object]) -> tuple[str, float]:
    """In turns, for the pages after the first, so that what else the machine does slows both; their ratio."""
    taken: tuple[list[float], list[float]] = ([], [])
    for page in range(1, ROUNDS):
        for deed, times in zip((one, other), taken, strict=True):
            times.append(milliseconds(partial(deed, page)))
    return spread(taken[1]), median(taken[1]) / median(taken[0])


def first_page(reader: PageReader, document: bytes) -> None:
    reader.open(document)
    seen(reader, 0)


def test_pages_beside_pypdfium2_called_bare() -> None:
    document = report()
    bare_first = milliseconds(lambda: Bare(document).picture(0))
    bare = Bare(document)
    print(f"\nbare: first page {bare_first:.0f} ms")
    for level in SafetyLevel:
        try:
            start(level).kill()
        except CannotStart:
            print(f"this machine has no level {level}")
            continue
        with Sandbox(level, allow_unsafe=True) as sandbox:
            reader = sandbox.page_reader()
            starting = milliseconds(partial(ready, reader))
            first = milliseconds(partial(first_page, reader, document))
            pages, slower = side_by_side(bare.picture, partial(seen, reader))
            words, more = side_by_side(bare.letters, reader.layer)
            reader.close()
        print(
            f"{level}: child {starting:.0f} ms; first page {first:.0f} ms = {first / bare_first:.1f} × bare;"
            f" page {pages} = {slower:.2f} × bare; words {words} = {more:.2f} × bare letters and boxes"
        )


def median(taken: list[float]) -> float:
    return sorted(taken)[len(taken) // 2]


def ready(reader: PageReader) -> Child:
    """As a child that was kept ready is found."""
    child = reader._fresh()  # noqa: SLF001
    child._get_ready()  # noqa: SLF001
    return child


@pytest.mark.parametrize("is_ready", [False, True])
def test_scrolling_through_the_engine(qtbot: QtBot, is_ready: bool) -> None:  # noqa: FBT001
    document = report()
    shown: dict[int, float] = {}
    stops: list[float] = []
    with Sandbox(allow_unsafe=True) as sandbox:
        if is_ready:
            sandbox.keep_page_reader_ready()
            qtbot.wait(1_500)
        engine = PageEngine(sandbox.page_reader())
        engine.pictured.connect(lambda page, _scale, _image: shown.setdefault(page, time.perf_counter()))
        begun = time.perf_counter()
        engine.open(document)
        engine.want([0], SCALE)
        qtbot.waitUntil(lambda: 0 in shown)
        first = (shown[0] - begun) * 1000
        taken = []
        for page in range(1, 200):
            asked = time.perf_counter()
            engine.want([page, page + 1], SCALE)
            engine.want_layer(page)
            while page not in shown:
                stops.append(milliseconds(partial(qtbot.wait, 1)))
            taken.append((shown[page] - asked) * 1000)
        engine.close()
    print(
        f"\nengine, child {'ready' if is_ready else 'to be started'}: first page {first:.0f} ms;"
        f" next page {spread(taken)}; the window's longest stop {max(stops):.0f} ms"
    )
    assert first < 10_000
