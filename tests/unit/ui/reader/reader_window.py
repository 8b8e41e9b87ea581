"""The reader in a window, in the words of whoever reads: opens, selects, marks, presses keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import QuoteRow
from archivist.model.document import Document
from archivist.services.browsing import quotes_of
from archivist.ui.places import DocumentPlace
from archivist.ui.reader.presenter import ReaderPresenter
from archivist.ui.reader.reading import Reading
from archivist.ui.reader.view import ReaderView
from archivist.ui.session import Session

if TYPE_CHECKING:
    from archivist.model.ids import DocumentId

T = TypeVar("T")
LEFT = Qt.MouseButton.LeftButton
SLOW = 20_000  # a child has to start


class ReaderWindow:
    """Waits on what is there, never on time."""

    def __init__(self, session: Session, show: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
        self.session, self._bot = session, qtbot
        self._is_over = False
        self.presenter = ReaderPresenter(session)
        self.area = self.presenter.view
        self.pane = self.area.pane
        self.popover = self.presenter.marking.popover
        self.form = self.popover.form
        show(self.area)

    # ---- documents

    def ask(self, work: Callable[[Archive], T]) -> T:
        answers: list[T] = []
        self.session.tasks.read(work, answers.append)
        self.waits(lambda: bool(answers))
        return answers[0]

    def does(self, work: Callable[[Archive], T]) -> T:
        """A deed from elsewhere in the window, after all that was sent before."""
        done: list[T] = []
        self.session.tasks.write(work, done.append)
        self.waits(lambda: bool(done))
        return done[0]

    def document(self, part: str) -> Document:
        return self.ask(lambda archive: next(one for one in archive.documents.all() if part in one.file_name))

    def opens(self, part: str) -> Reading:
        return self.shows(DocumentPlace(self.document(part).id))

    def shows(self, place: DocumentPlace) -> Reading:
        self.presenter.show(place)
        reading = self.reading
        self.waits(lambda: reading.view is not None or bool(reading.sheet.message()))
        if reading.view is not None and reading.document and reading.document.kind == "pdf":
            self.waits(lambda: not reading.view or reading.mode == "text" or reading.view.page_count > 0)
        return reading

    @property
    def reading(self) -> Reading:
        current = self.presenter.desk.current
        assert current is not None
        return current

    @property
    def view(self) -> ReaderView:
        view = self.reading.view
        assert view is not None
        return view

    # ---- the page

    def selects(self, words: str) -> None:
        span = self.view.find(words)[0]
        self.view.show_span(span, select=True)
        self.waits(lambda: self.view.selection() == span)
        self.view.setFocus()

    def drags_over(self, words: str) -> None:
        """With the mouse, from the first letter to the last."""
        self.selects(words)
        around = self.view.selection_rect()
        self.view.clear_selection()
        begin = QPoint(around.left() + 1, around.center().y())
        end = QPoint(around.right() - 1, around.center().y())
        viewport = self.view.viewport()
        QTest.mousePress(viewport, LEFT, pos=begin)
        for step in range(1, 6):
            QTest.mouseMove(viewport, begin + (end - begin) * step / 5)
        QTest.mouseRelease(viewport, LEFT, pos=end)

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)

    def types(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)

    # ---- quotes

    def rows(self) -> list[QuoteRow]:
        """As the archive knows them."""
        document_id: DocumentId = self.reading.id
        return self.ask(lambda archive: quotes_of(archive, document_id))

    def row(self, words: str) -> QuoteRow:
        return next(row for row in self.rows() if words in row.quote.anchor.exact)

    def waits_for_rows(self, count: int) -> None:
        """Until the page shows so many quotes."""
        self.waits(lambda: len(self.reading.rows) == count)

    def clicks(self, name: str, within: QWidget | None = None) -> None:
        button = (within or self.area).findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        QTest.mouseClick(button, LEFT)

    def clipboard(self) -> str:
        return QGuiApplication.clipboard().text()

    def waits(self, condition: Callable[[], bool]) -> None:
        self._bot.waitUntil(condition, timeout=SLOW)

    def ends(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.presenter.shut()
