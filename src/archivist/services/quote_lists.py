"""Quotes in lists: narrowed by their words, and changed many at a time."""

from collections.abc import Sequence

from archivist.archive.archive import Archive
from archivist.model.ids import CaseId, QuoteId
from archivist.model.quote import Quote, Role
from archivist.model.text import canonical
from archivist.model.writing import flowing
from archivist.services.annotating import tag_named


def quotes_having(archive: Archive, ids: Sequence[QuoteId], words: str) -> list[QuoteId]:
    """Those of `ids`, in their order, in whose words or note each of `words` stands, in any case."""
    wanted = canonical(words).casefold().split()
    if not wanted:
        return list(ids)
    known = archive.quotes.many(ids)
    return [one for one in ids if one in known and _has(known[one], wanted)]


def tag_quotes(archive: Archive, quotes: Sequence[Quote], names: Sequence[str]) -> None:
    """Give all of them these tags, in one deed with the tags that it makes."""
    with archive.deed("tag quotes", _details(quotes)):
        for name in names:
            tag = tag_named(archive, name)
            for quote in quotes:
                archive.quotes.tag(quote.id, tag.id)


def link_quotes(archive: Archive, quotes: Sequence[Quote], cases: Sequence[tuple[CaseId, Role]]) -> None:
    """Put all of them into these cases, in one deed."""
    with archive.deed("add quotes to case", _details(quotes)):
        for case_id, role in cases:
            for quote in quotes:
                archive.quotes.link(quote.id, case_id, role)


def colour_quotes(archive: Archive, quotes: Sequence[Quote], colour: str) -> None:
    with archive.deed("colour quotes", _details(quotes)):
        for quote in quotes:
            archive.quotes.set_colour(quote.id, colour)


def quotes_named(archive: Archive, ids: Sequence[QuoteId]) -> list[Quote]:
    """Those that are there and not deleted, in the order of `ids`."""
    known = archive.quotes.many(ids)
    return [known[one] for one in ids if one in known and not known[one].deleted]


def _has(quote: Quote, words: Sequence[str]) -> bool:
    """Line ends of the source part no words."""
    told = f"{flowing(quote.anchor.exact)}\n{quote.note}".casefold()
    return all(word in told for word in words)


def _details(quotes: Sequence[Quote]) -> dict[str, object]:
    details: dict[str, object] = {"quote": quotes[0].id} if quotes else {}
    return details | ({"count": len(quotes)} if len(quotes) > 1 else {})
