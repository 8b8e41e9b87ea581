import errno
import hashlib
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archivist.model.errors import StorageFull
from archivist.model.history import BEGINNING, NO_HASH, Deed, Stamp
from archivist.model.ids import DeedId, new_id
from archivist.storage import engine
from archivist.storage.database import open_database
from archivist.storage.engine import Database, IntegrityError
from archivist.storage.history import History, chain_head, changed_rows, last_change, stamp_at
from tests.unit.storage.conftest import DEVICE, KEY
from tests.unit.storage.rows import Row, add_document, add_quote, add_tag, add_text, edit, put_tag_on

SECOND = 1_000_000_000


def entries(db: Database) -> list[Row]:
    return list(db.query("SELECT * FROM history_entries ORDER BY seq"))


def tag_names(db: Database) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM tags ORDER BY rowid").fetchall()]


def add_tag_and_fail(db: Database, error: Exception) -> None:
    add_tag(db)
    raise error


def test_a_deed_is_kept_and_told_of(db: Database, history: History) -> None:
    with history.deed("add tag", {"tag": "torture"}) as deed_id:
        add_tag(db)

    (deed,) = history.deeds()

    assert deed == Deed(deed_id, "add tag", deed.at, "local", {"tag": "torture"}, 1, None, is_undone=False)
    assert abs((datetime.now(UTC) - deed.at).total_seconds()) < 60


def test_a_deed_that_fails_leaves_nothing(db: Database, history: History) -> None:
    with pytest.raises(ZeroDivisionError), history.deed("add tag"):
        add_tag_and_fail(db, ZeroDivisionError())

    assert tag_names(db) == []
    assert history.deeds() == []
    assert db.execute("SELECT * FROM history_changes").fetchall() == []
    assert not db.conn.in_transaction


def test_after_a_failed_deed_the_next_one_is_done(db: Database, history: History) -> None:
    with pytest.raises(IntegrityError), history.deed("quote"):
        add_quote(db, "no such document")

    with history.deed("add tag"):
        add_tag(db)

    assert [deed.name for deed in history.deeds()] == ["add tag"]


def test_a_deed_that_changes_nothing_leaves_no_entry(db: Database, history: History) -> None:
    with history.deed("look"):
        db.execute("SELECT * FROM tags").fetchall()

    assert history.deeds() == []
    assert history.head() == (0, NO_HASH)


def test_a_deed_inside_a_deed_is_a_mistake(db: Database, history: History) -> None:
    with history.deed("outer"):
        add_tag(db, "first")
        with pytest.raises(RuntimeError), history.deed("inner"):
            pass
        add_tag(db, "second")

    assert tag_names(db) == ["first", "second"]
    assert [deed.name for deed in history.deeds()] == ["outer"]


@pytest.mark.parametrize(("name", "undoes"), [("undo", None), ("redo", None), ("edit", DeedId("d"))])
def test_only_an_undo_is_called_so(history: History, name: str, undoes: DeedId | None) -> None:
    with pytest.raises(ValueError, match=name), history.deed(name, undoes=undoes):
        pass


def test_details_are_taken_down_at_the_end(db: Database, history: History) -> None:
    details: dict[str, object] = {}

    with history.deed("add tags", details):
        add_tag(db)
        details["tags"] = 1

    assert history.deeds()[0].details == {"tags": 1}


def test_several_transactions_of_one_deed_are_shown_as_one(db: Database, history: History) -> None:
    run = DeedId(new_id())
    with history.deed("import", {"file": "a.txt"}, deed_id=run):
        add_text(db, add_document(db))
    with history.deed("add tag"):
        add_tag(db)
    with history.deed("import", {"file": "b.txt"}, deed_id=run):
        add_document(db)

    deeds = history.deeds()

    assert [(deed.name, deed.changes) for deed in deeds] == [("import", 3), ("add tag", 1)]
    assert deeds[0].id == run
    assert deeds[0].details == {"file": "a.txt"}


