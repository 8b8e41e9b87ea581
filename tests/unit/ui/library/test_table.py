from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from archivist.ui.library import card_delegate
from archivist.ui.library.columns import COLUMNS
from archivist.ui.library.document_table import CARDS, COLUMNS_MODE, DocumentTable
from archivist.ui.library.model import LibraryModel
from archivist.ui.library.standing import Standing
from archivist.ui.settings import Settings
from archivist.ui.theme import Theme
from archivist.ui.widgets.layout import column
from tests.unit.ui.library.rows import Source, ids

Show = Callable[[QWidget], QWidget]
pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def model(theme: Theme) -> Iterator[LibraryModel]:  # noqa: ARG001 - dresses the app
    made = LibraryModel()
    source = Source(made)
    yield made
    assert len(source.questions) < 50


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "window.ini")


@pytest.fixture
def table(qtbot: QtBot, model: LibraryModel, settings: Settings, show: Show) -> DocumentTable:
    made = DocumentTable(model, settings)
    show(made)
    model.show_ids(ids(1000))
    made.setFocus()
    qtbot.waitUntil(lambda: model.row(0) is not None)
    return made


def test_enter_space_and_a_double_click_open(table: DocumentTable) -> None:
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.select_ids(ids(1, begin=2))

    QTest.keyClick(table, Qt.Key.Key_Enter)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 60))

    assert opened == ["document-000002", "document-000002", "document-000000"]


def test_shift_and_control_extend_the_selection(table: DocumentTable) -> None:
    viewport, left = table.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, left, pos=QPoint(100, 60))
    QTest.mouseClick(viewport, left, Qt.KeyboardModifier.ControlModifier, QPoint(100, 60 + 3 * 132))
    assert table.selected_ids() == [ids(4)[0], ids(4)[3]]

    QTest.mouseClick(viewport, left, pos=QPoint(100, 60))
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == ids(2)

    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.selected_ids()) == 1000


