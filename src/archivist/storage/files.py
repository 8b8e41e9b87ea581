"""Small durable deeds on files and folders: what is written here survives a power cut, or never was.

Everything of an archive is private to its user: files 0600, folders 0700.
"""

import errno
import hashlib
import json
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from archivist.model.errors import AlreadyThere, NotWritable, StorageFull

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Concurrent fsyncs share the commits of the file system's journal: 3 to 5 times faster than one by one.
SYNC_THREADS = 32

FULL = {errno.ENOSPC, errno.EDQUOT}
_HELD = {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP}
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class Readable(Protocol):
    """Anything that bytes can be read from, a part at a time."""

    def read(self, size: int, /) -> bytes: ...


@contextmanager
def saying_why(target: Path) -> Iterator[None]:
    """Turn whatever the file system says while `target` is written into a sentence for the user."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull from error
        raise NotWritable(target, error) from error


# --- reading -----------------------------------------------------------------------------


def open_regular(path: Path, *, follow_links: bool = False) -> BinaryIO:
    """Open a file for reading, and nothing that only looks like one (a link, a pipe, a device)."""
    descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_WAIT | (0 if follow_links else _NO_FOLLOW))
    kind = os.fstat(descriptor).st_mode
    if stat.S_ISREG(kind):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    code = errno.EISDIR if stat.S_ISDIR(kind) else errno.EINVAL
    raise OSError(code, "it is not a regular file", str(path))


def pieces(source: Readable, size: int) -> Iterator[bytes]:
    """`source` in pieces of exactly `size` bytes, the last one shorter, however it hands them out."""
    while piece := _read_fully(source, size):
        yield piece


def _read_fully(source: Readable, size: int) -> bytes:
    piece = source.read(size)
    if len(piece) in {0, size}:
        return piece
    parts, missing = [piece], size - len(piece)
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def read_record(path: Path, *, limit: int = 1 << 16) -> dict[str, object]:
    """A JSON object of ours.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not a JSON object, or longer than `limit`.
    """
    with open_regular(path) as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise ValueError("too long")
    try:
        record = json.loads(raw)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(record, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of fault for all that is not ours
    return record


def as_json(record: Mapping[str, object]) -> bytes:
    return json.dumps(record, indent=1, ensure_ascii=True).encode() + b"\n"


def checksum(record: Mapping[str, object]) -> str:
    """Tells a record that rotted from one that is whole; whoever alters one on purpose can make it anew."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Fingerprint:
    """The size and the SHA-256 of what has flowed through it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def of(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        for part in parts:
            self._hash.update(part)
            self.size += len(part)
            yield part


# --- writing -----------------------------------------------------------------------------


def private_folder(path: Path) -> None:
    """Make a folder, and those above it, where they are missing; what is made is private."""
    if not path.is_dir():
        private_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def refuse_anything_at(path: Path) -> None:
    if os.path.lexists(path):
        raise AlreadyThere(path)


def create_file(path: Path) -> BinaryIO:
    """Open a new file of our own for writing; one that exists is an error."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    return os.fdopen(descriptor, "wb")


def write_atomically(path: Path, content: bytes) -> None:
    """Readers see the old content or the new, never a mixture; after a power cut perhaps neither."""
    _replace({path: content}, durable=False)


def write_durably(contents: Mapping[Path, bytes]) -> None:
    """Write files of one folder anew: all are safe on disk before the first takes its name, in order."""
    _replace(contents, durable=True)
    for folder in {path.parent for path in contents}:
        sync_folder(folder)


def _replace(contents: Mapping[Path, bytes], *, durable: bool) -> None:
    fresh = {path: path.with_name(f".{path.name}.{secrets.token_hex(6)}.new") for path in contents}
    try:
        for path, content in contents.items():
            with create_file(fresh[path]) as file:
                file.write(content)
        if durable:
            sync_all(fresh.values())
        for path, temporary in fresh.items():
            temporary.replace(path)
    finally:
        for temporary in fresh.values():
            temporary.unlink(missing_ok=True)


def try_lock(descriptor: int) -> bool:
    """Hold an open file until it is closed or the process ends; False if another process holds it."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # far behind the content, which stays readable
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network file systems know no locks: there, nobody can be told from nobody.
        return error.errno not in _HELD
    return True


# --- making it last ----------------------------------------------------------------------


def sync_file(path: Path) -> None:
    descriptor = os.open(path, (os.O_RDWR if sys.platform == "win32" else os.O_RDONLY) | _BINARY)
    try:
        if sys.platform == "darwin":  # its fsync() leaves bytes in the cache of the drive
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable, where the file system knows how."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def sync_all(files: Iterable[Path], folders: Iterable[Path] = ()) -> None:
    """Make all the files durable, then all the folders; the first failure is raised."""
    _in_threads(sync_file, list(files))
    _in_threads(sync_folder, list(folders))


def _in_threads(sync: Callable[[Path], None], paths: list[Path]) -> None:
    if len(paths) < 2:
        for path in paths:
            sync(path)
        return
    with ThreadPoolExecutor(min(SYNC_THREADS, len(paths))) as pool:
        for _ in pool.map(sync, paths):
            pass
