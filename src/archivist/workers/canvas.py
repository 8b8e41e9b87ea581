"""Where pages are painted: memory that the app can see, or, where a system has none, memory of our own."""

import ctypes
import mmap
import os

from archivist.model.sandbox import Failure
from archivist.workers.failing import Unreadable

ON_THE_PIPE = -1
LARGEST_ON_THE_PIPE = 60 << 20


class Canvas:
    """Made by the zygote, before any document: once confined, a copy can map no memory of others."""

    def __init__(self, descriptor: int) -> None:
        self._shared: ctypes.Array[ctypes.c_ubyte] | None = None
        self._painted = bytearray()
        self._size = LARGEST_ON_THE_PIPE
        if descriptor != ON_THE_PIPE:
            self._size = os.fstat(descriptor).st_size
            memory = mmap.mmap(descriptor, self._size, access=mmap.ACCESS_WRITE)
            self._shared = (ctypes.c_ubyte * self._size).from_buffer(memory)
            os.close(descriptor)

    def take(self, length: int) -> "ctypes.Array[ctypes.c_ubyte]":
        """Room for a picture of so many bytes; what was painted before is gone."""
        if length > self._size:
            raise Unreadable(Failure.MEMORY)
        if self._shared is not None:
            return self._shared
        self._painted = bytearray(length)
        return (ctypes.c_ubyte * length).from_buffer(self._painted)

    def to_send(self) -> bytes | bytearray:
        """What the app cannot see for itself."""
        painted, self._painted = self._painted, bytearray()
        return painted
