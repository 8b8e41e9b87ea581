"""Quotes with their tags and places in cases as rows."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archivist.model.anchor import Anchor, Quad
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId, TextId, natural_id
from archivist.model.quote import CaseLink, Quote, Role
from archivist.storage.times import from_column, to_column

# One query brings a quote with its live links, so that a list of quotes is one question.
_QUOTES = """
    SELECT quotes.*,
        (SELECT json_group_array(tag_id) FROM
            (SELECT tag_id FROM quote_tags JOIN tags ON tags.id = tag_id
             WHERE quote_id = quotes.id AND NOT quote_tags.deleted AND NOT tags.deleted
             ORDER BY tags.name_key, tags.id)) AS tag_ids,
        (SELECT json_group_array(json_array(case_id, role, position)) FROM
            (SELECT case_id, role, position FROM case_quotes JOIN cases ON cases.id = case_id
             WHERE quote_id = quotes.id AND NOT case_quotes.deleted AND NOT cases.deleted
             ORDER BY cases.name_key, cases.id)) AS case_links
    FROM quotes JOIN documents ON documents.id = document_id
"""
_LIVE = "NOT quotes.deleted AND NOT documents.deleted"
_ORDER = "ORDER BY document_id, json_extract(anchor, '$.start'), quotes.id"


@dataclass(frozen=True, slots=True)
class QuoteStore:
    """Finds and keeps quotes."""

    db: Database

    def add(self, quote: Quote) -> None:
        self.db.execute(
            "INSERT INTO quotes (id, document_id, anchor, note, created_at, colour)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                quote.id,
                quote.document_id,
                _anchor_column(quote.anchor),
                quote.note,
                to_column(quote.created_at),
                quote.colour,
            ],
        )

    def get(self, quote_id: QuoteId) -> Quote | None:
        rows = self.db.query(f"{_QUOTES} WHERE quotes.id = ?", [quote_id])
        return next(map(_quote, rows), None)

    def many(self, quote_ids: Iterable[QuoteId]) -> dict[QuoteId, Quote]:
        """Those of the quotes that there are, deleted ones too."""
        rows = self.db.query(
            f"{_QUOTES} WHERE quotes.id IN (SELECT value FROM json_each(?))",  # noqa: S608 -- a constant
            [json.dumps(list(quote_ids))],
        )
        return {quote.id: quote for quote in map(_quote, rows)}

    def all(self) -> list[Quote]:
        return list(map(_quote, self.db.query(f"{_QUOTES} WHERE {_LIVE} {_ORDER}")))

    def deleted(self) -> list[Quote]:
        return list(map(_quote, self.db.query(f"{_QUOTES} WHERE quotes.deleted {_ORDER}")))

    def ids(self) -> list[QuoteId]:
        """Those of `all`, in the order of their making."""
        rows = self.db.execute(
            "SELECT quotes.id FROM quotes JOIN documents ON documents.id = document_id"
            " WHERE NOT quotes.deleted AND NOT documents.deleted ORDER BY quotes.id"
        ).fetchall()
        return [QuoteId(found) for (found,) in rows]

    def of_document(self, document_id: DocumentId, *, hidden: bool = False) -> list[Quote]:
        """The quotes of a document; with `hidden` also those of a deleted one."""
        live = "NOT quotes.deleted" if hidden else _LIVE
        rows = self.db.query(f"{_QUOTES} WHERE {live} AND document_id = ? {_ORDER}", [document_id])
        return list(map(_quote, rows))

    def of_case(self, case_id: CaseId) -> list[Quote]:
        """The quotes of a case in the order set by hand."""
        rows = self.db.query(
            f"{_QUOTES} JOIN case_quotes AS link ON link.quote_id = quotes.id AND NOT link.deleted"
            f" WHERE {_LIVE} AND link.case_id = ? ORDER BY link.position, quotes.id",
            [case_id],
        )
        return list(map(_quote, rows))

    def named(self, name: str, *, deleted: bool = False) -> list[Quote]:
        """Quotes whose id starts with `name`."""
        rows = self.db.query(
            f"{_QUOTES} WHERE quotes.deleted = ?"
            " AND (quotes.id = ? OR (length(?) >= 4 AND substr(quotes.id, 1, length(?)) = ?))",
            [int(deleted), name, name, name, name],
        )
        return list(map(_quote, rows))

    def set_note(self, quote_id: QuoteId, note: str) -> None:
        self.db.execute("UPDATE quotes SET note = ? WHERE id = ?", [note, quote_id])

    def set_colour(self, quote_id: QuoteId, colour: str) -> None:
        self.db.execute("UPDATE quotes SET colour = ? WHERE id = ?", [colour, quote_id])

    def mark_deleted(self, quote_id: QuoteId, *, deleted: bool) -> None:
        self.db.execute("UPDATE quotes SET deleted = ? WHERE id = ?", [int(deleted), quote_id])

    def tag(self, quote_id: QuoteId, tag_id: TagId, *, tagged: bool = True) -> None:
        self.db.execute(
            """
            INSERT INTO quote_tags (id, quote_id, tag_id, deleted) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET deleted = excluded.deleted
            """,
            [natural_id("quote_tag", quote_id, tag_id), quote_id, tag_id, int(not tagged)],
        )

    def tagged(self, tag_id: TagId) -> list[QuoteId]:
        """All that carry the tag, deleted quotes too."""
        rows = self.db.execute(
            "SELECT quote_id FROM quote_tags WHERE tag_id = ? AND NOT deleted ORDER BY quote_id", [tag_id]
        ).fetchall()
        return [QuoteId(found) for (found,) in rows]

    def linked(self, case_id: CaseId) -> list[tuple[QuoteId, Role]]:
        """All that are in the case, deleted quotes too, in the order set by hand."""
        rows = self.db.execute(
            "SELECT quote_id, role FROM case_quotes WHERE case_id = ? AND NOT deleted"
            " ORDER BY position, quote_id",
            [case_id],
        ).fetchall()
        return [(QuoteId(found), Role(role)) for found, role in rows]

    def link(self, quote_id: QuoteId, case_id: CaseId, role: Role) -> None:
        """Put the quote into the case, at its end; a quote that is there keeps its place."""
        self.db.execute(
            """
            INSERT INTO case_quotes (id, case_id, quote_id, role, position)
            SELECT ?, ?, ?, ?, 1 + coalesce(max(position), 0) FROM case_quotes WHERE case_id = ?
            ON CONFLICT (id) DO UPDATE SET role = excluded.role, deleted = 0
            """,
            [natural_id("case_quote", case_id, quote_id), case_id, quote_id, role, case_id],
        )

    def append(self, quote_id: QuoteId, case_id: CaseId, role: Role) -> None:
        """As `link`, and always at the end, also where the quote had a place before."""
        self.link(quote_id, case_id, role)
        self.db.execute(
            """
            UPDATE case_quotes SET position =
                (SELECT 1 + max(position) FROM case_quotes WHERE case_id = ? AND quote_id != ?)
            WHERE case_id = ? AND quote_id = ?
                AND EXISTS (SELECT 1 FROM case_quotes WHERE case_id = ? AND quote_id != ?)
            """,
            [case_id, quote_id] * 3,
        )

    def unlink(self, quote_id: QuoteId, case_id: CaseId) -> None:
        self.db.execute(
            "UPDATE case_quotes SET deleted = 1 WHERE case_id = ? AND quote_id = ?", [case_id, quote_id]
        )

    def move(self, quote_id: QuoteId, case_id: CaseId, position: int) -> None:
        self.db.execute(
            "UPDATE case_quotes SET position = ? WHERE case_id = ? AND quote_id = ?",
            [position, case_id, quote_id],
        )


def _anchor_column(anchor: Anchor) -> str:
    return json.dumps(asdict(anchor), ensure_ascii=False, sort_keys=True)


def _anchor(column: str) -> Anchor:
    value = json.loads(column)
    quads = tuple(Quad(**quad) for quad in value["quads"])
    return Anchor(**value | {"text_id": TextId(value["text_id"]), "quads": quads})


def _quote(row: dict[str, Any]) -> Quote:
    return Quote(
        id=QuoteId(row["id"]),
        document_id=DocumentId(row["document_id"]),
        anchor=_anchor(row["anchor"]),
        note=row["note"],
        created_at=from_column(row["created_at"]),
        tags=tuple(map(TagId, json.loads(row["tag_ids"]))),
        cases=tuple(
            CaseLink(CaseId(case_id), Role(role), position)
            for case_id, role, position in json.loads(row["case_links"])
        ),
        deleted=bool(row["deleted"]),
        colour=row["colour"],
    )
