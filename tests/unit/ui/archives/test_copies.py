import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from archivist.archive.opening import create_archive, open_archive
from archivist.model.errors import NotWritable
from archivist.services.keeping import back_up
from archivist.services.looking import FolderKind, look_at
from archivist.ui.archives import restore_presenter, sample_presenter
from archivist.ui.archives.copies import CopyPanel, RestorePanel, SamplePanel, damage_words
from archivist.ui.archives.usual import name_of_restored
from archivist.ui.tasks import Stopped, Tell
from tests.unit.ui.archives.conftest import Gate


@pytest.fixture
def backup(sample: Path, documents: Path) -> Path:
    """A backup of the sample archive."""
    with open_archive(sample, None) as archive:
        back_up(archive, documents / "Sample backup 2026-11-24")
    return documents / "Sample backup 2026-11-24"


@pytest.fixture
def restoring(gate: Gate, backup: Path, tmp_path: Path) -> RestorePanel:
    """The sheet that restores it, ready to go."""
    gate.archives.restoring.begin(backup)
    panel = gate.panel(RestorePanel)
    (tmp_path / "there").mkdir()
    gate.chooser.chosen_folder = tmp_path / "there"
    panel.place.button.click()
    return panel


def said(gate: Gate, panel: CopyPanel) -> str:
    gate.qtbot.waitUntil(lambda: bool(panel.notice.text()), timeout=20_000)
    return panel.notice.accessibleName()


def follow(panel: CopyPanel, words: str) -> None:
    (button,) = [one for one in panel.notice.findChildren(QPushButton) if one.text() == words]
    button.click()


def test_a_backup_becomes_an_archive_that_can_be_opened(
    gate: Gate, restoring: RestorePanel, tmp_path: Path
) -> None:
    restoring.deed.click()

    assert "every file as it was" in said(gate, restoring)
    assert look_at(tmp_path / "there" / "Sample.archivist").kind is FolderKind.PLAIN
    follow(restoring, "Open it")
    assert gate.waits_until_open().folder == tmp_path / "there" / "Sample.archivist"


def test_the_restored_folder_can_be_shown(gate: Gate, restoring: RestorePanel, tmp_path: Path) -> None:
    restoring.deed.click()
    said(gate, restoring)

    follow(restoring, "Show the folder")

    assert gate.chooser.revealed == [tmp_path / "there"]


def test_a_backup_that_was_altered_is_told_and_nothing_is_left(
    gate: Gate, restoring: RestorePanel, backup: Path, tmp_path: Path
) -> None:
    altered = next((backup / "objects").rglob("*/*"))
    content = altered.read_bytes()
    altered.chmod(0o600)
    altered.write_bytes(b"x" + content[1:])

    restoring.deed.click()

    assert "Nothing was restored" in said(gate, restoring)
    assert list((tmp_path / "there").iterdir()) == []
    assert restoring.deed.isEnabled()


def test_originals_that_were_damaged_before_are_counted(gate: Gate, sample: Path, documents: Path) -> None:
    shutil.rmtree(next((sample / "objects").iterdir()))
    with open_archive(sample, None) as archive:
        back_up(archive, documents / "Copy")
    gate.archives.restoring.begin(documents / "Copy")
    panel = gate.panel(RestorePanel)
    panel.show_folder(documents)
    panel.deed.click()

    assert "1 original was damaged or missing" in said(gate, panel)


def test_a_folder_that_is_no_backup_is_told(gate: Gate, tmp_path: Path) -> None:
    gate.archives.restoring.begin()
    panel = gate.panel(RestorePanel)
    assert not panel.deed.isEnabled()
    gate.chooser.chosen_folder = tmp_path
    panel.backup.button.click()
    panel.place.button.click()
    panel.called.setText("Coast")
    gate.key(Qt.Key.Key_Return, panel.called)

    assert "There is no backup" in said(gate, panel)


