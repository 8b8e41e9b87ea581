import errno
import hashlib
import io
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.model.errors import Damaged, NotWritable, OriginalDamaged, StorageFull
from archivist.storage import files
from archivist.storage import originals as module
from archivist.storage.cipher import CHUNK, HEADER, TAG
from archivist.storage.files import create_file
from archivist.storage.keys import ArchiveKeys
from archivist.storage.originals import KeptOriginal, Originals, object_path, stored_objects

KEYS = ArchiveKeys(database=b"d" * 32, originals=b"o" * 32, names=b"n" * 32, index=b"i" * 32)
TESTIMONY = b"They came at night. " * 50


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(originals: Originals, content: bytes) -> KeptOriginal:
    return originals.keep(io.BytesIO(content))


def only_object(folder: Path) -> Path:
    (path,) = stored_objects(folder)
    return path


def staged(folder: Path) -> list[Path]:
    return list((folder / "staging").iterdir()) if (folder / "staging").is_dir() else []


@pytest.fixture(params=["plain", "encrypted"])
def keys(request: pytest.FixtureRequest) -> ArchiveKeys | None:
    return KEYS if request.param == "encrypted" else None


@pytest.fixture
def originals(tmp_path: Path, keys: ArchiveKeys | None) -> Originals:
    return Originals(tmp_path, keys)


# --- keeping and reading


def test_an_original_comes_back_as_it_was(originals: Originals) -> None:
    kept = keep(originals, TESTIMONY)

    assert kept == KeptOriginal(sha256(TESTIMONY), len(TESTIMONY), is_new=True)
    assert originals.read(kept.sha256) == TESTIMONY
    assert b"".join(originals.chunks(kept.sha256)) == TESTIMONY
    originals.verify(kept.sha256)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunks=st.integers(0, 2), more=st.integers(-2, 2))
def test_any_size_comes_back(originals: Originals, chunks: int, more: int) -> None:
    content = bytes(max(0, chunks * CHUNK + more))

    assert originals.read(keep(originals, content).sha256) == content


def test_an_original_can_be_read_as_a_file(originals: Originals) -> None:
    content = bytes(range(256)) * 3000
    kept = keep(originals, content)

    with originals.open(kept.sha256) as file:
        assert file.read(10) == content[:10]
        assert file.read() == content[10:]
        assert file.read(1) == b""


def test_everything_on_disk_is_private_and_nothing_stays_staged(tmp_path: Path, originals: Originals) -> None:
    keep(originals, TESTIMONY)

    path = only_object(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent, tmp_path / "staging"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert staged(tmp_path) == []


def test_a_plain_original_can_be_found_and_read_without_us(tmp_path: Path) -> None:
    keep(Originals(tmp_path, None), TESTIMONY)

    name = sha256(TESTIMONY)
    assert (tmp_path / "objects" / name[:2] / name).read_bytes() == TESTIMONY


def test_neither_words_nor_names_of_an_encrypted_original_are_on_disk(tmp_path: Path) -> None:
    keep(Originals(tmp_path, KEYS), TESTIMONY)

    path = only_object(tmp_path)
    assert b"night" not in path.read_bytes()
    assert sha256(TESTIMONY) not in str(path)
    assert only_object(tmp_path).name == next(Originals(tmp_path, KEYS).names())


def test_files_are_kept_together_and_what_cannot_be_read_says_why(
    tmp_path: Path, originals: Originals
) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "b.txt").write_bytes(b"b")
    (tmp_path / "same.txt").write_bytes(b"a")
    paths = [tmp_path / name for name in ("a.txt", "missing.txt", "b.txt", "same.txt")]

    kept = originals.keep_all([*paths, tmp_path])

    assert kept[0] == KeptOriginal(sha256(b"a"), 1, is_new=True)
    assert isinstance(kept[1], FileNotFoundError)
    assert kept[2] == KeptOriginal(sha256(b"b"), 1, is_new=True)
    assert kept[3] == KeptOriginal(sha256(b"a"), 1, is_new=False)
    assert isinstance(kept[4], OSError)
    assert len(list(originals.names())) == 2
    assert staged(tmp_path) == []


def test_others_are_let_in_at_each_file_and_each_piece_of_one(tmp_path: Path, originals: Originals) -> None:
    paths = [tmp_path / "small", tmp_path / "large", tmp_path / "missing"]
    paths[0].write_bytes(b"small")
    paths[1].write_bytes(bytes(3 * CHUNK + 1))
    calls: list[None] = []

    originals.keep_all(paths, lambda: calls.append(None))

    assert len(calls) == 3 + 1 + 4


