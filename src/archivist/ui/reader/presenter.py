"""The reader, joined to its services: documents in tabs, and the places in them."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget

from archivist.model.ids import DocumentId
from archivist.services.viewing import get_ready
from archivist.ui.places import DocumentPlace
from archivist.ui.reader.area import ReaderArea
from archivist.ui.reader.beside import Beside
from archivist.ui.reader.desk import Desk
from archivist.ui.reader.draft_offers import DraftOffers
from archivist.ui.reader.marking import Marking
from archivist.ui.reader.page_deeds import PageDeeds, Parts
from archivist.ui.reader.quote_deeds import QuoteDeeds
from archivist.ui.reader.reading import Mode, Reading
from archivist.ui.reader.seeking import Seeking
from archivist.ui.reader.toolbar import ReaderBar
from archivist.ui.reader.view import ReaderView
from archivist.ui.session import Session


class ReaderPresenter(QObject):
    """Shows places in documents. `keep_drafts` before the archive closes, `shut` when it does."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        documents = QStackedWidget()
        documents.setObjectName("reader_documents")
        self.deeds = PageDeeds(session, documents, self)
        self.view = ReaderArea(documents, ReaderBar(session.actions), session.settings)
        self.setParent(self.view)
        self.desk = Desk(session, documents, self)
        quotes = QuoteDeeds(session, self)
        self.marking = Marking(session, self.view, self.desk, quotes)
        self.seeking = Seeking(session, self.view, self.desk)
        self.beside = Beside(session, self.view.pane, self.desk, self.marking, quotes)
        DraftOffers(self.marking, self.desk, self)
        parts = Parts(self.view, self.desk, self.marking, self.seeking, self.beside, quotes, self._go_to)
        self.deeds.join(parts)
        self._connect()
        session.tasks.read(get_ready, lambda _: None)
        self._update()

    def _connect(self) -> None:
        area, desk = self.view, self.desk
        desk.opened.connect(lambda reading: area.tabs.add(reading.id))
        desk.closed.connect(area.tabs.remove)
        desk.current_changed.connect(self._front_changed)
        desk.loaded.connect(self._loaded)
        desk.view_made.connect(self._view_made)
        area.tabs.chosen.connect(lambda document_id: self._go_to(DocumentId(document_id)))
        area.tabs.close_wanted.connect(lambda document_id: desk.close(DocumentId(document_id)))
        area.shown.connect(lambda _: self.deeds.enable())

    # ---- places

    def show(self, place: DocumentPlace) -> None:
        """Bring the document to the front, at the passage or quote that is named."""
        reading = self.desk.bring(place.document_id)
        if place.quote_id is not None:
            reading.active = place.quote_id
            self.beside.activate(place.quote_id)
        if place.span is not None:
            span = place.span
            reading.when_shown(lambda view: view.show_span(span))
        elif place.quote_id is not None:
            reading.when_shown(partial(_show_quote, reading, place.quote_id))
        if place.query or place.span is not None:
            self.seeking.mark_query(reading, place.query, place.span)
        if reading.view is not None:
            reading.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.view.documents.setFocus(Qt.FocusReason.OtherFocusReason)  # the page takes it when it comes

    def keep_drafts(self) -> None:
        """What is typed, and where reading stands, is kept in the archive."""
        self.marking.keep_draft()
        self.desk.note_place()

    def shut(self) -> None:
        """Nothing works behind the pages any more."""
        self.keep_drafts()
        self.desk.shut()

    # ---- the document in front

    def _go_to(self, document_id: DocumentId) -> None:
        """At once, and as a place to come back to."""
        self.desk.bring(document_id)
        self._session.go(DocumentPlace(document_id))

    def _front_changed(self) -> None:
        self.marking.leave()
        current = self.desk.current
        self.view.show_emptiness(is_empty=current is None)
        if current is not None:
            self.view.tabs.choose(current.id)
        self._update()

    def _loaded(self, reading: Reading) -> None:
        if reading.document is not None:
            self.view.tabs.describe(reading.id, reading.document.title, reading.document.kind)
        if reading is self.desk.current:
            self.beside.refresh()
            self._update()

    def _view_made(self, reading: Reading) -> None:
        """Of any document: one that lies behind may have got its view only now."""
        view = reading.view
        if view is not None:
            self.marking.watch(view)
            view.quote_clicked.connect(self._quote_clicked)
            view.place_changed.connect(lambda: self._show_place(view))
            view.opened.connect(self._update)
        if reading is not self.desk.current:
            return
        if view is not None and self._is_waiting_for_page():
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._update()

    def _is_waiting_for_page(self) -> bool:
        """Whether the keys are where the page will be, or nowhere."""
        now = QApplication.focusWidget()
        return now is None or now is self.view.documents or self.view.documents.isAncestorOf(now)

    def _quote_clicked(self, quote_id: str) -> None:
        self.beside.activate(quote_id)
        self.marking.edit(quote_id)

    def _show_place(self, view: ReaderView) -> None:
        current = self.desk.current
        if current is not None and current.view is view:
            self.view.bar.show_place(view)
            if not self.view.outline.isHidden():
                self.view.outline.mark(view)

    def _update(self) -> None:
        """Bar, outline and deeds follow what is in front."""
        reading = self.desk.current
        view = reading.view if reading else None
        mode = reading.mode if reading else Mode.PAGES
        has_both = reading is not None and reading.has_both_modes
        self.view.bar.show_view(view, mode=mode, has_both=has_both)
        if not self.view.outline.isHidden():
            self.view.outline.show_outline(view)
            self.view.outline.mark(view)
        self.deeds.enable()


def _show_quote(reading: Reading, quote_id: str, view: ReaderView) -> None:
    row = reading.row_of(quote_id)
    if row is not None and row.span is not None:
        view.show_span(row.span)
