import errno
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlite_utils.utils
from sqlcipher3 import dbapi2

from archivist.model.errors import (
    AlreadyThere,
    ArchiveDamaged,
    ArchiveNotOpened,
    StorageFull,
)
from archivist.storage import engine
from archivist.storage.engine import Database, OperationalError, connect, copy_database, reading, transaction
from archivist.storage.history import History
from tests.unit.storage.conftest import KEY
from tests.unit.storage.rows import add_document, add_text

WRITES = "INSERT INTO notes VALUES ('words')"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one table."""
    path = tmp_path / "notes.db"
    db = connect(path, KEY, create=True)
    db.execute("CREATE TABLE notes (words TEXT)")
    engine.close(db)
    return path


def notes(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM notes").fetchone()[0])


def write_and_fail(db: Database, error: BaseException) -> None:
    db.execute(WRITES)
    raise error


def test_sqlite_utils_works_with_the_encrypting_driver() -> None:
    assert vars(sqlite_utils.utils)["sqlite3"] is dbapi2


def test_sqlite_utils_imported_first_is_noticed() -> None:
    program = "import sqlite_utils, archivist.storage.engine"

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "has taken another driver" in run.stderr


def test_every_connection_is_set_to_lose_nothing(path: Path) -> None:
    db = connect(path, KEY)

    settings = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "fullfsync", "checkpoint_fullfsync")
    }

    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
    }
    engine.close(db)


def test_every_connection_distrusts_what_the_file_brings(path: Path) -> None:
    db = connect(path, KEY)

    settings = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("secure_delete", "cell_size_check", "trusted_schema", "recursive_triggers", "temp_store")
    }

    assert settings == {
        "secure_delete": 1,
        "cell_size_check": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
        "temp_store": 2,
    }
    engine.close(db)


def test_a_setting_that_does_not_take_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PRAGMAS", {"synchronous": ("NORMAL", 2)})

    with pytest.raises(RuntimeError, match="synchronous"):
        connect(path, KEY)


def test_a_drive_without_write_ahead_log_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PRAGMAS", {"journal_mode": ("DELETE", "wal")})

    with pytest.raises(ArchiveNotOpened, match="copy the archive to a disk of this computer"):
        connect(path, KEY)


def test_nothing_can_be_read_without_the_key(path: Path) -> None:
    assert not path.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("key", [b"\xff" * 32, None])
def test_a_wrong_key_is_told_in_a_sentence(path: Path, key: bytes | None) -> None:
    with pytest.raises(ArchiveDamaged, match="or is not the one of these keys"):
        connect(path, key)


def test_a_wrong_key_says_nothing_on_the_terminal(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ArchiveDamaged):
        connect(path, b"\xff" * 32)

    assert capfd.readouterr() == ("", "")


def test_a_database_without_encryption_does_not_open_with_a_key(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "plain.db") as plain:
        plain.execute("CREATE TABLE notes (words TEXT)")
    plain.close()

    with pytest.raises(ArchiveDamaged):
        connect(tmp_path / "plain.db", KEY)


def test_a_foreign_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Amina, " * 1000)

    with pytest.raises(ArchiveDamaged):
        connect(tmp_path / "letter.db", None)


@pytest.mark.parametrize("left", [100, 4096])
def test_a_truncated_database_is_damaged(path: Path, left: int) -> None:
    os.truncate(path, left)

    with pytest.raises(ArchiveDamaged):
        connect(path, KEY)


def test_a_missing_database_is_never_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="its database is missing"):
        connect(tmp_path / "gone.db", KEY)

    assert list(tmp_path.iterdir()) == []


def test_an_odd_path_is_a_path_and_not_a_question(tmp_path: Path) -> None:
    odd = tmp_path / "no?mode=memory#%20é"
    odd.mkdir()

    db = connect(odd / "a.db", KEY, create=True)

    assert (odd / "a.db").exists()
    engine.close(db)


def test_making_writes_over_nothing(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(AlreadyThere):
        connect(path, KEY, create=True)

    assert path.read_bytes() == before


def test_a_new_database_is_for_its_owner_only(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_database_that_cannot_be_written_is_told_in_a_sentence(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)

    with pytest.raises(ArchiveNotOpened, match="permissions"):
        connect(path, KEY)


def test_a_reading_connection_writes_nothing(path: Path) -> None:
    db = connect(path, KEY, read_only=True)

    with pytest.raises(OperationalError):
        db.execute(WRITES)

    engine.close(db)


def test_a_connection_stays_in_its_thread(path: Path) -> None:
    db = connect(path, KEY)
    failures: list[Exception] = []

    def use() -> None:
        try:
            db.execute("SELECT 1")
        except dbapi2.ProgrammingError as error:
            failures.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()

    assert len(failures) == 1
    engine.close(db)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE notse (words TEXT)",
        "CREATE TEMP TABLE notse (words TEXT)",
        "CREATE INDEX by_words ON notes (words)",
        "CREATE VIEW looks AS SELECT 1",
        "CREATE TRIGGER bites AFTER INSERT ON notes BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE finds USING fts5 (words)",
        "DROP TABLE notes",
        "ALTER TABLE notes ADD COLUMN more TEXT",
        "ATTACH DATABASE ':memory:' AS other",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA rekey = 'x'",
    ],
)
def test_the_schema_and_the_settings_are_fixed_once_open(path: Path, statement: str) -> None:
    db = connect(path, KEY)
    engine.forbid_schema_changes(db)

    with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|prohibited"):
        db.execute(statement)

    engine.close(db)


def test_a_mistyped_table_is_an_error_and_not_a_new_table(path: Path) -> None:
    db = connect(path, KEY)
    engine.forbid_schema_changes(db)

    with pytest.raises(dbapi2.DatabaseError):
        db.table("notse").insert({"words": "lost"})

    engine.close(db)


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    db = connect(path, KEY)

    with pytest.raises(KeyboardInterrupt), transaction(db):
        write_and_fail(db, KeyboardInterrupt())

    assert notes(db) == 0
    assert not db.conn.in_transaction
    engine.close(db)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_after_everything_was_rolled_back(path: Path, number: int) -> None:
    db = connect(path, KEY)

    with pytest.raises(StorageFull), transaction(db):
        write_and_fail(db, OSError(number, "no room"))

    assert notes(db) == 0
    engine.close(db)


def test_a_database_that_cannot_grow_is_a_full_disk(path: Path) -> None:
    db = connect(path, KEY)
    db.execute("PRAGMA max_page_count = 4").fetchall()

    with pytest.raises(StorageFull), transaction(db):
        db.execute("INSERT INTO notes VALUES (?)", ["x" * 100_000])

    assert not db.conn.in_transaction
    with transaction(db):
        db.execute(WRITES)
    assert notes(db) == 1
    engine.close(db)


def test_a_disk_that_refuses_is_told_after_everything_was_rolled_back(path: Path) -> None:
    """A limit on the size of files, as a quota or a file system sets it."""
    program = """
