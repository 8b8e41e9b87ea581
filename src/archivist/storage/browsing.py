"""Which documents and quotes a list holds, in which order; ids only, so that a hundred thousand are quick.

SQL chooses, and orders by what stands in one column. What goes by letters is ordered and compared here:
SQLite knows upper and lower case of ASCII only. Ids come as one long string: four times as fast as rows.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlite_utils import Database

from archivist.model.browsing import Listing, Shelf, Sort
from archivist.model.colour import Colour
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId
from archivist.model.text import canonical
from archivist.storage import engine
from archivist.storage.remembering import Remembered
from archivist.storage.reviewing import ReviewStore

_SHELVES: Mapping[Shelf, str] = {
    Shelf.ALL: "deleted = 0",
    Shelf.INBOX: "deleted = 0 AND id NOT IN (SELECT document_id FROM readings)",
    Shelf.RECENT: "deleted = 0 AND id IN (SELECT document_id FROM readings)",
    Shelf.REVIEW: "deleted = 0 AND id IN (SELECT value FROM json_each(?))",
    Shelf.TRASH: "deleted = 1",
}
_COLUMNS: Mapping[Sort, str] = {
    Sort.KIND: "kind",
    Sort.LANGUAGE: "language",
    Sort.PAGES: "pages",
    Sort.SIZE: "size",
}

# For one field the statement that wins: the user's before a file's.
BEST = """
    SELECT document_id, value FROM
        (SELECT document_id, value, min((origin != 'user') || origin) FROM metadata
         WHERE field = '{field}' AND deleted = 0 GROUP BY document_id)
"""
_OF_YEAR = f"(SELECT document_id FROM ({BEST.format(field='date')}) WHERE substr(value, 1, 4) = ?)"  # noqa: S608
_QUOTED = "(SELECT document_id FROM quotes WHERE deleted = 0)"
_VALUES: Mapping[Sort, str] = {
    Sort.DATE: BEST.format(field="date"),
    Sort.PUBLISHER: BEST.format(field="publisher"),
    Sort.QUOTES: "SELECT document_id, count(*) FROM quotes WHERE deleted = 0 GROUP BY document_id",
    Sort.OPENED: "SELECT document_id, opened_at FROM readings",
}

_END = "\x1e"  # canonical text has no such character

Condition = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class QuoteListing:
    """Which quotes. Everything that is said must hold; what is empty is not asked for."""

    tag: TagId | None = None
    case: CaseId | None = None
    colour: str = ""
    deleted: bool = False
    review: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked through for words: the names of each document, and each publisher with its documents."""

    ids: list[str]
    names: list[str]
    publishers: list[tuple[str, str]]  # its documents with commas between them

    def having(self, word: str) -> set[str]:
        found = {one for one, names in zip(self.ids, self.names, strict=True) if word in names}
        return found.union(*(its.split(",") for name, its in self.publishers if word in name))