def test_deeds_are_told_page_by_page(db: Database, history: History) -> None:
    for number in range(5):
        with history.deed(f"deed {number}"):
            add_tag(db)

    first = history.deeds(limit=2)
    second = history.deeds(limit=2, before=first[-1].id)
    last = history.deeds(limit=2, before=second[-1].id)

    names = [[deed.name for deed in page] for page in (first, second, last)]
    assert names == [["deed 4", "deed 3"], ["deed 2", "deed 1"], ["deed 0"]]


def test_entries_are_chained(db: Database, history: History) -> None:
    for name in ("first", "second"):
        with history.deed(name):
            add_tag(db)

    first, second = entries(db)

    assert (first["previous"], first["device_seq"]) == (NO_HASH, 1)
    assert (second["previous"], second["device_seq"]) == (first["hash"], 2)
    assert history.head() == (2, second["hash"])


def test_the_hash_can_be_made_anew_by_anybody(db: Database, history: History) -> None:
    """What is written down here is all that a program of others needs."""
    with history.deed("quote", {"z": "é", "a": 1}):
        document = add_document(db)
        add_quote(db, document)

    def digest(*values: object) -> str:
        canonical = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    (entry,) = entries(db)
    changes = list(db.query("SELECT * FROM history_changes ORDER BY seq"))
    for change in changes:
        columns = ("table_name", "row_id", "before", "after")
        assert change["sha256"] == digest(*(change[column] for column in columns))
    together = "".join(change["sha256"] for change in changes)
    assert entry["changes_sha256"] == hashlib.sha256(together.encode()).hexdigest()
    assert entry["details"] == '{"a":1,"z":"é"}'
    names = ("previous", "id", "deed_id", "device", "device_seq", "hlc", "at", "actor", "deed", "details")
    assert entry["hash"] == digest(*(entry[name] for name in (*names, "undoes", "changes_sha256")))


def test_many_changes_are_sealed(db: Database, history: History) -> None:
    with history.deed("make a codebook"):
        for number in range(2500):
            add_tag(db, f"tag {number}")

    assert db.execute("SELECT count(*) FROM history_changes WHERE sha256 IS NULL").fetchone() == (0,)
    assert history.deeds()[0].changes == 2500
    assert history.verify() == []


def test_every_device_has_its_own_chain(db: Database) -> None:
    mine, yours = History(db, "mine"), History(db, "yours")
    for history in (mine, yours, mine):
        with history.deed("add tag"):
            add_tag(db)

    assert mine.heads() == {"mine": mine.head(), "yours": yours.head()}
    assert (mine.head()[0], yours.head()[0]) == (2, 1)
    assert chain_head(db, "theirs") is None
    assert mine.verify() == []


def test_there_are_no_heads_before_the_first_deed(history: History) -> None:
    assert history.heads() == {}


def test_a_sealed_entry_is_told_once_it_is_safe(db: Database, database_path: Path) -> None:
    told: list[tuple[str, int, str]] = []
    seen: list[int] = []

    def on_sealed(device: str, number: int, digest: str) -> None:
        told.append((device, number, digest))
        other = engine.connect(database_path, KEY, read_only=True)
        seen.append(other.execute("SELECT count(*) FROM tags").fetchone()[0])
        other.close()

    history = History(db, DEVICE, on_sealed)
    with history.deed("add tag"):
        add_tag(db)
    with history.deed("look"):
        pass

    assert told == [(DEVICE, *history.head())]
    assert seen == [1]


