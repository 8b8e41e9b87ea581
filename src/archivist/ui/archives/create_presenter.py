"""Making an archive: the sheet, the keys, the recovery code that is shown once."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from archivist.model.errors import ArchivistError
from archivist.services.keeping import NewArchive, create_archive
from archivist.services.passphrases import suggest_passphrase
from archivist.services.saving import save_private
from archivist.ui.archives.create import CreatePanel, Wanted
from archivist.ui.archives.opening import Opening
from archivist.ui.archives.recovery import RecoveryPanel
from archivist.ui.archives.recovery_sheet import RecoverySheet, as_text, paint
from archivist.ui.archives.usual import usual_folder
from archivist.ui.session import Session
from archivist.ui.tasks import Opened, Tell

OpenMade = Callable[[Path, Opening, Callable[[Opened], object]], object]


class CreatePresenter(QObject):
    """`open_made` opens what was made, at once; `done` follows when the recovery code is kept too."""

    def __init__(
        self, session: Session, parent: QWidget, *, open_made: OpenMade, done: Callable[[Opened], object]
    ) -> None:
        super().__init__(parent)
        self._session, self._over = session, parent
        self._open_made, self._done = open_made, done
        self._panel: CreatePanel | None = None
        self._code: _CodeShown | None = None
        self._opened: Opened | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a sheet is open, or something that was made waits for its code to be kept."""
        return any(part is not None for part in (self._panel, self._code, self._opened))

    def begin(self) -> None:
        if self._panel is not None:
            return
        panel = self._panel = CreatePanel(usual_folder())
        panel.wanted.connect(self._make)
        panel.folder_wanted.connect(self._choose)
        panel.suggestion_wanted.connect(lambda: panel.show_suggestion(suggest_passphrase()))
        panel.open_over(self._over, focus=panel.name, on_close=self._closed)

    def _choose(self) -> None:
        folder = self._session.chooser.folder(self.tr("Folder for the new archive"))
        if folder and self._panel:
            self._panel.show_folder(folder)

    def _make(self, wanted: Wanted) -> None:
        panel = self._panel
        if panel is None:
            return
        panel.hold()
        if wanted.passphrase is None:
            panel.show_working(self.tr("Making the archive…"))
        else:
            panel.show_working(self.tr("Making the keys: slow on purpose…"))

        def make(_: Tell) -> NewArchive:
            return create_archive(wanted.folder, wanted.passphrase, with_recovery=wanted.with_recovery)

        self._session.tasks.without_archive(make, partial(self._made, wanted), failed=self._failed)

    def _made(self, wanted: Wanted, made: NewArchive) -> None:
        if self._panel is not None:
            self._panel.forget_secrets()
            self._panel.leave()
        if wanted.remember:
            self._session.settings.remember(wanted.folder)
        if made.recovery_code is not None:
            sheet = RecoverySheet(wanted.folder.stem, date.today(), made.recovery_code)  # noqa: DTZ011 - as on paper
            self._code = _CodeShown(self._session, self._over, sheet, wanted, kept=self._kept)
        self._open_made(wanted.folder, Opening(wanted.folder, wanted.passphrase), self._has_opened)

    def _failed(self, error: ArchivistError) -> None:
        if self._panel is not None:
            self._panel.hold(yes=False)
            self._panel.show_failed(str(error))

    def _closed(self) -> None:
        if self._panel is not None:
            self._panel.forget_secrets()
        self._panel = None

    # ---- two things have to come about: the archive is open, and the code is kept

    def _kept(self) -> None:
        self._code = None
        self._go_on()

    def _has_opened(self, opened: Opened) -> None:
        self._opened = opened
        self._go_on()

    def _go_on(self) -> None:
        if self._opened is not None and self._code is None:
            opened, self._opened = self._opened, None
            self._done(opened)


class _CodeShown(QObject):
    """The recovery sheet on the screen, until its reader says that they have it."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        sheet: RecoverySheet,
        wanted: Wanted,
        *,
        kept: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._session, self._recovery, self._kept = session, sheet, kept
        self._archive = wanted.folder
        self._is_safe = self._was_asked = False
        panel = RecoveryPanel(sheet, sheet_as=wanted.sheet_as)
        self._panel: RecoveryPanel | None = panel
        panel.print_wanted.connect(self._print)
        panel.save_wanted.connect(self._save)
        panel.kept.connect(self._leave)
        panel.open_over(parent, focus=panel.first)
        panel.hold()

    def _print(self) -> None:
        is_printed = self._session.chooser.print_page(
            self.tr("Recovery sheet"), partial(paint, sheet=self._recovery)
        )
        if is_printed and self._panel is not None:
            self._is_safe = True
            self._panel.show_printed()

    def _save(self) -> None:
        name = self.tr("{} recovery sheet.txt").format(self._recovery.name)
        path = self._session.chooser.save(self.tr("Save the recovery sheet"), name)
        if path is None:
            return
        text = as_text(self._recovery)
        self._session.tasks.without_archive(
            lambda _: save_private(path, text, outside=self._archive), self._saved, failed=self._not_saved
        )

    def _saved(self, path: Path) -> None:
        self._is_safe = True
        if self._panel is not None:
            self._panel.show_saved(path.name)

    def _not_saved(self, error: ArchivistError) -> None:
        if self._panel is not None:
            self._panel.show_failed(str(error))

    def _leave(self) -> None:
        panel = self._panel
        if panel is None:
            return
        if not self._is_safe and not self._was_asked:
            self._was_asked = True
            panel.ask_again()
            return
        self._panel = None
        panel.leave()
        self._kept()
        self.deleteLater()
