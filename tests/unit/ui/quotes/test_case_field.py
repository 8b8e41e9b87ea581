"""The cases of a passage and what it does for them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QWidget

from archivist.model.case import Case
from archivist.model.ids import CaseId
from archivist.model.quote import Role
from archivist.ui.quotes.case_field import CaseField
from archivist.ui.theme import Theme

KNOWN = [
    Case(CaseId("a"), "Yasmira Tolenne", aliases=("ياسميرا تولين",), quotes=4),
    Case(CaseId("b"), "Teodan Marrek", quotes=9),
]


@pytest.fixture
def field(theme: Theme, show: Callable[[QWidget], QWidget]) -> CaseField:  # noqa: ARG001 - dresses the app
    made = CaseField()
    made.offer(KNOWN)
    show(made)
    made.focus_last()
    return made


def _types(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus
    if words.isascii():
        QTest.keyClicks(focus, words)
    elif isinstance(focus, QLineEdit):  # QTest knows keys of ASCII only
        focus.insert(words)
        focus.textEdited.emit(focus.text())


def _presses(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus
    QTest.keyClick(focus, key, modifier)


def _more(field: CaseField) -> QPushButton:
    found = field.findChild(QPushButton, "case_more")
    assert isinstance(found, QPushButton)
    return found


def test_a_case_is_found_by_any_of_its_names_and_supported_at_first(field: CaseField) -> None:
    _types("تولين")
    _presses(Qt.Key.Key_Return)

    assert field.cases() == ((CaseId("a"), "Yasmira Tolenne", Role.SUPPORTS),)


def test_arrow_down_shows_all_the_most_used_first(field: CaseField) -> None:
    _presses(Qt.Key.Key_Down)
    _presses(Qt.Key.Key_Return)

    assert field.cases()[0][1] == "Teodan Marrek"


def test_the_role_is_chosen_beside_it(field: CaseField) -> None:
    field.set_cases([(CaseId("b"), "Teodan Marrek", Role.SUPPORTS)])
    contradicts = next(
        one for one in field.findChildren(QPushButton) if one.text() == "Contradicts" and one.isVisible()
    )

    contradicts.click()

    assert field.cases() == ((CaseId("b"), "Teodan Marrek", Role.CONTRADICTS),)


def test_an_unknown_name_is_a_new_case(field: CaseField) -> None:
    _types("The tea stall")
    _presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert field.cases() == ((None, "The tea stall", Role.SUPPORTS),)


def test_a_name_that_is_typed_and_left_is_taken_when_it_is_asked_for(field: CaseField) -> None:
    _types("teodan marrek")

    field.take_pending()

    assert field.cases() == ((CaseId("b"), "Teodan Marrek", Role.SUPPORTS),)


def test_another_case_gets_a_line_of_its_own(field: CaseField) -> None:
    assert not _more(field).isVisible()
    _types("teo")
    _presses(Qt.Key.Key_Return)

    _more(field).click()
    _types("yas")
    _presses(Qt.Key.Key_Return)

    assert [name for _, name, _ in field.cases()] == ["Teodan Marrek", "Yasmira Tolenne"]


def test_typing_over_a_case_takes_it_out(field: CaseField) -> None:
    field.set_cases([(CaseId("b"), "Teodan Marrek", Role.CONTEXT)])
    field.focus_last()

    _types("x")

    assert field.cases() == ()


def test_a_case_is_taken_out_by_its_cross(field: CaseField) -> None:
    field.set_cases(
        [(CaseId("a"), "Yasmira Tolenne", Role.CONTEXT), (CaseId("b"), "Teodan Marrek", Role.CONTEXT)]
    )
    name = "Take out of this case"
    crosses = [
        one for one in field.findChildren(QToolButton) if one.accessibleName() == name and one.isVisible()
    ]

    QTest.mouseClick(crosses[0], Qt.MouseButton.LeftButton)

    assert [name for _, name, _ in field.cases()] == ["Teodan Marrek"]


def test_escape_closes_the_suggestions_first_and_control_enter_finishes(field: CaseField) -> None:
    finished: list[None] = []
    field.finished.connect(lambda: finished.append(None))
    _types("teo")
    _presses(Qt.Key.Key_Escape)
    assert field.cases() == ()

    _presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert finished == []
    _presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert finished == [None]
