from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.citation import Place
from archivist.model.document import Document, Field
from archivist.model.errors import NotFound
from archivist.model.ids import DocumentId, TextId
from archivist.model.text import Text, TextOrigin, join_pages
from archivist.services.annotating import Mark, find_words, quote_passage
from archivist.services.citing import citation_of, citation_of_passage, place_in
from archivist.services.importing import import_file
from archivist.services.incoming import IncomingFile
from archivist.services.organising import edit_document

WORDS = "The register was kept in two books.\nNobody showed them to us."


@pytest.fixture
def document(archive: Archive, tmp_path: Path) -> Document:
    (tmp_path / "visit.txt").write_text(f"Visit\n\n{WORDS}\n", "utf-8")
    import_file(archive, IncomingFile(tmp_path / "visit.txt"))
    (document,) = archive.documents.all()
    fields = {Field.AUTHOR: "Orvenia Commission", Field.DATE: "2024-05-02", Field.PUBLISHER: "NHRC"}
    return edit_document(archive, document, title="Visit to Kestrel Point", fields=fields)


def test_a_quote_is_copied_with_who_said_it_where_and_when(archive: Archive, document: Document) -> None:
    span = find_words(archive, document, "two books. Nobody showed them")[0]
    quote = quote_passage(archive, document, span, Mark())

    told = citation_of(archive, quote)

    assert told == (
        "“two books. Nobody showed them” Orvenia Commission, “Visit to Kestrel Point” (NHRC, 2024-05-02)."
    )


def test_words_that_nobody_marked_are_cited_alike(archive: Archive, document: Document) -> None:
    span = find_words(archive, document, "two books")[0]

    told = citation_of_passage(archive, document.id, span)

    assert told.startswith("“two books” Orvenia Commission, ")
    assert "Exhibit" not in told
    assert document.sha256[:8] not in told


def test_a_page_is_named_as_it_is_printed_and_counted() -> None:
    content, sections = join_pages(["one", "two words", "three"], ["i", "1", ""])
    text = Text(TextId("t"), DocumentId("d"), TextOrigin.EXTRACTED, "", "", None, content, "", sections)

    assert place_in(text, Span(5, 8)) == Place(page="1", number="2")
    assert place_in(text, Span(5, len(content))) == Place(page="1–3", number="2–3")
    assert place_in(text, Span(len(content) - 1, len(content))) == Place(page="3")


def test_what_is_not_there_cannot_be_cited(archive: Archive) -> None:
    with pytest.raises(NotFound):
        citation_of_passage(archive, DocumentId("none"), Span(0, 1))
