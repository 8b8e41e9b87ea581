"""One process works in an archive at a time; the next is told which, and a dead one holds nothing."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.archives import TESTIMONY
from tests.journeys.terminal import Answer, Terminal

pytestmark = pytest.mark.faults

HOLD = """
import sys
from pathlib import Path
from archivist.archive.opening import open_archive
archive = open_archive(Path(sys.argv[1]), None)
print("open", flush=True)
sys.stdin.read()
archive.close()
"""


@contextmanager
def holder(terminal: Terminal) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that has the archive open until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(terminal.archive_folder)],
        env=terminal.environ(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield process


@pytest.fixture
def testimony(tmp_path: Path) -> Path:
    path = tmp_path / "testimony.txt"
    path.write_text(TESTIMONY, "utf-8")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ["list", "documents"],
        ["import", "testimony.txt"],
        ["verify"],
        ["search", "brother"],
        ["undo"],
        ["backup", "Copy.backup"],
    ],
)
def test_the_second_is_refused_and_told_who_is_the_first(
    plain: Terminal, testimony: Path, words: list[str]
) -> None:
    testimony.rename(plain.folder / testimony.name)
    with holder(plain) as process:
        answer = plain.fails(words[0], *words[1:])

        assert answer.code == 3
        assert f"process {process.pid}" in answer.error
        assert os.uname().nodename in answer.error


def test_after_a_clean_end_the_archive_is_free(plain: Terminal) -> None:
    with holder(plain):
        pass

    assert plain.does("list", "documents").rows == []
    assert (plain.archive_folder / "archive.lock").read_bytes() == b""


def test_after_a_kill_the_archive_is_free_at_once_and_leftovers_are_swept(
    plain: Terminal, testimony: Path
) -> None:
    with holder(plain) as process:
        (plain.archive_folder / "staging" / "left").write_bytes(b"half an original")
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (plain.archive_folder / "archive.lock").read_bytes() != b"", "the trace of the crash"

        assert plain.does("import", testimony).rows[0]["status"] == "imported"

    assert list((plain.archive_folder / "staging").iterdir()) == []
    assert plain.does("verify").rows[-1]["summary"]["errors"] == 0


def test_many_at_once_take_turns_or_are_refused_and_nothing_is_damaged(
    plain: Terminal, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(5)]
    for file in files:
        file.write_text(f"{file.name}: {TESTIMONY}", "utf-8")

    running = [
        subprocess.Popen(
            plain.command("import", plain.archive, file, "--json"),
            cwd=plain.folder,
            env=plain.environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for file in files
    ]
    answers = []
    for process in running:
        out, error = process.communicate(timeout=120)
        answers.append(Answer(process.returncode, out, error.decode()))

    assert {answer.code for answer in answers} <= {0, 3}
    assert any(answer.code == 0 for answer in answers)
    assert all("in use" in answer.error for answer in answers if answer.code == 3)
    imported = {answer.rows[0]["document_id"] for answer in answers if answer.code == 0}
    assert {row["id"] for row in plain.does("list", "documents").rows} == imported
    assert plain.does("verify").rows[-1]["summary"]["errors"] == 0


# Root would not notice what may not be written.
AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []


def as_nobody(terminal: Terminal, home: Path, verb: str, *words: str) -> Answer:
    done = subprocess.run(
        [*AS_NOBODY, *terminal.command(verb, *words)],
        cwd="/",
        env=terminal.environ() | {"HOME": str(home)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that every user may look into; those of pytest are private."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "home").mkdir()
        (Path(folder) / "home").chmod(0o777)
        yield Path(folder)


def test_an_archive_that_may_only_be_read_gives_a_sentence(
    plain: Terminal, testimony: Path, shelf: Path
) -> None:
    if not _may_run_as_nobody():
        pytest.skip("this machine does not let us run Archivist as another user")
    plain.does("import", testimony)
    archive = shelf / "Read.archivist"
    shutil.copytree(plain.archive_folder, archive)
    for path in (archive, *archive.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)

    answer = as_nobody(plain, shelf / "home", "list", str(archive), "documents", "--json")

    assert answer.code == 3, answer
    assert answer.error.strip().count("\n") == 0
    assert "could not be opened" in answer.error
    assert "permission" in answer.error.lower() or "cannot be written" in answer.error


def _may_run_as_nobody() -> bool:
    """Whether the interpreter and the project can be read by another user."""
    try:
        tried = subprocess.run(
            [*AS_NOBODY, sys.executable, "-c", "import archivist.cli.running"],
            cwd="/",
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return tried.returncode == 0
