from pathlib import Path

import pytest

from archivist.model.errors import NothingToUndo
from archivist.model.ids import DeedId, new_id
from archivist.storage import engine
from archivist.storage.database import open_database
from archivist.storage.engine import Database, transaction
from archivist.storage.history import History
from tests.unit.storage.conftest import DEVICE, KEY, Tamper
from tests.unit.storage.rows import add_document, add_quote, add_tag, add_text, edit, put_tag_on, row


def is_live(db: Database, table: str, row_id: str) -> bool:
    return not row(db, table, row_id)["deleted"]


def skipped(history: History) -> object:
    return history.deeds(limit=1)[0].details["skipped"]


def test_an_edit_is_taken_back_and_done_again(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db, "Draft")
    with history.deed("edit document"):
        edit(db, "documents", document, title="Final", language="ar")

    history.undo()
    assert (row(db, "documents", document)["title"], row(db, "documents", document)["language"]) == (
        "Draft",
        None,
    )

    history.redo()
    assert (row(db, "documents", document)["title"], row(db, "documents", document)["language"]) == (
        "Final",
        "ar",
    )
    assert history.verify() == []


def test_what_was_made_is_marked_as_deleted_and_comes_back(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db)
        text = add_text(db, document)
        edit(db, "documents", document, text_id=text)

    history.undo()
    assert not is_live(db, "documents", document)
    assert row(db, "documents", document)["text_id"] is None
    assert row(db, "texts", text)["content"] == "They came at night."

    history.redo()
    assert is_live(db, "documents", document)
    assert row(db, "documents", document)["text_id"] == text
    assert history.verify() == []


def test_a_deletion_is_taken_back(db: Database, history: History) -> None:
    with history.deed("add tag"):
        tag = add_tag(db)
    with history.deed("delete tag"):
        edit(db, "tags", tag, deleted=1)

    history.undo()

    assert is_live(db, "tags", tag)


def test_several_changes_of_one_value_go_back_to_the_first(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db, "A")
    with history.deed("edit document"):
        edit(db, "documents", document, title="B")
        edit(db, "documents", document, title="C")

    history.undo()

    assert row(db, "documents", document)["title"] == "A"


def test_the_deed_that_was_flipped_is_answered(db: Database, history: History) -> None:
    with history.deed("add tag", {"tag": "torture"}) as deed_id:
        add_tag(db)

    undone, done_again = history.undo(), history.redo()

    assert (undone.id, undone.name, undone.details) == (deed_id, "add tag", {"tag": "torture"})
    assert (undone.is_undone, done_again.is_undone) == (True, False)
    assert done_again.id == deed_id


def test_undo_and_redo_are_in_history(db: Database, history: History) -> None:
    with history.deed("add tag") as deed_id:
        add_tag(db)
    history.undo()
    after_undo = {deed.name: deed.is_undone for deed in history.deeds()}
    history.redo()
    after_redo = {deed.name: deed.is_undone for deed in history.deeds()}

    assert [(deed.name, deed.undoes) for deed in history.deeds()] == [
        ("redo", deed_id),
        ("undo", deed_id),
        ("add tag", None),
    ]
    assert after_undo == {"undo": False, "add tag": True}
    assert after_redo == {"redo": False, "undo": False, "add tag": False}
    assert history.deeds()[0].details == {"deed": "add tag", "skipped": []}


def test_deeds_are_taken_back_from_the_newest_to_the_oldest_and_done_again(
    db: Database, history: History
) -> None:
    with history.deed("import"):
        document = add_document(db, "0")
    for title in "123":
        with history.deed(f"edit {title}"):
            edit(db, "documents", document, title=title)

    def titles(flip: str, times: int) -> list[str]:
        found = []
        for _ in range(times):
            getattr(history, flip)()
            found.append(row(db, "documents", document)["title"])
        return found

    assert titles("undo", 3) == ["2", "1", "0"]
    assert titles("redo", 2) == ["1", "2"]
    assert titles("undo", 1) == ["1"]
    assert titles("redo", 2) == ["2", "3"]
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        history.redo()


def test_there_is_nothing_to_undo_at_first(history: History) -> None:
    with pytest.raises(NothingToUndo, match="nothing to undo"):
        history.undo()
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        history.redo()


def test_a_new_deed_ends_redo(db: Database, history: History) -> None:
    with history.deed("add tag"):
        add_tag(db)
    history.undo()
    with history.deed("add tag"):
        add_tag(db, "another")

    with pytest.raises(NothingToUndo):
        history.redo()


