"""Whoosh's files, sealed: nothing plain ever reaches the disk, and nothing unproven is ever read.

A file is `magic, salt (16), length (8)` and AES-256-GCM chunks. Each file has its own key (HKDF
over the salt); name, length, number of the chunk and whether it is the last are authenticated.
What Whoosh writes stays in memory until it renames its table of contents: then every file is
sealed and fsynced, then the folder, then the table is put in place. Temporary files are memory.
"""

import io
import os
import struct
from array import array
from collections import OrderedDict
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from whoosh.filedb.filestore import RamStorage, Storage
from whoosh.filedb.structfile import StructFile
from whoosh.util.filelock import FileLock

from archivist.search.errors import IndexUnusable

CHUNK = 1 << 16
_MAGIC = b"ARCHIDX1"
_HEADER = struct.Struct("<8s16sQ")
_TAG = 16
_NEW = ".new"


class Seal:
    """Seals and opens the chunks of one file."""

    def __init__(self, key: bytes, name: str, salt: bytes, length: int) -> None:
        info = b"archivist index file 1\0" + name.encode()
        self._aead = AESGCM(HKDF(SHA256(), 32, salt, info).derive(key))
        self._length = length
        self.chunks = max(1, -(-length // CHUNK))

    def _proof(self, number: int) -> bytes:
        return struct.pack("<QQ?", self._length, number, number == self.chunks - 1)

    def seal(self, number: int, plain: memoryview) -> bytes:
        return self._aead.encrypt(number.to_bytes(12, "big"), plain, self._proof(number))

    def open(self, number: int, sealed: bytes) -> bytes:
        return self._aead.decrypt(number.to_bytes(12, "big"), sealed, self._proof(number))


class SealedBytes:
    """The content of a sealed file; a chunk is read, proven and opened when it is asked for."""

    KEPT = 64  # chunks in memory, of each file

    def __init__(self, path: Path, name: str, key: bytes) -> None:
        self._file = path.open("rb", buffering=0)
        header = self._file.read(_HEADER.size)
        if len(header) != _HEADER.size or not header.startswith(_MAGIC):
            self._file.close()
            raise IndexUnusable("a file of it is not sealed")
        _, salt, self.length = _HEADER.unpack(header)
        self._seal = Seal(key, name, salt, self.length)
        self._opened: OrderedDict[int, bytes] = OrderedDict()
        size = os.fstat(self._file.fileno()).st_size
        if size != _HEADER.size + self.length + self._seal.chunks * _TAG:
            self._file.close()
            raise IndexUnusable("a file of it has been cut short or grown")

    def chunk(self, number: int) -> bytes:
        opened = self._opened.get(number)
        if opened is not None:
            return opened
        sealed = os.pread(self._file.fileno(), CHUNK + _TAG, _HEADER.size + number * (CHUNK + _TAG))
        try:
            opened = self._seal.open(number, sealed)
        except InvalidTag as error:
            raise IndexUnusable("a file of it has been altered") from error
        if len(self._opened) >= self.KEPT:
            self._opened.popitem(last=False)
        self._opened[number] = opened
        return opened

    def get(self, start: int, length: int) -> bytes:
        stop = min(start + length, self.length)
        if stop <= start:
            return b""
        first, offset = divmod(start, CHUNK)
        last = (stop - 1) // CHUNK
        if first == last:
            return self.chunk(first)[offset : offset + stop - start]
        joined = b"".join(self.chunk(number) for number in range(first, last + 1))
        return joined[offset : offset + stop - start]

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()


class SealedFile(StructFile):  # type: ignore[misc]  # Whoosh is untyped
    """A part of a sealed file as Whoosh reads it."""

    is_real = False

    def __init__(self, content: SealedBytes, start: int, length: int, name: str) -> None:
        self._content = content
        self._start = start
        self._length = length
        self._name = name
        self._place = 0
        self.file = self  # Whoosh unpickles from here
        self.is_closed = False

    def read(self, size: int | None = None) -> bytes:
        length = self._length - self._place
        part = self.get(self._place, length if size is None or size < 0 else min(size, length))
        self._place += len(part)
        return part

    def readline(self) -> bytes:
        line = b""
        while not line.endswith(b"\n") and (part := self.get(self._place, 256)):
            part = part[: part.find(b"\n") + 1 or len(part)]
            self._place += len(part)
            line += part
        return line

    def seek(self, place: int, whence: int = os.SEEK_SET) -> None:
        self._place = place + {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._length}[whence]

    def tell(self) -> int:
        return self._place

    def get(self, position: int, length: int) -> bytes:
        return self._content.get(self._start + position, min(length, self._length - position))

    def get_array(self, position: int, typecode: str, length: int) -> "array[int]":
        numbers: array[int] = array(typecode)
        numbers.frombytes(self.get(position, length * numbers.itemsize))
        numbers.byteswap()
        return numbers

    def subset(self, offset: int, length: int, name: str | None = None) -> "SealedFile":
        return SealedFile(self._content, self._start + offset, length, name or self._name)

    def close(self) -> None:
        """A part leaves the file open for the others; the whole closes it."""
        if not self._start and not self.is_closed and self._length == self._content.length:
            self._content.close()
        self.is_closed = True


class SealedStorage(Storage):  # type: ignore[misc]  # Whoosh is untyped
    """A folder of sealed files; what is not yet published is in memory only."""

    supports_mmap: ClassVar[bool] = False

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._pending: dict[str, bytes] = {}

    def create(self) -> "SealedStorage":
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self

    def create_file(self, name: str, **_options: object) -> StructFile:
        buffer = io.BytesIO()

        def keep(_file: object) -> None:
            self._pending[name] = buffer.getvalue()

        return StructFile(buffer, name=name, onclose=keep)

    def open_file(self, name: str, **_options: object) -> StructFile:
        if name in self._pending:
            return StructFile(io.BytesIO(self._pending[name]), name=name)
        content = SealedBytes(self._folder / name, name, self._key)
        return SealedFile(content, 0, content.length, name)

    def rename_file(self, frm: str, to: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002  # Whoosh's
        """Whoosh renames only its table of contents: here everything becomes durable, the table last."""
        if safe and self.file_exists(to):
            raise NameError(to)
        table = self._pending.pop(frm)
        written: list[str] = []
        try:
            for name, content in self._pending.items():
                written.append(name)
                self._write(name, name, content)
            self._sync_folder()
            written.append(to + _NEW)
            self._write(to + _NEW, to, table)
        except BaseException:
            for name in written:
                (self._folder / name).unlink(missing_ok=True)
            raise
        (self._folder / (to + _NEW)).replace(self._folder / to)
        self._sync_folder()
        self._pending.clear()

    def _write(self, file_name: str, name: str, content: bytes) -> None:
        salt = os.urandom(16)
        seal = Seal(self._key, name, salt, len(content))
        plain = memoryview(content)
        with (self._folder / file_name).open("wb") as file:
            file.write(_HEADER.pack(_MAGIC, salt, len(content)))
            for number in range(seal.chunks):
                file.write(seal.seal(number, plain[number * CHUNK : (number + 1) * CHUNK]))
            file.flush()
            os.fsync(file.fileno())

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def forget(self) -> None:
        """Give up what was written but not published, here and by a process that died."""
        self._pending.clear()
        for left in self._folder.glob("*" + _NEW):
            left.unlink(missing_ok=True)

    def list(self) -> list[str]:
        on_disk = (entry.name for entry in os.scandir(self._folder)) if self._folder.is_dir() else ()
        return [*self._pending, *on_disk]

    def file_exists(self, name: str) -> bool:
        return name in self._pending or (self._folder / name).exists()

    def file_length(self, name: str) -> int:
        if name in self._pending:
            return len(self._pending[name])
        return (self._folder / name).stat().st_size

    def file_modified(self, name: str) -> float:
        return 0.0 if name in self._pending else (self._folder / name).stat().st_mtime

    def identity(self, name: str) -> tuple[int, int]:
        """Tells a file from another that took its name."""
        found = (self._folder / name).stat()
        return found.st_ino, found.st_mtime_ns

    def delete_file(self, name: str) -> None:
        if self._pending.pop(name, None) is None:
            (self._folder / name).unlink()

    def temp_storage(self, _name: str | None = None) -> RamStorage:
        return RamStorage()

    def lock(self, name: str) -> FileLock:
        return FileLock(str(self._folder / name))
