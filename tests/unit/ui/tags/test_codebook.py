"""The page of the codebook in use."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.tag import Tag
from archivist.services.browsing import counts
from archivist.services.organising import delete_tag, save_tag
from archivist.ui.places import QuotesPlace, TagsPlace
from archivist.ui.session import Session
from archivist.ui.tags.picker import Picker
from archivist.ui.tags.presenter import TagsPresenter
from archivist.ui.tags.view import TagsView
from tests.unit.ui.conftest import Seen
from tests.unit.ui.tags.dragging import drop

Show = Callable[[TagsView], TagsView]
Ask = Callable[[Callable[[Archive], Any]], Any]


@pytest.fixture
def page(qtbot: QtBot, session: Session, show: Show) -> TagsPresenter:
    made = TagsPresenter(session)
    show(made.view)
    made.show(TagsPlace())
    qtbot.waitUntil(lambda: bool(made.view.list.tag_model.rows))
    return made


def tag(ask: Ask, name: str) -> Tag:
    tags: tuple[Tag, ...] = ask(counts).tags
    return next(one for one in tags if one.name == name)


def names(page: TagsPresenter) -> list[str]:
    return [row.tag.name for row in page.view.list.tag_model.rows]


def choose(page: TagsPresenter, ask: Ask, name: str) -> Tag:
    one = tag(ask, name)
    page.view.choose(one.id)
    return one


def depth(page: TagsPresenter, name: str) -> int:
    return next((row.depth for row in page.view.list.tag_model.rows if row.tag.name == name), -1)


def picker(page: TagsPresenter) -> Picker:
    found = page.view.window().findChildren(Picker)[-1]
    assert isinstance(found, Picker)
    return found


def test_it_shows_every_tag_with_what_it_means(page: TagsPresenter) -> None:
    model = page.view.list.tag_model
    said = [model.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())]

    assert len(said) == 9
    assert "statute, 2, The law of the country itself, as a measure for what was done." in said


def test_a_new_tag_is_made_and_the_field_waits_for_the_next(qtbot: QtBot, page: TagsPresenter) -> None:
    QTest.keyClicks(page.view.new, "torture")

    QTest.keyClick(page.view.new, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.view.pane.name.text() == "torture")
    assert page.view.new.text() == ""
    assert "torture" in names(page)


def test_a_name_that_is_taken_is_explained_above_the_list(qtbot: QtBot, page: TagsPresenter) -> None:
    QTest.keyClicks(page.view.new, "statute")

    QTest.keyClick(page.view.new, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "already" in page.view.notice.text())
    assert page.view.new.text() == "statute"


def test_a_definition_is_kept_on_leaving(qtbot: QtBot, page: TagsPresenter, ask: Ask) -> None:
    choose(page, ask, "statute")
    page.view.pane.definition.setFocus()
    page.view.pane.definition.setPlainText("Laws only.")

    page.view.list.setFocus()

    qtbot.waitUntil(lambda: tag(ask, "statute").definition == "Laws only.")


def test_escape_takes_back_what_was_typed(page: TagsPresenter, ask: Ask) -> None:
    before = choose(page, ask, "statute").definition
    page.view.pane.definition.setPlainText("never")

    QTest.keyClick(page.view.pane.definition, Qt.Key.Key_Escape)

    assert page.view.pane.definition.toPlainText() == before


def test_going_to_another_tag_keeps_what_was_typed_for_the_first(
    qtbot: QtBot, page: TagsPresenter, ask: Ask
) -> None:
    choose(page, ask, "statute")
    page.view.pane.definition.setFocus()
    page.view.pane.definition.setPlainText("Laws only.")

    other = choose(page, ask, "fair trial")

    qtbot.waitUntil(lambda: tag(ask, "statute").definition == "Laws only.")
    assert tag(ask, "fair trial").definition == other.definition


def test_what_is_being_typed_outlives_a_refresh(
    qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask
) -> None:
    choose(page, ask, "statute")
    page.view.pane.definition.setFocus()
    page.view.pane.definition.setPlainText("half a sen")

    session.tasks.write(lambda archive: delete_tag(archive, archive.tags.by_name("fair trial")))  # type: ignore[arg-type]  # it is there

    qtbot.waitUntil(lambda: "fair trial" not in names(page))
    assert page.view.pane.definition.toPlainText() == "half a sen"


def test_closing_the_archive_keeps_what_is_being_typed(qtbot: QtBot, page: TagsPresenter, ask: Ask) -> None:
    choose(page, ask, "statute")
    page.view.pane.definition.setPlainText("Laws only.")

    page.keep_drafts()

    qtbot.waitUntil(lambda: tag(ask, "statute").definition == "Laws only.")


def test_colour_and_name_are_changed_in_the_pane(qtbot: QtBot, page: TagsPresenter, ask: Ask) -> None:
    choose(page, ask, "statute")

    page.view.pane.hues.chosen.emit("violet")
    page.view.pane.name.setText("the law")
    QTest.keyClick(page.view.pane.name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "the law" in names(page))
    assert tag(ask, "the law").colour == "violet"
    assert page.view.pane.hues.hue() == "violet"


def test_a_name_that_another_has_goes_back(qtbot: QtBot, page: TagsPresenter, ask: Ask) -> None:
    choose(page, ask, "statute")
    page.view.pane.name.setText("fair trial")

    QTest.keyClick(page.view.pane.name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "already" in page.view.pane.notice.text())
    assert page.view.pane.name.text() == "statute"


def test_f2_goes_to_the_name(page: TagsPresenter, ask: Ask) -> None:
    choose(page, ask, "statute")
    page.view.list.setFocus()

    QTest.keyClick(page.view.list, Qt.Key.Key_F2)

    assert page.view.pane.name.hasFocus()
    assert page.view.pane.name.selectedText() == "statute"


def test_enter_shows_the_quotes(page: TagsPresenter, ask: Ask, seen: Seen) -> None:
    statute = choose(page, ask, "statute")

    QTest.keyClick(page.view.list, Qt.Key.Key_Return)
    page.view.pane.quotes.click()

    assert seen.places == [QuotesPlace(statute.id)] * 2


def test_merging_says_first_what_will_happen(
    qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask, seen: Seen
) -> None:
    choose(page, ask, "statute")
    session.actions.get("tag.merge").trigger()
    asked = picker(page)
    QTest.keyClicks(asked.field, "fair")
    assert asked.words.text() == (
        "2 quotes get “\u2068fair trial\u2069” instead; "
        "“\u2068statute\u2069” goes to the bin. Ctrl+Z takes it back."
    )

    asked.button.click()

    qtbot.waitUntil(lambda: "statute" not in names(page))
    assert "is merged into" in seen.sentences[-1]


def test_enter_alone_merges_nothing(page: TagsPresenter, session: Session, ask: Ask) -> None:
    choose(page, ask, "statute")
    session.actions.get("tag.merge").trigger()

    QTest.keyClick(picker(page).field, Qt.Key.Key_Return)

    assert picker(page).isVisible()
    assert tag(ask, "statute").quotes == 2


def test_a_picker_says_when_nothing_has_these_letters(
    page: TagsPresenter, session: Session, ask: Ask
) -> None:
    choose(page, ask, "statute")
    session.actions.get("tag.merge").trigger()

    QTest.keyClicks(picker(page).field, "zebra")

    assert picker(page).words.text() == "Nothing has these letters in its name."
    assert not picker(page).button.isEnabled()


def test_a_tag_is_nested_and_comes_back_to_the_top(
    qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask
) -> None:
    choose(page, ask, "statute")
    session.actions.get("tag.move").trigger()
    QTest.keyClicks(picker(page).field, "fair")
    assert "move under" in picker(page).words.text()

    QTest.keyClick(picker(page).field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: depth(page, "statute") == 1)
    assert "fair trial" in page.view.pane.parent_words.text()
    session.actions.get("tag.top").trigger()
    qtbot.waitUntil(lambda: depth(page, "statute") == 0)


def nested(qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask) -> None:
    child, parent = tag(ask, "statute"), tag(ask, "fair trial")
    session.tasks.write(lambda archive: save_tag(archive, replace(child, parent_id=parent.id)))
    qtbot.waitUntil(lambda: depth(page, "statute") == 1)


def test_keys_close_and_open(qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask) -> None:
    nested(qtbot, page, session, ask)
    choose(page, ask, "statute")
    page.view.list.setFocus()

    QTest.keyClick(page.view.list, Qt.Key.Key_Left)
    QTest.keyClick(page.view.list, Qt.Key.Key_Left)
    assert depth(page, "statute") == -1

    QTest.keyClick(page.view.list, Qt.Key.Key_Right)
    QTest.keyClick(page.view.list, Qt.Key.Key_Right)
    assert page.view.pane.name.text() == "statute"


def test_a_tag_dropped_below_the_last_goes_to_the_top(
    qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask
) -> None:
    nested(qtbot, page, session, ask)
    viewport = page.view.list.viewport()

    assert drop(viewport, tag(ask, "statute").id, QPoint(60, viewport.height() - 20))

    qtbot.waitUntil(lambda: depth(page, "statute") == 0)


def test_deleted_tags_are_shown_and_restored(
    qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask, seen: Seen
) -> None:
    statute = choose(page, ask, "statute")
    page.view.list.setFocus()
    assert page.view.deleted.isHidden()
    QTest.keyClick(page.view.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "statute" not in names(page))

    page.view.deleted.click()
    page.view.choose(statute.id)
    assert page.view.deleted.text() == "1 deleted"
    assert "in the bin" in page.view.pane.bin_notice.text()
    assert not session.actions.get("tag.delete").isEnabled()
    session.actions.get("tag.restore").trigger()

    qtbot.waitUntil(page.view.deleted.isHidden)
    assert tag(ask, "statute").quotes == 2
    assert "is back" in seen.sentences[-1]


def test_a_restore_that_is_not_possible_is_explained(
    qtbot: QtBot, page: TagsPresenter, session: Session, ask: Ask
) -> None:
    statute = choose(page, ask, "statute")
    session.actions.get("tag.delete").trigger()
    qtbot.waitUntil(lambda: "statute" not in names(page))
    page.deeds.add("statute")
    qtbot.waitUntil(lambda: "statute" in names(page))
    page.view.deleted.click()
    page.view.choose(statute.id)

    session.actions.get("tag.restore").trigger()

    qtbot.waitUntil(lambda: "already" in page.view.pane.notice.text())


def test_the_deeds_are_there_while_the_page_is(page: TagsPresenter, session: Session, ask: Ask) -> None:
    choose(page, ask, "statute")
    assert session.actions.get("tag.merge").isEnabled()

    page.view.hide()

    assert not session.actions.get("tag.merge").isEnabled()


def test_a_hidden_page_refreshes_when_it_comes_back(qtbot: QtBot, page: TagsPresenter, ask: Ask) -> None:
    page.view.hide()
    page.deeds.add("torture")
    qtbot.waitUntil(lambda: any(one.name == "torture" for one in ask(counts).tags))
    assert "torture" not in names(page)

    page.view.show()

    qtbot.waitUntil(lambda: "torture" in names(page))


def test_the_menu_offers_what_can_be_done(page: TagsPresenter, ask: Ask) -> None:
    choose(page, ask, "statute")

    page.view.list.menu_wanted.emit(QPoint(0, 0))

    menu = page.view.findChildren(QMenu, "codebook_menu")[-1]
    offered = {action.objectName() for action in menu.actions() if not action.isSeparator()}
    assert offered == {"tag.quotes", "tag.rename", "tag.move", "tag.merge", "tag.delete"}


def test_finding_nothing_says_so(page: TagsPresenter) -> None:
    page.view.filter.setText("zebra")

    assert "No tag has these letters" in page.view._empty.words()  # noqa: SLF001 - what is seen
    assert names(page) == []


def test_an_empty_codebook_says_what_to_do(qtbot: QtBot, empty_session: Session, show: Show) -> None:
    made = TagsPresenter(empty_session)
    show(made.view)
    made.show(TagsPlace())

    qtbot.waitUntil(lambda: "Type a name" in made.view._empty.words())  # noqa: SLF001 - what is seen