def test_a_deed_undone_before_a_new_one_is_never_done_again(db: Database, history: History) -> None:
    tags = []
    for name in ("first", "second"):
        with history.deed("add tag"):
            tags.append(add_tag(db, name))
        history.undo()

    history.redo()

    assert [is_live(db, "tags", tag) for tag in tags] == [False, True]
    with pytest.raises(NothingToUndo):
        history.redo()


def test_undo_goes_past_deeds_that_are_undone(db: Database, history: History) -> None:
    tags = []
    for name in ("first", "second", "third"):
        with history.deed("add tag"):
            tags.append(add_tag(db, name))
        if name == "second":
            history.undo()

    history.undo()
    history.undo()

    assert [is_live(db, "tags", tag) for tag in tags] == [False, False, False]
    with pytest.raises(NothingToUndo):
        history.undo()


def test_undo_and_redo_survive_reopening(database_path: Path, tmp_path: Path) -> None:
    def reopened() -> tuple[Database, History]:
        db = open_database(database_path, KEY, backups=tmp_path / "backups")
        return db, History(db, DEVICE)

    db, history = reopened()
    with history.deed("add tag"):
        tag = add_tag(db)
    with history.deed("edit tag"):
        edit(db, "tags", tag, name="Torture")
    engine.close(db)

    found = []
    for flip in ("undo", "undo", "redo", "redo"):
        db, history = reopened()
        getattr(history, flip)()
        found.append((row(db, "tags", tag)["name"], is_live(db, "tags", tag)))
        engine.close(db)

    assert found == [("torture", True), ("torture", False), ("torture", True), ("Torture", True)]


def test_deeds_of_another_device_are_not_taken_back(db: Database, history: History) -> None:
    with history.deed("add tag"):
        mine = add_tag(db, "mine")
    with History(db, "another device").deed("add tag"):
        theirs = add_tag(db, "theirs")

    history.undo()

    assert (is_live(db, "tags", mine), is_live(db, "tags", theirs)) == (False, True)
    with pytest.raises(NothingToUndo):
        history.undo()


def test_a_deed_of_another_device_does_not_end_redo(db: Database, history: History) -> None:
    with history.deed("add tag"):
        mine = add_tag(db, "mine")
    history.undo()
    with History(db, "another device").deed("add tag"):
        add_tag(db, "theirs")

    history.redo()

    assert is_live(db, "tags", mine)


def test_what_was_changed_since_stays_and_is_told(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db, "Draft")
    with history.deed("edit document"):
        edit(db, "documents", document, title="Final", language="ar")
    with History(db, "another device").deed("edit document"):
        edit(db, "documents", document, title="Final, corrected")

    history.undo()

    now = row(db, "documents", document)
    assert (now["title"], now["language"]) == ("Final, corrected", None)
    assert skipped(history) == [{"table": "documents", "row": document, "fields": ["title"]}]


def test_redo_does_again_only_what_undo_took_back(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db, "Draft")
    with history.deed("edit document"):
        edit(db, "documents", document, title="Final", language="ar")
    with History(db, "another device").deed("edit document"):
        edit(db, "documents", document, title="Final, corrected")
    history.undo()

    history.redo()

    now = row(db, "documents", document)
    assert (now["title"], now["language"]) == ("Final, corrected", "ar")


def test_an_undo_that_changes_nothing_counts_all_the_same(db: Database, history: History) -> None:
    with history.deed("add tag"):
        first = add_tag(db, "first")
    with history.deed("edit tag"):
        edit(db, "tags", first, name="First")
    with History(db, "another device").deed("edit tag"):
        edit(db, "tags", first, name="FIRST")

    history.undo()
    history.undo()

    assert (row(db, "tags", first)["name"], is_live(db, "tags", first)) == ("FIRST", False)


def test_what_another_has_deleted_stays_deleted(db: Database, history: History) -> None:
    with history.deed("add tag"):
        tag = add_tag(db)
    with History(db, "another device").deed("delete tag"):
        edit(db, "tags", tag, deleted=1)

    history.undo()
    history.redo()

    assert not is_live(db, "tags", tag)
    assert skipped(history) == []


