"""A hostile document harms nothing but itself: at each level that this machine has.

The attacks are in `attacks.py`. That they have teeth is shown by the same attacks at level
*none*, where most of them succeed.
"""

import contextlib
import functools
import os
import signal
import socket  # noqa: TID251  a listener that nobody may reach; the product imports none
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.extraction import child as child_module
from archivist.extraction.child import CannotStart, start
from archivist.extraction.reasons import REASONS, WorkNotDone
from archivist.extraction.sandbox import Sandbox
from archivist.model.document import Extraction, Unread
from archivist.model.sandbox import Failure, SafetyLevel
from tests.unit.workers.samples import docx, paragraph, pdf

pytestmark = pytest.mark.faults

ATTACKS = Path(__file__).with_name("attacks.py")
WALLED = (SafetyLevel.FULL, SafetyLevel.KERNEL)


@pytest.fixture(params=WALLED)
def walled(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with sandbox_at(request.param) as sandbox:
        yield sandbox


@pytest.fixture
def bare() -> Iterator[Sandbox]:
    """The negative control: a child without walls."""
    with Sandbox(SafetyLevel.NONE, allow_unsafe=True, more_jobs=ATTACKS) as sandbox:
        yield sandbox


@functools.cache
def has(level: SafetyLevel) -> bool:
    try:
        start(level).kill()
    except CannotStart:
        return False
    return True


def need(level: SafetyLevel) -> None:
    if not has(level):
        pytest.skip(f"this machine cannot confine documents at level “{level}”")


def sandbox_at(level: SafetyLevel) -> Sandbox:
    need(level)
    sandbox = Sandbox(level, more_jobs=ATTACKS)
    assert isinstance(sandbox.extract(b"words", "first.txt"), Extraction)
    return sandbox


def still_reads(sandbox: Sandbox) -> bool:
    """The next document is read, and gets its own answer."""
    found = sandbox.extract(b"the next document", "next.txt")
    return isinstance(found, Extraction) and found.text == "the next document"


def outcome(sandbox: Sandbox, attack: str, **header: object) -> object:
    answer, _ = sandbox.run(attack, header)
    return answer["outcome"]


def reaches(sandbox: Sandbox, attack: str) -> bool:
    """Whether an attack gets through; the end of a killed zygote may be quicker than its last answer."""
    try:
        return outcome(sandbox, attack) == "reached"
    except WorkNotDone as stopped:
        return (attack, stopped.failure) == ("kill_the_zygote", Failure.CRASHED)


def failure(sandbox: Sandbox, attack: str) -> Failure:
    with pytest.raises(WorkNotDone) as stopped:
        sandbox.run(attack, {})
    return stopped.value.failure


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def test_an_endless_document_is_stopped(walled: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "SECONDS_FOR_A_JOB", 0.5)

    assert failure(walled, "spin") is Failure.TIMEOUT
    assert still_reads(walled)


def test_a_crash_costs_only_the_document_that_crashed(walled: Sandbox) -> None:
    assert failure(walled, "crash") is Failure.CRASHED
    assert still_reads(walled)


def test_a_flood_is_dammed(walled: Sandbox) -> None:
    assert failure(walled, "flood") is Failure.TOO_MUCH_TEXT
    assert still_reads(walled)


def test_memory_is_bounded(walled: Sandbox) -> None:
    assert failure(walled, "swallow") is Failure.MEMORY
    assert still_reads(walled)


def test_silence_is_no_answer(walled: Sandbox) -> None:
    assert failure(walled, "leave") is Failure.MALFORMED
    assert still_reads(walled)


@pytest.mark.parametrize("attack", ["stutter", "mutter", "babble"])
def test_what_a_document_says_beyond_its_answer_reaches_no_other(walled: Sandbox, attack: str) -> None:
    """Of its own text it may lie, as it always could; the next document is told nothing."""
    with contextlib.suppress(WorkNotDone):
        walled.run(attack, {})

    assert still_reads(walled)
    assert still_reads(walled)


def test_a_document_cannot_speak_as_the_user(walled: Sandbox) -> None:
    found = walled.extract(b"words", "impostor.txt")

    assert isinstance(found, Unread)
    assert found.reason == REASONS[Failure.MALFORMED]
    assert still_reads(walled)


def test_without_walls_nothing_from_elsewhere_is_looked_into() -> None:
    with Sandbox(SafetyLevel.NONE, more_jobs=ATTACKS) as sandbox:
        assert sandbox.run("nap", {}) == ({"said": "awake"}, b"")
        with pytest.raises(WorkNotDone) as refused:
            sandbox.run("nap", {}, b"from elsewhere")

    assert refused.value.failure is Failure.UNSAFE


def test_a_document_leaves_nobody_behind(walled: Sandbox) -> None:
    assert outcome(walled, "linger") == "refused"

    assert walled.run("nap", {}) == ({"said": "awake"}, b"")


def test_without_walls_a_document_forges_the_answer_of_the_next(bare: Sandbox) -> None:
    assert outcome(bare, "linger") == "reached"

    assert bare.run("nap", {}) == ({"forged": True}, b"")


ALONE = (
    "read_memory_of_the_zygote",
    "kill_the_zygote",
    "trace_the_zygote",
    "run_a_program",
    "make_memory_executable",
)


@pytest.mark.parametrize("attack", ALONE)
def test_a_child_reaches_no_other_process_and_runs_nothing(walled: Sandbox, attack: str) -> None:
    assert outcome(walled, attack) == "refused"
    assert still_reads(walled)


@pytest.mark.parametrize("attack", ["kill_the_zygote", "run_a_program", "make_memory_executable"])
def test_without_walls_it_does(bare: Sandbox, attack: str) -> None:
    assert reaches(bare, attack)


def test_the_network_is_out_of_reach(walled: Sandbox, listener: socket.socket) -> None:
    port = listener.getsockname()[1]

    assert outcome(walled, "connect", port=port) == "refused"
    assert outcome(walled, "send_datagram", port=port) == "refused"

    with pytest.raises(TimeoutError):
        listener.accept()


def test_without_walls_the_network_is_reached(bare: Sandbox, listener: socket.socket) -> None:
    assert outcome(bare, "connect", port=listener.getsockname()[1]) == "reached"

    connection, _ = listener.accept()
    connection.close()


def test_files_are_out_of_reach(walled: Sandbox, tmp_path: Path) -> None:
    key, loot = tmp_path / "archive.key", tmp_path / "loot"
    key.write_text("ARCHIVE KEY")

    assert outcome(walled, "read_file", path=str(key)) == "refused"
    assert outcome(walled, "see_file", path=str(key)) == "refused"
    assert outcome(walled, "write_file", path=str(loot)) == "refused"
    assert outcome(walled, "write_file", path="/tmp/loot") == "refused"  # noqa: S108  the child's own
    assert not loot.exists()


def test_without_walls_files_are_reached(bare: Sandbox, tmp_path: Path) -> None:
    key, loot = tmp_path / "archive.key", tmp_path / "loot"
    key.write_text("ARCHIVE KEY")

    assert outcome(bare, "read_file", path=str(key)) == "reached"
    assert outcome(bare, "write_file", path=str(loot)) == "reached"
    assert loot.exists()


def entity_bomb() -> bytes:
    levels = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return docx(paragraph("&i;"), before=f'<!DOCTYPE d [<!ENTITY a "lol">{levels}]>')


def inflating_pdf() -> bytes:
    """A page whose content is 1 GiB, from some kilobytes."""
    packer = zlib.compressobj(9)
    gibibyte = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1 << 10)) + packer.flush()
    stream = zlib.compress(gibibyte, 9)
    document = pdf("x")
    at = document.index(b"101 0 obj")
    shown = b"101 0 obj\n<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream\nendobj\n"
    return document[:at] + shown % (len(stream), stream) + b"trailer <</Root 1 0 R>>"


