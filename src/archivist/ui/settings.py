"""What the window remembers on this computer: its own looks, and archives only where the user agreed.

No title, name, quote or query is ever written here.
"""

import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 12


def settings_file() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if Path(base).is_absolute() else Path.home() / ".config"
    return folder / "archivist" / "window.ini"


class Settings:
    """An INI file in the user's configuration folder; defaults where it says nothing."""

    def __init__(self, file: Path | None = None) -> None:
        self._stored = QSettings(str(file or settings_file()), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        return self._text("look/theme", "system")

    @theme.setter
    def theme(self, choice: str) -> None:
        self._stored.setValue("look/theme", choice)

    @property
    def language(self) -> str:
        """A BCP 47 code; empty follows the system."""
        return self._text("look/language")

    @property
    def idle_minutes(self) -> int:
        """After so many minutes without a hand on the computer an encrypted archive is locked; 0: never."""
        return self._whole("lock/idle_minutes", 15)

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        self._stored.setValue("lock/idle_minutes", minutes)

    def bytes_of(self, name: str) -> QByteArray:
        """A geometry or state that was kept with `keep`; empty at first."""
        value: Any = self._stored.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, name: str, state: QByteArray) -> None:
        self._stored.setValue(f"state/{name}", state)

    def choice(self, name: str, default: str) -> str:
        """A small choice of the window's look, e.g. `library/mode`."""
        return self._text(f"choice/{name}", default)

    def choose(self, name: str, value: str) -> None:
        self._stored.setValue(f"choice/{name}", value)

    @property
    def recent(self) -> list[Path]:
        """Archives that the user asked to have remembered, newest first."""
        try:
            kept = json.loads(self._text("recent/archives", "[]"))
        except ValueError:
            return []
        return [Path(path) for path in kept if isinstance(path, str)] if isinstance(kept, list) else []

    def is_remembered(self, folder: Path) -> bool:
        return folder.absolute() in self.recent

    def remember(self, folder: Path) -> None:
        """Keep where an archive lies. Call it only where the user has said yes."""
        kept = [folder.absolute(), *(path for path in self.recent if path != folder.absolute())]
        self._keep_recent(kept[:MOST_RECENT])

    def forget(self, folder: Path) -> None:
        self._keep_recent([path for path in self.recent if path != folder.absolute()])

    def forget_all(self) -> None:
        self._keep_recent([])

    def sync(self) -> None:
        self._stored.sync()

    def _keep_recent(self, paths: list[Path]) -> None:
        self._stored.setValue("recent/archives", json.dumps([str(path) for path in paths]))

    def _text(self, name: str, default: str = "") -> str:
        value: Any = self._stored.value(name, default)
        return value if isinstance(value, str) else default

    def _whole(self, name: str, default: int) -> int:
        value: Any = self._stored.value(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            return default
