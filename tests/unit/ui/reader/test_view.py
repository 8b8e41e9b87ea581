import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.ui.reader import finding
from archivist.ui.reader.view import ReaderView
from tests.unit.ui.reader.pdf_views import text_of


class PlainView(ReaderView):
    """The least that a reader is."""

    def selected_text(self) -> str:
        return "chosen words"


@pytest.fixture
def view(qtbot: QtBot) -> PlainView:
    made = PlainView(text_of(["All human beings", "are born free"]))
    qtbot.addWidget(made)
    return made


def test_words_are_found_by_the_canonical_text(view: PlainView) -> None:
    assert view.find("BEINGS are") == [Span(10, 21)]


def test_a_document_without_text_has_no_words(qtbot: QtBot) -> None:
    view = PlainView(None)
    qtbot.addWidget(view)

    assert view.find("human") == []


def test_a_long_text_is_made_ready_between_other_events(
    view: PlainView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_PIECE", 4)

    view.prepare_find()
    was_ready = view._finder.is_ready  # noqa: SLF001 - it shows in time only

    qtbot.waitUntil(lambda: view._finder.is_ready)  # noqa: SLF001
    assert not was_ready
    assert view.find("free") == [Span(27, 31)]


def test_copying_puts_the_words_on_the_clipboard(view: PlainView) -> None:
    view.copy_selection()

    assert QGuiApplication.clipboard().text() == "chosen words"


def test_a_view_without_pages_says_nothing_of_them(view: PlainView) -> None:
    view.go_to_page(3)
    view.shut()

    assert (view.page_count, view.current_page, view.page_labels, view.outline()) == (0, 0, (), ())
    assert view.hindrance == ""


def test_the_focus_goes_to_what_scrolls(view: PlainView) -> None:
    inner = QPlainTextEdit()

    view._set_inner(inner)  # noqa: SLF001

    assert view.focusProxy() is inner
    assert inner.parentWidget() is view
