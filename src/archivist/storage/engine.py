"""Connections: how the database is opened, guarded, copied and closed. Knows no table.

Whatever SQLite can refuse by itself it refuses here. A connection belongs to the thread that
made it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlite_utils.utils
from sqlite_utils import Database

from archivist.model.errors import AlreadyThere, ArchiveNotOpened
from archivist.storage.driver import dbapi2
from archivist.storage.faults import explained, told_of_disk

if TYPE_CHECKING:
    import sqlite3

__all__ = [
    "Database",
    "DatabaseError",
    "IntegrityError",
    "OperationalError",
    "close",
    "connect",
    "copy_database",
    "forbid_schema_changes",
    "reading",
    "transaction",
]

if vars(sqlite_utils.utils)["sqlite3"] is not dbapi2:
    raise ImportError("sqlite_utils was imported before archivist.storage and has taken another driver")

DatabaseError: "type[sqlite3.DatabaseError]" = dbapi2.DatabaseError
IntegrityError: "type[sqlite3.IntegrityError]" = dbapi2.IntegrityError
OperationalError: "type[sqlite3.OperationalError]" = dbapi2.OperationalError

# What is set on every connection, in this order, and what must be read back.
_PRAGMAS: Mapping[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),  # NORMAL loses what was acknowledged when the power goes
    "foreign_keys": ("ON", 1),
    "fullfsync": ("ON", 1),
    "checkpoint_fullfsync": ("ON", 1),
    "secure_delete": ("ON", 1),
    "cell_size_check": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "recursive_triggers": ("ON", 1),  # without it REPLACE deletes a row behind the triggers' back
    "temp_store": ("MEMORY", 2),
    "cache_size": ("-32768", -32768),
    "busy_timeout": ("10000", 10_000),
}

_DENIED = frozenset(
    getattr(dbapi2, f"SQLITE_{action}")
    for action in (
        *("CREATE_TABLE", "CREATE_INDEX", "CREATE_TRIGGER", "CREATE_VIEW", "CREATE_VTABLE"),
        *("CREATE_TEMP_TABLE", "CREATE_TEMP_INDEX", "CREATE_TEMP_TRIGGER", "CREATE_TEMP_VIEW"),
        *("DROP_TABLE", "DROP_INDEX", "DROP_TRIGGER", "DROP_VIEW", "DROP_VTABLE"),
        *("DROP_TEMP_TABLE", "DROP_TEMP_INDEX", "DROP_TEMP_TRIGGER", "DROP_TEMP_VIEW"),
        *("ALTER_TABLE", "ANALYZE", "ATTACH", "DETACH", "REINDEX"),
    )
)
_FIXED_PRAGMAS = frozenset(_PRAGMAS) | {"writable_schema", "query_only", "key", "rekey"}


def connect(path: Path, key: bytes | None, *, create: bool = False, read_only: bool = False) -> Database:
    """Open the database at `path`; a missing one is made only if `create`.

    A writing connection still may change the schema: see `forbid_schema_changes`.

    Raises:
        ArchiveNotOpened: missing, not a database, of another key, damaged, not writable.
        AlreadyThere: `create`, but something stands at `path`.
    """
    if create:
        _make_file(path)
    with explained(path):
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
        try:
            db = _prepare(connection, key)
            if read_only:
                db.execute("PRAGMA query_only = ON")
                forbid_schema_changes(db)
        except BaseException:
            connection.close()
            raise
    return db


def _make_file(path: Path) -> None:
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise AlreadyThere(path) from error


def _prepare(connection: "sqlite3.Connection", key: bytes | None) -> Database:
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_compatibility = 4")  # the format, whatever later defaults are
    connection.execute("PRAGMA cipher_log_level = NONE")
    db = Database(connection, execute_plugins=False)
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # shows a wrong key
    for name, (value, _) in _PRAGMAS.items():
        db.execute(f"PRAGMA {name} = {value}").fetchall()
    _check_pragmas(db)
    return db


def _check_pragmas(db: Database) -> None:
    for name, (_, wanted) in _PRAGMAS.items():
        (taken,) = db.execute(f"PRAGMA {name}").fetchone()
        if taken == wanted:
            continue
        if name == "journal_mode":
            raise ArchiveNotOpened(
                "The archive cannot be opened where it lies: the drive does not keep its database safe;"
                " copy the archive to a disk of this computer."
            )
        raise RuntimeError(f"SQLite has not taken {name}")


def forbid_schema_changes(db: Database) -> None:
    """From now on a mistyped table is an error and not a new table."""
    db.conn.set_authorizer(_authorise)


def _authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    sets_pragma = action == dbapi2.SQLITE_PRAGMA and second is not None
    if action in _DENIED or (sets_pragma and (first or "").lower() in _FIXED_PRAGMAS):
        return int(dbapi2.SQLITE_DENY)
    return int(dbapi2.SQLITE_OK)


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing; the connection is never left in a transaction.

    Raises:
        StorageFull, DiskRefused: after everything was rolled back.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.commit()
    except BaseException as error:
        db.rollback()
        if told := told_of_disk(error):
            raise told from error
        raise


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """What is read inside is of one moment, whatever others write meanwhile."""
    if db.conn.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


def close(db: Database) -> None:
    """Close the connection; a writing one leaves everything in the one file, fit for copying."""
    try:
        db.rollback()
        (is_reader,) = db.execute("PRAGMA query_only").fetchone()
        if not is_reader:
            with suppress(DatabaseError):  # then the next opening reads the log file: nothing is lost
                _checkpoint(db)
    finally:
        db.close()


def _checkpoint(db: Database) -> None:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def copy_database(path: Path, key: bytes | None, target: Path) -> None:
    """A consistent copy under the same key, also while others write.

    Raises:
        AlreadyThere: something stands at `target`.
        StorageFull: no room there; nothing is left behind.
    """
    source = connect(path, key, read_only=True)  # its own: with an open transaction it would hang
    try:
        copy = connect(target, key, create=True)
        try:
            copy.execute("PRAGMA journal_mode = OFF").fetchall()  # it is whole or removed: written once
            source.conn.backup(copy.conn)
        except BaseException as error:
            copy.close()
            _remove(target)
            if told := told_of_disk(error):
                raise told from error
            raise
        copy.close()
    finally:
        source.close()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
