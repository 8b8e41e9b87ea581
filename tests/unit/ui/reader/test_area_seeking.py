"""Finding words in the document that is open, and the hits of the query that led to it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.services.hits import hits_in
from archivist.ui.places import DocumentPlace
from archivist.ui.reader.view import ReaderView
from archivist.ui.session import Session
from tests.unit.ui.conftest import Seen
from tests.unit.ui.reader.reader_window import ReaderWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT, PDF = "interview", "behind-the-harbour"


@pytest.fixture
def reader(session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot) -> Iterator[ReaderWindow]:
    made = ReaderWindow(session, show, qtbot)
    yield made
    made.ends()


@pytest.fixture
def hits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Span], int]]:
    """What was marked on the page, the newest last."""
    told: list[tuple[list[Span], int]] = []
    for kind in ReaderView.__subclasses__():
        original = kind.set_hits

        def tell(view: ReaderView, spans: list[Span], current: int = -1, *, then: object = original) -> None:
            told.append((list(spans), current))
            then(view, spans, current)  # type: ignore[operator]

        monkeypatch.setattr(kind, "set_hits", tell)
    return told


def _count(reader: ReaderWindow) -> str:
    label = reader.area.find_bar.findChild(QLabel, "find_count")
    assert isinstance(label, QLabel)
    return label.text()


def test_words_are_found_while_they_are_typed_and_stepped_through(
    reader: ReaderWindow, hits: list[tuple[list[Span], int]]
) -> None:
    reader.opens(TEXT)

    reader.presses(Qt.Key.Key_F, CONTROL)
    reader.waits(reader.area.find_bar.field.hasFocus)
    reader.types("SELK")
    reader.waits(lambda: bool(hits[-1][0]))
    spans = hits[-1][0]
    assert _count(reader) == f"1 of {len(spans)}"
    reader.presses(Qt.Key.Key_Return)
    assert hits[-1] == (spans, 1 % len(spans))
    reader.presses(Qt.Key.Key_Return, SHIFT)
    reader.presses(Qt.Key.Key_F3)

    assert hits[-1] == (spans, 1 % len(spans))


def test_escape_closes_the_bar_clears_the_hits_and_returns_to_the_page(
    reader: ReaderWindow, hits: list[tuple[list[Span], int]]
) -> None:
    reader.opens(TEXT)
    reader.presses(Qt.Key.Key_F, CONTROL)
    reader.types("tea")
    reader.waits(lambda: bool(hits[-1][0]))

    reader.presses(Qt.Key.Key_Escape)

    assert not reader.area.find_bar.isVisible()
    assert hits[-1] == ([], -1)
    assert reader.view.isAncestorOf(QApplication.focusWidget() or reader.area)


def test_what_is_selected_is_looked_for(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    reader.selects("kitchen")

    reader.presses(Qt.Key.Key_F, CONTROL)

    assert reader.area.find_bar.field.text() == "kitchen"
    assert " of " in _count(reader)


def test_words_that_are_not_there_are_said_not_to_be(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    reader.presses(Qt.Key.Key_F, CONTROL)

    reader.types("xyzzy")

    reader.waits(lambda: _count(reader) == "Not found")


def test_hits_of_the_query_are_marked_and_stepped_through(
    reader: ReaderWindow, hits: list[tuple[list[Span], int]]
) -> None:
    document = reader.document(PDF)
    assert document.text_id
    text = reader.ask(lambda archive: archive.texts.get(document.text_id))  # type: ignore[arg-type]
    assert text
    expected = reader.ask(lambda archive: hits_in(archive, '"Kestrel Point" register', text))
    assert len(expected) > 2

    reader.shows(DocumentPlace(document.id, span=expected[1], query='"Kestrel Point" register'))

    reader.waits(lambda: bool(hits) and hits[-1] == (expected, 1))
    reader.session.actions.get("reader.next_hit").trigger()
    assert hits[-1] == (expected, 2)
    reader.session.actions.get("reader.previous_hit").trigger()
    assert hits[-1] == (expected, 1)


def test_hits_come_again_when_the_tab_does_and_go_with_another_place(
    reader: ReaderWindow, hits: list[tuple[list[Span], int]]
) -> None:
    document = reader.document(TEXT)
    reader.shows(DocumentPlace(document.id, query="van"))
    reader.waits(lambda: bool(hits) and bool(hits[-1][0]))
    spans = hits[-1][0]
    reader.opens("appeal-of-the-families")
    reader.waits(lambda: not hits[-1][0])

    reader.shows(DocumentPlace(document.id))
    reader.waits(lambda: hits[-1][0] == spans)
    reader.shows(DocumentPlace(document.id, span=spans[0]))

    reader.waits(lambda: not hits[-1][0])


def test_f3_without_hits_does_nothing(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(TEXT)
    place = reader.view.place()

    reader.session.actions.get("reader.next_hit").trigger()

    assert reader.view.place() == place
    assert seen.sentences == []
