"""Proving that nothing was altered: originals, texts, quotes and history against each other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.model.anchor import FoundBy, resolve
from archivist.model.document import Document
from archivist.model.errors import Damaged
from archivist.model.history import Finding, FindingLevel
from archivist.model.ids import TextId
from archivist.model.quote import Quote
from archivist.model.text import Text
from archivist.packs.verify import seal_of, verify_pack
from archivist.storage.engine import DatabaseError

__all__ = ["check_pack", "is_pack", "things_to_verify", "verify"]


def is_pack(folder: Path) -> bool:
    """Whether this is a briefing pack that somebody handed over, and not an archive."""
    return (folder / "manifest.json").is_file() and not (folder / "archive.json").exists()


def check_pack(folder: Path) -> Iterator[Finding]:
    """Look at every file of a pack; what only its sender can tell is its seal."""
    try:
        findings = verify_pack(folder)
        seal = seal_of(folder) if all(finding.level == FindingLevel.OK for finding in findings) else ""
    except OSError as error:
        why = (error.strerror or "the file system refused it").lower()
        yield _error("file", "", f"The pack could not be read: {why}; copy it to a folder of your own.")
        return
    yield from findings
    if seal:
        told = f"The pack is whole. Ask its sender over another way whether its seal is {seal}."
        yield _ok("seal", seal, told)


def things_to_verify(archive: Archive) -> int:
    """About how many findings there will be: an original and a text a document, history, the quotes."""
    return 2 * len(archive.documents.shas()) + 1 + len(archive.quotes.ids())


def verify(archive: Archive) -> Iterator[Finding]:
    """Look at everything once, telling one finding a thing looked at.

    Damage of the database is a finding too; the rest is looked at all the same.
    """
    is_told = False
    checks: tuple[Callable[[Archive], Iterator[Finding]], ...] = (_originals, _orphans, _database, _quotes)
    for check in checks:
        try:
            yield from check(archive)
        except DatabaseError:
            if not is_told:
                yield _error("database", "", "Parts of the database cannot be read; restore a backup.")
            is_told = True


def _originals(archive: Archive) -> Iterator[Finding]:
    for document in (*archive.documents.all(), *archive.documents.all(deleted=True)):
        try:
            archive.originals.verify(document.sha256)
        except Damaged as error:
            yield _error("original", document.id, f"“{document.title}”: {error}")
        else:
            yield _ok("original", document.id, f"“{document.title}” is unaltered.")


def _orphans(archive: Archive) -> Iterator[Finding]:
    """Kept files that no document names, as an interrupted import leaves them; they are never removed."""
    for name in archive.originals.orphans(archive.documents.shas()):
        told = (
            "A kept file belongs to no document, as after an interrupted import; importing it again uses it."
        )
        yield Finding(FindingLevel.WARNING, "orphan", name, told)


def _database(archive: Archive) -> Iterator[Finding]:
    """Its pages, the chain of history, all rows against it, and the texts against their hashes."""
    findings = archive.history.verify()
    altered = {finding.id for finding in findings if finding.what == "texts"}
    rest = [finding for finding in findings if finding.what != "texts"]
    yield from rest
    for remark in archive.remarks:
        yield Finding(FindingLevel.WARNING, "history", "", remark)
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
        quotes = archive.quotes.of_document(document.id)
        texts = {text_id: _sound_text(archive, text_id) for text_id in {q.anchor.text_id for q in quotes}}
        for quote in quotes:
            yield _quote(document, quote, *texts[quote.anchor.text_id])


def _sound_text(archive: Archive, text_id: TextId) -> tuple[Text | None, bool]:
    """The text, if it can be read at all, and whether it is as it was made."""
    try:
        text = archive.texts.get(text_id)
    except DatabaseError:
        return None, False
    return text, bool(text and text.is_unaltered)


def _quote(document: Document, quote: Quote, text: Text | None, is_sound: bool) -> Finding:  # noqa: FBT001
    placed = resolve(quote.anchor, text.content) if text else None
    if placed and placed.found_by is FoundBy.POSITION and is_sound:
        return _ok("quote", quote.id, f"A quote of “{document.title}” stands where it was marked.")
    where = "is not found in" if placed is None else "may have moved in"
    finding = _error("quote", quote.id, f"A quote {where} the text of “{document.title}” and needs review.")
    return finding if placed is None else replace(finding, level=FindingLevel.WARNING)


def _ok(what: str, identity: str, message: str) -> Finding:
    return Finding(FindingLevel.OK, what, identity, message)


def _error(what: str, identity: str, message: str) -> Finding:
    return Finding(FindingLevel.ERROR, what, identity, message)
