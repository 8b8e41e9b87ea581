"""The codebook as rows."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archivist.model.ids import TagId, name_key
from archivist.model.tag import Tag
from archivist.storage.links import HIDDEN_QUOTES

_TAGS = f"""
    SELECT tags.*, (
        SELECT count(*) FROM quote_tags
        WHERE tag_id = tags.id AND deleted = 0 AND quote_id NOT IN {HIDDEN_QUOTES}
    ) AS quotes FROM tags
"""  # noqa: S608 -- a constant


@dataclass(frozen=True, slots=True)
class TagStore:
    """Finds and keeps tags."""

    db: Database

    def put(self, tag: Tag) -> None:
        """Add the tag, or write it over the row of the same id (bringing back a deleted one)."""
        self.db.execute(
            """
            INSERT INTO tags (id, name, name_key, definition, colour, parent_id) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
                definition = excluded.definition, colour = excluded.colour,
                parent_id = excluded.parent_id, deleted = 0
            """,
            [tag.id, tag.name, name_key(tag.name), tag.definition, tag.colour, tag.parent_id],
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

    def line_of(self, tag_id: TagId) -> list[TagId]:
        """The tag and all that it stands under, deleted ones too; a circle is gone round once."""
        rows = self.db.execute(
            """
            WITH RECURSIVE line (id) AS (
                VALUES (?) UNION SELECT parent_id FROM tags JOIN line USING (id) WHERE parent_id IS NOT NULL
            )
            SELECT id FROM line
            """,
            [tag_id],
        ).fetchall()
        return [TagId(found) for (found,) in rows]

    def children_of(self, tag_id: TagId) -> list[TagId]:
        """Deleted ones too."""
        rows = self.db.execute("SELECT id FROM tags WHERE parent_id = ? ORDER BY id", [tag_id]).fetchall()
        return [TagId(found) for (found,) in rows]

    def put_under(self, tag_id: TagId, parent_id: TagId | None) -> None:
        self.db.execute("UPDATE tags SET parent_id = ? WHERE id = ?", [parent_id, tag_id])

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
        parent_id=TagId(row["parent_id"]) if row["parent_id"] else None,
    )
