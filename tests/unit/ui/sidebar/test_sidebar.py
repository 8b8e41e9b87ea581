"""The sidebar in use: going, naming, finding, nesting, deleting."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import Counts, Listing, Shelf
from archivist.model.case import Case
from archivist.model.ids import CaseId
from archivist.model.tag import Tag
from archivist.services.browsing import counts
from archivist.services.organising import add_tag, save_tag
from archivist.ui.places import CasePlace, LibraryPlace, QuotesPlace, TagsPlace
from archivist.ui.session import Session
from archivist.ui.sidebar.presenter import SidebarPresenter
from archivist.ui.sidebar.rows import case_key, tag_key
from archivist.ui.sidebar.view import SidebarView
from archivist.ui.tags.definition import DefinitionPopover
from archivist.ui.tags.picker import Picker
from tests.unit.ui.conftest import Seen
from tests.unit.ui.tags.dragging import drop

Show = Callable[[SidebarView], SidebarView]
Ask = Callable[[Callable[[Archive], Any]], Any]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sidebar(qtbot: QtBot, session: Session, show: Show) -> SidebarPresenter:
    made = SidebarPresenter(session)
    show(made.view)
    qtbot.waitUntil(lambda: bool(made.view.model.rows))
    made.view.list.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def tag(ask: Ask, name: str) -> Tag:
    tags: tuple[Tag, ...] = ask(counts).tags
    return next(one for one in tags if one.name == name)


def case(ask: Ask, name: str) -> Case:
    cases: tuple[Case, ...] = ask(counts).cases
    return next(one for one in cases if one.name == name)


def names(sidebar: SidebarPresenter) -> list[str]:
    return [row.name for row in sidebar.view.model.rows]


def press(sidebar: SidebarPresenter, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(sidebar.view.list, key)


def type_name(sidebar: SidebarPresenter, name: str) -> None:
    QTest.keyClicks(sidebar.view.name_field, name)
    QTest.keyClick(sidebar.view.name_field, Qt.Key.Key_Return)


def line(sidebar: SidebarPresenter, key: str) -> QRect:
    return sidebar.view.list.line_rect(key)


def click(sidebar: SidebarPresenter, key: str, at: QPoint | None = None) -> None:
    where = at or line(sidebar, key).center()
    QTest.mouseClick(sidebar.view.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, where)


# ---- going


def test_a_click_goes_to_a_shelf(sidebar: SidebarPresenter, seen: Seen) -> None:
    click(sidebar, "shelf:inbox")

    assert seen.places == [LibraryPlace(Listing(shelf=Shelf.INBOX))]


def test_arrows_move_and_enter_goes(sidebar: SidebarPresenter, seen: Seen, ask: Ask) -> None:
    sidebar.view.list.stand_at("shelf:trash")

    press(sidebar, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert seen.places == [CasePlace(case(ask, "Teodan Marrek").id)]


def test_a_tag_leads_to_its_quotes(sidebar: SidebarPresenter, seen: Seen, ask: Ask) -> None:
    statute = tag(ask, "statute")

    click(sidebar, tag_key(statute.id))

    assert seen.places == [QuotesPlace(statute.id)]


def test_the_mark_follows_the_places(sidebar: SidebarPresenter, ask: Ask) -> None:
    marek = case(ask, "Teodan Marrek")

    sidebar.mark(CasePlace(marek.id))

    selected = sidebar.view.list.selectionModel().selectedIndexes()
    assert [index.data() for index in selected] == ["Teodan Marrek"]


def test_a_place_that_is_named_before_the_counts_are_known_is_marked_later(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    made = SidebarPresenter(session)
    show(made.view)

    made.mark(LibraryPlace())

    qtbot.waitUntil(lambda: bool(made.view.list.selectionModel().selectedIndexes()))
    assert made.view.list.marked() == "shelf:all"


def test_the_codebook_is_one_press_away(sidebar: SidebarPresenter, seen: Seen) -> None:
    sidebar.view.codebook.click()

    assert seen.places == [TagsPlace()]


# ---- refreshing


def test_selection_scroll_and_what_is_closed_outlive_a_refresh(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    statute = tag(ask, "statute")
    sidebar.view.resize(246, 260)
    sidebar.view.list.stand_at(tag_key(statute.id))
    sidebar.mark(QuotesPlace(statute.id))
    sidebar.view.turn("head:cases")
    scrolled = sidebar.view.list.verticalScrollBar().value()

    session.tasks.write(lambda archive: add_tag(archive, "zz last"))

    qtbot.waitUntil(lambda: "zz last" in names(sidebar))
    row = sidebar.view.list.current_row()
    assert row
    assert row.key == tag_key(statute.id)
    assert sidebar.view.list.verticalScrollBar().value() == scrolled
    assert "Teodan Marrek" not in names(sidebar)


def test_closed_sections_are_remembered_and_nothing_else_is(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    sidebar.view.turn("head:tags")
    sidebar.view.turn(tag_key(tag(ask, "statute").id))

    assert session.settings.choice("sidebar/closed", "") == "tags"
    again = SidebarPresenter(session)
    qtbot.addWidget(again.view)
    qtbot.waitUntil(lambda: bool(again.view.model.rows))
    assert again.view.model.row("head:tags") == sidebar.view.model.row("head:tags")


# ---- names


def test_plus_makes_a_tag_inline(qtbot: QtBot, sidebar: SidebarPresenter) -> None:
    sidebar.view.plus["tags"].click()

    type_name(sidebar, "torture")

    qtbot.waitUntil(lambda: "torture" in names(sidebar))
    assert sidebar.view.name_field.isHidden()
    row = sidebar.view.list.current_row()
    qtbot.waitUntil(sidebar.view.list.hasFocus)
    assert row


def test_a_new_case_is_opened(qtbot: QtBot, sidebar: SidebarPresenter, seen: Seen, ask: Ask) -> None:
    sidebar.view.list.stand_at("shelf:all")
    press(sidebar, Qt.Key.Key_Insert)

    type_name(sidebar, "Lhashar relocations")

    qtbot.waitUntil(lambda: bool(seen.places))
    assert seen.places == [CasePlace(case(ask, "Lhashar relocations").id)]


def test_the_deed_makes_a_case_too(sidebar: SidebarPresenter, session: Session) -> None:
    session.actions.get("case.new").trigger()

    assert sidebar.view.name_field.hasFocus()
    assert sidebar.view.name_field.accessibleName() == "Name of the new case"


def test_a_hidden_sidebar_comes_back_to_take_a_name(sidebar: SidebarPresenter, session: Session) -> None:
    session.actions.add("window.sidebar", "Sidebar", lambda: sidebar.view.setVisible(True))
    sidebar.view.hide()

    session.actions.get("tag.new").trigger()

    assert sidebar.view.isVisible()
    assert sidebar.view.name_field.isVisible()


def test_escape_forgets_a_new_name(sidebar: SidebarPresenter) -> None:
    sidebar.view.begin("tags")
    QTest.keyClicks(sidebar.view.name_field, "never")

    QTest.keyClick(sidebar.view.name_field, Qt.Key.Key_Escape)

    assert sidebar.view.name_field.isHidden()
    assert all(row.kind != "new" for row in sidebar.view.model.rows)
    assert sidebar.view.list.hasFocus()


def test_a_name_that_is_taken_is_explained_at_the_foot(qtbot: QtBot, sidebar: SidebarPresenter) -> None:
    sidebar.view.begin("tags")

    type_name(sidebar, "statute")

    qtbot.waitUntil(lambda: "already" in sidebar.view.notice.text())
    assert sidebar.view.name_field.text() == "statute"
    assert sidebar.view.name_field.hasFocus()


def test_leaving_a_refused_name_does_not_insist(qtbot: QtBot, sidebar: SidebarPresenter) -> None:
    sidebar.view.begin("tags")
    type_name(sidebar, "statute")
    qtbot.waitUntil(lambda: "already" in sidebar.view.notice.text())

    sidebar.view.list.setFocus()

    assert sidebar.view.name_field.isHidden()


def test_what_is_wrong_goes_away_by_itself(qtbot: QtBot, sidebar: SidebarPresenter) -> None:
    sidebar.view._fading.setInterval(10)  # noqa: SLF001 - nine seconds are long for a test

    sidebar.view.tell("No.")

    qtbot.waitUntil(lambda: not sidebar.view.notice.text())


def test_f2_renames_in_place(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    sidebar.view.list.stand_at(tag_key(tag(ask, "statute").id))
    press(sidebar, Qt.Key.Key_F2)
    sidebar.view.name_field.clear()

    type_name(sidebar, "the law itself")

    qtbot.waitUntil(lambda: "the law itself" in names(sidebar))
    assert "statute" not in names(sidebar)


def test_leaving_the_field_keeps_a_name(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    marek = case(ask, "Teodan Marrek")
    row = sidebar.view.model.row(case_key(marek.id))
    assert row
    sidebar.view.rename(row)
    sidebar.view.name_field.setText("T. Marrek")

    sidebar.view.list.setFocus(Qt.FocusReason.MouseFocusReason)

    qtbot.waitUntil(lambda: "T. Marrek" in names(sidebar))
    assert ask(counts).cases[0].aliases == marek.aliases


# ---- finding


def many(known: Counts) -> Counts:
    cases = tuple(Case(CaseId(f"c{at}"), f"Case {at}", quotes=at) for at in range(2000))
    return replace(known, cases=cases)


def test_one_of_two_thousand_cases_is_found(sidebar: SidebarPresenter, ask: Ask, seen: Seen) -> None:
    sidebar.view.show_counts(many(ask(counts)))
    field = sidebar.view.filters["cases"]
    assert field.isVisible()

    QTest.keyClicks(field, "case 1999")
    QTest.keyClick(field, Qt.Key.Key_Return)
    press(sidebar, Qt.Key.Key_Return)

    assert seen.places == [CasePlace(CaseId("c1999"))]


def test_escape_shows_all_again(sidebar: SidebarPresenter, ask: Ask) -> None:
    sidebar.view.show_counts(many(ask(counts)))
    field = sidebar.view.filters["cases"]
    QTest.keyClicks(field, "1999")

    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert "Case 0" in names(sidebar)
    assert sidebar.view.list.hasFocus()


# ---- the tree


def nest(qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask) -> tuple[Tag, Tag]:
    """“statute” under “fair trial”."""
    child, parent = tag(ask, "statute"), tag(ask, "fair trial")
    session.tasks.write(lambda archive: save_tag(archive, replace(child, parent_id=parent.id)))
    qtbot.waitUntil(lambda: depth(sidebar, child) == 1)
    return child, parent


def depth(sidebar: SidebarPresenter, one: Tag) -> int:
    row = sidebar.view.model.row(tag_key(one.id))
    return row.depth if row else -1


def test_left_and_right_close_and_open(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    child, parent = nest(qtbot, sidebar, session, ask)
    sidebar.view.list.stand_at(tag_key(child.id))

    press(sidebar, Qt.Key.Key_Left, Qt.Key.Key_Left)

    assert depth(sidebar, child) == -1
    press(sidebar, Qt.Key.Key_Right, Qt.Key.Key_Right)
    row = sidebar.view.list.current_row()
    assert row
    assert (row.thing, depth(sidebar, parent)) == (replace(child, parent_id=parent.id), 0)


def test_in_a_mirrored_window_left_opens(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    child, parent = nest(qtbot, sidebar, session, ask)
    sidebar.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    sidebar.view.list.stand_at(tag_key(parent.id))

    press(sidebar, Qt.Key.Key_Right)
    assert depth(sidebar, child) == -1
    press(sidebar, Qt.Key.Key_Left)
    assert depth(sidebar, child) == 1


def test_the_mark_opens_what_it_stands_in(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    child, parent = nest(qtbot, sidebar, session, ask)
    sidebar.view.turn(tag_key(parent.id))
    sidebar.view.turn("head:tags")

    sidebar.mark(QuotesPlace(child.id))

    assert depth(sidebar, child) == 1


def test_the_caret_closes_without_going(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask, seen: Seen
) -> None:
    child, parent = nest(qtbot, sidebar, session, ask)
    box = line(sidebar, tag_key(parent.id))

    click(sidebar, tag_key(parent.id), QPoint(box.x() + 10, box.center().y()))

    assert depth(sidebar, child) == -1
    assert seen.places == []


def drop_on(sidebar: SidebarPresenter, one: Tag, key: str) -> bool:
    """Whether it was taken."""
    return drop(sidebar.view.list.viewport(), one.id, line(sidebar, key).center())


def test_a_tag_dropped_on_another_stands_under_it(
    qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask, seen: Seen
) -> None:
    child, parent = tag(ask, "statute"), tag(ask, "fair trial")

    assert drop_on(sidebar, child, tag_key(parent.id))

    qtbot.waitUntil(lambda: depth(sidebar, child) == 1)
    assert "stands under" in seen.sentences[-1]


def test_a_tag_dropped_on_the_head_goes_to_the_top(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    child, _ = nest(qtbot, sidebar, session, ask)

    assert drop_on(sidebar, child, "head:tags")

    qtbot.waitUntil(lambda: depth(sidebar, child) == 0)


def test_a_tag_is_not_dropped_on_itself_or_on_a_case(sidebar: SidebarPresenter, ask: Ask) -> None:
    statute, marek = tag(ask, "statute"), case(ask, "Teodan Marrek")

    assert not drop_on(sidebar, statute, tag_key(statute.id))
    assert not drop_on(sidebar, statute, case_key(marek.id))


def test_a_circle_is_refused_in_words(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    child, parent = nest(qtbot, sidebar, session, ask)

    drop_on(sidebar, parent, tag_key(child.id))

    qtbot.waitUntil(lambda: "stands below it" in sidebar.view.notice.text())


# ---- deeds


def test_delete_says_how_to_get_it_back(
    qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask, seen: Seen
) -> None:
    sidebar.view.list.stand_at(tag_key(tag(ask, "statute").id))

    press(sidebar, Qt.Key.Key_Delete)

    qtbot.waitUntil(lambda: "statute" not in names(sidebar))
    assert "is in the bin. Ctrl+Z brings it back." in seen.sentences[-1]


def test_a_case_is_deleted_too(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    sidebar.view.list.stand_at(case_key(case(ask, "Teodan Marrek").id))

    press(sidebar, Qt.Key.Key_Delete)

    qtbot.waitUntil(lambda: "Teodan Marrek" not in names(sidebar))


def menu_of(sidebar: SidebarPresenter, key: str) -> dict[str, QAction]:
    row = sidebar.view.model.row(key)
    assert row
    sidebar.view.list.menu_wanted.emit(row, QPoint(0, 0))
    menu = sidebar.view.findChildren(QMenu, "sidebar_menu")[-1]
    found = {action.objectName(): action for action in menu.actions() if not action.isSeparator()}
    colours = menu.findChild(QMenu, "colours")
    if isinstance(colours, QMenu):
        found |= {action.objectName(): action for action in colours.actions()}
    return found


def test_the_menu_of_a_tag_has_all_that_can_be_done(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    child, parent = nest(qtbot, sidebar, session, ask)

    nested, top = menu_of(sidebar, tag_key(child.id)), menu_of(sidebar, tag_key(parent.id))

    assert {"open", "rename", "define", "under", "top", "merge", "delete", "hue.rose"} <= nested.keys()
    assert "top" not in top


def test_the_menu_of_a_case_leaves_out_what_is_for_tags(sidebar: SidebarPresenter, ask: Ask) -> None:
    menu = menu_of(sidebar, case_key(case(ask, "Teodan Marrek").id))

    assert {"open", "rename", "merge", "delete", "hue.rose"} <= menu.keys()
    assert not {"define", "under"} & menu.keys()


def test_the_menu_of_a_head_makes_a_new_one(sidebar: SidebarPresenter) -> None:
    menu_of(sidebar, "head:cases")["new"].trigger()

    assert sidebar.view.name_field.isVisible()


def test_colours_are_kept(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    statute, marek = tag(ask, "statute"), case(ask, "Teodan Marrek")

    menu_of(sidebar, tag_key(statute.id))["hue.violet"].trigger()
    menu_of(sidebar, case_key(marek.id))["hue.teal"].trigger()

    def hues() -> set[str]:
        return {
            row.hue
            for key in (tag_key(statute.id), case_key(marek.id))
            if (row := sidebar.view.model.row(key)) is not None
        }

    qtbot.waitUntil(lambda: hues() == {"violet", "teal"})


def picker(of: QWidget) -> Picker:
    found = of.window().findChildren(Picker)[-1]
    assert isinstance(found, Picker)
    return found


def test_merging_tags_says_first_what_will_happen(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    menu_of(sidebar, tag_key(tag(ask, "statute").id))["merge"].trigger()
    asked = picker(sidebar.view)
    assert not asked.button.isEnabled()

    QTest.keyClicks(asked.field, "fair tr")

    assert "2 quotes get “\u2068fair trial\u2069” instead" in asked.words.text()
    assert "goes to the bin" in asked.words.text()
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "statute" not in names(sidebar))
    assert tag(ask, "fair trial").quotes == 4


def test_merging_cases_keeps_the_other_name(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    menu_of(sidebar, case_key(case(ask, "Teodan Marrek").id))["merge"].trigger()
    asked = picker(sidebar.view)
    QTest.keyClicks(asked.field, "Yasmira")

    asked.button.click()

    qtbot.waitUntil(lambda: "Teodan Marrek" not in names(sidebar))
    assert "Teodan Marrek" in case(ask, "Yasmira Tolenne").aliases


def test_a_tag_is_moved_by_keys_alone(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    statute = tag(ask, "statute")
    menu_of(sidebar, tag_key(statute.id))["under"].trigger()
    asked = picker(sidebar.view)

    QTest.keyClick(asked.field, Qt.Key.Key_Down)
    QTest.keyClick(asked.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: depth(sidebar, statute) == 1)
    menu_of(sidebar, tag_key(statute.id))["top"].trigger()
    qtbot.waitUntil(lambda: depth(sidebar, statute) == 0)


def test_a_tag_is_not_offered_what_stands_below_it(
    qtbot: QtBot, sidebar: SidebarPresenter, session: Session, ask: Ask
) -> None:
    _, parent = nest(qtbot, sidebar, session, ask)

    menu_of(sidebar, tag_key(parent.id))["under"].trigger()

    model = picker(sidebar.view).list.model()
    offered = {model.index(at, 0).data() for at in range(model.rowCount())}
    assert not {"statute", "fair trial"} & offered
    assert "ill-treatment" in offered


def test_a_definition_is_written_beside_the_tag(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    menu_of(sidebar, tag_key(tag(ask, "statute").id))["define"].trigger()
    popover = sidebar.view.window().findChildren(DefinitionPopover)[-1]
    assert isinstance(popover, DefinitionPopover)
    popover.area.setPlainText("What the law says.")

    QTest.keyClick(popover.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: tag(ask, "statute").definition == "What the law says.")
    assert not sidebar.view.window().findChildren(DefinitionPopover)


def test_a_deed_on_what_is_gone_is_explained(qtbot: QtBot, sidebar: SidebarPresenter, ask: Ask) -> None:
    row = sidebar.view.model.row(tag_key(tag(ask, "statute").id))
    assert row
    sidebar.delete(row)
    qtbot.waitUntil(lambda: "statute" not in names(sidebar))

    sidebar.colour(row, "rose")

    qtbot.waitUntil(lambda: bool(sidebar.view.notice.text()))


def test_an_empty_archive_says_what_to_do(qtbot: QtBot, empty_session: Session, show: Show) -> None:
    made = SidebarPresenter(empty_session)
    show(made.view)

    qtbot.waitUntil(lambda: "No case yet: + makes one." in names(made))
    assert "No tag yet: + makes one." in names(made)


def test_every_line_and_button_has_a_name(sidebar: SidebarPresenter) -> None:
    model = sidebar.view.model
    said = [model.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())]

    assert all(said)
    assert sidebar.view.plus["cases"].accessibleName() == "New case"
    assert sidebar.view.list.accessibleName()
