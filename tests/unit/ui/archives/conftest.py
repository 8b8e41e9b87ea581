"""The gate in a window, and what a user does there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from archivist.storage import keys
from archivist.ui.actions import Actions
from archivist.ui.archives.panels import Panel
from archivist.ui.archives.presenter import ArchivesPresenter
from archivist.ui.chooser import Paint
from archivist.ui.session import Session
from archivist.ui.settings import Settings
from archivist.ui.tasks import Opened, Tasks
from archivist.ui.theme import Theme
from archivist.ui.widgets.popover import Sheet
from tests.unit.ui.conftest import FakeChooser

W = TypeVar("W", bound=QWidget)
P = TypeVar("P", bound=Panel)


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys at the lowest cost that is accepted: the window waits for the same events, only shorter."""
    for function in (keys.create_keys, keys.change_passphrase):
        defaults = {**(function.__kwdefaults__ or {}), "cost": keys.LOWEST_COST}
        monkeypatch.setattr(function, "__kwdefaults__", defaults)


class GateChooser(FakeChooser):
    """Has a printer too: paper is a picture, and there may be none."""

    def __init__(self) -> None:
        super().__init__()
        self.has_printer = True
        self.pages: list[QImage] = []

    def print_page(self, title: str, paint: Paint) -> bool:  # noqa: ARG002 - the dialog's title
        if self.has_printer:
            page = QImage(595, 842, QImage.Format.Format_RGB32)
            page.fill(Qt.GlobalColor.white)
            with QPainter(page) as painter:
                paint(painter, QRectF(0, 0, 595, 842))
            self.pages.append(page)
        return self.has_printer


@dataclass
class Gate:
    """A window on no archive, as its user sees it."""

    qtbot: QtBot
    window: QMainWindow
    session: Session
    chooser: GateChooser
    sentences: list[str]
    opened: list[Opened] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.archives = ArchivesPresenter(
            self.session, overlay_parent=self.window, on_opened=self.opened.append
        )
        self.window.setCentralWidget(self.archives.gate)
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    # ---- what the user sees

    def find(self, kind: type[W], name: str) -> W:
        found = [one for one in self.window.findChildren(kind, name) if one.isVisible()]
        assert len(found) == 1, f"{len(found)} visible widgets are called {name}"
        return found[0]

    def panel(self, kind: type[P]) -> P:
        (found,) = [one for one in self.window.findChildren(kind) if one.isVisible()]
        return found

    def has_sheet(self) -> bool:
        return any(sheet.isVisible() for sheet in self.window.findChildren(Sheet))

    def waits_for(self, panel: type[P]) -> P:
        self.qtbot.waitUntil(
            lambda: any(one.isVisible() for one in self.window.findChildren(panel)), timeout=10_000
        )
        return self.panel(panel)

    def waits_until_open(self) -> Opened:
        self.qtbot.waitUntil(lambda: bool(self.opened), timeout=20_000)
        return self.opened[0]

    def waits_for_words(self, words: str) -> None:
        """Until the unlock page says so."""
        notice = self.archives.unlocking.notice
        self.qtbot.waitUntil(lambda: words in notice.text(), timeout=10_000)

    # ---- what the user does

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isEnabled(), f"{name} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type_into(self, name: str, words: str) -> None:
        field_ = self.find(QLineEdit, name)
        field_.setFocus()
        field_.selectAll()
        QTest.keyClicks(field_, words)

    def key(self, key: Qt.Key, where: QWidget | None = None) -> None:
        target = where or self.window.focusWidget()
        assert target is not None
        QTest.keyClick(target, key)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """The home of the user's archives."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    return folder


@pytest.fixture
def gate(qtbot: QtBot, theme: Theme, tmp_path: Path, documents: Path) -> Iterator[Gate]:  # noqa: ARG001
    window = QMainWindow()
    window.resize(1640, 1000)
    qtbot.addWidget(window)
    tasks = Tasks()
    chooser, sentences = GateChooser(), list[str]()
    session = Session(
        tasks=tasks,
        actions=Actions(window),
        theme=theme,
        settings=Settings(tmp_path / "window.ini"),
        chooser=chooser,
        go=lambda _: None,
        say=sentences.append,
    )
    yield Gate(qtbot, window, session, chooser, sentences)
    tasks.close()
