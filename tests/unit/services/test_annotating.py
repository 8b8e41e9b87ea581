from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.document import Document
from archivist.model.errors import NoName, NotFound, WordsNotInText
from archivist.model.quote import Role
from archivist.resources import resource
from archivist.services.annotating import (
    Mark,
    QuoteChange,
    delete_quote,
    delete_quotes,
    edit_quote,
    find_words,
    quote_passage,
    restore_quote,
    restore_quotes,
)
from archivist.services.browsing import quotes_of
from archivist.services.importing import Imported, import_file
from archivist.services.incoming import IncomingFile
from archivist.services.organising import add_case, delete_tag, restore_tag
from archivist.services.undoing import redo, undo
from tests.unit.services.conftest import TESTIMONY


def test_words_are_found_wherever_they_stand_whatever_their_white_space(
    archive: Archive, document: Document
) -> None:
    spans = find_words(archive, document, "They  took\nmy brother.")

    assert [TESTIMONY[span.start : span.end] for span in spans] == ["They took my brother."] * 2


@pytest.mark.parametrize("words", ["", "   ", "they took", "no such words"])
def test_words_that_do_not_stand_there_are_refused(archive: Archive, document: Document, words: str) -> None:
    with pytest.raises(WordsNotInText):
        find_words(archive, document, words)


def test_a_quote_with_its_tags_and_cases_is_one_deed(archive: Archive, document: Document) -> None:
    case = add_case(archive, "The brother")
    mark = Mark(("Arrest", "Night raid"), ((case.id, Role.CONTRADICTS),), "a note")
    quote = quote_passage(archive, document, Span(0, 27), mark)

    undo(archive)

    assert archive.quotes.all() == []
    assert archive.tags.all() == []
    redo(archive)
    (again,) = archive.quotes.all()
    assert again == quote
    assert [tag.name for tag in archive.tags.all() if tag.id in again.tags] == ["Arrest", "Night raid"]
    assert [(link.case_id, link.role) for link in again.cases] == [(case.id, Role.CONTRADICTS)]


def test_a_tag_that_others_use_by_now_is_not_taken_back(archive: Archive, document: Document) -> None:
    quote_passage(archive, document, Span(0, 27), Mark(("Arrest",)))
    quote_passage(archive, document, Span(28, 49), Mark(("arrest",)))

    undo(archive)
    assert [tag.name for tag in archive.tags.all()] == ["Arrest"]
    undo(archive)
    assert archive.tags.all() == []


def test_a_deleted_tag_comes_back_to_its_quotes(archive: Archive, document: Document) -> None:
    quote = quote_passage(archive, document, Span(0, 27), Mark(("Arrest",)))
    (tag,) = archive.tags.all()

    delete_tag(archive, tag)
    hidden = archive.quotes.get(quote.id)
    restore_tag(archive, tag)

    assert hidden is not None
    assert hidden.tags == ()
    assert archive.quotes.get(quote.id) == quote


