from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archivist.archive.archive import Archive
from archivist.archive.opening import open_companion
from archivist.model.anchor import Anchor, Span
from archivist.model.browsing import Listing, Shelf, Sort
from archivist.model.document import Document, DocumentKind, Field, Metadatum
from archivist.model.errors import NotFound, OriginalDamaged
from archivist.model.ids import CaseId, DocumentId, QuoteId, TextId, document_id, natural_id, new_id
from archivist.model.quote import Quote, Role
from archivist.model.text import Section, SectionKind, Text, TextOrigin, sha256_of
from archivist.services.annotating import Mark, QuoteChange, delete_quote, edit_quote, quote_passage
from archivist.services.browsing import (
    case_page,
    counts,
    deleted_things,
    document_details,
    document_rows,
    list_documents,
    list_quotes,
    open_document,
    quote_rows,
    quotes_of,
    read_original,
)
from archivist.services.organising import (
    add_case,
    add_tag,
    delete_case,
    delete_documents,
    delete_tag,
    edit_document,
    order_case,
    restore_documents,
)
from archivist.services.reading import note_reading
from archivist.services.undoing import undo

WORDS = "They came at night. They took my brother. Nobody said where to."
START = datetime(2026, 11, 24, 10, tzinfo=UTC)

Put = Callable[..., Document]


@pytest.fixture
def put(archive: Archive) -> Put:
    """Puts a document into the archive, without a file; each an hour after the one before it."""
    count = iter(range(1000))

    def put(
        title: str, *, words: str | None = WORDS, said: dict[str, str] | None = None, **given: object
    ) -> Document:
        number = next(count)
        sha256 = sha256_of(f"{title} {number}")
        identity = document_id(sha256)
        text = _text(identity, words) if words else None
        document = Document(
            id=identity,
            title=title,
            kind=DocumentKind.PDF,
            sha256=sha256,
            size=10,
            file_name=f"{number}.pdf",
            language="en",
            pages=None,
            characters=len(words or ""),
            text_id=text.id if text else None,
            parent_id=None,
            imported_at=START + timedelta(hours=number),
            warnings=(),
        )
        document = replace(document, **given)  # type: ignore[arg-type]  # what a test gives
        with archive.deed("import"):
            archive.documents.put(document)
            if text:
                archive.texts.add(text)
            statements = [Metadatum(field, value, "pdf:info") for field, value in (said or {}).items()]
            archive.documents.describe(identity, statements)
        return document

    return put


def _text(of: DocumentId, words: str, *sections: Section) -> Text:
    identity = TextId(natural_id("text", of, words))
    return Text(identity, of, TextOrigin.EXTRACTED, "test", "1", "en", words, sha256_of(words), sections)


def titles(archive: Archive, listing: Listing) -> list[str]:
    return [row.document.title for row in document_rows(archive, list_documents(archive, listing))]


def mark(archive: Archive, document: Document, start: int = 0, length: int = 9, **given: object) -> Quote:
    return quote_passage(archive, document, Span(start, start + length), Mark(**given))  # type: ignore[arg-type]


def mark_words_that_are_not_there(archive: Archive, document: Document) -> QuoteId:
    anchor = Anchor(TextId(document.text_id or ""), 0, 9, "They left", "", "")
    with archive.deed("quote"):
        archive.quotes.add(Quote(QuoteId(new_id()), document.id, anchor, "", START))
    return archive.quotes.of_document(document.id)[0].id


def read_anew(archive: Archive, document: Document, words: str) -> None:
    text = _text(document.id, words)
    with archive.deed("read again"):
        archive.texts.add(text)
        archive.documents.put(replace(document, text_id=text.id))


# --- the order of documents


def test_documents_come_newest_first_unless_asked_otherwise(archive: Archive, put: Put) -> None:
    for title in "abc":
        put(title)

    assert titles(archive, Listing()) == ["c", "b", "a"]
    assert titles(archive, Listing(descending=False)) == ["a", "b", "c"]


