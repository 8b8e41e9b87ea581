"""Offers unfinished quotes again, above the document that they belong to."""

from PySide6.QtCore import QObject

from archivist.model.ids import DocumentId
from archivist.ui.reader.desk import Desk
from archivist.ui.reader.marking import Marking
from archivist.ui.reader.reading import Reading
from archivist.ui.words import plural


class DraftOffers(QObject):
    """Listens to the desk and the drafts; says nothing of a draft whose form is open."""

    def __init__(self, marking: Marking, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._marking, self._desk = marking, desk
        desk.loaded.connect(self._fetch)
        marking.drafts.changed.connect(self._show)
        marking.popover.closed.connect(self._show_current)
        marking.form_opened.connect(self._show_current)

    def _fetch(self, reading: Reading) -> None:
        if reading.document is not None:
            self._marking.drafts.fetch(reading.id)

    def _show_current(self) -> None:
        if self._desk.current is not None:
            self._show(self._desk.current.id)

    def _show(self, document_id: str) -> None:
        reading = next((one for one in self._desk.readings() if one.id == document_id), None)
        if reading is None:
            return
        drafts = self._marking.drafts.of(DocumentId(document_id))
        if not drafts or (self._marking.popover.is_form and reading is self._desk.current):
            reading.sheet.tell_of_draft("")
            return
        newest = drafts[-1]
        said = plural(
            len(drafts),
            self.tr("An unfinished quote is kept."),
            self.tr("{} unfinished quotes are kept."),
        )
        reading.sheet.tell_of_draft(
            said,
            [
                (self.tr("Go on"), lambda: self._marking.go_on(newest)),
                (self.tr("Discard"), lambda: self._marking.drafts.drop(newest)),
            ],
        )
