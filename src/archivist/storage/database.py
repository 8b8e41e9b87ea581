"""The database of an archive: made, proved to be what we made, and brought up to date."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from archivist.model.errors import ArchiveDamaged, ArchiveTooNew
from archivist.storage import engine
from archivist.storage.faults import explained
from archivist.storage.migrations import migrations
from archivist.storage.triggers import drop_triggers, install_triggers

Schema = dict[tuple[str, str], str]  # (type, name) -> SQL without differences of white space


def create_database(path: Path, key: bytes | None) -> None:
    """Make an empty archive database; encrypted if there is a key.

    Raises:
        AlreadyThere: something stands at `path`.
        StorageFull: no room on the disk.
    """
    db = engine.connect(path, key, create=True)
    try:
        with engine.transaction(db):
            migrations.apply(db)
            install_triggers(db)
    finally:
        engine.close(db)


def open_database(path: Path, key: bytes | None, *, backups: Path, after_crash: bool = False) -> Database:
    """Open for work; one of an older version is copied into `backups` and brought up to date.

    What the file brings along runs nowhere: its schema must be the one that we know.

    Raises:
        ArchiveNotOpened: with the reason; the file is as it was.
        StorageFull: no room for the backup or the upgrade; the file is as it was.
    """
    db = engine.connect(path, key)
    try:
        with explained(path):
            if after_crash:
                _check_pages(db)
            if pending := _refuse_foreign(db):
                backups.mkdir(parents=True, exist_ok=True)
                engine.copy_database(path, key, backups / f"before-{pending[0]}-{_timestamp()}.db")
                _upgrade(db)
            engine.forbid_schema_changes(db)
    except BaseException:
        engine.close(db)
        raise
    return db


def _check_pages(db: Database) -> None:
    ((answer,), *_) = db.execute("PRAGMA quick_check(1)").fetchall()
    if answer != "ok":
        raise ArchiveDamaged("its database is damaged.")


def _refuse_foreign(db: Database) -> Sequence[str]:
    """The steps that are still to be taken, once everything that stands there is known to be ours."""
    found = _schema_of(db)
    steps = ("table", "_sqlite_migrations")
    if found.get(steps) != _known_schema(()).get(steps):
        raise ArchiveDamaged("its database is not one of an archive.")
    known = _all_steps()
    taken = tuple(step.name for step in migrations.applied(db))
    if not set(taken) <= set(known):
        raise ArchiveTooNew
    pending = known[len(taken) :]
    if taken != known[: len(taken)]:
        raise ArchiveDamaged("steps are missing from the making of its database.")
    if pending:  # the triggers are of another version: they are taken away before anything is written
        found = {key: sql for key, sql in found.items() if key[0] != "trigger"}
    _compare(found, _known_schema(pending))
    return pending


def _compare(found: Schema, known: Schema) -> None:
    """Raises at an object that is missing, altered or not ours."""
    for kind, name in sorted(found.keys() | known.keys()):
        if found.get((kind, name)) != known.get((kind, name)):
            raise ArchiveDamaged(f"the {kind} “{name}” of its database is not as Archivist makes it.")


def _schema_of(db: Database) -> Schema:
    rows = db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {(kind, name): re.sub(r"\s+", " ", sql).strip() for kind, name, sql in rows}


@cache
def _all_steps() -> tuple[str, ...]:
    with Database(memory=True, execute_plugins=False) as db:
        return tuple(step.name for step in migrations.pending(db))


@cache
def _known_schema(pending: tuple[str, ...]) -> Schema:
    """What a database has that Archivist has made up to the first of the `pending` steps.

    Triggers belong to the last step only: they are made anew after every upgrade.
    """
    with Database(memory=True, execute_plugins=False) as db:
        migrations.apply(db, stop_before=pending)
        if not pending:
            install_triggers(db)
        return _schema_of(db)


def _upgrade(db: Database) -> None:
    with engine.transaction(db):
        drop_triggers(db)
        migrations.apply(db)
        install_triggers(db)
        _compare(_schema_of(db), _known_schema(()))


def _timestamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
