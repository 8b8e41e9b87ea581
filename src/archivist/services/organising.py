"""The codebook, the cases and what is said of documents: making, renaming, deleting, restoring."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.document import USER, Document, Field, Metadatum
from archivist.model.errors import NameTaken, NotDone
from archivist.model.ids import CaseId, QuoteId, name_key, new_id
from archivist.model.quote import Role
from archivist.model.tag import Tag
from archivist.model.text import canonical
from archivist.services.annotating import new_tag_id, tidy


class NotSo(NotDone):
    """A value that is not of the form that its field has."""

    def __init__(self, what: str, value: str) -> None:
        super().__init__(f"“{value}” is not {what}.")


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    is_met_by: Callable[[str], object]


def _is_date(value: str) -> bool:
    """ISO 8601, as exact as it is known."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


_FORMS = {
    Field.DATE: _Form("a date like 2024, 2024-05 or 2024-05-03", _is_date),
    Field.LANGUAGE: _Form(
        "the code of a language, like en, ug or zh-Hant", re.compile(r"[a-z]{2,3}(-\w{2,8})*").fullmatch
    ),
}

NOTHING: Mapping[Field, str] = MappingProxyType({})


def add_tag(archive: Archive, name: str, *, definition: str = "", colour: str = "") -> Tag:
    """Make a tag.

    Raises:
        NameTaken: there is one of that name.
    """
    name = tidy(name, "tag")
    _refuse_taken(archive.tags.by_name(name), "tag", name)
    tag = Tag(new_tag_id(archive, name), name, canonical(definition), colour)
    with archive.deed("add tag", {"tag": tag.id}):
        archive.tags.put(tag)
    return tag


def save_tag(archive: Archive, changed: Tag) -> Tag:
    """Keep a tag as it was changed: its name, definition, colour.

    Raises:
        NameTaken: another has that name.
    """
    tag = replace(changed, name=tidy(changed.name, "tag"), definition=canonical(changed.definition))
    _refuse_taken(_other(archive.tags.by_name(tag.name), tag), "tag", tag.name)
    with archive.deed("edit tag", {"tag": tag.id}):
        archive.tags.put(tag)
    return tag


def delete_tag(archive: Archive, tag: Tag) -> Tag:
    """Take the tag away; quotes keep it out of sight, and show it again after `restore_tag`."""
    with archive.deed("delete tag", {"tag": tag.id}):
        archive.tags.mark_deleted(tag.id, deleted=True)
    return tag


def restore_tag(archive: Archive, tag: Tag) -> Tag:
    _refuse_taken(archive.tags.by_name(tag.name), "tag", tag.name)
    with archive.deed("restore tag", {"tag": tag.id}):
        archive.tags.mark_deleted(tag.id, deleted=False)
    return tag


def add_case(archive: Archive, name: str, *, aliases: Iterable[str] = (), summary: str = "") -> Case:
    """Make a case.

    Raises:
        NameTaken: there is one of that name.
    """
    name = tidy(name, "case")
    _refuse_taken(archive.cases.by_name(name), "case", name)
    case = Case(CaseId(new_id()), name, canonical(summary), _distinct(aliases))
    with archive.deed("add case", {"case": case.id}):
        archive.cases.put(case)
    return case


@dataclass(frozen=True, slots=True)
class Links:
    """Quotes to put into a case, with what they do for it, and quotes to take out."""

    add: tuple[QuoteId, ...] = ()
    remove: tuple[QuoteId, ...] = ()
    role: Role = Role.SUPPORTS


NO_LINKS = Links()


def save_case(archive: Archive, changed: Case, links: Links = NO_LINKS) -> Case:
    """Keep a case as it was changed: its name, summary and aliases; and link or unlink quotes.

    Raises:
        NameTaken: another has that name.
    """
    case = replace(
        changed,
        name=tidy(changed.name, "case"),
        summary=canonical(changed.summary),
        aliases=_distinct(changed.aliases),
    )
    _refuse_taken(_other(archive.cases.by_name(case.name), case), "case", case.name)
    with archive.deed("edit case", {"case": case.id}):
        archive.cases.put(case)
        for quote_id in links.add:
            archive.quotes.link(quote_id, case.id, links.role)
        for quote_id in links.remove:
            archive.quotes.unlink(quote_id, case.id)
    return case


def delete_case(archive: Archive, case: Case) -> Case:
    with archive.deed("delete case", {"case": case.id}):
        archive.cases.mark_deleted(case.id, deleted=True)
    return case


def restore_case(archive: Archive, case: Case) -> Case:
    _refuse_taken(archive.cases.by_name(case.name), "case", case.name)
    with archive.deed("restore case", {"case": case.id}):
        archive.cases.mark_deleted(case.id, deleted=False)
    return case


def edit_document(
    archive: Archive, document: Document, *, title: str | None = None, fields: Mapping[Field, str] = NOTHING
) -> Document:
    """Say of a document what its file does not say, or says wrongly; the file's word stays on record.

    Raises:
        NotSo: a date or language that is none.
    """
    for field, value in fields.items():
        if field in _FORMS and value.strip() and not _FORMS[field].is_met_by(value.strip()):
            raise NotSo(_FORMS[field].name, value)
    with archive.deed("edit document", {"document": document.id}):
        if title is not None:
            archive.documents.retitle(document.id, tidy(title, "document"))
        archive.documents.describe(
            document.id, [Metadatum(field, _one_line(value), USER) for field, value in fields.items()]
        )
        if Field.LANGUAGE in fields:
            archive.documents.set_language(document.id, _one_line(fields[Field.LANGUAGE]) or None)
    return archive.documents.get(document.id) or document


def delete_document(archive: Archive, document: Document) -> Document:
    """Put a document into the bin; its original stays, and `restore_document` brings all back."""
    with archive.deed("delete document", {"document": document.id}):
        archive.documents.mark_deleted(document.id, deleted=True)
    return document


def restore_document(archive: Archive, document: Document) -> Document:
    with archive.deed("restore document", {"document": document.id}):
        archive.documents.mark_deleted(document.id, deleted=False)
    return document


def _one_line(value: str) -> str:
    return " ".join(canonical(value).split())


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name_key(name): _one_line(name) for name in names if name.strip()}.values())


def _refuse_taken(known: object, kind: str, name: str) -> None:
    if known is not None:
        raise NameTaken(kind, name)


def _other(known: Tag | Case | None, this: Tag | Case) -> Tag | Case | None:
    return known if known and known.id != this.id else None