def test_titles_stand_by_their_letters_in_any_script_whatever_their_case(archive: Archive, put: Put) -> None:
    wanted = ["apple", "Éclair", "état", "Zebra", "август", "Выборы", "ОТЧЁТ", "Отчёт 2", "报告"]
    for title in reversed(wanted):
        put(title)

    assert titles(archive, Listing(sort=Sort.TITLE, descending=False)) == wanted
    assert titles(archive, Listing(sort=Sort.TITLE)) == wanted[::-1]


def test_the_order_of_titles_follows_what_is_renamed(archive: Archive, put: Put) -> None:
    first, _ = put("a"), put("b")
    before = titles(archive, Listing(sort=Sort.TITLE))

    edit_document(archive, first, title="c")

    assert before == ["b", "a"]
    assert titles(archive, Listing(sort=Sort.TITLE)) == ["c", "b"]
    undo(archive)
    assert titles(archive, Listing(sort=Sort.TITLE)) == ["b", "a"]


@pytest.mark.parametrize(
    ("sort", "known", "unknown"),
    [
        (Sort.DATE, ["two", "three", "one"], ["none"]),
        (Sort.PUBLISHER, ["three", "two", "one"], ["none"]),
        (Sort.LANGUAGE, ["one", "two", "three"], ["none"]),
        (Sort.PAGES, ["three", "two", "one"], ["none"]),
        (Sort.SIZE, ["one", "three", "none", "two"], []),
        (Sort.KIND, ["two", "none", "one", "three"], []),
        (Sort.QUOTES, ["three", "one"], ["none", "two"]),
        (Sort.OPENED, ["two", "one"], ["none", "three"]),
    ],
)
def test_what_is_not_known_stands_last_either_way(
    archive: Archive, put: Put, sort: Sort, known: list[str], unknown: list[str]
) -> None:
    """Of those that say the same, or nothing, the import decides, in the same direction."""
    put("none", language=None, size=20)
    one = put("one", said={"date": "2021", "publisher": "ngo"}, language="ar", pages=9, size=2)
    said = {"date": "1999-05", "publisher": "ÉTAT"}
    two = put("two", said=said, language="fr", pages=3, size=30, kind=DocumentKind.DOCX)
    said = {"date": "2001", "publisher": "Amnesty"}
    three = put("three", said=said, language="zh", pages=1, size=9)
    for document, start in ((one, 0), (one, 10), (three, 0)):
        mark(archive, document, start)
    for document in (two, one):
        note_reading(archive, document.id)

    assert titles(archive, Listing(sort=sort, descending=False)) == known + unknown
    assert titles(archive, Listing(sort=sort)) == known[::-1] + unknown[::-1]


# --- which documents


def test_each_shelf_has_its_documents(archive: Archive, put: Put) -> None:
    new, read, old, gone = put("new"), put("read"), put("old"), put("gone")
    mark_words_that_are_not_there(archive, new)
    for document in (gone, read, old, read):
        note_reading(archive, document.id)
    delete_documents(archive, [gone])

    shelves = {shelf: titles(archive, Listing(shelf)) for shelf in Shelf}

    assert shelves == {
        Shelf.ALL: ["old", "read", "new"],
        Shelf.INBOX: ["new"],
        Shelf.RECENT: ["read", "old"],
        Shelf.REVIEW: ["new"],
        Shelf.TRASH: ["gone"],
    }
    assert {shelf: len(found) for shelf, found in shelves.items()} == counts(archive).shelves


def test_what_was_read_last_can_be_ordered_otherwise(archive: Archive, put: Put) -> None:
    for title in "bac":
        note_reading(archive, put(title).id)

    assert titles(archive, Listing(Shelf.RECENT, sort=Sort.TITLE, descending=False)) == ["a", "b", "c"]


