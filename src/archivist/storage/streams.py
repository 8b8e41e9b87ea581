"""Streams of bytes seen from their other end: pieces as a file, and a file as what was read from it."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archivist.storage.files import Readable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Pieces(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._parts, b""))
        room = memoryview(buffer)
        part, self._rest = self._rest[: len(room)], self._rest[len(room) :]
        room[: len(part)] = part
        return len(part)


class Passing:
    """A file that keeps what is read from it until it is taken."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._parts: list[bytes] = []

    def read(self, size: int, /) -> bytes:
        part = self._file.read(size)
        if part:
            self._parts.append(part)
        return part

    def taken(self) -> list[bytes]:
        parts, self._parts = self._parts, []
        return parts
