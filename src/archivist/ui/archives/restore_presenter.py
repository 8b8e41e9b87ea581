"""Restoring a backup: before an archive is open, and beside one that is."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from archivist.model.errors import ArchivistError
from archivist.services.keeping import Restored, restore
from archivist.services.looking import archive_around
from archivist.ui.archives.copies import RestorePanel
from archivist.ui.archives.usual import name_of_restored, usual_folder
from archivist.ui.session import Session
from archivist.ui.tasks import Tell
from archivist.ui.words import isolate, plural


class RestorePresenter(QObject):
    """Joins the sheet to the service; `open_restored` goes to the archive that came of it."""

    def __init__(self, session: Session, parent: QWidget, *, open_restored: Callable[[Path], object]) -> None:
        super().__init__(parent)
        self._session, self._over, self._open = session, parent, open_restored
        self._panel: RestorePanel | None = None

    def begin(self, backup: Path | None = None) -> None:
        """With `backup` chosen already, as when it was dropped into the window."""
        if self._panel is not None:
            return
        panel = self._panel = RestorePanel()
        panel.show_folder(usual_folder())
        if backup is not None:
            panel.show_backup(backup, name=name_of_restored(backup))
        panel.backup_wanted.connect(self._choose_backup)
        panel.folder_wanted.connect(self._choose_folder)
        panel.wanted.connect(self._restore)
        focus = panel.backup.button if backup is None else panel.deed
        panel.open_over(self._over, focus=focus, on_close=self._closed)

    def _choose_backup(self) -> None:
        folder = self._session.chooser.folder(self.tr("The backup to restore"))
        if folder and self._panel:
            folder = archive_around(folder)
            self._panel.show_backup(folder, name=name_of_restored(folder))

    def _choose_folder(self) -> None:
        folder = self._session.chooser.folder(self.tr("Folder for the restored archive"))
        if folder and self._panel:
            self._panel.show_folder(folder)

    def _restore(self) -> None:
        panel = self._panel
        target = panel.target() if panel else None
        backup = panel.backup.folder if panel else None
        if panel is None or target is None or backup is None:
            return
        panel.hold()

        def work(tell: Tell) -> Restored:
            return restore(backup, target, lambda done, of: tell((done, of)))

        running = self._session.tasks.without_archive(
            work,
            partial(self._restored, target),
            told=self._progressed,
            failed=self._failed,
            stopped=self._stopped,
        )
        panel.show_working(self.tr("Checking and copying…"), running)

    def _progressed(self, told: list[tuple[int, int]]) -> None:
        if self._panel:
            self._panel.show_progress(*told[-1])

    def _restored(self, target: Path, restored: Restored) -> None:
        panel = self._panel
        if panel is None:
            return
        self._let_go()
        words = self.tr("“{}” is there, every file as it was when the backup was made.").format(
            isolate(target.name)
        )
        if restored.damaged:
            count = plural(
                len(restored.damaged),
                self.tr("1 original was damaged or missing when the backup was made; Verify names it."),
                self.tr("{} originals were damaged or missing when the backup was made; Verify names them."),
            )
            words = f"{words} {count}"
        reveal = partial(self._session.chooser.reveal, target.parent)
        panel.show_done(
            "warning" if restored.damaged else "ok",
            words,
            title=self.tr("Restored"),
            offers=[
                (self.tr("Open it"), partial(self._leave_for, target)),
                (self.tr("Show the folder"), reveal),
            ],
        )

    def _leave_for(self, target: Path) -> None:
        if self._panel is not None:
            self._panel.leave()
        self._open(target)

    def _failed(self, error: ArchivistError) -> None:
        self._let_go()
        if self._panel is not None:
            self._panel.show_failed(str(error))

    def _stopped(self) -> None:
        self._let_go()
        if self._panel is not None:
            self._panel.show_stopped(self.tr("Stopped. Nothing was restored, and the backup is as it was."))

    def _let_go(self) -> None:
        if self._panel is not None:
            self._panel.hold(yes=False)

    def _closed(self) -> None:
        self._panel = None
