"""What is told of things: one flat object each, with all keys always there."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.quote import Quote
from archivist.model.search import Hit
from archivist.model.tag import Tag
from archivist.services.annotating import needs_review

Row = dict[str, object]
Thing = Document | Quote | Tag | Case


def document_row(_archive: Archive, document: Document) -> Row:
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


def quote_row(archive: Archive, quote: Quote) -> Row:
    tags = {tag_id: archive.tags.get(tag_id) for tag_id in quote.tags}
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
        "needs_review": needs_review(archive, quote),
        "note": quote.note,
        "tags": [tag.name for tag in tags.values() if tag],
        "cases": [
            {"id": link.case_id, "name": case.name if case else None, "role": link.role}
            for link in quote.cases
            for case in [archive.cases.get(link.case_id)]
        ],
        "created_at": quote.created_at.isoformat(),
    }


def tag_row(_archive: Archive, tag: Tag) -> Row:
    return {
        "kind": "tag",
        "id": tag.id,
        "name": tag.name,
        "definition": tag.definition,
        "colour": tag.colour,
        "quotes": tag.quotes,
    }


def case_row(_archive: Archive, case: Case) -> Row:
    return {
        "kind": "case",
        "id": case.id,
        "name": case.name,
        "aliases": list(case.aliases),
        "summary": case.summary,
        "quotes": case.quotes,
    }


ROWS: dict[type, Callable[[Archive, Any], Row]] = {
    Document: document_row,
    Quote: quote_row,
    Tag: tag_row,
    Case: case_row,
}


def shown_row(archive: Archive, thing: Thing) -> Row:
    """As in a list, with what one asks of a single thing."""
    row = ROWS[type(thing)](archive, thing)
    if isinstance(thing, Document):
        row["metadata"] = [
            {"field": m.field, "value": m.value, "origin": m.origin}
            for m in archive.documents.metadata(thing.id)
        ]
        row["provenances"] = [
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
            for p in archive.documents.provenances(thing.id)
        ]
        row["texts"] = list(archive.texts.of(thing.id))
        row["quotes"] = [quote.id for quote in archive.quotes.of_document(thing.id)]
    elif isinstance(thing, Case):
        row["quotes"] = [quote.id for quote in archive.quotes.of_case(thing.id)]
    return row


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
