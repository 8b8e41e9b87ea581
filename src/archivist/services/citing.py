"""How a passage is cited when its words are copied: as in a pack, but without an exhibit."""

from datetime import date

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.citation import CitedSource, Place, cite
from archivist.model.document import Document, Field
from archivist.model.errors import NotFound
from archivist.model.ids import DocumentId
from archivist.model.quote import Quote
from archivist.model.text import Text
from archivist.model.writing import flowing
from archivist.packs.labels import labels_for

LANGUAGE = "en"


def citation_of(archive: Archive, quote: Quote) -> str:
    """The words of a quote and where they stand, in one line.

    Raises:
        NotFound: its document is gone.
    """
    text = archive.texts.get(quote.anchor.text_id)
    span = Span(quote.anchor.start, quote.anchor.end)
    place = place_in(text, span) if text else Place()
    return _cited(archive, quote.document_id, quote.anchor.exact, place)


def citation_of_passage(archive: Archive, document_id: DocumentId, span: Span) -> str:
    """As `citation_of`, for words that are marked by nobody yet.

    Raises:
        NotFound: there is no such document, or it has no text.
    """
    document = archive.documents.get(document_id)
    text = archive.texts.get(document.text_id) if document and document.text_id else None
    if text is None:
        raise NotFound("text of", document.title if document else document_id)
    return _cited(archive, document_id, text.content[span.start : span.end], place_in(text, span))


def place_in(text: Text, span: Span) -> Place:
    """The pages as they are printed; where they are counted otherwise, their numbers in the file too."""
    if beside := text.beside_at(span.start):
        return Place(beside=beside)
    numbers = sorted({text.page_at(offset) or 0 for offset in (span.start, span.end - 1)} - {0})
    printed = "–".join(text.page_labels[number - 1] for number in numbers)
    counted = "–".join(map(str, numbers))
    return Place(page=printed, number=counted if counted != printed else "")


def source_of(archive: Archive, document: Document) -> CitedSource:
    """What is known of a document as a source."""
    known = archive.documents.best
    return CitedSource(
        title=document.title,
        author=known(document.id, Field.AUTHOR),
        publisher=known(document.id, Field.PUBLISHER),
        date=known(document.id, Field.DATE).partition("T")[0],
        source_url=known(document.id, Field.SOURCE_URL),
        file_name=document.file_name,
        sha256=document.sha256,
        language=document.language or "",
    )


def _cited(archive: Archive, document_id: DocumentId, words: str, place: Place) -> str:
    document = archive.documents.get(document_id)
    if document is None:
        raise NotFound("document", document_id)
    labels = labels_for(LANGUAGE, date.min)
    # An exhibit is a document as numbered in a pack; here there is none, and so its sentence is left out.
    labels["cited_exhibit"] = ""
    citation = cite(source_of(archive, document), "", place, labels)
    return f"“{flowing(words)}” {citation.text}"
