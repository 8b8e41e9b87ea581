"""Marking passages in the reader: by mouse, by key, with tags, cases and a note."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.model.errors import NotDone
from archivist.model.quote import Role
from archivist.services.annotating import delete_quote
from archivist.services.organising import delete_documents
from archivist.services.undoing import undo
from archivist.ui.places import DocumentPlace
from archivist.ui.quotes.draft import QuoteDraft
from archivist.ui.reader import quote_deeds
from archivist.ui.session import Session
from tests.unit.ui.conftest import Seen
from tests.unit.ui.reader.reader_window import ReaderWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT, WORDS = "interview", "Length: 41 minutes"


@pytest.fixture
def reader(session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot) -> Iterator[ReaderWindow]:
    made = ReaderWindow(session, show, qtbot)
    yield made
    made.ends()


def test_a_selection_by_mouse_offers_the_small_bar_and_leaves_the_focus_on_the_page(
    reader: ReaderWindow,
) -> None:
    reader.opens(TEXT)
    reader.drags_over(WORDS)

    reader.waits(reader.popover.isVisible)

    assert not reader.popover.is_form
    assert not reader.popover.has_focus
    passage = reader.area.passage(reader.view)
    assert not reader.popover.geometry().intersects(passage)


def test_one_press_on_a_colour_marks_at_once(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(TEXT)
    before = len(reader.rows())
    reader.selects(WORDS)

    reader.presses(Qt.Key.Key_3)

    reader.waits_for_rows(before + 1)
    row = reader.row(WORDS)
    assert row.quote.colour == "teal"
    assert reader.view.selection() is None
    assert reader.pane.active() == row.quote.id
    assert "Undo" in seen.sentences[-1]


def test_a_colour_of_the_bar_marks_too_and_is_the_next_one_offered(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    before = len(reader.rows())
    reader.drags_over(WORDS)
    reader.waits(reader.popover.isVisible)
    dots = reader.popover.bar.dots
    sky = dots.findChild(QWidget, "colour_sky")
    assert isinstance(sky, QWidget)

    QTest.mouseClick(sky, Qt.MouseButton.LeftButton)

    reader.waits_for_rows(before + 1)
    assert reader.row(WORDS).quote.colour == "sky"
    assert not reader.popover.isVisible()
    reader.drags_over("a kitchen in Selk")
    reader.waits(reader.popover.isVisible)
    assert dots.hue() == "sky"


def test_all_of_a_quote_by_keyboard(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    before = len(reader.rows())
    reader.selects(WORDS)

    reader.presses(Qt.Key.Key_Q)
    reader.waits(reader.form.tag_field.entry.hasFocus)
    reader.waits(lambda: bool(reader.form.tag_field.known))
    reader.types("fair")
    reader.presses(Qt.Key.Key_Return)
    reader.types("tea stall")
    reader.presses(Qt.Key.Key_Return, CONTROL)
    reader.presses(Qt.Key.Key_Tab)
    reader.types("yasmira")
    reader.presses(Qt.Key.Key_Return)
    reader.form.focus_part("note")
    reader.types("Said twice.")
    reader.presses(Qt.Key.Key_Return, CONTROL)

    reader.waits_for_rows(before + 1)
    row = reader.row(WORDS)
    assert [tag.name for tag in row.tags] == ["fair trial", "tea stall"]
    assert [(case.name, role) for case, role in row.cases] == [("Yasmira Tolenne", Role.SUPPORTS)]
    assert row.quote.note == "Said twice."
    assert not reader.popover.isVisible()
    assert reader.view.isAncestorOf(QApplication.focusWidget() or reader.area)


def test_escape_closes_the_form_and_returns_to_the_page_with_its_selection(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    reader.selects(WORDS)
    span = reader.view.selection()
    reader.presses(Qt.Key.Key_Q)
    reader.waits(reader.form.tag_field.entry.hasFocus)

    reader.presses(Qt.Key.Key_Escape)

    assert not reader.popover.isVisible()
    assert reader.view.selection() == span
    assert reader.view.isAncestorOf(QApplication.focusWidget() or reader.area)
    assert reader.presenter.marking.drafts.of(reader.reading.id) == ()


def test_words_of_an_unfinished_quote_are_kept_and_offered_again(
    reader: ReaderWindow, session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    reader.opens(TEXT)
    reader.selects(WORDS)
    span = reader.view.selection()
    reader.presses(Qt.Key.Key_Q)
    reader.form.focus_part("note")
    reader.types("Ask her sister.")
    reader.presses(Qt.Key.Key_Escape)
    assert "unfinished" in reader.reading.sheet.draft_notice.text()
    reader.ends()

    again = ReaderWindow(session, show, qtbot)
    again.opens(TEXT)
    again.waits(lambda: "unfinished" in again.reading.sheet.draft_notice.text())
    (kept,) = again.presenter.marking.drafts.of(again.reading.id)
    again.presenter.marking.go_on(kept)

    again.waits(lambda: again.popover.is_form)
    assert again.form.note.toPlainText() == "Ask her sister."
    assert again.form.draft().span == span
    assert again.reading.sheet.draft_notice.text() == ""
    again.ends()


def test_a_saved_draft_is_not_offered_any_more(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    before = len(reader.rows())
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.form.focus_part("note")
    reader.types("Ask her sister.")
    reader.presses(Qt.Key.Key_Escape)
    reader.presses(Qt.Key.Key_Q)
    assert reader.form.note.toPlainText() == "Ask her sister."

    reader.clicks("form_save", reader.form)

    reader.waits_for_rows(before + 1)
    assert reader.presenter.marking.drafts.of(reader.reading.id) == ()
    assert reader.reading.sheet.draft_notice.text() == ""


def test_cancel_keeps_nothing(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.form.focus_part("note")
    reader.types("Not this.")

    reader.clicks("form_cancel", reader.form)

    assert not reader.popover.isVisible()
    assert reader.presenter.marking.drafts.of(reader.reading.id) == ()


def test_what_is_typed_is_kept_before_the_archive_closes(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.form.focus_part("note")
    reader.types("Half a sent")

    reader.presenter.keep_drafts()

    document_id = reader.reading.id
    kept = reader.does(lambda archive: archive.drafts.get(f"quote:{document_id}"))
    assert "Half a sent" in kept
    assert WORDS in kept


def test_a_draft_whose_words_are_elsewhere_now_waits_for_a_new_selection(
    reader: ReaderWindow, seen: Seen
) -> None:
    reader.opens(TEXT)
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.form.focus_part("note")
    reader.types("Kept.")
    reader.presses(Qt.Key.Key_Escape)
    (kept,) = reader.presenter.marking.drafts.of(reader.reading.id)
    moved = type(kept)(kept.document_id, kept.span, note=kept.note, words="other words")

    reader.presenter.marking.go_on(moved)
    assert "read anew" in seen.sentences[-1]
    reader.selects("a kitchen in Selk")
    reader.presses(Qt.Key.Key_Q)

    assert reader.form.note.toPlainText() == "Kept."
    assert reader.form.draft().span == reader.view.selection()


def test_going_on_with_a_quote_that_was_deleted_says_where_it_is(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(TEXT)
    row = reader.rows()[0]
    draft = QuoteDraft(reader.reading.id, row.span, row.quote.id, note="More.")
    reader.does(lambda archive: delete_quote(archive, row.quote))
    reader.waits(lambda: reader.reading.row_of(row.quote.id) is None)

    reader.presenter.marking.go_on(draft)

    assert "restore it from the bin" in seen.sentences[-1]


def test_a_quote_is_deleted_from_its_form(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(TEXT)
    rows = reader.rows()
    reader.presenter.marking.edit(rows[0].quote.id)
    reader.waits(lambda: reader.popover.is_form)
    button = reader.form.findChild(QToolButton, "form_delete")
    assert isinstance(button, QToolButton)

    button.click()

    reader.waits_for_rows(len(rows) - 1)
    assert not reader.popover.isVisible()
    assert "Undo" in seen.sentences[-1]


def test_leaving_for_another_document_keeps_what_was_typed(reader: ReaderWindow) -> None:
    first = reader.opens(TEXT)
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.form.focus_part("note")
    reader.types("Not done.")

    reader.opens("appeal-of-the-families")

    assert not reader.popover.isVisible()
    assert [one.note for one in reader.presenter.marking.drafts.of(first.id)] == ["Not done."]


def test_a_click_on_a_highlight_edits_its_quote(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    row = reader.rows()[0]
    assert row.span

    reader.view.quote_clicked.emit(row.quote.id)

    reader.waits(lambda: reader.popover.is_form)
    assert reader.form.tag_field.tags() == tuple(tag.name for tag in row.tags)
    assert reader.view.selection() == row.span
    assert reader.pane.active() == row.quote.id
    assert not reader.popover.geometry().intersects(reader.area.passage(reader.view))


def test_only_what_was_changed_is_changed(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    row = reader.rows()[0]
    reader.presenter.marking.edit(row.quote.id, "note")
    reader.waits(lambda: reader.popover.is_form)
    reader.form.tag_field.set_tags(["new word"])
    reader.presses(Qt.Key.Key_End, CONTROL)
    reader.types(" More.")

    reader.presses(Qt.Key.Key_Return, CONTROL)

    reader.waits(lambda: "More" in reader.row(row.quote.anchor.exact).quote.note)
    after = reader.row(row.quote.anchor.exact)
    assert [tag.name for tag in after.tags] == ["new word"]
    assert after.cases == row.cases
    assert after.quote.colour == row.quote.colour


def test_selecting_exactly_a_quote_edits_it_rather_than_marking_twice(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    row = reader.rows()[0]
    assert row.span
    reader.selects(row.quote.anchor.exact)

    reader.presses(Qt.Key.Key_Q)

    reader.waits(lambda: reader.popover.is_form)
    assert reader.form.draft().quote_id == row.quote.id


def test_a_quote_that_was_deleted_meanwhile_is_not_saved_and_says_so(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    row = reader.rows()[0]
    reader.presenter.marking.edit(row.quote.id)
    reader.waits(lambda: reader.popover.is_form)
    reader.does(lambda archive: delete_quote(archive, row.quote))
    reader.waits(lambda: reader.reading.row_of(row.quote.id) is None)

    reader.clicks("form_save", reader.form)

    assert "deleted meanwhile" in reader.form.notice.text()


def test_a_case_whose_name_is_taken_meanwhile_is_refused_in_the_form(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.form.case_field.set_cases([(None, "Yasmira Tolenne", Role.CONTEXT)])

    reader.clicks("form_save", reader.form)

    reader.waits(lambda: "already" in reader.form.notice.text())
    assert reader.popover.is_form


def test_a_new_case_is_made_with_the_quote(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    before = len(reader.rows())
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.form.case_field.set_cases([(None, "The tea stall", Role.CONTRADICTS)])

    reader.clicks("form_save", reader.form)

    reader.waits_for_rows(before + 1)
    ((case, role),) = reader.row(WORDS).cases
    assert (case.name, role) == ("The tea stall", Role.CONTRADICTS)


@pytest.mark.parametrize("deed", ["marked", "delete_quote", "citation_of_passage"])
def test_what_is_refused_is_said(
    reader: ReaderWindow, seen: Seen, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    def refuse(*_: object) -> None:
        raise NotDone("It was refused.")

    monkeypatch.setattr(quote_deeds, deed, refuse)
    reader.opens(TEXT)
    reader.selects(WORDS)

    if deed == "marked":
        reader.presses(Qt.Key.Key_1)
    elif deed == "delete_quote":
        reader.presenter.beside.delete(reader.rows()[0].quote.id)
    else:
        reader.presses(Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)

    reader.waits(lambda: seen.sentences[-1:] == ["It was refused."])


def test_without_a_selection_q_says_what_to_do(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(TEXT)
    reader.view.setFocus()

    reader.presses(Qt.Key.Key_Q)

    assert "Select words" in seen.sentences[-1]
    assert not reader.popover.isVisible()


def test_in_the_bin_nothing_is_marked(reader: ReaderWindow, seen: Seen) -> None:
    document = reader.document(TEXT)
    reader.does(lambda archive: delete_documents(archive, [document]))
    reading = reader.shows(DocumentPlace(document.id))
    assert "bin" in reading.sheet.notice.text()
    reader.selects(WORDS)

    reader.presses(Qt.Key.Key_1)

    assert "bin" in seen.sentences[-1]
    hidden = reader.ask(lambda archive: archive.quotes.of_document(document.id, hidden=True))
    assert all(quote.anchor.exact != WORDS for quote in hidden)


def test_undo_takes_the_mark_off_the_page_without_moving_it(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    before = len(reader.rows())
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_1)
    reader.waits_for_rows(before + 1)
    place = reader.view.place()

    reader.does(undo)

    reader.waits_for_rows(before)
    assert reader.view.place() == place


def test_the_popover_hides_while_its_passage_is_out_of_sight(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    reader.area.window().resize(900, 420)
    reader.selects(WORDS)
    reader.presses(Qt.Key.Key_Q)
    reader.waits(reader.popover.isVisible)
    last = reader.view.find("recorded")[-1]
    end = len(reader.reading.text.content) if reader.reading.text else 0

    reader.view.show_span(type(last)(end - 5, end))
    reader.waits(lambda: not reader.popover.isVisible())
    assert reader.popover.is_open
    span = reader.form.draft().span
    assert span
    reader.view.show_span(span)

    reader.waits(reader.popover.isVisible)
    assert reader.form.tag_field.entry.hasFocus()


def test_the_form_stands_above_where_there_is_no_room_below(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    room = reader.area.room()
    low = QRect(room.center().x(), room.bottom() - 60, 80, 16)
    draft = reader.form.draft()

    reader.popover.open_form(low, room, draft, "tags")

    assert reader.popover.geometry().bottom() < low.top()
    high = QRect(QPoint(room.center().x(), room.top() + 20), low.size())
    reader.popover.open_form(high, room, draft, "tags")
    assert reader.popover.geometry().top() > high.bottom()
    reader.popover.dismiss()
