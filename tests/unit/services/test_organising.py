from dataclasses import replace

import pytest

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.errors import NameTaken, NotFound
from archivist.model.ids import QuoteId, TagId, new_id
from archivist.model.quote import Quote, Role
from archivist.model.tag import Tag
from archivist.services.annotating import Mark, delete_quote, quote_passage, restore_quote
from archivist.services.importing import Imported, import_file
from archivist.services.incoming import IncomingFile
from archivist.services.organising import (
    NotSo,
    add_case,
    add_tag,
    delete_case,
    delete_documents,
    delete_tag,
    order_case,
    restore_case,
    restore_documents,
    restore_tag,
    save_case,
    save_tag,
    set_role,
)
from archivist.services.undoing import redo, undo


def parent_of(archive: Archive, tag: Tag) -> TagId | None:
    known = archive.tags.get(tag.id)
    assert known is not None
    return known.parent_id


@pytest.fixture
def case(archive: Archive) -> Case:
    return add_case(archive, "The brother")


@pytest.fixture
def quotes(archive: Archive, document: Document, case: Case) -> list[Quote]:
    """Three quotes of the case, in that order."""
    mark = Mark(cases=((case.id, Role.SUPPORTS),))
    return [quote_passage(archive, document, Span(start, start + 9), mark) for start in (0, 10, 20)]


def order(archive: Archive, case: Case) -> list[QuoteId]:
    return [quote.id for quote in archive.quotes.of_case(case.id)]


# --- parents


def test_a_tag_is_made_under_another_and_put_elsewhere(archive: Archive) -> None:
    violence, war = add_tag(archive, "Violence"), add_tag(archive, "War")
    torture = add_tag(archive, "Torture", parent=violence.id)

    moved = save_tag(archive, replace(torture, parent_id=war.id))

    assert (torture.parent_id, moved.parent_id) == (violence.id, war.id)
    assert parent_of(archive, torture) == war.id
    undo(archive)
    assert parent_of(archive, torture) == violence.id


def test_a_tag_stands_at_the_top_again(archive: Archive) -> None:
    torture = add_tag(archive, "Torture", parent=add_tag(archive, "Violence").id)

    save_tag(archive, replace(torture, parent_id=None))

    assert parent_of(archive, torture) is None


@pytest.mark.parametrize("below", [0, 1, 2])
def test_a_tag_cannot_stand_below_itself(archive: Archive, below: int) -> None:
    line = [add_tag(archive, "First")]
    line += [add_tag(archive, "Second", parent=line[0].id)]
    line += [add_tag(archive, "Third", parent=line[1].id)]

    with pytest.raises(NotSo, match="stands below it"):
        save_tag(archive, replace(line[0], parent_id=line[below].id))

    assert parent_of(archive, line[0]) is None


def test_a_tag_cannot_stand_under_one_that_is_not_there(archive: Archive) -> None:
    gone = add_tag(archive, "Gone")
    delete_tag(archive, gone)

    with pytest.raises(NotFound, match="Gone"):
        add_tag(archive, "Torture", parent=gone.id)
    with pytest.raises(NotFound):
        save_tag(archive, replace(add_tag(archive, "War"), parent_id=TagId(new_id())))


def test_a_tag_waits_for_its_deleted_parent_and_can_be_edited_meanwhile(archive: Archive) -> None:
    violence = add_tag(archive, "Violence")
    torture = add_tag(archive, "Torture", parent=violence.id)

    delete_tag(archive, violence)
    save_tag(archive, replace(torture, definition="Article 1"))
    restore_tag(archive, violence)

    assert parent_of(archive, torture) == violence.id


def test_a_circle_through_a_deleted_tag_is_refused_too(archive: Archive) -> None:
    top = add_tag(archive, "Top")
    middle = add_tag(archive, "Middle", parent=top.id)
    low = add_tag(archive, "Low", parent=middle.id)
    delete_tag(archive, middle)

    with pytest.raises(NotSo):
        save_tag(archive, replace(top, parent_id=low.id))


