"""What this installation knows of itself and of archives. It lies outside of them: ids and flags only.

A history must never grow two branches under one device's name, which is what copies of an
archive folder would do if the name lay inside it. So each installation has a device id for
each archive, and the head of that device's chain as it last saw it. An archive that does not
reach that head is an older copy (a restored backup, or one that somebody put in its place):
there, we go on under a new id. What was seen is kept until something is written there, so that
whoever opens it is told of it until then. An archive that was encrypted stays known as that.

Losing all this loses no work: new ids are made, and indexes are built anew.
"""

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from archivist.model.ids import new_id
from archivist.storage.files import (
    as_json,
    private_folder,
    read_record,
    saying_why,
    write_atomically,
    write_durably,
)

_HEX = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class LastSeen:
    """An archive as this installation saw it: our device id there, the head of its chain, a flag."""

    device: str
    seq: int
    hash: str
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """The device id to go on under; `lost` is what we saw last, if the archive does not have it."""

    device: str
    lost: LastSeen | None


@dataclass(frozen=True, slots=True)
class Installation:
    """One user's Archivist on one computer; `secret` never leaves it."""

    folder: Path
    id: str
    secret: bytes = field(repr=False)

    @classmethod
    def of_this_user(cls) -> Self:
        """As the XDG base directories have it, made at the first call."""
        state = Path(os.environ.get("XDG_STATE_HOME") or "")
        if not state.is_absolute():
            state = Path.home() / ".local" / "state"
        return cls.at(state / "archivist")

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The installation whose state is in `folder`, made if it is not there or cannot be read.

        Raises:
            NotWritable: no state can be kept there.
        """
        path = folder / "installation.json"
        with saying_why(folder):
            private_folder(folder / "devices")
            folder.chmod(0o700)
            known = _identity(path)
            if known is None:
                fresh = new_id(), secrets.token_bytes(32)
                write_durably({path: as_json({"id": fresh[0], "secret": fresh[1].hex()})})
                known = _identity(path) or fresh  # another process may have been as quick: the last one wins
        return cls(folder, *known)

    def last_seen(self, archive_id: str) -> LastSeen | None:
        """The archive as it was when we last worked in it; None if we never did."""
        return _last_seen(self._path(archive_id))

    def recognise(self, archive_id: str, hash_of: Callable[[str, int], str | None]) -> Recognised:
        """The device id to write history under, and what we saw once that this copy does not have.

        `hash_of` tells the hash that the archive's history has for a device's entry of a number.
        """
        seen = self.last_seen(archive_id)
        if seen is None:
            return Recognised(new_id(), None)
        if seen.seq == 0 or hash_of(seen.device, seen.seq) == seen.hash:
            return Recognised(seen.device, None)
        return Recognised(new_id(), seen)

    def remember(self, archive_id: str, seen: LastSeen) -> None:
        """Note what we see. What is in the archive is safe by now, so no trouble here may undo it."""
        content = as_json(asdict(seen))
        with suppress(OSError):
            write_atomically(self._path(archive_id), content)

    def _path(self, archive_id: str) -> Path:
        return self.folder / "devices" / f"{archive_id}.json"


def _identity(path: Path) -> tuple[str, bytes] | None:
    try:
        record = read_record(path)
    except (OSError, ValueError):
        return None
    identity, secret = record.get("id"), record.get("secret")
    if not isinstance(identity, str) or not re.fullmatch("[0-9a-f-]{36}", identity):
        return None
    if not isinstance(secret, str) or not _HEX.fullmatch(secret):
        return None
    return identity, bytes.fromhex(secret)


def _last_seen(path: Path) -> LastSeen | None:
    try:
        record = read_record(path)
    except (OSError, ValueError):
        return None
    device, seq, digest = record.get("device"), record.get("seq"), record.get("hash")
    if isinstance(device, str) and isinstance(seq, int) and isinstance(digest, str):
        return LastSeen(device, seq, digest, encrypted=record.get("encrypted") is True)
    return None
