import errno
import fcntl
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.errors import NotWritable, StorageFull
from archivist.storage import files
from archivist.storage.files import (
    Fingerprint,
    as_json,
    checksum,
    open_regular,
    pieces,
    private_folder,
    read_record,
    saying_why,
    sync_all,
    sync_folder,
    try_lock,
    write_atomically,
    write_durably,
)


class Dribble(io.BytesIO):
    """A source that hands out less than it is asked for, as pipes do."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(7, size) if size and size > 0 else 7)


@given(content=st.binary(max_size=200), size=st.integers(1, 50))
def test_pieces_are_full_however_the_source_hands_them_out(content: bytes, size: int) -> None:
    parts = list(pieces(Dribble(content), size))

    assert b"".join(parts) == content
    assert all(len(part) == size for part in parts[:-1])
    assert all(parts)


def test_a_fingerprint_is_of_all_that_flowed_through() -> None:
    fingerprint = Fingerprint()

    assert list(fingerprint.of([b"ab", b"c"])) == [b"ab", b"c"]

    assert fingerprint.size == 3
    assert fingerprint.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_is_written_is_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"

    write_durably({path: b"old"})
    write_durably({path: b"new"})
    write_atomically(path, b"newest")

    assert path.read_bytes() == b"newest"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_private_all_the_way_down(tmp_path: Path) -> None:
    private_folder(tmp_path / "a" / "b")

    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_files_of_one_write_are_all_on_disk_before_the_first_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    synced: list[Path] = []

    def sync_file(path: Path) -> None:
        assert not first.exists()
        assert not second.exists()
        synced.append(path)

    monkeypatch.setattr(files, "sync_file", sync_file)

    write_durably({first: b"1", second: b"2"})

    assert len(synced) == 2
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_durably({path: b"old"})

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(files, "sync_file", full)

    with pytest.raises(OSError, match="no room"):
        write_durably({path: b"new"})

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_first_failure_of_many_syncs_is_raised(tmp_path: Path) -> None:
    there = [tmp_path / str(number) for number in range(40)]
    for path in there:
        path.touch()

    sync_all(there, [tmp_path])

    with pytest.raises(FileNotFoundError):
        sync_all([*there, tmp_path / "missing"])


def test_a_folder_that_cannot_be_synced_is_let_be_but_a_failing_disk_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(code: int) -> None:
        def fsync(_: int) -> None:
            raise OSError(code, "refused")

        monkeypatch.setattr(os, "fsync", fsync)

    failing(errno.EINVAL)
    sync_folder(tmp_path)
    failing(errno.EIO)
    with pytest.raises(OSError, match="refused"):
        sync_folder(tmp_path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path, code: int) -> None:
    with pytest.raises(StorageFull), saying_why(tmp_path):
        raise OSError(code, "full")


def test_a_place_that_refuses_us_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(
            NotWritable, match="“Stick” could not be written: read-only file system; choose another"
        ),
        saying_why(tmp_path / "Stick"),
    ):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    real, link, pipe = tmp_path / "real", tmp_path / "link", tmp_path / "pipe"
    real.write_bytes(b"bytes")
    link.symlink_to(real)
    os.mkfifo(pipe)

    with open_regular(real) as file:
        assert file.read() == b"bytes"
    with open_regular(link, follow_links=True) as file:
        assert file.read() == b"bytes"
    for path in (link, pipe, tmp_path):
        with pytest.raises(OSError, match=r"regular|symbolic"):
            open_regular(path)


def test_records_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_durably({tmp_path / "a": as_json({"name": "Ñandú", "seq": 3})})

    assert read_record(tmp_path / "a") == {"name": "Ñandú", "seq": 3}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 60_000, b'{"a": "' + b"x" * 70_000 + b'"}']
)
def test_what_is_no_record_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)

    with pytest.raises(ValueError):  # noqa: PT011 - the words are those of the JSON parser
        read_record(tmp_path / "a")


def test_a_checksum_does_not_depend_on_the_order_of_fields() -> None:
    assert checksum({"a": 1, "b": 2}) == checksum({"b": 2, "a": 1}) != checksum({"a": 1, "b": 3})


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    one = os.open(tmp_path, os.O_RDONLY)
    two = os.open(tmp_path, os.O_RDONLY)

    assert try_lock(one)
    assert not try_lock(two)
    os.close(one)
    assert try_lock(two)
    os.close(two)


def test_where_the_file_system_knows_no_locks_we_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    descriptor = os.open(tmp_path, os.O_RDONLY)

    assert try_lock(descriptor)
    os.close(descriptor)
