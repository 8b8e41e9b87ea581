"""Lanes on a real archive: answers on the window's thread, newest wins, short deeds slip in."""

import threading
from functools import partial
from pathlib import Path

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive
from archivist.model.errors import ArchivistError, NameTaken, WrongPassphrase
from archivist.services.organising import add_case, add_tag
from archivist.ui.tasks import Opened, Tasks, Tell

PASSPHRASE = "six words that nobody can guess"


def names(archive: Archive) -> list[str]:
    return [tag.name for tag in archive.tags.all()]


def test_an_answer_comes_on_the_window_s_thread(qtbot: QtBot, empty_tasks: Tasks) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []

    empty_tasks.read(
        lambda _: threading.current_thread(),
        lambda worked: seen.append((worked, threading.current_thread())),
    )

    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is not seen[0][1]
    assert seen[0][1] is threading.main_thread()


def test_what_was_written_can_be_read_at_once(qtbot: QtBot, empty_tasks: Tasks) -> None:
    answers: list[list[str]] = []

    with qtbot.waitSignal(empty_tasks.changed):
        empty_tasks.write(partial(add_tag, name="torture"))
    empty_tasks.read(names, answers.append)

    qtbot.waitUntil(lambda: answers == [["torture"]])


def test_a_deed_that_is_refused_tells_its_sender_and_changes_nothing(
    qtbot: QtBot, empty_tasks: Tasks
) -> None:
    refused: list[ArchivistError] = []
    empty_tasks.write(partial(add_case, name="Mira"))

    empty_tasks.write(partial(add_case, name="Mira"), failed=refused.append)

    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], NameTaken)


def test_what_nobody_took_is_told_to_all(qtbot: QtBot, empty_tasks: Tasks) -> None:
    def refuse(_: Archive) -> None:
        raise ArchivistError("It cannot be done.")

    with qtbot.waitSignal(empty_tasks.failed) as told:
        empty_tasks.read(refuse, lambda _: None)

    assert str(told.args[0]) == "It cannot be done."


def test_a_defect_reaches_the_hook(qtbot: QtBot, empty_tasks: Tasks) -> None:
    def stumble(_: Archive) -> None:
        raise ZeroDivisionError

    with capture_exceptions() as caught:
        empty_tasks.read(stumble, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))

    assert caught[0][0] is ZeroDivisionError


def test_an_opening_that_stumbles_is_told_and_leaves_no_lane(qtbot: QtBot) -> None:
    def stumble() -> Archive:
        raise ZeroDivisionError

    refused: list[ArchivistError] = []
    tasks = Tasks()

    with capture_exceptions() as caught:
        tasks.open(stumble, lambda _: None, failed=refused.append)
        qtbot.waitUntil(lambda: bool(refused))

    assert "made a mistake" in str(refused[0])
    assert caught[0][0] is ZeroDivisionError
    assert "writing" not in [thread.name for thread in threading.enumerate()]
    tasks.close()


def test_of_two_openings_the_newest_counts(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = tmp_path / "First.archivist", tmp_path / "Second.archivist"
    create_archive(first, None)
    create_archive(second, None)
    opened: list[Opened | ArchivistError] = []
    tasks = Tasks()

    tasks.open(partial(open_archive, first, None), opened.append, failed=opened.append)
    tasks.open(partial(open_archive, second, None), opened.append, failed=opened.append)

    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert [one.folder.name for one in opened if isinstance(one, Opened)] == ["Second.archivist"]
    qtbot.waitUntil(lambda: [thread.name for thread in threading.enumerate()].count("writing") == 1)
    tasks.close()


def test_reading_lanes_cannot_write(qtbot: QtBot, empty_tasks: Tasks) -> None:
    with capture_exceptions() as caught:
        empty_tasks.read(partial(add_tag, name="x"), lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))

    assert "readonly" in str(caught[0][1]).replace(" ", "").lower() or "query_only" in str(caught[0][1])


