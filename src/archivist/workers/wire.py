"""How jobs and answers cross the pipes, seen from the child. `extraction/child.py` is the other end.

Both are frames: two big-endian lengths, a JSON header, bytes.
"""

import json
import os
import select
import struct
import time
from collections.abc import Callable, Mapping
from typing import Any

from archivist.model.sandbox import Failure
from archivist.workers.canvas import Canvas
from archivist.workers.failing import Unreadable

LENGTHS = struct.Struct(">IQ")
STOP = {"do": "stop"}  # the only request that has no answer: nobody waits for the one under way
BETWEEN_LOOKS = 0.01

Header = dict[str, Any]
Answer = tuple[Header, bytes | bytearray]
Job = Callable[[Header, bytes], Answer]
Ask = Job  # what goes on being asked of one document
Begin = Callable[[Header, bytes, Canvas, Callable[[], bool]], tuple[Answer, Ask]]


def do_one_job(jobs: int, answers: int, table: Mapping[str, Job]) -> bool:
    """Reads the whole job before any of it is looked at; False where there is none."""
    frame = _receive(jobs)
    if frame is None:
        return False
    header, data = frame
    _send(answers, _answer(table[header["job"]], header, data))
    return True


def hold_session(jobs: int, answers: int, table: Mapping[str, Begin], canvas: Canvas) -> bool:
    """Answers what is asked of one document until the app closes its pipe; False where there is none."""
    frame = _receive(jobs)
    if frame is None:
        return False
    asks: list[Ask] = []

    def begin(header: Header, data: bytes) -> Answer:
        answer, ask = table[header["job"]](header, data, canvas, _is_called(jobs))
        asks.append(ask)
        return answer

    _send(answers, _answer(begin, *frame))
    while asks and (request := _receive(jobs)) is not None:
        if request[0] != STOP:
            _send(answers, _answer(asks[0], *request))
    return True


def _is_called(jobs: int) -> Callable[[], bool]:
    """Asked by PDFium after every few strokes, so it looks at the pipe only now and then."""
    calls = select.poll()
    calls.register(jobs, select.POLLIN)
    next_look = 0.0

    def is_called() -> bool:
        nonlocal next_look
        now = time.monotonic()
        if now < next_look:
            return False
        next_look = now + BETWEEN_LOOKS
        return bool(calls.poll(0))

    return is_called


def _receive(jobs: int) -> tuple[Header, bytes] | None:
    lengths = _read(jobs, LENGTHS.size)
    if not lengths:
        return None
    header_length, data_length = LENGTHS.unpack(lengths)
    header = json.loads(_read(jobs, header_length))
    return header, _read(jobs, data_length)


def _send(answers: int, answer: Answer) -> None:
    header, payload = answer
    packed = json.dumps(header).encode()
    _write(answers, LENGTHS.pack(len(packed), len(payload)))
    _write(answers, packed)
    _write(answers, payload)


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


def _write(descriptor: int, content: bytes | bytearray) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
