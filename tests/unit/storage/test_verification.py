"""Nothing that was altered behind the triggers' back stays unseen."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.model.history import Finding, FindingLevel
from archivist.storage import engine
from archivist.storage.chain import Entry, row_hash
from archivist.storage.database import create_database, open_database
from archivist.storage.engine import Database, transaction
from archivist.storage.history import History
from archivist.storage.triggers import TRACKED
from tests.unit.storage.conftest import DEVICE, KEY, Tamper
from tests.unit.storage.rows import add_document, add_quote, add_tag, add_text, edit, put_tag_on


@pytest.fixture
def document(db: Database, history: History) -> str:
    """A document, after four deeds."""
    with history.deed("import"):
        document = add_document(db, "Report")
        add_text(db, document, "They came at night.")
    with history.deed("quote"):
        put_tag_on(db, add_quote(db, document), add_tag(db))
    with history.deed("edit document"):
        edit(db, "documents", document, title="Report of the commission")
    with history.deed("edit document"):
        edit(db, "documents", document, language="ar")
    return document


def entry_ids(db: Database) -> list[str]:
    return [entry for (entry,) in db.execute("SELECT id FROM history_entries ORDER BY seq").fetchall()]


def found(history: History) -> set[tuple[str, str]]:
    findings = history.verify()
    assert all(finding.level == FindingLevel.ERROR for finding in findings)
    return {(finding.what, finding.id) for finding in findings}


def test_an_untouched_archive_is_in_order(history: History, document: str) -> None:
    assert document
    assert history.verify() == []


def test_an_empty_archive_is_in_order(history: History) -> None:
    assert history.verify() == []


def test_a_changed_row_is_found(history: History, document: str, tamper: Tamper) -> None:
    tamper("UPDATE documents SET title = 'Harmless'")

    assert history.verify() == [
        Finding(FindingLevel.ERROR, "documents", document, "It was changed outside of history: title.")
    ]


@pytest.mark.parametrize("column", TRACKED["documents"])
def test_any_changed_value_is_found(history: History, document: str, tamper: Tamper, column: str) -> None:
    changed = "x" * 64 if column == "sha256" else '["x"]' if column == "warnings" else "1"
    tamper(f"UPDATE documents SET {column} = ?", changed)  # noqa: S608

    assert found(history) == {("documents", document)}


def test_a_change_that_was_written_over_since_is_found(
    db: Database, history: History, document: str, tamper: Tamper
) -> None:
    tamper("UPDATE documents SET title = 'Harmless'")
    with history.deed("edit document"):
        edit(db, "documents", document, title="Report, corrected")

    (finding,) = history.verify()

    assert (finding.what, finding.id) == ("documents", document)
    assert finding.message == "It was changed outside of history (title), and then again."


def test_a_change_beside_which_others_were_made_is_found(
    db: Database, history: History, document: str, tamper: Tamper
) -> None:
    tamper("UPDATE documents SET title = 'Harmless'")
    with history.deed("edit document"):
        edit(db, "documents", document, language="fr")

    assert found(history) == {("documents", document)}


@pytest.mark.usefixtures("document")
def test_a_removed_row_is_found(db: Database, history: History, tamper: Tamper) -> None:
    (quote,) = db.execute("SELECT id FROM quotes").fetchone()
    tamper("DELETE FROM quotes")

    assert ("quotes", quote) in found(history)


@pytest.mark.usefixtures("document")
def test_an_added_row_is_found(history: History, tamper: Tamper) -> None:
    tamper("INSERT INTO tags (id, name, name_key) VALUES ('planted', 'traitor', 'traitor')")

    assert found(history) == {("tags", "planted")}


@pytest.mark.usefixtures("document")
def test_a_changed_text_is_found(db: Database, history: History, tamper: Tamper) -> None:
    (text,) = db.execute("SELECT id FROM texts").fetchone()
    tamper("UPDATE texts SET content = 'Nobody came.'")

    assert found(history) == {("texts", text)}


@pytest.mark.usefixtures("document")
def test_a_changed_text_with_a_new_hash_is_found(db: Database, history: History, tamper: Tamper) -> None:
    (text,) = db.execute("SELECT id FROM texts").fetchone()
    digest = hashlib.sha256(b"Nobody came.").hexdigest()
    tamper("UPDATE texts SET content = 'Nobody came.', sha256 = ?", digest)

    assert found(history) == {("texts", text)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_changes SET after = replace(after, 'torture', 'kindness') WHERE table_name = 'tags'",
        "UPDATE history_changes SET row_id = 'another' WHERE table_name = 'tags'",
        "UPDATE history_changes SET table_name = 'cases' WHERE table_name = 'tags'",
        "UPDATE history_changes SET sha256 = NULL WHERE table_name = 'tags'",
        "UPDATE history_changes SET sha256 = 'x' WHERE table_name = 'tags'",
        "UPDATE history_changes SET after = 'no image' WHERE table_name = 'tags'",
        "UPDATE history_changes SET after = '[]' WHERE table_name = 'tags'",
        "UPDATE history_changes SET after = CAST(x'ff' AS TEXT) WHERE table_name = 'tags'",
        "UPDATE history_changes SET before = '{}' WHERE table_name = 'tags'",
        "DELETE FROM history_changes WHERE table_name = 'tags'",
        "UPDATE history_changes SET seq = seq + 100 WHERE table_name = 'quotes'",
    ],
)
@pytest.mark.usefixtures("document")
def test_an_altered_change_is_found_at_its_entry(
    db: Database, history: History, tamper: Tamper, statement: str
) -> None:
    tamper(statement)

    assert ("history", entry_ids(db)[1]) in found(history)


@pytest.mark.usefixtures("document")
def test_an_altered_change_with_a_new_hash_is_found(db: Database, history: History, tamper: Tamper) -> None:
    row_id, after = db.execute(
        "SELECT row_id, after FROM history_changes WHERE table_name = 'tags'"
    ).fetchone()
    forged = after.replace("torture", "kindness")
    tamper(
        "UPDATE history_changes SET after = ?, sha256 = ? WHERE table_name = 'tags'",
        *(forged, row_hash("tags", row_id, None, forged)),
    )
    tamper("UPDATE tags SET name = 'kindness', name_key = 'kindness'")

    assert found(history) == {("history", entry_ids(db)[1])}


@pytest.mark.parametrize(
    "column", ["at", "actor", "deed", "details", "deed_id", "undoes", "changes_sha256", "hash"]
)
@pytest.mark.usefixtures("document")
def test_an_altered_entry_is_found(db: Database, history: History, tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE history_entries SET {column} = '0' WHERE seq = 2")  # noqa: S608

    assert ("history", entry_ids(db)[1]) in found(history)


@pytest.mark.usefixtures("document")
def test_an_altered_clock_is_found(db: Database, history: History, tamper: Tamper) -> None:
    tamper("UPDATE history_entries SET hlc = hlc + 1 WHERE seq = 2")

    assert found(history) == {("history", entry_ids(db)[1])}


@pytest.mark.usefixtures("document")
def test_a_missing_entry_is_found_at_the_next(db: Database, history: History, tamper: Tamper) -> None:
    second, third = entry_ids(db)[1:3]
    tamper("DELETE FROM history_entries WHERE seq = 2")

    findings = {(finding.id, finding.message) for finding in history.verify()}

    assert (third, "Entries before it are missing from history.") in findings
    assert (second, "Changes stand in history that belong to no entry.") in findings


@pytest.mark.usefixtures("document")
def test_entries_in_another_order_are_found(db: Database, history: History, tamper: Tamper) -> None:
    second, third = entry_ids(db)[1:3]
    tamper("UPDATE history_entries SET device_seq = 99 WHERE seq = 2")
    tamper("UPDATE history_entries SET device_seq = 2 WHERE seq = 3")
    tamper("UPDATE history_entries SET device_seq = 3 WHERE seq = 2")

    assert {("history", second), ("history", third)} <= found(history)


@pytest.mark.usefixtures("document")
def test_a_replaced_entry_with_a_new_hash_is_found_at_the_next(
    db: Database, history: History, tamper: Tamper
) -> None:
    third = entry_ids(db)[2]
    stored = next(db.query("SELECT * FROM history_entries WHERE seq = 2"))
    entry = Entry(**{name: value for name, value in stored.items() if name not in {"seq", "hash"}})
    forged = replace(entry, actor="somebody else")
    assert entry.hash == stored["hash"]
    tamper("UPDATE history_entries SET actor = ?, hash = ? WHERE seq = 2", forged.actor, forged.hash)

    assert found(history) == {("history", third)}


def test_the_end_of_history_cut_off_is_found_by_its_rows(
    db: Database, history: History, document: str, tamper: Tamper
) -> None:
    tamper("DELETE FROM history_changes WHERE entry_id = ?", entry_ids(db)[-1])
    tamper("DELETE FROM history_entries WHERE seq = 4")

    assert found(history) == {("documents", document)}


@pytest.mark.usefixtures("document")
def test_changes_of_an_unknown_table_are_found(history: History, tamper: Tamper) -> None:
    tamper("UPDATE history_changes SET table_name = 'people' WHERE table_name = 'tags'")

    assert ("people", "") in found(history)


@pytest.mark.usefixtures("document")
def test_a_row_made_twice_is_found(db: Database, history: History) -> None:
    (tag, after) = db.execute(
        "SELECT row_id, after FROM history_changes WHERE table_name = 'tags'"
    ).fetchone()
    with history.deed("forge"):
        db.execute(
            "INSERT INTO history_changes (entry_id, table_name, row_id, after)"
            " VALUES ((SELECT entry_id FROM deed_context), 'tags', ?, ?)",
            [tag, after],
        )

    assert [finding.message for finding in history.verify()] == ["History tells twice that it was made."]


@pytest.mark.usefixtures("document")
def test_a_purged_history_holds_and_says_so(db: Database, history: History) -> None:
    _purge(db, "tags")

    assert history.verify() == [
        Finding(FindingLevel.WARNING, "history", "", "The content of 1 changes was purged.")
    ]


def test_what_comes_after_a_purge_is_proved_again(
    db: Database, history: History, document: str, tamper: Tamper
) -> None:
    _purge(db, "documents")
    with history.deed("edit document"):
        edit(db, "documents", document, title="Withheld")
    assert [finding.level for finding in history.verify()] == [FindingLevel.WARNING]

    tamper("UPDATE documents SET title = 'Harmless'")

    assert ("documents", document) in {(finding.what, finding.id) for finding in history.verify()}


def _purge(db: Database, table: str) -> None:
    with transaction(db):
        db.execute("UPDATE deed_context SET purging = 1")
        db.execute("UPDATE history_changes SET before = NULL, after = NULL WHERE table_name = ?", [table])
        db.execute("UPDATE deed_context SET purging = 0")


@pytest.mark.usefixtures("document")
def test_a_column_of_a_later_version_is_taken_to_have_held_its_default(
    history: History, tamper: Tamper
) -> None:
    """As if `language` and `warnings` had not been there when the first entries were written."""
    for image in ("before", "after"):
        tamper(
            f"UPDATE history_changes SET {image} = json_remove({image}, '$.language', '$.warnings')"  # noqa: S608
            " WHERE table_name = 'documents'"
        )

    told = {finding.message for finding in history.verify() if finding.what == "documents"}

    assert told == {"It was changed outside of history: language."}


def test_damaged_pages_are_found_and_nothing_breaks(database_path: Path, tmp_path: Path) -> None:
    db = open_database(database_path, KEY, backups=tmp_path)
    with History(db, DEVICE).deed("import"):
        document = add_document(db)
        for _ in range(50):
            add_text(db, document, "They came at night. " * 500)
    engine.close(db)
    with database_path.open("r+b") as file:
        file.seek(database_path.stat().st_size // 2)
        file.write(b"rot")

    db = open_database(database_path, KEY, backups=tmp_path)
    findings = History(db, DEVICE).verify()

    assert findings
    assert {finding.what for finding in findings} == {"database"}
    assert db.execute("SELECT 'é'").fetchone() == ("é",)
    engine.close(db)


def test_a_flipped_bit_in_a_plain_database_is_found(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    create_database(path, None)
    db = open_database(path, None, backups=tmp_path)
    with History(db, DEVICE).deed("import"):
        add_text(db, add_document(db), "They came at night.")
    engine.close(db)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"They came at night.", b"They came at \xeeight."))

    db = open_database(path, None, backups=tmp_path)
    assert [finding.what for finding in History(db, DEVICE).verify()] == ["texts"]
    engine.close(db)
