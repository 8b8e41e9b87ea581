"""Sealed files: nothing plain on the disk, nothing unproven read."""

import os
import pickle
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from whoosh.codec import default_codec
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.writing import PostingPool

from archivist.search import index as index_module
from archivist.search.errors import IndexUnusable
from archivist.search.index import SearchIndex
from archivist.search.storage import CHUNK, SealedStorage
from tests.unit.search.conftest import KEY
from tests.unit.search.entries import at, document, found

PLANTED = b"wolframite"
OTHER_KEY = bytes(32)


def publish(storage: SealedStorage, **files: bytes) -> None:
    """Write files as Whoosh does: they become durable with the table of contents."""
    for name, content in files.items():
        with storage.create_file(name) as file:
            file.write(content)
    with storage.create_file("_MAIN_1.toc.17") as table:
        table.write(b"table")
    storage.rename_file("_MAIN_1.toc.17", "_MAIN_1.toc", safe=True)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17])
def test_what_was_written_is_read_back(folder: Path, size: int) -> None:
    content = os.urandom(size)
    publish(SealedStorage(folder, KEY).create(), a=content)

    file = SealedStorage(folder, KEY).open_file("a")

    assert file.read() == content
    assert file.get(size // 3, size // 2) == content[size // 3 :][: size // 2]
    assert file.get(size + 5, 10) == b""
    assert file.subset(size // 2, size).read() == content[size // 2 :]
    file.close()


def test_a_sealed_file_reads_as_whoosh_expects(folder: Path) -> None:
    publish(SealedStorage(folder, KEY).create(), a=pickle.dumps({"x": 1}) + b"line\nrest\x00\x00\x00\x07")
    file = SealedStorage(folder, KEY).open_file("a")

    assert file.read_pickle() == {"x": 1}
    assert file.readline() == b"line\n"
    file.seek(-4, os.SEEK_END)
    assert file.get_array(file.tell(), "I", 1).tolist() == [7]
    file.seek(2, os.SEEK_CUR)
    assert file.read(1) == b"\x00"
    file.close()


def test_nothing_is_on_the_disk_before_the_table_of_contents(folder: Path) -> None:
    storage = SealedStorage(folder, KEY).create()
    with storage.create_file("a") as file:
        file.write(b"content")

    assert list(folder.iterdir()) == []
    assert storage.list() == ["a"]
    assert storage.open_file("a").read() == b"content"
    storage.forget()
    assert storage.list() == []


def test_the_files_are_durable_before_the_table_of_contents(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = SealedStorage(folder, KEY).create()
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)

    publish(storage, a=b"1", b=b"2")

    assert synced == ["a", "b", folder.name, "_MAIN_1.toc.new", folder.name]


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("place", [0, 9, 25, 40, 32 + CHUNK + 20, -1])
def test_any_changed_byte_is_noticed(folder: Path, place: int) -> None:
    publish(SealedStorage(folder, KEY).create(), a=os.urandom(2 * CHUNK))
    flip(folder / "a", place)

    with pytest.raises(IndexUnusable):
        SealedStorage(folder, KEY).open_file("a").read()


@pytest.mark.parametrize("left", [0, 10, 32, 40, 32 + CHUNK + 16, 32 + 2 * CHUNK + 31])
def test_a_file_cut_short_is_noticed(folder: Path, left: int) -> None:
    publish(SealedStorage(folder, KEY).create(), a=os.urandom(2 * CHUNK))
    (folder / "a").write_bytes((folder / "a").read_bytes()[:left])

    with pytest.raises(IndexUnusable):
        SealedStorage(folder, KEY).open_file("a").read()


def test_a_file_with_more_at_its_end_is_noticed(folder: Path) -> None:
    publish(SealedStorage(folder, KEY).create(), a=b"content")
    with (folder / "a").open("ab") as file:
        file.write(b"\0")

    with pytest.raises(IndexUnusable):
        SealedStorage(folder, KEY).open_file("a")


def test_a_file_under_another_name_is_noticed(folder: Path) -> None:
    publish(SealedStorage(folder, KEY).create(), a=b"content", b=b"another")
    shutil.copy(folder / "a", folder / "b")

    with pytest.raises(IndexUnusable):
        SealedStorage(folder, KEY).open_file("b").read()


def test_chunks_in_another_order_are_noticed(folder: Path) -> None:
    publish(SealedStorage(folder, KEY).create(), a=bytes(2 * CHUNK))
    header, first, second = (
        (folder / "a").read_bytes()[part]
        for part in (slice(32), slice(32, 48 + CHUNK), slice(48 + CHUNK, None))
    )
    (folder / "a").write_bytes(header + second + first)

    with pytest.raises(IndexUnusable):
        SealedStorage(folder, KEY).open_file("a").read()


def test_another_key_opens_nothing(folder: Path) -> None:
    publish(SealedStorage(folder, KEY).create(), a=b"content")

    with pytest.raises(IndexUnusable):
        SealedStorage(folder, OTHER_KEY).open_file("a").read()


def test_the_same_content_is_sealed_differently_each_time(folder: Path) -> None:
    publish(SealedStorage(folder, KEY).create(), a=b"content", b=b"content")

    assert (folder / "a").read_bytes()[32:] != (folder / "b").read_bytes()[32:]


def test_a_table_of_contents_is_never_replaced(folder: Path) -> None:
    publish(SealedStorage(folder, KEY).create())

    with pytest.raises(NameError):
        publish(SealedStorage(folder, KEY))


def test_a_pickle_that_was_planted_does_not_run(folder: Path, tmp_path: Path) -> None:
    """Whoosh unpickles its files: one from elsewhere must be refused before that."""
    victim = tmp_path / "ran"
    with SearchIndex(folder, KEY, "archive-1") as index:
        index.build([document("d1", "word")], at(1))
    table = next(folder.glob("_MAIN_*.toc"))
    storage = SealedStorage(tmp_path / "evil", OTHER_KEY).create()
    with storage.create_file("_MAIN_9.toc.1") as file:
        file.write(pickle.dumps(_Planted(victim)))
    storage.rename_file("_MAIN_9.toc.1", table.name)

    def run(content: bytes, name: str) -> None:
        table.write_bytes(content)
        assert SearchIndex(folder, KEY, "archive-1").stamp() is None, name
        assert not victim.exists(), name

    run((tmp_path / "evil" / table.name).read_bytes(), "sealed with another key")
    run(pickle.dumps(_Planted(victim)), "plain")
    pickle.loads(pickle.dumps(_Planted(victim)))  # noqa: S301  # the control: it is a working trap
    assert victim.exists()


class _Planted:
    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.victim,)


class _Watch:
    """Reads all files of some folders again and again, and those that are open but have no name."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.leaks: set[str] = set()
        self.rounds = 0

    def look(self) -> None:
        files = [file for folder in self._folders for file in folder.rglob("*") if file.is_file()]
        unnamed = [link for link in Path("/proc/self/fd").iterdir() if "(deleted)" in _target(link)]
        for file in files + unnamed:
            try:
                if PLANTED in file.read_bytes():
                    self.leaks.add(str(file))
            except OSError:
                continue
        self.rounds += 1

    def _run(self) -> None:
        while not self._stop.wait(0.03):
            self.look()

    @contextmanager
    def during(self) -> Iterator[None]:
        self._thread.start()
        yield
        self._stop.set()
        self._thread.join()
        self.look()


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _many() -> list[str]:
    return [
        f"wolframite word{number} " + " ".join(f"w{number}x{k}" for k in range(60)) for number in range(400)
    ]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    return temporary


def test_no_word_is_ever_on_the_disk(folder: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "BATCH", 1 << 30)  # one batch: more than a stock pool keeps in memory
    folder.mkdir()
    watch = _Watch([folder, temporary])
    index = SearchIndex(folder, KEY, "archive-1")

    with watch.during():
        index.build([document(f"d{number}", text) for number, text in enumerate(_many())], at(1))

    assert watch.rounds > 3
    assert watch.leaks == set()
    assert len(found(index, "wolframite word7")) == 1
    index.close()


def test_the_watch_sees_what_stock_whoosh_leaves(folder: Path, temporary: Path) -> None:
    folder.mkdir()
    watch = _Watch([folder, temporary])
    index = FileStorage(str(folder)).create_index(Schema(text=TEXT))

    with watch.during():
        writer = index.writer(limitmb=1)
        for text in _many():
            writer.add_document(text=text)
        writer.commit()

    assert watch.leaks


def test_the_stock_pool_spills_in_plain_with_so_much_text(temporary: Path) -> None:
    watch = _Watch([temporary])
    pool = PostingPool(FileStorage(str(temporary)), default_codec().new_segment(None, "MAIN"), limitmb=1)
    for number in range(20_000):
        pool.add(("text", PLANTED + b"%d" % number, number, 1.0, b""))

    watch.look()

    assert watch.leaks
    pool.cleanup()


def test_names_of_files_tell_nothing_but_numbers(folder: Path) -> None:
    with SearchIndex(folder, KEY, "archive-1") as index:
        index.build([document("d1", "word", "title", tags=("tag",))], at(1))

    names = {file.name.split(".")[-1] for file in folder.iterdir()}

    assert names == {"seg", "toc", "MAIN_WRITELOCK"}
