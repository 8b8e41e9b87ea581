"""Ids that never collide across laptops, and that agree where the thing itself is the same.

New things get a UUIDv7 (RFC 9562: sorts by time of making). Things that two copies of an
archive would make alike (the same file, the same tag name, the same link) get a UUIDv5 of
what makes them the same, so that a merge finds one row and not two.
"""

import secrets
import time
from typing import NewType
from uuid import UUID, uuid5

DocumentId = NewType("DocumentId", str)
TextId = NewType("TextId", str)
QuoteId = NewType("QuoteId", str)
TagId = NewType("TagId", str)
CaseId = NewType("CaseId", str)
DeedId = NewType("DeedId", str)

NAMESPACE = UUID("b6c1f6b0-5f0e-4d0c-9a54-2f6d3a9c1e77")


def new_id() -> str:
    milliseconds = time.time_ns() // 1_000_000
    octets = bytearray(milliseconds.to_bytes(6, "big") + secrets.token_bytes(10))
    octets[6] = 0x70 | (octets[6] & 0x0F)
    octets[8] = 0x80 | (octets[8] & 0x3F)
    return str(UUID(bytes=bytes(octets)))


def natural_id(kind: str, *parts: str) -> str:
    """The id of a thing that is told by `parts` alone, on every machine."""
    return str(uuid5(NAMESPACE, "\x1f".join((kind, *parts))))


def document_id(sha256: str) -> DocumentId:
    return DocumentId(natural_id("document", sha256))


def name_key(name: str) -> str:
    """Names that differ only in case or white space are one name."""
    return " ".join(name.casefold().split())
