"""The keys of an encrypted archive: one random key, wrapped anew for every secret that opens it.

`keys.json` and `keys.copy.json` hold the same slots. A slot wraps the archive key by
AES-256-GCM under a key made from a passphrase (Argon2id) or from the recovery code (HKDF), and
is bound to the archive, to itself and to its parameters. What the archive uses are sub-keys,
derived from the archive key by HKDF, one for each purpose.
"""

import json
import os
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from archivist.model.errors import EmptyPassphrase, WrongPassphrase
from archivist.storage import recovery_code
from archivist.storage.files import refuse_anything_at
from archivist.storage.key_slots import (
    COPY,
    KEYS,
    Argon2Cost,
    Slot,
    SlotKind,
    load_slots,
    mend_slots,
    save_slots,
)

__all__ = [
    "COPY",
    "DEFAULT_COST",
    "KEYS",
    "LOWEST_COST",
    "ArchiveKeys",
    "Argon2Cost",
    "change_passphrase",
    "copy_keys",
    "create_keys",
    "unlock",
]

DEFAULT_COST = Argon2Cost()
LOWEST_COST = Argon2Cost(memory_kib=64 * 1024, iterations=1, lanes=1)


@dataclass(frozen=True, slots=True)
class ArchiveKeys:
    """What an open archive encrypts with, one key for each purpose."""

    database: bytes = field(repr=False)
    originals: bytes = field(repr=False)
    names: bytes = field(repr=False)
    index: bytes = field(repr=False)


def create_keys(
    folder: Path,
    archive_id: str,
    passphrase: str,
    *,
    with_recovery: bool,
    cost: Argon2Cost = DEFAULT_COST,
) -> tuple[ArchiveKeys, str | None]:
    """Make the keys of a new archive; the recovery code, if wanted, is told here and never again.

    Raises:
        EmptyPassphrase: there is nothing to protect them with.
        AlreadyThere: the folder has keys.
    """
    for name in (KEYS, COPY):
        refuse_anything_at(folder / name)
    key = secrets.token_bytes(32)
    slots = [_passphrase_slot(archive_id, key, passphrase, cost)]
    code = None
    if with_recovery:
        raw = secrets.token_bytes(recovery_code.BYTES)
        code = recovery_code.spelled(raw)
        slots.append(_wrap(archive_id, key, SlotKind.RECOVERY, None, raw))
    save_slots(folder, archive_id, slots)
    return _sub_keys(key), code


def unlock(folder: Path, archive_id: str, secret: str) -> ArchiveKeys:
    """Open the archive's keys with its passphrase or its recovery code; a damaged key file is mended.

    Raises:
        WrongPassphrase: no slot opens with `secret`.
        ArchiveDamaged: neither key file can be used.
    """
    slots = load_slots(folder, archive_id)
    key = _unwrap_any(archive_id, slots, secret)
    mend_slots(folder, archive_id, slots)
    return _sub_keys(key)


def change_passphrase(
    folder: Path, archive_id: str, old: str, new: str, *, cost: Argon2Cost = DEFAULT_COST
) -> None:
    """From now on `new` opens the archive and the passphrase so far does not; a recovery code still does.

    `old` may be the recovery code: that is how a forgotten passphrase is replaced.

    Raises:
        WrongPassphrase: no slot opens with `old`.
        EmptyPassphrase: `new` protects nothing.
    """
    slots = load_slots(folder, archive_id)
    key = _unwrap_any(archive_id, slots, old)
    others = [slot for slot in slots if slot.kind is not SlotKind.PASSPHRASE]
    save_slots(folder, archive_id, [_passphrase_slot(archive_id, key, new, cost), *others])


def copy_keys(folder: Path, archive_id: str, target: Path) -> None:
    """Write both key files into `target`, whole, even if one of them is damaged here.

    Raises:
        ArchiveDamaged: neither key file can be used.
    """
    save_slots(target, archive_id, load_slots(folder, archive_id))


# --- wrapping ----------------------------------------------------------------------------


def _sub_keys(key: bytes) -> ArchiveKeys:
    def derived(purpose: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"archivist/1/{purpose}".encode()).derive(key)

    return ArchiveKeys(derived("database"), derived("originals"), derived("names"), derived("index"))


def _passphrase_slot(archive_id: str, key: bytes, passphrase: str, cost: Argon2Cost) -> Slot:
    if not passphrase:
        raise EmptyPassphrase
    return _wrap(archive_id, key, SlotKind.PASSPHRASE, cost, _passphrase_bytes(passphrase))


def _wrap(archive_id: str, key: bytes, kind: SlotKind, cost: Argon2Cost | None, secret: bytes) -> Slot:
    empty = Slot(secrets.token_hex(8), kind, os.urandom(16), cost, os.urandom(12), b"")
    wrapped = AESGCM(_wrapping_key(empty, secret)).encrypt(empty.nonce, key, _bound_to(archive_id, empty))
    return Slot(empty.id, kind, empty.salt, cost, empty.nonce, wrapped)


def _unwrap_any(archive_id: str, slots: Sequence[Slot], secret: str) -> bytes:
    """The archive key; the recovery code is tried first, as that costs nothing."""
    code, passphrase = recovery_code.read(secret), _passphrase_bytes(secret)
    for slot in sorted(slots, key=lambda slot: slot.kind is SlotKind.PASSPHRASE):
        given = code if slot.kind is SlotKind.RECOVERY else passphrase
        if given:
            try:
                aead = AESGCM(_wrapping_key(slot, given))
                return aead.decrypt(slot.nonce, slot.wrapped, _bound_to(archive_id, slot))
            except InvalidTag:
                continue
    raise WrongPassphrase


def _wrapping_key(slot: Slot, secret: bytes) -> bytes:
    if slot.cost is None:
        return HKDF(SHA256(), 32, salt=slot.salt, info=b"archivist/1/recovery").derive(secret)
    return Argon2id(
        salt=slot.salt,
        length=32,
        iterations=slot.cost.iterations,
        lanes=slot.cost.lanes,
        memory_cost=slot.cost.memory_kib,
    ).derive(secret)


def _bound_to(archive_id: str, slot: Slot) -> bytes:
    cost = [slot.cost.memory_kib, slot.cost.iterations, slot.cost.lanes] if slot.cost else None
    return json.dumps([archive_id, slot.id, slot.kind, slot.salt.hex(), cost], separators=(",", ":")).encode()


def _passphrase_bytes(passphrase: str) -> bytes:
    """The same bytes whichever way a keyboard composes accents; never an error, whatever was typed."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
