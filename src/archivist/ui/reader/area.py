"""The reader: tabs, bar, the document in front, and its quotes beside it. Places the parts only."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from archivist.ui.quotes.pane import WIDTH as PANE
from archivist.ui.quotes.pane import QuotesPane
from archivist.ui.reader.find_bar import FindBar
from archivist.ui.reader.outline import WIDTH as OUTLINE
from archivist.ui.reader.outline import Outline
from archivist.ui.reader.tabs import DocumentTabs
from archivist.ui.reader.toolbar import ReaderBar
from archivist.ui.reader.view import ReaderView
from archivist.ui.settings import Settings
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.notice import EmptyState

LEAST = 240  # of the page, beside outline and quotes
NARROW = 600  # below it the page needs all the room
_SPLIT, _PANE = "reader", "reader/pane"


class ReaderArea(QFrame):
    """`documents` holds a sheet for each open document."""

    moved = Signal()
    """The parts have other places or sizes now."""
    shown = Signal(bool)

    def __init__(self, documents: QStackedWidget, bar: ReaderBar, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("reader_pane")
        self._settings = settings
        self.documents = documents
        self.bar = bar
        self.tabs = DocumentTabs()
        self.find_bar = FindBar()
        self.outline = Outline()
        self.pane = QuotesPane()
        self._wants_pane = settings.choice(_PANE, "yes") == "yes"
        self._is_narrow = False
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.pane.setVisible(self._wants_pane)

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setMinimumWidth(LEAST)
        layout = column(self.find_bar, self.documents)
        layout.setStretch(1, 1)
        middle.setLayout(layout)
        for part in (self.outline, middle, self.pane):
            self._body.addWidget(part)
        self._body.setChildrenCollapsible(False)
        self._body.setHandleWidth(1)
        self._body.setStretchFactor(1, 1)
        if not self._body.restoreState(self._settings.bytes_of(_SPLIT)):
            self._body.setSizes([OUTLINE, 10_000, PANE])
        self._body.splitterMoved.connect(lambda *_: self._settings.keep(_SPLIT, self._body.saveState()))
        self._body.splitterMoved.connect(lambda *_: self.moved.emit())
        open_one = column(self.tabs, self.bar, self._body)
        open_one.setStretch(2, 1)
        self._work = QWidget()
        self._work.setLayout(open_one)
        self._nothing = EmptyState(
            "book-open",
            self.tr("No document is open"),
            self.tr("Choose one in the list and press Enter, or look for words with Ctrl+L."),
        )
        self._stack = QStackedWidget()
        for page in (self._nothing, self._work):
            self._stack.addWidget(page)
        self.setLayout(column(self._stack))

    def show_emptiness(self, *, is_empty: bool) -> None:
        self._stack.setCurrentWidget(self._nothing if is_empty else self._work)

    @property
    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self._nothing

    def show_pane(self, *, shown: bool) -> None:
        """As the user wants it; where there is little room that holds for the moment only."""
        if not self._is_narrow:
            self._wants_pane = shown
            self._settings.choose(_PANE, "yes" if shown else "no")
        self.pane.setVisible(shown)
        self.moved.emit()

    def room(self) -> QRect:
        """Where something may float: below the bars."""
        corner = self._body.mapTo(self, self._body.rect().topLeft())
        return QRect(corner, self._body.size())

    def passage(self, view: ReaderView) -> QRect:
        """Around what can be seen of the selection; empty where nothing can."""
        rect = view.selection_rect()
        if rect.isEmpty():
            return QRect()
        return QRect(view.viewport().mapTo(self, rect.topLeft()), rect.size())

    def top_of_page(self, view: QWidget) -> QRect:
        """A place for what floats beside no passage."""
        corner = view.mapTo(self, view.rect().topLeft())
        return QRect(corner.x() + view.width() // 2, corner.y() + 1, 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.pane.setVisible(self._wants_pane and not is_narrow)
        self.moved.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)
