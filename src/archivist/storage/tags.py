"""The codebook as rows."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archivist.model.ids import TagId, name_key
from archivist.model.tag import Tag

_TAGS = """
    SELECT tags.*, (
        SELECT count(*) FROM quote_tags
        JOIN quotes ON quotes.id = quote_id AND NOT quotes.deleted
        JOIN documents ON documents.id = document_id AND NOT documents.deleted
        WHERE tag_id = tags.id AND NOT quote_tags.deleted
    ) AS quotes FROM tags
"""


@dataclass(frozen=True, slots=True)
class TagStore:
    """Finds and keeps tags."""

    db: Database

    def put(self, tag: Tag) -> None:
        """Add the tag, or write it over the row of the same id (bringing back a deleted one)."""
        self.db.execute(
            """
            INSERT INTO tags (id, name, name_key, definition, colour) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
                definition = excluded.definition, colour = excluded.colour, deleted = 0
            """,
            [tag.id, tag.name, name_key(tag.name), tag.definition, tag.colour],
        )

    def get(self, tag_id: TagId) -> Tag | None:
        return next(map(_tag, self.db.query(f"{_TAGS} WHERE tags.id = ?", [tag_id])), None)

    def all(self, *, deleted: bool = False) -> list[Tag]:
        rows = self.db.query(f"{_TAGS} WHERE tags.deleted = ? ORDER BY name_key, tags.id", [int(deleted)])
        return list(map(_tag, rows))

    def by_name(self, name: str) -> Tag | None:
        rows = self.db.query(f"{_TAGS} WHERE name_key = ? AND NOT tags.deleted", [name_key(name)])
        return next(map(_tag, rows), None)

    def named(self, name: str, *, deleted: bool = False) -> list[Tag]:
        """Tags of that name, or whose id starts with it."""
        rows = self.db.query(
            f"{_TAGS} WHERE tags.deleted = ?"
            " AND (name_key = ? OR tags.id = ? OR (length(?) >= 4 AND substr(tags.id, 1, length(?)) = ?))",
            [int(deleted), name_key(name), name, name, name, name],
        )
        return list(map(_tag, rows))

    def is_free(self, tag_id: TagId) -> bool:
        """Whether a tag may be made under this id: there is none, or a deleted one that no quote carries."""
        (held,) = self.db.execute(
            """
            SELECT EXISTS (SELECT 1 FROM tags WHERE id = ? AND NOT deleted)
                OR EXISTS (SELECT 1 FROM quote_tags WHERE tag_id = ? AND NOT deleted)
            """,
            [tag_id, tag_id],
        ).fetchone()
        return not held

    def mark_deleted(self, tag_id: TagId, *, deleted: bool) -> None:
        self.db.execute("UPDATE tags SET deleted = ? WHERE id = ?", [int(deleted), tag_id])


def _tag(row: dict[str, Any]) -> Tag:
    return Tag(
        id=TagId(row["id"]),
        name=row["name"],
        definition=row["definition"],
        colour=row["colour"],
        quotes=row["quotes"],
        deleted=bool(row["deleted"]),
    )
