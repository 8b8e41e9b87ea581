"""The page view on real PDFs, read by a real child: letters, boxes and pixels belong together."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from archivist.extraction.sandbox import Sandbox
from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.model.text import Text
from archivist.ui.reader.engine import PageEngine
from archivist.ui.reader.pdf_view import PdfView
from archivist.ui.reader.view import Highlight
from archivist.ui.theme import Theme
from archivist.workers.pdf import read
from tests.unit.ui.reader.pdf_views import Hand, text_of
from tests.unit.workers.samples import pdf

PAGE = "All human beings\nare born free\nand are born equal"
LOOKS = {
    "upright": "",
    "turned by 90": "/Rotate 90",
    "turned by 180": "/Rotate 180",
    "turned by 270": "/Rotate 270",
    "cut": "/CropBox[50 600 400 750]",
    "cut and turned": "/CropBox[50 600 400 750]/Rotate 270",
}
OpenPdf = Callable[[bytes], Hand]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        made.keep_page_reader_ready()
        yield made


@pytest.fixture
def open_pdf(
    sandbox: Sandbox, theme: Theme, show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> Iterator[OpenPdf]:
    views: list[PdfView] = []

    def opened(data: bytes) -> Hand:
        view = PdfView(PageEngine(sandbox.page_reader()), _text(data), theme)
        views.append(view)
        show(view)
        view._engine.open(data)  # noqa: SLF001 - as the reader's presenter does
        hand = Hand(view)
        qtbot.waitUntil(lambda: view.page_count > 0)
        _settle(hand, qtbot)
        return hand

    yield opened
    for view in views:
        view.shut()


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
@pytest.mark.parametrize("words", ["human beings", "born free", "equal"])
def test_dragging_on_any_page_selects_exactly_the_words(open_pdf: OpenPdf, look: str, words: str) -> None:
    hand = open_pdf(pdf(PAGE, page=look))
    start = hand.view.find(words)[0].start

    hand.drag(hand.before(0, start), hand.behind(0, start + len(words) - 1))

    assert hand.view.selected_text() == words


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_a_highlight_lies_on_the_ink_of_its_words(open_pdf: OpenPdf, look: str, qtbot: QtBot) -> None:
    hand = open_pdf(pdf(PAGE, page=look))
    span = hand.view.find("human beings")[0]
    hand.view.show_span(span)
    _settle(hand, qtbot)
    places = [hand.place(0, index) for index in range(span.start, span.end)]
    left, top = min(place.left for place in places), min(place.top for place in places)
    right, bottom = max(place.right for place in places), max(place.bottom for place in places)
    around = QRect(int(left), int(top), round(right - left), round(bottom - top))

    hand.view.set_highlights([Highlight(QuoteId("a"), span, "teal")])
    image = hand.view.viewport().grab().toImage()

    ink, beside = (
        _share(image, around, _is_ink),
        _share(image, around.translated(0, -3 * around.height()), _is_ink),
    )
    assert ink > 0.05
    assert beside == 0 or "Rotate" in look
    assert _share(image, around, lambda colour: colour == _rgb(Theme.paper("teal"))) > 0.5


def test_selecting_across_pages_of_a_file(open_pdf: OpenPdf, qtbot: QtBot) -> None:
    hand = open_pdf(pdf("First page", "Second page", page="/CropBox[50 650 400 750]"))
    hand.canvas.set_zoom(1.2)
    _settle(hand, qtbot)

    hand.drag(hand.before(0, 0), hand.behind(1, 5))

    assert hand.view.selected_text() == "First page\n\nSecond"
    assert hand.view.selection() == Span(0, 18)


def test_a_part_of_a_page_is_sharp_at_high_zoom(open_pdf: OpenPdf, qtbot: QtBot) -> None:
    hand = open_pdf(pdf(PAGE))
    hand.canvas.set_zoom(8)
    start = hand.view.find("human")[0].start
    hand.view.show_span(Span(start, start + 5))
    row = hand.before(0, start).y()
    pictures = hand.canvas._pictures  # noqa: SLF001
    coarse = _greys(hand, row)

    qtbot.waitUntil(lambda: pictures.area(0) is not None and pictures.is_sharp(0))

    painted = pictures.area(0)
    assert painted
    assert painted.scale == pytest.approx(hand.canvas.page_layout.scale)
    assert 0 < 2 * _greys(hand, row) < coarse


def test_a_file_without_pages_says_so(sandbox: Sandbox, theme: Theme, qtbot: QtBot) -> None:
    view = PdfView(PageEngine(sandbox.page_reader()), None, theme)
    qtbot.addWidget(view)

    with qtbot.waitSignal(view.failed) as told:
        view._engine.open(b"%PDF-1.7 nothing")  # noqa: SLF001
    view.shut()

    assert told.args
    assert view.page_count == 0


CORPUS_FILES = [
    "made/print-eng.pdf",
    "made/print-arb.pdf",
    "made/print-heb.pdf",
    "made/print-cmn_hans.pdf",
    "py-pdf/026-latex-multicolumn__multicolumn.pdf",
    "tika/testPDF_rotated.pdf",
    "tika/testPDFTwoTextBoxes.pdf",
]


@pytest.mark.corpus
@pytest.mark.parametrize("name", CORPUS_FILES)
def test_each_line_of_real_documents_is_selected_exactly(open_pdf: OpenPdf, corpus: Path, name: str) -> None:
    hand = open_pdf((corpus / name).read_bytes())
    page = hand.canvas.words.page(0)
    assert page
    assert hand.canvas.words.is_same(0)
    lines = [line for line in page.lines if line.end - line.first > 3][:20]

    for line in lines:
        hand.canvas.show_line(0, line.rect)
        hand.drag(hand.before(0, line.first), hand.behind(0, line.end - 1))
        assert hand.view.selected_text() == page.text[line.first : line.end].strip()


def _text(data: bytes) -> Text:
    found = read(data) if data.startswith(b"%PDF-1") else None
    pages = [section for section in found.sections if section.kind == "page"] if found else []
    return text_of([found.text[section.start : section.end] for section in pages] if found else [])


def _settle(hand: Hand, qtbot: QtBot) -> None:
    """All that is in sight has come."""
    hand.canvas.settle()
    canvas = hand.canvas

    def has_come() -> bool:
        return all(canvas.words.page(page) and canvas.is_sharp(page) for page in canvas.visible_pages())

    qtbot.waitUntil(has_come, timeout=20_000)


def _share(image: QImage, place: QRect, is_met: Callable[[int], bool]) -> float:
    place = place.intersected(image.rect())
    points = [(x, y) for x in range(place.left(), place.right()) for y in range(place.top(), place.bottom())]
    return sum(is_met(image.pixel(x, y)) for x, y in points) / max(1, len(points))


def _is_ink(colour: int) -> bool:
    return max(colour >> 16 & 255, colour >> 8 & 255, colour & 255) < 110


def _rgb(colour: QColor) -> int:
    return int(colour.rgb())


def _greys(hand: Hand, row: int) -> int:
    """Pixels between black and white, of which a sharp picture has few."""
    image = hand.view.viewport().grab().toImage()
    return sum(40 < image.pixel(x, row) & 255 < 215 for x in range(image.width()))
