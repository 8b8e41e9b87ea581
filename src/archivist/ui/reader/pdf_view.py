"""The PDF reader: joins the engine, the words and the pages on the screen to what every reader offers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtWidgets import QWidget

from archivist.model.anchor import Span
from archivist.model.page import OutlineEntry, PageLayer, Pages
from archivist.model.page_text import PageText
from archivist.model.text import Text
from archivist.ui.reader.document_words import DocumentWords
from archivist.ui.reader.engine import PageEngine
from archivist.ui.reader.page_canvas import PageCanvas
from archivist.ui.reader.page_keys import PageKeys
from archivist.ui.reader.page_layout import Fit, bounded
from archivist.ui.reader.page_pictures import PagePictures
from archivist.ui.reader.page_pointer import PagePointer
from archivist.ui.reader.selection import Position, Selection
from archivist.ui.reader.view import Highlight, ReaderView
from archivist.ui.theme import Theme

ZOOM_STEP = 1.2


class PdfView(ReaderView):
    """Shows the pages of the document that `engine` opens; `text` is its canonical text, if it has one.

    Make the view, then open the document; `shut` closes the engine.
    """

    def __init__(
        self, engine: PageEngine, text: Text | None, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._engine = engine
        self._has_text = text is not None
        self._words = DocumentWords(text, engine.want_layer)
        self._canvas = PageCanvas(theme, self._words, PagePictures(engine, self), self)
        self._canvas.setObjectName("pages")
        self._keys = PageKeys(self._canvas)
        self._pointer = PagePointer(self._canvas)
        self._when_opened: Callable[[], object] | None = None
        self._set_inner(self._canvas)
        self._connect(engine)
        self._name()

    def _connect(self, engine: PageEngine) -> None:
        engine.opened.connect(self._show)
        engine.failed.connect(self._refuse)
        engine.locked.connect(self._canvas.show_message)
        engine.layered.connect(self._take_words)
        engine.layer_failed.connect(self._miss_words)
        self._canvas.settled.connect(self._say_place)
        self._canvas.selection_settled.connect(self.selection_changed)
        self._keys.copy_wanted.connect(self.copy_selection)
        self._keys.quote_clicked.connect(self.quote_clicked)
        self._pointer.quote_clicked.connect(self.quote_clicked)

    def viewport(self) -> QWidget:
        return self._canvas.viewport()

    def shut(self) -> None:
        self._engine.close()

    # Selecting and marking

    def selection(self) -> Span | None:
        chosen = self._canvas.selection
        return self._words.span_of(chosen) if chosen else None

    @property
    def hindrance(self) -> str:
        if not self.selected_text() or self.selection():
            return ""
        if not self._has_text:
            return self.tr(
                "The archive keeps no text of this document yet: these words can be copied, but not quoted."
            )
        return self.tr(
            "The text that the archive keeps differs here: these words can be copied, but not quoted."
        )

    def selected_text(self) -> str:
        chosen = self._canvas.selection
        return self._words.words_of(chosen) if chosen and not chosen.is_empty else ""

    def selection_rect(self) -> QRect:
        around = QRectF()
        for place in self._canvas.selected_places():
            around = around.united(place)
        return around.toAlignedRect().intersected(self.viewport().rect())

    def clear_selection(self) -> None:
        self._canvas.select(None)

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        self._canvas.marks.set_quotes(highlights)
        self.viewport().update()

    def set_hits(self, hits: Sequence[Span], current: int = -1) -> None:
        self._canvas.marks.set_hits(hits, current)
        self.viewport().update()

    def show_span(self, span: Span, *, select: bool = False) -> None:
        pages = self._words.pages_of(span)
        if pages:
            self._once_opened(lambda: self._bring(span, pages, select=select))

    # Zoom and place

    def zoom_in(self) -> None:
        self._zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        self._zoom_by(1 / ZOOM_STEP)

    def fit(self) -> None:
        self._canvas.set_fit(Fit.PAGE if self._canvas.fit is Fit.WIDTH else Fit.WIDTH)

    def zoom_words(self) -> str:
        return self.tr("{}%").format(round(100 * self._canvas.page_layout.zoom))

    def place(self) -> str:
        """The page, counted from 1, and how much of its height is above."""
        if not self._canvas.pages:
            return ""
        page, y = self._canvas.top_place()
        return f"{page + 1}:{y / self._canvas.page_layout.size(page).height:.4f}"

    def go_to_place(self, place: str) -> None:
        page, _, share = place.partition(":")
        try:
            number, part = int(page) - 1, float(share or 0)
        except ValueError:
            number, part = 0, 0.0
        self._once_opened(lambda: self._go(number, part))

    @property
    def page_count(self) -> int:
        return len(self._canvas.page_layout)

    @property
    def page_labels(self) -> Sequence[str]:
        return self._canvas.pages.labels if self._canvas.pages else ()

    @property
    def current_page(self) -> int:
        return self._canvas.current_page

    def go_to_page(self, page: int) -> None:
        self._once_opened(lambda: self._go(page, 0.0))

    def outline(self) -> Sequence[OutlineEntry]:
        return self._canvas.pages.outline if self._canvas.pages else ()

    def go_to_entry(self, entry: OutlineEntry) -> None:
        page = entry.page
        if page is not None:
            height = self._canvas.page_layout.size(page).height if page < self.page_count else 1.0
            self._once_opened(lambda: self._go(page, entry.top / height))

    # What the engine says

    def _show(self, pages: Pages) -> None:
        self._canvas.show_pages(pages)
        self.opened.emit()
        waiting, self._when_opened = self._when_opened, None
        if waiting:
            waiting()

    def _refuse(self, sentence: str) -> None:
        self._canvas.show_message(sentence)
        self.failed.emit(sentence)

    def _take_words(self, page: int, layer: PageLayer) -> None:
        self._words.put(page, layer)
        self._canvas.words_came(page)

    def _miss_words(self, page: int) -> None:
        self._words.put_nothing(page)
        self._canvas.words_came(page)

    def _say_place(self) -> None:
        self._name()
        self.place_changed.emit()

    def _name(self) -> None:
        name = self.tr("Document")
        if self.page_count:
            name = self.tr("Document, page {} of {}").format(self.current_page + 1, self.page_count)
        if self._canvas.accessibleName() != name:
            self._canvas.setAccessibleName(name)

    # Going there

    def _once_opened(self, deed: Callable[[], object]) -> None:
        """Only the last wish counts."""
        self._words.forget_wish()
        if self._canvas.pages:
            deed()
        else:
            self._when_opened = deed

    def _go(self, page: int, share: float) -> None:
        if self.page_count:
            page = max(0, min(page, self.page_count - 1))
            self._canvas.scroll_to(
                page, max(0.0, min(share, 1.0)) * self._canvas.page_layout.size(page).height
            )
            self._canvas.settle()

    def _zoom_by(self, factor: float) -> None:
        self._canvas.set_zoom(bounded(self._canvas.page_layout.zoom * factor))

    def _bring(self, span: Span, pages: range, *, select: bool) -> None:
        """The page at once; the passage when its words are known."""
        first = pages.start
        if first not in self._canvas.visible_pages():
            self._go(first, 0.0)
        self._words.when_known(first, lambda page: self._bring_words(span, pages, page, select=select))

    def _bring_words(self, span: Span, pages: range, page: PageText, *, select: bool) -> None:
        part = self._words.on_page(span, pages.start)
        rects = page.rects(part.start, part.end) if part else []
        if rects:
            self._canvas.show_passage(pages.start, rects[0])
        if select and part:
            self._words.when_known(
                pages.stop - 1, lambda _last: self._select(span, pages, Position(pages.start, part.start))
            )

    def _select(self, span: Span, pages: range, start: Position) -> None:
        part = self._words.on_page(span, pages.stop - 1)
        if part:
            self._canvas.select(Selection(start, Position(pages.stop - 1, part.end)))