def test_documents_are_told_apart_by_what_they_are(archive: Archive, put: Put) -> None:
    put("english", language="en", said={"date": "2021-03-04"})
    put("none", language=None, words=None, kind=DocumentKind.OTHER)
    put("arabic", language="ar", kind=DocumentKind.HTML, said={"date": "2021"})

    def found(**asked: object) -> set[str]:
        return set(titles(archive, Listing(**asked)))  # type: ignore[arg-type]  # what a test asks

    assert found(kinds=(DocumentKind.HTML, DocumentKind.OTHER)) == {"arabic", "none"}
    assert found(languages=("en", "")) == {"english", "none"}
    assert found(year="2021") == {"english", "arabic"}
    assert found(year="2022") == set()
    assert found(has_text=True) == {"english", "arabic"}
    assert found(has_text=False) == {"none"}
    assert found(languages=("ar",), year="2021", has_quotes=False, has_text=True) == {"arabic"}
    assert found(languages=("ar",), kinds=(DocumentKind.PDF,)) == set()


def test_the_user_s_date_goes_before_the_file_s(archive: Archive, put: Put) -> None:
    document = put("report", said={"date": "2021", "publisher": "Scanner"})

    edit_document(archive, document, fields={Field.DATE: "1999-05", Field.PUBLISHER: "Harbour Watch"})

    (row,) = document_rows(archive, [document.id])
    assert (row.date, row.publisher) == ("1999-05", "Harbour Watch")
    assert titles(archive, Listing(year="1999")) == ["report"]
    assert titles(archive, Listing(year="2021")) == []
    assert titles(archive, Listing(words="harbour")) == ["report"]
    assert titles(archive, Listing(words="scanner")) == []
    assert counts(archive).years == (("1999", 1),)
    undo(archive)
    assert counts(archive).years == (("2021", 1),)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("отчёт", {"ОТЧЁТ о тюрьме"}),
        ("ТЮРЬМ отч", {"ОТЧЁТ о тюрьме"}),
        ("STRASSE", {"Die Straße"}),
        ("报告", {"人权报告"}),
        ("мемориал", {"人权报告"}),
        ("人权 мемориал", {"人权报告"}),
        ("scan_17", {"Die Straße"}),
        ("nothing", set()),
        ("  ", {"ОТЧЁТ о тюрьме", "Die Straße", "人权报告"}),
    ],
)
def test_words_are_looked_for_in_title_file_name_and_publisher(
    archive: Archive, put: Put, words: str, wanted: set[str]
) -> None:
    put("ОТЧЁТ о тюрьме")
    put("Die Straße", file_name="Scan_17.PDF")
    put("人权报告", said={"publisher": "МЕМОРИАЛ"})

    for sort in Sort:
        assert set(titles(archive, Listing(words=words, sort=sort))) == wanted


def test_words_are_looked_for_in_the_bin_too(archive: Archive, put: Put) -> None:
    kept, gone = put("Report kept"), put("Report gone")
    delete_documents(archive, [gone])

    assert titles(archive, Listing(Shelf.TRASH, words="report", sort=Sort.TITLE)) == ["Report gone"]
    assert titles(archive, Listing(words="report", sort=Sort.TITLE)) == [kept.title]


def test_documents_are_found_by_the_tags_and_cases_of_their_quotes(archive: Archive, put: Put) -> None:
    case = add_case(archive, "The brother")
    tagged, linked, bare = put("tagged"), put("linked"), put("bare")
    quote = mark(archive, tagged, tags=("Arrest",))
    mark(archive, linked, cases=((case.id, Role.SUPPORTS),))
    (tag,) = archive.tags.all()

    assert titles(archive, Listing(tag=tag.id)) == ["tagged"]
    assert titles(archive, Listing(case=case.id)) == ["linked"]
    assert titles(archive, Listing(has_quotes=True)) == ["linked", "tagged"]
    assert titles(archive, Listing(has_quotes=False)) == [bare.title]
    delete_quote(archive, quote)
    assert titles(archive, Listing(tag=tag.id)) == []


