"""The open archive: what every service works on. Holds the parts, does nothing itself."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from archivist.archive.index_process import LiveIndex
from archivist.extraction.sandbox import Sandbox
from archivist.model.errors import ArchiveDamaged, ArchivistError
from archivist.model.history import FindingLevel
from archivist.model.ids import DeedId
from archivist.storage.browsing import BrowsingStore
from archivist.storage.bundle import Bundle
from archivist.storage.cases import CaseStore
from archivist.storage.counting import CountingStore
from archivist.storage.document_rows import DocumentRowStore
from archivist.storage.documents import DocumentStore
from archivist.storage.drafts import DraftStore
from archivist.storage.engine import Database, reading
from archivist.storage.engine import close as close_database
from archivist.storage.history import History
from archivist.storage.lock import ArchiveLock
from archivist.storage.originals import Originals
from archivist.storage.quotes import QuoteStore
from archivist.storage.readings import ReadingStore
from archivist.storage.reviewing import ReviewStore
from archivist.storage.tags import TagStore
from archivist.storage.texts import TextStore


@dataclass(frozen=True, slots=True)
class Archive:
    """One folder, open for work. Belongs to the thread that opened it.

    A companion (see `opening.open_companion`) reads beside it in another thread and has no `lock`.
    """

    bundle: Bundle
    originals: Originals
    documents: DocumentStore
    texts: TextStore
    quotes: QuoteStore
    tags: TagStore
    cases: CaseStore
    readings: ReadingStore
    drafts: DraftStore
    document_rows: DocumentRowStore
    browsing: BrowsingStore
    counting: CountingStore
    reviews: ReviewStore
    history: History
    index: LiveIndex
    sandbox: Sandbox
    lock: ArchiveLock | None
    db: Database
    database_key: bytes | None
    remarks: tuple[str, ...] = ()  # sentences that the user should read before working in it

    def deed(
        self, name: str, details: dict[str, object] | None = None, *, deed_id: DeedId | None = None
    ) -> AbstractContextManager[DeedId]:
        """One intention of the user: kept whole, or not at all; remembered, and undone as one."""
        return self.history.deed(name, details, deed_id=deed_id)

    def reading(self) -> AbstractContextManager[None]:
        """What is read inside is of one moment, whatever is done to the archive meanwhile."""
        return reading(self.db)

    def close(self) -> None:
        """Close every part, also when one fails; the first failure is raised."""
        failures: list[BaseException] = []
        for close in (
            self.sandbox.close,
            self.index.close,
            partial(close_database, self.db),
            self.lock.release if self.lock else _nothing,
        ):
            try:
                close()
            except BaseException as failure:  # noqa: BLE001 - raised below
                failures.append(failure)
        if failures:
            raise failures[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close. What looks like a defect of ours, but comes of a damaged database, is told as that."""
        try:
            is_unexplained = isinstance(error, Exception) and not isinstance(error, (ArchivistError, OSError))
            if is_unexplained and self._is_damaged():
                raise ArchiveDamaged("its database is damaged; verifying it says where.") from error
        finally:
            self.close()

    def _is_damaged(self) -> bool:
        return any(finding.level == FindingLevel.ERROR for finding in self.history.verify())


def _nothing() -> None:
    """A companion holds no lock."""
