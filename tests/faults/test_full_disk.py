"""A full disk is one sentence; what was acknowledged is there, nothing half made is left, space heals it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.acknowledgements import chance_of
from tests.faults.archives import TESTIMONY, WORDS, sources
from tests.faults.checking import files_of
from tests.journeys.terminal import PASSPHRASE, Answer, Terminal

pytestmark = pytest.mark.faults

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A file system of its own with little room."""

    folder: Path

    @property
    def free(self) -> int:
        status = os.statvfs(self.folder)
        return status.f_bavail * status.f_frsize

    def fill(self, *, but: int = 0) -> None:
        """Take all room but so many bytes."""
        self.release()
        if (size := self.free - but) > 0:
            with (self.folder / "ballast").open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, size)

    def release(self) -> None:
        (self.folder / "ballast").unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here: that needs root")
    yield SmallDisk(folder)
    subprocess.run(["/bin/umount", "-l", str(folder)], check=True)


def on(disk: SmallDisk, home: Path, passphrase: str | None = None) -> Terminal:
    """A terminal whose archive lies on the small disk, and whose home does not."""
    return Terminal(home, archive=str(disk.folder / "Coast.archivist"), passphrase=passphrase)


def many_files(folder: Path, count: int, size: int) -> Path:
    """Files that do not shrink, of words of their own."""
    folder.mkdir()
    chance = chance_of(7)
    for number in range(count):
        words = ("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(size // 10))
        (folder / f"file {number:02}.txt").write_text(" ".join(words), "ascii")
    return folder


def one_sentence(answer: Answer, *codes: int) -> bool:
    assert answer.code in codes, (answer.code, answer.error)
    assert answer.error.strip().count("\n") == 0, answer.error
    return "disk is full" in answer.error or "disk did not take" in answer.error


def is_clean(terminal: Terminal) -> bool:
    """Nothing is wrong; a kept file without a document is what a stopped import may leave."""
    answer = terminal.types("verify", terminal.archive, "--json")
    bad = [row for row in answer.rows if row.get("level", "ok") != "ok" and row["what"] != "orphan"]
    return answer.code == 0 and not bad


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if "partial" in path.name or path.suffix == ".new"]


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_an_import_into_a_full_disk_keeps_what_it_told_of_and_goes_on_when_there_is_room(
    disk: SmallDisk, tmp_path: Path, passphrase: str | None
) -> None:
    terminal = on(disk, tmp_path / "home", passphrase)
    terminal.makes_archive()
    files = many_files(tmp_path / "files", count=40, size=40_000)
    disk.fill(but=2 * MIB)

    stopped = terminal.types("import", terminal.archive, files, "--json")

    assert one_sentence(stopped, 4)
    told = [row for row in stopped.rows if row.get("status") == "imported"]
    assert 0 < len(told) < 40
    listed = {row["id"]: row for row in terminal.does("list", "documents").rows}
    assert {row["document_id"] for row in told} <= listed.keys()
    for row in (told[0], told[-1]):
        text = terminal.types("show", terminal.archive, row["document_id"], "--text").out.decode()
        assert text.rstrip("\n") == Path(row["path"]).read_text("ascii")
    assert is_clean(terminal)

    disk.release()
    terminal.does("import", files)

    assert len(terminal.does("list", "documents").rows) == 40
    assert is_clean(terminal)
    assert list((terminal.archive_folder / "staging").iterdir()) == []
    found = terminal.does("search", Path(told[0]["path"]).read_text("ascii")[:9]).rows[0]
    assert (found["total"], found["complete"]) == (1, True)


@pytest.mark.parametrize("room", [0, 40_000])
def test_a_quote_on_a_full_disk_is_made_or_not_made(disk: SmallDisk, tmp_path: Path, room: int) -> None:
    terminal = on(disk, tmp_path / "home")
    terminal.makes_archive()
    (tmp_path / "testimony.txt").write_text(TESTIMONY, "utf-8")
    terminal.does("import", tmp_path / "testimony.txt")
    disk.fill(but=room)

    answer = terminal.types(
        "quote",
        terminal.archive,
        "testimony",
        "--text",
        WORDS,
        "--tag",
        "arrest",
        "--note",
        "n" * 100_000,
        "--json",
    )

    disk.release()
    assert answer.code == 0 or one_sentence(answer, 3, 4)
    assert room or answer.code != 0
    assert [row["text"] for row in terminal.does("list", "quotes").rows] == [WORDS] * (answer.code == 0)
    assert len(terminal.does("list", "tags").rows) == (answer.code == 0)
    assert is_clean(terminal)


@pytest.mark.parametrize("room", [0, 20_000])
def test_an_archive_on_a_full_disk_opens_or_says_why_not(disk: SmallDisk, tmp_path: Path, room: int) -> None:
    terminal = on(disk, tmp_path / "home")
    terminal.makes_archive()
    terminal.does("import", *sources(tmp_path / "sources"))
    disk.fill(but=room)

    for verb, *words in (["list", "documents"], ["verify"], ["search", "brother"], ["history"]):
        answer = terminal.types(verb, terminal.archive, *words, "--json")
        assert answer.code == 0 or one_sentence(answer, 3, 4), (verb, answer)

    disk.release()
    assert is_clean(terminal)
    assert terminal.does("search", "brother").rows[0]["total"] == 1


def test_an_index_that_finds_no_room_is_built_when_there_is_some(disk: SmallDisk, tmp_path: Path) -> None:
    terminal = on(disk, tmp_path / "home")
    terminal.makes_archive()
    terminal.does("import", *sources(tmp_path / "sources"))
    for path in files_of(terminal.archive_folder / "index"):
        path.unlink()
    disk.fill(but=300_000)

    starved = terminal.types("search", terminal.archive, "brother", "--json")

    assert starved.code in {0, 4}, (starved.code, starved.error)
    assert starved.error.strip().count("\n") == 0
    assert starved.error
    assert leftovers(terminal.archive_folder) == []
    disk.release()
    found, *_ = terminal.does("search", "brother").rows
    assert (found["total"], found["complete"]) == (1, True)
    assert is_clean(terminal)


@pytest.mark.parametrize("room", [20_000, 600_000])
def test_nothing_is_left_of_what_a_full_disk_did_not_take(disk: SmallDisk, tmp_path: Path, room: int) -> None:
    """A pack, a backup, a restored and a new archive appear whole, or not at all."""
    terminal = Terminal(tmp_path / "home", passphrase=None)
    terminal.makes_archive()
    terminal.does("import", *sources(tmp_path / "sources"))
    terminal.does("quote", "register", "--text", "Entry 7:")
    terminal.does("backup", tmp_path / "backup")
    target = disk.folder / "target"
    disk.fill(but=room)

    attempts: list[tuple[str, list[str | Path]]] = [
        ("export", [terminal.archive, "--out", target, "--format", "html,docx"]),
        ("backup", [terminal.archive, target]),
        ("restore", [tmp_path / "backup", target]),
        ("new", [target, "--no-passphrase"]),
    ]
    for verb, words in attempts:
        answer = terminal.types(verb, *words, "--json")
        made = {path.name for path in disk.folder.iterdir()} - {"ballast"}
        if answer.code == 0:
            assert made in ({"target"}, {"target.archivist"})
            shutil.rmtree(disk.folder / made.pop())
        else:
            assert one_sentence(answer, 4), (verb, answer)
            assert made == set(), verb


def test_the_small_disk_is_small(disk: SmallDisk) -> None:
    """The control: it does say that it is full."""
    disk.fill()

    with pytest.raises(OSError, match="No space left"):
        (disk.folder / "more").write_bytes(bytes(MIB))