# --- rows


def test_a_row_shows_a_document_at_a_glance(archive: Archive, put: Put) -> None:
    document = put("report", words="Two\n\n lines. " + "And many words. " * 50, said={"publisher": "NGO"})
    mark(archive, document, 0, tags=("Night", "arrest"))
    mark(archive, document, 10, tags=("Arrest",))
    gone = mark(archive, document, 20, tags=("Gone",))
    delete_quote(archive, gone)

    (row,) = document_rows(archive, [document.id])

    assert (row.document, row.publisher, row.date, row.quotes) == (document, "NGO", "", 2)
    assert [tag.name for tag in row.tags] == ["arrest", "Night"]
    assert row.excerpt.startswith("Two lines. And many words.")
    assert len(row.excerpt) == 200
    assert "\n" not in row.excerpt


@pytest.mark.parametrize("words", [None, "", "拘留" * 400, "🕊" * 400])
def test_an_excerpt_is_cut_between_letters(archive: Archive, put: Put, words: str | None) -> None:
    document = put("report", words=words)

    (row,) = document_rows(archive, [document.id])

    assert row.excerpt == (words or "")[:200]


def test_rows_keep_their_order_and_leave_out_what_is_gone(archive: Archive, put: Put) -> None:
    a, b = put("a"), put("b")

    rows = document_rows(archive, [b.id, DocumentId(new_id()), a.id])

    assert [row.document.title for row in rows] == ["b", "a"]
    assert document_rows(archive, []) == []


def test_details_say_who_says_what(archive: Archive, document: Document) -> None:
    case = add_case(archive, "The brother")
    mark(archive, document, cases=((case.id, Role.CONTEXT),))
    edit_document(archive, document, fields={Field.AUTHOR: "A. Witness"})

    details = document_details(archive, document.id)

    assert [(m.field, m.value, m.origin) for m in details.metadata] == [("author", "A. Witness", "user")]
    assert [p.original_name for p in details.provenances] == ["testimony.txt"]
    assert [known.name for known in details.cases] == ["The brother"]
    assert not details.is_open_before


def test_what_is_not_there_is_told(archive: Archive) -> None:
    unknown = new_id()

    with pytest.raises(NotFound):
        document_details(archive, DocumentId(unknown))
    with pytest.raises(NotFound):
        open_document(archive, DocumentId(unknown))
    with pytest.raises(NotFound):
        read_original(archive, DocumentId(unknown))
    with pytest.raises(NotFound):
        case_page(archive, CaseId(unknown))


def test_an_original_is_read_and_proved(archive: Archive, document: Document) -> None:
    content = read_original(archive, document.id)
    (path,) = archive.bundle.folder.glob("objects/*/*")
    path.chmod(0o600)
    path.write_bytes(content + b"!")

    assert content.startswith(b"The officers")
    with pytest.raises(OriginalDamaged):
        read_original(archive, document.id)


# --- counts


def test_everything_is_counted_but_what_was_deleted(archive: Archive, put: Put) -> None:
    case, idle = add_case(archive, "The brother"), add_tag(archive, "Idle")
    a, b, gone = put("a"), put("b", language=None, kind=DocumentKind.HTML), put("gone")
    for document in (a, b, gone):
        mark(archive, document, tags=("Arrest",), cases=((case.id, Role.SUPPORTS),))
    delete_documents(archive, [gone])
    delete_tag(archive, add_tag(archive, "Deleted"))

    counted = counts(archive)

    assert counted.quotes == 2
    assert [(tag.name, tag.quotes) for tag in counted.tags] == [("Arrest", 2), (idle.name, 0)]
    assert [(known.name, known.quotes) for known in counted.cases] == [("The brother", 2)]
    assert counted.kinds == ((DocumentKind.HTML, 1), (DocumentKind.PDF, 1))
    assert counted.languages == (("", 1), ("en", 1))
    restore_documents(archive, [gone])
    assert counts(archive).kinds == ((DocumentKind.PDF, 2), (DocumentKind.HTML, 1))
    assert counts(archive).quotes == 3


