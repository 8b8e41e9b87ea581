from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from archivist.ui.archives.create import CreatePanel
from archivist.ui.archives.recovery import RecoveryPanel
from archivist.ui.archives.recovery_sheet import RecoverySheet, as_text, paint
from tests.unit.ui.archives.conftest import Gate
from tests.unit.ui.archives.test_create import filled

CODE = "K7QM-3XWD-90FZ-HT5B-A2NE-8VJC-R6PS-4Y1G"
SHEET = RecoverySheet("Kestrel Point", date(2026, 11, 24), CODE)


@pytest.fixture
def recovery(gate: Gate, documents: Path) -> RecoveryPanel:
    """The sheet of an archive that was just made."""
    gate.press("new_archive")
    panel = gate.panel(CreatePanel)
    panel.show_folder(documents)
    filled(gate)
    panel.make.click()
    return gate.waits_for(RecoveryPanel)


def test_the_sheet_holds_the_code_in_groups_and_who_keeps_it() -> None:
    text = as_text(SHEET)

    assert "K7QM - 3XWD - 90FZ - HT5B" in text
    assert "A2NE - 8VJC - R6PS - 4Y1G" in text
    assert text.startswith("Recovery sheet\nKestrel Point · 24 Nov 2026")
    assert "kept by ____" in text
    assert max(map(len, text.splitlines())) < 80


def test_the_code_is_in_no_repr() -> None:
    assert CODE not in repr(SHEET)


@pytest.mark.usefixtures("theme")
def test_the_page_is_painted_to_its_edges_and_not_beyond() -> None:
    page = QImage(595, 842, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    with QPainter(page) as painter:
        paint(painter, QRectF(0, 0, 595, 842), SHEET)

    rows = [y for y in range(842) if any(page.pixel(x, y) != 0xFFFFFFFF for x in range(0, 595, 3))]
    columns = [x for x in range(595) if any(page.pixel(x, y) != 0xFFFFFFFF for y in range(0, 842, 3))]

    assert 36 <= min(rows) < 60
    assert 400 < max(rows) < 700
    assert min(columns) >= 35
    assert max(columns) <= 560


def test_saving_writes_a_private_file_and_says_what_to_do_with_it(
    gate: Gate, recovery: RecoveryPanel, tmp_path: Path
) -> None:
    gate.chooser.chosen_place = tmp_path / "sheet.txt"
    gate.press("save_sheet")
    gate.qtbot.waitUntil(lambda: bool(recovery.notice.text()))

    assert "Saved as" in recovery.notice.text()
    text = (tmp_path / "sheet.txt").read_text("utf-8")
    assert recovery.code().replace("-", " - ")[:25] in text
    assert (tmp_path / "sheet.txt").stat().st_mode & 0o777 == 0o600
    gate.press("i_have_it")
    gate.waits_until_open()


def test_a_file_that_is_there_is_left_as_it_is(gate: Gate, recovery: RecoveryPanel, tmp_path: Path) -> None:
    gate.chooser.chosen_place = tmp_path / "sheet.txt"
    gate.chooser.chosen_place.write_text("mine", "utf-8")

    gate.press("save_sheet")
    gate.qtbot.waitUntil(lambda: bool(recovery.notice.text()))

    assert "exists already" in recovery.notice.text()
    assert gate.chooser.chosen_place.read_text("utf-8") == "mine"


def test_the_sheet_is_not_saved_into_the_archive(
    gate: Gate, recovery: RecoveryPanel, documents: Path
) -> None:
    gate.chooser.chosen_place = documents / "Coast.archivist" / "sheet.txt"

    gate.press("save_sheet")
    gate.qtbot.waitUntil(lambda: bool(recovery.notice.text()))

    assert "inside the archive" in recovery.notice.text()


def test_changing_ones_mind_about_saving_changes_nothing(gate: Gate, recovery: RecoveryPanel) -> None:
    gate.press("save_sheet")

    assert recovery.notice.text() == ""


def test_a_printed_sheet_is_one_page_and_can_be_left(gate: Gate, recovery: RecoveryPanel) -> None:
    gate.press("print")

    assert len(gate.chooser.pages) == 1
    assert "Look at the page" in recovery.notice.text()
    gate.press("i_have_it")
    assert gate.waits_until_open().is_encrypted
    assert not gate.has_sheet()


def test_without_a_printer_the_code_is_still_to_be_kept(gate: Gate, recovery: RecoveryPanel) -> None:
    gate.chooser.has_printer = False

    gate.press("print")
    gate.press("i_have_it")

    assert recovery.isVisible()
    assert "copied the code by hand" in recovery.notice.text()


def test_another_archive_is_not_opened_over_the_code(
    gate: Gate, recovery: RecoveryPanel, documents: Path
) -> None:
    gate.archives.take_in([documents])

    assert recovery.isVisible()
    assert gate.archives.unlocking.notice.text() == ""
    gate.press("print")
    gate.press("i_have_it")
    gate.waits_until_open()
    assert not gate.archives.creating.is_busy


def test_escape_does_not_take_the_code_away(gate: Gate, recovery: RecoveryPanel) -> None:
    gate.key(Qt.Key.Key_Escape, recovery)

    assert recovery.isVisible()


@pytest.mark.usefixtures("theme")
def test_what_was_chosen_before_is_offered_first() -> None:
    panels = [RecoveryPanel(SHEET, sheet_as=choice) for choice in ("print", "save")]

    assert [panel.first.objectName() for panel in panels] == ["print", "save_sheet"]
    assert [panel.print.property("kind") for panel in panels] == ["primary", ""]


@pytest.mark.usefixtures("theme")
def test_a_screen_reader_is_told_the_code() -> None:
    panel = RecoveryPanel(SHEET, sheet_as="print")

    (told,) = [widget.accessibleName() for widget in panel.findChildren(QWidget, "recovery_code")]
    assert told == CODE.replace("-", " ")
