"""Cases and their aliases as rows."""

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archivist.model.case import Case
from archivist.model.ids import CaseId, name_key, natural_id
from archivist.storage.links import HIDDEN_QUOTES

_CASES = f"""
    SELECT cases.*, (
        SELECT count(*) FROM case_quotes
        WHERE case_id = cases.id AND deleted = 0 AND quote_id NOT IN {HIDDEN_QUOTES}
    ) AS quotes, (
        SELECT json_group_array(name) FROM
            (SELECT name FROM case_aliases
             WHERE case_id = cases.id AND NOT case_aliases.deleted ORDER BY name_key)
    ) AS aliases FROM cases
"""  # noqa: S608 -- a constant

_NAMED = """
    WHERE cases.deleted = ? AND (name_key = ? OR cases.id = ?
        OR (length(?) >= 4 AND substr(cases.id, 1, length(?)) = ?)
        OR cases.id IN (SELECT case_id FROM case_aliases WHERE name_key = ? AND NOT deleted))
    ORDER BY name_key, cases.id
"""


@dataclass(frozen=True, slots=True)
class CaseStore:
    """Finds and keeps cases."""

    db: Database

    def put(self, case: Case) -> None:
        """Add the case or write it anew; its aliases become those of `case`."""
        self.db.execute(
            """
            INSERT INTO cases (id, name, name_key, summary, notes, colour) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
                summary = excluded.summary, notes = excluded.notes, colour = excluded.colour
            """,
            [case.id, case.name, name_key(case.name), case.summary, case.notes, case.colour],
        )
        self._put_aliases(case)

    def get(self, case_id: CaseId) -> Case | None:
        return next(map(_case, self.db.query(f"{_CASES} WHERE cases.id = ?", [case_id])), None)

    def all(self, *, deleted: bool = False) -> list[Case]:
        rows = self.db.query(f"{_CASES} WHERE cases.deleted = ? ORDER BY name_key, cases.id", [int(deleted)])
        return list(map(_case, rows))

    def ids(self) -> list[CaseId]:
        rows = self.db.execute("SELECT id FROM cases WHERE NOT deleted ORDER BY id").fetchall()
        return [CaseId(found) for (found,) in rows]

    def by_name(self, name: str) -> Case | None:
        rows = self.db.query(f"{_CASES} WHERE name_key = ? AND NOT cases.deleted", [name_key(name)])
        return next(map(_case, rows), None)

    def named(self, name: str, *, deleted: bool = False) -> list[Case]:
        """Cases of that name or alias, or whose id starts with it."""
        key = name_key(name)
        rows = self.db.query(_CASES + _NAMED, [int(deleted), key, name, name, name, name, key])
        return list(map(_case, rows))

    def mark_deleted(self, case_id: CaseId, *, deleted: bool) -> None:
        self.db.execute("UPDATE cases SET deleted = ? WHERE id = ?", [int(deleted), case_id])

    def _put_aliases(self, case: Case) -> None:
        kept = {name_key(alias) for alias in case.aliases}
        known = self.db.query("SELECT id, name_key FROM case_aliases WHERE case_id = ?", [case.id])
        for row in list(known):
            if row["name_key"] not in kept:
                self.db.execute("UPDATE case_aliases SET deleted = 1 WHERE id = ?", [row["id"]])
        for alias in case.aliases:
            self.db.execute(
                """
                INSERT INTO case_aliases (id, case_id, name, name_key) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, deleted = 0
                """,
                [natural_id("case_alias", case.id, name_key(alias)), case.id, alias, name_key(alias)],
            )


def _case(row: dict[str, Any]) -> Case:
    return Case(
        id=CaseId(row["id"]),
        name=row["name"],
        summary=row["summary"],
        aliases=tuple(json.loads(row["aliases"])),
        quotes=row["quotes"],
        deleted=bool(row["deleted"]),
        notes=row["notes"],
        colour=row["colour"],
    )