def test_whoever_is_let_in_may_end_it_and_nothing_is_kept(tmp_path: Path, originals: Originals) -> None:
    (tmp_path / "large").write_bytes(bytes(3 * CHUNK))
    calls: list[None] = []

    def stop() -> None:
        calls.append(None)
        if len(calls) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        originals.keep_all([tmp_path / "large"], stop)

    assert staged(tmp_path) == []
    assert list(originals.names()) == []


def test_originals_are_kept_and_read_in_many_threads_at_once(originals: Originals) -> None:
    contents = [f"Statement {number}. ".encode() * 20_000 for number in range(8)]

    def keep_and_read(content: bytes) -> bool:
        kept = keep(originals, content)
        originals.verify(kept.sha256)
        return originals.read(kept.sha256) == content

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(keep_and_read, contents))


def test_nothing_to_keep_is_nothing_kept(originals: Originals) -> None:
    assert originals.keep_all([]) == []
    assert list(originals.names()) == []


# --- constant memory


class Endless:
    """A source of many bytes that notes how much it was asked for at once, and what is staged by then."""

    def __init__(self, size: int, folder: Path) -> None:
        self.left = size
        self.folder = folder
        self.largest_read = 0
        self.furthest_behind = 0
        self.handed_out = 0

    def read(self, size: int, /) -> bytes:
        self.largest_read = max(self.largest_read, size)
        on_disk = sum(path.stat().st_size for path in staged(self.folder))
        self.furthest_behind = max(self.furthest_behind, self.handed_out - on_disk)
        part = bytes(min(size, self.left))
        self.left -= len(part)
        self.handed_out += len(part)
        return part


def test_an_original_is_never_whole_in_memory(tmp_path: Path, originals: Originals) -> None:
    source = Endless(40 * CHUNK + 7, tmp_path)

    kept = originals.keep(source)

    assert kept.size == 40 * CHUNK + 7
    assert source.largest_read <= CHUNK
    assert source.furthest_behind <= 3 * CHUNK
    assert max(len(chunk) for chunk in originals.chunks(kept.sha256)) <= CHUNK


# --- the same again


def test_the_same_bytes_are_kept_once(tmp_path: Path, originals: Originals) -> None:
    keep(originals, TESTIMONY)
    before = only_object(tmp_path).stat().st_ino

    again = keep(originals, TESTIMONY)

    assert again == KeptOriginal(sha256(TESTIMONY), len(TESTIMONY), is_new=False)
    assert only_object(tmp_path).stat().st_ino == before
    assert staged(tmp_path) == []


@pytest.mark.parametrize("damage", [b"", b"something else"])
def test_a_damaged_original_is_replaced_when_it_comes_again(
    tmp_path: Path, originals: Originals, damage: bytes
) -> None:
    kept = keep(originals, TESTIMONY)
    only_object(tmp_path).write_bytes(damage)
    with pytest.raises(Damaged):
        originals.verify(kept.sha256)

    again = keep(originals, TESTIMONY)

    assert again.is_new
    assert originals.read(kept.sha256) == TESTIMONY


# --- damage


