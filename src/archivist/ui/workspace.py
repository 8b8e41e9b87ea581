"""An open archive: sidebar, pages, reader, and the ways between them. Places the parts, decides nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from archivist.model.browsing import Counts, Shelf
from archivist.services.browsing import counts
from archivist.ui.archives.keeping_presenter import KeepingPresenter
from archivist.ui.archives.verify_presenter import VerifyPresenter
from archivist.ui.cases.presenter import CasePresenter
from archivist.ui.deeds import Deeds
from archivist.ui.importing.presenter import ImportPresenter
from archivist.ui.index_watch import IndexWatch
from archivist.ui.library.bin_presenter import BinPresenter
from archivist.ui.library.document_table import COLUMNS_MODE
from archivist.ui.library.presenter import LibraryPresenter
from archivist.ui.navigation import Navigator
from archivist.ui.packs.presenter import PackPresenter
from archivist.ui.palette.presenter import PalettePresenter
from archivist.ui.places import (
    BinPlace,
    CasePlace,
    DocumentPlace,
    ImportPlace,
    LibraryPlace,
    Place,
    QuotesPlace,
    SearchPlace,
    TagsPlace,
    VerifyPlace,
)
from archivist.ui.quotes.presenter import QuotesPresenter
from archivist.ui.reader.presenter import ReaderPresenter
from archivist.ui.search.presenter import SearchPresenter
from archivist.ui.session import Session
from archivist.ui.sidebar.presenter import SidebarPresenter
from archivist.ui.statusbar import StatusBar
from archivist.ui.tags.presenter import TagsPresenter
from archivist.ui.tasks import Opened
from archivist.ui.topbar import TopBar
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.notice import Notice
from archivist.ui.words import plural

SIDEBAR, LIST, READER = 246, 384, 1010
NARROWEST = 200  # of the sidebar: names and counts side by side

Shower = Callable[[Any], None]


class Workspace(QWidget):
    """What is on the screen while an archive is open."""

    def __init__(self, session: Session, opened: Opened, status: StatusBar, overlay: QWidget) -> None:
        super().__init__()
        self.setObjectName("workspace")
        self._session = session
        self._status = status
        self.navigator = Navigator(self)
        self.navigator.arrived.connect(self._show)
        session.go = self.navigator.go
        self.deeds = Deeds(session, self)
        self.index = IndexWatch(session, status, self)
        self._make_parts(opened, overlay)
        self._add_deeds()
        self._place(opened)
        self._connect()

    def begin(self) -> None:
        """Show the library, and let the index follow what is done."""
        self.navigator.go(LibraryPlace())
        self.deeds.refresh()
        self._count()
        self.index.look()
        self.library.focus()

    def take_in(self, paths: list[Path]) -> None:
        """Files were dropped on the window."""
        self.importing.take_in(paths)

    def keep_drafts(self) -> None:
        """Before the archive closes: what was begun is kept in it."""
        self.cases.keep_drafts()
        self.tags.keep_drafts()
        self.reading.shut()

    # ---- parts

    def _make_parts(self, opened: Opened, overlay: QWidget) -> None:
        session = self._session
        self.packs = PackPresenter(session, overlay)
        self.sidebar = SidebarPresenter(session)
        self.library = LibraryPresenter(session)
        self.reading = ReaderPresenter(session)
        self.searching = SearchPresenter(session)
        self.importing = ImportPresenter(session, watch=self._status.show_work)
        self.quotes = QuotesPresenter(session)
        self.cases = CasePresenter(session)
        self.tags = TagsPresenter(session)
        self.bin = BinPresenter(session)
        self.verifying = VerifyPresenter(session, opened.folder)
        self.keeping = KeepingPresenter(session, opened, overlay)
        self.palette_presenter = PalettePresenter(session, overlay)

    def _place(self, opened: Opened) -> None:
        self.bar = TopBar(self._session.actions)
        self.remarks = Notice()
        self.desk = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.library.view, self.reading.view):
            self.desk.addWidget(part)
        self.desk.setChildrenCollapsible(False)
        self.desk.setHandleWidth(1)
        self.desk.setStretchFactor(1, 1)
        self.desk.setSizes([LIST, READER])
        self.pages = QStackedWidget()
        for page in (
            self.desk,
            self.searching.view,
            self.importing.view,
            self.quotes.view,
            self.cases.view,
            self.tags.view,
            self.bin.view,
            self.verifying.page,
        ):
            self.pages.addWidget(page)
        self.frame = QSplitter(Qt.Orientation.Horizontal)
        self.sidebar.view.setMinimumWidth(NARROWEST)
        self.frame.addWidget(self.sidebar.view)
        self.frame.addWidget(self.pages)
        self.frame.setChildrenCollapsible(False)
        self.frame.setHandleWidth(1)
        self.frame.setStretchFactor(1, 1)
        self.frame.setSizes([SIDEBAR, LIST + READER])
        layout = column(self.bar, self.remarks, self.frame)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        for name, splitter in (("desk", self.desk), ("frame", self.frame)):
            splitter.restoreState(self._session.settings.bytes_of(name))
        if opened.remarks:
            self.remarks.tell(
                "warning", " ".join(opened.remarks), offers=[(self.tr("Close"), self.remarks.clear)]
            )

    def _connect(self) -> None:
        search = self.bar.search
        search.asked.connect(lambda words: self.navigator.go(SearchPlace(words)))
        search.left_empty.connect(self._leave_search)
        search.done.connect(self.searching.focus)
        self.library.mode_changed.connect(lambda _: self._arrange_desk())
        self.importing.running.connect(lambda running: self.deeds.hold(yes=running))
        self.cases.export_wanted.connect(self.packs.open)
        self._session.tasks.changed.connect(self._count)
        self.index.caught_up.connect(self.searching.ask_again)

    # ---- going places

    def _show(self, place: Place) -> None:
        shown: dict[type[Any], tuple[Shower, QWidget]] = {
            LibraryPlace: (self.library.show, self.desk),
            DocumentPlace: (self.reading.show, self.desk),
            SearchPlace: (self.searching.show, self.searching.view),
            ImportPlace: (self.importing.show, self.importing.view),
            QuotesPlace: (self.quotes.show, self.quotes.view),
            CasePlace: (self.cases.show, self.cases.view),
            TagsPlace: (self.tags.show, self.tags.view),
            BinPlace: (self.bin.show, self.bin.view),
            VerifyPlace: (lambda _: None, self.verifying.page),
        }
        show, page = shown[type(place)]
        self.pages.setCurrentWidget(page)
        show(place)
        self._arrange_desk()
        self.sidebar.mark(place)
        self.bar.show_export_as_primary(yes=isinstance(place, CasePlace))
        if isinstance(place, SearchPlace) and self.bar.search.text().strip() != place.query:
            self.bar.search.setText(place.query)
        self._session.actions.enable("go.back", when=self.navigator.can_go_back)
        self._session.actions.enable("go.forward", when=self.navigator.can_go_forward)

    def _arrange_desk(self) -> None:
        """Cards stand beside the reader; columns take all of it, and so does a document opened from them."""
        in_columns = self.library.mode == COLUMNS_MODE
        is_reading = isinstance(self.navigator.here, DocumentPlace)
        self.library.view.setVisible(not (in_columns and is_reading))
        self.reading.view.setVisible(not in_columns or is_reading)

    def _leave_search(self) -> None:
        if isinstance(self.navigator.here, SearchPlace):
            self.navigator.back()

    # ---- what the frame shows and does

    def _count(self) -> None:
        self._session.tasks.read(counts, self._show_counts, key="status counts")

    def _show_counts(self, known: Counts) -> None:
        documents = known.shelves.get(Shelf.ALL, 0)
        self._status.show_count(plural(documents, self.tr("1 document"), self.tr("{} documents")))

    def _add_deeds(self) -> None:
        add = self._session.actions.add
        add(
            "window.sidebar",
            self.tr("Show or hide the sidebar"),
            self._toggle_sidebar,
            icon="square-half",
            shortcut="F9",
        )
        add("go.back", self.tr("Back"), self.navigator.back, icon="caret-left", shortcut="Alt+Left")
        add(
            "go.forward", self.tr("Forward"), self.navigator.forward, icon="caret-right", shortcut="Alt+Right"
        )
        add(
            "go.search",
            self.tr("Search"),
            self._focus_search,
            icon="magnifying-glass",
            shortcut="Ctrl+L; Ctrl+Shift+F",
        )
        add(
            "window.palette",
            self.tr("Commands and places"),
            self._open_palette,
            shortcut="Ctrl+K",
            in_palette=False,
        )
        add(
            "import.open",
            self.tr("Import"),
            lambda: self.navigator.go(ImportPlace()),
            icon="file-plus",
            shortcut="Ctrl+I",
        )
        add("import.files", self.tr("Import files…"), self.importing.choose_files, icon="file-plus")
        add(
            "import.folder",
            self.tr("Import a folder…"),
            self.importing.choose_folder,
            icon="folder-open",
        )
        add(
            "pack.export",
            self.tr("Export a briefing pack…"),
            self.packs.open,
            icon="export",
            shortcut="Ctrl+E",
        )

    def _toggle_sidebar(self) -> None:
        self.sidebar.view.setVisible(not self.sidebar.view.isVisible())

    def _focus_search(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _open_palette(self) -> None:
        self.palette_presenter.open()

    def keep_looks(self) -> None:
        """Remember how wide the panes are."""
        for name, splitter in (("desk", self.desk), ("frame", self.frame)):
            self._session.settings.keep(name, splitter.saveState())