def test_home_and_end_are_those_of_the_list(table: DocumentTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.current_id() == "document-000999"

    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.current_id() == "document-000000"


def test_typing_looks_for_a_title_and_a_space_is_one_of_its_letters(table: DocumentTable) -> None:
    sought: list[str] = []
    opened: list[str] = []
    table.sought.connect(sought.append)
    table.opened.connect(opened.append)

    QTest.keyClicks(table, "of d")

    assert sought == ["o", "of", "of ", "of d"]
    assert opened == []


def test_a_refresh_keeps_selection_and_place(qtbot: QtBot, table: DocumentTable, model: LibraryModel) -> None:
    table.select_ids(ids(2, begin=500))
    table.verticalScrollBar().setValue(499 * 132 + 40)
    top = table.rowAt(0)

    model.show_ids([*ids(5, begin=5000), *ids(1000)])

    assert table.selected_ids() == ids(2, begin=500)
    assert table.rowAt(0) == top + 5
    assert table.rowViewportPosition(top + 5) == -40
    qtbot.waitUntil(lambda: model.row(505) is not None)


def test_the_start_of_the_list_stays_the_start(table: DocumentTable, model: LibraryModel) -> None:
    model.show_ids([*ids(5, begin=5000), *ids(1000)])

    assert table.verticalScrollBar().value() == 0


def test_what_stands_in_the_place_of_the_deleted_is_selected(
    table: DocumentTable, model: LibraryModel
) -> None:
    table.select_ids(ids(2, begin=10))

    model.show_ids([*ids(10), *ids(900, begin=12)])
    assert table.selected_ids() == ids(1, begin=12)

    table.select_ids(ids(1, begin=911))
    model.show_ids(ids(10))
    assert table.selected_ids() == ids(1, begin=9)


def test_another_list_begins_at_its_top_without_a_selection(
    table: DocumentTable, model: LibraryModel
) -> None:
    table.select_ids(ids(1, begin=500))
    kept = table.standing()

    model.show_ids(ids(1000, begin=100))
    table.stand(Standing())
    assert table.selected_ids() == []
    assert table.verticalScrollBar().value() == 0

    table.stand(kept)
    assert table.selected_ids() == ids(1, begin=500)


def test_both_looks_show_the_same_selection(table: DocumentTable) -> None:
    table.select_ids(ids(1, begin=700))

    table.set_mode(COLUMNS_MODE)

    assert table.columns.isVisible()
    assert table.rowHeight(700) == 34
    assert table.selected_ids() == ids(1, begin=700)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_columns_that_have_no_room_are_left_out_the_least_needed_first(table: DocumentTable) -> None:
    table.set_mode(COLUMNS_MODE)
    table.window().resize(1400, 600)
    assert not any(table.columns.isSectionHidden(at) for at in range(len(COLUMNS)))

    table.window().resize(620, 600)

    shown = [column.name for at, column in enumerate(COLUMNS) if not table.columns.isSectionHidden(at)]
    assert shown == ["title", "publisher", "date", "quotes"]


def test_widths_are_kept(table: DocumentTable, model: LibraryModel, settings: Settings) -> None:
    table.set_mode(COLUMNS_MODE)
    table.columns.resizeSection(1, 222)

    again = DocumentTable(model, settings)
    again.set_mode(COLUMNS_MODE)
    again.columns.fit(1400)

    assert settings.choice("library/width/publisher", "") == "222"
    assert again.columns.sectionSize(1) == 222
    again.deleteLater()


def test_the_menu_key_opens_the_menu_at_the_current_row(qtbot: QtBot, table: DocumentTable) -> None:
    table.select_ids(ids(1, begin=1))

    with qtbot.waitSignal(table.menu_wanted) as wanted:
        QApplication.sendEvent(
            table, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        )

    assert wanted.args is not None
    where = table.viewport().mapFromGlobal(wanted.args[0])
    assert table.indexAt(where).row() == 1


def test_renaming_stands_over_the_title_and_tells_what_is_typed(qtbot: QtBot, table: DocumentTable) -> None:
    table.rename(ids(2)[1])
    editor = table.title_editor
    assert editor.isVisible()
    assert abs(editor.geometry().center().y() - (132 + card_delegate.TITLE_TOP + 15)) <= 4

    QTest.keyClicks(editor.field, "New title")
    with qtbot.waitSignal(editor.kept) as kept:
        QTest.keyClick(editor.field, Qt.Key.Key_Return)

    assert kept.args == ["document-000001", "New title"]
    assert editor.isVisible()


def test_what_is_wrong_with_a_title_is_said_below_it(table: DocumentTable) -> None:
    table.rename(ids(1)[0])

    table.title_editor.refuse("A document needs a name; give it at least one letter.")

    assert table.title_editor.notice.isVisible()
    assert "needs a name" in table.title_editor.notice.text()
    QTest.keyClick(table.title_editor.field, Qt.Key.Key_Escape)
    assert not table.title_editor.isVisible()
    assert table.hasFocus()


def test_leaving_keeps_a_title_and_forgets_an_empty_one(qtbot: QtBot, table: DocumentTable) -> None:
    kept: list[tuple[str, str]] = []
    table.title_editor.kept.connect(lambda *told: kept.append(told))
    table.rename(ids(1)[0])
    QTest.keyClicks(table.title_editor.field, "Kept")
    table.setFocus(Qt.FocusReason.MouseFocusReason)
    assert kept == [("document-000000", "Kept")]

    table.title_editor.dismiss()
    table.rename(ids(1)[0])
    table.title_editor.field.clear()
    table.setFocus(Qt.FocusReason.MouseFocusReason)

    assert len(kept) == 1
    qtbot.waitUntil(lambda: not table.title_editor.isVisible())


def test_whoever_has_gone_elsewhere_stays_there_when_the_title_is_kept(
    table: DocumentTable, show: Show
) -> None:
    elsewhere, both = QLineEdit(), QWidget()
    both.setLayout(column(elsewhere, table))
    show(both)
    table.rename(ids(1)[0])
    QTest.keyClicks(table.title_editor.field, "Kept")

    elsewhere.setFocus(Qt.FocusReason.MouseFocusReason)
    table.title_editor.dismiss()

    assert elsewhere.hasFocus()


def test_renaming_ends_where_its_document_goes_away(table: DocumentTable, model: LibraryModel) -> None:
    table.rename(ids(1)[0])

    model.show_ids(ids(10, begin=1))

    assert not table.title_editor.isVisible()


def test_an_unchanged_title_is_not_told(table: DocumentTable) -> None:
    kept: list[object] = []
    table.title_editor.kept.connect(lambda *told: kept.append(told))
    table.rename(ids(1)[0])

    QTest.keyClick(table.title_editor.field, Qt.Key.Key_Return)

    assert kept == []
    assert not table.title_editor.isVisible()


def test_keys_of_the_list_do_nothing_while_a_title_is_typed(table: DocumentTable) -> None:
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.rename(ids(1)[0])

    QTest.keyClick(table.title_editor.field, Qt.Key.Key_Down)
    QTest.keyClick(table.title_editor.field, Qt.Key.Key_Space)

    assert opened == []
    assert table.title_editor.field.text() == " "


def _pixels(table: DocumentTable, rect: QRect) -> set[str]:
    image = table.viewport().grab(rect).toImage()
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("mode", [CARDS, COLUMNS_MODE])
@pytest.mark.parametrize("towards", list(Qt.LayoutDirection)[:2])
def test_the_bar_of_the_selection_stands_where_reading_begins(
    table: DocumentTable, mode: str, towards: Qt.LayoutDirection, theme: Theme
) -> None:
    table.setLayoutDirection(towards)
    table.set_mode(mode)
    table.select_ids(ids(1))
    row = QRect(0, 1, table.viewport().width(), 20)
    start, end = QRect(0, 5, 3, 20), QRect(row.width() - 3, 5, 3, 20)
    if towards is Qt.LayoutDirection.RightToLeft:
        start, end = end, start

    assert _pixels(table, start) == {theme.color("accent").name()}
    assert _pixels(table, end) == {theme.color("row").name()}


@pytest.mark.parametrize("mode", [CARDS, COLUMNS_MODE])
def test_a_row_on_its_way_shows_quiet_bars(
    qtbot: QtBot, settings: Settings, show: Show, theme: Theme, mode: str
) -> None:
    made = DocumentTable(LibraryModel(), settings)
    show(made)
    made.set_mode(mode)
    made.model().show_ids(ids(5))  # type: ignore[attr-defined]  # it is the model that was given
    qtbot.waitUntil(lambda: made.rowAt(2) == 0)

    seen = _pixels(made, made.visualRect(made.model().index(0, 0)))

    assert theme.color("inset").name() in seen
    assert theme.color("text").name() not in seen
