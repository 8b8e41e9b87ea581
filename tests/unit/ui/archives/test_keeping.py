from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from archivist.archive.opening import create_archive, open_archive
from archivist.model.errors import AlreadyThere
from archivist.services.keeping import Damage, NoPassphrase
from archivist.services.looking import FolderKind, look_at
from archivist.storage.backup import Progress
from archivist.ui.archives import keeping_presenter
from archivist.ui.archives.copies import BackupPanel
from archivist.ui.archives.keeping_presenter import KeepingPresenter
from archivist.ui.archives.panels import Panel
from archivist.ui.archives.passphrase import PassphrasePanel
from archivist.ui.session import Session
from archivist.ui.tasks import Opened, Stopped
from archivist.ui.theme import Theme
from tests.unit.ui.conftest import FakeChooser, Seen, made_session, opened_tasks

OLD, NEW = "globe mural juniper", "verse penny molasses kettle harbour"
P = TypeVar("P", bound=Panel)


class Kept:
    """A window on an encrypted archive, and its sheets."""

    def __init__(
        self, qtbot: QtBot, window: QMainWindow, session: Session, opened: Opened, seen: Seen
    ) -> None:
        self.qtbot, self.window, self.session, self.seen = qtbot, window, session, seen
        assert isinstance(session.chooser, FakeChooser)
        self.chooser = session.chooser
        self.folder = opened.folder
        self.presenter = KeepingPresenter(session, opened, window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    def does(self, deed: str, panel: type[P]) -> P:
        self.session.actions.get(deed).trigger()
        (shown,) = [one for one in self.window.findChildren(panel) if one.isVisible()]
        return shown

    def says(self, words: str) -> None:
        """Waits for a sentence in the status line."""
        self.qtbot.waitUntil(lambda: any(words in told for told in self.seen.sentences), timeout=10_000)

    def tells(self, panel: Panel) -> str:
        self.qtbot.waitUntil(lambda: bool(panel.notice.text()), timeout=10_000)
        return panel.notice.text()


@pytest.fixture
def kept(qtbot: QtBot, theme: Theme, window: QMainWindow, seen: Seen, tmp_path: Path) -> Iterator[Kept]:
    folder = tmp_path / "Coast.archivist"
    create_archive(folder, OLD)
    tasks = opened_tasks(qtbot, partial(open_archive, folder, OLD))
    session = made_session(tasks, theme, window, seen, tmp_path)
    yield Kept(qtbot, window, session, Opened(folder, is_encrypted=True, remarks=()), seen)
    tasks.close()


def fill(panel: PassphrasePanel, old: str = OLD, new: str = NEW) -> None:
    panel.old.setText(old)
    panel.new.setText(new)
    panel.again.setText(new)


# --- passphrase


def test_from_now_on_the_new_passphrase_opens(kept: Kept) -> None:
    panel = kept.does("archive.passphrase", PassphrasePanel)
    assert panel.old.hasFocus()
    fill(panel)
    QTest.keyClick(panel.again, Qt.Key.Key_Return)
    kept.says("still open with the old one")

    kept.session.tasks.close()
    with open_archive(kept.folder, NEW) as archive:
        assert archive.bundle.encrypted


def test_a_wrong_old_passphrase_is_told_and_nothing_changes(kept: Kept) -> None:
    panel = kept.does("archive.passphrase", PassphrasePanel)
    fill(panel, old="not this")
    panel.change.click()

    assert "does not open this archive" in kept.tells(panel)
    assert panel.old.hasFocus()
    assert panel.change.isEnabled()


def test_it_is_changed_only_for_one_that_is_typed_twice_and_not_too_weak(kept: Kept) -> None:
    panel = kept.does("archive.passphrase", PassphrasePanel)
    fill(panel)
    assert panel.change.isEnabled()
    panel.again.setText("something else")
    assert not panel.change.isEnabled()
    fill(panel, new="sunshine")
    assert not panel.change.isEnabled()
    fill(panel, old="")

    assert not panel.change.isEnabled()


def test_six_words_can_be_suggested_here_too(kept: Kept) -> None:
    panel = kept.does("archive.passphrase", PassphrasePanel)
    panel.suggest.click()

    assert "picked at random" in panel.meter.text()
    assert panel.again.text() == ""
    QTest.keyClicks(panel.new, "x")
    assert "picked at random" not in panel.meter.text()


def test_leaving_it_forgets_what_was_typed(kept: Kept) -> None:
    panel = kept.does("archive.passphrase", PassphrasePanel)
    fill(panel)
    old = panel.old

    QTest.keyClick(panel, Qt.Key.Key_Escape)

    assert old.text() == ""
    assert not panel.isVisible()


def test_an_archive_without_a_passphrase_has_none_to_change(kept: Kept) -> None:
    KeepingPresenter(kept.session, Opened(kept.folder, is_encrypted=False, remarks=()), kept.window)

    assert not kept.session.actions.get("archive.passphrase").isEnabled()
    assert "make a new one" in str(NoPassphrase())


# --- backup


def backup_panel(kept: Kept, place: Path) -> BackupPanel:
    panel = kept.does("archive.backup", BackupPanel)
    kept.chooser.chosen_folder = place
    panel.place.button.click()
    return panel


def test_a_backup_is_made_under_the_name_of_the_day(kept: Kept, tmp_path: Path) -> None:
    panel = backup_panel(kept, tmp_path)
    target = panel.target()
    assert target is not None
    assert target.name.startswith("Coast backup 20")
    panel.deed.click()

    assert "every original in it was proved" in kept.tells(panel)
    assert look_at(target).kind is FolderKind.BACKUP
    (button,) = panel.notice.findChildren(QPushButton)
    button.click()
    assert kept.chooser.revealed == [target]


def test_without_a_folder_there_is_no_backup(kept: Kept) -> None:
    panel = kept.does("archive.backup", BackupPanel)

    assert not panel.deed.isEnabled()
    panel.place.button.click()
    assert panel.place.folder is None


def test_what_is_there_is_not_overwritten(kept: Kept, tmp_path: Path) -> None:
    panel = backup_panel(kept, tmp_path)
    panel.called.setText("there")
    (tmp_path / "there").mkdir()
    panel.deed.click()

    assert "exists already" in kept.tells(panel)
    assert panel.deed.isEnabled()


def test_an_archive_is_not_backed_up_into_itself(kept: Kept) -> None:
    panel = backup_panel(kept, kept.folder)
    panel.deed.click()

    assert "inside the archive" in kept.tells(panel)


def test_damaged_originals_are_named(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damages = tuple(
        Damage(name=f"{at}{'0' * 63}", sha256=f"{at}{'a' * 63}", what="is missing") for at in range(2)
    )
    monkeypatch.setattr(keeping_presenter, "back_up", lambda *_: damages)
    panel = backup_panel(kept, tmp_path)
    panel.deed.click()

    told = kept.tells(panel)
    assert "2 originals are damaged" in told
    assert "The original 0aaaaaaaaaaa is missing" in told


def test_a_stopped_backup_says_that_nothing_was_left(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise Stopped

    monkeypatch.setattr(keeping_presenter, "back_up", stopped)
    panel = backup_panel(kept, tmp_path)
    panel.deed.click()

    assert "Nothing was left" in kept.tells(panel)


def test_one_can_go_on_working_while_it_runs(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on: list[bool] = []

    def slow(_archive: object, _target: Path, progress: Progress) -> tuple[()]:
        while not go_on:
            progress(1, 2)
        return ()

    monkeypatch.setattr(keeping_presenter, "back_up", slow)
    panel = backup_panel(kept, tmp_path)
    panel.deed.click()
    kept.qtbot.waitUntil(lambda: panel.work.progress() == 500, timeout=10_000)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    kept.says("goes on")
    again = kept.does("archive.backup", BackupPanel)
    assert again.work.text() == "Checking and copying…"
    assert not again.deed.isVisible()
    QTest.keyClick(again, Qt.Key.Key_Escape)
    go_on.append(True)

    kept.says("every original in it was proved")


def test_a_backup_that_fails_behind_a_closed_sheet_is_told(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on: list[bool] = []

    def slow(_archive: object, target: Path, progress: Progress) -> tuple[()]:
        while not go_on:
            progress(1, 2)
        raise AlreadyThere(target)

    monkeypatch.setattr(keeping_presenter, "back_up", slow)
    panel = backup_panel(kept, tmp_path)
    panel.deed.click()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    go_on.append(True)

    kept.says("exists already")


# --- remembering


def test_the_open_archive_is_put_on_the_list_and_taken_off(kept: Kept) -> None:
    remember = kept.session.actions.get("archive.remember")
    remember.trigger()
    assert kept.session.settings.recent == [kept.folder]

    remember.trigger()

    assert kept.session.settings.recent == []
    assert "not shown" in kept.seen.sentences[-1]
