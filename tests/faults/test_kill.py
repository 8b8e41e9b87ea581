"""Killed at any moment, an archive keeps what it acknowledged, and is whole when it is opened again."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive
from archivist.storage.driver import dbapi2
from tests.faults.acknowledgements import Log, chance_of
from tests.faults.checking import errors, faults, losses
from tests.journeys.terminal import PASSPHRASE

pytestmark = pytest.mark.faults

ROOT = Path(__file__).resolve().parents[2]
# Kills, over both kinds of archive. ARCHIVIST_ROUNDS=100 is what a release must stand.
ROUNDS = int(os.environ.get("ARCHIVIST_ROUNDS", "8"))
SEED = os.environ.get("ARCHIVIST_SEED", "1")
ROUNDS_PER_ARCHIVE = 25  # what is looked at after each kill grows with the archive


@dataclass(slots=True)
class Victim:
    """An archive, the process that works in it, and what that was told."""

    folder: Path
    secret: str | None

    def __post_init__(self) -> None:
        self.files.mkdir(parents=True)
        create_archive(self.archive, self.secret)

    @property
    def archive(self) -> Path:
        return self.folder / "Victim.archivist"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def complaints(self) -> Path:
        return self.folder / "complaints"

    @property
    def log(self) -> Log:
        return Log(self.folder / "acknowledged.jsonl")

    def start(self, seed: str, *words: str) -> "subprocess.Popen[bytes]":
        secret = {"ARCHIVIST_PASSPHRASE": self.secret} if self.secret else {}
        command = [sys.executable, "-m", "tests.faults.driver"]
        with self.complaints.open("ab") as complaints:
            return subprocess.Popen(
                [*command, str(self.archive), str(self.log.path), str(self.files), seed, *words],
                cwd=ROOT,
                env={"HOME": os.environ["HOME"], "PATH": os.environ["PATH"], **secret},
                stderr=complaints,
            )

    def wait_for_lines(self, process: "subprocess.Popen[bytes]", count: int) -> None:
        """Until so many lines are in the log; a driver that ends by itself has a fault."""
        deadline = time.monotonic() + 60
        while len(self.log.lines()) < count:
            assert process.poll() is None, self.complaints.read_text()
            assert time.monotonic() < deadline, "the driver does nothing"
            time.sleep(0.005)

    def kill_after(self, seed: str, chance: Random) -> None:
        """Let a driver work for a moment, and kill it; now and then while it is still opening."""
        before = len(self.log.lines())
        process = self.start(seed)
        if chance.random() < 0.8:
            self.wait_for_lines(process, before + 1)
        time.sleep(chance.uniform(0, 2.5))
        assert process.poll() is None, self.complaints.read_text()
        children = descendants(process.pid)
        process.kill()
        process.wait()
        outlive = still_there_after(10, children)
        assert not outlive, f"children outlive the process that was killed: {outlive}"

    def opened(self) -> Archive:
        return open_archive(self.archive, self.secret)


def descendants(process: int) -> list[int]:
    """Children, and theirs; zombies of a container without an init are no work that goes on."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def still_there_after(seconds: float, processes: list[int]) -> list[str]:
    deadline = time.monotonic() + seconds
    while (alive := [one for one in map(_command, processes) if one]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return alive


def _command(process: int) -> str:
    """Empty where the process is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@pytest.fixture(params=["encrypted", "plain"])
def secret(request: pytest.FixtureRequest) -> str | None:
    return PASSPHRASE if request.param == "encrypted" else None


@pytest.fixture
def plain_victim(tmp_path: Path) -> Victim:
    """An archive without encryption in which a driver has worked until it had a few quotes."""
    victim = Victim(tmp_path / "control", None)
    process = victim.start("control")
    victim.wait_for_lines(process, 40)
    process.kill()
    process.wait()
    return victim


@pytest.mark.timeout(60 + 30 * ROUNDS)
def test_nothing_acknowledged_is_lost_however_often_the_process_is_killed(
    secret: str | None, tmp_path: Path
) -> None:
    chance = chance_of(f"{SEED} {secret}")
    victim, kept = Victim(tmp_path / "0", secret), 0

    for number in range(ROUNDS // 2):
        if number and number % ROUNDS_PER_ARCHIVE == 0:
            kept += len(victim.log.kept())
            shutil.rmtree(victim.folder)
            victim = Victim(tmp_path / str(number), secret)
        victim.kill_after(f"{SEED} {number}", chance)
        with victim.opened() as archive:
            found = faults(archive, victim.log, chance)
        assert found == [], f"after kill {number + 1} (ARCHIVIST_SEED={SEED}): {found[:20]}"

    kept += len(victim.log.kept())
    print(f"{ROUNDS // 2} kills, {kept} acknowledged deeds, none lost")  # noqa: T201 - shown by -rA
    assert kept > 0


READER = """
import os, signal, sys, threading, time
from archivist.extraction.child import CannotStart
from archivist.extraction.sandbox import Sandbox
from archivist.model.sandbox import SafetyLevel
from tests.faults.test_kill import descendants

def found(data):
    return type(sandbox.extract(data, "words.txt")).__name__

sandbox = Sandbox(SafetyLevel(sys.argv[1]))
try:
    found(b"words")
except CannotStart:
    sys.exit("not here")
answers = []
for _ in range(5):
    time.sleep(0.2)
    for process in descendants(os.getpid()):
        os.kill(process, signal.SIGSTOP)
    reading = threading.Thread(target=lambda: answers.append(found(b"more words")))
    reading.start()
    time.sleep(0.2)
    sandbox.interrupt()
    reading.join()
    answers.append(found(b"the next words"))
print(set(answers[::2]), set(answers[1::2]))
"""


@pytest.mark.parametrize("level", ["full", "kernel"])
def test_a_reader_that_is_killed_in_the_middle_of_a_document_is_an_answer(level: str) -> None:
    """And not an endless wait: this is what Ctrl+C and a full disk do to an import."""
    done = subprocess.run(
        [sys.executable, "-c", READER, level], cwd=ROOT, capture_output=True, timeout=30, check=False
    )

    if done.stderr.strip() == b"not here":
        pytest.skip(f"this machine cannot confine documents at level “{level}”")
    assert done.stdout.strip() == b"{'Unread'} {'Extraction'}", done.stderr.decode()


def test_a_deed_that_is_acknowledged_before_its_commit_is_seen_to_be_lost(plain_victim: Victim) -> None:
    with plain_victim.opened() as archive:
        assert faults(archive, plain_victim.log, chance_of(SEED)) == []
    before = len(plain_victim.log.lines())

    process = plain_victim.start("early", "early")
    plain_victim.wait_for_lines(process, before + 2)
    process.kill()
    process.wait()

    with plain_victim.opened() as archive:
        assert [fault.split()[-1] for fault in losses(archive, plain_victim.log)] == ["words"]
        assert list(errors(archive)) == []


def test_a_quote_that_is_removed_behind_the_archives_back_is_seen_to_be_lost(plain_victim: Victim) -> None:
    with plain_victim.opened() as archive:
        quote = archive.quotes.all()[-1].id

    connection = dbapi2.connect(str(plain_victim.archive / "archive.db"))
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE '%quote%'"
    ).fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DELETE FROM quotes WHERE id = ?", [quote])
    for _, sql in guards:
        connection.execute(sql)
    connection.commit()
    connection.close()

    with plain_victim.opened() as archive:
        assert any(fault == f"lost: quote {quote} is gone" for fault in losses(archive, plain_victim.log))
        assert any(quote in fault for fault in errors(archive))
