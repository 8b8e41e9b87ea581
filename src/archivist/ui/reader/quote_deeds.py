"""The deeds on quotes that the reader offers: save, delete, copy with citation."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.browsing import QuoteRow
from archivist.model.colour import Colour
from archivist.model.errors import ArchivistError
from archivist.model.ids import DocumentId
from archivist.model.quote import Quote
from archivist.services.annotating import delete_quote
from archivist.services.citing import citation_of, citation_of_passage
from archivist.ui.quotes.draft import QuoteDraft
from archivist.ui.quotes.saving import changed, marked
from archivist.ui.reader.reading import Reading
from archivist.ui.session import Session


class QuoteDeeds(QObject):
    """Sends them, and says what was done."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    @property
    def hue(self) -> str:
        """The colour that was used last."""
        chosen = self._session.settings.choice("quotes/colour", Colour.AMBER)
        return chosen if chosen in set(Colour) else Colour.AMBER.value

    def use(self, hue: str) -> None:
        self._session.settings.choose("quotes/colour", hue)

    def save(
        self,
        reading: Reading,
        draft: QuoteDraft,
        saved: Callable[[Quote], object],
        refused: Callable[[ArchivistError], object],
    ) -> None:
        """A new quote, or a change of one that the reading knows."""
        document = reading.document
        row = reading.row_of(draft.quote_id)
        if document is None:
            return

        def work(archive: Archive) -> Quote:
            return changed(archive, row, draft) if row else marked(archive, document, draft)

        def told(quote: Quote) -> None:
            self._session.say(
                self.tr("Saved. Undo (Ctrl+Z) takes it back.")
                if row
                else self.tr("Marked. Undo (Ctrl+Z) takes it back.")
            )
            saved(quote)

        self.use(draft.colour)
        self._session.tasks.write(work, told, failed=refused)

    def delete(self, row: QuoteRow) -> None:
        quote = row.quote

        def told(_: Quote) -> None:
            self._session.say(self.tr("Moved the quote to the bin. Undo (Ctrl+Z) brings it back."))

        self._session.tasks.write(lambda archive: delete_quote(archive, quote), told, failed=self._say)

    def copy_passage(self, document_id: DocumentId, span: Span) -> None:
        self._copy(lambda archive: citation_of_passage(archive, document_id, span))

    def copy_quote(self, row: QuoteRow) -> None:
        quote = row.quote
        self._copy(lambda archive: citation_of(archive, quote))

    def _copy(self, work: Callable[[Archive], str]) -> None:
        def take(words: str) -> None:
            QGuiApplication.clipboard().setText(words)
            self._session.say(self.tr("Copied with its citation."))

        self._session.tasks.read(work, take, failed=self._say, key="citation")

    def _say(self, error: ArchivistError) -> None:
        self._session.say(str(error))
