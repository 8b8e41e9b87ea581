"""What users call things: an id, the start of an id, a name, an alias, a title or a file name.

Also how a name is kept: canonical, in one line, and once.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.errors import Ambiguous, NoName, NotFound
from archivist.model.ids import name_key
from archivist.model.quote import Quote
from archivist.model.tag import Tag
from archivist.model.text import canonical


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


def find_document(archive: Archive, name: str, *, deleted: bool = False) -> Document:
    """The one document of that name.

    Raises:
        NotFound, Ambiguous: where it is not exactly one.
    """
    return _only("document", name, archive.documents.named(canonical(name), deleted=deleted))


def find_quote(archive: Archive, name: str, *, deleted: bool = False) -> Quote:
    return _only("quote", name, archive.quotes.named(canonical(name), deleted=deleted))


def find_tag(archive: Archive, name: str, *, deleted: bool = False) -> Tag:
    return _only("tag", name, archive.tags.named(canonical(name), deleted=deleted))


def find_case(archive: Archive, name: str, *, deleted: bool = False) -> Case:
    """The one case of that name; a case's own name goes before the aliases of others."""
    found = archive.cases.named(canonical(name), deleted=deleted)
    own = [case for case in found if name_key(case.name) == name_key(canonical(name))]
    return _only("case", name, own or found)


def find_any(archive: Archive, name: str) -> Document | Quote | Tag | Case:
    """The one thing of any kind of that name."""
    name = canonical(name)
    found: list[Document | Quote | Tag | Case] = [
        *archive.documents.named(name),
        *archive.quotes.named(name),
        *archive.cases.named(name),
        *archive.tags.named(name),
    ]
    return _only("document, quote, case or tag", name, found)


def one_line(value: str) -> str:
    return " ".join(canonical(value).split())


def tidy(name: str, kind: str) -> str:
    """A name as it is kept: canonical, in one line.

    Raises:
        NoName: nothing is left of it.
    """
    if tidied := one_line(name):
        return tidied
    raise NoName(kind)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are kept, each once; of those that are one name the last way to write it."""
    return tuple({name_key(name): one_line(name) for name in names if name.strip()}.values())


def _only(kind: str, name: str, found: Sequence[Thing]) -> Thing:
    if not found:
        raise NotFound(kind, name)
    exact = [thing for thing in found if thing.id == name]
    if len(exact or found) > 1:
        raise Ambiguous(kind, name, [thing.id for thing in found])
    return (exact or found)[0]
