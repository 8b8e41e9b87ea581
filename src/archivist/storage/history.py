"""History: every deed is one transaction (or several of one name), written down and sealed in it."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlite_utils import Database

from archivist.model.errors import NothingToUndo
from archivist.model.history import BEGINNING, NO_HASH, Deed, Finding, Stamp
from archivist.model.ids import DeedId, new_id
from archivist.storage import engine
from archivist.storage.chain import Entry, append, details_column, seal_changes
from archivist.storage.deeds import REDO, UNDO, deed_of, name_of_deed, newest_deeds
from archivist.storage.times import to_column
from archivist.storage.undo import (
    Change,
    Reversal,
    changes_of_deed,
    changes_of_last_undo,
    next_to_redo,
    next_to_undo,
)
from archivist.storage.verification import verify_database

ACTOR = "local"  # self-asserted: an archive knows no users yet

OnSealed = Callable[[str, int, str], None]


class History:
    """Writes the deeds of one device, and reads those of all."""

    def __init__(
        self,
        db: Database,
        device: str,
        on_sealed: OnSealed | None = None,
        *,
        beside: "History | None" = None,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        """`on_sealed` is told device, number and hash of each entry once it is safe on disk.

        One that only reads is `beside` the one that writes, and knows of its runs.
        """
        self._db = db
        self._device = device
        self._on_sealed = on_sealed
        self._clock = clock
        self._is_in_deed = False
        self.runs: set[DeedId] = beside.runs if beside else set()  # those under way
        self._hlc = _latest_hlc(db)

    @property
    def device(self) -> str:
        return self._device

    @contextmanager
    def run(self) -> Iterator[DeedId]:
        """The id of a deed that is done in many parts; undo and redo leave it alone until its end.

        Other deeds may be done between its parts: to take back the newest of those must not take back
        what is still under way.
        """
        deed_id = DeedId(new_id())
        self.runs.add(deed_id)
        try:
            yield deed_id
        finally:
            self.runs.discard(deed_id)

    @contextmanager
    def deed(
        self,
        name: str,
        details: dict[str, object] | None = None,
        *,
        deed_id: DeedId | None = None,
        undoes: DeedId | None = None,
    ) -> Iterator[DeedId]:
        """One intention of the user: everything written inside is kept and sealed, or nothing is.

        Several of one `deed_id` are shown and undone as one. Nothing changed, nothing is noted.
        `details` are taken down at the end.

        Raises:
            StorageFull, DiskRefused: after everything was rolled back.
        """
        if (undoes is None) == (name in {UNDO, REDO}):
            raise ValueError(f"a deed cannot be called {name!r}")
        if self._is_in_deed:
            raise RuntimeError("a deed is being done already")
        details = {} if details is None else details
        draft = _Draft(new_id(), deed_id or DeedId(new_id()), name, details, undoes)
        self._is_in_deed = True
        try:
            with engine.transaction(self._db):
                self._db.execute("UPDATE deed_context SET entry_id = ?", [draft.id])
                yield draft.deed_id
                self._db.execute("UPDATE deed_context SET entry_id = NULL")
                sealed = self._seal(draft)
        finally:
            self._is_in_deed = False
        if sealed and self._on_sealed:
            with suppress(OSError):  # the deed is done; what is told here may lag behind
                self._on_sealed(sealed.device, sealed.device_seq, sealed.hash)

    def _seal(self, draft: "_Draft") -> Entry | None:
        changes, digest = seal_changes(self._db, draft.id)
        if changes == 0 and draft.undoes is None:
            return None
        number, previous = self.head()
        moment = self._clock()
        self._hlc = max(self._hlc + 1, moment // 1_000_000 << 16)
        entry = Entry(
            previous=previous,
            id=draft.id,
            deed_id=draft.deed_id,
            device=self._device,
            device_seq=number + 1,
            hlc=self._hlc,
            at=to_column(datetime.fromtimestamp(moment / 1e9, UTC)),
            actor=ACTOR,
            deed=draft.deed,
            details=details_column(draft.details),
            undoes=draft.undoes,
            changes_sha256=digest,
        )
        append(self._db, entry)
        return entry

    def undo(self) -> Deed:
        """Take back the newest deed of this device that is done; answers that deed.

        What was changed again since stays as it is: the new entry's details name it as `skipped`.

        Raises:
            NothingToUndo: there is none.
        """
        target = next_to_undo(self._db, self._device, self.runs)
        if target is None:
            raise NothingToUndo(UNDO)
        return self._flip(UNDO, target, changes_of_deed(self._db, target, self._device))

    def redo(self) -> Deed:
        """Do again what the last undo took back, unless something new was done since.

        Raises:
            NothingToUndo: there is nothing to do again.
        """
        target = next_to_redo(self._db, self._device, self.runs)
        if target is None:
            raise NothingToUndo(REDO)
        return self._flip(REDO, target, changes_of_last_undo(self._db, target))

    def _flip(self, name: str, target: DeedId, changes: Iterable[Change]) -> Deed:
        flipped = deed_of(self._db, target)
        reversal = Reversal(self._db)
        with self.deed(name, {"deed": flipped.name, "skipped": reversal.skipped}, undoes=target):
            reversal.take_back(changes)
        return replace(flipped, is_undone=name == UNDO)

    def next_to_undo(self) -> str:
        """The name of the deed that `undo` would take back; empty where there is none."""
        return self._name_of(next_to_undo(self._db, self._device, self.runs))

    def next_to_redo(self) -> str:
        """The name of the deed that `redo` would do again; empty where there is none."""
        return self._name_of(next_to_redo(self._db, self._device, self.runs))

    def _name_of(self, deed: DeedId | None) -> str:
        return name_of_deed(self._db, deed) if deed else ""

    def deeds(self, limit: int = 50, before: DeedId | None = None) -> list[Deed]:
        """Deeds of all devices, newest first; undos and redos are deeds too."""
        return newest_deeds(self._db, limit, before)

    def verify(self) -> list[Finding]:
        """Prove the whole database against its history; an empty list where all is well."""
        return verify_database(self._db)

    def head(self) -> tuple[int, str]:
        """Number and hash of this device's last entry."""
        return chain_head(self._db, self._device) or (0, NO_HASH)

    def heads(self) -> dict[str, tuple[int, str]]:
        """Number and hash of every device's last entry: a witness, where it is kept elsewhere."""
        return {device: (number, digest) for device, number, digest, _ in _heads(self._db)}

    def last_change(self) -> int:
        return last_change(self._db)

    def is_current(self, stamp: Stamp | None) -> bool:
        """Whether what is complete up to `stamp` lacks nothing, and holds nothing of another history."""
        return stamp == stamp_at(self._db, self.last_change())

    def changed_rows(self, after: int, upto: int) -> list[tuple[str, str]]:
        return changed_rows(self._db, after, upto)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry before it is known what it changed."""

    id: str
    deed_id: DeedId
    deed: str
    details: dict[str, object]
    undoes: DeedId | None


def chain_head(db: Database, device: str) -> tuple[int, str] | None:
    """Number and hash of the device's last entry; None if it has none."""
    row = db.execute(
        "SELECT device_seq, hash FROM history_entries WHERE device = ? ORDER BY device_seq DESC LIMIT 1",
        [device],
    ).fetchone()
    return (row[0], row[1]) if row else None


