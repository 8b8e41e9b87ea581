"""The pane beside the page and the page itself: what is chosen in one is shown in the other."""

from PySide6.QtCore import QObject

from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.ui.library.details_pane import DetailsPane
from archivist.ui.quotes.pane import DETAILS, QuotesPane
from archivist.ui.reader.desk import Desk
from archivist.ui.reader.marking import Marking
from archivist.ui.reader.quote_deeds import QuoteDeeds
from archivist.ui.session import Session


class Beside(QObject):
    """Joins the quotes pane to the document in front."""

    def __init__(self, session: Session, pane: QuotesPane, desk: Desk, marking: Marking, deeds: QuoteDeeds):
        super().__init__(pane)
        self._session = session
        self._pane, self._desk, self._marking, self._deeds = pane, desk, marking, deeds
        self._details: DetailsPane | None = None
        pane.activated_quote.connect(self._show_quote)
        pane.edit_wanted.connect(self._edit)
        pane.copy_wanted.connect(self._copy)
        pane.delete_wanted.connect(self.delete)
        pane.place_wanted.connect(self._show_where_it_was)
        pane.details_wanted.connect(self._show_details)
        marking.quoted.connect(self._made)
        desk.current_changed.connect(self._refresh)
        desk.rows_changed.connect(self._refresh)
        desk.details_wanted.connect(lambda: self.open_tab(DETAILS))

    def refresh(self) -> None:
        """The document in front is known, or known anew."""
        self._refresh()

    def open_tab(self, tab: str) -> None:
        self._pane.show()
        self._pane.open_tab(tab)

    def activate(self, quote_id: str) -> None:
        """A quote was chosen on the page."""
        reading = self._desk.current
        row = reading.row_of(quote_id) if reading else None
        if reading is not None and row is not None:
            reading.activate(row.quote.id)
            self._pane.activate(row.quote.id)

    def delete(self, quote_id: str) -> None:
        """The next one is the chosen one then."""
        reading = self._desk.current
        row = reading.row_of(quote_id) if reading else None
        if reading is None or row is None:
            return
        reading.active = self._neighbour(row.quote.id)
        self._deeds.delete(row)

    def active(self) -> QuoteId | None:
        reading = self._desk.current
        return reading.active if reading and reading.row_of(reading.active) else None

    # ---- inside

    def _refresh(self) -> None:
        reading = self._desk.current
        if reading is None:
            self._pane.show_rows((), {})
            return
        self._pane.show_rows(reading.rows, reading.places())
        self._pane.activate(reading.active)
        reading.paint()
        if self._pane.tab == DETAILS:
            self._show_details()

    def _made(self, quote_id: str) -> None:
        """Its card comes with the answer to `changed`."""
        reading = self._desk.current
        if reading is not None and reading.row_of(quote_id):
            self.activate(quote_id)

    def _show_quote(self, quote_id: str) -> None:
        """A card was chosen: its words come into sight."""
        reading = self._desk.current
        row = reading.row_of(quote_id) if reading else None
        if reading is None or row is None:
            return
        reading.activate(row.quote.id)
        if row.span is not None and reading.view is not None:
            reading.view.show_span(row.span)

    def _edit(self, quote_id: str, part: str) -> None:
        self.activate(quote_id)
        self._marking.edit(quote_id, part)

    def _copy(self, quote_id: str) -> None:
        reading = self._desk.current
        if row := reading.row_of(quote_id) if reading else None:
            self._deeds.copy_quote(row)

    def _show_where_it_was(self, quote_id: str) -> None:
        """The page on which its words were marked, or the place in a text without pages."""
        reading = self._desk.current
        row = reading.row_of(quote_id) if reading else None
        if reading is None or row is None or reading.view is None:
            return
        anchor, view = row.quote.anchor, reading.view
        length = len(reading.text.content) if reading.text else 0
        if anchor.page is not None and view.page_count:
            view.go_to_page(min(anchor.page, view.page_count) - 1)
        elif length:
            start = min(anchor.start, length - 1)
            view.show_span(Span(start, min(start + 1, length)))
        said = self.tr("The words that were marked here: {}")
        self._session.say(said.format(" ".join(anchor.exact.split())[:120]))

    def _show_details(self) -> None:
        """Made when they are first looked at."""
        if self._details is None:
            self._details = DetailsPane(self._session)
            self._details.setObjectName("clear")
            self._pane.set_details(self._details)
        reading = self._desk.current
        self._details.show_document(reading.id if reading else None)

    def _neighbour(self, quote_id: QuoteId) -> QuoteId | None:
        rows = [row.quote.id for row in self._pane.cards.cards.rows]
        if quote_id not in rows:
            return None
        at = rows.index(quote_id)
        rest = rows[at + 1 : at + 2] or rows[max(0, at - 1) : at]
        return rest[0] if rest else None
