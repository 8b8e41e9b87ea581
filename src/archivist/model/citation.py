"""How a source is cited: made once, so that no two formats disagree.

A full note each time (packs.md 6): robust when a reader jumps in and when paragraphs move.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitedSource:
    """What is known of a source; empty where it is not."""

    title: str
    author: str = ""
    publisher: str = ""
    date: str = ""
    source_url: str = ""
    file_name: str = ""
    sha256: str = ""


def cite(source: CitedSource, exhibit: str, page: str | None) -> str:
    """E.g. “Author, “Title” (Publisher, 2024-03-01), p. 6. URL. Exhibit EX-001, SHA-256 ab12….”."""
    published = ", ".join(part for part in (source.publisher, source.date) if part)
    head = ", ".join(part for part in (source.author, f"“{source.title}”") if part)
    if published:
        head += f" ({published})"
    if page:
        head += f", p. {page}"
    parts = [head, source.source_url, f"Exhibit {exhibit}, SHA-256 {source.sha256}"]
    return "".join(f"{part}. " for part in parts if part).rstrip()
