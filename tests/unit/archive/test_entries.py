import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from archivist.archive.archive import Archive
from archivist.archive.entries import EntryMaker, Touched
from archivist.model.case import Case
from archivist.model.document import USER, Document, Field, Metadatum, Provenance
from archivist.model.ids import CaseId, QuoteId, TagId, new_id
from archivist.model.quote import Role
from archivist.model.search import Entry, Found
from archivist.model.tag import Tag
from tests.unit.archive.contents import (
    WHEN,
    changes_since,
    put_document,
    put_quote,
    put_text,
)


@dataclass(frozen=True, slots=True)
class Contents:
    """Two documents with quotes, one without; a tag and a case that both are on, and idle ones."""

    archive: Archive
    first: Document
    second: Document
    third: Document
    tagged: QuoteId
    plain: QuoteId
    other: QuoteId
    tag: Tag
    idle_tag: Tag
    case: Case
    idle_case: Case

    def touched_by(self, deed: Callable[["Contents"], object]) -> Touched:
        """What a deed means for the index."""
        before = self.archive.history.last_change()
        with self.archive.deed("test"):
            deed(self)
        return EntryMaker(self.archive.db).touched_by(changes_since(self.archive.db, before))


@pytest.fixture
def contents(archive: Archive) -> Contents:
    with archive.deed("import"):
        first = put_document(archive, "They took my brother. He was beaten.", "First")
        second = put_document(archive, "He was seen in the yard.", "Second")
        third = put_document(archive, "Nothing was seen.", "Third")
        tagged = put_quote(archive, first, "took my brother", "Who?")
        plain = put_quote(archive, first, "beaten")
        other = put_quote(archive, second, "seen in the yard")
        tag, idle_tag = Tag(TagId(new_id()), "Arrest"), Tag(TagId(new_id()), "Unused")
        case = Case(CaseId(new_id()), "Salma", "A lawyer", ("Sal",))
        idle_case = Case(CaseId(new_id()), "Nobody", "", ("No one",))
        for each in (tag, idle_tag):
            archive.tags.put(each)
        for one in (case, idle_case):
            archive.cases.put(one)
        archive.quotes.tag(tagged, tag.id)
        archive.quotes.tag(other, tag.id)
        archive.quotes.link(tagged, case.id, Role.SUPPORTS)
    return Contents(archive, first, second, third, tagged, plain, other, tag, idle_tag, case, idle_case)


def entries(archive: Archive) -> dict[tuple[Found, str], Entry]:
    maker = EntryMaker(archive.db)
    made = list(maker.entries(maker.everything()))
    assert len({(entry.found, entry.id) for entry in made}) == len(made)
    return {(entry.found, entry.id): entry for entry in made}


# deed, documents, quotes and cases that it touches
DEEDS: dict[str, tuple[Callable[[Contents], object], str, str, str]] = {
    "a title": (lambda c: c.archive.documents.retitle(c.first.id, "New"), "first", "tagged plain", ""),
    "a title of a document without quotes": (
        lambda c: c.archive.documents.retitle(c.third.id, "New"),
        "third",
        "",
        "",
    ),
    "a language": (
        lambda c: c.archive.documents.set_language(c.second.id, "fr"),
        "second",
        "other",
        "",
    ),
    "a document deleted": (
        lambda c: c.archive.documents.mark_deleted(c.first.id, deleted=True),
        "first",
        "tagged plain",
        "",
    ),
    "a date": (
        lambda c: c.archive.documents.describe(c.first.id, [Metadatum(Field.DATE, "2019", USER)]),
        "first",
        "",
        "",
    ),
    "a text": (lambda c: put_text(c.archive, c.first.id, "Another reading"), "first", "", ""),
    "a provenance": (
        lambda c: c.archive.documents.add_provenance(
            c.first.id, Provenance("a.txt", "/a.txt", None, WHEN, "", "", "", "")
        ),
        "",
        "",
        "",
    ),
    "a note": (lambda c: c.archive.quotes.set_note(c.plain, "See p. 2"), "first", "plain", ""),
    "a quote deleted": (
        lambda c: c.archive.quotes.mark_deleted(c.tagged, deleted=True),
        "first",
        "tagged",
        "",
    ),
    "a tag put on": (lambda c: c.archive.quotes.tag(c.plain, c.tag.id), "first", "plain", ""),
    "a tag taken off": (
        lambda c: c.archive.quotes.tag(c.other, c.tag.id, tagged=False),
        "second",
        "other",
        "",
    ),
    "a tag renamed": (
        lambda c: c.archive.tags.put(replace(c.tag, name="Detention")),
        "first second",
        "tagged other",
        "",
    ),
    "a tag deleted": (
        lambda c: c.archive.tags.mark_deleted(c.tag.id, deleted=True),
        "first second",
        "tagged other",
        "",
    ),
    "an idle tag renamed": (lambda c: c.archive.tags.put(replace(c.idle_tag, name="Idle")), "", "", ""),
    "a link": (
        lambda c: c.archive.quotes.link(c.other, c.case.id, Role.CONTEXT),
        "second",
        "other",
        "",
    ),
    "a link taken away": (
        lambda c: c.archive.quotes.unlink(c.tagged, c.case.id),
        "first",
        "tagged",
        "",
    ),
    "a case renamed": (
        lambda c: c.archive.cases.put(replace(c.case, name="Selma")),
        "first",
        "tagged",
        "case",
    ),
    "a summary": (
        lambda c: c.archive.cases.put(replace(c.case, summary="A judge")),
        "first",
        "tagged",
        "case",
    ),
    "an alias": (
        lambda c: c.archive.cases.put(replace(c.case, aliases=("Sal", "S."))),
        "first",
        "tagged",
        "case",
    ),
    "an alias less": (
        lambda c: c.archive.cases.put(replace(c.idle_case, aliases=())),
        "",
        "",
        "idle_case",
    ),
    "a case deleted": (
        lambda c: c.archive.cases.mark_deleted(c.case.id, deleted=True),
        "first",
        "tagged",
        "case",
    ),
}


