"""The list of a case's quotes: cards in the order set by hand."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from archivist.model.ids import QuoteId
from archivist.ui.cases.content import QuoteLine
from archivist.ui.cases.lifting import Lifting
from archivist.ui.cases.quote_delegate import QuoteDelegate
from archivist.ui.cases.quote_model import LINE, QuoteModel
from archivist.ui.cases.quote_shape import card_of, more_rect
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import font


class QuoteList(QListView):
    """Shows quotes and says what the user wants with them; keys come through the deeds of the page."""

    opened = Signal()
    chosen = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("case_quotes")
        self.setAccessibleName(self.tr("Quotes of the case, in your order"))
        self._sentence = ""
        self.quotes = QuoteModel(self)
        self.setModel(self.quotes)
        self._paints = QuoteDelegate(self, lambda: self.lifting.carried)
        self.lifting = Lifting(self, self.quotes, self._paints)
        self.setItemDelegate(self._paints)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(lambda _: self.opened.emit())
        Theme.current().changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[QuoteLine], *, afresh: bool = False) -> None:
        """Selection and place stay, unless it is another case that is shown `afresh`."""
        self.lifting.cancel()
        current, scrolled = None if afresh else self.current_id(), self.verticalScrollBar().value()
        row = self.currentIndex().row()
        self.quotes.show(lines)
        self.executeDelayedItemsLayout()
        index = self.quotes.index_of(current)
        if current and not index.isValid() and lines:
            # What was chosen is gone: the next in its place, so that keys can go on.
            index = self.quotes.index(min(row, len(lines) - 1))
        if index.isValid():
            self.setCurrentIndex(index)
        self.verticalScrollBar().setValue(0 if afresh else scrolled)
        self.chosen.emit()

    def say(self, sentence: str) -> None:
        """What stands in place of quotes where none is shown."""
        self._sentence = sentence
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._sentence and not self.quotes.lines:
            with QPainter(self.viewport()) as painter:
                box = self.viewport().rect().adjusted(20, 40, -20, 0)
                painter.setFont(font(13))
                painter.setPen(Theme.current().color("text2"))
                painter.drawText(
                    box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._sentence
                )

    def current_id(self) -> QuoteId | None:
        line = self.current_line()
        return line.id if line else None

    def current_line(self) -> QuoteLine | None:
        line: QuoteLine | None = self.currentIndex().data(LINE) if self.currentIndex().isValid() else None
        return line

    def choose(self, quote_id: QuoteId) -> None:
        index = self.quotes.index_of(quote_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def card_rect(self, index: QModelIndex) -> QRect:
        return card_of(self.visualRect(index), self.layoutDirection())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards of another width have another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(600, 400)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            more = more_rect(self.card_rect(index), self.layoutDirection())
            if more.contains(at):
                self.menu_wanted.emit(self.viewport().mapToGlobal(more.bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Where the pointer is, or at the quote that the keys act on."""
        where = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.visualRect(self.currentIndex()).center()
        index = self.indexAt(where)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self.viewport().mapToGlobal(where))
