from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton

from archivist.archive.opening import create_archive, open_archive
from archivist.model.errors import (
    ArchiveDamaged,
    ArchiveInUse,
    ArchiveNotAccessible,
    ArchiveTooNew,
    ArchivistError,
    EncryptionRemoved,
    StorageFull,
)
from archivist.services.keeping import back_up
from archivist.services.looking import FolderKind, Look
from archivist.storage.bundle import Bundle, create_bundle, write_about
from archivist.storage.database import create_database
from archivist.ui.archives.copies import RestorePanel
from archivist.ui.archives.create import CreatePanel
from archivist.ui.archives.explaining import Help, explain, explain_absence
from archivist.ui.archives.opening import Opening
from archivist.ui.archives.unlock import UnlockPage
from tests.unit.ui.archives.conftest import Gate

WORDS = "globe mural juniper"
COAST = Path("Coast.archivist")


@pytest.fixture
def sealed(gate: Gate, documents: Path) -> tuple[Path, str]:
    """An encrypted archive whose unlock page is shown, and its recovery code."""
    made = create_archive(documents / "Coast.archivist", WORDS, with_recovery=True)
    gate.archives.unlock(documents / "Coast.archivist")
    gate.qtbot.waitUntil(gate.archives.unlocking.secret.isVisible)
    assert made.recovery_code
    return documents / "Coast.archivist", made.recovery_code


def offers(page: UnlockPage) -> list[str]:
    return [button.text() for button in page.notice.findChildren(QPushButton) if button.isVisible()]


def follow(page: UnlockPage, words: str) -> None:
    (button,) = [one for one in page.notice.findChildren(QPushButton) if one.text() == words]
    button.click()


def test_the_right_passphrase_opens_with_enter(gate: Gate, sealed: tuple[Path, str]) -> None:
    page = gate.archives.unlocking
    assert page.secret.hasFocus()
    gate.type_into("secret", WORDS)
    gate.key(Qt.Key.Key_Return, page.secret)

    opened = gate.waits_until_open()
    assert opened.folder == sealed[0]
    assert page.secret.text() == ""


def test_a_wrong_one_is_told_in_place_and_the_field_is_ready(gate: Gate, sealed: tuple[Path, str]) -> None:
    page = gate.archives.unlocking
    gate.type_into("secret", "not this")
    gate.press("unlock")
    gate.waits_for_words("does not open the archive")

    assert sealed
    assert page.secret.hasFocus()
    assert page.secret.selectedText() != ""
    assert offers(page) == []
    gate.type_into("secret", WORDS)
    assert page.notice.text() == ""
    gate.press("unlock")
    gate.waits_until_open()


def test_the_recovery_code_opens_in_any_spelling(gate: Gate, sealed: tuple[Path, str]) -> None:
    gate.press("use_code")
    page = gate.archives.unlocking
    assert page.secret.accessibleName() == "Recovery code"
    gate.type_into("secret", sealed[1].lower().replace("-", " "))
    gate.press("unlock")

    assert gate.waits_until_open().is_encrypted
    assert "choose a new one" in gate.sentences[-1]


def test_a_wrong_code_is_told_as_a_code(gate: Gate, sealed: tuple[Path, str]) -> None:
    assert sealed
    gate.press("use_code")
    gate.type_into("secret", "AAAA-BBBB")
    gate.press("unlock")

    gate.waits_for_words("letter by letter")


def test_switching_back_to_the_passphrase_forgets_the_code(gate: Gate, sealed: tuple[Path, str]) -> None:
    gate.press("use_code")
    gate.type_into("secret", sealed[1])
    gate.press("use_code")

    page = gate.archives.unlocking
    assert page.secret.text() == ""
    assert page.secret.accessibleName() == "Passphrase"
    assert not gate.find(QAbstractButton, "unlock").isEnabled()


def test_it_is_remembered_only_with_consent(gate: Gate, sealed: tuple[Path, str]) -> None:
    assert not gate.archives.unlocking.remember.isChecked()
    gate.press("remember")
    gate.type_into("secret", WORDS)
    gate.press("unlock")
    gate.waits_until_open()

    assert gate.session.settings.recent == [sealed[0]]


def test_consent_can_be_taken_back_while_opening(gate: Gate, sealed: tuple[Path, str]) -> None:
    gate.session.settings.remember(sealed[0])
    gate.archives.unlock(sealed[0])
    gate.qtbot.waitUntil(gate.archives.unlocking.secret.isVisible)
    assert gate.archives.unlocking.remember.isChecked()

    gate.press("remember")
    gate.type_into("secret", WORDS)
    gate.press("unlock")
    gate.waits_until_open()

    assert gate.session.settings.recent == []


def test_another_archive_leads_back(gate: Gate, sealed: tuple[Path, str]) -> None:
    assert sealed
    gate.type_into("secret", "half of it")
    gate.press("other_archive")

    assert gate.archives.gate.currentWidget() is gate.archives.welcome
    assert gate.archives.unlocking.secret.text() == ""


def test_escape_leads_back_too(gate: Gate, sealed: tuple[Path, str]) -> None:
    assert sealed
    gate.key(Qt.Key.Key_Escape, gate.archives.unlocking.secret)

    assert gate.archives.gate.currentWidget() is gate.archives.welcome


