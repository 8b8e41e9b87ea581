"""What is told of things: one flat object each, with all keys always there."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from archivist.archive.archive import Archive
from archivist.model.browsing import QuoteRow
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.quote import Quote
from archivist.model.search import Hit
from archivist.model.tag import Tag
from archivist.services.browsing import case_page, document_details, quote_rows, quotes_of

Row = dict[str, object]
Told = Document | QuoteRow | Tag | Case


def document_row(document: Document) -> Row:
    return {
        "kind": "document",
        "id": document.id,
        "name": document.title,
        "format": document.kind,
        "file_name": document.file_name,
        "language": document.language,
        "pages": document.pages,
        "characters": document.characters,
        "size": document.size,
        "sha256": document.sha256,
        "text_id": document.text_id,
        "parent_id": document.parent_id,
        "imported_at": document.imported_at.isoformat(),
        "warnings": list(document.warnings),
    }


def quote_row(shown: QuoteRow) -> Row:
    quote = shown.quote
    words = " ".join(quote.anchor.exact.split())
    return {
        "kind": "quote",
        "id": quote.id,
        "name": words if len(words) <= 80 else words[:79] + "…",
        "document_id": quote.document_id,
        "text_id": quote.anchor.text_id,
        "page": quote.anchor.page,
        "start": quote.anchor.start,
        "end": quote.anchor.end,
        "text": quote.anchor.exact,
        "needs_review": shown.needs_review,
        "note": quote.note,
        "colour": quote.colour,
        "tags": [tag.name for tag in shown.tags],
        "cases": [{"id": case.id, "name": case.name, "role": role} for case, role in shown.cases],
        "created_at": quote.created_at.isoformat(),
    }


def tag_row(tag: Tag) -> Row:
    return {
        "kind": "tag",
        "id": tag.id,
        "name": tag.name,
        "definition": tag.definition,
        "colour": tag.colour,
        "parent_id": tag.parent_id,
        "quotes": tag.quotes,
    }


def case_row(case: Case) -> Row:
    return {
        "kind": "case",
        "id": case.id,
        "name": case.name,
        "aliases": list(case.aliases),
        "summary": case.summary,
        "notes": case.notes,
        "colour": case.colour,
        "quotes": case.quotes,
    }


ROWS: dict[type, Callable[[Any], Row]] = {
    Document: document_row,
    QuoteRow: quote_row,
    Tag: tag_row,
    Case: case_row,
}


def told_row(thing: Told) -> Row:
    """As in a list."""
    return ROWS[type(thing)](thing)


def shown_row(archive: Archive, thing: Document | Quote | Tag | Case) -> Row:
    """As in a list, with what one asks of a single thing."""
    match thing:
        case Document():
            return document_row(thing) | _said_of(archive, thing)
        case Quote():
            (shown,) = quote_rows(archive, [thing.id])
            return quote_row(shown)
        case Case():
            page = case_page(archive, thing.id)
            return case_row(thing) | {"quotes": [shown.quote.id for shown in page.quotes]}
        case Tag():
            return tag_row(thing)


def _said_of(archive: Archive, document: Document) -> Row:
    details = document_details(archive, document.id)
    return {
        "metadata": [{"field": m.field, "value": m.value, "origin": m.origin} for m in details.metadata],
        "provenances": [
            {
                "original_name": p.original_name,
                "original_path": p.original_path,
                "modified_at": p.modified_at.isoformat() if p.modified_at else None,
                "imported_at": p.imported_at.isoformat(),
                "received_from": p.received_from,
                "method": p.method,
                "source_url": p.source_url,
                "note": p.note,
            }
            for p in details.provenances
        ],
        "texts": list(archive.texts.of(document.id)),
        "quotes": [shown.quote.id for shown in quotes_of(archive, document.id)],
    }


def hit_row(hit: Hit) -> Row:
    return {
        "kind": hit.found,
        "id": hit.id,
        "document_id": hit.document_id,
        "title": hit.title,
        "page": hit.page,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "snippet": hit.passage.snippet,
        "score": round(hit.score, 4),
        "language": hit.language,
    }


def summary_line(row: Row) -> str:
    """One line of a list, for people."""
    return f"{row['id']}  {row['name']}"


def told_lines(row: Mapping[str, object]) -> Iterator[str]:
    """A row for people: a line a value, lists below their name."""
    for key, value in row.items():
        name = key.replace("_", " ")
        if not isinstance(value, list):
            yield f"{name}: {value if value not in (None, '') else '—'}"
            continue
        yield f"{name}:{'' if value else ' —'}"
        for item in value:
            yield f"  {_told(item) if isinstance(item, dict) else item}"


def _told(item: Mapping[str, object]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in item.items() if value)