import resource, signal, sys
from pathlib import Path
from archivist.storage.engine import connect, transaction

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
db = connect(Path(sys.argv[1]), bytes(range(32)))
try:
    with transaction(db):
        db.execute("INSERT INTO notes VALUES (?)", ["x" * 1_000_000])
except Exception as error:
    print(type(error).__name__, db.conn.in_transaction)
with transaction(db):
    db.execute("INSERT INTO notes VALUES ('short')")
print(db.execute("SELECT words FROM notes").fetchall())
"""

    command = [sys.executable, "-c", program, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.stdout.splitlines() == ["DiskRefused False", "[('short',)]"], run.stderr


def test_another_error_of_the_disk_stays_what_it_is(path: Path) -> None:
    db = connect(path, KEY)

    with pytest.raises(PermissionError), transaction(db):
        raise PermissionError(errno.EACCES, "not yours")

    engine.close(db)


def test_what_is_read_together_is_of_one_moment(path: Path) -> None:
    reader, writer = connect(path, KEY, read_only=True), connect(path, KEY)

    with reading(reader):
        first = notes(reader)
        writer.execute(WRITES)
        with reading(reader):
            second = notes(reader)

    assert (first, second, notes(reader)) == (0, 0, 1)
    engine.close(reader)
    engine.close(writer)


def test_closing_leaves_one_file(path: Path) -> None:
    db = connect(path, KEY)
    db.execute(WRITES)

    engine.close(db)

    assert [file.name for file in path.parent.iterdir()] == ["notes.db"]


def test_a_copy_is_complete_and_encrypted_while_others_write(
    database_path: Path, db: Database, history: History, tmp_path: Path
) -> None:
    with history.deed("import"):
        add_text(db, add_document(db), "The soldiers came at night.")

    with transaction(db):
        db.execute("UPDATE deed_context SET purging = 1")
        copy_database(database_path, KEY, tmp_path / "copy.db")
        db.execute("UPDATE deed_context SET purging = 0")

    copy = connect(tmp_path / "copy.db", KEY)
    assert copy.execute("SELECT content, purging FROM texts, deed_context").fetchall() == [
        ("The soldiers came at night.", 0)
    ]
    assert b"soldiers" not in (tmp_path / "copy.db").read_bytes()
    engine.close(copy)


def test_a_copy_is_one_file(path: Path, tmp_path: Path) -> None:
    copy_database(path, KEY, tmp_path / "copy.db")

    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "notes.db"]


def test_a_copy_is_written_over_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")

    with pytest.raises(AlreadyThere):
        copy_database(path, KEY, tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_copy_that_finds_no_room_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(path: Path, key: bytes | None, **how: bool) -> Database:
        db = connect(path, key, **how)
        db.execute("PRAGMA max_page_count = 1").fetchall()
        return db

    monkeypatch.setattr(engine, "connect", small)

    with pytest.raises(StorageFull):
        copy_database(path, KEY, tmp_path / "copy.db")

    assert [file.name for file in tmp_path.iterdir()] == ["notes.db"]


def test_what_fails_while_closing_leaves_no_connection_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: engine.Database) -> None:
        raise OSError("a failing drive")

    db = engine.connect(path, KEY)
    monkeypatch.setattr(engine, "_checkpoint", fail)

    with pytest.raises(OSError, match="failing drive"):
        engine.close(db)

    assert not path.with_name(f"{path.name}-shm").exists()
