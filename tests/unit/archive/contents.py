"""Documents and quotes put into an archive in short, without files; and what an index holds of them."""

from datetime import UTC, datetime
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.model.anchor import Anchor, Span
from archivist.model.document import Document, DocumentKind
from archivist.model.ids import DocumentId, QuoteId, TextId, document_id, natural_id, new_id
from archivist.model.quote import Quote
from archivist.model.search import Found
from archivist.model.text import Text, TextOrigin, sha256_of
from archivist.search.index import SearchIndex
from archivist.storage.engine import Database
from archivist.storage.history import changed_rows, last_change

WHEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
INDEX_KEY = bytes(range(32))


def put_document(archive: Archive, words: str, title: str = "Testimony") -> Document:
    """A document of that text. Call it inside a deed."""
    sha256 = sha256_of(words)
    identity = document_id(sha256)
    document = Document(
        id=identity,
        title=title,
        kind=DocumentKind.TEXT,
        sha256=sha256,
        size=len(words),
        file_name=f"{title}.txt",
        language="en",
        pages=None,
        characters=len(words),
        text_id=_text_id(identity, words),
        parent_id=None,
        imported_at=WHEN,
        warnings=(),
    )
    archive.documents.put(document)
    put_text(archive, identity, words)
    return document


def put_text(archive: Archive, of: DocumentId, words: str) -> Text:
    text = Text(_text_id(of, words), of, TextOrigin.EXTRACTED, "test", "1", "en", words, sha256_of(words), ())
    archive.texts.add(text)
    return text


def put_quote(archive: Archive, document: Document, words: str, note: str = "") -> QuoteId:
    """A quote of these words. Call it inside a deed."""
    text = archive.texts.get(TextId(document.text_id or ""))
    assert text is not None
    start = text.content.index(words)
    anchor = Anchor.at(text.id, text.content, Span(start, start + len(words)), None)
    quote = Quote(QuoteId(new_id()), document.id, anchor, note, WHEN)
    archive.quotes.add(quote)
    return quote.id


def add_documents(archive: Archive, *texts: str) -> list[Document]:
    with archive.deed("import"):
        return [put_document(archive, words, f"Document {number}") for number, words in enumerate(texts)]


def changes_since(db: Database, change: int) -> list[tuple[str, str]]:
    return changed_rows(db, change, last_change(db))


def new_index(folder: Path) -> SearchIndex:
    return SearchIndex(folder, INDEX_KEY, "archive-1")


def found(index: SearchIndex, query: str) -> set[tuple[Found, str]]:
    answer = index.find(query, limit=100_000)
    return {(match.found, match.id) for match in answer.matches}


def indexed(index: SearchIndex) -> set[tuple[Found, str]]:
    """All that it holds."""
    return set().union(*(found(index, f"kind:{kind.value}") for kind in Found))


def _text_id(of: DocumentId, words: str) -> TextId:
    return TextId(natural_id("text", of, words))
