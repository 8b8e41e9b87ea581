"""Documents in the reader: tabs, ways to read, and what is said where one cannot be shown."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.document import Document
from archivist.model.errors import NotFound
from archivist.model.ids import DocumentId
from archivist.services.importing import import_file
from archivist.services.incoming import IncomingFile
from archivist.services.organising import delete_documents, edit_document
from archivist.services.undoing import undo
from archivist.ui.places import DocumentPlace
from archivist.ui.quotes.pane import DETAILS
from archivist.ui.reader import desk as desk_module
from archivist.ui.reader.pdf_view import PdfView
from archivist.ui.reader.reading import Mode
from archivist.ui.reader.text_view import TextView
from archivist.ui.session import Session
from tests.unit.ui.conftest import Seen
from tests.unit.ui.reader.reader_window import ReaderWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT, OTHER, PDF, WORD = "interview", "appeal-of-the-families", "behind-the-harbour", "grounds"


@pytest.fixture
def reader(session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot) -> Iterator[ReaderWindow]:
    made = ReaderWindow(session, show, qtbot)
    yield made
    made.ends()


def _imported(reader: ReaderWindow, folder: Path, name: str, data: bytes) -> Document:
    (folder / name).write_bytes(data)
    reader.does(lambda archive: import_file(archive, IncomingFile(folder / name)))
    return reader.document(name)


# ---- tabs


def test_without_a_document_the_reader_says_how_to_open_one(reader: ReaderWindow) -> None:
    was_empty = reader.area.is_empty

    reader.opens(TEXT)

    assert (was_empty, reader.area.is_empty) == (True, False)
    assert reader.area.tabs.titles() == ["interview-witness-h3"]


def test_a_document_opens_once_and_comes_to_the_front_again(reader: ReaderWindow) -> None:
    first = reader.opens(TEXT)
    reader.opens(OTHER)

    again = reader.opens(TEXT)

    assert again is first
    assert len(reader.area.tabs.ids()) == 2


def test_tabs_are_stepped_through_and_closed_by_keys(reader: ReaderWindow, seen: Seen) -> None:
    first, second = reader.opens(TEXT), reader.opens(OTHER)

    reader.presses(Qt.Key.Key_Tab, CONTROL)
    reader.waits(lambda: reader.reading is first)
    assert seen.places == [DocumentPlace(first.id)]
    reader.presses(Qt.Key.Key_W, CONTROL)
    reader.waits(lambda: reader.reading is second)
    reader.presses(Qt.Key.Key_W, CONTROL)

    reader.waits(lambda: reader.area.is_empty)
    assert reader.area.tabs.ids() == []


def test_a_tab_is_closed_by_its_cross_and_by_the_middle_button(reader: ReaderWindow) -> None:
    first, second = reader.opens(TEXT), reader.opens(OTHER)
    bar = reader.area.tabs.findChild(QTabBar, "doctabs")
    assert isinstance(bar, QTabBar)
    cross = bar.tabButton(1, QTabBar.ButtonPosition.RightSide)

    QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=bar.tabRect(0).center())
    assert reader.area.tabs.ids() == [second.id]
    assert first.is_asleep
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)

    reader.waits(lambda: reader.area.is_empty)


def test_clicking_a_tab_is_a_place_to_come_back_to(reader: ReaderWindow, seen: Seen) -> None:
    first = reader.opens(TEXT)
    reader.opens(OTHER)
    bar = reader.area.tabs.findChild(QTabBar, "doctabs")
    assert isinstance(bar, QTabBar)

    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())

    assert reader.reading is first
    assert seen.places == [DocumentPlace(first.id)]


def test_the_oldest_view_is_put_to_sleep_and_wakes_at_its_place(
    reader: ReaderWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "MOST_AWAKE", 2)
    first = reader.opens(TEXT)
    reader.area.window().resize(900, 420)
    end = len(first.text.content) if first.text else 0
    reader.view.show_span(Span(end - 5, end))
    reader.waits(lambda: reader.view.place() != "0")
    place = first.place()
    reader.opens(OTHER)
    reader.opens(WORD)
    assert first.is_asleep
    assert first.view is None

    reader.opens(TEXT)

    reader.waits(lambda: first.place() == place and first.view is not None)


def test_where_reading_stopped_is_found_again_after_a_restart(
    reader: ReaderWindow, session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    reading = reader.opens(TEXT)
    reader.area.window().resize(900, 420)
    end = len(reading.text.content) if reading.text else 0
    reader.view.show_span(Span(end - 5, end))
    reader.waits(lambda: reader.view.place() != "0")
    place = reading.place()
    reader.ends()

    again = ReaderWindow(session, show, qtbot)
    again.opens(TEXT)

    again.waits(lambda: again.reading.place() == place)
    again.ends()


def test_a_document_that_was_opened_leaves_the_inbox_without_a_refresh_of_everything(
    reader: ReaderWindow, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(reader.session.tasks.changed, wait=50):
        reading = reader.opens(TEXT)
        document_id = reading.id
        reader.presenter.desk.close(document_id)

    assert reader.ask(lambda archive: archive.readings.place(document_id)) is not None


# ---- ways to read


def test_a_pdf_is_shown_as_pages_and_as_text(reader: ReaderWindow) -> None:
    reading = reader.opens(PDF)
    assert isinstance(reader.view, PdfView)
    reader.selects("in dry dock")
    span = reader.view.selection()

    reader.session.actions.get("reader.mode").trigger()

    reader.waits(lambda: isinstance(reading.view, TextView) and reading.view.selection() == span)
    assert reader.area.bar.modes.choice() == Mode.TEXT
    assert "px" in reader.view.zoom_words()
    reading.show_mode(Mode.PAGES)
    reader.waits(lambda: isinstance(reading.view, PdfView) and reading.view.selection() == span)


def test_pages_are_named_as_they_are_printed(reader: ReaderWindow, seen: Seen) -> None:
    reader.opens(PDF)
    box = reader.area.bar.page_box
    assert box.text() == "i"

    reader.session.actions.get("reader.page").trigger()
    assert box.hasFocus()
    reader.types("2")
    reader.presses(Qt.Key.Key_Return)

    reader.waits(lambda: box.text() == "2")
    assert reader.view.current_page == 3
    assert reader.view.isAncestorOf(QApplication.focusWidget() or reader.area)
    reader.presenter.deeds.go_to_label("xx")
    assert "no page “xx”" in seen.sentences[-1]


def test_pages_turn_and_sizes_change_by_deeds(reader: ReaderWindow) -> None:
    reader.opens(PDF)
    actions = reader.session.actions
    before = reader.view.zoom_words()

    actions.get("reader.next_page").trigger()
    reader.waits(lambda: reader.view.current_page == 1)
    actions.get("reader.zoom_in").trigger()

    assert reader.view.zoom_words() != before
    actions.get("reader.previous_page").trigger()
    reader.waits(lambda: reader.view.current_page == 0)


def test_styles_dress_a_word_document_when_they_come(reader: ReaderWindow) -> None:
    reader.opens(WORD)
    assert isinstance(reader.view, TextView)

    reader.waits(lambda: any(entry.title == "The judgment" for entry in reader.view.outline()))


def test_the_outline_goes_to_its_entries(reader: ReaderWindow) -> None:
    reader.opens(PDF)

    reader.session.actions.get("reader.outline").trigger()

    outline = reader.area.outline
    assert outline.isVisible()
    assert outline.tree.topLevelItemCount() > 0
    assert outline.tree.hasFocus()
    last = outline.tree.topLevelItem(outline.tree.topLevelItemCount() - 1)
    outline.tree.itemActivated.emit(last, 0)
    reader.waits(lambda: reader.view.current_page > 0)
    reader.session.actions.get("reader.outline").trigger()
    assert not outline.isVisible()


def test_a_document_without_an_outline_says_so(reader: ReaderWindow) -> None:
    reader.opens(TEXT)

    reader.session.actions.get("reader.outline").trigger()

    assert reader.area.outline.tree.topLevelItemCount() == 0
    assert not reader.area.outline.tree.isVisible()


def test_what_cannot_be_done_is_not_offered(reader: ReaderWindow) -> None:
    actions = reader.session.actions
    assert not actions.get("reader.find").isEnabled()

    reader.opens(TEXT)

    assert actions.get("reader.find").isEnabled()
    assert not actions.get("reader.mode").isEnabled()
    assert not actions.get("reader.next_page").isEnabled()
    reader.area.hide()
    assert not actions.get("reader.find").isEnabled()


def test_the_pane_is_hidden_and_shown_by_its_deed(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    deed = reader.session.actions.get("reader.pane")
    assert deed.isChecked()

    deed.trigger()

    assert not reader.pane.isVisible()
    assert not deed.isChecked()


def test_where_there_is_little_room_the_page_has_it_all(reader: ReaderWindow) -> None:
    reader.opens(TEXT)
    deed, window = reader.session.actions.get("reader.pane"), reader.area.window()

    window.resize(560, 600)
    reader.waits(lambda: not reader.pane.isVisible())
    assert not deed.isChecked()
    deed.trigger()
    assert reader.pane.isVisible()
    window.resize(900, 600)

    reader.waits(lambda: reader.pane.isVisible() and deed.isChecked())


def test_a_pane_that_was_hidden_stays_so_in_the_next_window(
    reader: ReaderWindow, session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    reader.opens(TEXT)
    reader.session.actions.get("reader.pane").trigger()
    reader.ends()

    again = ReaderWindow(session, show, qtbot)
    again.opens(TEXT)

    assert not again.pane.isVisible()
    again.ends()


# ---- places


def test_a_place_with_a_quote_activates_it_and_brings_it_into_sight(reader: ReaderWindow) -> None:
    document = reader.document(PDF)
    row = reader.ask(lambda archive: archive.quotes.of_document(document.id))[-1]

    reading = reader.shows(DocumentPlace(document.id, quote_id=row.id))

    reader.waits(lambda: reader.pane.active() == row.id)
    assert reading.active == row.id
    assert row.anchor.page
    reader.waits(lambda: reader.view.current_page >= (row.anchor.page or 1) - 2)


def test_a_new_title_and_new_quotes_appear_without_moving_the_page(reader: ReaderWindow) -> None:
    reading = reader.opens(TEXT)
    document = reader.document(TEXT)
    view = reading.view

    reader.does(lambda archive: edit_document(archive, document, title="Tea in Mint Lane"))

    reader.waits(lambda: reader.area.tabs.titles() == ["Tea in Mint Lane"])
    assert reading.view is view


# ---- what can go wrong


def test_a_file_without_text_says_why_and_what_helps(reader: ReaderWindow, tmp_path: Path) -> None:
    document = _imported(reader, tmp_path, "broken.docx", b"PK\x03\x04 no word document")

    reading = reader.shows(DocumentPlace(document.id))

    assert "Nothing could be read from this file" in reading.sheet.message()
    assert "kept untouched" in reading.sheet.message()
    assert document.warnings[0].removeprefix("No text: ").rstrip(".") in reading.sheet.message()


def test_trying_again_reads_the_file_once_more(reader: ReaderWindow, tmp_path: Path, seen: Seen) -> None:
    document = _imported(reader, tmp_path, "broken.docx", b"PK\x03\x04 no word document")
    reader.shows(DocumentPlace(document.id))

    reader.clicks("sheet_offer", reader.reading.sheet)

    reader.waits(lambda: "still no text" in " ".join(seen.sentences))


def test_a_broken_pdf_says_that_its_pages_cannot_be_shown(reader: ReaderWindow, tmp_path: Path) -> None:
    document = _imported(reader, tmp_path, "broken.pdf", b"%PDF-1.7 nothing")

    reading = reader.shows(DocumentPlace(document.id))

    reader.waits(lambda: "Nothing could be read" in reading.sheet.message())
    assert reading.sheet.notice.text() == ""
    assert reading.view is None


def test_a_damaged_original_is_named_and_its_text_can_still_be_read(reader: ReaderWindow) -> None:
    document = reader.document(PDF)
    folder = reader.ask(lambda archive: archive.bundle.folder)
    kept = next(path for path in folder.rglob(f"*{document.sha256[2:]}*") if path.is_file())
    kept.chmod(0o600)
    kept.write_bytes(b"another file")

    reading = reader.shows(DocumentPlace(document.id))
    assert "The original" in reading.sheet.message()
    assert document.sha256[:12] in reading.sheet.message()
    reader.clicks("sheet_offer", reading.sheet)

    reader.waits(lambda: isinstance(reading.view, TextView))


def test_a_locked_pdf_asks_for_its_password_in_place_and_keeps_it_nowhere(
    reader: ReaderWindow, corpus: Path, tmp_path: Path
) -> None:
    locked = corpus / "py-pdf" / "005-libreoffice-writer-password__libreoffice-writer-password.pdf"
    document = _imported(reader, tmp_path, locked.name, locked.read_bytes())
    reader.presenter.show(DocumentPlace(document.id))
    sheet = reader.reading.sheet
    reader.waits(lambda: sheet.asks_password)

    sheet.password_field.setText("wrong")
    QTest.keyClick(sheet.password_field, Qt.Key.Key_Return)
    reader.waits(lambda: "does not open" in sheet.password_sentence)
    sheet.password_field.setText("openpassword")
    QTest.keyClick(sheet.password_field, Qt.Key.Key_Return)

    reader.waits(lambda: not sheet.asks_password and reader.view.page_count > 0)
    assert sheet.password_field.text() == ""


def test_a_document_in_the_bin_is_read_and_restored_in_place(reader: ReaderWindow) -> None:
    document = reader.document(TEXT)
    reading = reader.opens(TEXT)

    reader.does(lambda archive: delete_documents(archive, [document]))
    reader.waits(lambda: "in the bin" in reading.sheet.notice.text())
    assert reading.view is not None
    reader.does(undo)

    reader.waits(lambda: reading.sheet.notice.text() == "")


def test_a_document_whose_import_was_undone_says_that_it_is_gone(
    reader: ReaderWindow, tmp_path: Path
) -> None:
    document = _imported(reader, tmp_path, "new.txt", b"A few words to read.")
    reading = reader.shows(DocumentPlace(document.id))
    assert reading.view is not None

    reader.does(undo)

    reader.waits(lambda: reading.view is None or "bin" in reading.sheet.notice.text())


def test_a_document_that_does_not_exist_is_a_sentence(reader: ReaderWindow) -> None:
    reading = reader.shows(DocumentPlace(DocumentId("none")))

    assert str(NotFound("document", "none")) in reading.sheet.message()


def test_details_stand_beside_the_page_when_asked_for(reader: ReaderWindow) -> None:
    reader.opens(TEXT)

    reader.presenter.beside.open_tab(DETAILS)

    assert reader.pane.tab == DETAILS
    reader.waits(lambda: reader.pane.details is not None and reader.pane.details.isVisible())
