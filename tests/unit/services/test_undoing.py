from dataclasses import replace

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.document import Document
from archivist.services.annotating import Mark, quote_passage
from archivist.services.organising import add_tag, save_tag
from archivist.services.undoing import can_undo, redo, subject, undo


def test_nothing_is_to_be_undone_in_a_new_archive(archive: Archive) -> None:
    assert can_undo(archive) == ("", "")


def test_it_is_told_what_undo_and_redo_would_touch(archive: Archive, document: Document) -> None:
    quote_passage(archive, document, Span(0, 27), Mark())
    told = [can_undo(archive)]
    for flip in (undo, undo, redo):
        flip(archive)
        told.append(can_undo(archive))

    assert told == [("quote", ""), ("import", "quote"), ("", "import"), ("import", "quote")]


def test_something_new_ends_what_could_be_done_again(archive: Archive) -> None:
    add_tag(archive, "A")
    undo(archive)

    add_tag(archive, "B")

    assert can_undo(archive) == ("add tag", "")


def test_a_deed_is_told_by_the_name_of_today(archive: Archive) -> None:
    tag = add_tag(archive, "Arrest")
    save_tag(archive, replace(tag, name="Detention"))

    told = [(deed.name, subject(archive, deed)) for deed in archive.history.deeds()]

    assert told == [("edit tag", "Detention"), ("add tag", "Detention")]
