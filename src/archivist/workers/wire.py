"""How jobs and answers cross the pipes, seen from the child. `extraction/child.py` is the other end.

Both are frames: two big-endian lengths, a JSON header, bytes.
"""

import json
import os
import struct
from collections.abc import Callable, Mapping
from typing import Any

from archivist.model.sandbox import Failure
from archivist.workers.failing import Unreadable

LENGTHS = struct.Struct(">IQ")

Header = dict[str, Any]
Answer = tuple[Header, bytes]
Job = Callable[[Header, bytes], Answer]


def do_one_job(jobs: int, answers: int, table: Mapping[str, Job]) -> bool:
    """Reads the whole job before any of it is looked at; False where there is none."""
    lengths = _read(jobs, LENGTHS.size)
    if not lengths:
        return False
    header_length, data_length = LENGTHS.unpack(lengths)
    header = json.loads(_read(jobs, header_length))
    data = _read(jobs, data_length)
    answer, payload = _answer(table[header["job"]], header, data)
    packed = json.dumps(answer).encode()
    _write(answers, LENGTHS.pack(len(packed), len(payload)))
    _write(answers, packed)
    _write(answers, payload)
    return True


def _answer(job: Job, header: Header, data: bytes) -> Answer:
    try:
        return job(header, data)
    except Unreadable as error:
        return {"failure": error.failure, "what": error.what}, b""
    except MemoryError:
        return {"failure": Failure.MEMORY}, b""
    except RecursionError:
        return {"failure": Failure.TOO_DEEP}, b""
    except BaseException as error:  # noqa: BLE001  some libraries raise what is no Exception (PyO3 panics)
        return {"failure": Failure.DAMAGED, "error": type(error).__name__}, b""


def _read(descriptor: int, length: int) -> bytes:
    """Exactly `length` bytes, or none where the pipe has ended."""
    parts = bytearray()
    while len(parts) < length:
        part = os.read(descriptor, min(length - len(parts), 1 << 20))
        if not part:
            return b""
        parts += part
    return bytes(parts)


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
