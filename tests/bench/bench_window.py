"""The whole window while 1,000 files come in: what its thread stops for, how fast documents and hits come.

Budgets (DESIGN): no stop of the window over 50 ms; hits < 100 ms after the last key; first page < 200 ms.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from archivist.app import application
from archivist.archive.opening import create_archive
from archivist.services.demo import sample_documents
from archivist.ui import main_window
from archivist.ui.places import DocumentPlace, LibraryPlace
from tests.bench.culprits import Watchdog
from tests.journeys.edges import Stays
from tests.journeys.stops import Heartbeat
from tests.journeys.window import Window
from tests.unit.workers.samples import docx, paragraph, pdf

FILES = 1000
WORDS = (
    *("register", "infirmary", "officers", "harbour", "prison", "counsel", "family", "court", "statement"),
    *("ministry", "witness", "arrest", "night", "letter", "request", "answer", "transfer", "names", "church"),
)
QUERY = "infirmary register"
CHANCE = random.Random(7)  # noqa: S311 - always the same


def test_the_window_while_a_thousand_files_come_in(window: Window, tmp_path: Path, corpus: Path) -> None:
    heart = Heartbeat()
    dog = Watchdog(heart)
    files = _files(tmp_path / "files")
    before = _memory()
    heart.begin()
    dog.begin()
    begun = time.perf_counter()
    window.workspace.take_in([files, sample_documents(), corpus])
    opened, asked = _work_meanwhile(window)
    imported = time.perf_counter() - begun
    heart.end()
    dog.end()
    known = len(window.workspace.library.view.model.ids)
    print(
        f"\n{known} documents with somebody at work: {imported:.0f} s, {known / imported:.0f} a second"
        f"\n  {_stopped(heart)}"
        f"\n  {_told(opened, asked)}\n{dog.report()}"
        f"\n  memory {before:.0f} → {_memory():.0f} MB"
    )
    _rest(window)
    heart.begin()
    opened, asked = _work(window, rounds=6)
    print(
        f"Afterwards: longest stop {heart.end():.0f} ms\n  opened {_shape(opened)}\n  asked {_shape(asked)}"
    )
    assert known > FILES


def _stopped(heart: Heartbeat) -> str:
    longer, worked = heart.over(50)
    return (
        f"longest stop {heart.longest_stop():.0f} ms, {longer} over 50 ms of {len(heart.gaps)} beats;"
        f" by its own work {heart.longest_work():.0f} ms, {worked} over 50 ms"
    )


def _told(opened: list[float], asked: list[float]) -> str:
    return f"opened {_shape(opened)}; asked {_shape(asked)}"


def _work_meanwhile(window: Window) -> tuple[list[float], list[float]]:
    opened: list[float] = []
    asked: list[float] = []
    window.waits(lambda: window.workspace.importing.view.run.progress.value() > 12, "first files")
    while window.workspace.importing.is_running:
        more = _work(window, rounds=1)
        opened += more[0]
        asked += more[1]
    return opened, asked


def _work(window: Window, rounds: int) -> tuple[list[float], list[float]]:
    """Open documents, scroll in them, type a query letter by letter; milliseconds until each was there."""
    opened, asked = [], []
    for _ in range(rounds):
        window.workspace.navigator.go(LibraryPlace())
        QTest.qWait(200)
        for document_id in CHANCE.sample(list(window.workspace.library.view.model.ids), 3):
            opened.append(_timed(window, partial(_open, window, document_id)))
            _scroll()
        asked.append(_ask(window))
        window.presses("Escape")
    return opened, asked


def _open(window: Window, document_id: str) -> Callable[[], bool]:
    window.workspace.navigator.go(DocumentPlace(document_id))  # type: ignore[arg-type]

    def is_there() -> bool:
        reading = window.workspace.reading.desk.current
        if reading is None or reading.id != document_id or reading.opened is None:
            return False
        view = reading.view
        return view is None or view.page_count > 0 or bool(view.viewport().isVisible())

    return is_there


def _scroll() -> None:
    focus = QApplication.focusWidget()
    areas = focus.window().findChildren(QAbstractScrollArea) if focus else []
    for area in [one for one in areas if one.isVisible() and one.objectName() in {"pages", "paper"}]:
        for step in range(30):
            area.verticalScrollBar().setValue(60 * step)
            QTest.qWait(5)


def _ask(window: Window) -> float:
    """From the last letter to its answer; the pause that the field makes is in it."""
    window.presses("Ctrl+L")
    for letter in QUERY[:-1]:
        window.types(letter)
        QTest.qWait(70)

    def ask() -> Callable[[], bool]:
        window.types(QUERY[-1])

        def is_answered() -> bool:
            page = window.workspace.searching.view.results.lines.page
            return page is not None and page.query == QUERY

        return is_answered

    return _timed(window, ask)


def _timed(window: Window, deed: Callable[[], Callable[[], bool]]) -> float:
    begun = time.perf_counter()
    window.waits(deed(), "answer", seconds=60)
    return 1000 * (time.perf_counter() - begun)


def _rest(window: Window) -> None:
    """Until the index has followed."""
    window.waits(lambda: window.has_in_sight("Index up to date"), "index", seconds=200)


def _files(folder: Path) -> Path:
    """Small ones of all kinds."""
    folder.mkdir()
    for number in range(FILES):
        words = [" ".join(CHANCE.choices(WORDS, k=120)) for _ in range(8)]
        kind = number % 10
        if kind == 0:
            (folder / f"{number:04}.docx").write_bytes(docx("".join(map(paragraph, words))))
        elif kind == 1:
            (folder / f"{number:04}.pdf").write_bytes(pdf(*(one[:900] for one in words[:3])))
        elif kind < 4:
            body = "".join(f"<p>{one}</p>" for one in words)
            (folder / f"{number:04}.html").write_text(f"<html><body><h1>{number}</h1>{body}</body></html>")
        else:
            (folder / f"{number:04}.txt").write_text("\n\n".join([f"Number {number}", *words]))
    return folder


def _shape(taken: list[float]) -> str:
    if not taken:
        return "nothing"
    ordered = sorted(taken)
    return f"{len(taken)}: median {ordered[len(ordered) // 2]:.0f} ms, longest {ordered[-1]:.0f} ms"


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Window]:
    """On a new encrypted archive."""
    del qapp
    application()
    monkeypatch.setattr(main_window, "QApplication", Stays)
    create_archive(tmp_path / "Bench.archivist", "a passphrase for the bench")
    made = Window()
    made.begins_with(tmp_path / "Bench.archivist")
    made.asks_for_the_passphrase()
    made.unlocks("a passphrase for the bench")
    made.is_open()
    yield made
    made.ends()
