"""Exporting originals: what it means is said first, then the user chooses the place."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.model.errors import ArchivistError
from archivist.model.ids import DocumentId
from archivist.ui.library.originals import documents_of, keep_copies, keep_copy, safe_name
from archivist.ui.session import Session
from archivist.ui.tasks import Running, Tell
from archivist.ui.widgets.notice import Notice, Offer
from archivist.ui.words import isolate, plural


class OriginalExport(QObject):
    """Uses the notice above the list: no dialog but the system's own for the place."""

    def __init__(self, session: Session, notice: Notice) -> None:
        super().__init__(notice)
        self._session = session
        self._notice = notice
        self._running: Running | None = None

    def begin(self, ids: Sequence[DocumentId]) -> None:
        """Say what an exported original is, and offer to go on."""
        many = plural(len(ids), self.tr("The original is"), self.tr("The {} originals are"))
        sentence = self.tr(
            "{} written as received: not encrypted, so anyone who gets at the copy can read it, and with"
            " whatever the sender put in. Open it only where a hostile file can do no harm."
        ).replace("{}", many)
        go_on = self.tr("Choose a place…") if len(ids) == 1 else self.tr("Choose a folder…")
        offers: list[Offer] = [
            (go_on, partial(self._choose, list(ids))),
            (self.tr("Cancel"), self._notice.clear),
        ]
        self._notice.tell("warning", sentence, title=self.tr("Export originals"), offers=offers)

    def _choose(self, ids: list[DocumentId]) -> None:
        if len(ids) == 1:
            self._session.tasks.read(partial(documents_of, ids=ids), self._choose_place)
        elif folder := self._session.chooser.folder(self.tr("Export originals into")):
            self._run_all(ids, folder)

    def _choose_place(self, documents: list[Document]) -> None:
        for document in documents:
            name = safe_name(document.file_name)
            if path := self._session.chooser.save(self.tr("Export original"), name):
                self._run_one(document, path)

    def _run_one(self, document: Document, path: Path) -> None:
        def work(archive: Archive, tell: Tell) -> Path:  # noqa: ARG001 - one step, nothing to tell
            return keep_copy(archive, document, path)

        self._notice.clear()
        self._running = self._session.tasks.aside(work, self._done_one, failed=self._fail)

    def _run_all(self, ids: list[DocumentId], folder: Path) -> None:
        def work(archive: Archive, tell: Tell) -> int:
            return keep_copies(archive, ids, folder, tell)

        def told(values: list[int]) -> None:
            words = self.tr("Exporting {} of {}").format(values[-1], len(ids))
            self._notice.tell("info", words, offers=[(self.tr("Stop"), self._stop)])

        self._notice.clear()
        self._running = self._session.tasks.aside(
            work, self._done_all, told=told, failed=self._fail, stopped=self._notice.clear
        )

    def _stop(self) -> None:
        if self._running:
            self._running.stop()

    def _done_one(self, path: Path) -> None:
        self._session.say(self.tr("Exported “{}”.").replace("{}", isolate(path.name)))

    def _done_all(self, count: int) -> None:
        self._notice.clear()
        one, many = self.tr("Exported 1 original."), self.tr("Exported {} originals.")
        self._session.say(plural(count, one, many))

    def _fail(self, error: ArchivistError) -> None:
        self._notice.tell("error", str(error))
