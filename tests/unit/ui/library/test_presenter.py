from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QMainWindow, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import Listing, Shelf, Sort
from archivist.model.document import DocumentKind
from archivist.model.errors import NotDone, OriginalDamaged
from archivist.model.ids import CaseId, DocumentId, TagId
from archivist.services.browsing import list_documents, read_original
from archivist.services.organising import delete_documents
from archivist.services.undoing import undo
from archivist.ui.library import presenter as library
from archivist.ui.library.document_table import CARDS, COLUMNS_MODE
from archivist.ui.library.originals import documents_of
from archivist.ui.library.presenter import LibraryPresenter
from archivist.ui.places import DocumentPlace, LibraryPlace
from archivist.ui.session import Session
from archivist.ui.widgets.notice import EmptyState
from tests.unit.ui.conftest import FakeChooser, Seen

Ask = Callable[[Callable[[Archive], Any]], Any]
Show = Callable[[QWidget], QWidget]
DOCUMENTS = 12
_CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def shown(qtbot: QtBot, session: Session, show: Show) -> LibraryPresenter:
    """All documents of the samples, rows and all."""
    made = LibraryPresenter(session)
    show(made.view)
    made.show(LibraryPlace())
    qtbot.waitUntil(lambda: len(made.view.model.ids) == DOCUMENTS)
    qtbot.waitUntil(lambda: made.view.model.row(0) is not None)
    made.view.table.setFocus()
    return made


def titles(presenter: LibraryPresenter) -> list[str]:
    rows = map(presenter.view.model.row, range(len(presenter.view.model.ids)))
    return [row.document.title if row else "" for row in rows]


def select(qtbot: QtBot, presenter: LibraryPresenter, *numbers: int) -> list[DocumentId]:
    chosen = [presenter.view.model.ids[at] for at in numbers]
    with qtbot.waitSignal(presenter.selection_changed):
        presenter.view.table.select_ids(chosen)
    return chosen


def wait_for_count(qtbot: QtBot, presenter: LibraryPresenter, count: int) -> None:
    qtbot.waitUntil(lambda: len(presenter.view.model.ids) == count)


def test_shows_a_place_with_its_name_and_count(shown: LibraryPresenter) -> None:
    assert shown.view.head.title.text() == "All documents"
    assert shown.view.head.count.text() == "12 documents"


def test_a_tag_gives_its_name_to_the_list(qtbot: QtBot, shown: LibraryPresenter, ask: Ask) -> None:
    tag = ask(lambda archive: archive.tags.all()[0])

    shown.show(LibraryPlace(Listing(tag=tag.id)))

    qtbot.waitUntil(lambda: shown.view.head.title.text().strip("\u2068\u2069") == tag.name)
    assert 0 < len(shown.view.model.ids) < DOCUMENTS


def test_a_case_that_is_gone_shows_an_empty_list_that_says_so(qtbot: QtBot, shown: LibraryPresenter) -> None:
    shown.show(LibraryPlace(Listing(case=CaseId("gone"))))

    wait_for_count(qtbot, shown, 0)
    assert shown.view.head.title.text() == "Documents"
    assert "No document yet" in empty_words(shown)


def test_a_list_stands_as_it_stood_when_it_is_shown_again(qtbot: QtBot, shown: LibraryPresenter) -> None:
    chosen = select(qtbot, shown, 7)
    shown.show(LibraryPlace(Listing(tag=TagId("none"))))
    wait_for_count(qtbot, shown, 0)

    shown.show(LibraryPlace())

    qtbot.waitUntil(lambda: shown.view.selected_ids() == chosen)


def test_showing_the_same_place_again_reads_nothing(qtbot: QtBot, shown: LibraryPresenter) -> None:
    chosen = select(qtbot, shown, 3)

    shown.show(LibraryPlace())
    qtbot.wait(20)

    assert shown.view.selected_ids() == chosen


def test_enter_opens_a_document(qtbot: QtBot, shown: LibraryPresenter, seen: Seen) -> None:
    (chosen,) = select(qtbot, shown, 2)

    QTest.keyClick(shown.view.table, Qt.Key.Key_Return)

    assert seen.places == [DocumentPlace(chosen)]


