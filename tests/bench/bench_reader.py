"""Read a PDF of 1,000 pages in the window, offscreen, through the real child.

Budgets (DESIGN): first page < 200 ms; scrolling frame p95 ≤ 20 ms. Beside them: a move of the mouse while
selecting ≤ 1 ms.
"""

import resource
import time
from collections.abc import Callable, Iterator
from statistics import quantiles

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from archivist.extraction.sandbox import Sandbox
from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.ui.reader.engine import PageEngine
from archivist.ui.reader.page_canvas import PageCanvas
from archivist.ui.reader.pdf_view import PdfView
from archivist.ui.reader.view import Highlight
from archivist.ui.theme import HUES, Theme
from archivist.workers.pdf import read
from tests.unit.ui.reader.pdf_views import text_of
from tests.unit.workers.samples import pdf

PAGES, LINES, FRAMES = 1_000, 48, 300
LINE = "The Commission examined three people with healed linear marks on both wrists, page {}."


@pytest.fixture
def view() -> Iterator[tuple[PdfView, PageEngine, bytes]]:
    data = pdf(*("\n".join([LINE.format(page)] * LINES) for page in range(PAGES)))
    found = read(data)
    text = text_of([found.text[section.start : section.end] for section in found.sections])
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    theme = Theme.current()
    theme.choose("light")
    with Sandbox() as sandbox:
        sandbox.keep_page_reader_ready()
        time.sleep(1)  # as in a window that has been open for a while
        engine = PageEngine(sandbox.page_reader())
        made = PdfView(engine, text, theme)
        made.resize(900, 1_000)
        made.show()
        yield made, engine, data
        made.shut()
        made.deleteLater()


def test_reading_a_thousand_pages(view: tuple[PdfView, PageEngine, bytes]) -> None:
    reader, engine, data = view
    canvas = reader.findChild(PageCanvas, "pages")
    assert isinstance(canvas, PageCanvas)
    before = _memory()

    opened = _timed(lambda: engine.open(data), until=lambda: _is_there(canvas, 0))
    hues, length = list(HUES), len(LINE)
    reader.set_highlights(
        [
            Highlight(QuoteId(str(at)), Span(at, at + 200), hues[at % 6])
            for at in range(0, 200_000, 5 * length)
        ]
    )
    frames = _frames(canvas)
    jumped = _timed(lambda: reader.go_to_page(500), until=lambda: _is_there(canvas, 500))
    moves = _moves(canvas)
    found = _timed(lambda: reader.find("page 999"))

    print(
        f"\n{PAGES} pages of {LINES} lines: opened {opened:.0f} ms, page 500 {jumped:.0f} ms,"
        f" words of page 999 found {found:.0f} ms"
        f"\n  scroll frame {_shape(frames)}\n  move while selecting {_shape(moves)}"
        f"\n  memory +{(_memory() - before) / 1024:.0f} MB"
    )
    assert reader.page_count == PAGES
    assert reader.selected_text()


def _is_there(canvas: PageCanvas, page: int) -> bool:
    return bool(canvas.words.page(page)) and canvas.is_sharp(page)


def _timed(deed: Callable[[], object], until: Callable[[], bool] = lambda: True) -> float:
    begun = time.perf_counter()
    deed()
    while not until():
        QApplication.processEvents()
        time.sleep(0.0005)
    return 1000 * (time.perf_counter() - begun)


def _frames(canvas: PageCanvas) -> list[float]:
    """Steadily through some twenty pages: all that the window does for one step, painting included."""
    taken = []
    for _ in range(FRAMES):
        begun = time.perf_counter()
        canvas.scroll_by(60)
        QApplication.processEvents()
        taken.append(1000 * (time.perf_counter() - begun))
        time.sleep(0.004)
    return taken


def _moves(canvas: PageCanvas) -> list[float]:
    """Over half a page; the painting that follows is a frame as above."""
    viewport, taken = canvas.viewport(), []
    _send(canvas, QEvent.Type.MouseButtonPress, QPointF(150, 150))
    for step in range(200):
        begun = time.perf_counter()
        _send(canvas, QEvent.Type.MouseMove, QPointF(150 + 2 * step, 150 + 3 * step))
        taken.append(1000 * (time.perf_counter() - begun))
        QApplication.processEvents()
    _send(canvas, QEvent.Type.MouseButtonRelease, QPointF(viewport.width() / 2, 750))
    return taken


def _send(canvas: PageCanvas, kind: QEvent.Type, at: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, at, canvas.viewport().mapToGlobal(at), left, left, none)
    QApplication.sendEvent(canvas.viewport(), event)


def _shape(taken: list[float]) -> str:
    hundredths = quantiles(taken, n=100)
    return f"median {hundredths[49]:.2f} ms, p95 {hundredths[94]:.2f} ms, longest {max(taken):.2f} ms"


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
