"""A hostile document that is being read harms nothing but its own pages: at each level of this machine.

The attacks are in `attacks.py`; the first page of a document attacks, its second page is innocent.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archivist.extraction import child as child_module
from archivist.extraction import pages as pages_module
from archivist.extraction.pages import BYTES_PER_PIXEL, NotWanted, PageReader, Picture
from archivist.extraction.reasons import WorkNotDone
from archivist.extraction.sandbox import Sandbox
from archivist.model.sandbox import Failure, SafetyLevel
from tests.faults.test_hostile_documents import ATTACKS, WALLED, gone_soon, inflating_pdf, need, running
from tests.unit.workers.samples import pdf

pytestmark = pytest.mark.faults

DOCUMENT = pdf("hostile", "innocent")
PROCESSES = 2  # at least: the zygote and its copy; at level full their walls too


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A copy of the attacks whose path tells our children from everybody else's."""
    copy = tmp_path / "marked_attacks.py"
    copy.write_bytes(ATTACKS.read_bytes())
    return copy


@pytest.fixture(params=list(SafetyLevel))
def anywhere(request: pytest.FixtureRequest, marker: Path) -> Iterator[PageReader]:
    yield from reader_at(request.param, marker)


@pytest.fixture(params=WALLED)
def walled(request: pytest.FixtureRequest, marker: Path) -> Iterator[PageReader]:
    yield from reader_at(request.param, marker)


@pytest.fixture
def bare(marker: Path) -> Iterator[PageReader]:
    """The negative control: a child without walls."""
    yield from reader_at(SafetyLevel.NONE, marker)


def reader_at(level: SafetyLevel, marker: Path) -> Iterator[PageReader]:
    need(level)
    with Sandbox(level, allow_unsafe=True, more_jobs=marker) as sandbox:
        reader = sandbox.page_reader()
        yield reader
        reader.close()
    assert gone_soon(marker)


def pixels(picture: Picture) -> bytes:
    buffer = bytearray(picture.width * picture.height * BYTES_PER_PIXEL)
    picture.copy_to(memoryview(buffer))
    return bytes(buffer)


def still_reads(reader: PageReader) -> bool:
    """The innocent page can be seen and read."""
    return reader.layer(1).text == "innocent" and min(pixels(reader.picture(1, 1.0))[::4]) < 128


def failure(asked: Callable[[], object]) -> Failure:
    with pytest.raises(WorkNotDone) as refused:
        asked()
    return refused.value.failure


ATTACKED = [
    ("crash", Failure.CRASHED),
    ("leave", Failure.MALFORMED),
    ("flood", Failure.TOO_MUCH_TEXT),
    ("lie_of_pixels", Failure.MALFORMED),
    ("lie_of_words", Failure.MALFORMED),
    ("lie_of_failure", Failure.MALFORMED),
    ("nonsense", Failure.MALFORMED),
]


@pytest.mark.parametrize(("attack", "why"), ATTACKED)
def test_an_attack_costs_only_its_page(anywhere: PageReader, attack: str, why: Failure) -> None:
    anywhere.open(DOCUMENT, attack)

    for asked in (lambda: anywhere.picture(0, 1.0), lambda: anywhere.layer(0)):
        assert failure(asked) in {why, Failure.DAMAGED}
    assert still_reads(anywhere)


def test_a_page_that_ended_two_children_is_given_up(walled: PageReader) -> None:
    walled.open(DOCUMENT, "crash")
    assert failure(lambda: walled.layer(0)) is Failure.CRASHED
    assert still_reads(walled)
    child = walled._child  # noqa: SLF001  it must not be risked again

    assert failure(lambda: walled.layer(0)) is Failure.CRASHED
    assert walled._child is child  # noqa: SLF001
    assert failure(lambda: walled.picture(0, 1.0)) is Failure.CRASHED
    assert still_reads(walled)


def test_an_endless_page_is_stopped_and_given_up(walled: PageReader, monkeypatch: pytest.MonkeyPatch) -> None:
    walled.open(DOCUMENT, "spin")
    monkeypatch.setattr(pages_module, "SECONDS_FOR_A_PAGE", 0.3)

    for _ in range(2):
        assert failure(lambda: walled.picture(0, 1.0)) is Failure.TIMEOUT
    begun = time.monotonic()
    assert failure(lambda: walled.picture(0, 1.0)) is Failure.TIMEOUT
    assert time.monotonic() - begun < 0.1
    monkeypatch.undo()
    assert still_reads(walled)


