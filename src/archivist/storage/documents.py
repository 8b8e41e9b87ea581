"""Documents, their provenances and metadata as rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archivist.model.document import USER, Document, DocumentKind, Field, Metadatum, Provenance
from archivist.model.ids import DocumentId, TextId, natural_id, new_id
from archivist.storage.times import from_column, to_column

_DOCUMENTS = """
    SELECT documents.*, coalesce(texts.characters, 0) AS characters
    FROM documents LEFT JOIN texts ON texts.id = documents.text_id
"""

_NAMED = """
    WHERE documents.deleted = ? AND (documents.id = ? OR title = ? OR file_name = ?
        OR documents.id IN (SELECT document_id FROM provenances
                            WHERE original_name = ? AND NOT provenances.deleted)
        OR (length(?) >= 4 AND substr(documents.id, 1, length(?)) = ?))
    ORDER BY imported_at, documents.id
"""


@dataclass(frozen=True, slots=True)
class DocumentStore:
    """Finds and keeps documents."""

    db: Database

    def put(self, document: Document) -> None:
        """Add the document, or bring back one of the same bytes that was deleted."""
        self.db.execute(
            """
            INSERT INTO documents (id, sha256, size, kind, title, file_name, language, pages,
                                   text_id, parent_id, warnings, imported_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET deleted = 0, text_id = excluded.text_id,
                kind = excluded.kind, file_name = excluded.file_name, language = excluded.language,
                pages = excluded.pages, warnings = excluded.warnings
            """,
            [
                document.id,
                document.sha256,
                document.size,
                document.kind,
                document.title,
                document.file_name,
                document.language,
                document.pages,
                document.text_id,
                document.parent_id,
                json.dumps(document.warnings, ensure_ascii=False),
                to_column(document.imported_at),
            ],
        )

    def get(self, document_id: DocumentId) -> Document | None:
        rows = self.db.query(f"{_DOCUMENTS} WHERE documents.id = ?", [document_id])
        return next(map(_document, rows), None)

    def many(self, document_ids: Iterable[DocumentId]) -> dict[DocumentId, Document]:
        """Those of the documents that there are, deleted ones too."""
        rows = self.db.query(
            f"{_DOCUMENTS} WHERE documents.id IN (SELECT value FROM json_each(?))",  # noqa: S608 -- a constant
            [json.dumps(list(document_ids))],
        )
        return {document.id: document for document in map(_document, rows)}

    def by_sha256(self, sha256: str) -> Document | None:
        """The live document with these bytes."""
        rows = self.db.query(f"{_DOCUMENTS} WHERE documents.sha256 = ? AND NOT deleted", [sha256])
        return next(map(_document, rows), None)

    def all(self, *, deleted: bool = False) -> list[Document]:
        rows = self.db.query(
            f"{_DOCUMENTS} WHERE documents.deleted = ? ORDER BY imported_at, documents.id", [int(deleted)]
        )
        return list(map(_document, rows))

    def ids(self) -> list[DocumentId]:
        rows = self.db.execute("SELECT id FROM documents WHERE NOT deleted ORDER BY id").fetchall()
        return [DocumentId(found) for (found,) in rows]

    def named(self, name: str, *, deleted: bool = False) -> list[Document]:
        """Documents whose id starts with `name`, or whose title or file name is `name`."""
        rows = self.db.query(_DOCUMENTS + _NAMED, [int(deleted), *[name] * 7])
        return list(map(_document, rows))

    def shas(self) -> set[str]:
        """The originals that any document names, deleted ones too: those may be restored."""
        return {sha for (sha,) in self.db.execute("SELECT sha256 FROM documents").fetchall()}

    def children(self, document_id: DocumentId) -> int:
        (count,) = self.db.execute(
            "SELECT count(*) FROM documents WHERE parent_id = ? AND NOT deleted", [document_id]
        ).fetchone()
        return int(count)

    def retitle(self, document_id: DocumentId, title: str) -> None:
        self.db.execute("UPDATE documents SET title = ? WHERE id = ?", [title, document_id])

    def set_language(self, document_id: DocumentId, language: str | None) -> None:
        self.db.execute("UPDATE documents SET language = ? WHERE id = ?", [language, document_id])

    def mark_deleted(self, document_id: DocumentId, *, deleted: bool) -> None:
        self.db.execute("UPDATE documents SET deleted = ? WHERE id = ?", [int(deleted), document_id])

    def describe(self, document_id: DocumentId, metadata: Iterable[Metadatum]) -> None:
        """Keep what each origin says of the document; an empty value takes a statement back."""
        for metadatum in metadata:
            self.db.execute(
                """
                INSERT INTO metadata (id, document_id, field, value, origin, deleted)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET value = excluded.value, deleted = excluded.deleted
                """,
                [
                    natural_id("metadata", document_id, metadatum.field, metadatum.origin),
                    document_id,
                    metadatum.field,
                    metadatum.value,
                    metadatum.origin,
                    int(metadatum.value == ""),
                ],
            )

    def metadata(self, document_id: DocumentId) -> list[Metadatum]:
        """All statements; for one field the one that wins comes first: the user's before a file's."""
        rows = self.db.query(
            "SELECT field, value, origin FROM metadata WHERE document_id = ? AND NOT deleted"
            " ORDER BY field, origin != 'user', origin",
            [document_id],
        )
        return [Metadatum(row["field"], row["value"], row["origin"]) for row in rows]

    def said_by_user(self, document_id: DocumentId, field: Field) -> str:
        """What the user says of the document; empty where nothing."""
        statements = self.metadata(document_id)
        return next((m.value for m in statements if (m.field, m.origin) == (field, USER)), "")

    def best(self, document_id: DocumentId, field: Field) -> str:
        return next((m.value for m in self.metadata(document_id) if m.field == field), "")

    def add_provenance(self, document_id: DocumentId, provenance: Provenance) -> None:
        self.db.execute(
            """
            INSERT INTO provenances (id, document_id, original_name, original_path, modified_at,
                                     imported_at, received_from, method, source_url, note)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                new_id(),
                document_id,
                provenance.original_name,
                provenance.original_path,
                to_column(provenance.modified_at) if provenance.modified_at else None,
                to_column(provenance.imported_at),
                provenance.received_from,
                provenance.method,
                provenance.source_url,
                provenance.note,
            ],
        )

    def provenances(self, document_id: DocumentId) -> list[Provenance]:
        rows = self.db.query(
            "SELECT * FROM provenances WHERE document_id = ? AND NOT deleted ORDER BY imported_at, id",
            [document_id],
        )
        return list(map(_provenance, rows))


def _document(row: dict[str, Any]) -> Document:
    return Document(
        id=DocumentId(row["id"]),
        title=row["title"],
        kind=DocumentKind(row["kind"]),
        sha256=row["sha256"],
        size=row["size"],
        file_name=row["file_name"],
        language=row["language"],
        pages=row["pages"],
        characters=row["characters"],
        text_id=TextId(row["text_id"]) if row["text_id"] else None,
        parent_id=DocumentId(row["parent_id"]) if row["parent_id"] else None,
        imported_at=from_column(row["imported_at"]),
        warnings=tuple(json.loads(row["warnings"])),
        deleted=bool(row["deleted"]),
    )


def _provenance(row: dict[str, Any]) -> Provenance:
    return Provenance(
        original_name=row["original_name"],
        original_path=row["original_path"],
        modified_at=from_column(row["modified_at"]) if row["modified_at"] else None,
        imported_at=from_column(row["imported_at"]),
        received_from=row["received_from"],
        method=row["method"],
        source_url=row["source_url"],
        note=row["note"],
    )
