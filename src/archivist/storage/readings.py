"""What was opened when, and where reading stopped. State, not history: writing it is no deed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from archivist.model.ids import DocumentId
from archivist.storage import engine
from archivist.storage.times import now, to_column


@dataclass(frozen=True, slots=True)
class ReadingStore:
    """Keeps one place for each document that was ever opened."""

    db: Database

    def note(self, document_id: DocumentId, place: str) -> None:
        """Take down that the document is open now, and where.

        Raises:
            StorageFull, DiskRefused: it could not be written.
        """
        with engine.transaction(self.db):
            self.db.execute(
                """
                INSERT INTO readings (document_id, opened_at, place)
                SELECT id, ?, ? FROM documents WHERE id = ?
                ON CONFLICT (document_id) DO UPDATE SET opened_at = excluded.opened_at, place = excluded.place
                """,
                [to_column(now(), timespec="microseconds"), place, document_id],
            )

    def forget(self, document_ids: Iterable[DocumentId]) -> None:
        """Take the documents for never opened."""
        with engine.transaction(self.db):
            for document_id in document_ids:
                self.db.execute("DELETE FROM readings WHERE document_id = ?", [document_id])

    def place(self, document_id: DocumentId) -> str | None:
        """Where reading stopped; None if the document was never opened."""
        row = self.db.execute("SELECT place FROM readings WHERE document_id = ?", [document_id]).fetchone()
        return str(row[0]) if row else None
