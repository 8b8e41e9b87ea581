from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from archivist.archive.opening import create_archive
from archivist.model.sandbox import SafetyLevel
from archivist.ui.archives.preferences import SettingsPanel
from archivist.ui.settings import settings_file
from tests.unit.ui.archives.conftest import Gate


@pytest.fixture
def panel(gate: Gate) -> SettingsPanel:
    gate.session.actions.get("window.settings").trigger()
    return gate.panel(SettingsPanel)


def words_of(panel: SettingsPanel) -> str:
    return " ".join(panel.told())


def test_a_choice_of_colours_holds_at_once_and_is_kept(gate: Gate, panel: SettingsPanel) -> None:
    (dark,) = [one for one in panel.theme.findChildren(QPushButton) if one.text() == "Dark"]
    dark.click()

    assert gate.session.theme.is_dark
    assert gate.session.settings.theme == "dark"


def test_minutes_until_locking_are_kept_and_told(gate: Gate, panel: SettingsPanel) -> None:
    with gate.qtbot.waitSignal(gate.archives.idle_changed) as told:
        panel.idle.setValue(5)

    assert gate.session.settings.idle_minutes == 5
    assert told.args == [5]


def test_no_minutes_means_never(gate: Gate, panel: SettingsPanel) -> None:
    panel.idle.setValue(0)

    assert panel.idle.text() == "Never"
    assert gate.session.settings.idle_minutes == 0


def test_remembered_archives_are_counted_and_forgotten(gate: Gate, documents: Path) -> None:
    for name in ("Coast", "Harbour"):
        gate.session.settings.remember(documents / f"{name}.archivist")
    gate.archives.show_welcome()
    gate.archives.settings.begin()
    panel = gate.panel(SettingsPanel)
    assert "2 archives are listed" in words_of(panel)

    gate.press("forget_recent")

    assert gate.session.settings.recent == []
    assert "No archive is listed" in words_of(panel)
    assert not gate.archives.welcome.recent.isVisible()


def test_the_open_archive_can_be_put_on_the_list(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", None)
    gate.archives.unlock(documents / "Coast.archivist")
    gate.waits_until_open()
    gate.archives.settings.begin()
    panel = gate.panel(SettingsPanel)
    assert "Coast" in panel.this_one.text()
    panel.this_one.click()
    assert gate.session.settings.recent == [documents / "Coast.archivist"]

    panel.this_one.click()

    assert gate.session.settings.recent == []


def test_before_an_archive_is_open_there_is_none_to_remember(panel: SettingsPanel) -> None:
    assert not panel.this_one.isVisible()
    panel.remembered.emit(True)  # noqa: FBT003 - a signal

    assert not panel.this_one.isVisible()


def test_the_folder_of_the_settings_is_named_and_shown(gate: Gate, panel: SettingsPanel) -> None:
    assert settings_file().parent.name in words_of(panel)
    panel.folder_wanted.emit()

    assert gate.chooser.revealed == [settings_file().parent]


def test_every_level_of_safety_is_explained(panel: SettingsPanel) -> None:
    said = []
    for level in SafetyLevel:
        panel.show_safety(level)
        said.append(words_of(panel))

    assert "harms only itself" in said[0]
    assert "bubblewrap" in said[1]
    assert "not read" in said[2]


def test_it_opens_once_and_closes_with_escape(gate: Gate, panel: SettingsPanel) -> None:
    gate.archives.settings.begin()
    assert gate.panel(SettingsPanel) is panel

    QTest.keyClick(panel, Qt.Key.Key_Escape)

    assert not gate.has_sheet()
