"""Settings: read when the sheet opens, kept as soon as they are chosen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archivist.model.sandbox import SafetyLevel
from archivist.services.looking import SUFFIX, safety_level
from archivist.ui.archives.preferences import SettingsPanel
from archivist.ui.session import Session
from archivist.ui.settings import settings_file
from archivist.ui.tasks import nothing


class SettingsPresenter(QObject):
    """`current` is the folder of the open archive, if one is open."""

    idle_changed = Signal(int)
    recent_changed = Signal()

    def __init__(self, session: Session, parent: QWidget, *, current: Callable[[], Path | None]) -> None:
        super().__init__(parent)
        self._session, self._over, self._current = session, parent, current
        self._panel: SettingsPanel | None = None

    def begin(self) -> None:
        if self._panel is not None:
            return
        settings = self._session.settings
        panel = self._panel = SettingsPanel(
            theme=self._session.theme.choice,
            idle_minutes=settings.idle_minutes,
            folder=settings_file().parent,
        )
        panel.theme_chosen.connect(self._choose_theme)
        panel.idle_chosen.connect(self._choose_idle)
        panel.all_forgotten.connect(self._forget_all)
        panel.remembered.connect(self._remember)
        panel.folder_wanted.connect(self._reveal)
        self._refresh()
        panel.open_over(self._over, focus=panel.first(), on_close=self._closed)
        self._session.tasks.without_archive(lambda _: safety_level(), self._show_safety, failed=nothing)

    def _refresh(self) -> None:
        if self._panel is None:
            return
        settings, folder = self._session.settings, self._current()
        self._panel.show_recent(len(settings.recent))
        if folder is not None:
            name = folder.name.removesuffix(SUFFIX)
            self._panel.show_this_archive(name, remembered=settings.is_remembered(folder))

    def _choose_theme(self, choice: str) -> None:
        self._session.settings.theme = choice
        self._session.theme.choose(choice)

    def _choose_idle(self, minutes: int) -> None:
        self._session.settings.idle_minutes = minutes
        self.idle_changed.emit(minutes)

    def _forget_all(self) -> None:
        self._session.settings.forget_all()
        self._refresh()
        self.recent_changed.emit()

    def _remember(self, yes: bool) -> None:
        folder = self._current()
        if folder is None:
            return
        if yes:
            self._session.settings.remember(folder)
        else:
            self._session.settings.forget(folder)
        self._refresh()
        self.recent_changed.emit()

    def _reveal(self) -> None:
        if not self._session.chooser.reveal(settings_file().parent):
            self._session.say(self.tr("The file manager could not be started."))

    def _show_safety(self, level: SafetyLevel) -> None:
        if self._panel is not None:
            self._panel.show_safety(level)

    def _closed(self) -> None:
        self._panel = None