def test_a_document_without_text_cannot_be_quoted(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    result = import_file(archive, IncomingFile(path))
    assert isinstance(result, Imported)

    with pytest.raises(NotFound, match="empty"):
        find_words(archive, result.document, "words")


def test_a_quote_in_a_pdf_knows_its_page_and_its_boxes(archive: Archive) -> None:
    result = import_file(archive, IncomingFile(resource("sample/documents/behind-the-harbour-wall.pdf")))
    assert isinstance(result, Imported)
    (span, *_) = find_words(archive, result.document, "He was made to stand facing the wall")

    quote = quote_passage(archive, result.document, span, Mark())

    (row,) = quotes_of(archive, result.document.id)
    assert (row.span, row.needs_review) == (span, False)
    assert quote.anchor.page is not None
    assert quote.anchor.quads
    assert all(quad.left < quad.right and quad.bottom < quad.top for quad in quote.anchor.quads)


def test_quotes_of_a_case_stand_in_the_order_in_which_they_were_linked(
    archive: Archive, document: Document
) -> None:
    case = add_case(archive, "The brother")
    link = ((case.id, Role.SUPPORTS),)
    marked = [
        quote_passage(archive, document, Span(start, start + 5), Mark((), link)) for start in (40, 0, 20)
    ]

    assert [quote.id for quote in archive.quotes.of_case(case.id)] == [quote.id for quote in marked]
    with archive.deed("move quote"):
        archive.quotes.move(marked[2].id, case.id, 0)
    assert archive.quotes.of_case(case.id)[0].id == marked[2].id


def test_a_tag_made_under_the_name_of_a_deleted_one_leaves_old_quotes_alone(
    archive: Archive, document: Document
) -> None:
    old = quote_passage(archive, document, Span(0, 27), Mark(("Torture",)))
    (tag,) = archive.tags.all()
    delete_tag(archive, tag)

    new = quote_passage(archive, document, Span(28, 49), Mark(("torture",)))

    known = archive.quotes.get(old.id)
    assert known is not None
    assert known.tags == ()
    assert len(new.tags) == 1
    assert new.tags != (tag.id,)


def test_a_quote_can_be_changed_deleted_and_restored(archive: Archive, document: Document) -> None:
    quote = quote_passage(archive, document, Span(0, 27), Mark(("Arrest", "Night"), (), "first"))
    night = next(tag.id for tag in archive.tags.all() if tag.name == "Night")

    edited = edit_quote(archive, quote, QuoteChange("second", ("Harbour",), (night,)))
    delete_quote(archive, edited)
    gone = archive.quotes.all()
    restore_quote(archive, edited)

    names = {tag.id: tag.name for tag in archive.tags.all()}
    assert (edited.note, sorted(names[tag] for tag in edited.tags)) == ("second", ["Arrest", "Harbour"])
    assert edited.anchor == quote.anchor
    assert gone == []
    assert archive.quotes.all() == [edited]


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_tag_needs_a_name(archive: Archive, document: Document, name: str) -> None:
    with pytest.raises(NoName):
        quote_passage(archive, document, Span(0, 27), Mark((name,)))

    assert archive.quotes.all() == []


def test_a_quote_is_marked_in_a_colour_and_painted_in_another(archive: Archive, document: Document) -> None:
    quote = quote_passage(archive, document, Span(0, 27), Mark(colour="teal"))

    edited = edit_quote(archive, quote, QuoteChange(colour="rose"))

    assert (quote.colour, edited.colour) == ("teal", "rose")
    undo(archive)
    assert archive.quotes.get(quote.id) == quote


def test_what_is_not_named_in_a_change_stays(archive: Archive, document: Document) -> None:
    quote = quote_passage(archive, document, Span(0, 27), Mark(note="Night", colour="sky"))

    edited = edit_quote(archive, quote, QuoteChange(add_tags=("Arrest",)))

    assert (edited.note, edited.colour) == ("Night", "sky")


def test_a_quote_moves_from_case_to_case_with_its_roles_in_one_deed(
    archive: Archive, document: Document
) -> None:
    old, kept, new = (add_case(archive, name).id for name in ("Old", "Kept", "New"))
    linked = ((old, Role.SUPPORTS), (kept, Role.SUPPORTS))
    quote = quote_passage(archive, document, Span(0, 27), Mark(cases=linked))

    change = QuoteChange(add_cases=((new, Role.CONTEXT), (kept, Role.CONTRADICTS)), remove_cases=(old,))
    edited = edit_quote(archive, quote, change)

    roles = {link.case_id: link.role for link in edited.cases}
    assert roles == {new: Role.CONTEXT, kept: Role.CONTRADICTS}
    undo(archive)
    assert archive.quotes.get(quote.id) == quote


def test_many_quotes_are_deleted_and_restored_as_one_deed(archive: Archive, document: Document) -> None:
    quotes = [quote_passage(archive, document, Span(start, start + 9), Mark()) for start in (0, 10, 20)]

    delete_quotes(archive, quotes)
    gone = archive.quotes.all()
    restore_quotes(archive, quotes)

    assert gone == []
    assert archive.quotes.all() == quotes
    assert [deed.name for deed in archive.history.deeds(limit=2)] == ["restore quotes", "delete quotes"]
    undo(archive)
    undo(archive)
    assert archive.quotes.all() == quotes


def test_deleting_nothing_is_no_deed(archive: Archive) -> None:
    delete_quotes(archive, [])

    assert archive.history.deeds() == []