HOSTILE = {
    "entities.docx": (entity_bomb, "entities of its own"),
    "outside.docx": (
        lambda: docx(paragraph("&x;"), before='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "entities of its own",
    ),
    "bomb.docx": (lambda: docx(paragraph("A" * (300 << 20))), "unpacks to far more"),
    "paragraphs.docx": (lambda: docx("<w:p/>" * 20_000_000), "unpacks to far more"),
    "nested.html": (lambda: b"<html><body>" + b"<div>" * 200_000 + b"deep", "nested too deeply"),
    "nested.docx": (lambda: docx("<w:sdt>" * 100_000), "damaged"),
    "cut.pdf": (lambda: pdf("words")[:150], "damaged"),
    "empty.pdf": (lambda: b"", "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_the_reason(walled: Sandbox, name: str) -> None:
    make, reason = HOSTILE[name]

    found = walled.extract(make(), name)

    assert isinstance(found, Unread)
    assert reason in found.reason
    assert still_reads(walled)


def test_a_page_that_inflates_to_a_gibibyte_ends_in_time(walled: Sandbox) -> None:
    began = time.monotonic()

    found = walled.extract(inflating_pdf(), "bomb.pdf")

    assert isinstance(found, (Extraction, Unread))
    assert time.monotonic() - began < 40
    assert still_reads(walled)


def test_many_pages_are_no_attack(walled: Sandbox) -> None:
    found = walled.extract(pdf(*(f"page {number}" for number in range(3_000))), "long.pdf")

    assert isinstance(found, Extraction)
    assert found.text.endswith("page 2999")


def test_remote_content_is_not_fetched(walled: Sandbox, listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/pixel.png"
    page = (
        f'<link rel="stylesheet" href="{address}"><img src="{address}"><iframe src="{address}"></iframe>words'
    )

    found = walled.extract(page.encode(), "page.html")

    assert isinstance(found, Extraction)
    with pytest.raises(TimeoutError):
        listener.accept()


def running(marker: Path) -> list[int]:
    """The processes on this machine that were started with `marker`."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and str(marker).encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]


def gone_soon(marker: Path) -> bool:
    deadline = time.monotonic() + 5
    while running(marker) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not running(marker)


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A copy of the attacks whose path tells our children from everybody else's."""
    copy = tmp_path / "marked_attacks.py"
    copy.write_bytes(ATTACKS.read_bytes())
    return copy


APP = """
import signal
import sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from archivist.extraction.sandbox import Sandbox
from archivist.model.sandbox import SafetyLevel
with Sandbox(SafetyLevel(sys.argv[1]), allow_unsafe=True, more_jobs=Path(sys.argv[2])) as sandbox:
    sandbox.extract(b"words", "a.txt")
    print("reading", flush=True)
    sandbox.run("spin", {})
"""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("level", list(SafetyLevel))
def test_no_child_outlives_the_app(level: SafetyLevel, end: signal.Signals, marker: Path) -> None:
    need(level)
    app = subprocess.Popen(
        [sys.executable, "-c", APP, level, str(marker)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with app:
        assert app.stdout
        assert app.stdout.readline() == b"reading\n"
        time.sleep(0.2)
        assert len(running(marker)) > 1

        app.send_signal(end)
        app.wait(10)

    assert gone_soon(marker)


@pytest.mark.parametrize("level", list(SafetyLevel))
def test_closing_leaves_nobody(level: SafetyLevel, marker: Path) -> None:
    need(level)
    sandbox = Sandbox(level, allow_unsafe=True, more_jobs=marker)
    sandbox.extract(b"words", "a.txt")
    assert running(marker)

    sandbox.close()
    sandbox.close()

    assert gone_soon(marker)
