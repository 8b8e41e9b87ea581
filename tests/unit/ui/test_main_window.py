"""The window as a whole: its keys, and what is left of it when it has gone."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.document import DocumentKind
from archivist.model.ids import DocumentId
from archivist.ui.main_window import MainWindow
from archivist.ui.places import DocumentPlace
from archivist.ui.settings import Settings
from archivist.ui.theme import Theme
from archivist.ui.workspace import Workspace
from tests.unit.ui.conftest import FakeChooser


@pytest.fixture
def main(qtbot: QtBot, theme: Theme, sample: Path, tmp_path: Path) -> Iterator[MainWindow]:  # noqa: ARG001
    """Open on the sample archive."""
    made = MainWindow(Settings(tmp_path / "window.ini"), FakeChooser())
    made.show()
    made.open(sample)
    qtbot.waitUntil(lambda: made.workspace is not None, timeout=20_000)
    yield made
    made.shut()
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def workspace(main: MainWindow) -> Workspace:
    assert main.workspace is not None
    return main.workspace


def scope(action: QAction) -> QObject:
    """Where its keys are heard: the window, or the widget that it was given to."""
    heard_in: QObject = action.associatedObjects()[0]
    is_of_the_window = action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
    return heard_in.window() if is_of_the_window and isinstance(heard_in, QWidget) else heard_in


def overlap(one: QObject, other: QObject) -> bool:
    both = (one, other)
    return one is other or any(
        isinstance(a, QWidget) and isinstance(b, QWidget) and a.isAncestorOf(b) for a, b in (both, both[::-1])
    )


@pytest.mark.usefixtures("workspace")
def test_no_key_means_two_deeds_in_one_place(main: MainWindow) -> None:
    """Qt does neither of them."""
    heard: defaultdict[str, list[QAction]] = defaultdict(list)
    for action in main.findChildren(QAction):
        for keys in action.shortcuts():
            heard[keys.toString()].append(action)

    clashes = {
        keys: (one.objectName(), other.objectName())
        for keys, actions in heard.items()
        for at, one in enumerate(actions)
        for other in actions[at + 1 :]
        if overlap(scope(one), scope(other))
    }

    assert len(heard) > 40
    assert clashes == {}


def test_nothing_works_on_when_the_window_has_gone(
    qtbot: QtBot, main: MainWindow, workspace: Workspace
) -> None:
    def first_pdf(archive: Archive) -> DocumentId:
        return next(one.id for one in archive.documents.all() if one.kind is DocumentKind.PDF)

    found: list[DocumentId] = []
    main._tasks.read(first_pdf, found.append)  # noqa: SLF001 - the way to ask which there is
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    workspace.navigator.go(DocumentPlace(found[0]))
    qtbot.waitUntil(lambda: "pages" in [thread.name for thread in threading.enumerate()], timeout=20_000)

    main.shut()

    ours = {"pages", "before", "writing", "reading", "reading at length"}
    assert ours.isdisjoint(thread.name for thread in threading.enumerate())
