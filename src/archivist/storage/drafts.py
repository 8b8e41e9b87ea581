"""Words that were typed and not yet kept, so that a lock, a crash or a closed window costs none of them."""

from dataclasses import dataclass

from sqlite_utils import Database

from archivist.storage import engine
from archivist.storage.times import now, to_column


@dataclass(frozen=True, slots=True)
class DraftStore:
    """Keeps one draft for each place where words are typed. State, not history."""

    db: Database

    def save(self, key: str, content: str) -> None:
        """Raises StorageFull or DiskRefused where it could not be written."""
        with engine.transaction(self.db):
            self.db.execute(
                """
                INSERT INTO drafts (key, content, saved_at) VALUES (?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at
                """,
                [key, content, to_column(now())],
            )

    def get(self, key: str) -> str:
        """The draft; empty where there is none."""
        row = self.db.execute("SELECT content FROM drafts WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else ""

    def drop(self, key: str) -> None:
        with engine.transaction(self.db):
            self.db.execute("DELETE FROM drafts WHERE key = ?", [key])
