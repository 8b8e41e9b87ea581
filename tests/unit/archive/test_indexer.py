import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from archivist.archive import indexer as indexer_module
from archivist.archive.archive import Archive
from archivist.archive.entries import EntryMaker, Touched
from archivist.archive.indexer import App, AppGone, Indexer
from archivist.archive.opening import create_archive, open_archive
from archivist.model.history import BEGINNING, Stamp
from archivist.model.ids import TagId, new_id
from archivist.model.search import Entry, Found
from archivist.model.tag import Tag
from archivist.resources import python_command
from archivist.search.errors import IndexUnusable
from archivist.search.index import SearchIndex
from archivist.search.snapshot import Snapshot
from archivist.storage.bundle import read_bundle
from archivist.storage.history import stamp_at
from tests.unit.archive.contents import INDEX_KEY, add_documents, found, indexed, new_index


@dataclass(slots=True)
class Pipes:
    """What is between an indexer and its app; the app's ends are `order` and `answers`."""

    app: App
    order: IO[bytes]
    answers: IO[bytes]

    def hang_up(self) -> None:
        self.order.close()

    def progress(self) -> list[tuple[int, int]]:
        os.set_blocking(self.answers.fileno(), False)  # its only parameter
        told = self.answers.read() or b""
        return [(line["done"], line["all"]) for line in map(json.loads, told.splitlines())]


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    orders, order = os.pipe()
    answers, answer = os.pipe()
    with (
        os.fdopen(orders, "rb"),
        os.fdopen(order, "wb", buffering=0) as app_order,
        os.fdopen(answers, "rb", buffering=0) as app_answers,
        os.fdopen(answer, "wb"),
    ):
        yield Pipes(App(orders, answer), app_order, app_answers)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with new_index(tmp_path / "index") as index:
        yield index


@pytest.fixture
def indexer(archive: Archive, index: SearchIndex, pipes: Pipes) -> Indexer:
    return Indexer(archive.db, index, pipes.app)


def documents_of(index: SearchIndex) -> set[str]:
    return {one for kind, one in indexed(index) if kind is Found.DOCUMENT}


# what it does


def test_a_new_archive_has_an_index_that_is_complete(indexer: Indexer, archive: Archive) -> None:
    assert not archive.history.is_current(indexer.index.stamp())

    indexer.catch_up()

    assert indexer.index.stamp() == BEGINNING
    assert archive.history.is_current(indexer.index.stamp())


def test_the_index_follows_and_then_is_current(indexer: Indexer, archive: Archive) -> None:
    indexer.catch_up()
    (document,) = add_documents(archive, "They took my brother.")
    assert not archive.history.is_current(indexer.index.stamp())

    indexer.catch_up()

    assert archive.history.is_current(indexer.index.stamp())
    assert documents_of(indexer.index) == {document.id}


