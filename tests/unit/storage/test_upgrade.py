"""An archive as the first release left it, with a history, opened by what came after."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.model.history import FindingLevel
from archivist.model.ids import QuoteId
from archivist.storage import engine
from archivist.storage.database import open_database
from archivist.storage.engine import Database, connect
from archivist.storage.history import History
from archivist.storage.migrations import migrations
from archivist.storage.quotes import QuoteStore
from archivist.storage.triggers import TRACKED, drop_triggers, install_triggers
from tests.unit.storage.conftest import DEVICE, KEY
from tests.unit.storage.rows import add, add_document, add_quote, add_tag, edit, put_tag_on, row

# The columns that came later.
_LATER = {"quotes": {"colour"}, "tags": {"parent_id"}, "cases": {"notes", "colour"}}


@pytest.fixture
def older_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A quote with a tag, in a case; the tag was renamed, the case deleted, and that undone."""
    path = tmp_path / "older.db"
    db = connect(path, KEY, create=True)
    migrations.apply(db, stop_before="m004_window")
    with monkeypatch.context() as patch:
        for table, later in _LATER.items():
            kept = tuple(column for column in TRACKED[table] if column not in later)
            patch.setitem(TRACKED, table, kept)
        install_triggers(db)
        _work(db)
    engine.close(db)
    return path


def _work(db: Database) -> None:
    history = History(db, DEVICE)
    with history.deed("quote"):
        quote, tag = add_quote(db, add_document(db)), add_tag(db)
        put_tag_on(db, quote, tag)
        case = add(db, "cases", {"name": "Prison 5", "name_key": "prison 5"})
        add(db, "case_quotes", {"case_id": case, "quote_id": quote, "role": "supports", "position": 1})
    with history.deed("edit tag"):
        edit(db, "tags", tag, name="Torture")
    with history.deed("delete case"):
        edit(db, "cases", case, deleted=1)
    history.undo()


@pytest.fixture
def upgraded(older_path: Path, tmp_path: Path) -> Iterator[Database]:
    db = open_database(older_path, KEY, backups=tmp_path / "backups")
    yield db
    engine.close(db)


def only(db: Database, table: str) -> str:
    ((found,),) = db.execute(f"SELECT id FROM {table}").fetchall()  # noqa: S608
    return str(found)


def test_the_history_of_an_older_archive_holds_after_the_upgrade(upgraded: Database) -> None:
    assert History(upgraded, DEVICE).verify() == []


def test_what_came_later_is_empty_in_older_rows(upgraded: Database) -> None:
    assert row(upgraded, "quotes", only(upgraded, "quotes"))["colour"] == ""
    assert row(upgraded, "tags", only(upgraded, "tags"))["parent_id"] is None
    case = row(upgraded, "cases", only(upgraded, "cases"))
    assert (case["notes"], case["colour"]) == ("", "")


def test_deeds_before_and_after_the_upgrade_are_undone_alike(upgraded: Database) -> None:
    history = History(upgraded, DEVICE)
    quote, tag = only(upgraded, "quotes"), only(upgraded, "tags")
    with history.deed("edit"):
        edit(upgraded, "quotes", quote, colour="teal")
        edit(upgraded, "tags", tag, parent_id=add_tag(upgraded, "violence"))
        edit(upgraded, "cases", only(upgraded, "cases"), notes="Ask the lawyer.")

    undone = [history.undo().name for _ in range(3)]

    assert undone == ["edit", "edit tag", "quote"]
    assert row(upgraded, "quotes", quote)["colour"] == ""
    assert row(upgraded, "tags", tag)["parent_id"] is None
    assert row(upgraded, "tags", tag)["name"] == "torture"
    assert row(upgraded, "quotes", quote)["deleted"] == 1
    assert [history.redo().name for _ in range(3)] == ["quote", "edit tag", "edit"]
    assert row(upgraded, "quotes", quote)["colour"] == "teal"
    assert history.verify() == []


def test_a_new_column_that_was_altered_behind_the_history_is_found(upgraded: Database) -> None:
    quote = only(upgraded, "quotes")
    History(upgraded, DEVICE)  # the schema may not be changed by the archive's own connection
    engine_path = upgraded.execute("PRAGMA database_list").fetchone()[2]
    intruder = connect(Path(engine_path), KEY)
    drop_triggers(intruder)
    intruder.execute("UPDATE quotes SET colour = 'rose'")
    install_triggers(intruder)
    engine.close(intruder)

    findings = History(upgraded, DEVICE).verify()

    assert [(finding.level, finding.what, finding.id) for finding in findings] == [
        (FindingLevel.ERROR, "quotes", quote)
    ]
    assert "colour" in findings[0].message


def test_stores_read_what_an_older_version_wrote(upgraded: Database) -> None:
    quote = only(upgraded, "quotes")
    with History(upgraded, DEVICE).deed("edit"):
        QuoteStore(upgraded).set_colour(QuoteId(quote), "sky")

    assert row(upgraded, "quotes", quote)["colour"] == "sky"


@pytest.mark.parametrize(("table", "columns"), _LATER.items())
def test_a_column_that_came_later_says_what_it_was_before(
    db: Database, table: str, columns: set[str]
) -> None:
    said = {column.name: column.default_value for column in db.table(table).columns}

    assert {said[column] for column in columns} <= {"''", "NULL"}
