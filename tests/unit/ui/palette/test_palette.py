from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from archivist.ui.palette.palette import Entry, Palette
from archivist.ui.theme import Theme


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def under(show: Callable[[QWidget], QWidget], theme: Theme) -> QLineEdit:  # noqa: ARG001 - dresses the app
    field = QLineEdit()
    show(field)
    field.setFocus()
    return field


@pytest.fixture
def palette(under: QLineEdit, done: list[str]) -> Palette:
    palette = Palette(under.window())
    entries = [
        Entry("Import files", "file-plus", lambda: done.append("import"), "Ctrl+I"),
        Entry("Export briefing pack", "export", lambda: done.append("export"), "Ctrl+E"),
        Entry("Search for it", "magnifying-glass", lambda: done.append("search"), is_always=True),
    ]
    palette.open(entries)
    return palette


def test_letters_and_enter_do_the_deed(qtbot: QtBot, palette: Palette, done: list[str]) -> None:
    qtbot.keyClicks(palette.field, "brief")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert done == ["export"]
    assert not palette.isVisible()


def test_what_is_always_there_comes_last(qtbot: QtBot, palette: Palette, done: list[str]) -> None:
    qtbot.keyClicks(palette.field, "no such deed")

    assert palette.shown() == ["Search for it"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["search"]


def test_escape_leaves_and_gives_the_focus_back(
    qtbot: QtBot, under: QLineEdit, palette: Palette, done: list[str]
) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)

    assert done == []
    assert under.hasFocus()


def test_arrows_choose_and_go_round(qtbot: QtBot, palette: Palette, done: list[str]) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert done == ["export"]


def test_what_was_looked_up_meanwhile_joins_once(palette: Palette) -> None:
    found = Entry("Impressum of the ministry", "file-text", lambda: None)

    palette.add([found])
    palette.add([found])

    assert palette.shown().count("Impressum of the ministry") == 1