# --- cases


def test_a_case_keeps_its_notes_and_colour(archive: Archive, case: Case) -> None:
    save_case(archive, replace(case, notes="Ask the lawyer.\r\nCall.", colour="violet"))

    known = archive.cases.get(case.id)
    assert known is not None
    assert (known.notes, known.colour) == ("Ask the lawyer.\nCall.", "violet")
    undo(archive)
    assert archive.cases.get(case.id) == case


def test_the_quotes_of_a_case_are_put_into_an_order(
    archive: Archive, case: Case, quotes: list[Quote]
) -> None:
    one, two, three = (quote.id for quote in quotes)

    order_case(archive, case, [three, one])

    assert order(archive, case) == [three, one, two]
    undo(archive)
    assert order(archive, case) == [one, two, three]
    redo(archive)
    assert order(archive, case) == [three, one, two]


def test_a_quote_that_was_away_comes_back_to_the_case(
    archive: Archive, case: Case, quotes: list[Quote]
) -> None:
    one, two, three = (quote.id for quote in quotes)
    delete_quote(archive, quotes[2])

    order_case(archive, case, [two, one])
    restore_quote(archive, quotes[2])

    assert order(archive, case) == [two, one, three]


def test_an_order_names_quotes_of_the_case_only(archive: Archive, quotes: list[Quote]) -> None:
    other = add_case(archive, "Other")

    with pytest.raises(NotFound, match="quote of this case"):
        order_case(archive, other, [quotes[0].id])


def test_a_quote_changes_its_role_and_keeps_its_place(
    archive: Archive, case: Case, quotes: list[Quote]
) -> None:
    set_role(archive, case, quotes[1].id, Role.CONTRADICTS)

    known = archive.quotes.of_case(case.id)
    assert [quote.cases[0].role for quote in known] == [Role.SUPPORTS, Role.CONTRADICTS, Role.SUPPORTS]
    undo(archive)
    assert archive.quotes.of_case(case.id)[1].cases[0].role is Role.SUPPORTS


def test_a_quote_has_a_role_in_its_own_cases_only(archive: Archive, quotes: list[Quote]) -> None:
    with pytest.raises(NotFound, match="quote of this case"):
        set_role(archive, add_case(archive, "Other"), quotes[0].id, Role.CONTEXT)
    with pytest.raises(NotFound):
        set_role(archive, add_case(archive, "Another"), QuoteId(new_id()), Role.CONTEXT)


# --- the bin


def test_documents_are_deleted_and_restored_as_one_deed(archive: Archive, document: Document) -> None:
    path = IncomingFile(archive.bundle.folder.parent / "second.txt")
    path.path.write_text("Another statement.", "utf-8")
    result = import_file(archive, path)
    assert isinstance(result, Imported)

    delete_documents(archive, [document, result.document])

    assert archive.documents.all() == []
    assert undo(archive).subject == "testimony and 1 more"
    assert len(archive.documents.all()) == 2
    redo(archive)
    restore_documents(archive, [document, result.document])
    assert len(archive.documents.all()) == 2


def test_a_deed_on_one_thing_is_named_for_one(archive: Archive, document: Document) -> None:
    delete_documents(archive, [document])

    (deed, *_) = archive.history.deeds()
    assert (deed.name, deed.details) == ("delete document", {"document": document.id})


def test_what_comes_back_finds_its_name_taken(archive: Archive, case: Case) -> None:
    tag = add_tag(archive, "Torture")
    delete_tag(archive, tag)
    delete_case(archive, case)
    add_tag(archive, "torture")
    add_case(archive, "the  Brother")

    with pytest.raises(NameTaken):
        restore_tag(archive, tag)
    with pytest.raises(NameTaken):
        restore_case(archive, case)
