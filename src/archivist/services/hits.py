"""Where the words of a query stand in one document, for marking them on its page."""

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.text import Text

MOST_HITS = 5_000


def hits_in(archive: Archive, query: str, text: Text) -> list[Span]:
    """All places of `text` that make it a hit of `query`, in order; none overlaps the one before."""
    found: list[Span] = []
    for passage in archive.index.passages(query, text.content):
        for start, end in passage.marks:
            if not found or start >= found[-1].end:
                found.append(Span(start, end))
            if len(found) == MOST_HITS:
                return found
    return found
