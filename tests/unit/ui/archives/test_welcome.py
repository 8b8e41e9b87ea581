from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from archivist.archive.opening import create_archive
from archivist.model.errors import NotDone
from archivist.model.sandbox import SafetyLevel
from archivist.services.looking import FolderKind
from archivist.ui.archives import presenter
from archivist.ui.archives.create import CreatePanel
from archivist.ui.archives.recent import ROW, RecentRow
from archivist.ui.archives.welcome import WelcomePage
from tests.unit.ui.archives.conftest import Gate


@pytest.fixture
def two(gate: Gate, documents: Path) -> tuple[Path, Path]:
    """One plain archive that is there, one that is not; both remembered, the plain one first."""
    create_archive(documents / "Coast.archivist", None)
    for name in ("Harbour.archivist", "Coast.archivist"):
        gate.session.settings.remember(documents / name)
    gate.archives.show_welcome()
    return documents / "Coast.archivist", documents / "Harbour.archivist"


def kinds(gate: Gate) -> list[FolderKind | None]:
    rows = gate.archives.welcome.recent.rows
    found = [rows.row_at(rows.index(at)) for at in range(rows.rowCount())]
    return [row.kind for row in found if row]


def test_nothing_remembered_is_said_in_words(gate: Gate) -> None:
    assert gate.find(QWidget, "no_recent").isVisible()
    assert not gate.archives.welcome.recent.isVisible()
    assert gate.archives.welcome.new.hasFocus()


def test_remembered_archives_are_shown_by_name_and_looked_at_now(gate: Gate, two: tuple[Path, Path]) -> None:
    gate.qtbot.waitUntil(lambda: None not in kinds(gate))

    row = gate.archives.welcome.recent.rows.index(0)
    assert row.data(Qt.ItemDataRole.DisplayRole) == "Coast"
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "Coast, Not encrypted"
    assert kinds(gate) == [FolderKind.PLAIN, FolderKind.GONE]
    assert str(two[0].parent) not in row.data(Qt.ItemDataRole.ToolTipRole)


def test_its_keys_are_heard_from_anywhere_in_the_window(gate: Gate) -> None:
    gate.window.setFocus()  # as on a button of the bar, which lies outside of the page

    QTest.keyClick(gate.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert gate.waits_for(CreatePanel).isVisible()


@pytest.mark.usefixtures("two")
def test_arrow_keys_and_enter_open(gate: Gate) -> None:
    gate.key(Qt.Key.Key_Down)
    gate.key(Qt.Key.Key_Up)
    gate.key(Qt.Key.Key_Return)

    assert gate.waits_until_open().folder.name == "Coast.archivist"


def test_one_is_forgotten_with_delete_and_left_as_it_is(gate: Gate, two: tuple[Path, Path]) -> None:
    gate.key(Qt.Key.Key_Delete)

    assert gate.session.settings.recent == [two[1]]
    assert two[0].is_dir()
    assert "untouched" in gate.sentences[-1]


@pytest.mark.usefixtures("two")
def test_all_are_forgotten(gate: Gate) -> None:
    gate.press("forget_all")

    assert gate.session.settings.recent == []
    assert gate.find(QWidget, "no_recent").isVisible()


def test_the_menu_of_a_row_shows_its_place(gate: Gate, two: tuple[Path, Path]) -> None:
    shown = gate.archives.welcome.recent
    menu = shown.menu_for(RecentRow(two[0]))

    menu.actions()[1].trigger()

    assert gate.chooser.revealed == [two[0].parent]


def test_a_click_opens(gate: Gate, two: tuple[Path, Path]) -> None:
    shown = gate.archives.welcome.recent
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, ROW + ROW // 2))

    gate.waits_for_words("not where it was")

    assert two[1].name in gate.archives.unlocking.notice.text()


def test_the_ways_in_have_their_keys(gate: Gate) -> None:
    QTest.keyClick(gate.archives.welcome.new, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert gate.panel(CreatePanel).isVisible()


def test_enter_presses_the_card_that_has_the_focus(gate: Gate) -> None:
    gate.key(Qt.Key.Key_Return, gate.archives.welcome.new)

    assert gate.panel(CreatePanel).isVisible()


def test_open_asks_for_a_folder(gate: Gate, tmp_path: Path) -> None:
    gate.chooser.chosen_folder = tmp_path

    gate.press("open_archive")

    gate.waits_for_words("holds no archive")


def test_open_without_a_choice_changes_nothing(gate: Gate) -> None:
    gate.press("open_archive")

    assert gate.archives.gate.currentWidget() is gate.archives.welcome


def test_the_last_promise_follows_the_level_of_this_computer(gate: Gate) -> None:
    page = gate.archives.welcome
    said = []
    for level in SafetyLevel:
        page.show_safety(level)
        said.append(page.safety_words())

    assert "full" in said[0]
    assert "second best" in said[1]
    assert "not read" in said[2]


def test_the_level_is_found_in_the_background(gate: Gate) -> None:
    with gate.qtbot.waitSignal(gate.archives.safety_known, timeout=20_000) as known:
        gate.archives.find_safety()

    assert known.args is not None
    assert known.args[0] in SafetyLevel


def test_a_level_that_cannot_be_found_claims_nothing(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> SafetyLevel:
        raise NotDone("no memory")

    with gate.qtbot.waitSignal(gate.archives.safety_known, timeout=20_000):
        gate.archives.find_safety()
    monkeypatch.setattr(presenter, "safety_level", refused)
    with gate.qtbot.assertNotEmitted(gate.archives.safety_known):
        gate.archives.find_safety()
        answered: list[object] = []
        gate.session.tasks.without_archive(lambda _: 1, answered.append)
        gate.qtbot.waitUntil(lambda: answered == [1])


def test_a_dropped_file_of_an_archive_opens_it(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", None)

    gate.archives.take_in([documents / "Coast.archivist" / "archive.json"])

    assert gate.waits_until_open().folder == documents / "Coast.archivist"


def test_everything_is_reached_by_tab(gate: Gate, two: tuple[Path, Path]) -> None:
    page = gate.archives.welcome
    seen = set()
    for _ in range(10):
        gate.key(Qt.Key.Key_Tab)
        if (focus := gate.window.focusWidget()) is not None:
            seen.add(focus.objectName())

    assert two
    assert {"new_archive", "open_archive", "sample_archive", "forget_all", "recent_archives"} <= seen
    assert isinstance(page, WelcomePage)
