from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import Bin
from archivist.model.case import Case
from archivist.model.errors import NotDone
from archivist.model.ids import CaseId
from archivist.services.annotating import delete_quotes
from archivist.services.browsing import deleted_things
from archivist.services.organising import add_tag, delete_case, delete_documents, delete_tag
from archivist.ui.library import bin_presenter
from archivist.ui.library.bin_presenter import BinPresenter
from archivist.ui.library.bin_table import RESTORE
from archivist.ui.places import BinPlace
from archivist.ui.session import Session
from archivist.ui.widgets.notice import EmptyState
from tests.unit.ui.conftest import Seen

Ask = Callable[[Callable[[Archive], Any]], Any]
Show = Callable[[QWidget], QWidget]


def throw_away(archive: Archive) -> None:
    """A document, two quotes of others, a tag and a case."""
    document = archive.documents.all()[0]
    quotes = [quote for quote in archive.quotes.all() if quote.document_id != document.id]
    delete_quotes(archive, quotes[:2])
    delete_documents(archive, [document])
    delete_tag(archive, archive.tags.all()[0])
    delete_case(archive, archive.cases.all()[0])


@pytest.fixture
def shown(qtbot: QtBot, session: Session, show: Show) -> BinPresenter:
    done: list[object] = []
    session.tasks.write(throw_away, done.append)
    qtbot.waitUntil(lambda: bool(done))
    made = BinPresenter(session)
    show(made.view)
    made.show(BinPlace())
    qtbot.waitUntil(lambda: count(made) == 5)
    return made


def made_case(number: int) -> Case:
    return Case(CaseId(f"case-{number}"), f"Case {number}")


def count(presenter: BinPresenter) -> int:
    return presenter.view.table.model().rowCount()


def kinds(presenter: BinPresenter) -> list[str]:
    model = presenter.view.table.model()
    return [str(model.index(row, 1).data()) for row in range(count(presenter))]


def in_bin(ask: Ask) -> Bin:
    found = ask(deleted_things)
    assert isinstance(found, Bin)
    return found


def test_very_many_that_are_selected_are_selected_again_at_once(shown: BinPresenter) -> None:
    """One by one, each telling the others, a few thousand would stop the window for minutes."""
    table = shown.view.table
    rows = [replace(table.rows()[0], name=f"Case {at}", thing=made_case(at)) for at in range(3000)]
    table.show_rows(rows)
    table.selectAll()
    told: list[None] = []
    table.chosen.connect(lambda: told.append(None))

    table.show_rows(rows[1:])

    assert [row.name for row in table.selected()] == [row.name for row in rows[1:]]
    assert len(told) <= 3


def test_shows_what_was_deleted_of_every_kind(shown: BinPresenter) -> None:
    assert kinds(shown) == ["Document", "Quote", "Quote", "Tag", "Case"]
    heads = [shown.view.table.model().headerData(at, Qt.Orientation.Horizontal) for at in range(RESTORE)]
    assert heads == ["Name", "Kind", "Belongs to"]


def test_chips_narrow_it_to_one_kind(shown: BinPresenter) -> None:
    chips = {chip.text(): chip for chip in shown.view.findChildren(QPushButton)}
    assert list(chips) == ["All  5", "Documents  1", "Quotes  2", "Tags  1", "Cases  1"]

    chips["Quotes  2"].click()

    assert kinds(shown) == ["Quote", "Quote"]


def test_a_click_at_the_end_of_a_row_restores_it(
    qtbot: QtBot, shown: BinPresenter, seen: Seen, ask: Ask
) -> None:
    table = shown.view.table
    where = table.visualRect(table.model().index(0, RESTORE)).center()

    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)

    qtbot.waitUntil(lambda: count(shown) == 4)
    assert seen.sentences == ["Restored 1 thing."]
    assert in_bin(ask).documents == ()


def test_a_selection_is_restored_as_a_whole(qtbot: QtBot, shown: BinPresenter, seen: Seen, ask: Ask) -> None:
    shown.view.table.setFocus()
    shown.view.table.selectAll()
    assert "5 selected" in shown.view.count_words()

    QTest.keyClick(shown.view.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: count(shown) == 0)
    assert seen.sentences == ["Restored 5 things."]
    assert in_bin(ask) == Bin((), (), (), ())
    empty = shown.view.findChild(EmptyState, "bin_empty")
    assert isinstance(empty, EmptyState)
    assert empty.isVisible()
    assert "nothing is ever destroyed" in empty.words()


def test_enter_restores_and_the_next_row_is_selected(qtbot: QtBot, shown: BinPresenter) -> None:
    shown.view.table.setFocus()
    shown.view.table.selectRow(1)

    QTest.keyClick(shown.view.table, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: count(shown) == 4)
    assert [row.kind for row in shown.view.table.selected()] == ["quotes"]


def test_a_name_that_is_taken_meanwhile_is_explained_and_the_rest_comes_back(
    qtbot: QtBot, shown: BinPresenter, session: Session, seen: Seen
) -> None:
    tag = next(row for row in shown.view.table.rows() if row.kind == "tags")
    with qtbot.waitSignal(session.tasks.changed):
        session.tasks.write(lambda archive: add_tag(archive, tag.name))
    shown.view.table.selectAll()

    session.actions.get("bin.restore").trigger()

    qtbot.waitUntil(lambda: count(shown) == 1)
    assert "choose another name" in shown.view.notice.text()
    assert seen.sentences == ["Restored 4 things."]


def test_a_restoration_that_fails_says_why(
    qtbot: QtBot, shown: BinPresenter, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotDone("The disk is full.")

    monkeypatch.setattr(bin_presenter, "restore", refuse)
    shown.view.table.selectRow(0)

    session.actions.get("bin.restore").trigger()

    qtbot.waitUntil(lambda: shown.view.notice.text() == "The disk is full.")
    assert count(shown) == 5


def test_a_bin_that_cannot_be_read_says_so(
    qtbot: QtBot, shown: BinPresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Archive) -> Bin:
        raise NotDone("The disk does not answer.")

    monkeypatch.setattr(bin_presenter, "deleted_things", refuse)
    shown.show(BinPlace())
    qtbot.waitUntil(lambda: shown.view.notice.text() == "The disk does not answer.")
    monkeypatch.setattr(bin_presenter, "deleted_things", deleted_things)

    next(b for b in shown.view.notice.findChildren(QPushButton) if b.text() == "Try again").click()

    qtbot.waitUntil(lambda: shown.view.notice.text() == "")


def test_restoring_needs_a_selection(shown: BinPresenter, session: Session) -> None:
    restoring = session.actions.get("bin.restore")
    assert not restoring.isEnabled()

    shown.view.table.selectRow(2)
    assert restoring.isEnabled()

    shown.view.hide()
    assert not restoring.isEnabled()
