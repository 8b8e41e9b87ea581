"""Makes the view of a document: its pages or its text; where there is none, says why and what helps."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from archivist.archive.archive import Archive
from archivist.model.document import Document, DocumentKind
from archivist.model.errors import ArchivistError
from archivist.model.styles import StyledText
from archivist.model.text import Text
from archivist.services.viewing import Original, open_original, styles_of
from archivist.ui.reader.engine import PageEngine
from archivist.ui.reader.pdf_view import PdfView
from archivist.ui.reader.sheet import Sheet
from archivist.ui.reader.text_view import TextView
from archivist.ui.session import Session
from archivist.ui.tasks import Tell
from archivist.ui.widgets.notice import Offer

_STYLED = {DocumentKind.DOCX, DocumentKind.HTML, DocumentKind.MARKDOWN, DocumentKind.TEXT}


class Showing(QObject):
    """Fills one sheet. An answer to an older wish than the last one is not taken."""

    made = Signal()
    """A view stands in the sheet, or is known not to."""
    text_wanted = Signal()
    details_wanted = Signal()
    reading_wanted = Signal()
    """The file shall be read once more."""

    def __init__(self, session: Session, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._sheet = sheet
        self._turn = 0
        self._engine: PageEngine | None = None
        self._content = b""
        sheet.password_given.connect(self._unlock)

    def show_pages(self, document: Document, text: Text | None) -> None:
        self._turn += 1
        self._sheet.wait()
        self._session.tasks.read(
            partial(open_original, document_id=document.id),
            partial(self._take_original, self._turn, document, text),
            failed=partial(self._tell_damage, self._turn, text),
            key=f"reader original {document.id}",
        )

    def show_text(self, document: Document, text: Text) -> None:
        self._turn += 1
        view = TextView(text)
        view.link_shown.connect(self._say_link)
        self._forget_engine()
        self._sheet.show_view(view)
        if document.kind in _STYLED:
            self._fetch_styles(view, document, text)
        self.made.emit()

    def show_nothing(self, document: Document) -> None:
        """There are neither pages nor words."""
        self.end()
        self._sheet.show_message(
            "file-x", self.tr("Nothing to show"), unread(document), self.offers_for_unread()
        )
        self.made.emit()

    def end(self) -> None:
        """Drop the view; what is on its way is not taken any more."""
        self._turn += 1
        self._forget_engine()
        self._sheet.drop_view()

    def offers_for_unread(self) -> list[Offer]:
        return [(self.tr("Try again"), self.reading_wanted.emit), self._details]

    # ---- pages

    def _take_original(self, turn: int, document: Document, text: Text | None, original: Original) -> None:
        if turn != self._turn:
            original.pages.close()
            return
        engine = PageEngine(original.pages)
        view = PdfView(engine, text, self._session.theme)
        view.failed.connect(partial(self._tell_failure, document, text))
        view.opened.connect(self._say_opened)
        engine.locked.connect(self._sheet.ask_password)
        self._sheet.show_view(view)
        self._engine, self._content = engine, original.content
        self.made.emit()
        engine.open(original.content)

    def _unlock(self, password: str) -> None:
        """The password goes to the child that shows the pages, and nowhere else."""
        if self._engine is not None and self._content:
            self._engine.open(self._content, password)

    def _say_opened(self) -> None:
        self._content = b""
        self._sheet.password_field.clear()
        self._sheet.show_view_again()

    def _forget_engine(self) -> None:
        """The view that has it ends it."""
        self._engine, self._content = None, b""

    def _tell_damage(self, turn: int, text: Text | None, error: ArchivistError) -> None:
        if turn != self._turn:
            return
        self.end()
        title = self.tr("The original cannot be shown")
        self._sheet.show_message("warning-circle", title, str(error), self._instead(text))
        self.made.emit()

    def _tell_failure(self, document: Document, text: Text | None, sentence: str) -> None:
        if text is None:
            self._sheet.tell("info", "")
            self.show_nothing(document)
            return
        self.end()
        again: Offer = (self.tr("Try again"), partial(self.show_pages, document, text))
        title = self.tr("Not shown as pages")
        self._sheet.show_message("warning-circle", title, sentence, [*self._instead(text), again])
        self.made.emit()

    def _instead(self, text: Text | None) -> Sequence[Offer]:
        if text is None:
            return (self._details,)
        return ((self.tr("Show as text"), self.text_wanted.emit), self._details)

    @property
    def _details(self) -> Offer:
        return (self.tr("Details"), self.details_wanted.emit)

    # ---- text

    def _fetch_styles(self, view: TextView, document: Document, text: Text) -> None:
        """Plain words are shown meanwhile, and for good where the styles cannot be had."""

        def dress(styles: StyledText | None) -> None:
            if styles is not None and self._sheet.view is view:
                view.dress(styles)

        def ask(archive: Archive, _tell: Tell) -> StyledText | None:
            return styles_of(archive, document, text)

        self._session.tasks.aside(ask, dress, failed=lambda _: None)

    def _say_link(self, address: str) -> None:
        if address:
            self._session.say(self.tr("A link in the document, not followed: {}").format(address))


def unread(document: Document) -> str:
    """Why a document has no words, in a sentence."""
    warning = next(iter(document.warnings), "").removeprefix("No text: ").rstrip(".")
    said = QCoreApplication.translate(
        "Showing", "Nothing could be read from this file{}. The original is kept untouched."
    )
    return said.format(f": {warning}" if warning else "")