def test_of_many_requests_only_the_newest_is_answered(qtbot: QtBot, empty_tasks: Tasks) -> None:
    go = threading.Event()
    worked: list[int] = []
    answered: list[int] = []

    def work(number: int, _: Archive) -> int:
        worked.append(number)
        return number

    empty_tasks.read(lambda _: go.wait(5), lambda _: None)

    for number in range(20):
        empty_tasks.read(partial(work, number), answered.append, key="search")
    go.set()

    qtbot.waitUntil(lambda: bool(answered))
    assert (worked, answered) == ([19], [19])


def test_a_short_deed_slips_into_a_long_one(qtbot: QtBot, empty_tasks: Tasks) -> None:
    order: list[str] = []
    first_step, second_step = threading.Event(), threading.Event()

    def import_slowly(_: Archive, tell: Tell) -> None:
        first_step.set()
        second_step.wait(5)
        tell.pause()
        order.append("long")

    empty_tasks.write_long(import_slowly)
    first_step.wait(5)
    empty_tasks.write(lambda _: order.append("short"))
    second_step.set()

    qtbot.waitUntil(lambda: order == ["short", "long"])


def test_a_second_long_deed_waits_for_the_first(qtbot: QtBot, empty_tasks: Tasks) -> None:
    order: list[str] = []
    started = threading.Event()

    def first(_: Archive, tell: Tell) -> None:
        started.wait(5)
        tell.pause()
        order.append("first")

    empty_tasks.write_long(first)
    empty_tasks.write_long(lambda _archive, _tell: order.append("second"))
    started.set()

    qtbot.waitUntil(lambda: order == ["first", "second"])


def test_long_work_tells_in_batches_and_ends(qtbot: QtBot, empty_tasks: Tasks) -> None:
    batches: list[list[int]] = []

    def count(_: Archive, tell: Tell) -> str:
        for number in range(1000):
            tell(number)
        return "done"

    answers: list[str] = []
    running = empty_tasks.aside(count, answers.append, told=batches.append)

    with qtbot.waitSignal(running.finished):
        pass
    assert answers == ["done"]
    assert [number for batch in batches for number in batch] == list(range(1000))
    assert len(batches) < 100


def test_long_work_stops_when_it_is_told(qtbot: QtBot, empty_tasks: Tasks) -> None:
    stopped: list[bool] = []

    def forever(_: Archive, tell: Tell) -> None:
        while True:
            tell.pause()

    running = empty_tasks.aside(forever, stopped=lambda: stopped.append(True))

    with qtbot.waitSignal(running.finished):
        running.stop()
    assert stopped == [True]


@pytest.mark.usefixtures("theme")
def test_closing_ends_every_thread_and_delivers_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    create_archive(tmp_path / "One.archivist", None)
    before = set(threading.enumerate())
    tasks = Tasks()
    opened: list[object] = []
    answers: list[object] = []
    tasks.open(partial(open_archive, tmp_path / "One.archivist", None), opened.append, failed=opened.append)
    qtbot.waitUntil(lambda: bool(opened))

    tasks.read(names, answers.append)
    tasks.close()
    qtbot.wait(1)  # whatever was posted before is delivered by now

    assert answers == []
    assert {
        thread for thread in threading.enumerate() if thread.name.startswith(("reading", "writing"))
    } <= before
    open_archive(tmp_path / "One.archivist", None).close()


@pytest.mark.usefixtures("theme")
def test_a_wrong_passphrase_is_told_and_another_one_may_be_tried(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "Sealed.archivist"
    create_archive(folder, PASSPHRASE)
    tasks = Tasks()
    told: list[object] = []

    tasks.open(partial(open_archive, folder, "wrong"), told.append, failed=told.append)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=20_000)
    tasks.open(partial(open_archive, folder, PASSPHRASE), told.append, failed=told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)

    assert isinstance(told[0], WrongPassphrase)
    assert tasks.is_open
    tasks.close()


@pytest.mark.parametrize("lane", ["read", "write"])
def test_work_sent_after_the_end_is_refused_quietly(empty_tasks: Tasks, lane: str) -> None:
    empty_tasks.close()

    getattr(empty_tasks, lane)(names, lambda _: None)

    assert not empty_tasks.is_open
