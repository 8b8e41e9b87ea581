"""What SQLite and the disk say when they fail, as sentences for the user."""

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from archivist.model.errors import ArchiveDamaged, ArchiveInUse, ArchiveNotOpened, DiskRefused, StorageFull
from archivist.storage.driver import dbapi2


def told_of_disk(error: BaseException) -> StorageFull | DiskRefused | None:
    """The error for the user, if it was for want of a disk that takes more."""
    if isinstance(error, OSError):
        return StorageFull() if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} else None
    code = _code(error)
    if code == dbapi2.SQLITE_FULL:
        return StorageFull()
    return DiskRefused() if code == dbapi2.SQLITE_IOERR else None


def _not_writable() -> ArchiveNotOpened:
    return ArchiveNotOpened(
        "The archive could not be opened: its folder cannot be written to; check its permissions, "
        "or copy the archive to a disk of this computer."
    )


_MEANINGS: Mapping[int, Callable[[], Exception]] = {
    dbapi2.SQLITE_FULL: StorageFull,
    dbapi2.SQLITE_BUSY: lambda: ArchiveInUse("another program"),
    dbapi2.SQLITE_LOCKED: lambda: ArchiveInUse("another program"),
    dbapi2.SQLITE_NOTADB: lambda: ArchiveDamaged("its database is damaged, or is not the one of these keys."),
    dbapi2.SQLITE_CORRUPT: lambda: ArchiveDamaged("its database is damaged."),
    dbapi2.SQLITE_IOERR: lambda: ArchiveDamaged("its database cannot be read from the disk."),
    dbapi2.SQLITE_READONLY: _not_writable,
    dbapi2.SQLITE_CANTOPEN: _not_writable,
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Errors of SQLite while opening become sentences."""
    try:
        yield
    except dbapi2.DatabaseError as error:
        if not path.is_file():
            raise ArchiveDamaged("its database is missing.") from error
        code = _code(error)
        if code in {dbapi2.SQLITE_IOERR, dbapi2.SQLITE_CANTOPEN} and _is_full(path.parent):
            raise StorageFull from error
        if code not in _MEANINGS:
            raise
        raise _MEANINGS[code]() from error


def _is_full(folder: Path) -> bool:
    """Whether there is no room for the two files that SQLite needs beside a database to open it at all."""
    return shutil.disk_usage(folder).free < _LEAST_ROOM


_LEAST_ROOM = 256 << 10


def _code(error: BaseException) -> int:
    """SQLite's own error number, without its extension; the backup tells it in words only."""
    if str(error).startswith(_NO_TEXT):
        return int(dbapi2.SQLITE_CORRUPT)
    told = getattr(error, "sqlite_errorcode", None)
    return int(_WORDS.get(str(error), 0) if told is None else told) & 0xFF


_NO_TEXT = "Could not decode to UTF-8"  # the driver's own words: SQLite does not look into texts


_WORDS: Mapping[str, int] = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
}
