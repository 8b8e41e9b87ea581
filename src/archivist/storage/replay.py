"""History told again: what it says of every row, against the row as it stands.

SQL compares images with images and picks out the few rows where something does not fit; only
those are gone through change by change.
"""

import json
from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from archivist.model.history import Finding, FindingLevel
from archivist.storage.triggers import TRACKED, image

Values = Mapping[str, object]


def check_replay(db: Database) -> Iterator[Finding]:
    """Rows that history does not account for."""
    suspects = dict.fromkeys(_broken_off(db))  # in order, each once
    for table in TRACKED:
        suspects.update(dict.fromkeys(_different(db, table)))
    defaults = {table: _defaults(db, table) for table in TRACKED}
    for table, row_id in suspects:
        if table in TRACKED:
            yield from _examine(db, table, row_id, defaults[table])
    for (table,) in db.execute("SELECT DISTINCT table_name FROM history_changes").fetchall():
        if table not in TRACKED:
            yield _error(table, "", "History tells of a table that an archive does not have.")


def _broken_off(db: Database) -> Iterator[tuple[str, str]]:
    """Rows with a change that does not begin where the one before it ended."""
    yield from db.execute("""
        SELECT table_name, row_id FROM history_changes AS change
        WHERE before IS NOT (
            SELECT after FROM history_changes AS earlier
            WHERE earlier.table_name = change.table_name AND earlier.row_id = change.row_id
                AND earlier.seq < change.seq
            ORDER BY earlier.seq DESC LIMIT 1
        )
    """)


def _different(db: Database, table: str) -> Iterator[tuple[str, str]]:
    """Rows that are not as their last change left them, or are not there at all."""
    rows = db.execute(
        f"""
        SELECT id FROM {table}
        WHERE {image(table, table)} IS NOT (
            SELECT after FROM history_changes
            WHERE table_name = ? AND row_id = {table}.id ORDER BY seq DESC LIMIT 1
        )
        UNION ALL
        SELECT DISTINCT row_id FROM history_changes
        WHERE table_name = ? AND row_id NOT IN (SELECT id FROM {table})
        """,  # noqa: S608 -- names from TRACKED
        [table, table],
    )
    for (row_id,) in rows:
        yield table, row_id


def _examine(db: Database, table: str, row_id: str, defaults: Values) -> Iterator[Finding]:
    """Go through the changes of a row. What was purged is unknown from there on."""
    known: Values | None = None
    changes = db.execute(
        "SELECT before, after FROM history_changes WHERE table_name = ? AND row_id = ? ORDER BY seq",
        [table, row_id],
    ).fetchall()
    for before, after in changes:
        if before is None and known is not None and after is not None:
            yield _error(table, row_id, "History tells twice that it was made.")
        elif before is not None and (fields := _differing(known, _values(before), defaults)):
            yield _error(table, row_id, f"It was changed outside of history ({fields}), and then again.")
        known = _values(after)
    yield from _compare(db, table, row_id, known, defaults)


def _compare(
    db: Database, table: str, row_id: str, known: Values | None, defaults: Values
) -> Iterator[Finding]:
    question = f"SELECT {image(table, table)} FROM {table} WHERE id = ?"  # noqa: S608 -- names from TRACKED
    row = db.execute(question, [row_id]).fetchone()
    if row is None:
        yield _error(table, row_id, "It is in history, but not in the archive.")
    elif known is None:
        yield _error(table, row_id, "It was put into the archive outside of history.")
    elif fields := _differing(known, _values(row[0]), defaults):
        yield _error(table, row_id, f"It was changed outside of history: {fields}.")


def _values(image: str | None) -> Values:
    """Nothing, where it was purged or is no image any more (the chain tells of that)."""
    try:
        values = json.loads(image or "{}")
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def _differing(known: Values | None, found: Values, defaults: Values) -> str:
    """The fields of `found` that are not as history knows them; "" if all are.

    A column that came with a later version held its default before. Nothing is known of a
    purged row but what was said of it since.
    """
    if known is None:
        return "all"
    if not known:
        return ""
    expected = {**defaults, **known}
    return ", ".join(sorted(field for field in found if found[field] != expected.get(field)))


def _defaults(db: Database, table: str) -> Values:
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    literals = {name: literal for _, name, _, _, literal, _ in columns if literal is not None}
    return {name: db.execute(f"SELECT {literal}").fetchone()[0] for name, literal in literals.items()}


def _error(table: str, row_id: str, message: str) -> Finding:
    return Finding(FindingLevel.ERROR, table, row_id, message)
