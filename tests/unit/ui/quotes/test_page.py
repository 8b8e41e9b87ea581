"""All quotes of the archive: filtered, opened, and changed many at a time."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import QuoteRow
from archivist.model.errors import NotDone
from archivist.model.ids import QuoteId
from archivist.model.quote import Role
from archivist.services.browsing import list_quotes, quote_rows
from archivist.services.undoing import undo
from archivist.ui.places import DocumentPlace, QuotesPlace
from archivist.ui.quotes import page_model
from archivist.ui.quotes import presenter as presenter_module
from archivist.ui.quotes.presenter import QuotesPresenter
from archivist.ui.session import Session
from archivist.ui.widgets.notice import EmptyState
from tests.unit.ui.conftest import Seen

CONTROL = Qt.KeyboardModifier.ControlModifier


class Page:
    """The page in a window."""

    def __init__(self, session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
        self.session, self._bot = session, qtbot
        self.presenter = QuotesPresenter(session)
        self.view = self.presenter.view
        self.list = self.view.list
        show(self.view)

    def shows(self, place: QuotesPlace | None = None) -> None:
        place = place or QuotesPlace()
        self.presenter.show(place)
        self.waits(
            lambda: (
                self.view.filter is not None
                and (self.view.filter.tag, self.view.filter.review) == (place.tag, place.review)
            )
        )
        if self.list.quotes.ids:
            self.waits(lambda: self.list.quotes.row(0) is not None)

    def waits(self, condition: Callable[[], bool]) -> None:
        self._bot.waitUntil(condition, timeout=10_000)

    def selects(self, *rows: int) -> list[QuoteId]:
        self.list.clearSelection()
        for at in rows:
            self.list.setFocus()
            self.list.selectionModel().select(
                self.list.quotes.index(at), self.list.selectionModel().SelectionFlag.Select
            )
        self.list.selectionModel().setCurrentIndex(
            self.list.quotes.index(rows[0]), self.list.selectionModel().SelectionFlag.NoUpdate
        )
        return [self.list.quotes.ids[at] for at in rows]

    def label(self, name: str) -> str:
        found = self.view.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found.text()

    def clicks(self, name: str) -> None:
        found = self.view.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot) -> Page:
    return Page(session, show, qtbot)


Ask = Callable[[Callable[[Archive], object]], object]


def _rows(ask: Ask, ids: list[QuoteId]) -> list[QuoteRow]:
    rows = ask(lambda archive: quote_rows(archive, ids))
    assert isinstance(rows, list)
    return rows


def test_all_quotes_are_listed_with_their_number(page: Page, ask: Ask) -> None:
    page.shows()

    assert list(page.list.quotes.ids) == ask(list_quotes)
    assert page.label("quotes_count") == f"{len(page.list.quotes.ids)} quotes"


def test_a_place_names_its_tag_and_shows_its_quotes(page: Page, ask: Ask) -> None:
    tag = ask(lambda archive: archive.tags.by_name("fair trial"))

    page.shows(QuotesPlace(tag=tag.id))  # type: ignore[attr-defined]

    assert "fair trial" in page.label("quotes_title")
    assert list(page.list.quotes.ids) == ask(lambda archive: list_quotes(archive, tag=tag.id))  # type: ignore[attr-defined]


def test_nothing_to_review_is_good_news(page: Page) -> None:
    page.shows(QuotesPlace(review=True))

    empty = page.view.findChild(QWidget, "quotes_empty")
    assert isinstance(empty, EmptyState)
    assert "Nothing needs review" in empty.words()


def test_words_narrow_the_list_across_words_and_notes(page: Page, ask: Ask) -> None:
    page.shows()
    page.view.words.setFocus()

    QTest.keyClicks(page.view.words, "Dry DOCK")

    page.waits(lambda: len(page.list.quotes.ids) == 1)
    (row,) = _rows(ask, list(page.list.quotes.ids))
    assert "dry dock" in row.quote.anchor.exact
    page.view.words.selectAll()
    QTest.keyClicks(page.view.words, "h-5")
    page.waits(lambda: bool(page.list.quotes.ids) and page.list.quotes.ids[0] != row.quote.id)
    assert all("H-5" in one.quote.note for one in _rows(ask, list(page.list.quotes.ids)))


def test_what_fits_nothing_offers_to_clear(page: Page, seen: Seen) -> None:
    page.shows()
    page.view.words.setFocus()
    QTest.keyClicks(page.view.words, "xyzzy")
    page.waits(lambda: not page.list.quotes.ids)

    empty = page.view.findChild(QWidget, "quotes_empty")
    assert empty
    button = empty.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()

    page.waits(lambda: len(page.list.quotes.ids) > 1)
    assert seen.places == [QuotesPlace()]


def test_a_colour_narrows_and_pressed_again_does_not(page: Page, ask: Ask) -> None:
    page.shows()
    count = len(page.list.quotes.ids)

    roses = ask(lambda archive: list_quotes(archive, colour="rose"))

    page.view.colour_chosen.emit("rose")
    page.waits(lambda: list(page.list.quotes.ids) == roses)
    assert count > len(page.list.quotes.ids)
    page.view.colour_chosen.emit("rose")

    page.waits(lambda: len(page.list.quotes.ids) == count)


def test_a_case_is_chosen_from_a_picker(page: Page, ask: Ask) -> None:
    page.shows()

    page.clicks("quotes_case")
    focus = QApplication.focusWidget()
    assert focus
    QTest.keyClicks(focus, "pastors")
    QTest.keyClick(focus, Qt.Key.Key_Return)

    page.waits(lambda: len(page.list.quotes.ids) < 20)
    assert all(
        any("pastors" in case.name for case, _ in row.cases) for row in _rows(ask, list(page.list.quotes.ids))
    )
    page.clicks("quotes_case")
    page.waits(lambda: len(page.list.quotes.ids) > 20)


def test_a_tag_is_chosen_as_a_place(page: Page, seen: Seen, ask: Ask) -> None:
    page.shows()
    tag = ask(lambda archive: archive.tags.by_name("statute"))

    page.clicks("quotes_tag")
    focus = QApplication.focusWidget()
    assert focus
    QTest.keyClicks(focus, "statute")
    QTest.keyClick(focus, Qt.Key.Key_Return)

    assert seen.places == [QuotesPlace(tag=tag.id)]  # type: ignore[attr-defined]


def test_newest_first(page: Page) -> None:
    page.shows()

    page.clicks("quotes_order")

    page.waits(lambda: list(page.list.quotes.ids) == sorted(page.list.quotes.ids, reverse=True))


def test_enter_opens_the_document_at_the_quote(page: Page, seen: Seen) -> None:
    page.shows()
    page.selects(2)
    row = page.list.quotes.row(2)
    assert row

    QTest.keyClick(page.list, Qt.Key.Key_Return)

    assert seen.places == [DocumentPlace(row.document.id, row.span, row.quote.id)]


def test_several_are_tagged_in_one_deed(page: Page, ask: Ask, seen: Seen) -> None:
    page.shows()
    ids = page.selects(0, 1, 2)

    QTest.keyClick(page.list, Qt.Key.Key_T)
    focus = QApplication.focusWidget()
    assert focus
    QTest.keyClicks(focus, "read twice")
    QTest.keyClick(focus, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(focus, Qt.Key.Key_Return, CONTROL)

    page.waits(lambda: "Tagged 3 quotes." in seen.sentences)
    assert all("read twice" in [tag.name for tag in row.tags] for row in _rows(ask, ids))
    page.session.tasks.write(undo)
    page.waits(lambda: all("read twice" not in [tag.name for tag in row.tags] for row in _rows(ask, ids)))


def test_several_are_added_to_a_case(page: Page, ask: Ask, seen: Seen) -> None:
    page.shows()
    ids = page.selects(0, 1)

    page.clicks("quotes_do_cases")
    focus = QApplication.focusWidget()
    assert focus
    QTest.keyClicks(focus, "teodan")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    page.clicks("together_add")

    page.waits(lambda: "Added 2 quotes to the case." in seen.sentences)
    assert all("Teodan Marrek" in [case.name for case, _ in row.cases] for row in _rows(ask, ids))


def test_a_new_case_whose_name_is_taken_is_refused_above_the_list(page: Page) -> None:
    page.shows()
    page.selects(0)

    page.presenter._link([(None, "Teodan Marrek", Role.CONTEXT)])  # noqa: SLF001

    page.waits(lambda: "already" in page.view.notice.text())


def test_a_list_that_cannot_be_read_says_so_and_is_read_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.shows()

    def refuse(*_: object, **__: object) -> None:
        raise NotDone("The list cannot be read.")

    with monkeypatch.context() as broken:
        broken.setattr(presenter_module, "list_quotes", refuse)
        page.presenter.show(QuotesPlace(review=True))
        page.waits(lambda: "cannot be read" in page.view.notice.text())
    button = page.view.notice.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()

    page.waits(lambda: page.view.filter is not None and page.view.filter.review)
    assert page.view.notice.text() == ""


def test_several_are_deleted_and_come_back(page: Page, ask: Ask, seen: Seen) -> None:
    page.shows()
    count = len(page.list.quotes.ids)
    page.selects(1, 3)

    QTest.keyClick(page.list, Qt.Key.Key_Delete)

    page.waits(lambda: len(page.list.quotes.ids) == count - 2)
    assert "Moved 2 quotes to the bin" in seen.sentences[-1]
    page.session.tasks.write(undo)
    page.waits(lambda: len(page.list.quotes.ids) == count)
    del ask


def test_copying_brings_each_with_its_citation(page: Page, seen: Seen) -> None:
    page.shows()
    page.selects(3, 4)

    QTest.keyClick(page.list, Qt.Key.Key_C, CONTROL)

    page.waits(lambda: bool(seen.sentences))
    assert QGuiApplication.clipboard().text().count("\n\n") == 1


def test_the_menu_holds_the_same_deeds(page: Page, seen: Seen) -> None:
    page.shows()
    page.selects(0)

    page.list.menu_wanted.emit(QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()

    assert isinstance(seen.places[0], DocumentPlace)


def test_the_list_is_read_by_pages_as_it_comes_into_sight(
    session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_model, "PAGE", 5)
    page = Page(session, show, qtbot)
    asked: list[object] = []
    page.list.quotes.rows_wanted.connect(asked.append)

    page.shows()

    assert all(len(ids) <= 5 for ids in asked)  # type: ignore[arg-type]
    last = len(page.list.quotes.ids) - 1
    assert page.list.quotes.row(last) is None
    page.waits(lambda: page.list.quotes.row(last) is not None)


def test_out_of_sight_nothing_is_read_until_it_is_shown_again(page: Page) -> None:
    page.shows()
    count = len(page.list.quotes.ids)
    page.view.hide()
    first = page.list.quotes.ids[0]
    done: list[object] = []
    page.session.tasks.write(lambda archive: archive.quotes.get(first), done.append)
    page.waits(lambda: bool(done))

    page.view.show()

    page.waits(lambda: len(page.list.quotes.ids) == count and page.list.quotes.row(0) is not None)
