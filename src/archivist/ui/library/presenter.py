"""Joins the list of documents to its services."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from archivist.archive.archive import Archive
from archivist.model.browsing import Listing, Shelf
from archivist.model.errors import ArchivistError, NotFound
from archivist.model.ids import DocumentId
from archivist.services.browsing import counts, document_rows, list_documents
from archivist.services.naming import find_case, find_tag
from archivist.ui.library.deeds import LibraryDeeds, Ways
from archivist.ui.library.details_pane import DetailsPane
from archivist.ui.library.document_table import CARDS, COLUMNS_MODE
from archivist.ui.library.filtering import without_filters
from archivist.ui.library.model import LibraryModel
from archivist.ui.library.seeking import find_title
from archivist.ui.library.standing import Standing
from archivist.ui.library.view import LibraryView
from archivist.ui.library.wording import shelf_name
from archivist.ui.places import DocumentPlace, LibraryPlace
from archivist.ui.session import Session
from archivist.ui.words import isolate

MOST_STANDINGS = 30


@dataclass(frozen=True, slots=True)
class _Listed:
    listing: Listing
    ids: list[DocumentId]
    name: str
    """Of the tag or case that it is narrowed to."""


def _listed(archive: Archive, *, listing: Listing) -> _Listed:
    name = ""
    try:
        if listing.tag:
            name = find_tag(archive, listing.tag).name
        elif listing.case:
            name = find_case(archive, listing.case).name
    except NotFound:
        name = ""  # deleted meanwhile; its documents are none, and the list says so
    return _Listed(listing, list_documents(archive, listing), name)


class LibraryPresenter(QObject):
    """Shows places of the library; `view` is what stands in the window.

    In columns the list wants the whole width, in cards a pane beside the reader: `mode_changed` says so.
    """

    mode_changed = Signal(str)
    selection_changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._model = LibraryModel()
        self.view = LibraryView(self._model, session.settings)
        self.setParent(self.view)  # what it is told after its view has gone would reach nobody
        self._model.setParent(self.view)
        self._deeds = LibraryDeeds(
            session,
            self.view,
            Ways(self.open_selected, self.toggle_details, self.set_mode, self.view.open_filters),
        )
        self.details = DetailsPane(session, self._deeds.foot)
        self._placed = Listing()  # of the place that the window is at; filters are tried before they are one
        self._is_shown, self._is_stale, self._cannot_read = False, False, False
        self._arriving: Standing | None = None  # how a list that was asked for is to stand
        self._standings: dict[Listing, Standing] = {}
        self._soon = QTimer(self, singleShot=True, interval=40)
        self._soon.timeout.connect(self._tell_selection)
        self._dress()
        self._connect()

    def _dress(self) -> None:
        view = self.view
        view.set_details(self.details)
        view.head.add_tools(self._deeds.filtering, self._deeds.modes, [self._deeds.details])
        view.set_menu(self._deeds.menu)
        view.set_offers(
            {
                "import": lambda: self._session.actions.get("import.files").trigger(),
                "clear": lambda: self._go(without_filters(view.listing)),
                "all": lambda: self._go(Listing()),
            }
        )
        self.set_mode(self._session.settings.choice("library/mode", CARDS))

    def _connect(self) -> None:
        view = self.view
        view.opened.connect(self.open)
        view.chosen.connect(self._choose)
        view.title_sought.connect(self._seek)
        view.listing_tried.connect(self._try)
        view.listing_wanted.connect(self._go)
        view.facets_wanted.connect(
            lambda: self._session.tasks.read(counts, view.show_facets, key="library facets")
        )
        view.came_back.connect(self._come_back)
        view.went_away.connect(lambda: self._deeds.enable(0, is_bin=False))
        self._model.rows_wanted.connect(self._fetch)
        self._session.tasks.changed.connect(self._refresh)

    # ---- places

    def show(self, place: LibraryPlace) -> None:
        """Show a place: as it stood when it was left, where it was here before."""
        is_same = self._is_shown and place.listing == self.view.listing
        self._placed = place.listing
        if not is_same:
            self._load(place.listing, self._standings.get(place.listing, Standing()))

    def focus(self) -> None:
        """Let keys act on the list."""
        self.view.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def mode(self) -> str:
        return self.view.table.mode

    def set_mode(self, mode: str) -> None:
        """`cards` or `columns`."""
        mode = mode if mode in {CARDS, COLUMNS_MODE} else CARDS
        self._session.settings.choose("library/mode", mode)
        self.view.set_mode(mode)
        self.view.show_details(shown=self._shows_details())
        self.mode_changed.emit(mode)

    def toggle_details(self) -> None:
        shown = not self._shows_details()
        self._session.settings.choose(f"library/details/{self.mode}", "yes" if shown else "no")
        self.view.show_details(shown=shown)
        self._tell_selection()

    def _shows_details(self) -> bool:
        default = "yes" if self.mode == COLUMNS_MODE else "no"
        return self._session.settings.choice(f"library/details/{self.mode}", default) == "yes"

    def _go(self, listing: Listing) -> None:
        """Make it a place, so that Back returns to what was before."""
        if listing == self._placed:
            return
        self._placed = listing
        self._try(listing)
        self._session.go(LibraryPlace(listing))

    def _try(self, listing: Listing) -> None:
        if listing != self.view.listing:
            self._load(listing, Standing())

    def _load(self, listing: Listing, standing: Standing) -> None:
        if self._is_shown:
            self._standings[self.view.listing] = self.view.table.standing()
            while len(self._standings) > MOST_STANDINGS:
                del self._standings[next(iter(self._standings))]
        self._is_shown = True
        self.view.show_listing(listing, self._title(listing, ""))
        self._arriving = standing
        self._read()

    def _read(self) -> None:
        def take(listed: _Listed) -> None:
            if self._cannot_read:
                self.view.notice.clear()
                self._cannot_read = False
            self.view.show_listing(listed.listing, self._title(listed.listing, listed.name))
            standing, self._arriving = self._arriving, None
            self.view.show_ids(listed.ids, standing)
            self._choose()

        def fail(error: ArchivistError) -> None:
            self._cannot_read = True
            self.view.tell("error", str(error), [(self.tr("Try again"), self._read)])

        work = partial(_listed, listing=self.view.listing)
        self._session.tasks.read(work, take, failed=fail, key="library list")

    def _title(self, listing: Listing, name: str) -> str:
        if listing.tag or listing.case:
            return isolate(name) if name else self.tr("Documents")
        return shelf_name(listing.shelf)

    # ---- keeping up

    def _refresh(self) -> None:
        """Something was done somewhere; out of sight it can wait."""
        self._is_stale = self._is_shown and not self.view.isVisible()
        if self._is_shown and not self._is_stale:
            self._read()

    def _come_back(self) -> None:
        self._choose()
        if self._is_stale:
            self._refresh()

    def _fetch(self, ids: Sequence[DocumentId]) -> None:
        def fail(error: ArchivistError) -> None:
            self._model.rows_failed()
            self.view.tell("error", str(error))

        self._session.tasks.read(partial(document_rows, ids=ids), self._model.take_rows, failed=fail)

    # ---- the selection

    def _choose(self) -> None:
        selected = self.view.table.selected_count()
        self._deeds.enable(selected, is_bin=self.view.listing.shelf is Shelf.TRASH)
        self._soon.start()

    def _tell_selection(self) -> None:
        ids = self.view.selected_ids()
        if self._shows_details():
            self.details.show_documents(ids)
        self.selection_changed.emit(ids)

    def open(self, document_id: DocumentId) -> None:
        """In the bin a document is looked at, not read: it comes back first."""
        if self.view.listing.shelf is not Shelf.TRASH:
            self._session.go(DocumentPlace(document_id))
        elif not self._shows_details():
            self.toggle_details()

    def open_selected(self) -> None:
        if document_id := self.view.table.current_id():
            self.open(document_id)

    def _seek(self, typed: str) -> None:
        def take(found: DocumentId | None) -> None:
            if found:
                self.view.table.select_ids([found])

        work = partial(find_title, listing=self.view.listing, typed=typed, start=self.view.table.current_id())
        self._session.tasks.read(work, take, key="library seek")
