"""Reads what is no PDF: the stored canonical text on a white page, dressed in the styles of its original."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from archivist.model.anchor import Span
from archivist.model.page import OutlineEntry
from archivist.model.reading import one_line
from archivist.model.styles import StyledText
from archivist.model.text import Section, SectionKind, Text
from archivist.ui.reader.text_letters import NOMINAL
from archivist.ui.reader.text_looks import Looks
from archivist.ui.reader.text_page import TextPage
from archivist.ui.reader.view import Highlight, ReaderView
from archivist.ui.theme import Theme
from archivist.ui.words import isolate

ZOOMS = (60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
LONGEST_TITLE = 200
MOST_ENTRIES = 10_000  # of an outline; nobody reads a longer one
_PLACE_EVERY = 50  # milliseconds


class TextView(ReaderView):
    """A text and its quotes. Styles may come later (`dress`); without them the words stand plain."""

    filled = Signal()
    """The whole text is there, or as much as can be shown (`is_cut_short`)."""
    link_shown = Signal(str)
    """The address of the link under the mouse or the caret; empty beside links. It is never followed."""

    def __init__(self, text: Text, styles: StyledText | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        self._looks = self._look(styles)
        self._zoom = 100
        self._address = ""
        self._page = TextPage(text.content, text.language or "", self._looks, self)
        self._page.setAccessibleName(self.tr("Text of the document"))
        self._set_inner(self._page)
        self._moved = QTimer(self, interval=_PLACE_EVERY, singleShot=True)
        self._moved.timeout.connect(self.place_changed)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.selectionChanged.connect(self.selection_changed)
        page.scrolled.connect(self._start_moved)
        page.zoom_wanted.connect(self._zoom_by)
        page.clicked.connect(self._click)
        page.entered.connect(self._enter)
        page.pointed.connect(self._point)
        page.filling.done.connect(self.filled)
        page.cursorPositionChanged.connect(lambda: self._tell_link(self._page.caret))
        Theme.current().changed.connect(page.viewport().update)
        QTimer.singleShot(0, self, self.opened.emit)

    def dress(self, styles: StyledText) -> bool:
        """Show how the words looked; False, and nothing changes, if the styles are those of another text."""
        if styles.text_sha256 != self._text.sha256:
            return False
        self._looks = self._look(styles)
        self._page.dress(self._looks)
        return True

    def shut(self) -> None:
        self._moved.stop()
        self._page.filling.stop()

    @property
    def is_whole(self) -> bool:
        """Whether the whole text is there already; what is shown does not wait for that."""
        return self._page.filling.is_whole

    @property
    def is_cut_short(self) -> bool:
        """Whether the text has more lines than can be shown."""
        return self._page.lines.is_cut_short

    # Selection and marks.

    def viewport(self) -> QWidget:
        return self._page.viewport()

    def selection(self) -> Span | None:
        return self._page.selection

    def selected_text(self) -> str:
        span = self.selection()
        return self._text.content[span.start : span.end] if span else ""

    def selection_rect(self) -> QRect:
        span = self.selection()
        united = QRect()
        for rectangle in self.seen(span) if span else ():
            united = united.united(rectangle)
        return united

    def seen(self, span: Span) -> list[QRect]:
        """Where what can be seen of a passage stands in the viewport."""
        return self._page.seen(span)

    def clear_selection(self) -> None:
        caret = self._page.caret
        self._page.select(Span(caret, caret))

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        self._page.paper.marks.set_highlights(highlights)
        self.viewport().update()

    def set_hits(self, hits: Sequence[Span], current: int = -1) -> None:
        self._page.paper.marks.set_hits(hits, current)
        self.viewport().update()

    def show_span(self, span: Span, *, select: bool = False) -> None:
        self._page.show_span(span, lambda: self._page.select(span) if select else None)

    # Size and place.

    def zoom_in(self) -> None:
        self._zoom_by(1)

    def zoom_out(self) -> None:
        self._zoom_by(-1)

    def fit(self) -> None:
        self._zoom_to(100)

    def zoom_words(self) -> str:
        return self.tr("{} px").format(round(NOMINAL * self._zoom / 100))

    def zoom(self) -> int:
        """In percent."""
        return self._zoom

    def _zoom_by(self, steps: int) -> None:
        at = bisect_right(ZOOMS, self._zoom) - 1 + steps
        self._zoom_to(ZOOMS[min(max(at, 0), len(ZOOMS) - 1)])

    def _zoom_to(self, percent: int) -> None:
        self._zoom = percent
        self._page.zoom(percent / 100)
        self._start_moved()

    def place(self) -> str:
        return str(self._page.steady.first_offset())

    def go_to_place(self, place: str) -> None:
        known = place.isascii() and place.isdigit() and len(place) < 12
        self._go_to(int(place) if known else 0)

    def _go_to(self, offset: int) -> None:
        self._page.go_to(min(offset, len(self._text.content)))

    # Pages, where the text is that of a paged original, and headings.

    @property
    def page_count(self) -> int:
        return len(self._text.pages)

    @property
    def page_labels(self) -> Sequence[str]:
        return self._text.page_labels

    @property
    def current_page(self) -> int:
        starts = [page.start for page in self._text.pages]
        return max(bisect_right(starts, self._page.steady.first_offset()) - 1, 0)

    def go_to_page(self, page: int) -> None:
        pages = self._text.pages
        if 0 <= page < len(pages):
            self._go_to(pages[page].start)

    def outline(self) -> Sequence[OutlineEntry]:
        """Headings by their rank, as far as it is known; `top` is the place in the text."""
        content = self._text.content
        ranked = {
            heading.start: OutlineEntry(
                heading.level - 1,
                one_line(content[heading.start : heading.end], LONGEST_TITLE),
                None,
                float(heading.start),
            )
            for heading in self._looks.headings()[:MOST_ENTRIES]
        }
        for part in self._parts():
            if part.start not in ranked:
                ranked[part.start] = OutlineEntry(0, part.label, None, float(part.start))
        return [ranked[start] for start in sorted(ranked) if ranked[start].title]

    def go_to_entry(self, entry: OutlineEntry) -> None:
        self._go_to(int(entry.top))

    def _look(self, styles: StyledText | None) -> Looks:
        is_of_this_text = styles is not None and styles.text_sha256 == self._text.sha256
        return Looks(styles if is_of_this_text else None, self._captions())

    def _captions(self) -> dict[int, str]:
        """Pages, and what has a name that does not stand in the text itself."""
        captions: dict[int, str] = {}
        pages = zip(self._text.pages, self._text.page_labels, strict=True)
        for page, label in pages:
            captions[page.start] = self.tr("Page {}").format(isolate(label))
        for part in self._parts():
            if not self._is_said(part):
                captions[part.start] = part.label
        return captions

    def _parts(self) -> list[Section]:
        """What the text has beside pages; of very many only what is no part of the body."""
        parts = [section for section in self._text.sections if section.kind is not SectionKind.PAGE]
        is_long = len(parts) > MOST_ENTRIES
        return [part for part in parts if part.kind is SectionKind.BESIDE] if is_long else parts

    def _is_said(self, section: Section) -> bool:
        """Whether the words of a part begin with its label, as those under a heading do."""
        content, label = self._text.content, section.label[:LONGEST_TITLE]
        if content.startswith(label, section.start):
            return True
        return one_line(content[section.start : section.start + 2 * len(label)], len(label)) == label

    # What the page tells.

    def _start_moved(self) -> None:
        if not self._moved.isActive():
            self._moved.start()

    def _click(self, point: QPointF) -> None:
        if quote := self._page.paper.marks.highlight_at(self._page.paper, point):
            self.quote_clicked.emit(quote.quote_id)

    def _enter(self) -> None:
        caret = self._page.caret
        if quotes := self._page.paper.marks.highlights_in(caret, caret + 1):
            self.quote_clicked.emit(quotes[-1].quote_id)

    def _point(self, point: QPointF) -> None:
        offset = self._page.offset_at(point)
        quote = self._page.paper.marks.highlight_at(self._page.paper, point)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if quote else Qt.CursorShape.IBeamCursor)
        self._tell_link(offset)

    def _tell_link(self, offset: int | None) -> None:
        address = "" if offset is None else self._looks.link_at(offset)
        if address != self._address:
            self._address = address
            self.link_shown.emit(address)
