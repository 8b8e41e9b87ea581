from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.browsing import Listing, Shelf
from archivist.model.document import Document
from archivist.model.ids import DocumentId, new_id
from archivist.services.browsing import document_details, list_documents, open_document
from archivist.services.keeping import back_up, create_archive, open_archive, restore
from archivist.services.reading import draft, drop_draft, note_reading, save_draft
from archivist.services.undoing import can_undo, undo
from archivist.storage.engine import OperationalError


def test_reading_goes_on_where_it_stopped(archive: Archive, document: Document) -> None:
    before = open_document(archive, document.id)

    note_reading(archive, document.id, "page 3")
    note_reading(archive, document.id, "page 7")

    assert before.place == ""
    assert open_document(archive, document.id).place == "page 7"


def test_what_was_read_is_no_deed_and_leaves_the_history_whole(archive: Archive, document: Document) -> None:
    deeds = archive.history.deeds()

    note_reading(archive, document.id, "page 3")
    save_draft(archive, "quote note", "Half a sentence")

    assert archive.history.deeds() == deeds
    assert can_undo(archive) == ("import", "")
    assert archive.history.verify() == []


def test_a_document_that_was_opened_leaves_the_inbox(archive: Archive, document: Document) -> None:
    note_reading(archive, document.id)

    assert list_documents(archive, Listing(Shelf.INBOX)) == []
    assert list_documents(archive, Listing(Shelf.RECENT)) == [document.id]
    assert document_details(archive, document.id).is_open_before


def test_reading_a_document_that_is_not_there_notes_nothing(archive: Archive) -> None:
    note_reading(archive, DocumentId(new_id()), "page 3")

    assert archive.db.execute("SELECT count(*) FROM readings").fetchone() == (0,)


def test_an_import_that_was_read_can_be_undone(archive: Archive, document: Document) -> None:
    note_reading(archive, document.id)

    undo(archive)

    assert list_documents(archive, Listing(Shelf.RECENT)) == []


def test_a_draft_is_there_until_it_is_dropped(archive: Archive) -> None:
    save_draft(archive, "case notes", "Ask")
    save_draft(archive, "case notes", "Ask her brother")
    save_draft(archive, "quote note", "Night")
    kept = draft(archive, "case notes")

    drop_draft(archive, "case notes")

    assert kept == "Ask her brother"
    assert draft(archive, "case notes") == ""
    assert draft(archive, "quote note") == "Night"


def test_a_draft_of_no_words_is_none(archive: Archive) -> None:
    save_draft(archive, "case notes", "Ask")

    save_draft(archive, "case notes", "")

    assert archive.db.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


def test_a_draft_outlives_its_window_and_lies_nowhere_in_plain(tmp_path: Path) -> None:
    folder, passphrase = tmp_path / "Secret.archivist", "kestrel over the harbour wall 1907"
    create_archive(folder, passphrase)
    with open_archive(folder, passphrase) as archive:
        save_draft(archive, "case notes", "Ask her brother")
        written = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]

    with open_archive(folder, passphrase) as again:
        assert draft(again, "case notes") == "Ask her brother"
    written += [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any(b"Ask her brother" in content for content in written)


def test_a_backup_has_drafts_and_places(archive: Archive, document: Document, tmp_path: Path) -> None:
    save_draft(archive, "case notes", "Ask her brother")
    note_reading(archive, document.id, "page 3")

    back_up(archive, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "Restored.archivist")

    with open_archive(tmp_path / "Restored.archivist", None) as restored:
        assert draft(restored, "case notes") == "Ask her brother"
        assert open_document(restored, document.id).place == "page 3"


def test_a_draft_is_not_kept_within_a_deed(archive: Archive) -> None:
    """It would be gone with the deed, if that fails."""
    with pytest.raises(OperationalError), archive.deed("edit"):
        save_draft(archive, "case notes", "Ask")
