"""The quotes beside the page: what is chosen in one is shown in the other."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import QuoteRow
from archivist.services.annotating import QuoteChange, edit_quote
from archivist.services.undoing import undo
from archivist.ui.quotes.arranging import Arrangement, Order
from archivist.ui.quotes.pane import NOTES, QUOTES
from archivist.ui.session import Session
from tests.unit.ui.conftest import Seen
from tests.unit.ui.reader.reader_window import ReaderWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT, PDF = "grounds", "behind-the-harbour"


@pytest.fixture
def reader(session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot) -> Iterator[ReaderWindow]:
    made = ReaderWindow(session, show, qtbot)
    yield made
    made.ends()


def _shown(reader: ReaderWindow) -> list[QuoteRow]:
    return list(reader.pane.cards.cards.rows)


def _choose(reader: ReaderWindow, at: int) -> QuoteRow:
    """By arrow keys."""
    reader.pane.cards.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(at):
        QTest.keyClick(reader.pane.cards, Qt.Key.Key_Down)
    row = reader.pane.cards.row()
    assert row
    return row


def test_the_quotes_stand_in_the_order_of_the_text_with_their_number(reader: ReaderWindow) -> None:
    reader.opens(TEXT)

    starts = [row.span.start for row in _shown(reader) if row.span]
    assert starts == sorted(starts)
    assert len(starts) == 3
    button = reader.pane.findChild(QPushButton, "tab_quotes")
    assert isinstance(button, QPushButton)
    assert button.text() == "Quotes  3"


def test_choosing_a_card_shows_its_words_on_the_page(reader: ReaderWindow) -> None:
    reading = reader.opens(PDF)

    row = _choose(reader, 4)

    assert reading.active == row.quote.id
    reader.waits(lambda: reader.view.current_page >= 2)


def test_enter_edits_and_letters_jump_to_their_part(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    _choose(reader, 1)

    for key, field in (
        (Qt.Key.Key_Return, lambda: reader.form.tag_field.entry),
        (Qt.Key.Key_N, lambda: reader.form.note),
        (Qt.Key.Key_C, reader.form.case_field.focusProxy),
        (Qt.Key.Key_T, lambda: reader.form.tag_field.entry),
    ):
        QTest.keyClick(reader.pane.cards, key)
        reader.waits(lambda field=field: field().hasFocus())  # type: ignore[misc]
        reader.presses(Qt.Key.Key_Escape)
        reader.waits(reader.pane.cards.hasFocus)


def test_delete_moves_to_the_bin_says_so_and_chooses_the_next(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(TEXT)
    rows = _shown(reader)
    _choose(reader, 1)

    QTest.keyClick(reader.pane.cards, Qt.Key.Key_Delete)

    reader.waits_for_rows(2)
    assert "Undo (Ctrl+Z)" in seen.sentences[-1]
    assert reader.pane.active() == rows[2].quote.id
    reader.does(undo)
    reader.waits_for_rows(3)


def test_copying_a_card_brings_its_citation(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(PDF)
    _choose(reader, 0)

    QTest.keyClick(reader.pane.cards, Qt.Key.Key_C, CONTROL)

    reader.waits(lambda: bool(seen.sentences))
    copied = reader.clipboard()
    assert copied.startswith("“He was made to stand facing the wall")
    assert "Behind the Harbour Wall" in copied
    assert "p.\u00a02" in copied
    assert "SHA-256" not in copied


def test_a_selection_is_copied_with_its_citation_too(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(PDF)
    reader.selects("in dry dock")

    reader.presses(Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)

    reader.waits(lambda: bool(seen.sentences))
    assert reader.clipboard().startswith("“in dry dock” ")


def test_with_nothing_chosen_copying_says_what_to_do(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(TEXT)

    reader.session.actions.get("quote.copy").trigger()
    reader.session.actions.get("quote.edit").trigger()

    assert "Select words" in seen.sentences[0]
    assert "Choose a quote" in seen.sentences[1]


def test_notes_are_the_quotes_that_have_one(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    row = _shown(reader)[0]
    reader.does(lambda archive: edit_quote(archive, row.quote, QuoteChange(note="")))
    reader.waits(lambda: not reader.reading.rows[0].quote.note)

    reader.pane.open_tab(NOTES)

    assert row.quote.id not in [one.quote.id for one in _shown(reader)]
    assert all(one.quote.note for one in _shown(reader))


def test_cards_are_arranged_and_narrowed(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    first = _shown(reader)[0]
    reader.does(lambda archive: edit_quote(archive, first.quote, QuoteChange(colour="violet")))
    reader.waits(lambda: reader.reading.rows[0].quote.colour == "violet")

    reader.pane.arrange(Arrangement(order=Order.COLOUR))
    assert _shown(reader)[-1].quote.id == first.quote.id
    reader.pane.arrange(Arrangement(colour="violet"))
    assert [row.quote.id for row in _shown(reader)] == [first.quote.id]
    reader.pane.arrange(Arrangement(colour="sky"))

    assert _shown(reader) == []
    menu = reader.pane.tuning_menu()
    assert isinstance(menu, QMenu)
    violet = next(action for action in menu.actions() if action.text() == "Violet")
    violet.trigger()
    assert len(_shown(reader)) == 1


def test_a_quote_that_is_filtered_out_comes_back_when_it_is_chosen_on_the_page(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    row = _shown(reader)[0]
    reader.pane.arrange(Arrangement(colour="rose"))

    reader.presenter.beside.activate(row.quote.id)

    assert reader.pane.active() == row.quote.id


def test_without_quotes_the_pane_says_how_to_make_one(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    rows = _shown(reader)
    for row in rows:
        reader.presenter.beside.delete(row.quote.id)

    reader.waits_for_rows(0)
    assert "press Q" in reader.pane.empty_words()


def test_the_menu_of_a_card_does_what_its_words_say(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    row = _choose(reader, 1)
    reader.pane.cards.menu_wanted.emit(row.quote.id, QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    note = next(action for action in menu.actions() if action.text().startswith("Note"))

    note.trigger()
    menu.close()

    reader.waits(reader.form.note.hasFocus)


def test_a_quote_whose_words_are_gone_asks_for_review_and_can_be_kept(
    reader: ReaderWindow, seen: Seen
) -> None:
    reader.opens(PDF)
    row = _shown(reader)[0]
    reader.does(lambda archive: _falsify(archive, row))
    reader.waits(lambda: reader.reading.rows[0].needs_review)

    _choose(reader, 0)
    assert "not found" in reader.pane.review.text()
    offers = {button.text(): button for button in reader.pane.review.findChildren(QPushButton)}
    offers["Show where it was"].click()
    assert row.quote.anchor.page
    reader.waits(lambda: reader.view.current_page == (row.quote.anchor.page or 1) - 1)
    assert "The words that were marked here" in seen.sentences[-1]
    offers["Keep"].click()

    assert not reader.pane.review.isVisible()
    assert reader.pane.tab == QUOTES


def _falsify(archive: Archive, row: QuoteRow) -> None:
    """As if its text had been read anew without these words."""
    wrong = replace(row.quote.anchor, exact="words that stand nowhere", prefix="", suffix="")
    with archive.deed("test", {}):
        archive.quotes.mark_deleted(row.quote.id, deleted=True)
        archive.quotes.add(
            replace(row.quote, id=type(row.quote.id)(row.quote.id[:-4] + "0000"), anchor=wrong)
        )
