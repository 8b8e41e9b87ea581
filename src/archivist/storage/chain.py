"""The seal on history: what is hashed, and how the chain of entries is proved.

Every changed row has a hash, an entry has the hash of its rows' hashes, and every entry the
hash of the one before it on the same device. Rows count by their hash, so that a purge can
blank what stood there and the chain still holds.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlite_utils import Database

from archivist.model.history import NO_HASH, Finding, FindingLevel

_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed transaction as it is hashed: columns of `history_entries`, `details` as text."""

    previous: str
    id: str
    deed_id: str
    device: str
    device_seq: int
    hlc: int
    at: str
    actor: str
    deed: str
    details: str
    undoes: str | None
    changes_sha256: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(_canonical(_values(self)).encode()).hexdigest()


_COLUMNS = tuple(column.name for column in fields(Entry))


def _values(entry: Entry) -> list[str | int | None]:
    return [getattr(entry, column) for column in _COLUMNS]


def details_column(details: dict[str, object]) -> str:
    return _canonical(details)


def row_hash(table: str, row_id: str, before: str | None, after: str | None) -> str:
    return hashlib.sha256(_canonical([table, row_id, before, after]).encode()).hexdigest()


def seal_changes(db: Database, entry_id: str) -> tuple[int, str]:
    """Hash the rows that were changed; their number and what their hashes come to."""
    digest = hashlib.sha256()
    count = last = 0
    while page := db.execute(
        "SELECT seq, table_name, row_id, before, after FROM history_changes"
        " WHERE entry_id = ? AND seq > ? ORDER BY seq LIMIT ?",
        [entry_id, last, _PAGE],
    ).fetchall():
        for seq, table, row_id, before, after in page:
            sha256 = row_hash(table, row_id, before, after)
            db.execute("UPDATE history_changes SET sha256 = ? WHERE seq = ?", [sha256, seq])
            digest.update(sha256.encode())
            last = seq
        count += len(page)
    return count, digest.hexdigest()


def append(db: Database, entry: Entry) -> None:
    values = [*_values(entry), entry.hash]
    db.execute(
        f"INSERT INTO history_entries ({', '.join(_COLUMNS)}, hash)"  # noqa: S608 -- our own names
        f" VALUES ({', '.join('?' * len(values))})",
        values,
    )


def check_chain(db: Database) -> Iterator[Finding]:
    """Everything that does not fit what was sealed, by the entry that it belongs to."""
    sealed: dict[str, str] = {}
    yield from _check_rows(db, sealed)
    yield from _check_entries(db, sealed)
    for entry_id in sealed:
        yield _error(entry_id, "Changes stand in history that belong to no entry.")


def _check_rows(db: Database, sealed: dict[str, str]) -> Iterator[Finding]:
    """Proves rows against their hashes; leaves in `sealed` what each entry's rows come to."""
    rows = db.execute(
        "SELECT entry_id, table_name, row_id, before, after, sha256 FROM history_changes ORDER BY seq"
    )
    current, digest, purged = None, hashlib.sha256(), 0
    for entry_id, table, row_id, before, after, sha256 in rows:
        if entry_id != current:
            if current is not None:
                sealed[current] = digest.hexdigest()
            # An entry whose rows do not stand together goes on from what it came to: it will not fit.
            current, digest = entry_id, hashlib.sha256(sealed.get(entry_id, "").encode())
        digest.update((sha256 or "").encode())
        if before is None and after is None:
            purged += 1
        elif row_hash(table, row_id, before, after) != sha256:
            yield _error(entry_id, f"A change of {table} {row_id} was altered after it was sealed.")
    if current is not None:
        sealed[current] = digest.hexdigest()
    if purged:
        yield Finding(FindingLevel.WARNING, "history", "", f"The content of {purged} changes was purged.")


def _check_entries(db: Database, sealed: dict[str, str]) -> Iterator[Finding]:
    """Proves entries against their rows and each other; takes them out of `sealed`."""
    columns = ", ".join(_COLUMNS)
    rows = db.execute(f"SELECT {columns}, hash FROM history_entries ORDER BY device, device_seq")  # noqa: S608
    device, seq, head = "", 0, NO_HASH
    for *values, stored in rows:
        entry = Entry(*values)
        if entry.device != device:
            device, seq, head = entry.device, 0, NO_HASH
        if entry.device_seq != seq + 1:
            yield _error(entry.id, "Entries before it are missing from history.")
        elif entry.previous != head:
            yield _error(entry.id, "It does not follow the entry before it: one of the two was replaced.")
        if entry.changes_sha256 != sealed.pop(entry.id, None):
            yield _error(entry.id, "Its changes are not those that were sealed.")
        if entry.hash != stored:
            yield _error(entry.id, "It was altered after it was sealed.")
        seq, head = entry.device_seq, stored


def _error(entry_id: str, message: str) -> Finding:
    return Finding(FindingLevel.ERROR, "history", entry_id, message)
