"""Proving that nothing was altered: originals, texts, quotes and history against each other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.model.anchor import FoundBy, resolve
from archivist.model.document import Document
from archivist.model.errors import Damaged
from archivist.model.history import Finding, FindingLevel
from archivist.model.quote import Quote
from archivist.model.text import Text
from archivist.packs.verify import verify_pack
from archivist.storage.engine import DatabaseError

__all__ = ["is_pack", "verify", "verify_pack"]


def is_pack(folder: Path) -> bool:
    """Whether this is a briefing pack that somebody handed over, and not an archive."""
    return (folder / "manifest.json").is_file() and not (folder / "archive.json").exists()


def verify(archive: Archive) -> Iterator[Finding]:
    """Look at everything once, telling one finding a thing looked at.

    Damage of the database is a finding too; the rest is looked at all the same.
    """
    checks: tuple[Callable[[Archive], Iterator[Finding]], ...] = (_originals, _database, _quotes)
    for check in checks:
        try:
            yield from check(archive)
        except DatabaseError:
            yield _error("database", "", "Parts of the database cannot be read. Restore it from a backup.")


def _originals(archive: Archive) -> Iterator[Finding]:
    for document in (*archive.documents.all(), *archive.documents.all(deleted=True)):
        try:
            archive.originals.verify(document.sha256)
        except Damaged as error:
            yield _error("original", document.id, f"“{document.title}”: {error}")
        else:
            yield _ok("original", document.id, f"“{document.title}” is unaltered.")


def _database(archive: Archive) -> Iterator[Finding]:
    """Its pages, the chain of history, all rows against it, and the texts against their hashes."""
    findings = archive.history.verify()
    altered = {finding.id for finding in findings if finding.what == "texts"}
    rest = [finding for finding in findings if finding.what != "texts"]
    yield from rest
    if not rest:
        number, head = archive.history.head()
        yield _ok("history", head, f"The history of {number} entries is whole; it ends in {head[:16]}….")
    for document in (*archive.documents.all(), *archive.documents.all(deleted=True)):
        for text_id in archive.texts.of(document.id):
            if text_id in altered:
                told = f"The text of “{document.title}” was changed after it was made."
                yield _error("text", text_id, told)
            else:
                yield _ok("text", text_id, f"The text of “{document.title}” is unaltered.")


def _quotes(archive: Archive) -> Iterator[Finding]:
    for document in archive.documents.all():
        for quote in archive.quotes.of_document(document.id):
            yield _quote(archive, document, quote)


def _quote(archive: Archive, document: Document, quote: Quote) -> Finding:
    text = _readable_text(archive, quote)
    placed = resolve(quote.anchor, text.content) if text else None
    if placed and placed.found_by is FoundBy.POSITION and text and text.is_unaltered:
        return _ok("quote", quote.id, f"A quote of “{document.title}” stands where it was marked.")
    where = "is not found in" if placed is None else "may have moved in"
    finding = _error("quote", quote.id, f"A quote {where} the text of “{document.title}” and needs review.")
    return finding if placed is None else replace(finding, level=FindingLevel.WARNING)


def _readable_text(archive: Archive, quote: Quote) -> Text | None:
    try:
        return archive.texts.get(quote.anchor.text_id)
    except DatabaseError:
        return None


def _ok(what: str, identity: str, message: str) -> Finding:
    return Finding(FindingLevel.OK, what, identity, message)


def _error(what: str, identity: str, message: str) -> Finding:
    return Finding(FindingLevel.ERROR, what, identity, message)
