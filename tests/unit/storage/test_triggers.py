import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from archivist.storage.engine import Database, IntegrityError, transaction
from archivist.storage.history import History
from archivist.storage.triggers import TRACKED, image
from tests.unit.storage.rows import add, add_document, add_quote, add_tag, add_text, edit, put_tag_on, sha256


def changes(db: Database) -> list[tuple[str, str, object, object]]:
    rows = db.execute("SELECT table_name, row_id, before, after FROM history_changes ORDER BY seq").fetchall()
    return [
        (table, row_id, json.loads(before or "null"), json.loads(after))
        for table, row_id, before, after in rows
    ]


@contextmanager
def in_context(db: Database, column: str, value: object) -> Iterator[None]:
    """As code would that goes around `History`."""
    with transaction(db):
        db.execute(f"UPDATE deed_context SET {column} = ?", [value])  # noqa: S608
        yield
        db.execute("UPDATE deed_context SET entry_id = NULL, purging = 0")


def one_of_each(db: Database) -> dict[str, str]:
    document = add_document(db)
    quote, tag = add_quote(db, document), add_tag(db)
    case = add(db, "cases", {"name": "Prison 5", "name_key": "prison 5"})
    statement = {"document_id": document, "field": "title", "value": "x", "origin": "user"}
    origin = {"document_id": document, "original_name": "a", "original_path": "/a", "imported_at": "2026"}
    return {
        "documents": document,
        "metadata": add(db, "metadata", statement),
        "provenances": add(db, "provenances", origin),
        "texts": add_text(db, document),
        "quotes": quote,
        "tags": tag,
        "quote_tags": put_tag_on(db, quote, tag),
        "cases": case,
        "case_aliases": add(db, "case_aliases", {"case_id": case, "name": "P5", "name_key": "p5"}),
        "case_quotes": add(
            db, "case_quotes", {"case_id": case, "quote_id": quote, "role": "supports", "position": 1}
        ),
    }


def test_every_new_row_is_logged_as_it_is(db: Database, history: History) -> None:
    with history.deed("everything"):
        rows = one_of_each(db)

    logged = {table: (row_id, before, after) for table, row_id, before, after in changes(db)}

    assert logged.keys() == TRACKED.keys()
    for table, (row_id, before, after) in logged.items():
        stored = db.execute(f"SELECT {image(table, table)} FROM {table}").fetchone()[0]  # noqa: S608
        assert (row_id, before, after) == (rows[table], None, json.loads(stored)), table


def test_a_change_is_logged_with_what_was_there(db: Database, history: History) -> None:
    with history.deed("add tag"):
        tag = add_tag(db, "torture")
    with history.deed("edit tag"):
        edit(db, "tags", tag, name="Torture")

    *_, before, after = changes(db)[-1]

    old = {"name": "torture", "name_key": "torture", "definition": "", "colour": "", "deleted": 0}
    old = {**old, "parent_id": None}
    assert before == old
    assert after == {**old, "name": "Torture"}


def test_a_change_to_the_same_value_is_none(db: Database, history: History) -> None:
    with history.deed("add tag"):
        tag = add_tag(db)

    with history.deed("edit tag"):
        edit(db, "tags", tag, name="torture")

    assert len(changes(db)) == 1


@pytest.mark.parametrize("name", ["ﺗﻌﺬﻳﺐ", "拷問", 'with "quotes" \\ and\nlines', "nul\0inside", "🕊 \u2028"])
def test_any_script_comes_back_from_the_log(db: Database, history: History, name: str) -> None:
    with history.deed("add tag"):
        add_tag(db, name)

    ((*_, after),) = changes(db)

    assert isinstance(after, dict)
    assert after["name"] == name
    assert history.verify() == []


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "REPLACE"])
def test_no_row_is_added_outside_a_deed(db: Database, verb: str) -> None:
    with pytest.raises(IntegrityError, match="outside a deed"):
        db.execute(f"{verb} INTO tags (id, name, name_key) VALUES ('t', 'torture', 'torture')")

    assert db.execute("SELECT count(*) FROM tags").fetchone() == (0,)


