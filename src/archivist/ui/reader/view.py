"""What every reader offers to the toolbar, the popover and the quotes pane, whatever it shows.

Spans are code points of the document's canonical text. Pages count from 0; what people read
are `page_labels`. Rectangles are in the coordinates of `viewport()`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.model.page import OutlineEntry
from archivist.model.text import Text
from archivist.ui.reader.finding import Finder


@dataclass(frozen=True, slots=True)
class Highlight:
    """A quote as it is shown in its document; `colour` is a hue of the theme."""

    quote_id: QuoteId
    span: Span
    colour: str
    is_active: bool = False


class ReaderView(QWidget):
    """The document itself, read and marked; `PdfView` and `TextView` fill in the rest.

    The scrolling widget stands inside (`_set_inner`), so that a page view and a text browser can share
    these signals; it takes the focus of the whole.
    """

    opened = Signal()
    """Pages, labels and outline are known."""
    failed = Signal(str)
    """The document cannot be shown; the sentence says why."""
    selection_changed = Signal()
    quote_clicked = Signal(str)
    place_changed = Signal()
    """Scrolled, zoomed or on another page; never more often than some twenty times a second."""

    def __init__(self, text: Text | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canonical = text
        self._finder = Finder(text.content if text else "")
        self._inner: QWidget = self

    def _set_inner(self, inner: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)
        self.setFocusProxy(inner)
        self._inner = inner

    def shut(self) -> None:
        """End what works behind the view; it shows nothing new afterwards."""

    def viewport(self) -> QWidget:
        """The widget on which the document is painted and that the mouse meets."""
        raise NotImplementedError

    def selection(self) -> Span | None:
        """What is selected and can be quoted; None also where the words cannot be (see `hindrance`)."""
        raise NotImplementedError

    @property
    def hindrance(self) -> str:
        """A sentence that says why the selected words can be copied and yet not quoted; else empty."""
        return ""

    def selected_text(self) -> str:
        """Exactly the canonical words."""
        raise NotImplementedError

    def selection_rect(self) -> QRect:
        """Around what can be seen of the selection; empty where nothing can."""
        raise NotImplementedError

    def clear_selection(self) -> None:
        raise NotImplementedError

    def copy_selection(self) -> None:
        if words := self.selected_text():
            QGuiApplication.clipboard().setText(words)

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        raise NotImplementedError

    def set_hits(self, hits: Sequence[Span], current: int = -1) -> None:
        """Where sought words stand; `current` is the index of the one that is looked at, or -1."""
        raise NotImplementedError

    def show_span(self, span: Span, *, select: bool = False) -> None:
        """Bring the passage into sight, as soon as its page is known."""
        raise NotImplementedError

    def find(self, words: str) -> list[Span]:  # type: ignore[override]  # QWidget's looks up window ids
        """Where `words` stand in the whole document, whatever their case, form and line ends."""
        return self._finder.find(words)

    def prepare_find(self) -> None:
        """To be called when the user is about to type: a long text is made ready between other events."""
        if not self._finder.is_ready:
            self._finder.prepare()
            QTimer.singleShot(0, self, self.prepare_find)

    def zoom_in(self) -> None:
        raise NotImplementedError

    def zoom_out(self) -> None:
        raise NotImplementedError

    def fit(self) -> None:
        """To the width; where it is fitted already, the whole page."""
        raise NotImplementedError

    def zoom_words(self) -> str:
        """How large it is shown, e.g. 82%."""
        raise NotImplementedError

    def place(self) -> str:
        """Where reading stands, for `go_to_place` of the same kind of view."""
        raise NotImplementedError

    def go_to_place(self, place: str) -> None:
        """A place that is not understood is the beginning."""
        raise NotImplementedError

    @property
    def page_count(self) -> int:
        return 0

    @property
    def page_labels(self) -> Sequence[str]:
        """What is printed on each page, or its number."""
        return ()

    @property
    def current_page(self) -> int:
        return 0

    def go_to_page(self, page: int) -> None:
        """Nothing happens where there are no pages."""

    def outline(self) -> Sequence[OutlineEntry]:
        return ()

    def go_to_entry(self, entry: OutlineEntry) -> None:
        """Nothing happens where the entry leads nowhere."""
