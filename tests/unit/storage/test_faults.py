import errno
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from archivist.model.errors import (
    ArchiveDamaged,
    ArchiveInUse,
    ArchiveNotOpened,
    DiskRefused,
    StorageFull,
)
from archivist.storage.engine import OperationalError
from archivist.storage.faults import explained, told_of_disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    path.touch()
    return path


@pytest.mark.parametrize(
    ("code", "error", "sentence"),
    [
        (dbapi2.SQLITE_FULL, StorageFull, "disk is full"),
        (dbapi2.SQLITE_BUSY, ArchiveInUse, "in use by another program"),
        (dbapi2.SQLITE_CORRUPT, ArchiveDamaged, "damaged"),
        (dbapi2.SQLITE_READONLY, ArchiveNotOpened, "cannot be written to"),
        (dbapi2.SQLITE_IOERR | 3 << 8, ArchiveDamaged, "cannot be read from the disk"),
    ],
)
def test_what_sqlite_says_while_opening_becomes_a_sentence(
    path: Path, code: int, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence), explained(path):
        raise _failure(code)


def test_a_mistake_of_ours_stays_what_it_is(path: Path) -> None:
    with pytest.raises(OperationalError), explained(path):
        raise _failure(dbapi2.SQLITE_ERROR)


def _failure(code: int) -> Exception:
    failure = OperationalError("said by SQLite")
    failure.sqlite_errorcode = code
    return failure


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StorageFull),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), StorageFull),
        (OSError(errno.EACCES, "Permission denied"), type(None)),
        (OperationalError("database or disk is full"), StorageFull),
        (OperationalError("disk I/O error"), DiskRefused),
        (OperationalError("no such table: notse"), type(None)),
        (KeyError("disk I/O error of another kind"), type(None)),
    ],
)
def test_only_the_disk_is_told_of_as_the_disk(error: Exception, told: type) -> None:
    assert type(told_of_disk(error)) is told