@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR IGNORE", "UPDATE OR REPLACE"])
def test_no_row_is_changed_outside_a_deed(db: Database, history: History, verb: str) -> None:
    with history.deed("add tag"):
        add_tag(db, "torture")

    with pytest.raises(IntegrityError, match="outside a deed"):
        db.execute(f"{verb} tags SET name = 'changed'")

    assert db.execute("SELECT name FROM tags").fetchall() == [("torture",)]


@pytest.mark.parametrize("table", TRACKED)
def test_no_row_is_ever_deleted(db: Database, history: History, table: str) -> None:
    with history.deed("everything"):
        one_of_each(db)

    with (
        pytest.raises(IntegrityError, match=r"no row is ever deleted|a text never changes"),
        history.deed("x"),
    ):
        db.execute(f"DELETE FROM {table}")  # noqa: S608


def test_replacing_a_row_is_deleting_it(db: Database, history: History) -> None:
    with history.deed("add tag"):
        tag = add_tag(db, "torture")

    with pytest.raises(IntegrityError, match="no row is ever deleted"), history.deed("edit tag"):
        db.table("tags").insert({"id": tag, "name": "x", "name_key": "x"}, replace=True)


@pytest.mark.parametrize("table", TRACKED)
def test_an_id_never_changes(db: Database, history: History, table: str) -> None:
    with history.deed("everything"):
        one_of_each(db)

    with pytest.raises(IntegrityError, match=r"an id never changes|a text never changes"), history.deed("x"):
        db.execute(f"UPDATE {table} SET id = 'other'")  # noqa: S608


def test_a_text_never_changes(db: Database, history: History) -> None:
    with history.deed("import"):
        text = add_text(db, add_document(db))

    with pytest.raises(IntegrityError, match="a text never changes"), history.deed("edit text"):
        edit(db, "texts", text, content="Nobody came.", sha256=sha256("Nobody came."))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entries SET actor = 'someone else'",
        "UPDATE history_entries SET hash = 'x'",
        "DELETE FROM history_entries",
        "REPLACE INTO history_entries SELECT * FROM history_entries",
        "UPDATE history_changes SET after = '{}'",
        "UPDATE history_changes SET before = NULL, after = NULL",
        "UPDATE history_changes SET sha256 = 'x'",
        "UPDATE history_changes SET sha256 = NULL",
        "UPDATE history_changes SET entry_id = 'x'",
        "UPDATE OR IGNORE history_changes SET row_id = 'x'",
        "DELETE FROM history_changes",
        "REPLACE INTO history_changes SELECT * FROM history_changes",
    ],
)
def test_history_is_never_altered(db: Database, history: History, statement: str) -> None:
    with history.deed("add tag"):
        add_tag(db)

    with pytest.raises(IntegrityError, match=r"history is never altered|takes no more changes"):
        db.execute(statement)

    assert history.verify() == []


def test_a_sealed_entry_takes_no_more_changes(db: Database, history: History) -> None:
    with history.deed("add tag"):
        tag = add_tag(db)
    sealed = db.execute("SELECT id FROM history_entries").fetchone()[0]

    with pytest.raises(IntegrityError, match="takes no more changes"), in_context(db, "entry_id", sealed):
        edit(db, "tags", tag, name="slipped in")


def test_changes_without_an_entry_cannot_be_kept(db: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), in_context(db, "entry_id", "made up"):
        add_tag(db)

    assert db.execute("SELECT count(*) FROM tags").fetchone() == (0,)


def test_a_purge_may_blank_what_was_logged(db: Database, history: History) -> None:
    with history.deed("add tag"):
        add_tag(db, "the name of a witness")

    with in_context(db, "purging", 1):
        db.execute("UPDATE history_changes SET before = NULL, after = NULL")

    assert db.execute("SELECT before, after FROM history_changes").fetchall() == [(None, None)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_changes SET after = '{}'",
        "UPDATE history_changes SET before = NULL",
        "UPDATE history_changes SET before = NULL, after = NULL, sha256 = NULL",
        "DELETE FROM history_changes",
    ],
)
def test_a_purge_may_do_nothing_else(db: Database, history: History, statement: str) -> None:
    with history.deed("add tag"):
        add_tag(db)

    with pytest.raises(IntegrityError, match="never altered"), in_context(db, "purging", 1):
        db.execute(statement)
