"""The codebook, the cases and what is said of documents: making, renaming, deleting, restoring."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.document import USER, Document, Field, Metadatum
from archivist.model.errors import NameTaken, NotDone, NotFound
from archivist.model.ids import CaseId, QuoteId, TagId, new_id
from archivist.model.quote import Role
from archivist.model.tag import Tag
from archivist.model.text import canonical
from archivist.services.annotating import new_tag_id
from archivist.services.bin import put_into_bin, take_from_bin
from archivist.services.merging import merge_cases, merge_tags
from archivist.services.naming import distinct, one_line, tidy

__all__ = [
    "NO_LINKS",
    "Links",
    "NotSo",
    "add_case",
    "add_tag",
    "delete_case",
    "delete_documents",
    "delete_tag",
    "edit_document",
    "merge_cases",
    "merge_tags",
    "order_case",
    "restore_case",
    "restore_documents",
    "restore_tag",
    "save_case",
    "save_tag",
    "set_role",
]


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


def add_tag(
    archive: Archive, name: str, *, definition: str = "", colour: str = "", parent: TagId | None = None
) -> Tag:
    """Make a tag.

    Raises:
        NameTaken: there is one of that name.
        NotFound: there is no such parent.
    """
    name = tidy(name, "tag")
    _refuse_taken(archive.tags.by_name(name), "tag", name)
    tag = Tag(new_tag_id(archive, name), name, canonical(definition), colour, parent_id=parent)
    _refuse_parent(archive, tag)
    with archive.deed("add tag", {"tag": tag.id}):
        archive.tags.put(tag)
    return tag


def save_tag(archive: Archive, changed: Tag) -> Tag:
    """Keep a tag as it was changed: its name, definition, colour, parent.

    Raises:
        NameTaken: another has that name.
        NotSo: the parent stands below the tag itself.
        NotFound: there is no such parent.
    """
    tag = replace(changed, name=tidy(changed.name, "tag"), definition=canonical(changed.definition))
    _refuse_taken(_other(archive.tags.by_name(tag.name), tag), "tag", tag.name)
    _refuse_parent(archive, tag)
    with archive.deed("edit tag", {"tag": tag.id}):
        archive.tags.put(tag)
    return tag


def delete_tag(archive: Archive, tag: Tag) -> Tag:
    """Take the tag away; quotes keep it out of sight, and show it again after `restore_tag`."""
    put_into_bin(archive, [tag])
    return tag


def restore_tag(archive: Archive, tag: Tag) -> Tag:
    _refuse_taken(archive.tags.by_name(tag.name), "tag", tag.name)
    take_from_bin(archive, [tag])
    return tag


def add_case(
    archive: Archive, name: str, *, aliases: Iterable[str] = (), summary: str = "", colour: str = ""
) -> Case:
    """Make a case.

    Raises:
        NameTaken: there is one of that name.
    """
    name = tidy(name, "case")
    _refuse_taken(archive.cases.by_name(name), "case", name)
    case = Case(CaseId(new_id()), name, canonical(summary), distinct(aliases), colour=colour)
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
    """Keep a case as it was changed: its name, summary, aliases, notes, colour; and link or unlink quotes.

    Raises:
        NameTaken: another has that name.
    """
    case = replace(
        changed,
        name=tidy(changed.name, "case"),
        summary=canonical(changed.summary),
        aliases=distinct(changed.aliases),
        notes=canonical(changed.notes),
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
    """Take the case away; its quotes stay, and `restore_case` brings it back with them."""
    put_into_bin(archive, [case])
    return case


def restore_case(archive: Archive, case: Case) -> Case:
    _refuse_taken(archive.cases.by_name(case.name), "case", case.name)
    take_from_bin(archive, [case])
    return case


def order_case(archive: Archive, case: Case, quote_ids: Sequence[QuoteId]) -> None:
    """Put the quotes of a case into this order; those that are not named keep theirs, behind them.

    Raises:
        NotFound: one of them is not in the case.
    """
    known = [quote.id for quote in archive.quotes.of_case(case.id)]
    for quote_id in quote_ids:
        if quote_id not in known:
            raise NotFound("quote of this case", quote_id)
    ordered = dict.fromkeys((*quote_ids, *known))
    with archive.deed("order quotes", {"case": case.id}):
        for position, quote_id in enumerate(ordered, start=1):
            archive.quotes.move(quote_id, case.id, position)


def set_role(archive: Archive, case: Case, quote_id: QuoteId, role: Role) -> None:
    """Say what a quote does for a case.

    Raises:
        NotFound: it is not in the case.
    """
    quote = archive.quotes.get(quote_id)
    if quote is None or case.id not in {link.case_id for link in quote.cases}:
        raise NotFound("quote of this case", quote_id)
    with archive.deed("change role", {"case": case.id, "quote": quote_id}):
        archive.quotes.link(quote_id, case.id, role)


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
            document.id, [Metadatum(field, one_line(value), USER) for field, value in fields.items()]
        )
        if Field.LANGUAGE in fields:
            archive.documents.set_language(document.id, one_line(fields[Field.LANGUAGE]) or None)
    return archive.documents.get(document.id) or document


def delete_documents(archive: Archive, documents: Sequence[Document]) -> None:
    """Put documents into the bin; their originals stay, and `restore_documents` brings all back."""
    put_into_bin(archive, documents)


def restore_documents(archive: Archive, documents: Sequence[Document]) -> None:
    take_from_bin(archive, documents)


def _refuse_parent(archive: Archive, tag: Tag) -> None:
    """A tag stands under one that lives, and never below itself; it may stay under one that was deleted."""
    if tag.parent_id is None:
        return
    parent = archive.tags.get(tag.parent_id)
    before = archive.tags.get(tag.id)
    if parent is None or (parent.deleted and (before is None or before.parent_id != parent.id)):
        raise NotFound("tag", parent.name if parent else tag.parent_id)
    if tag.id in archive.tags.line_of(parent.id):
        raise NotSo(f"a tag that “{tag.name}” can stand under, for it stands below it", parent.name)


def _refuse_taken(known: object, kind: str, name: str) -> None:
    if known is not None:
        raise NameTaken(kind, name)


def _other(known: Tag | Case | None, this: Tag | Case) -> Tag | Case | None:
    return known if known and known.id != this.id else None
