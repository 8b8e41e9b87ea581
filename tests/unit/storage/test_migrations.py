import hashlib

from archivist.storage.engine import Database
from archivist.storage.migrations import migrations
from archivist.storage.triggers import TRACKED, UNTRACKED, install_triggers


def tables(db: Database) -> set[str]:
    return {name for name in db.table_names() if not name.startswith("sqlite_")}


def columns(db: Database, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()]


def test_released_steps_and_their_triggers_never_change() -> None:
    """A failure here means: leave the old steps as they are, and add one (also for a changed trigger)."""
    with Database(memory=True, execute_plugins=False) as db:
        names = [step.name for step in migrations.pending(db)]

    schemas = {name: _schema_after(names[: names.index(name) + 1]) for name in names}

    assert schemas == {
        "m001_documents": "7086e850eed77095",
        "m002_quotes_tags_and_cases": "2636bde7d12738b3",
        "m003_history": "945685f2e0731c4a",
        "m004_window": "b19ebcf771e004bb",
    }


def _schema_after(names: list[str]) -> str:
    with Database(memory=True, execute_plugins=False) as db:
        later = [step.name for step in migrations.pending(db) if step.name not in names]
        migrations.apply(db, stop_before=later)
        if not later:
            install_triggers(db)
        return _fingerprint(db)


def _fingerprint(db: Database) -> str:
    rows = db.execute("SELECT sql FROM sqlite_master ORDER BY type, name").fetchall()
    return hashlib.sha256("\n".join(" ".join((sql or "").split()) for (sql,) in rows).encode()).hexdigest()[
        :16
    ]


def test_every_table_is_tracked_or_known_not_to_be(db: Database) -> None:
    assert tables(db) == TRACKED.keys() | UNTRACKED


def test_every_column_is_in_history_but_ids_and_contents_of_texts(db: Database) -> None:
    for table, tracked in TRACKED.items():
        assert set(tracked) == set(columns(db, table)) - {"id", "content"}, table


def test_every_tracked_table_is_strict_and_has_text_ids(db: Database) -> None:
    for table in TRACKED:
        assert db.table(table).strict, table
        assert db.table(table).pks == ["id"], table


def test_only_texts_have_no_tombstone(db: Database) -> None:
    assert {table for table in TRACKED if "deleted" not in columns(db, table)} == {"texts"}


def test_the_content_of_a_text_stands_last(db: Database) -> None:
    """SQLite reads through a long column to get at what comes after it."""
    assert columns(db, "texts")[-1] == "content"


def test_every_reference_has_an_index(db: Database) -> None:
    """A new parent row is looked for in its children while anything is deferred: in every deed."""
    for table in tables(db):
        indexed = {index.columns[0] for index in db.table(table).indexes}
        assert {key.column for key in db.table(table).foreign_keys} <= indexed, table
