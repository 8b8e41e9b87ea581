"""What goes through the pipes to a child and comes back: `workers/wire.py` is the other end.

Each frame is two big-endian lengths, a JSON header, bytes. What comes back is bounded before it is taken in.
"""

import json
import struct
from collections.abc import Iterator
from typing import Any

from archivist.model.sandbox import Failure

LENGTHS = struct.Struct(">IQ")
LARGEST_ANSWER = 64 << 20
LARGEST_HEADER = 8 << 20

Header = dict[str, Any]
Answer = tuple[Header, bytes]
Frame = list[bytes | memoryview]


class JobFailed(Exception):
    """No answer to believe came back."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def frame(header: Header, data: bytes | memoryview = b"") -> Frame:
    packed = json.dumps(header).encode()
    return [LENGTHS.pack(len(packed), len(data)), packed, data]


def chunks(parts: Frame) -> Iterator[memoryview]:
    for part in parts:
        if len(part):
            yield memoryview(part)


def is_whole(answer: bytearray) -> bool:
    """One frame and no byte more; what it promises is checked before the rest is taken in."""
    if len(answer) < LENGTHS.size:
        return False
    header_length, data_length = LENGTHS.unpack_from(answer)
    promised = LENGTHS.size + header_length + data_length
    if header_length > LARGEST_HEADER or promised > LARGEST_ANSWER:
        raise JobFailed(Failure.TOO_MUCH_TEXT)
    if len(answer) > promised:
        raise JobFailed(Failure.MALFORMED)
    return len(answer) == int(promised)


def unpack(whole: bytes) -> Answer:
    """The header, which must be a JSON object, and the bytes of a whole frame."""
    start = LENGTHS.size + LENGTHS.unpack_from(whole)[0]
    try:
        header = json.loads(whole[LENGTHS.size : start])
    except (ValueError, RecursionError):
        raise JobFailed(Failure.MALFORMED) from None
    if not isinstance(header, dict):
        raise JobFailed(Failure.MALFORMED)
    return header, whole[start:]
