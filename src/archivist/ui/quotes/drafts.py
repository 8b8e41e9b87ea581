"""Unfinished quotes: kept in the archive while they are typed, offered again when the document opens."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from archivist.model.ids import DocumentId
from archivist.services.reading import draft, save_draft
from archivist.ui.quotes.draft import QuoteDraft, draft_key, read_drafts, with_draft, without_draft, written
from archivist.ui.session import Session


class Drafts(QObject):
    """Those of the documents that were opened; no deeds, so that nobody else has to be told."""

    changed = Signal(str)
    """Of that document."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[DocumentId, tuple[QuoteDraft, ...]] = {}

    def fetch(self, document_id: DocumentId) -> None:
        """Ask the archive, once."""
        if document_id in self._known:
            self.changed.emit(document_id)
            return

        def take(content: str) -> None:
            self._known.setdefault(document_id, read_drafts(document_id, content))
            self.changed.emit(document_id)

        key = draft_key(document_id)
        self._session.tasks.read(partial(draft, key=key), take, key=f"drafts {document_id}")

    def of(self, document_id: DocumentId) -> tuple[QuoteDraft, ...]:
        """The newest last."""
        return self._known.get(document_id, ())

    def about(self, wanted: QuoteDraft) -> QuoteDraft | None:
        """What was begun about the same passage or quote."""
        return next((one for one in self.of(wanted.document_id) if one.target == wanted.target), None)

    def keep(self, newest: QuoteDraft) -> None:
        self._change(newest.document_id, lambda known: with_draft(known, newest))

    def drop(self, done: QuoteDraft) -> None:
        self._change(done.document_id, lambda known: without_draft(known, done))

    def _change(
        self,
        document_id: DocumentId,
        change: Callable[[tuple[QuoteDraft, ...]], tuple[QuoteDraft, ...]],
    ) -> None:
        before = self.of(document_id)
        after = change(before)
        if after == before:
            return
        self._known[document_id] = after
        self._session.tasks.note(partial(save_draft, key=draft_key(document_id), content=written(after)))
        self.changed.emit(document_id)
