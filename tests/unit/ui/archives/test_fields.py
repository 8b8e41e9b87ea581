from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from archivist.ui.archives.cards import choice, way_in
from archivist.ui.archives.create import CreatePanel
from archivist.ui.archives.fields import FolderField, NameField, SecretField
from archivist.ui.archives.panels import WorkLine
from archivist.ui.archives.prose import Prose, backwards, onwards
from archivist.ui.archives.unlock import UnlockPage
from archivist.ui.theme import Theme
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.layout import label
from tests.unit.ui.archives.conftest import Gate
from tests.unit.ui.conftest import Show


@pytest.fixture
def rtl(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def inked(field: NameField) -> list[int]:
    """The columns in which the grey of the suffix stands."""
    picture = field.grab().toImage()
    grey = Theme.current().color("text2").rgb()
    return [
        x for x in range(picture.width()) if any(picture.pixel(x, y) == grey for y in range(picture.height()))
    ]


def test_the_suffix_stands_behind_what_is_typed(show: Show, theme: Theme) -> None:
    assert not theme.is_dark
    field = NameField("Name", ".archivist")
    show(field)
    before = min(inked(field))
    field.setText("Kestrel Point")

    assert min(inked(field)) > before + 40


@pytest.mark.usefixtures("rtl", "theme")
def test_in_a_mirrored_window_the_suffix_still_ends_the_name(show: Show) -> None:
    field = NameField("Name", ".archivist")
    show(field)
    field.setText("قضية")

    assert min(inked(field)) > field.width() - 90
    assert field.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.usefixtures("rtl", "theme")
def test_in_a_mirrored_window_the_eye_stands_at_the_left(show: Show) -> None:
    field = SecretField("Passphrase")
    show(field)

    assert field.eye.geometry().right() < 40
    assert field.textMargins().left() > field.textMargins().right()
    assert (onwards(), backwards()) == ("caret-left", "arrow-right")


@pytest.mark.usefixtures("theme")
def test_the_eye_is_reached_by_tab_and_has_a_name(show: Show) -> None:
    field = SecretField("Passphrase")
    show(field)

    assert field.eye.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert field.eye.accessibleName() == "Show what is typed"
    assert (onwards(), backwards()) == ("caret-right", "arrow-left")


@pytest.mark.usefixtures("theme")
def test_taking_a_secret_empties_the_field_and_what_could_be_undone() -> None:
    field = SecretField("Passphrase")
    field.insert("globe mural")
    field.eye.click()

    assert field.take() == "globe mural"
    field.undo()
    assert field.text() == ""
    assert field.property("dots") is True


@pytest.mark.usefixtures("theme")
def test_a_folder_is_named_without_its_path() -> None:
    field = FolderField("Folder")
    assert "None chosen" in field.button.accessibleName()

    field.show_folder(Path("/home/somebody/Documents"))

    assert "Documents" in field.button.accessibleName()
    assert "somebody" not in field.button.accessibleName()


@pytest.mark.usefixtures("theme")
def test_a_card_grows_with_its_words(show: Show) -> None:
    card = way_in("books", "Sample", "Invented documents. " * 12, end=label("Ctrl N", "key"))
    show(card)

    assert card.heightForWidth(300) > card.heightForWidth(900) >= 64
    assert card.accessibleName().startswith("Sample. Invented")


@pytest.mark.usefixtures("theme")
def test_a_choice_shows_that_it_holds(show: Show) -> None:
    card = choice("Encrypt", "All of it", pill="recommended")
    show(card)
    card.click()

    assert card.isChecked()
    assert card.findChildren(type(card), options=Qt.FindChildOption.FindDirectChildrenOnly) == []


@pytest.mark.usefixtures("theme")
def test_a_ticked_box_differs_by_more_than_colour(show: Show) -> None:
    box = CheckBox("Remember")
    show(box)
    box.setChecked(True)
    picture = box.grab().toImage()
    middle = {picture.pixelColor(x, picture.height() // 2).name() for x in range(3, 13)}

    assert Theme.current().color("accent").name() in middle
    assert len(middle) > 2, "there is a tick in the box"


def test_words_of_ours_are_never_read_as_markup(theme: Theme) -> None:
    assert theme is not None
    prose = Prose("<b>bold</b> & plain")

    assert "&lt;b&gt;" in prose.text()
    assert prose.words() == "<b>bold</b> & plain"
    prose.tell("")
    assert prose.text() == ""


def test_work_that_cannot_be_stopped_offers_no_stop(theme: Theme) -> None:
    assert theme is not None
    line = WorkLine()
    line.begin("Making the keys…")
    assert line.stop.isHidden()
    line.show_progress(3, 0)
    assert line.progress() == 0
    line.end("Done.")

    assert (line.text(), line.progress()) == ("Done.", -1)


def test_a_sheet_makes_room_for_what_it_has_to_say(gate: Gate, documents: Path) -> None:
    gate.press("new_archive")
    panel = gate.panel(CreatePanel)
    before = panel.height()
    panel.show_folder(documents)

    panel.show_failed("It was not made. " * 6)
    gate.qtbot.waitUntil(lambda: panel.height() > before)

    assert panel.geometry().center().y() == pytest.approx(gate.window.rect().center().y(), abs=2)


def test_in_a_low_window_the_sheet_scrolls_and_its_buttons_stay(gate: Gate) -> None:
    gate.press("new_archive")
    panel = gate.panel(CreatePanel)
    gate.window.resize(960, 640)
    gate.qtbot.waitUntil(lambda: panel.height() <= 640)

    assert not panel.preview.isVisible()
    bottom = panel.make.mapTo(gate.window, panel.make.rect().bottomLeft())
    assert bottom.y() < gate.window.height()


def test_the_unlock_page_reads_as_one_card(theme: Theme, show: Show) -> None:
    assert theme is not None
    page = UnlockPage()
    show(page)
    page.show_archive("Kestrel Point.archivist", remembered=False)

    assert not page.secret.isVisible()
    assert not page.unlock.isVisible()
    page.ask_secret()
    assert page.secret.isVisible()
    assert page.unlock.isVisible()