@pytest.mark.parametrize("deed", list(DEEDS))
def test_a_change_touches_what_it_colours_and_nothing_else(contents: Contents, deed: str) -> None:
    does, documents, quotes, cases = DEEDS[deed]

    touched = contents.touched_by(does)

    assert touched.documents == {getattr(contents, name).id for name in documents.split()}
    assert touched.quotes == {getattr(contents, name) for name in quotes.split()}
    assert touched.cases == {getattr(contents, name).id for name in cases.split()}


@pytest.mark.parametrize("deed", list(DEEDS))
def test_every_entry_that_a_change_alters_is_touched(contents: Contents, deed: str) -> None:
    before = entries(contents.archive)

    touched = contents.touched_by(DEEDS[deed][0])

    after = entries(contents.archive)
    altered = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert altered <= set(EntryMaker.keys(touched))


def test_a_tag_taken_off_and_then_renamed_harms_nothing(contents: Contents) -> None:
    contents.touched_by(lambda c: c.archive.quotes.tag(c.other, c.tag.id, tagged=False))

    touched = contents.touched_by(lambda c: c.archive.tags.put(replace(c.tag, name="Detention")))

    assert touched.quotes >= {contents.tagged}
    assert entries(contents.archive)[Found.QUOTE, contents.other].tags == ()


def test_entries_say_all_that_is_searched(contents: Contents) -> None:
    made = entries(contents.archive)

    first, tagged, case = contents.first, contents.tagged, contents.case
    cases = ("Salma", "Sal")
    quote = Entry(Found.QUOTE, tagged, first.id, "First", "took my brother", ("Arrest",), cases, "en", "txt")
    assert made[Found.DOCUMENT, first.id] == Entry(
        Found.DOCUMENT,
        first.id,
        first.id,
        "First",
        "They took my brother. He was beaten.",
        ("Arrest",),
        cases,
        "en",
        "txt",
    )
    assert made[Found.QUOTE, tagged] == quote
    assert made[Found.NOTE, tagged] == replace(quote, found=Found.NOTE, text="Who?")
    assert made[Found.CASE, case.id] == Entry(
        Found.CASE, case.id, None, "Salma", "Sal\nA lawyer", cases=cases
    )
    assert (Found.NOTE, contents.plain) not in made
    assert len(made) == 3 + 3 + 1 + 2


def test_what_the_user_says_of_a_date_wins(contents: Contents) -> None:
    with contents.archive.deed("edit"):
        contents.archive.documents.describe(
            contents.first.id, [Metadatum(Field.DATE, "2018", "file"), Metadatum(Field.DATE, "2019", USER)]
        )

    assert entries(contents.archive)[Found.DOCUMENT, contents.first.id].date == "2019"


def test_what_is_deleted_has_no_entry_and_its_keys_go(contents: Contents) -> None:
    touched = contents.touched_by(lambda c: c.archive.documents.mark_deleted(c.first.id, deleted=True))

    assert list(EntryMaker(contents.archive.db).entries(touched)) == []
    assert set(EntryMaker.keys(touched)) == {
        (Found.DOCUMENT, contents.first.id),
        *((found, quote) for quote in (contents.tagged, contents.plain) for found in ("quote", "note")),
    }


def test_a_document_without_a_text_is_found_by_its_title(archive: Archive) -> None:
    with archive.deed("import"):
        document = put_document(archive, "words")
        archive.documents.put(replace(document, text_id=None))

    assert entries(archive)[Found.DOCUMENT, document.id].text == ""


def test_changes_of_nothing_touch_nothing(archive: Archive) -> None:
    assert len(EntryMaker(archive.db).touched_by([])) == 0
    assert len(EntryMaker(archive.db).everything()) == 0


def test_texts_are_read_one_at_a_time(archive: Archive) -> None:
    with archive.deed("import"):
        for number in range(60):
            put_document(archive, f"word{number} " * 40_000)
    maker = EntryMaker(archive.db)
    tracemalloc.start()

    characters = sum(len(entry.text) for entry in maker.entries(maker.everything()))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert characters > 15_000_000
    assert peak < 3_000_000


def test_a_tag_on_many_quotes_is_followed_to_them_at_once(archive: Archive) -> None:
    tag = Tag(TagId(new_id()), "Arrest")
    with archive.deed("import"):
        document = put_document(archive, "They took my brother.")
        archive.tags.put(tag)
        quotes = {put_quote(archive, document, "brother") for _ in range(2000)}
        for quote in quotes:
            archive.quotes.tag(quote, tag.id)
    questions: list[str] = []
    maker = EntryMaker(archive.db)
    archive.db.conn.set_trace_callback(questions.append)

    touched = maker.touched_by([("tags", tag.id)])

    archive.db.conn.set_trace_callback(None)
    assert (touched.quotes, touched.documents) == (quotes, {document.id})
    assert len(questions) < 10
