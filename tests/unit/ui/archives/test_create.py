from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from archivist.model.strength import Strength
from archivist.services.keeping import open_archive
from archivist.services.looking import FolderKind, look_at
from archivist.ui.archives.create import CreatePanel
from archivist.ui.archives.recovery import RecoveryPanel
from tests.unit.ui.archives.conftest import Gate

WORDS = "globe mural juniper verse penny"


@pytest.fixture
def panel(gate: Gate, documents: Path) -> CreatePanel:
    """The sheet for a new archive, its folder chosen."""
    gate.press("new_archive")
    made = gate.panel(CreatePanel)
    gate.chooser.chosen_folder = documents
    made.folder.button.click()
    return made


def filled(gate: Gate, *, with_sheet: bool = True) -> None:
    gate.type_into("archive_name", "Coast")
    gate.type_into("passphrase", WORDS)
    gate.type_into("passphrase_again", WORDS)
    if not with_sheet:
        gate.press("make_sheet")


def test_what_is_still_missing_is_said_one_after_the_other(gate: Gate, panel: CreatePanel) -> None:
    said = [panel.missing()]
    gate.type_into("archive_name", "Coast")
    said.append(panel.missing())
    gate.type_into("passphrase", "sunshine")
    said.append(panel.missing())
    gate.type_into("passphrase", WORDS)
    said.append(panel.missing())
    gate.type_into("passphrase_again", WORDS)

    assert [words.split()[0] for words in said] == ["Give", "Choose", "Choose", "Type"]
    assert panel.missing() == ""
    assert gate.find(QAbstractButton, "create").isEnabled()


@pytest.mark.parametrize("name", ["a/b", "..hidden", "what?", "C:x"])
def test_a_name_that_no_folder_can_have_is_refused(gate: Gate, panel: CreatePanel, name: str) -> None:
    filled(gate)

    gate.type_into("archive_name", name)

    assert panel.missing().startswith("Choose a name")


def test_a_suffix_typed_by_hand_is_not_doubled(panel: CreatePanel) -> None:
    panel.name.setText(" Coast.archivist ")

    assert panel.name.wanted() == "Coast"


def test_an_archive_is_made_its_code_shown_once_then_it_is_open(
    gate: Gate, panel: CreatePanel, documents: Path
) -> None:
    filled(gate)
    left: list[str] = []
    panel.passphrase.textChanged.connect(left.append)
    gate.key(Qt.Key.Key_Return, panel.again)
    recovery = gate.waits_for(RecoveryPanel)

    assert left == [""], "the field is emptied before it goes"
    assert not gate.opened, "the window goes on only when the code is kept"
    code = recovery.code()
    gate.press("i_have_it")
    assert "neither printed nor saved" in recovery.notice.accessibleName()
    gate.press("i_have_it")

    opened = gate.waits_until_open()
    assert opened.is_encrypted
    gate.session.tasks.close()
    for secret in (WORDS, code):
        with open_archive(documents / "Coast.archivist", secret) as archive:
            assert archive.bundle.encrypted


def test_without_a_sheet_it_opens_at_once(gate: Gate, panel: CreatePanel) -> None:
    filled(gate, with_sheet=False)
    panel.make.click()

    assert gate.waits_until_open().folder.name == "Coast.archivist"
    assert not gate.has_sheet()


def test_it_is_remembered_only_where_the_user_says_so(
    gate: Gate, panel: CreatePanel, documents: Path
) -> None:
    filled(gate, with_sheet=False)
    assert not panel.remember.isChecked()
    gate.press("remember")
    panel.make.click()
    gate.waits_until_open()

    assert gate.session.settings.recent == [documents / "Coast.archivist"]


def test_it_is_not_remembered_otherwise(gate: Gate, panel: CreatePanel) -> None:
    filled(gate, with_sheet=False)
    panel.make.click()
    gate.waits_until_open()

    assert gate.session.settings.recent == []


def test_a_plain_archive_needs_no_passphrase_and_says_what_that_means(
    gate: Gate, panel: CreatePanel, documents: Path
) -> None:
    gate.type_into("archive_name", "Coast")
    panel.plain.click()

    assert "Nothing in it will be protected" in panel.lost.accessibleName()
    assert not panel.passphrase.isVisible()
    panel.make.click()
    gate.waits_until_open()
    assert look_at(documents / "Coast.archivist").kind is FolderKind.PLAIN


