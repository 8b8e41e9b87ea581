"""What stands in the sidebar, of counts alone."""

from dataclasses import replace

from archivist.model.browsing import Counts, Listing, Shelf
from archivist.model.case import Case
from archivist.model.ids import CaseId, DocumentId, TagId
from archivist.model.tag import Tag
from archivist.ui.places import (
    BinPlace,
    CasePlace,
    DocumentPlace,
    LibraryPlace,
    QuotesPlace,
    SearchPlace,
)
from archivist.ui.sidebar.rows import CASES, TAGS, Kind, Standing, key_of, rows, spoken
from archivist.ui.words import number

LAW = Tag(TagId("law"), "law", quotes=2)
STATUTE = Tag(TagId("statute"), "statute", quotes=3, parent_id=LAW.id)
ARTICLE = Tag(TagId("article"), "article", parent_id=STATUTE.id)
HARBOUR = Case(CaseId("harbour"), "Harbour", aliases=("الميناء",), quotes=7)
COUNTS = Counts(
    shelves={Shelf.ALL: 12408, Shelf.INBOX: 0, Shelf.RECENT: 5, Shelf.REVIEW: 4, Shelf.TRASH: 1},
    quotes=3902,
    tags=(LAW, STATUTE, ARTICLE),
    cases=(HARBOUR,),
    languages=(),
    kinds=(),
    years=(),
)
EMPTY = replace(COUNTS, tags=(), cases=())


def names(counts: Counts, standing: Standing = Standing()) -> list[str]:  # noqa: B008 - frozen
    return [row.name for row in rows(counts, standing)]


def test_the_sections_follow_each_other() -> None:
    assert names(COUNTS) == [
        *("Archive", "All documents", "Inbox", "Quotes", "Recently read", "Needs review", "Bin"),
        *("Cases", "Harbour", "Tags", "law", "statute", "article"),
    ]


def test_lines_are_spoken_with_their_numbers() -> None:
    said = {row.key: spoken(row) for row in rows(COUNTS, Standing())}

    assert said["quotes"] == f"Quotes, {number(3902)}"
    assert said["shelf:inbox"] == "Inbox"
    assert said["tag:statute"] == "statute, 3, level 2, open"


def test_what_stands_below_a_closed_tag_is_left_out() -> None:
    assert names(COUNTS, Standing(closed=frozenset({"tag:law"})))[-2:] == ["Tags", "law"]


def test_a_closed_section_tells_how_many_it_holds() -> None:
    closed = rows(COUNTS, Standing(closed=frozenset({"head:tags"})))

    assert (closed[-1].name, closed[-1].count) == ("Tags", 3)


def test_finding_a_tag_shows_what_it_stands_under() -> None:
    assert names(COUNTS, Standing(closed=frozenset({"tag:law"}), words={TAGS: "STAT"}))[-2:] == [
        "law",
        "statute",
    ]


def test_a_case_is_found_by_another_name() -> None:
    found = rows(COUNTS, Standing(words={CASES: "الميناء"}))

    assert [row.name for row in found if row.kind is Kind.CASE] == ["Harbour"]


def test_finding_nothing_says_so() -> None:
    assert "Nothing has these letters." in names(COUNTS, Standing(words={CASES: "zebra"}))


def test_a_field_to_find_one_comes_with_many() -> None:
    cases = tuple(Case(CaseId(str(at)), f"Case {at}") for at in range(21))

    few = [row.kind for row in rows(replace(COUNTS, cases=cases[:20]), Standing())]
    many = [row.kind for row in rows(replace(COUNTS, cases=cases), Standing())]

    assert (Kind.FILTER in few, Kind.FILTER in many) == (False, True)


def test_empty_sections_say_what_to_do() -> None:
    said = names(EMPTY)

    assert "No case yet: + makes one." in said
    assert "No tag yet: + makes one." in said


def test_places_are_found_again() -> None:
    assert key_of(LibraryPlace(Listing(shelf=Shelf.INBOX))) == "shelf:inbox"
    assert key_of(LibraryPlace(Listing(case=HARBOUR.id))) == "case:harbour"
    assert key_of(QuotesPlace(LAW.id)) == "tag:law"
    assert key_of(QuotesPlace(review=True)) == "shelf:review"
    assert key_of(QuotesPlace()) == "quotes"
    assert key_of(CasePlace(HARBOUR.id)) == "case:harbour"
    assert key_of(BinPlace()) == "shelf:trash"
    assert key_of(SearchPlace("x")) == ""


def test_a_document_leaves_the_mark_where_it_was() -> None:
    assert key_of(DocumentPlace(DocumentId("one"))) is None
