"""The line of tags: suggestions, new tags, and taking them off, by keyboard and mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.ui.theme import Theme
from archivist.ui.widgets.suggestions import Suggestion, ranked
from archivist.ui.widgets.tag_field import TagField

CONTROL = Qt.KeyboardModifier.ControlModifier
KNOWN = [
    Tag(TagId("a"), "ill-treatment", quotes=3),
    Tag(TagId("b"), "fair trial", quotes=9),
    Tag(TagId("c"), "trial closed", quotes=2),
    Tag(TagId("d"), "gone", quotes=5, deleted=True),
]


@pytest.fixture
def field(theme: Theme, show: Callable[[QWidget], QWidget]) -> TagField:  # noqa: ARG001 - dresses the app
    made = TagField("Tags")
    made.offer(KNOWN)
    show(made)
    made.entry.setFocus()
    return made


def _types(field: TagField, words: str) -> None:
    QTest.keyClicks(field.entry, words)


def _presses(
    field: TagField, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(field.entry, key, modifier)


def test_names_that_begin_so_come_first_then_those_that_hold_it() -> None:
    known = [
        Suggestion(name, name, count=count) for name, count in (("fair trial", 9), ("trial", 1), ("x", 4))
    ]

    assert [one.name for one in ranked(known, "Tri")] == ["trial", "fair trial"]


def test_what_is_suggested_has_its_number_and_a_new_tag_is_last(field: TagField) -> None:
    _types(field, "trial")

    offered = field.suggestions.suggestions()
    assert [(one.name, one.count) for one in offered[:2]] == [("trial closed", 2), ("fair trial", 9)]
    assert offered[-1].is_new
    assert "trial" in offered[-1].name


def test_deleted_tags_are_not_suggested(field: TagField) -> None:
    _types(field, "gone")

    assert [one.is_new for one in field.suggestions.suggestions()] == [True]


def test_arrows_and_enter_pick(field: TagField) -> None:
    _types(field, "trial")
    _presses(field, Qt.Key.Key_Down)
    _presses(field, Qt.Key.Key_Return)

    assert field.tags() == ("fair trial",)
    assert field.entry.text() == ""
    assert field.suggestions.isHidden()


def test_arrow_down_in_an_empty_line_shows_all_the_most_used_first(field: TagField) -> None:
    _presses(field, Qt.Key.Key_Down)

    assert [one.name for one in field.suggestions.suggestions()] == [
        "fair trial",
        "ill-treatment",
        "trial closed",
    ]


def test_control_enter_makes_a_new_one_even_if_others_fit(field: TagField) -> None:
    _types(field, "trial")
    _presses(field, Qt.Key.Key_Return, CONTROL)

    assert field.tags() == ("trial",)


def test_control_enter_in_an_empty_line_finishes(field: TagField, qtbot: object) -> None:
    finished: list[None] = []
    field.finished.connect(lambda: finished.append(None))

    _presses(field, Qt.Key.Key_Return, CONTROL)

    assert finished == [None]
    del qtbot


def test_a_known_name_in_any_case_is_the_known_tag(field: TagField) -> None:
    _types(field, "Fair Trial,")

    assert field.tags() == ("fair trial",)


def test_what_is_typed_and_left_is_taken_when_it_is_asked_for(field: TagField) -> None:
    _types(field, "  new   words ")

    field.take_pending()

    assert field.tags() == ("new words",)


def test_a_tag_is_there_once(field: TagField) -> None:
    field.set_tags(["fair trial"])
    _types(field, "fair trial")
    assert all(one.name != "fair trial" for one in field.suggestions.suggestions())

    _presses(field, Qt.Key.Key_Return, CONTROL)

    assert field.tags() == ("fair trial",)


def test_backspace_takes_the_last_one_off_only_when_nothing_is_typed(field: TagField) -> None:
    field.set_tags(["fair trial", "x"])
    _types(field, "a")
    _presses(field, Qt.Key.Key_Backspace)
    assert field.tags() == ("fair trial", "x")

    _presses(field, Qt.Key.Key_Backspace)

    assert field.tags() == ("fair trial",)


def test_a_pill_goes_by_click_and_by_key(field: TagField) -> None:
    field.set_tags(["fair trial", "x"])
    pills = {pill.accessibleName(): pill for pill in field.box.findChildren(QAbstractButton)}

    QTest.mouseClick(pills["Remove tag fair trial"], Qt.MouseButton.LeftButton)
    assert field.tags() == ("x",)
    pills = {pill.accessibleName(): pill for pill in field.box.findChildren(QAbstractButton)}
    QTest.keyClick(pills["Remove tag x"], Qt.Key.Key_Delete)

    assert field.tags() == ()


def test_escape_closes_the_suggestions_first(field: TagField) -> None:
    _types(field, "tri")
    assert not field.suggestions.isHidden()

    _presses(field, Qt.Key.Key_Escape)

    assert field.suggestions.isHidden()
    assert field.entry.text() == "tri"


def test_many_tags_take_more_lines(field: TagField) -> None:
    height = field.box.height()

    field.set_tags([f"a tag with a long name {number}" for number in range(12)])

    assert field.box.height() > height
    assert field.entry.geometry().bottom() <= field.box.height()


def test_a_click_picks(field: TagField) -> None:
    _types(field, "ill")
    picked = field.suggestions.suggestions()[0]

    field.suggestions.picked.emit(picked)

    assert field.tags() == ("ill-treatment",)
    assert field.entry.hasFocus()