def test_an_answer_that_comes_late_changes_nothing(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", None)
    gate.archives.unlock(documents / "Coast.archivist")
    gate.archives.show_welcome()
    answered: list[int] = []
    gate.session.tasks.without_archive(lambda _: 1, answered.append)
    gate.qtbot.waitUntil(lambda: answered == [1])

    assert gate.opened == []
    assert gate.archives.gate.currentWidget() is gate.archives.welcome


def test_a_plain_archive_opens_without_asking(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", None)

    gate.archives.unlock(documents / "Coast.archivist")

    assert not gate.waits_until_open().is_encrypted
    assert gate.session.settings.recent == []


def test_one_in_use_says_by_whom_and_opens_once_it_is_free(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", None)
    with open_archive(documents / "Coast.archivist", None):
        gate.archives.unlock(documents / "Coast.archivist")
        gate.waits_for_words("in use by process")
        assert offers(gate.archives.unlocking) == ["Try again"]
    follow(gate.archives.unlocking, "Try again")

    gate.waits_until_open()


def test_a_backup_is_not_opened_but_restored(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", None)
    with open_archive(documents / "Coast.archivist", None) as archive:
        back_up(archive, documents / "Coast backup 2026-11-24")
    gate.archives.unlock(documents / "Coast backup 2026-11-24")
    gate.waits_for_words("is a backup")

    follow(gate.archives.unlocking, "Restore it…")

    panel = gate.panel(RestorePanel)
    assert panel.backup.folder == documents / "Coast backup 2026-11-24"
    assert panel.called.wanted() == "Coast"


def test_an_archive_whose_encryption_was_taken_away_stays_closed(gate: Gate, documents: Path) -> None:
    folder = documents / "Coast.archivist"
    create_archive(folder, WORDS)
    with open_archive(folder, WORDS) as archive:
        identity = archive.bundle.archive_id
    rmtree(folder)
    with create_bundle(folder, encrypted=False) as made:
        write_about(Bundle(made.folder, identity, encrypted=False), made.folder)
        create_database(made.database, None)
    gate.archives.unlock(folder)
    gate.waits_for_words("somebody has changed it")

    assert offers(gate.archives.unlocking) == ["Restore a backup…"]
    follow(gate.archives.unlocking, "Restore a backup…")
    assert gate.panel(RestorePanel).backup.folder is None


def test_a_damaged_archive_says_so_before_it_asks(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", WORDS)
    (documents / "Coast.archivist" / "archive.json").write_text("{}", "utf-8")

    gate.archives.unlock(documents / "Coast.archivist")
    gate.waits_for_words("could not be opened")

    assert not gate.archives.unlocking.secret.isVisible()
    assert gate.archives.unlocking.other.hasFocus()


def test_what_is_no_archive_offers_another_folder_or_a_new_one(gate: Gate, tmp_path: Path) -> None:
    gate.archives.unlock(tmp_path)
    gate.waits_for_words("holds no archive")
    assert offers(gate.archives.unlocking) == ["Choose a folder…", "New archive…"]

    follow(gate.archives.unlocking, "New archive…")

    assert gate.panel(CreatePanel).isVisible()


def test_choosing_where_it_is_now_goes_there(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Moved.archivist", None)
    gate.archives.unlock(documents / "Coast.archivist")
    gate.waits_for_words("not where it was")
    gate.chooser.chosen_folder = documents / "Moved.archivist"

    follow(gate.archives.unlocking, "Choose a folder…")

    assert gate.waits_until_open().folder == documents / "Moved.archivist"


def test_a_passphrase_given_at_the_start_and_refused_can_be_typed(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", WORDS)
    gate.archives.open(documents / "Coast.archivist", "wrong")
    gate.waits_for_words("does not open the archive")

    gate.type_into("secret", WORDS)
    gate.press("unlock")
    gate.waits_until_open()


def test_a_passphrase_given_at_the_start_opens(gate: Gate, documents: Path) -> None:
    create_archive(documents / "Coast.archivist", WORDS)
    gate.session.settings.remember(documents / "Coast.archivist")

    gate.archives.open(documents / "Coast.archivist", WORDS)

    assert gate.waits_until_open().is_encrypted
    assert gate.archives.opened_folder == documents / "Coast.archivist"
    assert gate.session.settings.recent == [documents / "Coast.archivist"], "as it was"


def test_an_opening_keeps_no_secret(documents: Path) -> None:
    create_archive(documents / "Coast.archivist", WORDS)
    opening = Opening(documents / "Coast.archivist", WORDS)

    opening().close()

    assert WORDS not in vars(opening).values()


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (ArchiveInUse("process 7"), "It is open elsewhere"),
        (ArchiveDamaged("x."), "The archive is damaged"),
        (EncryptionRemoved(COAST), "Somebody has changed this archive"),
        (ArchiveTooNew(), "It needs a newer Archivist"),
        (ArchiveNotAccessible(COAST, OSError(13, "Permission denied")), "It cannot be read or written"),
        (StorageFull(), "It was not opened"),
    ],
)
def test_every_reason_has_its_title_and_its_own_sentence(error: ArchivistError, title: str) -> None:
    told = explain(error, COAST)

    assert (told.title, told.sentence) == (title, str(error))


def test_no_sentence_of_the_window_sends_to_the_command_line() -> None:
    look = Look(COAST, FolderKind.DRIVE_AWAY)
    told = [explain_absence(look), explain_absence(replace(look, kind=FolderKind.GONE))]

    assert all("archivist " not in one.sentence for one in told)
    assert told[0].helps == (Help.TRY_AGAIN, Help.CHOOSE)
