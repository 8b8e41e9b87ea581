"""A PDF view on pages that the test has set, with an engine that answers at once, and hands for its mouse."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from archivist.model.ids import DocumentId, TextId
from archivist.model.page import OutlineEntry, PageArea, PageLayer, Pages, PageSize
from archivist.model.page_lines import Rect
from archivist.model.text import Text, TextOrigin, join_pages, sha256_of
from archivist.ui.reader.engine import PageEngine
from archivist.ui.reader.page_canvas import PageCanvas
from archivist.ui.reader.pdf_view import PdfView

if TYPE_CHECKING:
    from archivist.extraction.pages import PageReader

A4 = PageSize(595, 842)
LEFT = Qt.MouseButton.LeftButton


class FakeEngine(PageEngine):
    """Has the pages that it was given; while `is_slow`, answers come when the test asks for them."""

    def __init__(self, layers: Sequence[PageLayer], size: PageSize = A4) -> None:
        super().__init__(cast("PageReader", None))
        self.layers = list(layers)
        self.size = size
        self.outline: tuple[OutlineEntry, ...] = ()
        self.is_slow = False
        self.broken: set[int] = set()
        self.wordless: set[int] = set()
        self.wanted: list[tuple[list[int], float]] = []
        self.areas: list[tuple[int, float, PageArea]] = []
        self.wanted_layers: list[int] = []
        self.was_closed = False

    def open(self, data: bytes = b"", password: str = "") -> None:  # noqa: ARG002
        labels = tuple(str(number + 1) for number in range(len(self.layers)))
        self.opened.emit(Pages((self.size,) * len(self.layers), labels, self.outline))

    def want(self, pages: Sequence[int], scale: float) -> None:
        self.wanted.append((list(pages), scale))
        if not self.is_slow:
            for page in pages:
                self.answer_picture(page, scale)

    def want_area(self, page: int, scale: float, area: PageArea) -> None:
        self.areas.append((page, scale, area))
        if not self.is_slow:
            self.area_pictured.emit(page, scale, area, paper(area.width, area.height))

    def want_layer(self, page: int) -> None:
        self.wanted_layers.append(page)
        if not self.is_slow:
            self.answer_layer(page)

    def close(self) -> None:
        self.was_closed = True

    def answer_picture(self, page: int, scale: float) -> None:
        if page in self.broken:
            self.page_failed.emit(page, f"Page {page + 1} is damaged.")
        else:
            self.pictured.emit(page, scale, paper(*self.size.pixels(scale)))

    def answer_layer(self, page: int) -> None:
        if page in self.wordless:
            self.layer_failed.emit(page, "No words.")
        else:
            self.layered.emit(page, self.layers[page])


def paper(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def text_of(words: Sequence[str]) -> Text:
    content, sections = join_pages(words, [str(number + 1) for number in range(len(words))])
    return Text(
        id=TextId("text"),
        document_id=DocumentId("document"),
        origin=TextOrigin.EXTRACTED,
        engine="pdfium",
        engine_version="1",
        language=None,
        content=content,
        sha256=sha256_of(content),
        sections=sections,
    )


class Hand:
    """Finds letters on the screen, and drags and clicks there."""

    def __init__(self, view: PdfView) -> None:
        self.view = view
        self._time = 10_000

    @property
    def canvas(self) -> PageCanvas:
        found = self.view.findChild(PageCanvas, "pages")
        assert isinstance(found, PageCanvas)
        return found

    def place(self, page: int, index: int) -> Rect:
        """A letter on the viewport."""
        words = self.canvas.words.page(page)
        assert words is not None
        (rect,) = words.rects(index, index + 1)
        place = self.canvas.place_of(page, rect)
        return Rect(place.left(), place.top(), place.right(), place.bottom())

    def before(self, page: int, index: int) -> QPoint:
        """Well inside the half of the letter with which it begins."""
        return self._beside(page, index, 0.25)

    def behind(self, page: int, index: int) -> QPoint:
        return self._beside(page, index, 0.75)

    def drag(self, begin: QPoint, end: QPoint) -> None:
        viewport = self.view.viewport()
        QTest.mousePress(viewport, LEFT, pos=begin)
        for step in range(1, 6):
            QTest.mouseMove(viewport, begin + (end - begin) * step / 5)
        QTest.mouseRelease(viewport, LEFT, pos=end)

    def click(self, at: QPoint, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, modifier, at)

    def clicks(self, count: int, at: QPoint, *, drag_to: QPoint | None = None) -> None:
        """Quick clicks on one spot, as Qt tells them: every second one as a double click."""
        kinds = [QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick]
        for number in range(count):
            self.send(kinds[number % 2], at)
            if drag_to and number == count - 1:
                self.send(QEvent.Type.MouseMove, drag_to)
            self.send(QEvent.Type.MouseButtonRelease, drag_to or at)

    def double_click(self, at: QPoint) -> None:
        self.clicks(2, at)
        self._time += 10_000

    def hover(self, at: QPoint) -> None:
        viewport, no_button = self.view.viewport(), Qt.MouseButton.NoButton
        place, none = QPointF(viewport.mapToGlobal(at)), Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), place, no_button, no_button, none)
        QApplication.sendEvent(viewport, event)

    def send(self, kind: QEvent.Type, at: QPoint) -> None:
        """An event of the left button; a tenth of a second after the last one."""
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
        viewport, none = self.view.viewport(), Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(at), QPointF(viewport.mapToGlobal(at)), button, held, none)
        self._time += 100
        event.setTimestamp(self._time)
        QApplication.sendEvent(viewport, event)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        times: int = 1,
    ) -> None:
        for _ in range(times):
            QTest.keyClick(self.canvas, key, modifier)

    def _beside(self, page: int, index: int, share: float) -> QPoint:
        words = self.canvas.words.page(page)
        caret = words.caret(index) if words else None
        assert caret is not None
        begin, letter = self.canvas.place_of(page, caret), self.place(page, index)
        end = QPointF(letter.left + letter.right - begin.x(), letter.top + letter.bottom - begin.y())
        if caret.left == caret.right:
            at = QPointF(begin.x() * (1 - share) + end.x() * share, (letter.top + letter.bottom) / 2)
        else:
            at = QPointF((letter.left + letter.right) / 2, begin.y() * (1 - share) + end.y() * share)
        return at.toPoint()
