"""An encrypted database, open for work, and its history."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archivist.storage import engine
from archivist.storage.database import create_database, open_database
from archivist.storage.engine import Database
from archivist.storage.history import History
from archivist.storage.triggers import drop_triggers, install_triggers

KEY = bytes(range(32))
DEVICE = "device-of-amina"

Tamper = Callable[..., None]


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "archive.db"
    create_database(path, KEY)
    return path


@pytest.fixture
def database_path(new_database: Path, tmp_path: Path) -> Path:
    """A copy of a new database: making one anew waits for the disk."""
    return Path(shutil.copy(new_database, tmp_path))


@pytest.fixture
def db(database_path: Path, tmp_path: Path) -> Iterator[Database]:
    db = open_database(database_path, KEY, backups=tmp_path / "backups")
    yield db
    engine.close(db)


@pytest.fixture
def history(db: Database) -> History:
    return History(db, DEVICE)


@pytest.fixture
def tamper(database_path: Path) -> Tamper:
    """What somebody does who has the key and other tools; the triggers stand again afterwards."""

    def tamper(statement: str, *values: object) -> None:
        intruder = engine.connect(database_path, KEY)
        intruder.execute("PRAGMA foreign_keys = OFF")
        drop_triggers(intruder)
        assert intruder.execute(statement, values).rowcount > 0
        install_triggers(intruder)
        engine.close(intruder)

    return tamper
