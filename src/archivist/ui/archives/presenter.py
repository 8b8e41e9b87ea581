"""The gate: which archive is wanted, opening it, and what can be done before one is open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from archivist.model.errors import ArchivistError, WrongPassphrase
from archivist.model.sandbox import SafetyLevel
from archivist.services.looking import FolderKind, Look, archive_around, look_at, safety_level
from archivist.ui.archives.create_presenter import CreatePresenter
from archivist.ui.archives.explaining import Help, explain, explain_absence
from archivist.ui.archives.opening import Opening
from archivist.ui.archives.restore_presenter import RestorePresenter
from archivist.ui.archives.sample_presenter import SamplePresenter
from archivist.ui.archives.settings_presenter import SettingsPresenter
from archivist.ui.archives.unlock import UnlockPage
from archivist.ui.archives.welcome import WelcomePage
from archivist.ui.session import Session
from archivist.ui.tasks import Opened, Tell, nothing


class ArchivesPresenter(QObject):
    """Owns `gate`, which the window shows while no archive is open; `on_opened` follows once one is."""

    open_wanted = Signal(Path)
    created = Signal(Path)
    safety_known = Signal(object)
    idle_changed = Signal(int)
    open_instead = Signal(Path)
    """An archive is open, and another one is wanted in its place."""

    def __init__(
        self, session: Session, *, overlay_parent: QWidget, on_opened: Callable[[Opened], object]
    ) -> None:
        super().__init__(overlay_parent)
        self._session = session
        self._on_opened = on_opened
        self._looking = 0
        self._folder: Path | None = None
        self.opened_folder: Path | None = None
        self.gate = QStackedWidget()
        self.welcome = WelcomePage()
        self.unlocking = UnlockPage()
        self.gate.addWidget(self.welcome)
        self.gate.addWidget(self.unlocking)
        self.creating = CreatePresenter(session, overlay_parent, open_made=self._open_made, done=self._opened)
        self.sampling = SamplePresenter(session, overlay_parent, made=self.unlock)
        self.restoring = RestorePresenter(session, overlay_parent, open_restored=self._open_restored)
        self.settings = SettingsPresenter(session, overlay_parent, current=lambda: self.opened_folder)
        self._connect()
        self._add_deeds()
        self.show_welcome()
        self.find_safety()

    # ---- what the window asks for

    def find_safety(self) -> None:
        """Ask this computer how safely it reads documents; where it cannot tell, nothing is claimed."""
        self._session.tasks.without_archive(lambda _: safety_level(), self._show_safety, failed=nothing)

    def show_welcome(self) -> None:
        """The first page, with the remembered archives as they are at this moment."""
        self._looking += 1
        self._folder = None
        self.unlocking.secret.forget()
        folders = self._session.settings.recent
        self.welcome.show_recent(folders)
        self.gate.setCurrentWidget(self.welcome)
        self.welcome.set_focus()

        def look(tell: Tell) -> None:
            for folder in folders:
                tell(look_at(folder))

        if folders:
            self._session.tasks.without_archive(look, told=self._show_looks)

    def unlock(self, folder: Path) -> None:
        """Go to the archive at `folder`: asked for its passphrase, opened, or told why not."""
        self._begin(folder)
        turn = self._looking
        self._session.tasks.without_archive(
            lambda _: look_at(archive_around(folder)), lambda look: self._looked(look, turn)
        )

    def refuse(self, folder: Path, error: ArchivistError) -> None:
        """Say why `folder` was not opened, at the place where it can be tried again."""
        if self._folder != folder:
            self._begin(folder)
        if isinstance(error, WrongPassphrase):
            self.unlocking.ask_secret()
        told = explain(error, folder, by_code=self.unlocking.by_code)
        self.unlocking.show_refused(told)

    def take_in(self, paths: list[Path]) -> None:
        """An archive, a backup or a file of one was dropped; not heeded while another is being made."""
        if paths and not self.creating.is_busy:
            self.unlock(paths[0])

    def new_archive(self) -> None:
        self.creating.begin()

    def choose_archive(self) -> None:
        if folder := self._session.chooser.folder(self.tr("Open an archive")):
            self.unlock(folder)

    # ---- opening

    def _begin(self, folder: Path) -> None:
        self._looking += 1
        self._folder = folder
        remembered = self._session.settings.is_remembered(folder)
        self.unlocking.show_archive(folder.name, remembered=remembered)
        self.gate.setCurrentWidget(self.unlocking)

    def _looked(self, look: Look, turn: int) -> None:
        if turn != self._looking:
            return
        if look.folder != self._folder:
            self._begin(look.folder)
        if look.kind is FolderKind.ENCRYPTED:
            self.unlocking.ask_secret()
        elif look.kind is FolderKind.PLAIN:
            self.unlocking.show_plain()
            self.open(look.folder, None)
        elif look.error is not None:
            self.unlocking.show_refused(explain(look.error, look.folder))
        else:
            self.unlocking.show_refused(explain_absence(look))

    def open(self, folder: Path, secret: str | None) -> None:
        """Open the archive with what is known to open it."""
        if self._folder != folder:
            self._begin(folder)
        self.open_wanted.emit(folder)
        self.unlocking.show_working(self.tr("Opening…"))
        self._session.tasks.open(Opening(folder, secret), self._opened, failed=partial(self.refuse, folder))

    def _open_made(self, folder: Path, opening: Opening, then: Callable[[Opened], object]) -> None:
        """An archive that was just made: opened while its recovery sheet is read."""
        self.created.emit(folder)
        self._begin(folder)
        self.unlocking.show_working(self.tr("Opening…"))
        self._session.tasks.open(opening, then, failed=partial(self.refuse, folder))

    def _open_restored(self, folder: Path) -> None:
        if self.opened_folder is None:
            self.unlock(folder)
        else:
            self.open_instead.emit(folder)

    def _send(self, secret: str) -> None:
        if self._folder is not None:
            self.open(self._folder, secret)

    def _opened(self, opened: Opened) -> None:
        settings = self._session.settings
        if self.unlocking.remember.isChecked():
            settings.remember(opened.folder)
        else:
            settings.forget(opened.folder)
        self.unlocking.secret.forget()
        if self.unlocking.by_code:
            self._session.say(
                self.tr("Opened with the recovery code. If the passphrase is lost, choose a new one now.")
            )
        self.opened_folder = opened.folder
        for name in _BEFORE:
            self._session.actions.enable(name, when=False)
        self._on_opened(opened)

    # ---- remembering and forgetting

    def _forget(self, folder: Path) -> None:
        self._session.settings.forget(folder)
        self._session.say(self.tr("Forgotten. The archive itself is untouched."))
        self.show_welcome()

    def _forget_all(self) -> None:
        self._session.settings.forget_all()
        self._session.say(self.tr("All forgotten. The archives themselves are untouched."))
        self.show_welcome()

    def _reveal(self, folder: Path) -> None:
        if not self._session.chooser.reveal(folder.parent):
            self._session.say(self.tr("The file manager could not be started."))

    def _show_looks(self, looks: list[Look]) -> None:
        for look in looks:
            self.welcome.recent.rows.show_kind(look.folder, look.kind)

    def _show_safety(self, level: SafetyLevel) -> None:
        self.welcome.show_safety(level)
        self.safety_known.emit(level)

    def _help(self, wanted: Help) -> None:
        folder = self._folder
        if wanted is Help.CHOOSE:
            self.choose_archive()
        elif wanted is Help.NEW:
            self.new_archive()
        elif wanted is Help.RESTORE:
            self.restoring.begin()
        elif folder is not None and wanted is Help.RESTORE_THIS:
            self.restoring.begin(folder)
        elif folder is not None:
            self.unlock(folder)

    # ---- putting together

    def _connect(self) -> None:
        welcome, unlocking = self.welcome, self.unlocking
        welcome.new_wanted.connect(self.new_archive)
        welcome.open_wanted.connect(self.choose_archive)
        welcome.sample_wanted.connect(self.sampling.begin)
        welcome.recent_opened.connect(self.unlock)
        welcome.recent_forgotten.connect(self._forget)
        welcome.recent_revealed.connect(self._reveal)
        welcome.all_forgotten.connect(self._forget_all)
        unlocking.unlock_wanted.connect(self._send)
        unlocking.other_wanted.connect(self.show_welcome)
        unlocking.help_wanted.connect(self._help)
        self.settings.idle_changed.connect(self.idle_changed)
        self.settings.recent_changed.connect(self._refresh_recent)

    def _refresh_recent(self) -> None:
        if self.gate.currentWidget() is self.welcome and self.opened_folder is None:
            self.welcome.show_recent(self._session.settings.recent)

    def _add_deeds(self) -> None:
        add = self._session.actions.add
        add(
            "archive.new",
            self.tr("New archive…"),
            self.new_archive,
            shortcut="Ctrl+N",
            icon="folder-plus",
        )
        add(
            "archive.open",
            self.tr("Open an archive…"),
            self.choose_archive,
            shortcut="Ctrl+O",
            icon="folder-open",
        )
        add("archive.sample", self.tr("Sample archive…"), self.sampling.begin, icon="books")
        add(
            "archive.restore",
            self.tr("Restore a backup…"),
            self.restoring.begin,
            icon="arrow-counter-clockwise",
        )
        add("window.settings", self.tr("Settings"), self.settings.begin, shortcut="Ctrl+,", icon="gear-six")


_BEFORE = ("archive.new", "archive.open", "archive.sample")
