from dataclasses import replace

import pytest

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.errors import IntoItself
from archivist.model.quote import Quote, Role
from archivist.model.search import Found
from archivist.model.tag import Tag
from archivist.services.annotating import Mark, delete_quote, quote_passage, restore_quote, tag_named
from archivist.services.merging import merge_cases, merge_tags
from archivist.services.organising import add_case, add_tag, order_case, restore_tag, save_case, save_tag
from archivist.services.searching import search, update_index
from archivist.services.undoing import redo, undo

State = list[object]


def mark(archive: Archive, document: Document, start: int, *tags: str) -> Quote:
    return quote_passage(archive, document, Span(start, start + 9), Mark(tags))


def state(archive: Archive) -> State:
    """All that lives of what can be merged, with its links."""
    return [archive.tags.all(), archive.cases.all(), archive.quotes.all()]


def tag(archive: Archive, name: str) -> Tag:
    known = archive.tags.by_name(name)
    assert known is not None
    return known


def names(archive: Archive, quote: Quote) -> list[str]:
    known = archive.quotes.get(quote.id)
    assert known is not None
    return [one.name for one in archive.tags.all() if one.id in known.tags]


# --- tags


def test_all_that_carried_a_tag_carries_the_other_and_nothing_carries_it_twice(
    archive: Archive, document: Document
) -> None:
    one, both, other = mark(archive, document, 0, "A"), mark(archive, document, 10, "A", "B"), "B"
    mark(archive, document, 20, other)

    kept = merge_tags(archive, tag(archive, "A"), tag(archive, "B"))

    assert (kept.name, kept.quotes) == ("B", 3)
    assert names(archive, one) == names(archive, both) == ["B"]
    assert [known.name for known in archive.tags.all()] == ["B"]


def test_one_undo_parts_merged_tags_and_one_redo_merges_them(archive: Archive, document: Document) -> None:
    mark(archive, document, 0, "A")
    mark(archive, document, 10, "A", "B")
    add_tag(archive, "Below", parent=tag(archive, "A").id)
    apart = state(archive)
    merge_tags(archive, tag(archive, "A"), tag(archive, "B"))
    together = state(archive)

    flipped = undo(archive)

    assert (flipped.deed.name, flipped.skipped) == ("merge tags", 0)
    assert state(archive) == apart
    redo(archive)
    assert state(archive) == together


def test_the_tags_below_move_along(archive: Archive) -> None:
    source, into = add_tag(archive, "Source"), add_tag(archive, "Into")
    add_tag(archive, "Below", parent=source.id)

    merge_tags(archive, source, into)

    assert tag(archive, "Below").parent_id == into.id


def test_a_tag_that_is_merged_into_one_below_it_leaves_no_circle(archive: Archive) -> None:
    top = add_tag(archive, "Top")
    source = add_tag(archive, "Source", parent=top.id)
    between = add_tag(archive, "Between", parent=source.id)
    into = add_tag(archive, "Into", parent=between.id)
    beside = add_tag(archive, "Beside", parent=source.id)

    merge_tags(archive, source, into)

    parents = {known.name: known.parent_id for known in archive.tags.all()}
    assert parents == {"Top": None, "Between": top.id, "Into": between.id, "Beside": into.id}
    assert beside.parent_id == source.id


def test_quotes_that_are_out_of_sight_are_retagged_too(archive: Archive, document: Document) -> None:
    quote = mark(archive, document, 0, "A")
    mark(archive, document, 10, "B")
    delete_quote(archive, quote)

    merge_tags(archive, tag(archive, "A"), tag(archive, "B"))
    restore_quote(archive, quote)

    assert names(archive, quote) == ["B"]


def test_a_merged_tag_that_is_restored_is_on_nothing(archive: Archive, document: Document) -> None:
    quote = mark(archive, document, 0, "A")
    source, into = tag(archive, "A"), add_tag(archive, "B")
    merge_tags(archive, source, into)

    restore_tag(archive, source)

    assert names(archive, quote) == ["B"]


def test_a_definition_is_not_lost(archive: Archive) -> None:
    defined, bare = add_tag(archive, "A", definition="Article 1"), add_tag(archive, "B")

    assert merge_tags(archive, defined, bare).definition == "Article 1"
    other = add_tag(archive, "C", definition="Article 7")
    assert merge_tags(archive, tag(archive, "B"), other).definition == "Article 7"


def test_nothing_is_merged_into_itself(archive: Archive) -> None:
    one, case = add_tag(archive, "A"), add_case(archive, "Case")

    with pytest.raises(IntoItself, match="“A” cannot be merged into itself"):
        merge_tags(archive, one, one)
    with pytest.raises(IntoItself, match="“Case”"):
        merge_cases(archive, case, case)


