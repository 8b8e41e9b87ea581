"""The bin: what is put into it goes out of sight with all that hangs on it, and comes back whole."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.quote import Quote
from archivist.model.tag import Tag

Thing = TypeVar("Thing", Document, Quote, Tag, Case)

_KINDS = {Document: "document", Quote: "quote", Tag: "tag", Case: "case"}


class _Store(Protocol):
    def mark_deleted(self, thing_id: Any, /, *, deleted: bool) -> None: ...


def put_into_bin(archive: Archive, things: Sequence[Thing]) -> None:
    """One deed for all of them."""
    _mark(archive, things, deleted=True)


def take_from_bin(archive: Archive, things: Sequence[Thing]) -> None:
    """One deed for all of them."""
    _mark(archive, things, deleted=False)


def _mark(archive: Archive, things: Sequence[Thing], *, deleted: bool) -> None:
    if not things:
        return
    kind = _KINDS[type(things[0])]
    many = len(things) > 1
    details: dict[str, object] = {kind: things[0].id} | ({"count": len(things)} if many else {})
    with archive.deed(f"{'delete' if deleted else 'restore'} {kind}{'s' if many else ''}", details):
        for thing in things:
            _store(archive, thing).mark_deleted(thing.id, deleted=deleted)


def _store(archive: Archive, thing: Document | Quote | Tag | Case) -> _Store:
    match thing:
        case Document():
            return archive.documents
        case Quote():
            return archive.quotes
        case Tag():
            return archive.tags
        case Case():
            return archive.cases
