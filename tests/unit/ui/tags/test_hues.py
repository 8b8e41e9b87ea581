"""Choosing a colour, and lines that are kept on leaving."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from archivist.model.colour import Colour
from archivist.ui.tags.hues import HueRow, add_hues, hue_name
from archivist.ui.tags.kept_line import KeptLine
from archivist.ui.theme import Theme


def test_every_hue_has_a_name() -> None:
    assert len({hue_name(hue) for hue in Colour}) == 6


def test_a_swatch_is_chosen_by_keyboard(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001 - dresses the app
    row = HueRow("Colour")
    qtbot.addWidget(row)
    row.show_hue("teal")
    row.show()
    swatch = row.findChild(QAbstractButton, "hue_rose")
    assert isinstance(swatch, QAbstractButton)
    assert swatch.accessibleName() == "Colour: Rose"

    with qtbot.waitSignal(row.chosen) as chosen:
        QTest.keyClick(swatch, Qt.Key.Key_Space)

    assert chosen.args == ["rose"]
    assert row.hue() == "rose"


def test_a_menu_ticks_the_one_that_holds(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001 - dresses the app
    menu = QMenu()
    qtbot.addWidget(menu)
    chosen: list[str] = []

    add_hues(menu, "hash", "sky", chosen.append)

    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Sky"]
    menu.actions()[0].trigger()
    assert chosen == ["amber"]


def test_nothing_at_all_is_no_name(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001 - dresses the app
    line = KeptLine("Name")
    qtbot.addWidget(line)
    kept: list[str] = []
    line.kept.connect(kept.append)
    line.show_value("statute")
    line.setText("  ")

    QTest.keyClick(line, Qt.Key.Key_Return)

    assert (line.text(), kept) == ("statute", [])


def test_escape_takes_a_name_back(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001 - dresses the app
    line = KeptLine("Name")
    qtbot.addWidget(line)
    line.show_value("statute")
    line.setText("law")

    QTest.keyClick(line, Qt.Key.Key_Escape)

    assert not line.is_changed
