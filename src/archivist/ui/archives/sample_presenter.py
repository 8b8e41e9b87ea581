"""The sample archive: made, filled with invented documents, opened."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from archivist.model.errors import ArchivistError
from archivist.services.demo import fill, sample_documents
from archivist.services.keeping import create_archive, open_archive
from archivist.services.looking import free_folder
from archivist.ui.archives.copies import SamplePanel
from archivist.ui.archives.usual import usual_folder
from archivist.ui.session import Session
from archivist.ui.tasks import Tell
from archivist.ui.words import isolate


class SamplePresenter(QObject):
    """Joins the sample's sheet to the services; `made` is told where it lies."""

    def __init__(self, session: Session, parent: QWidget, *, made: Callable[[Path], object]) -> None:
        super().__init__(parent)
        self._session, self._over, self._made = session, parent, made
        self._panel: SamplePanel | None = None

    def begin(self) -> None:
        if self._panel is not None:
            return
        folder = usual_folder()
        panel = self._panel = SamplePanel(self._free_name(folder))
        panel.show_folder(folder)
        panel.folder_wanted.connect(self._choose)
        panel.wanted.connect(self._fill)
        panel.open_over(self._over, focus=panel.deed, on_close=self._closed)

    def _free_name(self, folder: Path) -> str:
        return free_folder(folder, self.tr("Sample")).stem

    def _choose(self) -> None:
        folder = self._session.chooser.folder(self.tr("Folder for the sample archive"))
        if folder and self._panel:
            self._panel.called.setText(self._free_name(folder))
            self._panel.show_folder(folder)

    def _fill(self) -> None:
        panel = self._panel
        target = panel.target() if panel else None
        if panel is None or target is None:
            return
        panel.hold()
        running = self._session.tasks.without_archive(
            partial(_make, target),
            self._filled,
            told=self._progressed,
            failed=self._failed,
            stopped=partial(self._stopped, target),
        )
        panel.show_working(self.tr("Reading the documents…"), running)

    def _progressed(self, told: list[tuple[int, int]]) -> None:
        if self._panel:
            self._panel.show_progress(*told[-1])

    def _filled(self, target: Path) -> None:
        if self._panel is not None and self._panel.remember.isChecked():
            self._session.settings.remember(target)
        if self._panel is not None:
            self._panel.leave()
        self._made(target)

    def _failed(self, error: ArchivistError) -> None:
        if self._panel is not None:
            self._panel.hold(yes=False)
            self._panel.show_failed(str(error))

    def _stopped(self, target: Path) -> None:
        if self._panel is not None:
            self._panel.hold(yes=False)
            words = self.tr("Stopped. “{}” holds what was read so far; it can be opened, or deleted.")
            self._panel.show_stopped(words.format(isolate(target.name)))
            self._panel.called.setText(self._free_name(target.parent))

    def _closed(self) -> None:
        self._panel = None


def _make(target: Path, tell: Tell) -> Path:
    """Create, fill and close it: it is opened anew by whoever works in it."""
    create_archive(target, None)
    of, done = sum(1 for _ in sample_documents().iterdir()), 0

    def count(_: object) -> None:
        nonlocal done
        done += 1
        tell((done, of))

    with open_archive(target, None) as archive:
        fill(archive, count)
    return target
