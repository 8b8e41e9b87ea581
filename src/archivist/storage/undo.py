"""Taking changes back, field by field, and which deed is next. All state is in history itself."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from archivist.model.ids import DeedId
from archivist.storage.deeds import REDO, UNDO
from archivist.storage.triggers import TRACKED

Values = dict[str, object]

# What others may have come to use is not un-made with the deed that made it, while they do.
_IN_USE: Mapping[str, str] = {
    "tags": """
        SELECT 1 FROM quote_tags JOIN quotes ON quotes.id = quote_id
        WHERE tag_id = ? AND NOT quote_tags.deleted AND NOT quotes.deleted LIMIT 1
    """,
}
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """One changed row; None for what is not there: before its making, or after a purge."""

    table: str
    row_id: str
    before: Values | None
    after: Values | None


@dataclass(slots=True)
class Reversal:
    """Puts back what changes wrote, where it still stands; notes in `skipped` where it does not."""

    db: Database
    skipped: list[dict[str, object]] = field(default_factory=list)

    def take_back(self, changes: Iterable[Change]) -> None:
        """Changes come newest first."""
        for change in changes:
            self._take_back(change)

    def _take_back(self, change: Change) -> None:
        if change.after is None:  # purged: nobody knows any more
            self._skip(change, ())
            return
        wanted = self._wanted(change, change.after)
        if not wanted:
            return
        current = self._row(change, wanted)
        if current is None:
            self._skip(change, wanted)
            return
        still = {name for name in wanted if current[name] == change.after.get(name)}
        if overtaken := [name for name in wanted if name not in still and current[name] != wanted[name]]:
            self._skip(change, overtaken)
        self._write(change, {name: value for name, value in wanted.items() if name in still})

    def _wanted(self, change: Change, after: Values) -> Values:
        """The values to go back to. What was made is marked as deleted; a text stays as it is."""
        if change.before is not None:
            return {
                name: value
                for name, value in change.before.items()
                if name in TRACKED[change.table] and value != after.get(name)
            }
        if "deleted" not in TRACKED[change.table]:
            return {}
        if self._is_in_use(change):
            self._skip(change, ["deleted"])
            return {}
        return {"deleted": 1}

    def _is_in_use(self, change: Change) -> bool:
        question = _IN_USE.get(change.table)
        return question is not None and bool(self.db.execute(question, [change.row_id]).fetchone())

    def _row(self, change: Change, names: Iterable[str]) -> Values | None:
        names = tuple(names)
        question = f"SELECT {', '.join(names)} FROM {change.table} WHERE id = ?"  # noqa: S608 -- from TRACKED
        row = self.db.execute(question, [change.row_id]).fetchone()
        return dict(zip(names, row, strict=True)) if row else None

    def _write(self, change: Change, values: Values) -> None:
        if values:
            assignments = ", ".join(f"{name} = ?" for name in values)
            order = f"UPDATE {change.table} SET {assignments} WHERE id = ?"  # noqa: S608 -- names from TRACKED
            self.db.execute(order, [*values.values(), change.row_id])

    def _skip(self, change: Change, names: Iterable[str]) -> None:
        self.skipped.append({"table": change.table, "row": change.row_id, "fields": sorted(names)})


def next_to_undo(db: Database, device: str, besides: Container[str] = ()) -> DeedId | None:
    """The newest deed of the device that is done, and no undo or redo itself, nor one of `besides`."""
    last_word: dict[str, str] = {}
    for deed_id, deed, undoes in _newest_first(db, device, besides):
        if undoes is not None:
            last_word.setdefault(undoes, deed)
        elif last_word.get(deed_id) != UNDO:
            return DeedId(deed_id)
    return None


def next_to_redo(db: Database, device: str, besides: Container[str] = ()) -> DeedId | None:
    """The deed of the last undo not done again; none once something new was done, but for `besides`."""
    done_again = 0
    for _, deed, undoes in _newest_first(db, device, besides):
        if undoes is None:
            return None
        if deed == REDO:
            done_again += 1
        elif done_again == 0:
            return DeedId(undoes)
        else:
            done_again -= 1
    return None


def _newest_first(
    db: Database, device: str, besides: Container[str]
) -> Iterator[tuple[str, str, str | None]]:
    entries = db.execute(
        "SELECT deed_id, deed, undoes FROM history_entries WHERE device = ? ORDER BY device_seq DESC",
        [device],
    )
    yield from (entry for entry in entries if entry[0] not in besides)


def changes_of_deed(db: Database, deed_id: DeedId, device: str) -> Iterator[Change]:
    """What the entries of a deed changed, newest first."""
    entries = db.execute(
        "SELECT id FROM history_entries WHERE deed_id = ? AND device = ? ORDER BY seq DESC", [deed_id, device]
    ).fetchall()
    for (entry_id,) in entries:
        yield from _changes(db, entry_id)


def changes_of_last_undo(db: Database, deed_id: DeedId) -> Iterator[Change]:
    (entry_id,) = db.execute(
        "SELECT id FROM history_entries WHERE undoes = ? AND deed = ? ORDER BY seq DESC LIMIT 1",
        [deed_id, UNDO],
    ).fetchone()
    yield from _changes(db, entry_id)


def _changes(db: Database, entry_id: str) -> Iterator[Change]:
    """Page by page: history grows while its changes are taken back."""
    below = 2**63 - 1
    while page := db.execute(
        "SELECT seq, table_name, row_id, before, after FROM history_changes"
        " WHERE entry_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
        [entry_id, below, _PAGE],
    ).fetchall():
        for seq, table, row_id, before, after in page:
            yield Change(table, row_id, _values(before), _values(after))
            below = seq


def _values(image: str | None) -> Values | None:
    return None if image is None else json.loads(image)
