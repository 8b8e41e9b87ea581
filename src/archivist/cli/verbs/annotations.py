"""Verbs for what advocates add: quote, tag, case, document."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

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
Thing = TypeVar("Thing")
Deeds = dict[str, Callable[[Archive], Thing]]


def quote_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Quote] = {
        "edit": lambda archive: _edit_quote(archive, arguments),
        "delete": lambda archive: delete_quote(archive, find_quote(archive, arguments.name)),
        "restore": lambda archive: restore_quote(archive, find_quote(archive, arguments.name, deleted=True)),
    }
    with opened(arguments, secrets) as archive:
        deed = deeds.get(arguments.deed)
        quote = deed(archive) if deed else _new_quote(archive, arguments, output)
    return _made(output, "quote", quote.id, " ".join(quote.anchor.exact.split()))


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


def _edit_quote(archive: Archive, arguments: argparse.Namespace) -> Quote:
    removed = tuple(find_tag(archive, name).id for name in arguments.remove_tag)
    if arguments.note is None and not arguments.tag and not removed:
        raise UsageError(
            "Say what to change: --note, --tag or --remove-tag; cases take quotes by “case edit”."
        )
    change = QuoteChange(arguments.note, tuple(arguments.tag), removed)
    return edit_quote(archive, find_quote(archive, arguments.name), change)


def tag_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Tag] = {
        "add": lambda archive: organising.add_tag(
            archive, arguments.name, definition=arguments.definition or "", colour=arguments.colour or ""
        ),
        "rename": lambda archive: organising.save_tag(
            archive, replace(find_tag(archive, arguments.name), name=arguments.new_name)
        ),
        "edit": lambda archive: organising.save_tag(
            archive, _with(find_tag(archive, arguments.name), arguments, "definition", "colour")
        ),
        "delete": lambda archive: organising.delete_tag(archive, find_tag(archive, arguments.name)),
        "restore": lambda archive: organising.restore_tag(
            archive, find_tag(archive, arguments.name, deleted=True)
        ),
    }
    with opened(arguments, secrets) as archive:
        tag = deeds[arguments.deed](archive)
    return _made(output, "tag", tag.id, tag.name)


def case_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Case] = {
        "add": lambda archive: organising.add_case(
            archive, arguments.name, aliases=arguments.alias, summary=arguments.summary or ""
        ),
        "rename": lambda archive: organising.save_case(
            archive, replace(find_case(archive, arguments.name), name=arguments.new_name)
        ),
        "edit": lambda archive: _edit_case(archive, arguments),
        "delete": lambda archive: organising.delete_case(archive, find_case(archive, arguments.name)),
        "restore": lambda archive: organising.restore_case(
            archive, find_case(archive, arguments.name, deleted=True)
        ),
    }
    with opened(arguments, secrets) as archive:
        case = deeds[arguments.deed](archive)
    return _made(output, "case", case.id, case.name)


def document_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    deeds: Deeds[Document] = {
        "rename": lambda archive: organising.edit_document(
            archive, find_document(archive, arguments.name), title=arguments.new_name
        ),
        "edit": lambda archive: _edit_document(archive, arguments),
        "delete": lambda archive: organising.delete_document(archive, find_document(archive, arguments.name)),
        "restore": lambda archive: organising.restore_document(
            archive, find_document(archive, arguments.name, deleted=True)
        ),
    }
    with opened(arguments, secrets) as archive:
        document = deeds[arguments.deed](archive)
        hidden = len(archive.quotes.of_document(document.id, hidden=True))
    if arguments.deed == "delete" and hidden:
        output.warn(f"Its quotes ({hidden}) are out of sight until “archivist document … restore”.")
    return _made(output, "document", document.id, document.title)


def _edit_case(archive: Archive, arguments: argparse.Namespace) -> Case:
    case = find_case(archive, arguments.name)
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


def _edit_document(archive: Archive, arguments: argparse.Namespace) -> Document:
    options = vars(arguments)
    fields: dict[Field, str] = {}
    for field in Field:
        if field is not Field.TITLE and options[field] is not None:
            fields[field] = options[field]
    if not fields and arguments.title is None:
        raise UsageError("Say what to change, for instance --author NAME; see “archivist document --help”.")
    document = find_document(archive, arguments.name)
    return organising.edit_document(archive, document, title=arguments.title, fields=fields)


def _made(output: Output, kind: str, identity: str, name: str) -> int:
    output.row({"kind": kind, "id": identity, "name": name})
    output.line(f"{identity}  {name}")
    return 0