def test_an_empty_archive_counts_nothing(archive: Archive) -> None:
    counted = counts(archive)

    assert set(counted.shelves.values()) == {0}
    assert (counted.quotes, counted.tags, counted.cases) == (0, (), ())
    assert (counted.kinds, counted.languages, counted.years) == ((), (), ())


# --- quotes


def test_quotes_are_chosen_by_tag_case_and_colour(archive: Archive, put: Put) -> None:
    case = add_case(archive, "The brother")
    document = put("report")
    late = mark(archive, document, 20, colour="teal")
    tagged = mark(archive, document, 0, tags=("Arrest",))
    linked = mark(archive, document, 10, cases=((case.id, Role.SUPPORTS),), colour="amber")
    (tag,) = archive.tags.all()

    assert list_quotes(archive) == [tagged.id, linked.id, late.id]
    assert list_quotes(archive, tag=tag.id) == [tagged.id]
    assert list_quotes(archive, case=case.id) == [linked.id]
    assert list_quotes(archive, colour="teal") == [late.id]
    assert list_quotes(archive, colour="amber") == [tagged.id, linked.id]
    assert list_quotes(archive, colour="amber", case=case.id, tag=tag.id) == []
    delete_quote(archive, late)
    assert list_quotes(archive, deleted=True) == [late.id]
    assert list_quotes(archive) == [tagged.id, linked.id]
    delete_documents(archive, [document])
    assert list_quotes(archive) == []


def test_a_quote_is_shown_with_all_that_hangs_on_it(archive: Archive, put: Put) -> None:
    case = add_case(archive, "The brother")
    document = put("report")
    quote = mark(archive, document, 20, 22, tags=("Night", "Arrest"), cases=((case.id, Role.CONTRADICTS),))

    (row,) = quote_rows(archive, [QuoteId(new_id()), quote.id])

    assert (row.quote, row.document, row.span) == (quote, document, Span(20, 42))
    assert [tag.name for tag in row.tags] == ["Arrest", "Night"]
    assert [(known.name, role) for known, role in row.cases] == [("The brother", Role.CONTRADICTS)]
    assert not row.needs_review


def test_a_deleted_tag_or_case_is_not_shown(archive: Archive, put: Put) -> None:
    case = add_case(archive, "The brother")
    quote = mark(archive, put("report"), tags=("Arrest",), cases=((case.id, Role.SUPPORTS),))
    delete_tag(archive, archive.tags.all()[0])
    delete_case(archive, case)

    (row,) = quote_rows(archive, [quote.id])

    assert (row.tags, row.cases) == ((), ())


def test_the_page_of_a_quote_is_told_by_what_is_printed_on_it(archive: Archive, put: Put) -> None:
    document = put("report", words=None, kind=DocumentKind.TEXT)
    pages = (Section(0, 19, SectionKind.PAGE, "iv"), Section(20, 41, SectionKind.PAGE, ""))
    text = _text(document.id, WORDS, *pages)
    with archive.deed("read again"):
        archive.texts.add(text)
        archive.documents.put(replace(document, text_id=text.id))
    known = replace(document, text_id=text.id)
    mark(archive, known, 0)
    mark(archive, known, 20)
    mark(archive, known, 43)

    assert [row.page_label for row in quotes_of(archive, document.id)] == ["iv", "2", ""]


def test_words_that_are_not_where_they_were_marked_need_review(archive: Archive, put: Put) -> None:
    document = put("report")
    sound = mark(archive, document, 20)
    lost = mark_words_that_are_not_there(archive, document)

    rows = {row.quote.id: row for row in quotes_of(archive, document.id)}

    assert (rows[lost].span, rows[lost].needs_review) == (None, True)
    assert not rows[sound.id].needs_review
    assert list_quotes(archive, review=True) == [lost]
    assert counts(archive).shelves[Shelf.REVIEW] == 1