def test_trouble_in_telling_does_not_undo_what_is_done(db: Database) -> None:
    def on_sealed(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with History(db, DEVICE, on_sealed).deed("add tag"):
        add_tag(db)

    assert tag_names(db) == ["torture"]


def test_a_full_disk_stops_a_deed_and_nothing_else(db: Database, history: History) -> None:
    with history.deed("add tag"):
        add_tag(db, "before")

    with pytest.raises(StorageFull), history.deed("add tag"):
        add_tag_and_fail(db, OSError(errno.ENOSPC, "No space left on device"))

    with history.deed("add tag"):
        add_tag(db, "after")
    assert tag_names(db) == ["before", "after"]
    assert history.verify() == []


def test_a_database_that_cannot_grow_stops_a_deed_and_nothing_else(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall()

    with pytest.raises(StorageFull), history.deed("import"):
        add_text(db, document, "words " * 10_000)
    db.execute("PRAGMA max_page_count = 1000000").fetchall()

    assert not db.conn.in_transaction
    with history.deed("import"):
        add_text(db, document, "words " * 10_000)
    assert history.verify() == []


def test_the_clock_of_history_never_goes_back(db: Database) -> None:
    times = iter(
        [2_000_000_000 * SECOND, 1_000_000_000 * SECOND, 1_000_000_000 * SECOND, 2_000_000_001 * SECOND]
    )
    history = History(db, DEVICE, clock=lambda: next(times))

    for _ in range(3):
        with history.deed("add tag"):
            add_tag(db)
    with History(db, "another", clock=lambda: 1).deed("add tag"):
        add_tag(db)
    with history.deed("add tag"):
        add_tag(db)

    clock = [entry["hlc"] for entry in entries(db)]
    assert clock == sorted(set(clock))
    assert clock[0] == 2_000_000_000_000 << 16
    assert clock[-1] == 2_000_000_001_000 << 16


def test_the_clock_goes_on_after_reopening(db: Database) -> None:
    late = History(db, DEVICE, clock=lambda: 4_000_000_000 * SECOND)
    with late.deed("add tag"):
        add_tag(db)

    with History(db, DEVICE).deed("add tag"):
        add_tag(db)

    first, second = entries(db)
    assert second["hlc"] == first["hlc"] + 1
    assert second["at"] < first["at"]


def test_history_goes_on_after_reopening(database_path: Path, tmp_path: Path) -> None:
    for number in range(3):
        db = open_database(database_path, KEY, backups=tmp_path / "backups")
        with History(db, DEVICE).deed(f"deed {number}"):
            add_tag(db)
        engine.close(db)

    db = open_database(database_path, KEY, backups=tmp_path / "backups")
    assert [deed.name for deed in History(db, DEVICE).deeds()] == ["deed 2", "deed 1", "deed 0"]
    assert History(db, DEVICE).verify() == []
    engine.close(db)


def test_what_changed_is_told_by_row(db: Database, history: History) -> None:
    with history.deed("import"):
        document = add_document(db)
    start = history.last_change()
    with history.deed("quote"):
        quote, tag = add_quote(db, document), add_tag(db)
        link = put_tag_on(db, quote, tag)
        edit(db, "quotes", quote, note="important")

    changed = history.changed_rows(start, history.last_change())

    assert changed == [("quotes", quote), ("tags", tag), ("quote_tags", link)]
    assert history.changed_rows(0, start) == [("documents", document)]


def test_nothing_changed_at_first(db: Database) -> None:
    assert last_change(db) == 0
    assert changed_rows(db, 0, 0) == []


def test_a_point_of_history_is_a_change_and_the_entry_that_sealed_it(db: Database, history: History) -> None:
    with history.deed("first"):
        add_tag(db)
        add_tag(db)
    first = history.head()[1]
    with history.deed("second"):
        add_tag(db)
    second = history.head()[1]

    assert [stamp_at(db, change) for change in range(5)] == [
        *(BEGINNING, Stamp(1, first), Stamp(2, first), Stamp(3, second), Stamp(3, second))
    ]


def test_only_what_goes_up_to_the_last_change_is_current(db: Database, history: History) -> None:
    assert history.is_current(BEGINNING)
    with history.deed("add tag"):
        add_tag(db)

    assert history.is_current(Stamp(1, history.head()[1]))
    assert not history.is_current(Stamp(1, "a" * 64))
    assert not history.is_current(Stamp(2, history.head()[1]))
    assert not history.is_current(BEGINNING)
    assert not history.is_current(None)


def test_a_reader_reads_while_a_deed_is_being_done(
    db: Database, history: History, database_path: Path
) -> None:
    seen: list[object] = []

    def read() -> None:
        reader = engine.connect(database_path, KEY, read_only=True)
        seen.extend([History(reader, DEVICE).deeds(), History(reader, DEVICE).verify()])
        engine.close(reader)

    with history.deed("add tag"):
        add_tag(db)
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()

    assert seen == [[], []]