def hash_of_entry(db: Database, device: str, device_seq: int) -> str | None:
    """The hash of the device's entry of that number; None if there is none."""
    row = db.execute(
        "SELECT hash FROM history_entries WHERE device = ? AND device_seq = ?", [device, device_seq]
    ).fetchone()
    return str(row[0]) if row else None


def last_change(db: Database) -> int:
    """The number of the newest changed row; 0 if nothing was ever changed."""
    (seq,) = db.execute("SELECT max(seq) FROM history_changes").fetchone()
    return int(seq or 0)


def stamp_at(db: Database, change: int) -> Stamp:
    """The point of history at its last change up to number `change`."""
    row = db.execute(
        "SELECT history_changes.seq, hash FROM history_changes"
        " JOIN history_entries ON history_entries.id = entry_id"
        " WHERE history_changes.seq <= ? ORDER BY history_changes.seq DESC LIMIT 1",
        [change],
    ).fetchone()
    return Stamp(*row) if row else BEGINNING


def changed_rows(db: Database, after: int, upto: int) -> list[tuple[str, str]]:
    """Table and id of the rows changed after change `after` and up to `upto`, each once."""
    rows = db.execute(
        "SELECT table_name, row_id FROM history_changes WHERE seq > ? AND seq <= ?"
        " GROUP BY table_name, row_id ORDER BY min(seq)",
        [after, upto],
    ).fetchall()
    return [(table, row_id) for table, row_id in rows]


def _heads(db: Database) -> list[tuple[str, int, str, int]]:
    """Device, number, hash and clock of every chain's end, by hopping from device to device."""
    rows: list[tuple[str, int, str, int]] = db.execute("""
        WITH RECURSIVE devices (device) AS (
            SELECT min(device) FROM history_entries
            UNION ALL
            SELECT (SELECT min(device) FROM history_entries WHERE device > devices.device)
            FROM devices WHERE device IS NOT NULL
        )
        SELECT device, device_seq, hash, hlc FROM devices JOIN history_entries USING (device)
        WHERE device_seq =
            (SELECT max(device_seq) FROM history_entries AS own WHERE own.device = devices.device)
    """).fetchall()
    return rows


def _latest_hlc(db: Database) -> int:
    return max((hlc for *_, hlc in _heads(db)), default=0)
