"""A window's parts offscreen: theme, lanes on a real archive, a session, and a way to show a widget."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive
from archivist.services.demo import fill
from archivist.ui.actions import Actions
from archivist.ui.chooser import Chooser
from archivist.ui.places import Place
from archivist.ui.session import Session
from archivist.ui.settings import Settings
from archivist.ui.tasks import Opened, Tasks
from archivist.ui.theme import Theme, interface_font

W = TypeVar("W", bound=QWidget)
Show = Callable[[QWidget], QWidget]


class FakeChooser(Chooser):
    """Answers with what the test has laid out; nothing where nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen_files: list[Path] = []
        self.chosen_folder: Path | None = None
        self.chosen_place: Path | None = None
        self.revealed: list[Path] = []

    def files(self, title: str) -> list[Path]:  # noqa: ARG002 - the dialog's title
        return self.chosen_files

    def folder(self, title: str) -> Path | None:  # noqa: ARG002
        return self.chosen_folder

    def save(self, title: str, name: str) -> Path | None:  # noqa: ARG002
        return self.chosen_place

    def print_page(self, title: str, paint: Callable[..., object]) -> bool:  # noqa: ARG002 - no printer here
        return True

    def reveal(self, path: Path) -> bool:
        self.revealed.append(path)
        return True


@dataclass
class Seen:
    """Where a part wanted to go, and what it said."""

    places: list[Place] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    qapp.setStyle("Fusion")
    qapp.setFont(interface_font())
    made = Theme.current()
    made.choose("light")
    return made


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample documents with their quotes, tags and cases, made once; tests get copies."""
    home, folder = tmp_path_factory.mktemp("maker"), tmp_path_factory.mktemp("made") / "Sample.archivist"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOME", str(home))
        for name in [name for name in os.environ if name.startswith("XDG_")]:
            environment.delenv(name)
        create_archive(folder, None)
        with open_archive(folder, None) as archive:
            fill(archive, on_result=lambda _: None)
    return folder


@pytest.fixture
def sample(sample_folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample archive, closed."""
    return Path(shutil.copytree(sample_folder, tmp_path / "Sample.archivist"))


def opened_tasks(qtbot: QtBot, opening: Callable[[], Archive]) -> Tasks:
    tasks = Tasks()
    answers: list[Opened | Exception] = []
    tasks.open(opening, answers.append, failed=answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    if not isinstance(answers[0], Opened):
        tasks.close()
        raise answers[0]
    return tasks


@pytest.fixture
def tasks(qtbot: QtBot, theme: Theme, sample: Path) -> Iterator[Tasks]:  # noqa: ARG001 - dresses the app
    """Lanes on a copy of the sample archive."""
    made = opened_tasks(qtbot, partial(open_archive, sample, None))
    yield made
    made.close()


@pytest.fixture
def empty_tasks(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Tasks]:  # noqa: ARG001
    """Lanes on an archive with nothing in it."""
    create_archive(tmp_path / "Empty.archivist", None)
    made = opened_tasks(qtbot, partial(open_archive, tmp_path / "Empty.archivist", None))
    yield made
    made.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """The window that hears shortcuts; `show` places widgets into it."""
    made = QMainWindow()
    made.resize(1200, 800)
    qtbot.addWidget(made)
    return made


def made_session(tasks: Tasks, theme: Theme, window: QMainWindow, seen: Seen, folder: Path) -> Session:
    return Session(
        tasks=tasks,
        actions=Actions(window),
        theme=theme,
        settings=Settings(folder / "window.ini"),
        chooser=FakeChooser(),
        go=seen.places.append,
        say=seen.sentences.append,
    )


@pytest.fixture
def session(tasks: Tasks, theme: Theme, window: QMainWindow, seen: Seen, tmp_path: Path) -> Session:
    """What presenters are given, on the sample archive."""
    return made_session(tasks, theme, window, seen, tmp_path)


@pytest.fixture
def empty_session(
    empty_tasks: Tasks, theme: Theme, window: QMainWindow, seen: Seen, tmp_path: Path
) -> Session:
    return made_session(empty_tasks, theme, window, seen, tmp_path)


@pytest.fixture
def show(qtbot: QtBot, window: QMainWindow) -> Callable[[W], W]:
    """Shows a widget in the window, active, so that keys and shortcuts reach it."""

    def shown(widget: W) -> W:
        window.setCentralWidget(widget)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return widget

    return shown


@pytest.fixture
def ask(qtbot: QtBot, tasks: Tasks) -> Callable[[Callable[[Archive], object]], object]:
    """What the archive answers, for asserting on what was done."""

    def asked(work: Callable[[Archive], object]) -> object:
        answers: list[object] = []
        tasks.read(work, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    return asked