# --- cases


@pytest.fixture
def two(archive: Archive, document: Document) -> tuple[Case, Case]:
    """Two cases of two quotes each; one quote is in both, with another role."""
    source = add_case(archive, "Salma", aliases=["سلمى", "S."], summary="A lawyer.")
    into = add_case(archive, "Salma K.", aliases=["s."], summary="A lawyer of the coast.")
    both = ((source.id, Role.CONTRADICTS), (into.id, Role.SUPPORTS))
    quote_passage(archive, document, Span(0, 9), Mark(cases=((into.id, Role.SUPPORTS),)))
    quote_passage(archive, document, Span(10, 19), Mark(cases=both))
    quote_passage(archive, document, Span(20, 29), Mark(cases=((source.id, Role.CONTEXT),)))
    source = save_case(archive, replace(source, notes="Ask her brother."))
    return source, save_case(archive, replace(into, notes="Born in 1971."))


def test_cases_are_merged_with_quotes_roles_names_and_notes(archive: Archive, two: tuple[Case, Case]) -> None:
    kept = merge_cases(archive, *two)

    assert archive.cases.all() == [kept]
    assert (kept.name, kept.summary, kept.quotes) == ("Salma K.", "A lawyer of the coast.", 3)
    assert set(kept.aliases) == {"Salma", "سلمى", "S."}
    assert kept.notes == "Born in 1971.\n\nA lawyer.\n\nAsk her brother."
    quotes = archive.quotes.of_case(kept.id)
    assert [quote.anchor.start for quote in quotes] == [0, 10, 20]
    assert [link.role for quote in quotes for link in quote.cases] == [
        Role.SUPPORTS,
        Role.SUPPORTS,
        Role.CONTEXT,
    ]


def test_one_undo_parts_merged_cases_and_one_redo_merges_them(
    archive: Archive, two: tuple[Case, Case]
) -> None:
    apart = state(archive)
    merge_cases(archive, *two)
    together = state(archive)

    flipped = undo(archive)

    assert (flipped.deed.name, flipped.skipped) == ("merge cases", 0)
    assert state(archive) == apart
    redo(archive)
    assert state(archive) == together


def test_quotes_come_behind_in_their_order_also_those_that_were_there_before(
    archive: Archive, two: tuple[Case, Case]
) -> None:
    source, into = two
    first, both, last = (quote.id for quote in archive.quotes.all())
    with archive.deed("take out"):
        archive.quotes.unlink(both, into.id)
    order_case(archive, source, [last, both])

    merge_cases(archive, source, into)

    assert [quote.id for quote in archive.quotes.of_case(into.id)] == [first, last, both]


def test_a_case_into_an_empty_one_keeps_its_summary(archive: Archive, two: tuple[Case, Case]) -> None:
    bare = add_case(archive, "Bare")

    kept = merge_cases(archive, two[0], bare)

    assert (kept.summary, kept.notes) == ("A lawyer.", "Ask her brother.")


# --- and the index


def test_the_index_follows_renames_and_merges(
    archive: Archive, document: Document, two: tuple[Case, Case]
) -> None:
    quote = mark(archive, document, 40, "Arrest")
    add_tag(archive, "Detention")

    def found(query: str) -> set[str]:
        update_index(archive)
        return {hit.id for hit in search(archive, query, kinds=frozenset({Found.QUOTE, Found.CASE})).hits}

    save_tag(archive, replace(tag(archive, "Arrest"), name="Raid"))
    assert (found("tag:arrest"), found("tag:raid")) == (set(), {quote.id})
    merge_tags(archive, tag(archive, "Raid"), tag(archive, "Detention"))
    assert (found("tag:raid"), found("tag:detention")) == (set(), {quote.id})
    undo(archive)
    assert (found("tag:raid"), found("tag:detention")) == ({quote.id}, set())

    source, into = two
    of_both = {known.id for known in archive.quotes.all() if known.id != quote.id}
    merge_cases(archive, source, into)
    assert found("case:سلمى") == {into.id} | of_both
    assert found("brother kind:case") == {into.id}
    undo(archive)
    assert found("case:سلمى") == {source.id} | {q.id for q in archive.quotes.of_case(source.id)}


def test_a_tag_named_while_a_quote_is_marked_is_the_merged_one_no_more(
    archive: Archive, document: Document
) -> None:
    mark(archive, document, 0, "A")
    merge_tags(archive, tag(archive, "A"), add_tag(archive, "B"))

    with archive.deed("tag"):
        again = tag_named(archive, "A")

    assert (again.name, again.quotes) == ("A", 0)