def test_an_endless_page_that_nobody_wants_is_left_soon(
    walled: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not listen when it is told so, and that does not count against the page."""
    walled.open(DOCUMENT, "spin")
    monkeypatch.setattr(child_module, "SECONDS_TO_STOP", 0.2)

    for _ in range(3):
        begun = time.monotonic()
        with pytest.raises(NotWanted):
            walled.picture(0, 1.0, is_wanted=lambda: False)
        assert time.monotonic() - begun < 5
    assert still_reads(walled)


def test_memory_is_bounded(walled: PageReader) -> None:
    walled.open(DOCUMENT, "swallow")

    with pytest.raises(WorkNotDone, match="more memory than a page may use"):
        walled.picture(0, 1.0)
    assert still_reads(walled)


@pytest.mark.parametrize("attack", ["stutter", "babble"])
def test_what_is_said_out_of_turn_is_not_believed(walled: PageReader, attack: str) -> None:
    walled.open(DOCUMENT, attack)

    assert failure(lambda: walled.picture(0, 1.0)) in {Failure.MALFORMED, Failure.TOO_MUCH_TEXT}
    assert still_reads(walled)


@pytest.mark.parametrize(
    ("attack", "why"),
    [
        ("crash at once", Failure.CRASHED),
        ("leave at once", Failure.MALFORMED),
        ("spin at once", Failure.TIMEOUT),
    ],
)
def test_a_document_that_attacks_when_it_is_opened_says_so(
    walled: PageReader, monkeypatch: pytest.MonkeyPatch, attack: str, why: Failure
) -> None:
    monkeypatch.setattr(child_module, "SECONDS_FOR_A_JOB", 1.0)

    assert failure(lambda: walled.open(DOCUMENT, attack)) is why
    assert not walled.is_running
    walled.open(DOCUMENT, "nap")
    assert still_reads(walled)


def outcome(reader: PageReader, attack: str, **header: object) -> object:
    reader.open(DOCUMENT, attack)
    child = reader._child  # noqa: SLF001  what the attack says is for this test alone
    assert child
    answer, _ = child.ask_more({**header, "do": "attack", "page": 0}, 10.0)
    return answer["outcome"]


ALONE = (
    "read_memory_of_the_zygote",
    "kill_the_zygote",
    "trace_the_zygote",
    "run_a_program",
    "make_memory_executable",
    "shrink_what_is_shared",
    "grow_what_is_shared",
    "linger",
)


@pytest.mark.parametrize("attack", ALONE)
def test_a_child_that_shows_pages_reaches_nothing_else(walled: PageReader, attack: str) -> None:
    assert outcome(walled, attack) == "refused"
    assert still_reads(walled)


@pytest.mark.parametrize("attack", ["shrink_what_is_shared", "grow_what_is_shared"])
def test_what_is_shared_keeps_its_size_even_without_walls(bare: PageReader, attack: str) -> None:
    assert outcome(bare, attack) == "refused"
    assert still_reads(bare)


def test_without_walls_others_succeed(bare: PageReader) -> None:
    assert outcome(bare, "make_memory_executable") == "reached"
    assert outcome(bare, "linger") == "reached"


def test_files_and_network_are_out_of_reach(walled: PageReader, tmp_path: Path) -> None:
    key, loot = tmp_path / "archive.key", tmp_path / "loot"
    key.write_text("ARCHIVE KEY")

    assert outcome(walled, "read_file", path=str(key)) == "refused"
    assert outcome(walled, "write_file", path=str(loot)) == "refused"
    assert outcome(walled, "send_datagram", port=9) == "refused"
    assert not loot.exists()


def test_a_page_that_inflates_to_a_gibibyte_costs_only_itself(walled: PageReader) -> None:
    walled.open(inflating_pdf(), "none")
    begun = time.monotonic()

    with contextlib.suppress(WorkNotDone):
        pixels(walled.picture(0, 1.0))
    assert time.monotonic() - begun < 2 * pages_module.SECONDS_FOR_A_PAGE + 10
    walled.open(DOCUMENT, "none")
    assert still_reads(walled)


def test_closing_in_the_middle_of_a_page_is_at_once(anywhere: PageReader, marker: Path) -> None:
    anywhere.open(DOCUMENT, "spin")
    threading.Timer(0.2, anywhere.interrupt).start()
    begun = time.monotonic()

    with pytest.raises(NotWanted):
        anywhere.picture(0, 1.0)
    anywhere.close()

    assert time.monotonic() - begun < 2
    assert gone_soon(marker)


@pytest.mark.parametrize("level", list(SafetyLevel))
def test_many_documents_leave_nobody_and_nothing_open(level: SafetyLevel, marker: Path) -> None:
    need(level)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Sandbox(level, allow_unsafe=True, more_jobs=marker) as sandbox:
        for turn in range(20):
            reader = sandbox.page_reader()
            reader.open(DOCUMENT, "crash")
            if turn % 2:
                pixels(reader.picture(1, 1.0))
            if turn % 5 == 0:
                assert failure(lambda: reader.layer(0)) is Failure.CRASHED  # noqa: B023  asked here and now
            assert len(running(marker)) < 3 * PROCESSES
            reader.close()

    assert gone_soon(marker)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


APP = """
import sys
from pathlib import Path
from archivist.extraction.sandbox import Sandbox
from archivist.model.sandbox import SafetyLevel
with Sandbox(SafetyLevel(sys.argv[1]), allow_unsafe=True, more_jobs=Path(sys.argv[2])) as sandbox:
    sandbox.keep_page_reader_ready()
    reader = sandbox.page_reader()
    reader.open(Path(sys.argv[3]).read_bytes(), "spin")
    print("reading", flush=True)
    reader.picture(int(sys.argv[4]), 1.0)
    print("shown", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("level", list(SafetyLevel))
def test_no_child_outlives_the_app(level: SafetyLevel, marker: Path, tmp_path: Path, page: int) -> None:
    """Neither at work, nor at rest, nor in reserve."""
    need(level)
    document = tmp_path / "document.pdf"
    document.write_bytes(DOCUMENT)
    app = subprocess.Popen(
        [sys.executable, "-c", APP, level, str(marker), str(document), str(page)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with app:
        assert app.stdout
        assert app.stdout.readline() == b"reading\n"
        assert page == 0 or app.stdout.readline() == b"shown\n"
        assert len(running(marker)) > PROCESSES

        os.kill(app.pid, signal.SIGKILL)
        app.wait(10)

    assert gone_soon(marker)
