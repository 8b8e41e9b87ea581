"""Verbs for what advocates add: quote, tag, case, document."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from archivist.archive.archive import Archive
from archivist.cli.arguments import UsageError
from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.cli.verbs.opened import opened
from archivist.model.case import Case
from archivist.model.document import Document, Field
from archivist.model.errors import NotFound
from archivist.model.ids import name_key
from archivist.model.quote import Quote, Role
from archivist.model.tag import Tag
from archivist.services import organising
from archivist.services.annotating import (
    Mark,
    QuoteChange,
    TooFew,
    delete_quote,
    edit_quote,
    find_words,
    quote_passage,
    restore_quote,
)
from archivist.services.naming import find_case, find_document, find_quote, find_tag

Changed = TypeVar("Changed", Tag, Case)
Thing = TypeVar("Thing", Document, Quote, Tag, Case)
Found_co = TypeVar("Found_co", Document, Quote, Tag, Case, covariant=True)
Deeds = Mapping[str, Callable[[Archive, Thing], Thing | None]]


def quote_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Quote] = {
        "edit": lambda archive, quote: _edit_quote(archive, quote, arguments),
        "delete": delete_quote,
        "restore": restore_quote,
    }
    with opened(arguments, secrets) as archive:
        if arguments.deed:
            quote = _done(archive, arguments, find_quote, deeds)
        else:
            quote = _new_quote(archive, arguments, output)
    return _made(output, "quote", quote.id, " ".join(quote.anchor.exact.split()))


def tag_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Tag] = {
        "rename": lambda archive, tag: organising.save_tag(archive, replace(tag, name=arguments.new_name)),
        "edit": lambda archive, tag: _edit_tag(archive, tag, arguments),
        "delete": organising.delete_tag,
        "restore": organising.restore_tag,
    }
    with opened(arguments, secrets) as archive:
        is_new = arguments.deed == "add"
        tag = _add_tag(archive, arguments) if is_new else _done(archive, arguments, find_tag, deeds)
    return _made(output, "tag", tag.id, tag.name)


def case_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Case] = {
        "rename": lambda archive, case: organising.save_case(archive, replace(case, name=arguments.new_name)),
        "edit": lambda archive, case: _edit_case(archive, case, arguments),
        "delete": organising.delete_case,
        "restore": organising.restore_case,
    }
    with opened(arguments, secrets) as archive:
        is_new = arguments.deed == "add"
        case = _add_case(archive, arguments) if is_new else _done(archive, arguments, find_case, deeds)
    return _made(output, "case", case.id, case.name)


def document_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Document] = {
        "rename": lambda archive, document: organising.edit_document(
            archive, document, title=arguments.new_name
        ),
        "edit": lambda archive, document: _edit_document(archive, document, arguments),
        "delete": lambda archive, document: organising.delete_documents(archive, [document]),
        "restore": lambda archive, document: organising.restore_documents(archive, [document]),
    }
    with opened(arguments, secrets) as archive:
        document = _done(archive, arguments, find_document, deeds)
        hidden = len(archive.quotes.of_document(document.id, hidden=True))
    if arguments.deed == "delete" and hidden:
        output.warn(f"Its quotes ({hidden}) are out of sight until “archivist document … restore”.")
    return _made(output, "document", document.id, document.title)


class _Find(Protocol[Found_co]):
    def __call__(self, archive: Archive, name: str, /, *, deleted: bool) -> Found_co: ...


def _done(archive: Archive, arguments: argparse.Namespace, find: _Find[Thing], deeds: Deeds[Thing]) -> Thing:
    """The thing that was named, as it is after the deed."""
    thing = find(archive, arguments.name, deleted=arguments.deed == "restore")
    return deeds[arguments.deed](archive, thing) or thing


def _new_quote(archive: Archive, arguments: argparse.Namespace, output: Output) -> Quote:
    document = find_document(archive, arguments.name)
    role = Role(arguments.role)
    cases = tuple((find_case(archive, name).id, role) for name in arguments.case)
    spans = find_words(archive, document, arguments.text)
    if arguments.occurrence and arguments.occurrence > len(spans):
        raise TooFew(len(spans))
    if len(spans) > 1 and not arguments.occurrence:
        output.warn(
            f"These words stand {len(spans)} times in the text; the first was taken,"
            " use --occurrence for another."
        )
    mark = Mark(tuple(arguments.tag), cases, arguments.note or "")
    return quote_passage(archive, document, spans[(arguments.occurrence or 1) - 1], mark)


def _edit_quote(archive: Archive, quote: Quote, arguments: argparse.Namespace) -> Quote:
    removed = tuple(find_tag(archive, name).id for name in arguments.remove_tag)
    if arguments.note is None and not arguments.tag and not removed:
        raise UsageError(
            "Say what to change: --note, --tag or --remove-tag; cases take quotes by “case edit”."
        )
    change = QuoteChange(arguments.note, tuple(arguments.tag), removed)
    return edit_quote(archive, quote, change)


def _add_tag(archive: Archive, arguments: argparse.Namespace) -> Tag:
    parent = find_tag(archive, arguments.parent).id if arguments.parent else None
    definition, colour = arguments.definition or "", arguments.colour or ""
    return organising.add_tag(archive, arguments.name, definition=definition, colour=colour, parent=parent)


def _edit_tag(archive: Archive, tag: Tag, arguments: argparse.Namespace) -> Tag:
    changed = _with(tag, arguments, "definition", "colour")
    if arguments.parent is not None:
        parent = find_tag(archive, arguments.parent).id if arguments.parent else None
        changed = replace(changed, parent_id=parent)
    return organising.save_tag(archive, changed)


def _add_case(archive: Archive, arguments: argparse.Namespace) -> Case:
    return organising.add_case(
        archive, arguments.name, aliases=arguments.alias, summary=arguments.summary or ""
    )


def _edit_case(archive: Archive, case: Case, arguments: argparse.Namespace) -> Case:
    asked = ("alias", "remove_alias", "link", "unlink", "summary")
    if not any(getattr(arguments, name) for name in asked) and arguments.summary is None:
        raise UsageError(
            "Say what to change, for instance --summary TEXT; see “archivist case x edit --help”."
        )
    in_case = {quote.id for quote in archive.quotes.of_case(case.id)}
    linked = [find_quote(archive, name).id for name in arguments.link]
    unlinked = [find_quote(archive, name).id for name in arguments.unlink]
    for name, quote_id in zip(arguments.unlink, unlinked, strict=True):
        if quote_id not in in_case:
            raise NotFound("quote of this case", name)
    removed = {name_key(name): name for name in arguments.remove_alias}
    for key in removed.keys() - {name_key(alias) for alias in case.aliases}:
        raise NotFound("alias of this case", removed[key])
    aliases = [name for name in (*case.aliases, *arguments.alias) if name_key(name) not in removed]
    changed = replace(_with(case, arguments, "summary"), aliases=tuple(aliases))
    links = organising.Links(tuple(linked), tuple(unlinked), Role(arguments.role))
    return organising.save_case(archive, changed, links)


def _with(thing: Changed, arguments: argparse.Namespace, *names: str) -> Changed:
    """The thing with those of its fields changed that were given as options."""
    given = {name: getattr(arguments, name) for name in names}
    return replace(thing, **{name: value for name, value in given.items() if value is not None})


def _edit_document(archive: Archive, document: Document, arguments: argparse.Namespace) -> Document:
    options = vars(arguments)
    fields: dict[Field, str] = {}
    for field in Field:
        if field is not Field.TITLE and options[field] is not None:
            fields[field] = options[field]
    if not fields and arguments.title is None:
        raise UsageError("Say what to change, for instance --author NAME; see “archivist document --help”.")
    return organising.edit_document(archive, document, title=arguments.title, fields=fields)


def _made(output: Output, kind: str, identity: str, name: str) -> int:
    output.row({"kind": kind, "id": identity, "name": name})
    output.line(f"{identity}  {name}")
    return 0
