"""A folder that is either whole or not there: written beside its place, then renamed."""

import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from archivist.model.errors import AlreadyThere, ExportStopped, StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EIO})


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """An empty folder that becomes `target` when all went well, and is gone when anything did not.

    Raises:
        AlreadyThere: something stands at `target`.
        StorageFull: no room on the disk.
        ExportStopped: the place cannot be written to.
    """
    if os.path.lexists(target):
        raise AlreadyThere(target)
    made: list[Path] = []
    try:
        with _explained(target):
            _make_parents(target.parent, made)
            partial = target.parent / f".archivist-{secrets.token_hex(6)}.partial"
            made.append(partial)
            partial.mkdir(mode=0o700)
            yield partial
            _sync_folders(partial)
            if os.path.lexists(target):
                raise AlreadyThere(target)
            partial.rename(target)
            made.clear()
            _sync(target.parent)
    finally:
        for folder in reversed(made):
            _remove(folder)


def write_file(path: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Writes a file that is on the disk when this returns; gives its SHA-256 and size."""
    seen, size = sha256(), 0
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            seen.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return seen.hexdigest(), size


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        if error.errno not in _CLOSED:
            raise
        place = target.parent.name or str(target.parent)
        raise ExportStopped(
            f"“{place}” cannot be written to ({error.strerror}); choose another place."
        ) from error


def _make_parents(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for parent in reversed(missing):
        made.append(parent)
        parent.mkdir(exist_ok=True)


def _remove(folder: Path) -> None:
    """Of the folders above, only those that are still empty."""
    if folder.name.endswith(".partial"):
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with suppress(OSError):
            folder.rmdir()


def _sync_folders(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _sync(path)
    _sync(folder)


def _sync(folder: Path) -> None:
    """Makes the names in `folder` last; Windows has no such call."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