def test_restoring_can_be_stopped(
    gate: Gate, restoring: RestorePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> None:
        raise Stopped

    monkeypatch.setattr(restore_presenter, "restore", endless)

    restoring.deed.click()

    assert "Nothing was restored" in said(gate, restoring)


def test_the_sheet_cannot_be_left_while_it_copies(gate: Gate, restoring: RestorePanel) -> None:
    restoring.deed.click()
    gate.key(Qt.Key.Key_Escape, restoring)

    assert restoring.isVisible()
    assert not restoring.cancel.isEnabled()
    said(gate, restoring)
    gate.key(Qt.Key.Key_Escape, restoring)
    gate.qtbot.waitUntil(lambda: not gate.has_sheet())


def test_a_restored_archive_takes_the_place_of_an_open_one(
    gate: Gate, restoring: RestorePanel, documents: Path
) -> None:
    create_archive(documents / "Coast.archivist", None)
    gate.archives.unlock(documents / "Coast.archivist")
    gate.waits_until_open()
    restoring.deed.click()
    said(gate, restoring)

    with gate.qtbot.waitSignal(gate.archives.open_instead) as wanted:
        follow(restoring, "Open it")

    assert len(gate.opened) == 1
    assert (wanted.args[0] / "archive.json").is_file()


@pytest.mark.parametrize(
    ("backup_of", "name"),
    [
        ("Coast backup 2026-11-24", "Coast"),
        ("Coast.archivist backup", "Coast"),
        ("Coast", "Coast"),
        ("Coast.archivist", "Coast"),
    ],
)
def test_the_name_of_the_archive_is_proposed(backup_of: str, name: str) -> None:
    assert name_of_restored(Path("/x") / backup_of) == name


def test_a_typed_name_is_not_replaced_by_a_proposal(gate: Gate) -> None:
    gate.archives.restoring.begin()
    panel = gate.panel(RestorePanel)
    gate.type_into("restore_name", "Mine")

    panel.show_backup(Path("/x/Coast backup 2026-11-24"), name="Coast")

    assert panel.called.wanted() == "Mine"


def test_many_damages_are_told_by_the_first_and_a_number() -> None:
    told = damage_words([f"Original {number} is missing." for number in range(9)])

    assert told.count("\n") == 4
    assert told.endswith("+ 5")


# --- the sample archive


def sample_panel(gate: Gate, documents: Path) -> SamplePanel:
    gate.press("sample_archive")
    panel = gate.panel(SamplePanel)
    gate.chooser.chosen_folder = documents
    panel.place.button.click()
    return panel


def test_the_sample_is_made_filled_and_opened(
    gate: Gate, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sample_presenter, "fill", lambda archive, count: count(archive)
    )  # tried by `sample_folder`
    panel = sample_panel(gate, documents)
    assert panel.target() == documents / "Sample.archivist"
    panel.remember.click()
    panel.deed.click()

    opened = gate.waits_until_open()
    assert opened.folder == documents / "Sample.archivist"
    assert not opened.is_encrypted
    assert gate.session.settings.recent == [documents / "Sample.archivist"]
    assert not gate.has_sheet()


def test_a_second_sample_gets_another_name(gate: Gate, documents: Path) -> None:
    (documents / "Sample.archivist").mkdir()

    panel = sample_panel(gate, documents)

    assert panel.target() == documents / "Sample 2.archivist"


def test_progress_is_told_by_the_documents_read(
    gate: Gate, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sample_presenter, "fill", lambda archive, count: [count(archive) for _ in range(3)])

    def hand_over(values: list[object]) -> None:
        told.extend(values)

    tell = Tell(hand_over, lambda: None)
    sample_presenter._make(documents / "Sample.archivist", tell)
    tell.flush()

    assert told == [(1, 12), (2, 12), (3, 12)]
    panel = sample_panel(gate, documents)
    panel.show_working("Reading…")
    panel.show_progress(6, 12)
    assert panel.work.progress() == 500


def test_a_stopped_sample_says_what_is_left(
    gate: Gate, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> None:
        raise Stopped

    monkeypatch.setattr(sample_presenter, "fill", endless)
    panel = sample_panel(gate, documents)
    panel.deed.click()

    assert "holds what was read so far" in said(gate, panel)
    assert panel.target() == documents / "Sample 2.archivist"


def test_a_place_that_refuses_is_told(gate: Gate, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(target: Path, _: object) -> None:
        raise NotWritable(target, PermissionError(13, "Permission denied"))

    monkeypatch.setattr(sample_presenter, "create_archive", refused)
    panel = sample_panel(gate, documents)
    panel.deed.click()

    assert "permission denied" in said(gate, panel)
    assert panel.deed.isEnabled()
