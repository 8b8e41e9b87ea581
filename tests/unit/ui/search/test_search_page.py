"""Finding words: as they are typed, narrowed, in context, opened where they stand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from archivist.services.searching import update_index
from archivist.ui.places import CasePlace, DocumentPlace, SearchPlace
from archivist.ui.search.facets import MOST_AT_ALL, Choice, FacetBlock
from archivist.ui.search.lines import Head, MorePassages, PassageLine
from archivist.ui.search.presenter import SearchPresenter
from archivist.ui.search.view import SearchView
from archivist.ui.session import Session
from archivist.ui.theme import Theme
from tests.unit.ui.conftest import Seen


@pytest.fixture
def searching(qtbot: QtBot, session: Session, show: Callable[[SearchView], SearchView]) -> SearchPresenter:
    ready: list[None] = []
    session.tasks.write(update_index, ready.append)
    qtbot.waitUntil(lambda: bool(ready), timeout=30_000)
    made = SearchPresenter(session)
    show(made.view)
    return made


def words(searching: SearchPresenter, name: str) -> str:
    found = searching.view.findChild(QLabel, name)
    assert found is not None
    return found.text()


def asked(qtbot: QtBot, searching: SearchPresenter, query: str) -> None:
    searching.show(SearchPlace(query))
    lines = searching.view.results.lines
    qtbot.waitUntil(lambda: lines.page is not None and lines.page.query == query, timeout=10_000)


def titles(searching: SearchPresenter) -> list[str]:
    page = searching.view.results.lines.page
    assert page is not None
    return [group.row.document.title for group in page.groups if group.row]


def box(searching: SearchPresenter, value: str) -> QCheckBox:
    boxes = searching.view.facets.findChildren(QCheckBox)
    return next(one for one in boxes if one.property("value") == value)


def test_results_are_counted_and_the_first_is_read_in_context(
    qtbot: QtBot, searching: SearchPresenter
) -> None:
    asked(qtbot, searching, "register")

    assert "passages in" in words(searching, "search_count")
    assert isinstance(searching.view.results.line(), PassageLine)
    context = searching.view.preview.findChild(QTextEdit, "context")
    assert context is not None
    qtbot.waitUntil(lambda: "register" in context.toPlainText().lower())


def test_in_a_narrow_window_the_context_makes_room_for_the_results(
    qtbot: QtBot, searching: SearchPresenter
) -> None:
    asked(qtbot, searching, "register")
    window = searching.view.window()
    window.setMinimumSize(760, 560)  # as the window has its own: then its parts are squeezed
    assert searching.view.preview.isVisible()

    window.resize(760, 560)

    qtbot.waitUntil(lambda: not searching.view.preview.isVisible())
    qtbot.waitUntil(lambda: searching.view.results.width() > 400)
    window.resize(1200, 800)
    qtbot.waitUntil(searching.view.preview.isVisible)


def test_arrows_walk_passages_and_enter_opens_where_they_stand(
    qtbot: QtBot, searching: SearchPresenter, seen: Seen
) -> None:
    asked(qtbot, searching, "register")
    results = searching.view.results
    first = results.line()

    qtbot.keyClick(results, Qt.Key.Key_Down)
    second = results.line()
    qtbot.keyClick(results, Qt.Key.Key_Return)

    assert isinstance(first, PassageLine)
    assert isinstance(second, PassageLine | MorePassages)
    assert second != first
    if isinstance(second, PassageLine):
        place = seen.places[-1]
        assert isinstance(place, DocumentPlace)
        assert (place.document_id, place.span, place.query) == (
            second.group.document_id,
            second.passage.span,
            "register",
        )


def test_arrows_never_stop_at_the_head_of_a_document(qtbot: QtBot, searching: SearchPresenter) -> None:
    asked(qtbot, searching, "the")
    results = searching.view.results

    for _ in range(results.lines.rowCount()):
        assert not isinstance(results.line(), Head)
        qtbot.keyClick(results, Qt.Key.Key_Down)

    assert results.currentIndex().row() == results.lines.rowCount() - 1


def test_coming_back_finds_the_passage_that_was_read(qtbot: QtBot, searching: SearchPresenter) -> None:
    asked(qtbot, searching, "the")
    results = searching.view.results
    for _ in range(4):
        qtbot.keyClick(results, Qt.Key.Key_Down)
    chosen = results.line()
    assert isinstance(chosen, PassageLine)
    assert chosen.number > 1
    page = results.lines.page
    assert page is not None
    fewer = replace(page, groups=page.groups[1:])

    searching.show(SearchPlace("the"))

    qtbot.waitUntil(lambda: results.lines.page is not page)
    assert results.line() == chosen
    searching.view.show_page(fewer, keep=True)
    now = results.line()
    assert isinstance(now, PassageLine)
    assert (now.group, now.passage) == (chosen.group, chosen.passage)


def test_what_is_ticked_can_be_cleared_where_nothing_is_left_of_it(
    qtbot: QtBot, searching: SearchPresenter
) -> None:
    asked(qtbot, searching, "Tolenne OR Marrek")
    box(searching, "pdf").click()
    facets = searching.view.facets

    facets.show_choices("kinds", [])

    qtbot.waitUntil(lambda: box(searching, "pdf").isVisible())
    assert box(searching, "pdf").isChecked()
    box(searching, "pdf").click()
    assert facets.ticked("kinds") == frozenset()


def test_of_very_many_values_the_most_frequent_are_shown(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    block = FacetBlock("Tag")
    qtbot.addWidget(block)
    block.show()

    block.show_choices([Choice(str(at), f"tag {at}", at) for at in range(1000)])
    qtbot.mouseClick(block.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)

    shown = [one.property("value") for one in block.findChildren(QCheckBox)]
    assert shown == [str(999 - at) for at in range(MOST_AT_ALL)]
    assert any(label.text() == "900 rarer ones are not listed." for label in block.findChildren(QLabel))


def test_ticking_a_kind_narrows_and_can_be_cleared(qtbot: QtBot, searching: SearchPresenter) -> None:
    asked(qtbot, searching, "Tolenne OR Marrek")
    before = titles(searching)
    lines = searching.view.results.lines

    box(searching, "pdf").click()

    qtbot.waitUntil(lambda: lines.page is not None and not lines.page.narrowing.is_empty)
    assert 0 < len(titles(searching)) < len(before)
    box(searching, "pdf").click()
    qtbot.waitUntil(lambda: lines.page is not None and lines.page.narrowing.is_empty)
    assert titles(searching) == before


def test_more_passages_of_a_document_are_unfolded(qtbot: QtBot, searching: SearchPresenter) -> None:
    asked(qtbot, searching, "the")
    results = searching.view.results
    at = next(at for at, line in enumerate(results.lines.lines) if isinstance(line, MorePassages))
    group = results.lines.lines[at].group  # type: ignore[union-attr]  # it has one

    results.setCurrentIndex(results.lines.index(at, 0))
    qtbot.keyClick(results, Qt.Key.Key_Return)

    def shown() -> int:
        return sum(
            isinstance(line, PassageLine) and line.group.document_id == group.document_id
            for line in results.lines.lines
        )

    qtbot.waitUntil(lambda: shown() == group.total)


def test_nothing_found_says_what_may_help_and_offers_a_spelling(
    qtbot: QtBot, searching: SearchPresenter, seen: Seen
) -> None:
    asked(qtbot, searching, "regsiter")

    suggestion = searching.view.findChild(QPushButton, "search_suggestion")
    assert suggestion is not None
    assert "Nothing found" in searching.view._empty.words()  # noqa: SLF001 - what the user reads
    suggestion.click()
    assert seen.places == [SearchPlace("register")]


def test_a_case_opens_its_page(
    qtbot: QtBot, searching: SearchPresenter, session: Session, seen: Seen
) -> None:
    names: list[str] = []
    session.tasks.read(lambda archive: [case.name for case in archive.cases.all()], names.extend)
    qtbot.waitUntil(lambda: bool(names))
    asked(qtbot, searching, f'"{names[0]}"')
    box(searching, "case").click()
    results = searching.view.results
    qtbot.waitUntil(lambda: titles(searching) == [])

    qtbot.keyClick(results, Qt.Key.Key_Return)

    assert isinstance(seen.places[-1], CasePlace)


def test_the_newest_of_many_queries_is_shown(qtbot: QtBot, searching: SearchPresenter) -> None:
    for end in range(1, 9):
        searching.show(SearchPlace("register"[:end]))

    lines = searching.view.results.lines
    qtbot.waitUntil(lambda: lines.page is not None and lines.page.query == "register")


def test_an_empty_query_says_how_to_ask(searching: SearchPresenter) -> None:
    searching.show(SearchPlace(""))

    assert words(searching, "search_count") == "Search"
    assert "stand together" in searching.view._empty.words()  # noqa: SLF001
