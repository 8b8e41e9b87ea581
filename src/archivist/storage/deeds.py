"""The deeds that history holds, as they are shown: newest first, one of many entries as one."""

import json
from typing import Any

from sqlite_utils import Database

from archivist.model.history import Deed
from archivist.model.ids import DeedId
from archivist.storage.times import from_column

UNDO = "undo"
REDO = "redo"

# A deed is undone if the last word on it is an undo that came after all of it.
_DEEDS = f"""
    SELECT first.deed_id, first.deed, first.actor, first.details, first.undoes, last.at,
        (SELECT count(*) FROM history_changes JOIN history_entries ON history_entries.id = entry_id
         WHERE history_entries.deed_id = first.deed_id) AS changes,
        coalesce((SELECT flip.deed = '{UNDO}' AND flip.seq > last.seq FROM history_entries AS flip
         WHERE flip.undoes = first.deed_id ORDER BY flip.seq DESC LIMIT 1), 0) AS is_undone
    FROM (
        SELECT min(seq) AS first_seq, max(seq) AS last_seq FROM history_entries
        GROUP BY deed_id HAVING {{having}} ORDER BY last_seq DESC LIMIT :limit
    )
    JOIN history_entries AS first ON first.seq = first_seq
    JOIN history_entries AS last ON last.seq = last_seq
    ORDER BY last_seq DESC
"""  # noqa: S608 -- a constant
_ALL = _DEEDS.format(having="TRUE")
_BEFORE = _DEEDS.format(
    having="last_seq < (SELECT max(seq) FROM history_entries WHERE deed_id = :deed_id)",
)
_ONE = _DEEDS.format(having="deed_id = :deed_id")


def newest_deeds(db: Database, limit: int, before: DeedId | None) -> list[Deed]:
    """A page of deeds: those that ended before `before` did, or the newest of all."""
    rows = db.query(_ALL if before is None else _BEFORE, {"limit": limit, "deed_id": before})
    return list(map(_deed, rows))


def deed_of(db: Database, deed_id: DeedId) -> Deed:
    return next(map(_deed, db.query(_ONE, {"limit": 1, "deed_id": deed_id})))


def name_of_deed(db: Database, deed_id: DeedId) -> str:
    """Its name alone: what it changed is counted in all of its entries, and an import has many."""
    (name,) = db.execute("SELECT deed FROM history_entries WHERE deed_id = ? LIMIT 1", [deed_id]).fetchone()
    return str(name)


def _deed(row: dict[str, Any]) -> Deed:
    return Deed(
        id=DeedId(row["deed_id"]),
        name=row["deed"],
        at=from_column(row["at"]),
        actor=row["actor"],
        details=json.loads(row["details"]),
        changes=row["changes"],
        undoes=DeedId(row["undoes"]) if row["undoes"] else None,
        is_undone=bool(row["is_undone"]),
    )
