from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QWidget

from archivist.model.page import PageLayer
from archivist.model.text import Text
from archivist.ui.reader.pdf_view import PdfView
from archivist.ui.theme import Theme
from tests.unit.ui.reader.pdf_views import FakeEngine, Hand, text_of

ShowPages = Callable[..., Hand]


@pytest.fixture
def show_pages(theme: Theme, show: Callable[[QWidget], QWidget]) -> ShowPages:
    """A PDF view in the window on pages set by the test, opened."""

    def shown(
        *layers: PageLayer, engine: FakeEngine | None = None, text: Text | Sequence[str] | None = ()
    ) -> Hand:
        """`text` is that of the pages, unless other words are given, or None."""
        engine = engine or FakeEngine(layers)
        if text is not None and not isinstance(text, Text):
            text = text_of(text or [layer.text for layer in engine.layers])
        view = PdfView(engine, text, theme)
        show(view)
        view.setFocus()
        engine.open()
        return Hand(view)

    return shown
