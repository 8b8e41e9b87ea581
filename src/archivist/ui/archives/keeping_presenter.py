"""What is done with a whole archive while it is open: its passphrase, and backups of it."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from archivist.archive.archive import Archive
from archivist.model.errors import ArchivistError, OriginalDamaged
from archivist.services.keeping import Damage, back_up, change_passphrase
from archivist.services.looking import SUFFIX
from archivist.services.passphrases import suggest_passphrase
from archivist.services.saving import backup_name
from archivist.ui.archives.copies import BackupPanel, damage_words
from archivist.ui.archives.passphrase import PassphrasePanel
from archivist.ui.session import Session
from archivist.ui.tasks import Opened, Running, Tell
from archivist.ui.words import isolate, plural


class KeepingPresenter(QObject):
    """Registers its deeds, and opens their sheets over `parent`."""

    def __init__(self, session: Session, opened: Opened, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._opened, self._over = session, opened, parent
        self._passphrase: PassphrasePanel | None = None
        self._backup: BackupPanel | None = None
        self._running: Running | None = None
        add = session.actions.add
        add("archive.passphrase", self.tr("Change the passphrase…"), self.change_passphrase, icon="key")
        add("archive.backup", self.tr("Back up the archive…"), self.back_up, icon="hard-drive")
        add("archive.remember", self.tr("Show this archive on the welcome screen, or not"), self.remember)
        session.actions.enable("archive.passphrase", when=opened.is_encrypted)

    # ---- passphrase

    def change_passphrase(self) -> None:
        if self._passphrase is not None:
            return
        panel = self._passphrase = PassphrasePanel()
        panel.suggestion_wanted.connect(lambda: panel.show_suggestion(suggest_passphrase()))
        panel.wanted.connect(self._change)
        panel.open_over(self._over, focus=panel.old, on_close=self._passphrase_closed)

    def _change(self, old: str, new: str) -> None:
        panel = self._passphrase
        if panel is None:
            return
        panel.hold()
        panel.show_working(self.tr("Making the keys: slow on purpose…"))

        def change(archive: Archive) -> None:
            change_passphrase(archive, old, lambda: new)

        self._session.tasks.write(change, self._changed, failed=self._not_changed)

    def _changed(self, _: object) -> None:
        if self._passphrase is not None:
            self._passphrase.leave()
        self._session.say(
            self.tr("The passphrase was changed. Copies and backups made before still open with the old one.")
        )

    def _not_changed(self, error: ArchivistError) -> None:
        if self._passphrase is not None:
            self._passphrase.hold(yes=False)
            self._passphrase.show_failed(str(error))

    def _passphrase_closed(self) -> None:
        if self._passphrase is not None:
            self._passphrase.forget_secrets()
        self._passphrase = None

    # ---- backup

    def back_up(self) -> None:
        """Show the sheet; that of a backup under way, if there is one."""
        if self._backup is not None:
            return
        today = datetime.now().astimezone().date()
        name = backup_name(self._opened.folder, today)
        panel = self._backup = BackupPanel(name, is_encrypted=self._opened.is_encrypted)
        panel.folder_wanted.connect(self._choose)
        panel.wanted.connect(self._begin)
        panel.open_over(self._over, focus=panel.place.button, on_close=self._backup_closed)
        if self._running is not None:
            panel.show_working(self.tr("Checking and copying…"), self._running)

    def _choose(self) -> None:
        folder = self._session.chooser.folder(self.tr("Folder for the backup"))
        if folder and self._backup:
            self._backup.show_folder(folder)

    def _begin(self) -> None:
        panel = self._backup
        target = panel.target() if panel else None
        if panel is None or target is None or self._running is not None:
            return

        def work(archive: Archive, tell: Tell) -> tuple[Damage, ...]:
            return back_up(archive, target, lambda done, of: tell((done, of)))

        self._running = self._session.tasks.aside(
            work,
            partial(self._backed_up, target),
            told=self._progressed,
            failed=self._not_backed_up,
            stopped=self._stopped,
        )
        panel.show_working(self.tr("Checking and copying…"), self._running)

    def _progressed(self, told: list[tuple[int, int]]) -> None:
        if self._backup is not None:
            self._backup.show_progress(*told[-1])

    def _backed_up(self, target: Path, damages: tuple[Damage, ...]) -> None:
        self._running = None
        words = self.tr("Backed up to “{}”; every original in it was proved.").format(isolate(target.name))
        if damages:
            words = plural(
                len(damages),
                self.tr("Backed up to “{name}”, but 1 original is damaged or missing in the archive itself."),
                self.tr(
                    "Backed up to “{name}”, but {} originals are damaged or missing in the archive itself."
                ),
            ).replace("{name}", isolate(target.name))
        told = [str(OriginalDamaged(damage.sha256 or damage.name, damage.what)) for damage in damages]
        sentence = "\n".join([words, damage_words(told)]) if told else words
        if self._backup is None:
            self._session.say(words)
            return
        reveal = partial(self._session.chooser.reveal, target)
        level = "warning" if damages else "ok"
        self._backup.show_done(level, sentence, offers=[(self.tr("Open the folder"), reveal)])

    def _not_backed_up(self, error: ArchivistError) -> None:
        self._running = None
        if self._backup is None:
            self._session.say(str(error))
        else:
            self._backup.show_failed(str(error))

    def _stopped(self) -> None:
        self._running = None
        if self._backup is not None:
            self._backup.show_stopped(self.tr("Stopped. Nothing was left at that place."))

    def _backup_closed(self) -> None:
        self._backup = None
        if self._running is not None:
            self._session.say(self.tr("The backup goes on."))

    # ---- the list on the welcome screen

    def remember(self) -> None:
        """Put the open archive on the list, or take it off."""
        settings, folder = self._session.settings, self._opened.folder
        name = isolate(folder.name.removesuffix(SUFFIX))
        if settings.is_remembered(folder):
            settings.forget(folder)
            self._session.say(self.tr("“{}” is not shown on the welcome screen any more.").format(name))
        else:
            settings.remember(folder)
            self._session.say(self.tr("“{}” is shown on the welcome screen from now on.").format(name))
