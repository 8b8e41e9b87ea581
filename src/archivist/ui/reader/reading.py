"""One document that is open: what is known of it, where reading stands in it, and its quotes."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from archivist.archive.archive import Archive
from archivist.model.browsing import OpenDocument, QuoteRow
from archivist.model.document import Document, DocumentKind
from archivist.model.errors import ArchivistError
from archivist.model.ids import DocumentId, QuoteId
from archivist.model.text import Text
from archivist.services.browsing import document_details, open_document, quotes_of
from archivist.services.importing import needs_password, read_again
from archivist.services.organising import restore_documents
from archivist.services.reading import note_reading
from archivist.ui.quotes.wording import hue_of_quote
from archivist.ui.reader.place_words import PlaceWords
from archivist.ui.reader.sheet import Sheet
from archivist.ui.reader.showing import Showing, unread
from archivist.ui.reader.view import Highlight, ReaderView
from archivist.ui.session import Session


class Mode(StrEnum):
    """As it is, or as its text alone, which is the way for screen readers."""

    PAGES = "pages"
    TEXT = "text"


def _fresh(archive: Archive, document_id: DocumentId) -> tuple[Document, list[QuoteRow]]:
    with archive.reading():
        return document_details(archive, document_id).document, quotes_of(archive, document_id)


class Reading(QObject):
    """Loads the document into its sheet, and keeps its quotes true."""

    loaded = Signal()
    """The document is known, or known anew."""
    view_made = Signal()
    """Another view stands in the sheet, or none."""
    rows_changed = Signal()
    details_wanted = Signal()

    def __init__(self, session: Session, document_id: DocumentId, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.id = document_id
        self.sheet = Sheet()
        self.opened: OpenDocument | None = None
        self.rows: Sequence[QuoteRow] = ()
        self.mode = Mode.PAGES
        self.active: QuoteId | None = None
        self.is_stale = False
        self.is_asleep = True
        self._showing = Showing(session, self.sheet, self)
        self._places = PlaceWords(None)
        self._place = ""
        self._wish: Callable[[ReaderView], object] | None = None
        self._connect()

    def _connect(self) -> None:
        showing = self._showing
        showing.made.connect(self._take_view)
        showing.text_wanted.connect(partial(self.show_mode, Mode.TEXT))
        showing.details_wanted.connect(self.details_wanted)
        showing.reading_wanted.connect(self._read_again)

    # ---- what is known

    @property
    def view(self) -> ReaderView | None:
        return self.sheet.view

    @property
    def document(self) -> Document | None:
        return self.opened.document if self.opened else None

    @property
    def text(self) -> Text | None:
        return self.opened.text if self.opened else None

    @property
    def has_both_modes(self) -> bool:
        document = self.document
        return document is not None and document.kind is DocumentKind.PDF and self.text is not None

    @property
    def can_be_marked(self) -> bool:
        document = self.document
        return document is not None and not document.deleted and self.text is not None

    def row_of(self, quote_id: str | None) -> QuoteRow | None:
        return next((row for row in self.rows if row.quote.id == quote_id), None)

    def places(self) -> dict[QuoteId, str]:
        """Where each quote stands, in words."""
        return dict(self._places.of(self.rows))

    def place(self) -> str:
        """Where reading stands, for the archive to keep."""
        place = self.view.place() if self.view else ""
        return f"{self.mode}:{place}" if place else self._place

    # ---- opening and closing

    def open(self) -> None:
        """Read it, or read it anew; where reading stands is kept."""
        self._place = self.place()
        self.is_asleep = False
        if self.view is None:
            self.sheet.wait()
        self._session.tasks.read(
            partial(open_document, document_id=self.id),
            self._take,
            failed=self._lose,
            key=f"reader {self.id}",
        )

    def when_shown(self, wish: Callable[[ReaderView], object]) -> None:
        """Now, or as soon as there is a view; only the last wish counts."""
        if self.view is not None:
            wish(self.view)
        else:
            self._wish = wish

    def sleep(self) -> None:
        """End the view and what works behind it; the place is kept."""
        self._place = self.place()
        self._showing.end()
        self.opened = None
        self.is_asleep = True

    def refresh(self) -> None:
        """Something was done: the quotes may be others now, the page does not move."""
        self.is_stale = False
        if self.opened is not None:
            work = partial(_fresh, document_id=self.id)
            key = f"reader rows {self.id}"
            self._session.tasks.read(work, self._take_fresh, failed=self._lose, key=key)

    # ---- showing

    def show_mode(self, mode: Mode) -> None:
        """The other way to read it, at the same place, with the same words selected."""
        view = self.view
        if mode is self.mode or not self.has_both_modes:
            return
        span = view.selection() if view else None
        page = view.current_page if view else 0
        self.mode = mode
        self._place = ""
        self._wish = lambda made: made.show_span(span, select=True) if span else made.go_to_page(page)
        self._show()

    def activate(self, quote_id: QuoteId | None) -> None:
        """Outline this quote on the page."""
        self.active = quote_id
        self.paint()

    def paint(self) -> None:
        """Show the quotes on the page."""
        if self.view is not None:
            self.view.set_highlights(
                [
                    Highlight(row.quote.id, row.span, hue_of_quote(row), row.quote.id == self.active)
                    for row in self.rows
                    if row.span
                ]
            )

    def _show(self) -> None:
        if self.opened is None:
            return
        document, text = self.opened.document, self.opened.text
        if self.mode is Mode.PAGES:
            self._showing.show_pages(document, text)
        elif text is not None:
            self._showing.show_text(document, text)
        else:
            self._showing.show_nothing(document)

    def _take_view(self) -> None:
        wish, view = self._wish, self.view
        if view is not None:
            self._wish = None
            self.paint()
            if wish:
                wish(view)
        self.view_made.emit()

    # ---- answers

    def _take(self, opened: OpenDocument) -> None:
        self.opened, self.rows = opened, opened.quotes
        self._places = PlaceWords(opened.text)
        self._place = self._place or opened.place
        mode, _, place = self._place.partition(":")
        is_pdf = opened.document.kind is DocumentKind.PDF
        self.mode = Mode.TEXT if not is_pdf or (mode == Mode.TEXT and opened.text) else Mode.PAGES
        if self._wish is None and mode == self.mode and place:
            self._wish = lambda view: view.go_to_place(place)
        self._session.tasks.note(partial(note_reading, document_id=self.id, place=opened.place))
        self._tell_state()
        self.loaded.emit()
        self._show()

    def _take_fresh(self, answer: tuple[Document, list[QuoteRow]]) -> None:
        document, rows = answer
        if self.opened is None:
            return
        if document.text_id != self.opened.document.text_id:
            self.open()
            return
        is_other = document != self.opened.document
        self.opened = OpenDocument(document, self.opened.text, tuple(rows), self.opened.place)
        if list(self.rows) != rows:
            self.rows = rows
            self.paint()
        if is_other:
            self._tell_state()
            self.loaded.emit()
        self.rows_changed.emit()

    def _lose(self, error: ArchivistError) -> None:
        """It is not there any more: an import that brought it was undone."""
        self._showing.end()
        self.opened, self.rows = None, ()
        self.sheet.tell("info", "")
        again = (self.tr("Try again"), self.open)
        self.sheet.show_message("file-x", self.tr("Nothing to show"), str(error), [again])
        self.loaded.emit()
        self.view_made.emit()

    def _tell_state(self) -> None:
        document = self.document
        if document is not None and document.deleted:
            said = self.tr("This document is in the bin. It can be read; restore it to mark passages again.")
            self.sheet.tell("warning", said, [(self.tr("Restore"), self._restore)])
        elif document is not None and needs_password(document):
            said = self.tr(
                "This file is locked: with its password it is shown here, but not searched or quoted."
            )
            self.sheet.tell("info", said, [(self.tr("Details"), self.details_wanted.emit)])
        elif document is not None and document.text_id is None and document.kind is DocumentKind.PDF:
            self.sheet.tell("info", unread(document), self._showing.offers_for_unread())
        else:
            self.sheet.tell("info", "")

    # ---- deeds

    def _read_again(self) -> None:
        document = self.document
        if document is None:
            return

        def told(now: Document) -> None:
            if now.text_id is None:
                self._session.say(self.tr("It was read again, and there is still no text."))

        def refuse(error: ArchivistError) -> None:
            self._session.say(str(error))

        self._session.tasks.write(lambda archive: read_again(archive, document), told, failed=refuse)

    def _restore(self) -> None:
        if document := self.document:
            self._session.tasks.write(lambda archive: restore_documents(archive, [document]))
