"""Taking deeds back, doing them again, and telling what was done."""

from dataclasses import dataclass

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.model.history import Deed
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId


@dataclass(frozen=True, slots=True)
class Flipped:
    """The deed that was taken back or done again; `skipped` counts rows that others have changed since."""

    deed: Deed
    subject: str
    skipped: int


def undo(archive: Archive) -> Flipped:
    """Take back the newest deed; what was changed again since stays as it is.

    Raises:
        NothingToUndo: there is none.
    """
    return _flipped(archive, archive.history.undo())


def redo(archive: Archive) -> Flipped:
    """Do again what was taken back, unless something new was done since.

    Raises:
        NothingToUndo: there is nothing.
    """
    return _flipped(archive, archive.history.redo())


def can_undo(archive: Archive) -> tuple[str, str]:
    """The names of the deeds that undo and redo would touch; empty where there is none."""
    return archive.history.next_to_undo(), archive.history.next_to_redo()


def subject(archive: Archive, deed: Deed) -> str:
    """What a deed was done to, by its name of today; a deed knows ids only, so that names can be purged."""
    name, count = _first_subject(archive, deed), deed.details.get("count")
    return f"{name} and {count - 1} more" if name and isinstance(count, int) else name


def _first_subject(archive: Archive, deed: Deed) -> str:
    named = {kind: identity for kind, identity in deed.details.items() if isinstance(identity, str)}
    if quote := archive.quotes.get(QuoteId(named.get("quote", ""))):
        return " ".join(quote.anchor.exact.split())[:60]
    for thing in (
        archive.documents.get(DocumentId(named.get("document", ""))),
        archive.cases.get(CaseId(named.get("case", ""))),
        archive.tags.get(TagId(named.get("tag", ""))),
    ):
        if thing:
            return thing.title if isinstance(thing, Document) else thing.name
    return ""


def _flipped(archive: Archive, deed: Deed) -> Flipped:
    skipped = archive.history.deeds(limit=1)[0].details.get("skipped")
    return Flipped(deed, subject(archive, deed), len(skipped) if isinstance(skipped, list) else 0)


def history(archive: Archive, *, limit: int = 50) -> list[Deed]:
    """The newest deeds, newest first."""
    return archive.history.deeds(limit=limit)
