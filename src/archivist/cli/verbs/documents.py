"""Verbs for documents: import, search, list, show."""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.archive.index_process import IndexerFailed
from archivist.cli.arguments import UsageError
from archivist.cli.output import Output
from archivist.cli.rows import Told, document_row, hit_row, shown_row, summary_line, told_lines, told_row
from archivist.cli.secrets import Secrets
from archivist.cli.verbs.opened import opened
from archivist.model.document import Document
from archivist.model.errors import NotFound
from archivist.model.ids import TextId
from archivist.model.search import Found
from archivist.services.browsing import list_quotes, quote_rows
from archivist.services.importing import Duplicate, Failed, Imported, ImportResult, import_files
from archivist.services.incoming import Source, find_files
from archivist.services.naming import find_any, find_document
from archivist.services.searching import EVERYTHING, rebuild_index, search, update_index


def import_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    if arguments.ocr == "always":
        raise UsageError("This version has no OCR yet; import with --ocr never, scans are kept without text.")
    if arguments.languages:
        output.warn("This version has no OCR yet, so --languages changes nothing.")
    source = Source(arguments.received_from, arguments.method, arguments.source_url, arguments.note)
    with opened(arguments, secrets) as archive:
        files = find_files(map(Path, arguments.paths), besides=archive.bundle.folder, source=source)
        output.line(f"Documents are read at safety level “{archive.sandbox.level}”.")
        report = _Report(archive, output)
        try:
            import_files(archive, files, on_result=report.tell)
        finally:
            report.summarise()
        _update_index(archive, output)
    return 1 if report.failed else 0


def search_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    kinds = frozenset(map(Found, arguments.kinds)) if arguments.kinds else EVERYTHING
    with opened(arguments, secrets) as archive:
        is_updated = _update_index(archive, output)
        query = " ".join(arguments.query)
        results = search(archive, query, kinds=kinds, limit=arguments.limit)
        if is_updated and archive.index.stamp() is None:  # damage deep inside shows only when it is read
            with output.progress("Building the index anew") as progress:
                rebuild_index(archive, progress)
            results = search(archive, query, kinds=kinds, limit=arguments.limit)
    answer = results.answer
    output.row(
        {
            "query": results.query,
            "understood": answer.understood,
            "total": answer.total,
            "complete": answer.complete,
            "milliseconds": round(results.milliseconds, 1),
            "did_you_mean": answer.did_you_mean,
        }
    )
    output.line(f"{answer.total} found for {answer.understood}")
    for remark in answer.remarks:
        output.line(remark)
    if answer.did_you_mean:
        output.line(f"Did you mean “{answer.did_you_mean}”?")
    for hit in results.hits:
        output.row(hit_row(hit))
        page = f", p. {hit.page}" if hit.page else ""
        output.line()
        output.line(f"{hit.title}{page}  [{hit.found} {hit.id}]")
        output.line(f"  {' '.join(hit.passage.snippet.split())}")
    return 0


def list_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive:
        for thing in _listed(archive, arguments.kind, deleted=arguments.deleted):
            row = told_row(thing)
            output.row(row)
            output.line(summary_line(row))
    return 0


def _listed(archive: Archive, kind: str, *, deleted: bool) -> Sequence[Told]:
    match kind:
        case "documents":
            return archive.documents.all(deleted=deleted)
        case "quotes":
            return quote_rows(archive, list_quotes(archive, deleted=deleted))
        case "tags":
            return archive.tags.all(deleted=deleted)
        case _:
            return archive.cases.all(deleted=deleted)


def show_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive:
        if arguments.text or arguments.text_id:
            return _show_text(archive, arguments, output)
        row = shown_row(archive, find_any(archive, arguments.name))
    output.row(row)
    for line in told_lines(row):
        output.line(line)
    return 0


def _show_text(archive: Archive, arguments: argparse.Namespace, output: Output) -> int:
    document = find_document(archive, arguments.name)
    text_id = _text_id(archive, document, arguments.text_id)
    text = archive.texts.get(text_id) if text_id else None
    content = text.content if text else ""
    if output.as_json:
        output.row({"kind": "text", "id": text_id, "document_id": document.id, "text": content})
    else:
        output.write(content.encode("utf-8"))
        if text is None:
            output.warn(f"“{document.title}” has no text: {'; '.join(document.warnings) or 'it is empty.'}")
    return 0


def _text_id(archive: Archive, document: Document, wanted: str | None) -> TextId | None:
    if wanted is None:
        return document.text_id
    known = [text_id for text_id in archive.texts.of(document.id) if text_id.startswith(wanted)]
    if len(known) != 1:
        raise NotFound("text", wanted)
    return known[0]


class _Report:
    """Tells of each imported file, and counts."""

    def __init__(self, archive: Archive, output: Output) -> None:
        self._archive = archive
        self._output = output
        self._counted: Counter[str] = Counter()
        self._begun = time.monotonic()

    @property
    def failed(self) -> int:
        return self._counted["failed"]

    def tell(self, result: ImportResult) -> None:
        row = _import_row(self._archive, result)
        self._counted[str(row["status"])] += 1
        self._output.row(row)
        remark = row["error"] or "; ".join(_remarks(result))
        self._output.line(f"{row['status']:9}  {row['path']}{f'  ({remark})' if remark else ''}")

    def summarise(self) -> None:
        counts = {status: self._counted[status] for status in ("imported", "duplicate", "failed")}
        seconds = round(time.monotonic() - self._begun, 2)
        self._output.row(
            {
                "summary": {
                    "imported": counts["imported"],
                    "duplicates": counts["duplicate"],
                    "failed": counts["failed"],
                    "seconds": seconds,
                }
            }
        )
        self._output.line(
            f"{counts['imported']} imported, {counts['duplicate']} already there,"
            f" {counts['failed']} failed, in {seconds} s."
        )


def _remarks(result: ImportResult) -> Sequence[str]:
    match result:
        case Imported():
            return result.document.warnings
        case Duplicate():
            return [f"it is “{result.document.title}”"]
        case _:
            return ()


_STATUS = {Imported: "imported", Duplicate: "duplicate", Failed: "failed"}


def _import_row(archive: Archive, result: ImportResult) -> dict[str, object]:
    row: dict[str, object] = {"path": str(result.file.path), "status": _STATUS[type(result)]}
    known = None if isinstance(result, Failed) else result.document
    told = document_row(known) if known else {}
    return row | {
        "document_id": known.id if known else None,
        "parent_id": known.parent_id if known else None,
        "kind": known.kind if known else None,
        "title": known.title if known else None,
        "language": told.get("language"),
        "pages": told.get("pages"),
        "characters": told.get("characters"),
        "children": archive.documents.children(known.id) if known else 0,
        "warnings": list(known.warnings) if known else [],
        "error": result.error if isinstance(result, Failed) else None,
    }


def _update_index(archive: Archive, output: Output) -> bool:
    """The index never stands in the way: where it fails, the archive is whole all the same."""
    try:
        with output.progress("Indexing") as progress:
            update_index(archive, progress)
    except IndexerFailed as error:
        output.warn(str(error))
        return False
    return True
