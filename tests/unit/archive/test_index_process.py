import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist.archive import index_process
from archivist.archive.archive import Archive
from archivist.archive.index_process import IndexerFailed
from archivist.model.search import Found
from tests.unit.archive.contents import add_documents

ReplaceIndexer = Callable[[str], None]


@pytest.fixture
def replace_indexer(monkeypatch: pytest.MonkeyPatch) -> ReplaceIndexer:
    """Have a shell script in the place of the indexer."""

    def replace(script: str) -> None:
        monkeypatch.setattr(index_process, "python_command", lambda _: ["/bin/sh", "-c", script])

    return replace


def totals(archive: Archive, query: str) -> int:
    return archive.index.find(query, kinds=frozenset(Found), limit=10).total


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are started from now on."""
    pids: list[int] = []
    start = subprocess.Popen.__init__

    def noting(process: "subprocess.Popen[bytes]", *arguments: object, **options: object) -> None:
        start(process, *arguments, **options)  # type: ignore[call-overload]
        pids.append(process.pid)

    monkeypatch.setattr(subprocess.Popen, "__init__", noting)
    return pids


def test_until_there_is_an_index_an_answer_is_empty_and_says_so(archive: Archive) -> None:
    answer = archive.index.find("word", kinds=frozenset(Found), limit=10)

    assert (answer.total, answer.complete) == (0, False)
    assert answer.remarks
    assert archive.index.stamp() is None


def test_what_was_done_is_found_when_it_has_caught_up(archive: Archive) -> None:
    add_documents(archive, "They took my brother.")

    archive.index.catch_up()

    assert archive.history.is_current(archive.index.stamp())
    assert totals(archive, "brother") == 1


def test_it_follows_beside_other_work_and_can_be_waited_for(archive: Archive) -> None:
    for number in range(4):
        add_documents(archive, f"word number{number}")
        archive.index.start()
    archive.index.catch_up()
    add_documents(archive, "word last")

    archive.index.catch_up()

    assert totals(archive, "word") == 5


def test_a_rebuild_tells_how_far_it_is(archive: Archive) -> None:
    add_documents(archive, *(f"word{number} " * 20 for number in range(500)))
    told: list[tuple[int, int]] = []

    archive.index.rebuild(lambda done, everything: told.append((done, everything)))

    assert told
    assert all(0 <= done < everything for done, everything in told)
    assert totals(archive, "word7") == 1


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "read introduction; exit 1",
        "read introduction; read order; exit 0",
        """read introduction; read order; echo '{"what": "progress", "done": 1, "all": 2}'; exit 1""",
        """read introduction; read order; printf '{"what": "do'; exit 1""",
    ],
)
def test_an_indexer_that_dies_is_told_of_and_the_next_one_does_the_work(
    archive: Archive, replace_indexer: ReplaceIndexer, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    add_documents(archive, "word")
    replace_indexer(script)

    with pytest.raises(IndexerFailed, match="built anew"):
        archive.index.catch_up()

    monkeypatch.undo()
    archive.index.catch_up()
    assert totals(archive, "word") == 1


def test_an_indexer_that_died_since_the_last_order_is_told_of(
    archive: Archive, replace_indexer: ReplaceIndexer
) -> None:
    replace_indexer("read introduction; read order; exec <&-; exit 1")
    archive.index.start()
    time.sleep(0.3)

    with pytest.raises(IndexerFailed):
        archive.index.catch_up()


def test_an_indexer_that_cannot_be_started_is_told_of(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_process, "python_command", lambda _: ["/nowhere/python"])

    with pytest.raises(IndexerFailed):
        archive.index.start()


def test_a_wrong_database_key_is_a_failure_of_the_indexer_only(archive: Archive) -> None:
    archive.index.database_key = bytes(32)

    with pytest.raises(IndexerFailed):
        archive.index.catch_up()

    archive.index.database_key = None
    archive.index.catch_up()


def test_who_stops_waiting_stops_the_indexer(archive: Archive, started: list[int]) -> None:
    add_documents(archive, *(f"word{number} " * 50 for number in range(1000)))

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        archive.index.rebuild(stop)

    assert time.monotonic() - begun < 5
    assert [pid for pid in started if runs(pid)] == []
    assert archive.index.stamp() is None
    archive.index.catch_up()
    assert totals(archive, "word7") == 1


def test_closing_does_not_wait_for_work_under_way(archive: Archive, started: list[int]) -> None:
    add_documents(archive, *(f"word{number} " * 50 for number in range(1000)))
    archive.index.start()
    assert [runs(pid) for pid in started] == [True]

    begun = time.monotonic()
    archive.index.close()

    assert time.monotonic() - begun < index_process.PATIENCE
    assert [pid for pid in started if runs(pid)] == []


def test_an_indexer_that_does_not_listen_is_killed(
    archive: Archive, replace_indexer: ReplaceIndexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_process, "PATIENCE", 0.3)
    replace_indexer('trap "" TERM; read introduction; read order; while :; do sleep 0.1; done')
    archive.index.start()
    time.sleep(0.2)

    begun = time.monotonic()
    archive.index.close()

    assert 0.3 <= time.monotonic() - begun < 3


def test_closing_twice_or_unused_is_no_matter(archive: Archive) -> None:
    archive.index.close()
    archive.index.close()


_DYING_APP = """
import os, signal, sys
from pathlib import Path
from archivist.archive.index_process import IndexAddress, LiveIndex
index = LiveIndex(IndexAddress(Path(sys.argv[2]), bytes(32), "archive-1"), Path(sys.argv[1]), None)
index.start()
print(index._process._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_indexer_does_not_outlive_an_app_that_is_killed(archive: Archive, tmp_path: Path) -> None:
    add_documents(archive, *(f"word{number} " * 50 for number in range(3000)))

    died = subprocess.run(
        [sys.executable, "-c", _DYING_APP, str(archive.bundle.database), str(tmp_path / "index")],
        capture_output=True,
        text=True,
        check=False,
    )

    indexer = int(died.stdout)
    deadline = time.monotonic() + 5
    while runs(indexer) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(indexer)
    archive.index.catch_up()
    assert totals(archive, "word7") == 1