def test_a_click_on_a_head_sorts_and_again_turns_round(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen
) -> None:
    shown.set_mode(COLUMNS_MODE)
    shown.view.table.columns.sectionClicked.emit(0)
    qtbot.waitUntil(lambda: titles(shown) == sorted(titles(shown), key=str.casefold) and all(titles(shown)))
    assert seen.places == [LibraryPlace(Listing(sort=Sort.TITLE, descending=False))]

    shown.view.table.columns.sectionClicked.emit(0)

    assert seen.places[-1] == LibraryPlace(Listing(sort=Sort.TITLE, descending=True))
    shown.view.table.columns.sectionClicked.emit(7)
    assert seen.places[-1] == LibraryPlace(Listing(sort=Sort.SIZE, descending=True))


def test_the_sort_menu_offers_every_order(shown: LibraryPresenter, seen: Seen) -> None:
    menu: QMenu = shown.view.head.sort_menu
    menu.aboutToShow.emit()
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert [text for text, action in actions.items() if action.isChecked()] == ["Imported", "Newest first"]

    actions["Oldest first"].trigger()
    actions["Quotes"].trigger()

    assert [place.listing for place in seen.places if isinstance(place, LibraryPlace)] == [
        Listing(descending=False),
        Listing(sort=Sort.QUOTES),
    ]


def test_what_was_read_last_is_ordered_by_that(shown: LibraryPresenter) -> None:
    shown.view.show_listing(Listing(Shelf.RECENT), "Recently read")
    shown.view.head.sort_menu.aboutToShow.emit()

    checked = [action.text() for action in shown.view.head.sort_menu.actions() if action.isChecked()]

    assert checked == ["Last read", "Newest first"]


# ---- filters


def popover(shown: LibraryPresenter) -> QWidget:
    found = shown.view.window().findChild(QWidget, "popover")
    assert isinstance(found, QWidget)
    return found


def words_field(shown: LibraryPresenter) -> QWidget:
    found = popover(shown).findChild(QWidget, "filter_words")
    assert isinstance(found, QWidget)
    return found


def check(shown: LibraryPresenter, words: str) -> QCheckBox:
    boxes = popover(shown).findChildren(QCheckBox)
    return next(box for box in boxes if box.text() == words and box.isVisible())


def test_filters_narrow_the_list_at_once_and_become_a_place_when_they_are_done(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen
) -> None:
    shown.focus()
    QTest.keyClick(shown.view.table, Qt.Key.Key_F, _CONTROL_ALT)
    qtbot.waitUntil(lambda: bool(popover(shown).findChildren(QCheckBox)))
    check(shown, "PDF").click()
    qtbot.waitUntil(lambda: len(shown.view.model.ids) < DOCUMENTS)
    assert check(shown, "PDF").isChecked()
    assert seen.places == []

    QTest.keyClick(popover(shown), Qt.Key.Key_Escape)

    assert seen.places == [LibraryPlace(Listing(kinds=(DocumentKind.PDF,)))]
    assert shown.view.table.hasFocus()


def test_typing_filters_by_title_file_and_publisher(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen
) -> None:
    shown.view.open_filters()
    QTest.keyClicks(words_field(shown), "harbour wall")
    wait_for_count(qtbot, shown, 1)

    next(b for b in popover(shown).findChildren(QPushButton) if b.text() == "Done").click()

    assert seen.places == [LibraryPlace(Listing(words="harbour wall"))]


def test_closing_at_once_takes_the_last_letters_too(shown: LibraryPresenter, seen: Seen) -> None:
    shown.view.open_filters()
    QTest.keyClicks(words_field(shown), "harbour")

    QTest.keyClick(popover(shown), Qt.Key.Key_Escape)

    assert seen.places == [LibraryPlace(Listing(words="harbour"))]


def test_years_quotes_and_text_are_filters_and_clear_all_takes_them_back(
    qtbot: QtBot, shown: LibraryPresenter
) -> None:
    shown.view.open_filters()
    qtbot.waitUntil(lambda: bool(popover(shown).findChildren(QCheckBox)))
    years = popover(shown).findChild(QComboBox, "filter_year")
    assert isinstance(years, QComboBox)
    assert years.count() > 1
    years.setCurrentIndex(1)
    years.activated.emit(1)
    check(shown, "Has quotes").click()
    check(shown, "No text").click()
    assert shown.view.listing == Listing(year=years.itemData(1) or "", has_quotes=True, has_text=False)
    check(shown, "Has quotes").click()
    assert shown.view.listing.has_quotes is None

    next(b for b in popover(shown).findChildren(QPushButton) if b.text() == "Clear all").click()

    assert shown.view.listing == Listing()