def test_a_long_history_is_followed_in_stretches_that_each_count(
    indexer: Indexer, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_documents(archive, "first")
    indexer.catch_up()
    monkeypatch.setattr(indexer_module, "SLICE", 3)
    reached: list[Stamp] = []
    apply = SearchIndex.apply

    def noting(
        self: SearchIndex, put: Iterator[Entry], remove: list[tuple[Found, str]], stamp: Stamp
    ) -> None:
        apply(self, put, remove, stamp)
        reached.append(stamp)

    monkeypatch.setattr(SearchIndex, "apply", noting)
    documents = add_documents(archive, "second", "third", "fourth", "fifth")

    indexer.catch_up()

    assert len(reached) > 2
    assert reached == [stamp_at(archive.db, stamp.change) for stamp in reached]
    assert len({stamp.sha256 for stamp in reached}) == 1  # of one deed
    assert archive.history.is_current(reached[-1])
    assert documents_of(indexer.index) >= {document.id for document in documents}


def test_an_index_that_is_damaged_deep_inside_is_built_anew(
    indexer: Indexer, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = add_documents(archive, "first", "second")
    indexer.catch_up()

    def damaged(_snapshot: Snapshot, _keys: object) -> None:
        monkeypatch.undo()
        raise IndexUnusable("a file of it has been altered")

    monkeypatch.setattr(Snapshot, "documents_of", damaged)
    with archive.deed("edit"):
        archive.documents.retitle(documents[0].id, "New")

    indexer.catch_up()

    assert found(indexer.index, "new") == {(Found.DOCUMENT, documents[0].id)}
    assert len(documents_of(indexer.index)) == 2


def test_an_index_that_cannot_be_written_is_left_as_it_is(
    indexer: Indexer, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_documents(archive, "first")
    indexer.catch_up()
    before = indexer.index.stamp()
    add_documents(archive, "second")

    def full(*_: object) -> None:
        raise IndexUnusable("it could not be written")

    monkeypatch.setattr(SearchIndex, "apply", full)

    with pytest.raises(IndexUnusable):
        indexer.catch_up()

    assert indexer.index.stamp() == before
    assert len(documents_of(indexer.index)) == 1


# histories that part


@dataclass(slots=True)
class Copies:
    """An archive of which an older database can be put back, and one index."""

    folder: Path
    index: SearchIndex
    app: App

    @property
    def database(self) -> Path:
        return read_bundle(self.folder).database

    @contextmanager
    def opened(self) -> Iterator[Archive]:
        with open_archive(self.folder, None) as archive:
            yield archive

    def keep_copy(self) -> None:
        shutil.copy(self.database, self.folder.with_suffix(".db"))

    def put_back(self) -> None:
        shutil.copy(self.folder.with_suffix(".db"), self.database)

    def catch_up(self, archive: Archive) -> None:
        Indexer(archive.db, self.index, self.app).catch_up()

    def is_current(self, archive: Archive) -> bool:
        return archive.history.is_current(self.index.stamp())


@pytest.fixture
def copies(tmp_path: Path, index: SearchIndex, pipes: Pipes) -> Copies:
    create_archive(tmp_path / "Coast.archivist", None)
    return Copies(tmp_path / "Coast.archivist", index, pipes.app)


def add_tag(archive: Archive, name: str) -> None:
    with archive.deed("add tag"):
        archive.tags.put(Tag(TagId(new_id()), name))


def test_an_index_of_what_was_lost_is_noticed_however_far_the_new_history_goes(copies: Copies) -> None:
    with copies.opened() as archive:
        (kept,) = add_documents(archive, "kept")
    copies.keep_copy()
    with copies.opened() as archive:
        (lost,) = add_documents(archive, "lost")
        copies.catch_up(archive)
        assert documents_of(copies.index) == {kept.id, lost.id}
        number = archive.history.last_change()
    copies.put_back()

    with copies.opened() as archive:
        (new,) = add_documents(archive, "lost too, and more")
        while archive.history.last_change() < number + 3:
            add_tag(archive, f"Tag {archive.history.last_change()}")
        assert not copies.is_current(archive)

        copies.catch_up(archive)

        assert copies.is_current(archive)
        assert documents_of(copies.index) == {kept.id, new.id}


def test_the_same_deed_done_again_after_a_loss_is_another_history(copies: Copies) -> None:
    """The hash of the changed row is the same: the hash of its entry is not."""
    with copies.opened() as archive:
        (document,) = add_documents(archive, "kept")
    copies.keep_copy()
    for name in ("Lost", "Kept"):
        copies.put_back()
        with copies.opened() as archive:
            add_tag(archive, name)
            with archive.deed("edit"):
                archive.documents.retitle(document.id, "The same")
            assert not copies.is_current(archive)

            copies.catch_up(archive)

            assert copies.is_current(archive)


def test_an_index_ahead_of_its_archive_is_built_anew(copies: Copies) -> None:
    copies.keep_copy()
    with copies.opened() as archive:
        add_documents(archive, "lost")
        copies.catch_up(archive)
    copies.put_back()

    with copies.opened() as archive:
        copies.catch_up(archive)

        assert indexed(copies.index) == set()
        assert copies.index.stamp() == BEGINNING


# what it says


def test_progress_goes_up_to_all_there_is(
    indexer: Indexer, archive: Archive, pipes: Pipes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "INTERVAL", 0.0)
    add_documents(archive, *map(str, range(50)))

    indexer.catch_up()

    told = pipes.progress()
    assert len(told) == 50
    assert {everything for _, everything in told} == {archive.history.last_change()}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0][0] == 0
    assert told[-1][0] < told[-1][1]


def test_progress_of_what_is_new_begins_at_nothing(
    indexer: Indexer, archive: Archive, pipes: Pipes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "INTERVAL", 0.0)
    monkeypatch.setattr(indexer_module, "SLICE", 10)
    add_documents(archive, *map(str, range(5)))
    indexer.catch_up()
    before = archive.history.last_change()
    pipes.progress()
    add_documents(archive, *map(str, range(10, 40)))

    indexer.catch_up()

    told = pipes.progress()
    assert {everything for _, everything in told} == {archive.history.last_change() - before}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0][0] == 0
    assert told[-1][0] > told[-1][1] // 2


def test_progress_is_told_ten_times_a_second_at_most(
    indexer: Indexer, archive: Archive, pipes: Pipes
) -> None:
    add_documents(archive, *map(str, range(200)))
    begun = time.monotonic()

    indexer.catch_up()

    assert 1 <= len(pipes.progress()) <= 2 + 10 * (time.monotonic() - begun)


def test_an_app_that_does_not_listen_is_not_waited_for(
    indexer: Indexer, archive: Archive, pipes: Pipes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "INTERVAL", 0.0)
    os.set_blocking(pipes.app.answers, False)
    try:
        while True:
            os.write(pipes.app.answers, b"x" * 1000)
    except BlockingIOError:
        os.set_blocking(pipes.app.answers, True)
    add_documents(archive, "word")

    indexer.catch_up()

    assert archive.history.is_current(indexer.index.stamp())


# when it stops


@pytest.mark.parametrize("known", [[], ["known"]])
def test_an_app_that_hangs_up_in_the_middle_stops_the_work_before_anything_is_written(
    indexer: Indexer, archive: Archive, pipes: Pipes, monkeypatch: pytest.MonkeyPatch, known: list[str]
) -> None:
    monkeypatch.setattr(indexer_module, "INTERVAL", 0.0)
    if known:
        add_documents(archive, *known)
        indexer.catch_up()
    before = indexer.index.stamp()
    add_documents(archive, *map(str, range(20)))
    made: list[Entry] = []
    entries = EntryMaker.entries

    def cut(maker: EntryMaker, touched: Touched) -> Iterator[Entry]:
        for entry in entries(maker, touched):
            made.append(entry)
            if len(made) == 5:
                pipes.hang_up()
            yield entry

    monkeypatch.setattr(EntryMaker, "entries", cut)

    with pytest.raises(AppGone):
        indexer.catch_up()

    assert len(made) == 5
    assert indexer.index.stamp() == before
    assert not archive.db.conn.in_transaction


def test_an_app_that_hangs_up_at_the_very_end_stops_the_commit(
    indexer: Indexer, archive: Archive, pipes: Pipes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "INTERVAL", 1000.0)
    pipes.app.report(0, 1)
    add_documents(archive, "word")
    pipes.hang_up()

    with pytest.raises(AppGone):
        indexer.catch_up()

    assert indexer.index.stamp() is None


def test_an_app_that_cannot_be_told_any_more_is_gone(
    indexer: Indexer, archive: Archive, pipes: Pipes
) -> None:
    pipes.answers.close()
    add_documents(archive, "word")

    with pytest.raises(AppGone):
        indexer.catch_up()
    with pytest.raises(AppGone):
        pipes.app.say(what="done")


# the process


def started(archive: Archive, folder: Path, **introduction: object) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        python_command("archivist.archive.indexer"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    introduction = {
        "database": str(archive.bundle.database),
        "database_key": None,
        "index_folder": str(folder),
        "index_key": INDEX_KEY.hex(),
        "archive_id": "archive-1",
    } | introduction
    _pipe(process.stdin).write(json.dumps(introduction).encode() + b"\n")
    _pipe(process.stdin).flush()
    return process


def ordered(process: "subprocess.Popen[bytes]", order: str) -> None:
    _pipe(process.stdin).write(order.encode() + b"\n")
    _pipe(process.stdin).flush()


def ended(process: "subprocess.Popen[bytes]") -> int:
    _pipe(process.stdin).close()
    code = process.wait(20)
    _pipe(process.stdout).close()
    return code


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def test_the_process_says_done_and_ends_with_its_input(archive: Archive, tmp_path: Path) -> None:
    (document,) = add_documents(archive, "They took my brother.")
    process = started(archive, tmp_path / "index")
    ordered(process, "follow")
    ordered(process, "catch up")

    told = []
    for line in _pipe(process.stdout):
        told.append(json.loads(line)["what"])
        if told[-1] == "done":
            break

    assert set(told[:-1]) <= {"progress"}
    assert ended(process) == 0
    assert found(new_index(tmp_path / "index"), "brother") == {(Found.DOCUMENT, document.id)}


def test_the_process_leaves_no_core_file(archive: Archive, tmp_path: Path) -> None:
    process = started(archive, tmp_path / "index")
    ordered(process, "catch up")
    _pipe(process.stdout).readline()

    limits = Path(f"/proc/{process.pid}/limits").read_text()

    assert ended(process) == 0
    (cores,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert cores.split()[4:6] == ["0", "0"]


def test_the_process_stops_in_the_middle_when_its_input_is_closed(archive: Archive, tmp_path: Path) -> None:
    add_documents(archive, *(f"word{number} " * 50 for number in range(3000)))
    process = started(archive, tmp_path / "index")
    ordered(process, "catch up")
    assert json.loads(_pipe(process.stdout).readline())["what"] == "progress"

    begun = time.monotonic()
    code = ended(process)

    assert (code, new_index(tmp_path / "index").stamp()) == (0, None)
    assert time.monotonic() - begun < 3


def test_the_process_ends_quietly_when_nobody_reads_its_answers(archive: Archive, tmp_path: Path) -> None:
    process = started(archive, tmp_path / "index")
    _pipe(process.stdout).close()
    ordered(process, "catch up")

    assert process.wait(20) == 0
    _pipe(process.stdin).close()


def test_a_wrong_key_opens_nothing(archive: Archive, tmp_path: Path) -> None:
    process = started(archive, tmp_path / "index", database_key=bytes(32).hex())

    assert process.wait(20) == 1
    assert _pipe(process.stdout).read() == b""
    assert not (tmp_path / "index").exists()
    assert ended(process) == 1
