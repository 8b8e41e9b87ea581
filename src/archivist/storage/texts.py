"""Canonical texts as rows. A text is added once and never changes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archivist.model.ids import DocumentId, TextId
from archivist.model.text import Section, SectionKind, Text, TextOrigin
from archivist.storage.times import now, to_column

_WIDEST = 4  # bytes of a character in UTF-8


@dataclass(frozen=True, slots=True)
class TextStore:
    """Finds and keeps texts."""

    db: Database

    def add(self, text: Text) -> None:
        """Add the text; the same text by the same engine is there already after a second import."""
        sections = [[s.start, s.end, s.kind, s.label] for s in text.sections]
        self.db.execute(
            """
            INSERT INTO texts (id, document_id, origin, engine, engine_version, language, content,
                               sha256, characters, sections, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                text.id,
                text.document_id,
                text.origin,
                text.engine,
                text.engine_version,
                text.language,
                text.content,
                text.sha256,
                len(text.content),
                json.dumps(sections, ensure_ascii=False),
                to_column(now()),
            ],
        )

    def get(self, text_id: TextId) -> Text | None:
        rows = self.db.query("SELECT * FROM texts WHERE id = ?", [text_id])
        return next(map(_text, rows), None)

    def sections_of(self, text_ids: Iterable[TextId]) -> dict[TextId, tuple[Section, ...]]:
        """The tables of pages and parts alone; the contents are not read."""
        rows = self.db.execute(
            "SELECT id, sections FROM texts WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(text_ids))],
        ).fetchall()
        return {TextId(text_id): _sections(sections) for text_id, sections in rows}

    def beginning(self, text_id: TextId, characters: int) -> str:
        """How the text begins; no more of it is read than that, as long as it may be."""
        row = self.db.execute("SELECT rowid FROM texts WHERE id = ?", [text_id]).fetchone()
        if row is None:
            return ""
        connection: Any = self.db.conn  # typed as Python's own, whose name for this is another
        with connection.open_blob("texts", "content", row[0], readonly=True) as content:
            raw: bytes = content.read(_WIDEST * characters)
        return raw.decode("utf-8", "ignore")[:characters]

    def of(self, document_id: DocumentId) -> list[TextId]:
        rows = self.db.query(
            "SELECT id FROM texts WHERE document_id = ? ORDER BY created_at, id", [document_id]
        )
        return [TextId(row["id"]) for row in rows]


def _text(row: dict[str, Any]) -> Text:
    return Text(
        id=TextId(row["id"]),
        document_id=DocumentId(row["document_id"]),
        origin=TextOrigin(row["origin"]),
        engine=row["engine"],
        engine_version=row["engine_version"],
        language=row["language"],
        content=row["content"],
        sha256=row["sha256"],
        sections=_sections(row["sections"]),
    )


def _sections(column: str) -> tuple[Section, ...]:
    return tuple(
        Section(start, end, SectionKind(kind), label) for start, end, kind, label in json.loads(column)
    )
