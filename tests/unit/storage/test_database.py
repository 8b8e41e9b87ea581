import os
import sqlite3
from pathlib import Path

import pytest

from archivist.model.errors import AlreadyThere, ArchiveDamaged, ArchiveTooNew, StorageFull
from archivist.storage import database, engine
from archivist.storage.database import create_database, open_database
from archivist.storage.engine import Database, connect
from archivist.storage.history import History
from archivist.storage.migrations import migrations
from archivist.storage.triggers import drop_triggers
from tests.unit.storage.conftest import DEVICE, KEY
from tests.unit.storage.rows import add_document, edit, row


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def older_path(tmp_path: Path) -> Path:
    """A database as the version before the last step left it, with a row in it."""
    path = tmp_path / "older.db"
    db = connect(path, KEY, create=True)
    migrations.apply(db, stop_before="m004_window")
    add_document(db, "From before")
    engine.close(db)
    return path


def alter(path: Path, statement: str) -> None:
    db = connect(path, KEY)
    db.executescript(statement)
    engine.close(db)


@pytest.mark.parametrize("key", [KEY, None])
def test_a_new_database_opens(tmp_path: Path, backups: Path, key: bytes | None) -> None:
    create_database(tmp_path / "new.db", key)

    db = open_database(tmp_path / "new.db", key, backups=backups)

    assert db.execute("SELECT count(*) FROM documents").fetchone() == (0,)
    engine.close(db)


def test_a_new_database_is_one_file(database_path: Path) -> None:
    assert list(database_path.parent.iterdir()) == [database_path]


def test_a_database_without_a_key_is_plain_sqlite(tmp_path: Path) -> None:
    create_database(tmp_path / "plain.db", None)

    with sqlite3.connect(tmp_path / "plain.db") as plain:
        assert plain.execute("SELECT count(*) FROM documents").fetchone() == (0,)
    plain.close()


def test_nothing_is_made_over_something(database_path: Path) -> None:
    with pytest.raises(AlreadyThere):
        create_database(database_path, KEY)


def test_opening_keeps_what_stands_there(database_path: Path, backups: Path) -> None:
    db = open_database(database_path, KEY, backups=backups)
    with History(db, DEVICE).deed("import"):
        document = add_document(db, "Report")
    engine.close(db)

    db = open_database(database_path, KEY, backups=backups)

    assert row(db, "documents", document)["title"] == "Report"
    assert not backups.exists()
    engine.close(db)


def test_an_open_database_has_no_room_for_mistyped_tables(db: Database) -> None:
    with pytest.raises(engine.DatabaseError, match="not authorized"):
        db.execute("CREATE TABLE documnets (id TEXT)")


def test_an_older_database_is_brought_up_to_date(older_path: Path, backups: Path) -> None:
    db = open_database(older_path, KEY, backups=backups)

    assert db.execute("SELECT title FROM documents").fetchall() == [("From before",)]
    with History(db, DEVICE).deed("import"):
        add_document(db)
    engine.close(db)
    engine.close(open_database(older_path, KEY, backups=backups))


def test_an_older_database_is_copied_before_it_is_changed(older_path: Path, backups: Path) -> None:
    engine.close(open_database(older_path, KEY, backups=backups))

    (backup,) = backups.iterdir()
    copy = connect(backup, KEY)

    assert backup.name.startswith("before-m004_window-")
    assert copy.execute("SELECT title FROM documents").fetchall() == [("From before",)]
    assert [step.name for step in migrations.pending(copy)] == ["m004_window"]
    engine.close(copy)