def test_a_chip_takes_its_filter_away(qtbot: QtBot, shown: LibraryPresenter, seen: Seen) -> None:
    shown.show(LibraryPlace(Listing(kinds=(DocumentKind.PDF,), has_quotes=True)))
    qtbot.waitUntil(lambda: len(shown.view.model.ids) < DOCUMENTS)
    chips = {chip.text(): chip for chip in shown.view.head.findChildren(QPushButton)}

    chips["PDF"].click()

    assert chips["PDF"].accessibleName() == "Take away filter: PDF"
    assert seen.places == [LibraryPlace(Listing(has_quotes=True))]


def empty_words(presenter: LibraryPresenter) -> str:
    found = presenter.view.findChild(EmptyState, "library_empty")
    assert isinstance(found, EmptyState)
    return found.words()


def test_where_nothing_matches_the_filters_can_be_cleared(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen
) -> None:
    shown.show(LibraryPlace(Listing(words="nowhere to be found")))
    wait_for_count(qtbot, shown, 0)
    assert "No document matches" in empty_words(shown)

    clear = shown.view.findChild(QPushButton, "empty_clear")
    assert isinstance(clear, QPushButton)
    clear.click()

    assert seen.places == [LibraryPlace()]
    wait_for_count(qtbot, shown, DOCUMENTS)


def test_an_empty_archive_offers_to_import(qtbot: QtBot, empty_session: Session, show: Show) -> None:
    imported: list[bool] = []
    empty_session.actions.add("import.files", "Import files…", lambda: imported.append(True))
    made = LibraryPresenter(empty_session)
    show(made.view)
    made.show(LibraryPlace())
    qtbot.waitUntil(lambda: made.view.findChild(EmptyState, "library_empty") is not None)
    assert "drop them anywhere in this window" in empty_words(made)

    button = made.view.findChild(QPushButton, "empty_import")
    assert isinstance(button, QPushButton)
    button.click()

    assert imported == [True]


# ---- looks


def test_the_look_is_remembered_and_told(qtbot: QtBot, session: Session, shown: LibraryPresenter) -> None:
    with qtbot.waitSignal(shown.mode_changed) as told:
        QTest.keyClick(shown.view.table, Qt.Key.Key_2, _CONTROL_ALT)

    assert told.args == [COLUMNS_MODE]
    assert shown.details.isVisible()
    assert LibraryPresenter(session).mode == COLUMNS_MODE


def test_details_show_what_is_selected_and_hide_on_demand(
    qtbot: QtBot, session: Session, shown: LibraryPresenter
) -> None:
    assert not shown.details.isVisible()
    select(qtbot, shown, 1)

    with qtbot.waitSignal(shown.details.shown):
        session.actions.get("library.details").trigger()

    assert shown.details.isVisible()
    assert shown.details.view.title.input.value() == titles(shown)[1]
    session.actions.get("library.details").trigger()
    assert not shown.details.isVisible()


# ---- deeds


def test_deleting_says_how_many_and_how_to_take_it_back(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen, session: Session
) -> None:
    select(qtbot, shown, 0, 1, 4)

    QTest.keyClick(shown.view.table, Qt.Key.Key_Delete)

    wait_for_count(qtbot, shown, DOCUMENTS - 3)
    assert seen.sentences == ["Moved 3 documents to the bin. Undo (Ctrl+Z) brings them back."]
    session.tasks.write(undo)
    wait_for_count(qtbot, shown, DOCUMENTS)


