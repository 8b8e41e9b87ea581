"""Verifying the open archive, or a pack that was received, while the user goes on working."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from archivist.archive.archive import Archive
from archivist.model.errors import ArchivistError
from archivist.model.history import Finding
from archivist.model.ids import DocumentId, QuoteId
from archivist.services.browsing import quote_rows
from archivist.services.saving import save_private
from archivist.services.verifying import check_pack, things_to_verify, verify
from archivist.ui.archives.report import OF_ARCHIVE, OF_PACK, Report
from archivist.ui.archives.verify import VerifyPage
from archivist.ui.places import DocumentPlace, VerifyPlace
from archivist.ui.session import Session
from archivist.ui.tasks import Running, Tell


class VerifyPresenter(QObject):
    """Joins the page to the services; `folder` is that of the open archive."""

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__(session.tasks)
        self._session, self._folder = session, folder
        self._running: Running | None = None
        self._of = 0
        self._name = folder.name
        self.page = VerifyPage()
        self.page.verify_wanted.connect(self.verify)
        self.page.pack_wanted.connect(self.check_pack)
        self.page.save_wanted.connect(self.save_report)
        self.page.finding_opened.connect(self._go_to)
        session.actions.add("archive.verify", self.tr("Verify the archive"), self.begin, icon="shield-check")
        session.actions.add("pack.check", self.tr("Check a received pack…"), self.check_pack, icon="export")

    def begin(self) -> None:
        """Go to the page; a verification that was made there stays to be read."""
        self._session.go(VerifyPlace())
        if self._running is None and self.page.report is None:
            self.verify()

    def verify(self) -> None:
        if self._running is not None:
            return

        def look(archive: Archive, tell: Tell) -> None:
            tell(things_to_verify(archive))
            _tell_all(verify(archive), tell)

        self._name = self._folder.name
        self._running = self._session.tasks.aside(
            look,
            self._ended,
            told=self._told,
            failed=self._failed,
            stopped=partial(self._end, complete=False),
        )
        self._show_begun(Report(OF_ARCHIVE, datetime.now(UTC)), self.tr("Verifying…"))

    def check_pack(self) -> None:
        """Ask for the folder of a pack, and prove it; the archive itself has no part in it."""
        if self._running is not None:
            return
        folder = self._session.chooser.folder(self.tr("The folder of the pack"))
        if folder is None:
            return
        self._session.go(VerifyPlace())
        self._name = folder.name
        self._running = self._session.tasks.without_archive(
            lambda tell: _tell_all(check_pack(folder), tell),
            self._ended,
            told=self._told,
            failed=self._failed,
            stopped=partial(self._end, complete=False),
        )
        self._show_begun(Report(OF_PACK, datetime.now(UTC)), self.tr("Checking the pack…"))

    def save_report(self) -> None:
        report = self.page.report
        if report is None:
            return
        day = datetime.now().astimezone().date().isoformat()
        proposed = self.tr("Verification {}.txt").format(day)
        path = self._session.chooser.save(self.tr("Save the report"), proposed)
        if path is None:
            return
        name, ended = self._name, datetime.now(UTC)
        self._session.tasks.without_archive(
            lambda _: save_private(path, report.as_text(name, ended), outside=self._folder),
            lambda saved: self.page.show_saved(saved.name),
            failed=lambda error: self.page.notice.tell("error", str(error)),
        )

    # ---- while it runs

    def _show_begun(self, report: Report, words: str) -> None:
        self._of = 0
        if self._running is not None:
            self.page.begin(report, self._running, words=words)

    def _told(self, told: list[int | Finding]) -> None:
        for value in told:
            if isinstance(value, int):
                self._of = value
        self.page.add([value for value in told if isinstance(value, Finding)], self._of)

    def _ended(self, _: object) -> None:
        self._end(complete=True)
        self._session.say(self.page.headline())

    def _end(self, *, complete: bool) -> None:
        self._running = None
        self.page.end(datetime.now(UTC), complete=complete)

    def _failed(self, error: ArchivistError) -> None:
        self._end(complete=False)
        self.page.show_failed(str(error))

    # ---- from a finding to what it is about

    def _go_to(self, finding: Finding) -> None:
        if finding.what == "original":
            self._session.go(DocumentPlace(DocumentId(finding.id)))
        elif finding.what == "quote":
            self._session.tasks.read(
                lambda archive: quote_rows(archive, [QuoteId(finding.id)]), self._show_quote
            )

    def _show_quote(self, rows: object) -> None:
        for row in rows if isinstance(rows, list) else []:
            self._session.go(DocumentPlace(row.document.id, span=row.span, quote_id=row.quote.id))


def _tell_all(findings: Iterator[Finding], tell: Tell) -> None:
    for finding in findings:
        tell(finding)
