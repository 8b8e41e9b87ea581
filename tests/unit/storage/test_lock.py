import errno
import json
import os
import platform
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archivist.model.errors import ArchiveInUse, ArchiveNotAccessible, StorageFull
from archivist.storage.lock import LOCK, ArchiveLock

HOLD = """
import sys, time
from pathlib import Path
from archivist.storage.lock import ArchiveLock
lock = ArchiveLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


def holding_process(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_free_archive_is_taken_and_let_go_without_a_trace(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path) as lock:
        assert not lock.was_unclean
        assert stat.S_IMODE((tmp_path / LOCK).stat().st_mode) == 0o600

    with ArchiveLock(tmp_path) as lock:
        assert not lock.was_unclean


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    process = holding_process(tmp_path)

    with pytest.raises(ArchiveInUse) as refused:
        ArchiveLock(tmp_path).acquire()

    sentence = str(refused.value)
    assert f"process {process.pid} on “{platform.node()}” since {datetime.now(UTC):%Y-}" in sentence
    assert sentence.endswith("UTC; close it there first.")
    process.kill()
    process.communicate()


def test_one_process_cannot_take_it_twice(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path), pytest.raises(ArchiveInUse, match=f"process {os.getpid()}"):
        ArchiveLock(tmp_path).acquire()


def test_being_refused_leaves_the_record_of_the_holder(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path):
        before = (tmp_path / LOCK).read_bytes()
        with pytest.raises(ArchiveInUse):
            ArchiveLock(tmp_path).acquire()

        assert (tmp_path / LOCK).read_bytes() == before


def test_after_a_kill_it_is_free_at_once_and_the_unclean_end_is_seen(tmp_path: Path) -> None:
    process = holding_process(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    with ArchiveLock(tmp_path) as lock:
        assert lock.was_unclean

    with ArchiveLock(tmp_path) as lock:
        assert not lock.was_unclean


@pytest.mark.parametrize(
    "record", [b"garbage", b"[]", b"[" * 4000, b'{"since": "2026-11-24"}', b'{"since": 7}']
)
def test_a_damaged_record_is_an_unclean_end_too(tmp_path: Path, record: bytes) -> None:
    (tmp_path / LOCK).write_bytes(record)

    with ArchiveLock(tmp_path) as lock:
        assert lock.was_unclean


def test_a_holder_that_has_not_signed_yet_is_some_process(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path):
        (tmp_path / LOCK).write_bytes(b"")

        with pytest.raises(ArchiveInUse, match="in use by another process; close"):
            ArchiveLock(tmp_path).acquire()


def test_the_record_says_which_process_on_which_host_and_nothing_of_people(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path):
        record = json.loads((tmp_path / LOCK).read_bytes())

    assert record.keys() == {"pid", "host", "since"}


def test_whoever_could_not_work_leaves_the_trace_of_an_unclean_end(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_bytes(b"of a crash")
    lock = ArchiveLock(tmp_path)
    lock.acquire()
    lock.abandon()

    with ArchiveLock(tmp_path) as lock:
        assert lock.was_unclean


def test_whoever_could_not_work_leaves_no_trace_of_their_own(tmp_path: Path) -> None:
    lock = ArchiveLock(tmp_path)
    lock.acquire()
    lock.abandon()

    with ArchiveLock(tmp_path) as lock:
        assert not lock.was_unclean


def test_letting_go_twice_does_nothing(tmp_path: Path) -> None:
    lock = ArchiveLock(tmp_path)
    lock.acquire()
    lock.release()
    lock.release()

    ArchiveLock(tmp_path).acquire()


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotAccessible, match="“Gone” could not be opened: no such file"):
        ArchiveLock(tmp_path / "Gone").acquire()


def test_a_lock_file_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_bytes(b"of the user")
    (tmp_path / LOCK).symlink_to(tmp_path / "diary.txt")

    with pytest.raises(ArchiveNotAccessible):
        ArchiveLock(tmp_path).acquire()

    assert (tmp_path / "diary.txt").read_bytes() == b"of the user"


def test_a_full_disk_is_said_and_the_lock_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StorageFull):
        ArchiveLock(tmp_path).acquire()
    monkeypatch.undo()

    with ArchiveLock(tmp_path):
        pass
