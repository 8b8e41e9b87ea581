"""Marking passages: words of a document become a quote with tags, cases and a note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archivist.archive.archive import Archive
from archivist.model.anchor import Anchor, Quad, Span
from archivist.model.document import Document, DocumentKind
from archivist.model.errors import NotDone, NotFound, WordsNotInText
from archivist.model.ids import CaseId, QuoteId, TagId, name_key, natural_id, new_id
from archivist.model.quote import Quote, Role
from archivist.model.tag import Tag
from archivist.model.text import Text, canonical
from archivist.services.bin import put_into_bin, take_from_bin
from archivist.services.naming import tidy


@dataclass(frozen=True, slots=True)
class Mark:
    """What goes with a new quote. Tags are names, and made where unknown; cases are known."""

    tags: tuple[str, ...] = ()
    cases: tuple[tuple[CaseId, Role], ...] = ()
    note: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """What is to be changed of a quote; None leaves note and colour as they are.

    New tags are made where unknown. A case that the quote is in already is given the role that is named.
    """

    note: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[TagId, ...] = ()
    colour: str | None = None
    add_cases: tuple[tuple[CaseId, Role], ...] = ()
    remove_cases: tuple[CaseId, ...] = ()


def find_words(archive: Archive, document: Document, words: str) -> list[Span]:
    """Where `words` stand in the document's text; runs of white space are equal.

    Raises:
        WordsNotInText: nowhere.
    """
    text = text_of(archive, document)
    pattern = r"\s+".join(map(re.escape, canonical(words).split()))
    spans = [Span(*match.span()) for match in re.finditer(pattern, text.content)] if pattern else []
    if not spans:
        raise WordsNotInText(document.title)
    return spans


class TooFew(NotDone):
    """The words do not stand so often in the text."""

    def __init__(self, count: int) -> None:
        times = "once" if count == 1 else f"{count} times"
        super().__init__(f"These words stand only {times} in the text; choose a smaller --occurrence.")


def quote_passage(archive: Archive, document: Document, span: Span, mark: Mark) -> Quote:
    """Mark a passage, in one deed with the tags that it makes."""
    text = text_of(archive, document)
    quote = Quote(
        id=QuoteId(new_id()),
        document_id=document.id,
        anchor=_anchor(archive, document, text, span),
        note=canonical(mark.note),
        created_at=datetime.now(UTC),
        colour=mark.colour,
    )
    with archive.deed("quote", {"document": document.id, "quote": quote.id}):
        archive.quotes.add(quote)
        for name in mark.tags:
            archive.quotes.tag(quote.id, tag_named(archive, name).id)
        for case_id, role in mark.cases:
            archive.quotes.link(quote.id, case_id, role)
    return archive.quotes.get(quote.id) or quote


def edit_quote(archive: Archive, quote: Quote, change: QuoteChange) -> Quote:
    """Change what the advocate says of a passage; its words and its place never change."""
    with archive.deed("edit quote", {"quote": quote.id}):
        if change.note is not None:
            archive.quotes.set_note(quote.id, canonical(change.note))
        if change.colour is not None:
            archive.quotes.set_colour(quote.id, change.colour)
        for name in change.add_tags:
            archive.quotes.tag(quote.id, tag_named(archive, name).id)
        for tag_id in change.remove_tags:
            archive.quotes.tag(quote.id, tag_id, tagged=False)
        for case_id, role in change.add_cases:
            archive.quotes.link(quote.id, case_id, role)
        for case_id in change.remove_cases:
            archive.quotes.unlink(quote.id, case_id)
    return archive.quotes.get(quote.id) or quote


def delete_quote(archive: Archive, quote: Quote) -> Quote:
    """Take the mark away; `restore_quote` brings it back with its tags and cases."""
    put_into_bin(archive, [quote])
    return quote


def restore_quote(archive: Archive, quote: Quote) -> Quote:
    take_from_bin(archive, [quote])
    return quote


def delete_quotes(archive: Archive, quotes: Sequence[Quote]) -> None:
    """As `delete_quote`, all in one deed."""
    put_into_bin(archive, quotes)


def restore_quotes(archive: Archive, quotes: Sequence[Quote]) -> None:
    take_from_bin(archive, quotes)


def tag_named(archive: Archive, name: str) -> Tag:
    """The tag of that name, made where there is none. Call it inside a deed."""
    name = tidy(name, "tag")
    if known := archive.tags.by_name(name):
        return known
    tag = Tag(id=new_tag_id(archive, name), name=name)
    archive.tags.put(tag)
    return tag


def new_tag_id(archive: Archive, name: str) -> TagId:
    """The same name makes the same tag in every copy, unless that id has another life already.

    A renamed tag may hold it, or a deleted one that old quotes still carry: those must not
    come back unasked.
    """
    natural = TagId(natural_id("tag", name_key(name)))
    return natural if archive.tags.is_free(natural) else TagId(new_id())


def text_of(archive: Archive, document: Document) -> Text:
    text = archive.texts.get(document.text_id) if document.text_id else None
    if text is None:
        raise NotFound("text of", document.title)
    return text


def _anchor(archive: Archive, document: Document, text: Text, span: Span) -> Anchor:
    page = text.page_at(span.start)
    anchor = Anchor.at(text.id, text.content, span, page)
    if document.kind is DocumentKind.PDF and page is not None:
        return replace(anchor, quads=_quads(archive, document, text, span, page))
    return anchor


def _quads(archive: Archive, document: Document, text: Text, span: Span, page: int) -> tuple[Quad, ...]:
    """The boxes of the words on their first page; empty where the page cannot be read again."""
    section = text.pages[page - 1]
    end = min(span.end, section.end)
    return tuple(
        archive.sandbox.rectangles(
            archive.originals.read(document.sha256),
            page=page,
            span=Span(span.start - section.start, end - section.start),
            exact=text.content[span.start : end],
        )
    )
