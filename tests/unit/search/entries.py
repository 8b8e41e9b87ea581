"""Entries in short, and what a query finds."""

from archivist.model.history import Stamp
from archivist.model.ids import DocumentId
from archivist.model.search import Entry, Found
from archivist.search.index import SearchIndex


def document(
    entry_id: str,
    text: str,
    title: str = "",
    *,
    tags: tuple[str, ...] = (),
    cases: tuple[str, ...] = (),
    language: str | None = None,
    kind: str = "",
    date: str = "",
) -> Entry:
    return Entry(
        Found.DOCUMENT, entry_id, DocumentId(entry_id), title, text, tags, cases, language, kind, date
    )


def quote(entry_id: str, text: str, *, of: str = "d1") -> Entry:
    return Entry(Found.QUOTE, entry_id, DocumentId(of), "", text)


def at(change: int) -> Stamp:
    """That point in the one history of a test."""
    return Stamp(change, f"{change:064x}")


def found(index: SearchIndex, query: str) -> list[str]:
    answer = index.find(query, limit=1000)
    assert answer.total == len(answer.matches)
    return sorted(match.id for match in answer.matches)