def alterations(raw: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    first, second = HEADER.size, HEADER.size + CHUNK + TAG
    third = second + CHUNK + TAG
    yield "emptied", b""
    yield "first byte", bytes([raw[0] ^ 1]) + raw[1:]
    yield "salt or early byte", raw[:20] + bytes([raw[20] ^ 0x80]) + raw[21:]
    yield "byte in the middle", raw[:second] + bytes([raw[second] ^ 1]) + raw[second + 1 :]
    yield "last byte", raw[:-1] + bytes([raw[-1] ^ 1])
    yield "cut at a chunk", raw[:third]
    yield "cut by one", raw[:-1]
    yield "appended", raw + b"\0"
    yield "swapped chunks", raw[:first] + raw[second:third] + raw[first:second] + raw[third:]
    yield "put in the place of another", other


def test_every_alteration_on_disk_is_noticed(tmp_path: Path, originals: Originals) -> None:
    content = os.urandom(2 * CHUNK + 100)
    other = keep(originals, os.urandom(2 * CHUNK + 100))
    other_path = only_object(tmp_path)
    kept = keep(originals, content)
    (path,) = (path for path in stored_objects(tmp_path) if path != other_path)
    raw = path.read_bytes()

    unnoticed = []
    for what, altered in alterations(raw, other_path.read_bytes()):
        path.write_bytes(altered)
        for read in (originals.read, originals.verify, lambda sha: originals.open(sha).read()):
            try:
                read(kept.sha256)
                unnoticed.append(what)
            except OriginalDamaged:
                pass

    assert unnoticed == []
    originals.verify(other.sha256)
    path.write_bytes(raw)
    assert originals.read(kept.sha256) == content  # the test itself does no harm


def test_a_lost_original_is_said_to_be_lost(tmp_path: Path, originals: Originals) -> None:
    kept = keep(originals, TESTIMONY)
    only_object(tmp_path).unlink()

    with pytest.raises(OriginalDamaged, match="is missing; restore it from a backup"):
        originals.read(kept.sha256)


def test_what_only_looks_like_an_original_is_not_read(tmp_path: Path, originals: Originals) -> None:
    kept = keep(originals, TESTIMONY)
    path = only_object(tmp_path)
    path.unlink()
    os.mkfifo(path)  # reading it would wait for ever

    with pytest.raises(OriginalDamaged, match="cannot be read"):
        originals.read(kept.sha256)


@pytest.mark.parametrize("name", ["", "../../../etc/passwd", "A" * 64, "0" * 63 + "\n", "/" * 64])
def test_a_name_that_is_none_leads_nowhere(originals: Originals, name: str) -> None:
    with pytest.raises(OriginalDamaged):
        originals.read(name)


def test_the_keys_of_another_archive_open_nothing(tmp_path: Path) -> None:
    kept = keep(Originals(tmp_path, KEYS), TESTIMONY)
    others = ArchiveKeys(database=b"d" * 32, originals=b"x" * 32, names=b"n" * 32, index=b"i" * 32)

    with pytest.raises(OriginalDamaged):
        Originals(tmp_path, others).read(kept.sha256)


# --- trouble while keeping


class Breaks(io.BytesIO):
    """A source on a stick that is pulled out."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > CHUNK:
            raise OSError(errno.EIO, "the stick was pulled out")
        return super().read(size)


def test_a_source_that_breaks_leaves_nothing(tmp_path: Path, originals: Originals) -> None:
    with pytest.raises(OSError, match="pulled out"):
        originals.keep(Breaks(bytes(4 * CHUNK)))

    assert staged(tmp_path) == []
    assert list(originals.names()) == []


class Full:
    """A file on a disk without room."""

    def __init__(self, path: Path) -> None:
        self._file = create_file(path)

    def write(self, content: bytes) -> None:
        self._file.write(content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        self._file.close()


def test_a_full_disk_is_said_and_leaves_nothing(
    tmp_path: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.storage.originals.create_file", Full)

    with pytest.raises(StorageFull):
        keep(originals, TESTIMONY)
    assert staged(tmp_path) == []

    monkeypatch.undo()
    assert keep(originals, TESTIMONY).is_new


def test_a_disk_that_fills_up_at_the_last_moment_leaves_nothing_staged(
    tmp_path: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name)

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, "sync_file", full)

    with pytest.raises(StorageFull):
        originals.keep_all(tmp_path / name for name in "abc")

    assert staged(tmp_path) == []
    assert list(originals.names()) == []


def test_a_batch_that_is_stopped_leaves_nothing_staged(tmp_path: Path, originals: Originals) -> None:
    (tmp_path / "a").write_text("a")

    def paths() -> Iterator[Path]:
        yield tmp_path / "a"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        originals.keep_all(paths())

    assert staged(tmp_path) == []


def test_a_file_too_large_for_the_file_system_is_said(tmp_path: Path, originals: Originals) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK, limits[1]))  # Python ignores SIGXFSZ
    try:
        with pytest.raises(NotWritable, match="file too large"):
            keep(originals, bytes(3 * CHUNK))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert staged(tmp_path) == []


FILL = """
import io, os, sys
from pathlib import Path
from archivist.model.errors import StorageFull
from archivist.storage.keys import ArchiveKeys
from archivist.storage.originals import Originals
folder = Path(sys.argv[1])
originals = Originals(folder, ArchiveKeys(*[bytes([n]) * 32 for n in range(4)]))
kept = []
try:
    while True:
        kept.append(originals.keep(io.BytesIO(os.urandom(300_000))).sha256)
except StorageFull:
    pass
assert kept and not list((folder / "staging").iterdir())
for sha256 in kept:
    originals.verify(sha256)
next((folder / "objects").glob("*/*")).unlink()
originals.keep(io.BytesIO(b"goes on once there is room"))
print("kept", len(kept))
"""


@pytest.mark.faults
def test_a_disk_that_is_really_full_harms_nothing(tmp_path: Path) -> None:
    small_disk = [
        "unshare",
        "-rm",
        "sh",
        "-c",
        f'mount -t tmpfs -o size=4m none "{tmp_path}" && exec "$@"',
        "sh",
    ]
    if subprocess.run([*small_disk, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets no user mount a small disk of their own")

    command = [*small_disk, sys.executable, "-c", FILL, str(tmp_path)]
    filled = subprocess.run(command, capture_output=True, text=True, check=False)

    assert filled.stdout.startswith("kept "), filled.stderr


# --- as it lies on disk


def test_what_lies_on_disk_is_handed_out_whole_and_proved(
    tmp_path: Path, originals: Originals, stored_content: bytes
) -> None:
    kept = keep(originals, stored_content)

    name = originals.name_of(kept.sha256)

    assert name == only_object(tmp_path).name
    assert b"".join(originals.stored_chunks(name)) == only_object(tmp_path).read_bytes()


@pytest.fixture(params=[0, 1, CHUNK, 2 * CHUNK + 3])
def stored_content(request: pytest.FixtureRequest) -> bytes:
    return b"x" * int(request.param)


@pytest.mark.parametrize("at", [0, 60, CHUNK + 200, -1])
def test_all_of_an_altered_original_is_handed_out_and_then_it_is_said(
    tmp_path: Path, originals: Originals, at: int
) -> None:
    keep(originals, bytes(2 * CHUNK + 3))
    path = only_object(tmp_path)
    altered = bytearray(path.read_bytes())
    altered[at] ^= 1
    path.write_bytes(altered)

    handed_out: list[bytes] = []
    with pytest.raises(OriginalDamaged, match=f"{path.name[:12]} was altered on disk"):
        handed_out.extend(originals.stored_chunks(path.name))

    assert b"".join(handed_out) == altered


def test_an_original_under_the_name_of_another_is_not_the_other(tmp_path: Path, originals: Originals) -> None:
    first, second = keep(originals, b"first"), keep(originals, b"second")
    name = originals.name_of(first.sha256)
    shutil.copy(object_path(tmp_path, originals.name_of(second.sha256)), object_path(tmp_path, name))

    with pytest.raises(OriginalDamaged, match="was altered on disk"):
        list(originals.stored_chunks(name))


def test_what_a_failing_drive_still_gives_is_handed_out(
    tmp_path: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(originals, bytes(3 * CHUNK))
    path = only_object(tmp_path)
    whole = path.read_bytes()

    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > CHUNK:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().read(size)

    monkeypatch.setattr(module, "open_regular", lambda _: Failing(whole))

    handed_out: list[bytes] = []
    with pytest.raises(OriginalDamaged, match="cannot be read"):
        handed_out.extend(originals.stored_chunks(path.name))

    assert whole.startswith(b"".join(handed_out))
    assert sum(map(len, handed_out)) > CHUNK


def test_a_missing_original_is_said_to_be_missing(originals: Originals) -> None:
    with pytest.raises(OriginalDamaged, match="is missing"):
        list(originals.stored_chunks("a" * 64))


# --- after a crash, or after a database was put back from a copy


def test_originals_that_no_document_names_are_listed_and_stay(originals: Originals) -> None:
    kept, orphan = keep(originals, b"kept"), keep(originals, b"orphan")

    originals.empty_staging()

    assert list(originals.orphans({kept.sha256, sha256(b"lost")})) == [originals.name_of(orphan.sha256)]
    assert list(originals.orphans({kept.sha256, orphan.sha256})) == []
    assert originals.read(orphan.sha256) == b"orphan"


def test_importing_the_bytes_of_an_orphan_again_uses_it(originals: Originals) -> None:
    orphan = keep(originals, b"orphan")

    again = keep(originals, b"orphan")

    assert again == KeptOriginal(orphan.sha256, orphan.size, is_new=False)
    assert list(originals.orphans({again.sha256})) == []


def test_importing_the_bytes_of_a_damaged_orphan_again_mends_it(tmp_path: Path, originals: Originals) -> None:
    orphan = keep(originals, b"orphan")
    only_object(tmp_path).write_bytes(b"damaged")

    again = keep(originals, b"orphan")

    assert again.is_new
    assert originals.read(orphan.sha256) == b"orphan"


def test_what_was_half_written_is_removed_and_nothing_else(tmp_path: Path, originals: Originals) -> None:
    kept = keep(originals, TESTIMONY)
    note = only_object(tmp_path).parent / ".DS_Store"
    note.write_bytes(b"of the file manager")
    (tmp_path / "staging" / "half").write_bytes(b"half an original")
    (tmp_path / "staging" / "a folder").mkdir()

    originals.empty_staging()

    assert [path.name for path in staged(tmp_path)] == ["a folder"]
    assert originals.read(kept.sha256) == TESTIMONY
    assert note.exists()


def test_an_archive_without_originals_has_nothing_staged_and_no_orphans(originals: Originals) -> None:
    originals.empty_staging()

    assert list(originals.orphans({"a" * 64})) == []
