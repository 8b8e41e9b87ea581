"""The window: a gate while no archive is open, a workspace while one is. Holds no rules of its own."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from archivist.model.errors import ArchivistError
from archivist.model.sandbox import SafetyLevel
from archivist.ui.actions import Actions
from archivist.ui.archives.presenter import ArchivesPresenter
from archivist.ui.chooser import Chooser
from archivist.ui.idle import Idle
from archivist.ui.session import Session
from archivist.ui.settings import Settings
from archivist.ui.statusbar import StatusBar
from archivist.ui.tasks import Opened, Tasks, nothing
from archivist.ui.theme import Theme
from archivist.ui.topbar import GateBar
from archivist.ui.widgets.layout import column
from archivist.ui.workspace import Workspace

SIZE = (1640, 1000)
SMALLEST = (960, 640)


class MainWindow(QMainWindow):
    """The frame around everything; made once, for one archive at a time."""

    def __init__(self, settings: Settings, chooser: Chooser | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Archivist")
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self.setAcceptDrops(True)
        self.to_open_again: Path | None = None
        self.starts_again = False
        self.workspace: Workspace | None = None
        self._opened: Opened | None = None
        self._level: SafetyLevel | None = None
        self._idle: Idle | None = None
        self._settings = settings
        self._chooser = chooser or Chooser(self)
        self._theme = Theme.current()
        self._theme.choose(settings.theme)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._say_failed)
        self._actions = Actions(self)
        self._add_deeds()
        self.status = StatusBar()
        self.archives = ArchivesPresenter(
            self._session(), overlay_parent=self, on_opened=self._show_workspace
        )
        self.archives.safety_known.connect(self._know_safety)
        self.archives.idle_changed.connect(self._know_patience)
        self.archives.open_instead.connect(self.start_again)
        self._place()
        self._show_safety()

    def _place(self) -> None:
        gate = QWidget()
        gate.setObjectName("page")
        gate.setLayout(column(GateBar(self._actions), self.archives.gate))
        self._stack = QStackedWidget()
        self._stack.addWidget(gate)
        root = QWidget()
        root.setLayout(column(self._stack, self.status))
        self.setCentralWidget(root)
        self.restoreGeometry(self._settings.bytes_of("window"))

    # ---- opening and closing

    def open(self, folder: Path, passphrase: str | None = None) -> None:
        """Go to the archive at `folder`; its passphrase is asked for unless it is given."""
        if passphrase is None:
            self.archives.unlock(folder)
        else:
            self.archives.open(folder, passphrase)

    def lock(self) -> None:
        """Close the archive and end; a new process asks for the passphrase."""
        if self._opened is not None:
            self.start_again(self._opened.folder)

    def start_again(self, folder: Path | None = None) -> None:
        """Close the archive and end; a new process begins at `folder`, or at the welcome page."""
        self.to_open_again, self.starts_again = folder, True
        self.close()

    def shut(self) -> None:
        """Keep drafts, stop what runs, close the archive. May be called twice."""
        if self.workspace is not None:
            self.workspace.keep_drafts()
            self.workspace.keep_looks()
        self._settings.keep("window", self.saveGeometry())
        self._tasks.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut()
        event.accept()
        QApplication.quit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if self._idle is None and handle is not None:
            self._idle = Idle(handle)
            self._idle.gone.connect(self._leave_alone)

    def _leave_alone(self) -> None:
        """Nobody is there: an encrypted archive is locked, unless an import is under way."""
        if self._opened is not None and self._opened.is_encrypted and not self._tasks.is_busy:
            self.lock()

    def _show_workspace(self, opened: Opened) -> None:
        self._opened = opened
        for name in ("archive.lock", "archive.close"):
            self._actions.enable(name, when=True)
        self._show_safety()
        self.workspace = Workspace(self._session(), opened, self.status, self)
        self._stack.addWidget(self.workspace)
        self._stack.setCurrentWidget(self.workspace)
        self.setWindowTitle("Archivist")  # never the name of the archive: a task bar shows it to all
        if self._idle is not None:
            self._idle.minutes = self._settings.idle_minutes
        self.workspace.begin()

    # ---- what the frame itself can do

    def _session(self) -> Session:
        return Session(
            tasks=self._tasks,
            actions=self._actions,
            theme=self._theme,
            settings=self._settings,
            chooser=self._chooser,
            go=nothing,
            say=self.status.say,
        )

    def say_defect(self, where: str) -> None:
        self.status.say(
            self.tr("Archivist made a mistake ({}); what was saved is safe. Please report it.").format(where)
        )

    def _say_failed(self, error: ArchivistError) -> None:
        self.status.say(str(error))

    def _add_deeds(self) -> None:
        add = self._actions.add
        add(
            "window.theme",
            self.tr("Switch light and dark"),
            self._switch_theme,
            icon="moon",
            shortcut="Ctrl+Shift+D",
        )
        add(
            "window.fullscreen",
            self.tr("Full screen"),
            self._switch_full_screen,
            icon="arrows-out",
            shortcut="F12",
        )
        add("window.quit", self.tr("Quit"), self.close, icon="sign-out", shortcut="Ctrl+Shift+Q")
        add("archive.lock", self.tr("Lock the archive"), self.lock, icon="lock", shortcut="Ctrl+Shift+L")
        add("archive.close", self.tr("Close the archive"), self.start_again, icon="x-circle")
        for name in ("archive.lock", "archive.close"):
            self._actions.enable(name, when=False)

    def _switch_theme(self) -> None:
        choice = "light" if self._theme.is_dark else "dark"
        self._settings.theme = choice
        self._theme.choose(choice)

    def _switch_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _know_safety(self, level: SafetyLevel) -> None:
        self._level = level
        self._show_safety()

    def _know_patience(self, minutes: int) -> None:
        if self._idle is not None and self._opened is not None:
            self._idle.minutes = minutes

    def _show_safety(self) -> None:
        """How safe it is here; the level of the sandbox is always told."""
        level = {
            None: "",
            SafetyLevel.FULL: self.tr("Safety level: full"),
            SafetyLevel.KERNEL: self.tr("Safety level: kernel"),
            SafetyLevel.NONE: self.tr("Safety level: none, documents are kept but not read"),
        }[self._level]
        if self._opened is None:
            state = self.tr("no archive is open")
        elif self._opened.is_encrypted:
            state = self.tr("encrypted archive, stays on this computer")
        else:
            state = self.tr("this archive is not encrypted")
        words = " · ".join(part for part in (level, state) if part)
        is_good = self._level is not SafetyLevel.NONE and (self._opened is None or self._opened.is_encrypted)
        self.status.show_safety(words[:1].upper() + words[1:], is_good=is_good)

    # ---- dropping files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths and self.workspace is not None:
            self.workspace.take_in(paths)
        elif paths:
            self.archives.take_in(paths)