def test_deleted_documents_are_restored_from_the_bin(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen, session: Session
) -> None:
    select(qtbot, shown, 0)
    session.actions.get("library.delete").trigger()
    wait_for_count(qtbot, shown, DOCUMENTS - 1)
    shown.show(LibraryPlace(Listing(Shelf.TRASH)))
    wait_for_count(qtbot, shown, 1)
    select(qtbot, shown, 0)
    assert not session.actions.get("library.delete").isEnabled()

    QTest.keyClick(shown.view.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    wait_for_count(qtbot, shown, 0)
    assert seen.sentences[-1] == "Restored 1 document."
    assert "The bin is empty" in empty_words(shown)


def test_a_document_in_the_bin_is_looked_at_not_read(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen, session: Session
) -> None:
    select(qtbot, shown, 0)
    session.actions.get("library.delete").trigger()
    shown.show(LibraryPlace(Listing(Shelf.TRASH)))
    wait_for_count(qtbot, shown, 1)

    shown.view.table.select_ids([shown.view.model.ids[0]])
    QTest.keyClick(shown.view.table, Qt.Key.Key_Space)

    assert [place for place in seen.places if isinstance(place, DocumentPlace)] == []
    assert shown.details.isVisible()


def test_renaming_in_place(qtbot: QtBot, shown: LibraryPresenter) -> None:
    select(qtbot, shown, 2)
    QTest.keyClick(shown.view.table, Qt.Key.Key_F2)
    editor = shown.view.table.title_editor
    assert editor.isVisible()
    QTest.keyClicks(editor.field, "A better name")

    QTest.keyClick(editor.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not editor.isVisible())
    qtbot.waitUntil(lambda: titles(shown)[2] == "A better name")


def test_a_title_of_nothing_is_refused_in_place(qtbot: QtBot, shown: LibraryPresenter) -> None:
    select(qtbot, shown, 2)
    QTest.keyClick(shown.view.table, Qt.Key.Key_F2)
    editor = shown.view.table.title_editor
    QTest.keyClick(editor.field, Qt.Key.Key_Space)

    QTest.keyClick(editor.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "needs a name" in editor.notice.text())
    assert editor.isVisible()


def test_a_refusal_that_comes_after_the_field_was_left_is_told_in_the_status_line(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen
) -> None:
    shown.view.title_kept.emit(shown.view.model.ids[0], "  ")

    qtbot.waitUntil(lambda: any("needs a name" in sentence for sentence in seen.sentences))


def test_typing_goes_to_a_title(qtbot: QtBot, shown: LibraryPresenter) -> None:
    title = titles(shown)[6]

    QTest.keyClicks(shown.view.table, title[:6])

    qtbot.waitUntil(lambda: shown.view.selected_ids() == [shown.view.model.ids[6]])


def test_typing_what_no_title_begins_with_stays_where_it_is(qtbot: QtBot, shown: LibraryPresenter) -> None:
    chosen = select(qtbot, shown, 3)

    QTest.keyClicks(shown.view.table, "zzz")
    qtbot.wait(30)

    assert shown.view.selected_ids() == chosen


def test_deeds_need_a_selection_and_a_list_in_sight(
    qtbot: QtBot, shown: LibraryPresenter, session: Session, window: QMainWindow
) -> None:
    deeds = [session.actions.get(f"library.{name}") for name in ("open", "rename", "delete")]
    assert not any(deed.isEnabled() for deed in deeds)
    select(qtbot, shown, 0)
    assert all(deed.isEnabled() for deed in deeds)
    select(qtbot, shown, 0, 1)
    assert [deed.isEnabled() for deed in deeds] == [False, False, True]

    window.takeCentralWidget()
    shown.view.hide()

    assert not any(deed.isEnabled() for deed in deeds)


def test_the_menu_holds_what_can_be_done(qtbot: QtBot, shown: LibraryPresenter) -> None:
    select(qtbot, shown, 0, 1)

    shown.view.table.menu_wanted.emit(shown.view.mapToGlobal(shown.view.rect().center()))

    menu = next(m for m in shown.view.findChildren(QMenu) if m.isVisible())
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Show or hide details", "Export original…", "Move to the bin"]
    menu.close()


# ---- originals


@pytest.fixture
def chooser(session: Session, tmp_path: Path) -> FakeChooser:
    """Someone who chooses a place and a folder outside of the archive."""
    made = session.chooser
    assert isinstance(made, FakeChooser)
    made.chosen_place, made.chosen_folder = tmp_path / "out.bin", tmp_path / "out"
    made.chosen_folder.mkdir()
    return made


def begin_export(shown: LibraryPresenter) -> None:
    action = next(a for a in shown.view.window().actions() if a.objectName() == "documents.export_original")
    action.trigger()


def offer(shown: LibraryPresenter, words: str) -> QPushButton:
    return next(b for b in shown.view.notice.findChildren(QPushButton) if b.text() == words)


def test_an_original_is_exported_after_a_warning(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen, chooser: FakeChooser, ask: Ask
) -> None:
    (chosen,) = select(qtbot, shown, 0)
    begin_export(shown)
    assert "not encrypted" in shown.view.notice.text()
    assert "hostile" in shown.view.notice.text()
    assert chooser.chosen_place is not None
    assert not chooser.chosen_place.exists()

    offer(shown, "Choose a place…").click()

    qtbot.waitUntil(lambda: bool(seen.sentences))
    original = ask(lambda archive: read_original(archive, chosen))
    assert chooser.chosen_place.read_bytes() == original
    assert "out.bin" in seen.sentences[0]
    assert not shown.view.notice.isVisible()


def test_several_originals_go_into_a_folder_over_nothing(
    qtbot: QtBot, shown: LibraryPresenter, seen: Seen, chooser: FakeChooser
) -> None:
    select(qtbot, shown, 0, 1)
    folder = chooser.chosen_folder
    assert folder is not None
    row = shown.view.model.row(0)
    assert row is not None
    (folder / row.document.file_name).write_text("mine")

    begin_export(shown)
    offer(shown, "Choose a folder…").click()

    qtbot.waitUntil(lambda: bool(seen.sentences))
    assert seen.sentences == ["Exported 2 originals."]
    assert len(list(folder.iterdir())) == 3
    assert (folder / row.document.file_name).read_text() == "mine"


def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(
    qtbot: QtBot, shown: LibraryPresenter, session: Session, chooser: FakeChooser, tmp_path: Path
) -> None:
    select(qtbot, shown, 0)
    chooser.chosen_place = tmp_path / "no such folder" / "out.pdf"

    session.actions.get("documents.export_original").trigger()
    offer(shown, "Choose a place…").click()

    qtbot.waitUntil(lambda: "could not be written" in shown.view.notice.text())


def test_nothing_is_exported_into_the_archive_itself(
    qtbot: QtBot, shown: LibraryPresenter, session: Session, chooser: FakeChooser, sample: Path
) -> None:
    select(qtbot, shown, 0)
    chooser.chosen_place = sample / "out.pdf"

    session.actions.get("documents.export_original").trigger()
    offer(shown, "Choose a place…").click()

    qtbot.waitUntil(lambda: "inside the archive" in shown.view.notice.text())
    assert not chooser.chosen_place.exists()


def test_whoever_changes_their_mind_exports_nothing(
    qtbot: QtBot, shown: LibraryPresenter, session: Session, seen: Seen
) -> None:
    select(qtbot, shown, 0)
    session.actions.get("documents.export_original").trigger()

    offer(shown, "Choose a place…").click()  # and the system's dialog was cancelled
    qtbot.wait(20)
    offer(shown, "Cancel").click()

    assert seen.sentences == []
    assert not shown.view.notice.isVisible()


# ---- failures


def test_a_list_that_cannot_be_read_says_so_and_can_be_asked_for_again(
    qtbot: QtBot, shown: LibraryPresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> list[DocumentId]:
        raise NotDone("The disk does not answer.")

    monkeypatch.setattr(library, "list_documents", refuse)
    shown.show(LibraryPlace(Listing(Shelf.INBOX)))
    qtbot.waitUntil(lambda: shown.view.notice.text() == "The disk does not answer.")
    monkeypatch.setattr(library, "list_documents", list_documents)

    offer(shown, "Try again").click()

    qtbot.waitUntil(lambda: not shown.view.notice.isVisible())
    assert len(shown.view.model.ids) == DOCUMENTS


def test_rows_that_cannot_be_read_say_so(
    qtbot: QtBot, shown: LibraryPresenter, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    def refuse(*_: object, **__: object) -> list[object]:
        raise OriginalDamaged("ab" * 32, "is gone")

    monkeypatch.setattr(library, "document_rows", refuse)
    session.tasks.changed.emit()

    qtbot.waitUntil(lambda: "is gone" in shown.view.notice.text())


def test_a_deed_that_is_refused_says_so_above_the_list(
    qtbot: QtBot, shown: LibraryPresenter, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    def refuse(*_: object) -> None:
        raise NotDone("The disk is full.")

    monkeypatch.setattr("archivist.ui.library.deeds.delete_documents", refuse)
    select(qtbot, shown, 0)

    session.actions.get("library.delete").trigger()

    qtbot.waitUntil(lambda: shown.view.notice.text() == "The disk is full.")
    assert len(shown.view.model.ids) == DOCUMENTS


def test_out_of_sight_a_change_waits(
    qtbot: QtBot, shown: LibraryPresenter, session: Session, window: QMainWindow, show: Show
) -> None:
    window.takeCentralWidget()
    shown.view.hide()
    gone = shown.view.model.ids[0]
    with qtbot.waitSignal(session.tasks.changed):
        session.tasks.write(lambda archive: delete_documents(archive, documents_of(archive, [gone])))
    assert len(shown.view.model.ids) == DOCUMENTS

    show(shown.view)
    shown.view.show()

    wait_for_count(qtbot, shown, DOCUMENTS - 1)
    assert shown.mode == CARDS
