"""The triggers that write history, and those that keep it and its rows from being altered.

No code path can forget a trigger. They are part of the schema that an archive must have when
it is opened: a change here needs a migration, even an empty one.
"""

from collections.abc import Iterable, Iterator, Mapping

from sqlite_utils import Database
from sqlite_utils.db import quote_identifier

# The columns whose values history keeps. A text's content is left out: its sha256 stands for it.
TRACKED: Mapping[str, tuple[str, ...]] = {
    "documents": (
        *("sha256", "size", "kind", "title", "file_name", "language", "pages", "text_id"),
        *("parent_id", "warnings", "imported_at", "deleted"),
    ),
    "metadata": ("document_id", "field", "value", "origin", "deleted"),
    "provenances": (
        *("document_id", "original_name", "original_path", "modified_at", "imported_at"),
        *("received_from", "method", "source_url", "note", "deleted"),
    ),
    "texts": (
        *("document_id", "origin", "engine", "engine_version", "language"),
        *("sha256", "characters", "created_at", "sections"),
    ),
    "quotes": ("document_id", "anchor", "note", "created_at", "deleted", "colour"),
    "tags": ("name", "name_key", "definition", "colour", "deleted", "parent_id"),
    "quote_tags": ("quote_id", "tag_id", "deleted"),
    "cases": ("name", "name_key", "summary", "deleted", "notes", "colour"),
    "case_aliases": ("case_id", "name", "name_key", "deleted"),
    "case_quotes": ("case_id", "quote_id", "role", "position", "deleted"),
}
# Drafts and readings are the state of a desk, and not what was done: nothing of them is undone or proved.
UNTRACKED = frozenset(
    {"history_entries", "history_changes", "deed_context", "_sqlite_migrations", "drafts", "readings"}
)

# RAISE, and not a constraint, refuses a write outside a deed: INSERT OR IGNORE would pass a constraint.
_REFUSE_OUTSIDE_A_DEED = (
    "SELECT RAISE(ABORT, 'written outside a deed') WHERE (SELECT entry_id FROM deed_context) IS NULL;"
)


def install_triggers(db: Database) -> None:
    for statement in _statements():
        db.execute(statement)


def drop_triggers(db: Database) -> None:
    """Take all away, also foreign ones: none may run while the schema changes."""
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in rows:
        db.execute(f"DROP TRIGGER {quote_identifier(name)}")


def image(table: str, row: str) -> str:
    """SQL for the tracked values of `row` (NEW, OLD or a table's name) as one JSON object."""
    return "json_object(" + ", ".join(f"'{column}', {row}.{column}" for column in TRACKED[table]) + ")"


def _statements() -> Iterator[str]:
    for table, columns in TRACKED.items():
        yield from _logging(table, columns)
        yield from _keeping(table)
    yield from _never_changed("texts", "a text never changes")
    yield from _never_changed("history_entries", "history is never altered")
    yield from _HISTORY_CHANGES


def _logging(table: str, columns: Iterable[str]) -> Iterator[str]:
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    yield f"""
        CREATE TRIGGER log_{table}_insert AFTER INSERT ON {table}
        BEGIN
            {_REFUSE_OUTSIDE_A_DEED}
            INSERT INTO history_changes (entry_id, table_name, row_id, before, after)
            VALUES ((SELECT entry_id FROM deed_context), '{table}', NEW.id, NULL, {image(table, "NEW")});
        END"""  # noqa: S608 -- names from TRACKED
    yield f"""
        CREATE TRIGGER log_{table}_update AFTER UPDATE ON {table} WHEN {differs}
        BEGIN
            {_REFUSE_OUTSIDE_A_DEED}
            INSERT INTO history_changes (entry_id, table_name, row_id, before, after)
            VALUES ((SELECT entry_id FROM deed_context), '{table}', NEW.id,
                    {image(table, "OLD")}, {image(table, "NEW")});
        END"""  # noqa: S608 -- names from TRACKED


def _keeping(table: str) -> Iterator[str]:
    yield f"""
        CREATE TRIGGER keep_{table}_row BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, 'no row is ever deleted'); END"""
    yield f"""
        CREATE TRIGGER keep_{table}_id BEFORE UPDATE ON {table} WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'an id never changes'); END"""


def _never_changed(table: str, message: str) -> Iterator[str]:
    for action in ("update", "delete"):
        yield f"""
            CREATE TRIGGER never_{action}_{table} BEFORE {action.upper()} ON {table}
            BEGIN SELECT RAISE(ABORT, '{message}'); END"""


_HISTORY_CHANGES = (
    """
        CREATE TRIGGER never_add_to_sealed_entry BEFORE INSERT ON history_changes
        WHEN EXISTS (SELECT 1 FROM history_entries WHERE id = NEW.entry_id)
        BEGIN SELECT RAISE(ABORT, 'a sealed entry takes no more changes'); END""",
    """
        CREATE TRIGGER never_delete_history_changes BEFORE DELETE ON history_changes
        BEGIN SELECT RAISE(ABORT, 'history is never altered'); END""",
    # Two changes are let through: the sealing of a row, and the blanking of a sealed one by a purge.
    """
        CREATE TRIGGER never_update_history_changes BEFORE UPDATE ON history_changes
        WHEN NOT (
            NEW.seq IS OLD.seq AND NEW.entry_id IS OLD.entry_id
            AND NEW.table_name IS OLD.table_name AND NEW.row_id IS OLD.row_id
            AND CASE WHEN OLD.sha256 IS NULL
                THEN NEW.sha256 IS NOT NULL AND NEW.before IS OLD.before AND NEW.after IS OLD.after
                ELSE NEW.sha256 IS OLD.sha256 AND NEW.before IS NULL AND NEW.after IS NULL
                    AND (SELECT purging FROM deed_context) = 1
                END
        )
        BEGIN SELECT RAISE(ABORT, 'history is never altered'); END""",
)