def test_an_import_of_many_documents_is_taken_back_as_one(db: Database, history: History) -> None:
    run = DeedId(new_id())
    documents = []
    for _ in range(3):
        with history.deed("import", deed_id=run):
            documents.append(add_document(db))

    undone = history.undo()
    assert [is_live(db, "documents", document) for document in documents] == [False] * 3
    assert (undone.id, undone.changes) == (run, 3)

    history.redo()
    assert [is_live(db, "documents", document) for document in documents] == [True] * 3
    assert db.execute("SELECT count(*) FROM history_entries WHERE undoes = ?", [run]).fetchone() == (2,)


def test_an_import_that_goes_on_after_its_undo_can_be_undone_again(db: Database, history: History) -> None:
    run = DeedId(new_id())
    with history.deed("import", deed_id=run):
        first = add_document(db)
    history.undo()
    with history.deed("import", deed_id=run):
        second = add_document(db)
    assert not history.deeds()[0].is_undone

    history.undo()

    assert (is_live(db, "documents", first), is_live(db, "documents", second)) == (False, False)
    assert {deed.id: deed.is_undone for deed in history.deeds()}[run]
    history.redo()
    assert (is_live(db, "documents", first), is_live(db, "documents", second)) == (False, True)


def test_a_deed_amid_an_import_is_undone_after_it(db: Database, history: History) -> None:
    run = DeedId(new_id())
    with history.deed("import", deed_id=run):
        document = add_document(db)
    with history.deed("quote"):
        quote = add_quote(db, document)
    with history.deed("import", deed_id=run):
        add_document(db)

    names = [history.undo().name, history.undo().name]

    assert names == ["import", "quote"]
    assert not is_live(db, "quotes", quote)


def test_a_large_deed_is_taken_back_whole(db: Database, history: History) -> None:
    with history.deed("make a codebook"):
        for number in range(2500):
            add_tag(db, f"tag {number}")

    history.undo()
    assert db.execute("SELECT count(*) FROM tags WHERE NOT deleted").fetchone() == (0,)

    history.redo()
    assert db.execute("SELECT count(*) FROM tags WHERE NOT deleted").fetchone() == (2500,)


def test_a_tag_goes_with_the_quote_it_was_made_for(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db)
    with history.deed("quote"):
        tag, quote = add_tag(db), add_quote(db, document)
        put_tag_on(db, quote, tag)

    history.undo()
    assert not is_live(db, "tags", tag)

    history.redo()
    assert is_live(db, "tags", tag)


def test_a_tag_that_others_use_stays(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db)
    with history.deed("quote"):
        tag, quote = add_tag(db), add_quote(db, document)
        put_tag_on(db, quote, tag)
    with History(db, "another device").deed("quote"):
        put_tag_on(db, add_quote(db, document), tag)

    history.undo()

    assert (is_live(db, "quotes", quote), is_live(db, "tags", tag)) == (False, True)
    assert skipped(history) == [{"table": "tags", "row": tag, "fields": ["deleted"]}]


@pytest.mark.parametrize("gone", ["quotes", "quote_tags"])
def test_a_tag_that_others_no_longer_use_goes(db: Database, history: History, gone: str) -> None:
    with history.deed("import"):
        document = add_document(db)
    with history.deed("add tag"):
        tag = add_tag(db)
    other = History(db, "another device")
    with other.deed("quote"):
        quote = add_quote(db, document)
        link = put_tag_on(db, quote, tag)
    with other.deed("delete"):
        edit(db, gone, {"quotes": quote, "quote_tags": link}[gone], deleted=1)

    history.undo()

    assert not is_live(db, "tags", tag)


def test_what_was_purged_cannot_be_taken_back_and_is_told(db: Database, history: History) -> None:
    with history.deed("add tag"):
        tag = add_tag(db, "torture")
    with history.deed("edit tag"):
        edit(db, "tags", tag, name="the name of a witness")
    with transaction(db):
        db.execute("UPDATE deed_context SET purging = 1")
        db.execute("UPDATE history_changes SET before = NULL, after = NULL WHERE before IS NOT NULL")
        db.execute("UPDATE deed_context SET purging = 0")

    history.undo()

    assert row(db, "tags", tag)["name"] == "the name of a witness"
    assert skipped(history) == [{"table": "tags", "row": tag, "fields": []}]


def test_a_row_that_is_gone_is_told(db: Database, history: History, tamper: Tamper) -> None:
    with history.deed("add tag"):
        tag = add_tag(db)
    tamper("DELETE FROM tags")

    history.undo()

    assert skipped(history) == [{"table": "tags", "row": tag, "fields": ["deleted"]}]
