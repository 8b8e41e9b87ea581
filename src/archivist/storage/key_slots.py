"""The key files: slots on disk, twice, and what is believed of them when they are read."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archivist.model.errors import ArchiveDamaged, ArchiveTooNew, NotDone
from archivist.storage.files import as_json, checksum, read_record, saying_why, write_durably

KEYS = "keys.json"
COPY = "keys.copy.json"

_FORMAT = 1
_MOST_SLOTS = 8  # an altered file must not cost an evening of derivations
_MIB = 1024  # in KiB, the unit of Argon2


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at a passphrase costs. Kept with the slot, so that it can rise over the years.

    The limits hold for us and for what a file says: an altered file can neither make
    guessing cheap nor make opening take all memory.
    """

    memory_kib: int = 256 * _MIB
    iterations: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        enough_and_bearable = (
            64 * _MIB <= self.memory_kib <= 1024 * _MIB
            and 1 <= self.iterations <= 10
            and 1 <= self.lanes <= 8
        )
        if not enough_and_bearable:
            raise ValueError("Argon2 parameters out of range")


class SlotKind(StrEnum):
    """What kind of secret opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a name, not a secret
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """The archive key, wrapped for one secret."""

    id: str
    kind: SlotKind
    salt: bytes
    cost: Argon2Cost | None
    nonce: bytes
    wrapped: bytes


def save_slots(folder: Path, archive_id: str, slots: Sequence[Slot]) -> None:
    record: dict[str, object] = {
        "format": _FORMAT,
        "archive_id": archive_id,
        "slots": [_slot_record(slot) for slot in slots],
    }
    content = as_json({**record, "sha256": checksum(record)})
    with saying_why(folder / KEYS):
        write_durably({folder / COPY: content, folder / KEYS: content})


def load_slots(folder: Path, archive_id: str) -> list[Slot]:
    """The slots of the first key file that is as it was written."""
    for name in (KEYS, COPY):
        try:
            return _slots(read_record(folder / name), archive_id)
        except (OSError, ValueError):
            continue
    raise ArchiveDamaged(f"its key files “{KEYS}” and “{COPY}” are missing or damaged.")


def mend_slots(folder: Path, archive_id: str, slots: Sequence[Slot]) -> None:
    """Write both key files anew where one is not as it should be; failing that, the other still opens."""
    if all(_holds(folder / name, archive_id, slots) for name in (KEYS, COPY)):
        return
    with suppress(NotDone):
        save_slots(folder, archive_id, slots)


def _holds(path: Path, archive_id: str, slots: Sequence[Slot]) -> bool:
    try:
        return _slots(read_record(path), archive_id) == slots
    except (OSError, ValueError, ArchiveTooNew):
        return False


def _slots(record: dict[str, object], archive_id: str) -> list[Slot]:
    """Raises ValueError unless everything is as we write it; nothing is derived before that is sure."""
    is_as_written = record.pop("sha256", None) == checksum(record)  # of later formats too
    form, slots = record.get("format"), record.get("slots")
    if is_as_written and isinstance(form, int) and form > _FORMAT:
        raise ArchiveTooNew
    if not is_as_written or form != _FORMAT or record.get("archive_id") != archive_id:
        raise ValueError("altered, or of another archive")
    if not isinstance(slots, list) or not 1 <= len(slots) <= _MOST_SLOTS:
        raise ValueError("no slots, or too many")
    return [_slot(slot) for slot in slots]


def _slot_record(slot: Slot) -> dict[str, object]:
    cost = slot.cost and {
        "memory_kib": slot.cost.memory_kib,
        "iterations": slot.cost.iterations,
        "lanes": slot.cost.lanes,
    }
    return {
        "id": slot.id,
        "kind": slot.kind,
        "salt": slot.salt.hex(),
        "argon2id": cost,
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _slot(record: object) -> Slot:
    if not isinstance(record, dict):
        raise ValueError("not a slot")  # noqa: TRY004 - one kind of fault for all that is not ours
    kind = SlotKind(str(record.get("kind")))
    return Slot(
        str(record.get("id")),
        kind,
        _octets(record, "salt", 16),
        _cost(record.get("argon2id")) if kind is SlotKind.PASSPHRASE else None,
        _octets(record, "nonce", 12),
        _octets(record, "wrapped", 48),
    )


def _cost(record: object) -> Argon2Cost:
    names = ("memory_kib", "iterations", "lanes")
    if not isinstance(record, dict) or any(type(record.get(name)) is not int for name in names):
        raise ValueError("no Argon2 parameters")
    return Argon2Cost(*(record[name] for name in names))


def _octets(record: dict[str, object], name: str, length: int) -> bytes:
    value = record.get(name)
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        raise ValueError(f"no {name}")
    return bytes.fromhex(value)