def test_an_upgrade_that_finds_no_room_changes_nothing(
    older_path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more_room(db: Database) -> None:
        drop_triggers(db)
        db.execute("PRAGMA max_page_count = 1").fetchall()

    with monkeypatch.context() as patch:
        patch.setattr(database, "drop_triggers", no_more_room)
        with pytest.raises(StorageFull):
            open_database(older_path, KEY, backups=backups)

    db = connect(older_path, KEY)
    assert [step.name for step in migrations.pending(db)] == ["m004_window"]
    engine.close(db)


def test_triggers_of_an_older_database_do_not_run_in_the_upgrade(older_path: Path, backups: Path) -> None:
    alter(
        older_path, "CREATE TRIGGER bites AFTER UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'bitten'); END"
    )

    db = open_database(older_path, KEY, backups=backups)

    assert "bites" not in {trigger.name for trigger in db.triggers}
    engine.close(db)


def test_a_newer_database_is_left_alone(database_path: Path, backups: Path) -> None:
    alter(
        database_path,
        """
        CREATE TABLE people (id TEXT);
        INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archivist', 'm099', '2030');
        """,
    )
    before = database_path.read_bytes()

    with pytest.raises(ArchiveTooNew):
        open_database(database_path, KEY, backups=backups)

    assert database_path.read_bytes() == before


def test_a_database_with_a_missing_step_is_damaged(database_path: Path, backups: Path) -> None:
    alter(database_path, "DELETE FROM _sqlite_migrations WHERE name = 'm002_quotes_tags_and_cases'")

    with pytest.raises(ArchiveDamaged, match="steps are missing"):
        open_database(database_path, KEY, backups=backups)


@pytest.mark.parametrize("content", ["", "CREATE TABLE photos (id TEXT)"])
def test_a_database_of_something_else_is_refused(tmp_path: Path, backups: Path, content: str) -> None:
    path = tmp_path / "other.db"
    engine.close(connect(path, KEY, create=True))
    alter(path, content)

    with pytest.raises(ArchiveDamaged, match="not one of an archive"):
        open_database(path, KEY, backups=backups)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("CREATE TABLE photos (id TEXT)", "table “photos”"),
        ("CREATE VIEW looks AS SELECT 1", "view “looks”"),
        ("CREATE VIRTUAL TABLE finds USING fts5 (words)", "table “finds”"),
        ("CREATE INDEX by_title ON documents (title)", "index “by_title”"),
        (
            "CREATE TRIGGER bites AFTER INSERT ON documents BEGIN DELETE FROM deed_context; END",
            "trigger “bites”",
        ),
        ("DROP TRIGGER log_quotes_update", "trigger “log_quotes_update”"),
        ("DROP INDEX quotes_by_document", "index “quotes_by_document”"),
        ("DROP TABLE case_quotes", "index “case_quotes_by_quote”"),
        ("ALTER TABLE documents ADD COLUMN secret TEXT", "table “documents”"),
        (
            "DROP TRIGGER never_delete_history_changes; CREATE TRIGGER never_delete_history_changes"
            " BEFORE DELETE ON history_changes BEGIN SELECT 1; END",
            "trigger “never_delete_history_changes”",
        ),
    ],
)
def test_whatever_we_did_not_make_is_refused_by_name(
    database_path: Path, backups: Path, statement: str, named: str
) -> None:
    alter(database_path, statement)

    with pytest.raises(ArchiveDamaged, match=named):
        open_database(database_path, KEY, backups=backups)


def test_a_foreign_table_in_an_older_database_is_refused(older_path: Path, backups: Path) -> None:
    alter(older_path, "CREATE TABLE photos (id TEXT)")

    with pytest.raises(ArchiveDamaged, match="photos"):
        open_database(older_path, KEY, backups=backups)

    assert not backups.exists()


def test_a_refused_database_can_be_opened_by_others(database_path: Path, backups: Path) -> None:
    alter(database_path, "CREATE TABLE photos (id TEXT)")
    with pytest.raises(ArchiveDamaged):
        open_database(database_path, KEY, backups=backups)

    alter(database_path, "DROP TABLE photos")

    engine.close(open_database(database_path, KEY, backups=backups))


def test_a_wrong_key_is_told(database_path: Path, backups: Path) -> None:
    with pytest.raises(ArchiveDamaged):
        open_database(database_path, b"\xff" * 32, backups=backups)


def test_damage_is_looked_for_after_a_crash(database_path: Path, backups: Path) -> None:
    size = database_path.stat().st_size
    with database_path.open("r+b") as file:
        file.seek(size - 2000)
        file.write(b"rot")

    with pytest.raises(ArchiveDamaged):
        open_database(database_path, KEY, backups=backups, after_crash=True)


def test_damage_in_a_plain_database_is_looked_for_after_a_crash(tmp_path: Path, backups: Path) -> None:
    path = tmp_path / "plain.db"
    create_database(path, None)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 4096)
        file.write(os.urandom(64))

    with pytest.raises(ArchiveDamaged, match="its database is damaged"):
        open_database(path, None, backups=backups, after_crash=True)


def test_a_sound_database_opens_after_a_crash(database_path: Path, backups: Path) -> None:
    db = connect(database_path, KEY)
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE deed_context SET entry_id = 'left behind'")
    db.conn.close()

    db = open_database(database_path, KEY, backups=backups, after_crash=True)

    assert db.execute("SELECT entry_id FROM deed_context").fetchone() == (None,)
    engine.close(db)


def test_all_triggers_can_be_taken_away(database_path: Path) -> None:
    db = connect(database_path, KEY)
    db.execute('CREATE TRIGGER "odd "" name" AFTER INSERT ON tags BEGIN SELECT 1; END')

    drop_triggers(db)

    assert db.triggers == []
    document = add_document(db)
    edit(db, "documents", document, title="Nobody looks")
    engine.close(db)
