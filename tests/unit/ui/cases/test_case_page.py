"""The page of a case in use."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import CasePage
from archivist.model.case import Case
from archivist.model.errors import NotDone
from archivist.model.ids import CaseId, QuoteId
from archivist.model.quote import Role
from archivist.services.browsing import case_page, counts
from archivist.services.organising import add_case, delete_case, save_case
from archivist.services.undoing import undo
from archivist.ui.cases import deeds
from archivist.ui.cases.presenter import CasePresenter
from archivist.ui.cases.quote_shape import handle_rect, more_rect
from archivist.ui.cases.view import CaseView
from archivist.ui.places import CasePlace, DocumentPlace
from archivist.ui.session import Session
from archivist.ui.tags.picker import Picker
from tests.unit.ui.conftest import Seen

Show = Callable[[CaseView], CaseView]
Ask = Callable[[Callable[[Archive], Any]], Any]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def case(ask: Ask, name: str) -> Case:
    cases: tuple[Case, ...] = ask(counts).cases
    return next(one for one in cases if one.name == name)


@pytest.fixture
def marek(ask: Ask) -> Case:
    return case(ask, "Teodan Marrek")


@pytest.fixture
def page(qtbot: QtBot, session: Session, show: Show, marek: Case) -> CasePresenter:
    made = CasePresenter(session)
    show(made.view)
    made.show(CasePlace(marek.id))
    qtbot.waitUntil(lambda: bool(made.view.lines))
    made.view.quotes.setFocus()
    return made


def kept(ask: Ask, case_id: CaseId) -> CasePage:
    page: CasePage = ask(lambda archive: case_page(archive, case_id))
    return page


def order(ask: Ask, case_id: CaseId) -> list[QuoteId]:
    return [row.quote.id for row in kept(ask, case_id).quotes]


def shown(page: CasePresenter) -> list[QuoteId]:
    return page.view.quotes.quotes.ids


def numbers(page: CasePresenter) -> list[int]:
    return [line.number for line in page.view.quotes.quotes.lines]


def at(page: CasePresenter, row: int) -> QuoteId:
    """Stand on that line."""
    page.view.quotes.setCurrentIndex(page.view.quotes.quotes.index(row))
    return shown(page)[row]


def press(page: CasePresenter, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(page.view.quotes, key, modifiers)


def open_tab(page: CasePresenter, name: str) -> None:
    tab = page.view.header.findChild(QPushButton, f"tab_{name}")
    assert isinstance(tab, QPushButton)
    tab.click()


# ---- what it shows


def test_the_head_tells_who_and_how_much(page: CasePresenter) -> None:
    head = page.view.header

    assert head.name.text() == "Teodan Marrek"
    assert head.facts.text() == "13 quotes from 9 documents"
    assert "تيودان ماريك" in head.names.accessibleName()


def test_quotes_are_spoken_with_all_that_is_said_of_them(page: CasePresenter) -> None:
    said = page.view.quotes.quotes.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said.startswith("1. Supports. “He was made to stand")
    assert "p. 2" in said
    assert "Note: Witness H-5." in said
    assert "Tags: ill-treatment" in said


def test_words_stand_in_the_marks_of_their_direction(page: CasePresenter) -> None:
    words = page.view.quotes.quotes.lines[2].words

    assert (words[0], words[-1]) == ("«", "»")


def test_chips_narrow_to_a_role(page: CasePresenter) -> None:
    assert page.view.chips[Role.CONTRADICTS].text() == "Contradicts 1"

    page.view.chips[Role.CONTRADICTS].click()

    assert numbers(page) == [4]
    page.view.chips[None].click()
    assert len(numbers(page)) == 13


def test_a_role_without_quotes_says_so(qtbot: QtBot, page: CasePresenter) -> None:
    page.view.chips[Role.CONTRADICTS].click()
    at(page, 0)

    press(page, Qt.Key.Key_S)

    qtbot.waitUntil(lambda: shown(page) == [])
    assert page.view.quotes._sentence == "No quote of this case contradicts it."  # noqa: SLF001 - what is painted


def test_documents_are_listed_with_their_quotes(page: CasePresenter, seen: Seen) -> None:
    open_tab(page, "documents")
    page.view.documents.setFocus()
    model = page.view.documents.sources
    page.view.documents.setCurrentIndex(model.index(3))

    QTest.keyClick(page.view.documents, Qt.Key.Key_Return)

    assert "3 quotes" in model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert seen.places == [DocumentPlace(model.lines[3].row.document.id)]


def test_the_tab_shows_the_documents(page: CasePresenter) -> None:
    open_tab(page, "documents")

    assert page.view.documents.isVisible()
    assert not page.view.quotes.isVisible()


def test_a_case_without_quotes_says_how_to_begin(
    qtbot: QtBot, page: CasePresenter, session: Session, ask: Ask
) -> None:
    session.tasks.write(lambda archive: add_case(archive, "Empty"))
    qtbot.waitUntil(lambda: any(one.name == "Empty" for one in ask(counts).cases))

    page.show(CasePlace(case(ask, "Empty").id))

    qtbot.waitUntil(lambda: page.view.header.name.text() == "Empty")
    assert "link the quote to this case with C" in page.view._empty.words()  # noqa: SLF001 - what is seen
    assert page.view._empty.isVisible()  # noqa: SLF001


def test_an_unknown_case_is_explained(qtbot: QtBot, page: CasePresenter) -> None:
    page.show(CasePlace(CaseId("nowhere")))

    qtbot.waitUntil(page.view._missing.isVisible)  # noqa: SLF001 - what is seen
    assert page.view.case is None


def test_a_quote_that_needs_review_says_so(page: CasePresenter) -> None:
    lines = list(page.view.quotes.quotes.lines)
    lines[0] = replace(lines[0], row=replace(lines[0].row, needs_review=True))

    page.view.quotes.show_lines(lines)

    index = page.view.quotes.quotes.index(0)
    assert "Needs review" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not where they were marked" in index.data(Qt.ItemDataRole.ToolTipRole)
    page.view.grab()  # it is painted without a fault


# ---- the order


def test_alt_down_moves_a_quote(qtbot: QtBot, page: CasePresenter, marek: Case, ask: Ask) -> None:
    first = at(page, 0)

    press(page, Qt.Key.Key_Down, ALT)
    press(page, Qt.Key.Key_Down, ALT)

    assert shown(page)[2] == first
    assert numbers(page)[:3] == [1, 2, 3]
    qtbot.waitUntil(lambda: order(ask, marek.id)[2] == first)
    assert page.view.quotes.current_id() == first


def test_alt_up_at_the_top_does_nothing(page: CasePresenter, session: Session) -> None:
    at(page, 0)

    assert not session.actions.get("case.move_up").isEnabled()
    assert session.actions.get("case.move_down").isEnabled()


def test_moving_among_some_keeps_the_others(qtbot: QtBot, page: CasePresenter, marek: Case, ask: Ask) -> None:
    before = order(ask, marek.id)
    page.view.chips[Role.CONTEXT].click()
    first, second = shown(page)[:2]
    at(page, 0)

    press(page, Qt.Key.Key_Down, ALT)

    qtbot.waitUntil(lambda: order(ask, marek.id) != before)
    after = order(ask, marek.id)
    assert after.index(first) == after.index(second) + 1
    assert [one for one in after if one != first] == [one for one in before if one != first]


def test_undo_brings_the_order_back(
    qtbot: QtBot, page: CasePresenter, marek: Case, session: Session, ask: Ask
) -> None:
    before = shown(page)
    at(page, 0)
    press(page, Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: order(ask, marek.id) != before)

    session.tasks.write(undo)

    qtbot.waitUntil(lambda: shown(page) == before)


def lift(page: CasePresenter, row: int, down: int) -> QPoint:
    """Take a quote by its handle and carry it so far; answers where the pointer is then."""
    quotes = page.view.quotes
    card = quotes.card_rect(quotes.quotes.index(row))
    grip = handle_rect(card, quotes.layoutDirection()).center()
    QTest.mousePress(quotes.viewport(), LEFT, NONE, grip)
    for step in range(1, 11):
        QTest.mouseMove(quotes.viewport(), grip + QPoint(0, down * step // 10))
    return grip + QPoint(0, down)


def test_a_quote_is_carried_by_its_handle(qtbot: QtBot, page: CasePresenter, marek: Case, ask: Ask) -> None:
    first = shown(page)[0]

    end = lift(page, 0, 190)

    assert page.view.quotes.lifting.carried == first
    assert numbers(page)[:2] == [2, 1]  # they change on drop
    QTest.mouseRelease(page.view.quotes.viewport(), LEFT, NONE, end)
    assert shown(page)[0] != first
    assert numbers(page) == list(range(1, 14))
    qtbot.waitUntil(lambda: order(ask, marek.id) == shown(page))


def test_escape_puts_it_back(page: CasePresenter, marek: Case, ask: Ask) -> None:
    before = shown(page)
    end = lift(page, 0, 190)

    press(page, Qt.Key.Key_Escape)
    QTest.mouseRelease(page.view.quotes.viewport(), LEFT, NONE, end)

    assert shown(page) == before
    assert page.view.quotes.lifting.carried is None
    assert order(ask, marek.id) == before


def test_pressing_elsewhere_carries_nothing(page: CasePresenter) -> None:
    quotes = page.view.quotes
    middle = quotes.card_rect(quotes.quotes.index(0)).center()

    QTest.mousePress(quotes.viewport(), LEFT, NONE, middle)
    QTest.mouseMove(quotes.viewport(), middle + QPoint(0, 150))
    QTest.mouseRelease(quotes.viewport(), LEFT, NONE, middle + QPoint(0, 150))

    assert quotes.lifting.carried is None


def test_an_order_that_is_not_kept_goes_back(
    qtbot: QtBot, page: CasePresenter, marek: Case, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise NotDone("The disk is full.")

    before = order(ask, marek.id)
    monkeypatch.setattr(deeds, "order_case", refuse)
    at(page, 0)

    press(page, Qt.Key.Key_Down, ALT)

    qtbot.waitUntil(lambda: page.view.notice.text() == "The disk is full.")
    qtbot.waitUntil(lambda: shown(page) == before)


# ---- roles


@pytest.mark.parametrize(
    ("key", "role"),
    [(Qt.Key.Key_X, Role.CONTRADICTS), (Qt.Key.Key_I, Role.CONTEXT), (Qt.Key.Key_S, Role.SUPPORTS)],
)
def test_a_key_sets_the_role(  # noqa: PLR0917 - what it needs
    qtbot: QtBot, page: CasePresenter, marek: Case, ask: Ask, key: Qt.Key, role: Role
) -> None:
    other = 0 if role is not Role.SUPPORTS else 3
    quote_id = at(page, other)

    press(page, key)

    def has_role() -> bool:
        links = kept(ask, marek.id).quotes[other].quote.cases
        return next(link.role for link in links if link.case_id == marek.id) is role

    qtbot.waitUntil(has_role)
    assert page.view.quotes.current_id() == quote_id


# ---- quotes


def test_enter_opens_the_document_at_the_quote(page: CasePresenter, seen: Seen) -> None:
    quote_id = at(page, 0)
    row = page.view.quotes.quotes.lines[0].row

    press(page, Qt.Key.Key_Return)

    assert row.span is not None
    assert seen.places == [DocumentPlace(row.document.id, span=row.span, quote_id=quote_id)]


def test_delete_takes_the_quote_out_of_the_case_only(
    qtbot: QtBot, page: CasePresenter, marek: Case, ask: Ask, seen: Seen
) -> None:
    gone = at(page, 0)

    press(page, Qt.Key.Key_Delete)

    qtbot.waitUntil(lambda: gone not in shown(page))
    assert gone not in order(ask, marek.id)
    assert ask(counts).quotes == 28
    assert "it stays in its document. Ctrl+Z puts it back." in seen.sentences[-1]
    assert page.view.quotes.current_id() == shown(page)[0]


def test_words_are_copied_with_their_source(page: CasePresenter, seen: Seen) -> None:
    at(page, 0)

    press(page, Qt.Key.Key_C, CONTROL)

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("“He was made to stand")
    assert "Behind the Harbour Wall" in copied
    assert seen.sentences


def test_the_dots_open_the_menu_of_the_quote(page: CasePresenter) -> None:
    quotes = page.view.quotes
    card = quotes.card_rect(quotes.quotes.index(1))

    QTest.mouseClick(quotes.viewport(), LEFT, NONE, more_rect(card, quotes.layoutDirection()).center())

    menu = page.view.findChildren(QMenu, "quote_menu")[-1]
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert {"case.open_quote", "case.supports", "case.move_up", "case.take_out"} <= set(names)
    assert quotes.current_id() == shown(page)[1]


# ---- what is told of it


def test_the_name_is_changed_in_place(qtbot: QtBot, page: CasePresenter, ask: Ask) -> None:
    page.view.header.name.setFocus()
    page.view.header.name.setText("T. Marrek")

    QTest.keyClick(page.view.header.name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: any(one.name == "T. Marrek" for one in ask(counts).cases))


def test_a_name_that_another_has_is_refused_in_words(qtbot: QtBot, page: CasePresenter) -> None:
    page.view.header.name.setFocus()
    page.view.header.name.setText("Yasmira Tolenne")

    QTest.keyClick(page.view.header.name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "already" in page.view.notice.text())
    assert page.view.header.name.text() == "Teodan Marrek"


def test_the_deed_goes_to_the_name(page: CasePresenter, session: Session) -> None:
    session.actions.get("case.rename").trigger()

    assert page.view.header.name.hasFocus()


def pills(page: CasePresenter) -> list[str]:
    return [pill.text() for pill in page.view.pane.names.pills()]


def test_names_are_added_in_any_script(qtbot: QtBot, page: CasePresenter) -> None:
    names = page.view.pane.names
    names.field.setFocus()
    names.field.setText("Теодан Маррек")  # QTest types ASCII only

    QTest.keyClick(names.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "Теодан Маррек" in pills(page))
    assert names.field.text() == ""


def test_backspace_goes_to_the_last_name_and_removes_it(qtbot: QtBot, page: CasePresenter) -> None:
    names, last = page.view.pane.names, pills(page)[-1]
    names.field.setFocus()
    QTest.keyClick(names.field, Qt.Key.Key_Backspace)
    pill = names.pills()[-1]
    assert pill.hasFocus()

    QTest.keyClick(pill, Qt.Key.Key_Backspace)

    qtbot.waitUntil(lambda: last not in pills(page))
    assert names.pills()[-1].hasFocus()


def test_the_cross_removes_a_name(qtbot: QtBot, page: CasePresenter) -> None:
    pill = page.view.pane.names.pills()[0]
    gone = pill.text()
    assert "Delete removes it" in pill.accessibleName()

    QTest.mouseClick(pill, LEFT, NONE, pill.cross_rect().center())

    qtbot.waitUntil(lambda: gone not in pills(page))


def test_summary_and_notes_are_kept(qtbot: QtBot, page: CasePresenter, ask: Ask) -> None:
    pane = page.view.pane
    pane.summary.setFocus()
    pane.summary.setPlainText("Nine years for four articles.")
    QTest.keyClick(pane.summary, Qt.Key.Key_Return, CONTROL)
    pane.notes.setFocus()
    pane.notes.setPlainText("Ask Ismene about the register.")

    page.view.quotes.setFocus()

    qtbot.waitUntil(lambda: case(ask, "Teodan Marrek").notes == "Ask Ismene about the register.")
    assert case(ask, "Teodan Marrek").summary == "Nine years for four articles."


def test_going_to_another_case_keeps_what_was_typed_for_the_first(
    qtbot: QtBot, page: CasePresenter, ask: Ask
) -> None:
    page.view.pane.notes.setFocus()
    page.view.pane.notes.setPlainText("Ask Ismene.")
    other = case(ask, "Yasmira Tolenne")

    page.show(CasePlace(other.id))

    qtbot.waitUntil(lambda: page.view.header.name.text() == "Yasmira Tolenne")
    qtbot.waitUntil(lambda: case(ask, "Teodan Marrek").notes == "Ask Ismene.")
    assert page.view.pane.notes.toPlainText() == ""
    assert case(ask, "Yasmira Tolenne").notes == ""


def test_what_is_being_typed_outlives_a_refresh(
    qtbot: QtBot, page: CasePresenter, session: Session, marek: Case
) -> None:
    page.view.pane.notes.setFocus()
    page.view.pane.notes.setPlainText("half a sen")

    session.tasks.write(lambda archive: save_case(archive, replace(marek, summary="Other.")))

    qtbot.waitUntil(lambda: page.view.pane.summary.toPlainText() == "Other.")
    assert page.view.pane.notes.toPlainText() == "half a sen"


def test_the_colour_is_chosen_from_the_square(qtbot: QtBot, page: CasePresenter) -> None:
    page.view.header.square.click()
    menu = page.view.findChildren(QMenu, "case_hues")[-1]

    next(action for action in menu.actions() if action.text() == "Violet").trigger()

    qtbot.waitUntil(lambda: page.view.header.square.hue == "violet")
    assert page.view.header.square.accessibleName() == "Colour of the case: Violet"


def test_export_names_the_case(qtbot: QtBot, page: CasePresenter, marek: Case) -> None:
    with qtbot.waitSignal(page.export_wanted) as wanted:
        page.view.header.export.click()

    assert wanted.args == [marek.id]


# ---- the case as a whole


def test_a_deleted_case_is_told_and_restored(
    qtbot: QtBot, page: CasePresenter, session: Session, seen: Seen
) -> None:
    session.actions.get("case.delete").trigger()

    qtbot.waitUntil(lambda: "in the bin" in page.view.notice.text())
    assert "Ctrl+Z brings it back" in seen.sentences[-1]
    assert not page.view.header.export.isEnabled()
    assert not session.actions.get("case.take_out").isEnabled()
    page.view.notice.findChildren(type(page.view.header.export))[-1].click()
    qtbot.waitUntil(page.view.header.export.isEnabled)
    assert page.view.notice.text() == ""


def test_a_case_that_cannot_come_back_says_why(
    qtbot: QtBot, page: CasePresenter, session: Session, marek: Case
) -> None:
    def taken(archive: Archive) -> None:
        delete_case(archive, marek)
        add_case(archive, marek.name)

    session.tasks.write(taken)
    qtbot.waitUntil(lambda: "in the bin" in page.view.notice.text())

    page.view.notice.findChildren(type(page.view.header.export))[-1].click()

    qtbot.waitUntil(lambda: "already" in page.view.notice.text())


def test_merging_goes_over_to_the_other(
    qtbot: QtBot, page: CasePresenter, session: Session, ask: Ask, seen: Seen
) -> None:
    session.actions.get("case.merge").trigger()
    qtbot.waitUntil(lambda: bool(page.view.window().findChildren(Picker)))
    picker = page.view.window().findChildren(Picker)[-1]
    assert isinstance(picker, Picker)
    picker.field.setText("ياسميرا")
    assert "13 quotes go into" in picker.words.text()

    QTest.keyClick(picker.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(seen.places))
    other = case(ask, "Yasmira Tolenne")
    assert seen.places == [CasePlace(other.id)]
    assert "is merged into" in seen.sentences[-1]


def test_the_menu_of_the_case_offers_its_deeds(page: CasePresenter) -> None:
    page.view.header.more.click()

    menu = page.view.findChildren(QMenu, "case_menu")[-1]
    names = {action.objectName() for action in menu.actions() if not action.isSeparator()}
    assert names == {"case.rename", "case.merge", "case.delete"}


def test_the_deeds_are_there_while_the_page_is(page: CasePresenter, session: Session) -> None:
    at(page, 1)
    assert session.actions.get("case.supports").isEnabled()

    page.view.hide()

    assert not session.actions.get("case.supports").isEnabled()
    assert not session.actions.get("case.delete").isEnabled()


def test_a_hidden_page_refreshes_when_it_comes_back(
    qtbot: QtBot, page: CasePresenter, session: Session, marek: Case, ask: Ask
) -> None:
    page.view.hide()
    session.tasks.write(lambda archive: save_case(archive, replace(marek, summary="Other.")))
    qtbot.waitUntil(lambda: case(ask, "Teodan Marrek").summary == "Other.")
    assert page.view.pane.summary.toPlainText() != "Other."

    page.view.show()

    qtbot.waitUntil(lambda: page.view.pane.summary.toPlainText() == "Other.")


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_cards_are_painted_in_both_directions(page: CasePresenter, direction: Qt.LayoutDirection) -> None:
    page.view.setLayoutDirection(direction)
    quotes = page.view.quotes
    card = quotes.card_rect(quotes.quotes.index(0))

    page.view.grab()

    is_leading = handle_rect(card, direction).center().x() < card.center().x()
    assert is_leading == (direction is Qt.LayoutDirection.LeftToRight)
