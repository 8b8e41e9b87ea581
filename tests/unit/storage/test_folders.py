import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archivist.model.errors import AlreadyThere, NotWritable, StorageFull
from archivist.storage import folders
from archivist.storage.folders import appearing_whole

FILL_AND_WAIT = """
import sys, time
from pathlib import Path
from archivist.storage.folders import appearing_whole
with appearing_whole(Path(sys.argv[1])) as unfinished:
    (unfinished / "half").write_bytes(b"half")
    print("filling", flush=True)
    time.sleep(60)
"""


def filling_process(target: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", FILL_AND_WAIT, str(target)], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"filling\n"
    return process


def test_a_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "Whole"

    with appearing_whole(target) as unfinished:
        (unfinished / "a").mkdir()
        (unfinished / "a" / "b").write_bytes(b"content")
        assert not target.exists()

    assert [path.name for path in target.iterdir()] == ["a"]
    assert (target / "a" / "b").read_bytes() == b"content"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fill_and_fail() -> None:
        with appearing_whole(tmp_path / "Whole") as unfinished:
            (unfinished / "a").write_bytes(b"content")
            raise ValueError("a deed that fails")

    with pytest.raises(ValueError, match="fails"):
        fill_and_fail()

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "Whole"
    target.mkdir()

    with pytest.raises(AlreadyThere, match="“Whole” exists already"), appearing_whole(target):
        pytest.fail("unreachable")

    assert list(tmp_path.iterdir()) == [target]


def test_what_came_to_stand_there_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "Whole"

    with pytest.raises(AlreadyThere), appearing_whole(target):
        target.write_bytes(b"of somebody else")

    assert target.read_bytes() == b"of somebody else"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_crash_left_is_swept_by_the_next_call(tmp_path: Path) -> None:
    target = tmp_path / "Whole"
    process = filling_process(target)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert [path.name for path in tmp_path.iterdir()] == ["Whole.partial"]

    with appearing_whole(target) as unfinished:
        assert not (unfinished / "half").exists()

    assert list(tmp_path.iterdir()) == [target]


def test_what_another_process_is_filling_is_not_swept(tmp_path: Path) -> None:
    target = tmp_path / "Whole"
    process = filling_process(target)

    with pytest.raises(AlreadyThere, match=r"Whole\.partial"), appearing_whole(target):
        pytest.fail("unreachable")

    assert (tmp_path / "Whole.partial" / "half").exists()
    process.kill()
    process.communicate()


@pytest.mark.parametrize("is_swept", [False, True])
def test_who_loses_the_race_for_a_name_leaves_the_winner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_swept: bool
) -> None:
    """Two begin at once: the winner claims our folder first, or has swept it and made its own."""
    partial = tmp_path / "Whole.partial"

    def win(_: int) -> bool:
        if is_swept:
            partial.rename(tmp_path / "swept")
            partial.mkdir()
        (partial / "of the winner").touch()
        return is_swept  # what is swept can still be locked

    monkeypatch.setattr(folders, "try_lock", win)

    with pytest.raises(AlreadyThere, match=r"Whole\.partial"), appearing_whole(tmp_path / "Whole"):
        pytest.fail("unreachable")

    assert [path.name for path in partial.iterdir()] == ["of the winner"]


def test_a_folder_that_another_process_swept_is_not_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sweep(_: int) -> bool:
        (tmp_path / "Whole.partial").rmdir()
        return True

    monkeypatch.setattr(folders, "try_lock", sweep)

    with pytest.raises(AlreadyThere), appearing_whole(tmp_path / "Whole"):
        pytest.fail("unreachable")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_the_user_that_looks_unfinished_is_never_swept(tmp_path: Path) -> None:
    mine = tmp_path / "Whole.partial"
    mine.mkdir()
    (mine / "thesis.txt").write_bytes(b"years of work")

    with pytest.raises(AlreadyThere, match=r"Whole\.partial"), appearing_whole(tmp_path / "Whole"):
        pytest.fail("unreachable")

    assert (mine / "thesis.txt").exists()


def test_an_empty_leftover_is_swept(tmp_path: Path) -> None:
    (tmp_path / "Whole.partial").mkdir()

    with appearing_whole(tmp_path / "Whole"):
        pass

    assert (tmp_path / "Whole").is_dir()


def test_a_link_that_looks_unfinished_is_never_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "Whole.partial").symlink_to(elsewhere)

    with pytest.raises(AlreadyThere), appearing_whole(tmp_path / "Whole"):
        pytest.fail("unreachable")

    assert elsewhere.is_dir()


def test_a_place_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotWritable, match="no such file"), appearing_whole(tmp_path / "nowhere" / "Whole"):
        pytest.fail("unreachable")


def test_a_disk_that_fills_up_at_the_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(folders, "sync_all", full)

    with pytest.raises(StorageFull), appearing_whole(tmp_path / "Whole") as unfinished:
        (unfinished / "a").write_bytes(b"content")

    assert list(tmp_path.iterdir()) == []