@dataclass(slots=True)
class BrowsingStore:
    """Answers what lists ask. Reads only, and not within a deed."""

    db: Database
    reviews: ReviewStore
    _by_title: Mapping[bool, Remembered[list[str]]] = field(init=False)
    _words: Mapping[bool, Remembered[_Words]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_title = {
            deleted: Remembered(self.db, ("documents",), partial(self._order_by_title, deleted=deleted))
            for deleted in (False, True)
        }
        self._words = {
            deleted: Remembered(
                self.db, ("documents", "metadata"), partial(self._read_words, deleted=deleted)
            )
            for deleted in (False, True)
        }

    def documents(self, listing: Listing) -> list[DocumentId]:
        """The documents that the listing asks for, in its order."""
        with engine.reading(self.db):
            found = self._matching(listing)
            for word in canonical(listing.words).casefold().split():
                having = self._words[listing.shelf is Shelf.TRASH].get().having(word)
                found = [one for one in found if one in having]
            return list(map(DocumentId, self._ordered(found, listing)))

    def quotes(self, listing: QuoteListing) -> list[QuoteId]:
        """The quotes that the listing asks for: document by document, in the order of the text."""
        where, values = _put_together(_quote_conditions(listing))
        question = f"SELECT id FROM quotes WHERE {where}"  # noqa: S608 -- our own words
        in_order = f"{question} ORDER BY document_id, json_extract(anchor, '$.start'), id"
        with engine.reading(self.db):
            found = list(map(QuoteId, self._ids(in_order, values)))
            if not listing.review:
                return found
            needy = self.reviews.needy(found)
            return [quote_id for quote_id in found if quote_id in needy]

    def _matching(self, listing: Listing) -> list[str]:
        """In the order of a column, or of import."""
        where, values = _put_together(_conditions(listing, self.reviews))
        column = _COLUMNS.get(listing.sort)
        direction = "DESC" if listing.descending else "ASC"
        first = f"{column} {direction} NULLS LAST, " if column else ""
        return self._ids(
            f"SELECT id FROM documents WHERE {where}"  # noqa: S608 -- our own words
            f" ORDER BY {first}imported_at {direction}, id {direction}",
            values,
        )

    def _ordered(self, found: list[str], listing: Listing) -> list[str]:
        """What is not known of a document stands last, either way."""
        sort = listing.sort
        if listing.shelf is Shelf.RECENT and sort is Sort.IMPORTED:
            sort = Sort.OPENED
        if sort is Sort.TITLE:
            wanted = set(found)
            by_title = self._by_title[listing.shelf is Shelf.TRASH].get()
            return [one for one in (reversed(by_title) if listing.descending else by_title) if one in wanted]
        if sort not in _VALUES:
            return found
        values: dict[str, Any] = dict(self.db.execute(_VALUES[sort]).fetchall())
        having: defaultdict[Any, list[str]] = defaultdict(list)
        for one in found:
            having[values.get(one)].append(one)
        unknown = having.pop(None, [])
        keys = {value: _collated(value) if isinstance(value, str) else value for value in having}
        in_order = sorted(having, key=keys.__getitem__, reverse=listing.descending)
        return [one for value in in_order for one in having[value]] + unknown

    def _order_by_title(self, *, deleted: bool) -> list[str]:
        """SQLite knows the letters of ASCII only, and so brings nearly the order that is wanted."""
        ids, titles = self._columns(
            "SELECT id, title AS text FROM documents WHERE deleted = ? ORDER BY title COLLATE NOCASE, id",
            deleted=deleted,
        )
        keys = list(map(_collated, titles))
        return [ids[number] for number in sorted(range(len(ids)), key=keys.__getitem__)]

    def _read_words(self, *, deleted: bool) -> _Words:
        ids, names = self._columns(
            "SELECT id, title || char(10) || file_name AS text FROM documents WHERE deleted = ?",
            deleted=deleted,
        )
        publishers = self.db.execute(
            f"SELECT value, group_concat(document_id) FROM ({_VALUES[Sort.PUBLISHER]}) GROUP BY value"  # noqa: S608
        ).fetchall()
        return _Words(
            ids, [name.casefold() for name in names], [(name.casefold(), its) for name, its in publishers]
        )

    def _columns(self, question: str, *, deleted: bool) -> tuple[list[str], list[str]]:
        order = f"SELECT group_concat(id), group_concat(text, '{_END}') FROM ({question})"  # noqa: S608 -- our own
        ids, texts = self.db.execute(order, [int(deleted)]).fetchone()
        return (ids.split(","), texts.split(_END)) if ids else ([], [])

    def _ids(self, question: str, values: list[str]) -> list[str]:
        order = f"SELECT group_concat(id) FROM ({question})"  # noqa: S608 -- our own words
        (found,) = self.db.execute(order, values).fetchone()
        return found.split(",") if found else []


def _conditions(listing: Listing, reviews: ReviewStore) -> Iterator[Condition]:
    to_review = [json.dumps(list(reviews.documents()))] if listing.shelf is Shelf.REVIEW else []
    yield _SHELVES[listing.shelf], to_review
    if listing.tag:
        yield (
            """id IN (SELECT document_id FROM quotes JOIN quote_tags ON quote_id = quotes.id
               WHERE tag_id = ? AND quote_tags.deleted = 0 AND quotes.deleted = 0)""",
            [listing.tag],
        )
    if listing.case:
        yield (
            """id IN (SELECT document_id FROM quotes JOIN case_quotes ON quote_id = quotes.id
               WHERE case_id = ? AND case_quotes.deleted = 0 AND quotes.deleted = 0)""",
            [listing.case],
        )
    if listing.kinds:
        yield "kind IN (SELECT value FROM json_each(?))", [json.dumps(listing.kinds)]
    if listing.languages:
        yield "coalesce(language, '') IN (SELECT value FROM json_each(?))", [json.dumps(listing.languages)]
    if listing.year:
        yield f"id IN {_OF_YEAR}", [listing.year]
    if listing.has_quotes is not None:
        yield f"id {'IN' if listing.has_quotes else 'NOT IN'} {_QUOTED}", []
    if listing.has_text is not None:
        yield f"text_id IS {'NOT ' if listing.has_text else ''}NULL", []


def _quote_conditions(listing: QuoteListing) -> Iterator[Condition]:
    if listing.deleted:
        yield "deleted = 1", []
    else:
        yield "deleted = 0 AND document_id NOT IN (SELECT id FROM documents WHERE deleted = 1)", []
    if listing.tag:
        yield "id IN (SELECT quote_id FROM quote_tags WHERE tag_id = ? AND deleted = 0)", [listing.tag]
    if listing.case:
        yield "id IN (SELECT quote_id FROM case_quotes WHERE case_id = ? AND deleted = 0)", [listing.case]
    if listing.colour:
        yield f"coalesce(nullif(colour, ''), '{Colour.AMBER}') = ?", [listing.colour]


def _put_together(conditions: Iterable[Condition]) -> Condition:
    conditions = list(conditions)
    return " AND ".join(where for where, _ in conditions), [one for _, values in conditions for one in values]


def _collated(text: str) -> str:
    """Capitals beside small letters, and letters with accents beside those without, in any script."""
    return unicodedata.normalize("NFD", text.casefold())