def test_review_counts_code_points(archive: Archive, put: Put) -> None:
    document = put("report", words="🕊拘留 They came 🕊 at night")
    quote = mark(archive, document, 4, 11)

    assert quote.anchor.exact == "They came 🕊"
    assert list_quotes(archive, review=True) == []


def test_a_quote_is_looked_for_in_the_text_that_its_document_has_now(archive: Archive, put: Put) -> None:
    document = put("report")
    found, lost = mark(archive, document, 20, 21), mark(archive, document, 42, 10)
    before = list_quotes(archive, review=True)

    read_anew(archive, document, "Page 1. They came at night. They took my brother. No one.")

    rows = {row.quote.id: row for row in quotes_of(archive, document.id)}
    assert before == []
    assert rows[found.id].span == Span(28, 49)
    assert not rows[found.id].needs_review
    assert (rows[lost.id].span, rows[lost.id].needs_review) == (None, True)
    assert titles(archive, Listing(Shelf.REVIEW)) == ["report"]
    undo(archive)
    assert list_quotes(archive, review=True) == []


def test_a_document_without_a_text_now_still_has_its_quotes(archive: Archive, put: Put) -> None:
    document = put("report")
    quote = mark(archive, document)
    with archive.deed("lose text"):
        archive.documents.put(replace(document, text_id=None))

    (row,) = quotes_of(archive, document.id)

    assert (row.quote.id, row.span) == (quote.id, None)


def test_an_open_document_has_its_text_and_its_quotes_in_order(archive: Archive, put: Put) -> None:
    document = put("report")
    late, early = mark(archive, document, 20), mark(archive, document, 0)

    opened = open_document(archive, document.id)

    assert opened.text is not None
    assert opened.text.content == WORDS
    assert [row.quote.id for row in opened.quotes] == [early.id, late.id]


def test_a_page_of_a_case_has_its_quotes_in_the_order_set_by_hand(archive: Archive, put: Put) -> None:
    case = add_case(archive, "The brother")
    document = put("report")
    quotes = [mark(archive, document, start, cases=((case.id, Role.SUPPORTS),)) for start in (0, 10)]
    order_case(archive, case, [quotes[1].id])

    page = case_page(archive, case.id)

    assert page.case.quotes == 2
    assert [row.quote.id for row in page.quotes] == [quotes[1].id, quotes[0].id]


def test_the_bin_has_what_was_deleted(archive: Archive, put: Put) -> None:
    document, whole = put("kept"), put("deleted")
    case, tag = add_case(archive, "The brother"), add_tag(archive, "Arrest")
    quote = mark(archive, document)
    mark(archive, whole)
    delete_quote(archive, quote)
    delete_documents(archive, [whole])
    delete_case(archive, case)
    delete_tag(archive, tag)

    found = deleted_things(archive)

    assert [one.title for one in found.documents] == ["deleted"]
    assert [row.quote.id for row in found.quotes] == [quote.id]
    assert [one.name for one in found.tags] == ["Arrest"]
    assert [one.name for one in found.cases] == ["The brother"]


# --- beside the one who writes


def test_a_companion_sees_each_deed_that_is_done(archive: Archive, put: Put) -> None:
    document = put("report")
    companion = open_companion(archive)
    seen = [titles(companion, Listing(sort=Sort.TITLE)), counts(companion).quotes]

    quote = mark(archive, document)
    edit_quote(archive, quote, QuoteChange(add_tags=("Arrest",)))
    edit_document(archive, document, title="Renamed")

    assert seen == [["report"], 0]
    assert titles(companion, Listing(sort=Sort.TITLE)) == ["Renamed"]
    assert counts(companion).quotes == 1
    assert [tag.name for tag in quotes_of(companion, document.id)[0].tags] == ["Arrest"]
    companion.close()
