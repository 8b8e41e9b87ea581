"""The list of documents with its head; shows, and says what the user wants."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QStackedWidget, QWidget

from archivist.model.browsing import Counts, Listing, Sort
from archivist.model.ids import DocumentId
from archivist.ui.library.columns import COLUMNS
from archivist.ui.library.document_table import DocumentTable
from archivist.ui.library.emptiness import nothing_in
from archivist.ui.library.filter_popover import FilterPopover
from archivist.ui.library.head import LibraryHead, begins_descending
from archivist.ui.library.model import LibraryModel
from archivist.ui.library.notice_place import NoticePlace
from archivist.ui.library.standing import Standing
from archivist.ui.settings import Settings
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.layout import column, horizontal_line
from archivist.ui.widgets.notice import EmptyState, Notice

LEAST = 300
LEAST_DETAILS, DETAILS = 300, 372
_SPLIT = "library/details"


class LibraryView(QFrame):
    """Cards or columns, an empty state in their place, and the details beside them where they are wanted."""

    opened = Signal(str)
    title_kept = Signal(str, str)
    chosen = Signal()
    listing_tried = Signal(object)
    listing_wanted = Signal(object)
    title_sought = Signal(str)
    facets_wanted = Signal()
    came_back = Signal()
    went_away = Signal()

    def __init__(self, model: LibraryModel, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("list_pane")
        self._settings = settings
        self.listing = Listing()
        self.model = model
        self.head = LibraryHead()
        self.notice = Notice()
        self.table = DocumentTable(model, settings)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._empty: EmptyState | None = None
        self._offers: Mapping[str, Callable[[], Any]] = {}
        self._menu_actions: Sequence[QAction | None] = ()
        self._filters: FilterPopover | None = None
        self._details: QWidget | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        body = QWidget()
        told = NoticePlace(self.notice, (12, 8, 12, 8))
        layout = column(self.head, horizontal_line(), told, self._stack)
        layout.setStretch(3, 1)
        body.setLayout(layout)
        body.setMinimumWidth(LEAST)
        self._split.addWidget(body)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.setStretchFactor(0, 1)
        self.setLayout(column(self._split))

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self._count)
        self.table.chosen.connect(self.chosen)
        self.table.sought.connect(self.title_sought)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.title_editor.kept.connect(self.title_kept)
        self.table.columns.sectionClicked.connect(self._sort_by_column)
        self.head.filter_removed.connect(self.listing_wanted)
        self.head.sorted.connect(self._sort)
        self.model.modelReset.connect(self._count)

    # ---- what it shows

    def show_listing(self, listing: Listing, title: str) -> None:
        self.listing = listing
        self.head.show_listing(listing, title)
        self.table.columns.show_sort(listing.sort, descending=listing.descending)

    def show_ids(self, ids: list[DocumentId], standing: Standing | None = None) -> None:
        """`standing` where it is another list than before; None keeps selection and place."""
        self.model.show_ids(ids)
        if standing is not None:
            self.table.stand(standing)
        self._show_emptiness(is_empty=not ids)
        self._count()

    def set_mode(self, mode: str) -> None:
        self.table.set_mode(mode)
        self.head.set_mode(mode)

    def set_offers(self, offers: Mapping[str, Callable[[], Any]]) -> None:
        """What empty lists offer: `import`, `clear`, `all`."""
        self._offers = offers

    def set_menu(self, actions: Sequence[QAction | None]) -> None:
        """What the context menu holds; None parts groups."""
        self._menu_actions = actions

    def set_details(self, details: QWidget) -> None:
        self._details = details
        details.setMinimumWidth(LEAST_DETAILS)
        self._split.addWidget(details)
        self._split.setStretchFactor(1, 0)
        if not self._split.restoreState(self._settings.bytes_of(_SPLIT)):
            self._split.setSizes([10_000, DETAILS])
        self._split.splitterMoved.connect(lambda *_: self._settings.keep(_SPLIT, self._split.saveState()))

    def show_details(self, *, shown: bool) -> None:
        if self._details:
            self._details.setVisible(shown)

    def tell(self, level: str, sentence: str, offers: Sequence[tuple[str, Callable[[], Any]]] = ()) -> None:
        """A sentence above the list."""
        self.notice.tell(level, sentence, offers=offers)

    def selected_ids(self) -> list[DocumentId]:
        return self.table.selected_ids()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_back.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went_away.emit()

    # ---- filters

    def open_filters(self) -> None:
        if self._filters is None:
            self._filters = FilterPopover(self.window())
            self._filters.changed.connect(self.listing_tried)
            self._filters.closed.connect(lambda: self.listing_wanted.emit(self.listing))
        self.facets_wanted.emit()
        self._filters.open_for(self.listing, self.head.filter_rect(), self.window().height())

    def show_facets(self, counts: Counts) -> None:
        if self._filters is not None:
            self._filters.show_counts(counts)

    # ---- inside

    def _count(self) -> None:
        self.head.show_counts(len(self.model.ids), self.table.selected_count())

    def _show_emptiness(self, *, is_empty: bool) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if not is_empty:
            return
        nothing = nothing_in(self.listing)
        offered = {
            "import": lambda: push_button(self.tr("Import files…"), "file-plus", kind="primary"),
            "clear": lambda: push_button(self.tr("Clear filters")),
            "all": lambda: push_button(self.tr("Show all documents")),
        }
        buttons = []
        if (deed := self._offers.get(nothing.offer)) and nothing.offer in offered:
            button = offered[nothing.offer]()
            button.setObjectName(f"empty_{nothing.offer}")
            button.clicked.connect(lambda *_: deed())
            buttons.append(button)
        self._empty = EmptyState(nothing.icon, nothing.title, nothing.sentence, *buttons)
        self._empty.setObjectName("library_empty")
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _open_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        for action in self._menu_actions:
            if action is None:
                menu.addSeparator()
            elif action.isEnabled():
                menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _sort_by_column(self, at: int) -> None:
        sort = COLUMNS[at].sort
        is_same = sort is self.listing.sort
        self._sort(sort, not self.listing.descending if is_same else begins_descending(sort))

    def _sort(self, sort: Sort, descending: bool) -> None:
        self.listing_wanted.emit(replace(self.listing, sort=sort, descending=descending))