def test_a_name_that_is_taken_is_told_in_place(gate: Gate, panel: CreatePanel, documents: Path) -> None:
    (documents / "Coast.archivist").mkdir()
    filled(gate)

    panel.make.click()
    gate.qtbot.waitUntil(lambda: bool(panel.notice.text()), timeout=10_000)

    assert "exists already" in panel.notice.text()
    assert panel.make.isEnabled()
    assert panel.name.hasFocus()
    assert panel.passphrase.text() == WORDS, "nothing has to be typed again but the name"


def test_six_words_are_suggested_to_be_read_and_typed_once_more(gate: Gate, panel: CreatePanel) -> None:
    gate.press("suggest")
    suggested = panel.passphrase.text()

    assert len(suggested.split()) == 6
    assert panel.passphrase.echoMode() is QLineEdit.EchoMode.Normal
    assert panel.again.text() == ""
    assert panel.again.hasFocus()
    assert "picked at random" in panel.meter.text()
    assert "63 bits" in panel.meter.text()


def test_what_was_picked_at_random_and_changed_by_hand_is_not_called_so(
    gate: Gate, panel: CreatePanel
) -> None:
    gate.press("suggest")

    gate.key(Qt.Key.Key_X, panel.passphrase)

    assert "picked at random" not in panel.meter.text()


def test_typing_the_words_of_the_design_is_not_called_random(gate: Gate, panel: CreatePanel) -> None:
    gate.type_into("passphrase", "magnet otter pebble violin canoe lamp")

    assert panel.meter.strength is Strength.STRONG
    assert "picked at random" not in panel.meter.text()


def test_the_eye_shows_both_fields(gate: Gate, panel: CreatePanel) -> None:
    gate.type_into("passphrase", WORDS)

    panel.passphrase.eye.click()

    assert panel.passphrase.echoMode() is QLineEdit.EchoMode.Normal
    assert panel.again.echoMode() is QLineEdit.EchoMode.Normal
    assert panel.passphrase.eye.accessibleName() == "Hide what is typed"


def test_the_tick_stands_only_where_both_are_alike(gate: Gate, panel: CreatePanel) -> None:
    gate.type_into("passphrase", WORDS)
    assert not panel.again.has_tick()

    gate.type_into("passphrase_again", WORDS)

    assert panel.again.has_tick()


def test_the_bars_have_the_colour_of_the_strength(gate: Gate, panel: CreatePanel) -> None:
    gate.type_into("passphrase", "sunshine")

    picture = panel.meter.grab().toImage()
    ratio = picture.devicePixelRatio()
    first, last = (picture.pixelColor(int(x * ratio), int(2 * ratio)) for x in (20, panel.meter.width() - 20))

    assert first == gate.session.theme.color("danger")
    assert last == gate.session.theme.color("press")


def test_caps_lock_is_noticed_while_typing(panel: CreatePanel) -> None:
    def typed(letter: str, modifier: Qt.KeyboardModifier) -> bool:
        panel.passphrase.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, letter))
        return panel.caps.isVisible()

    assert not typed("A", Qt.KeyboardModifier.ShiftModifier)
    assert typed("A", Qt.KeyboardModifier.NoModifier)
    assert typed("a", Qt.KeyboardModifier.ShiftModifier)
    assert not typed("a", Qt.KeyboardModifier.NoModifier)


def test_escape_closes_the_sheet_and_forgets_what_was_typed(gate: Gate, panel: CreatePanel) -> None:
    gate.type_into("passphrase", WORDS)
    field = panel.passphrase

    gate.key(Qt.Key.Key_Escape, field)

    assert field.text() == ""
    assert not gate.has_sheet()
    gate.press("new_archive")
    assert gate.panel(CreatePanel).passphrase.text() == ""


def test_a_second_sheet_is_not_opened_over_the_first(gate: Gate, panel: CreatePanel) -> None:
    gate.archives.new_archive()

    assert gate.panel(CreatePanel) is panel


def test_while_the_keys_are_made_nothing_can_be_changed(gate: Gate, panel: CreatePanel) -> None:
    filled(gate)
    panel.show_working("Making the keys…")

    assert not panel.make.isEnabled()
    assert not panel.cancel.isEnabled()
    assert panel.work.text() == "Making the keys…"
    gate.key(Qt.Key.Key_Return, panel)
    assert not gate.opened


def test_the_picture_of_the_sheet_is_white_in_the_dark(gate: Gate, panel: CreatePanel) -> None:
    gate.session.theme.choose("dark")

    picture = panel.preview.grab().toImage()

    assert picture.pixelColor(picture.width() // 2, 12) == QColor("#ffffff")
