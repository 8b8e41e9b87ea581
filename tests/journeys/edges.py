"""The true edges that a journey replaces or watches: dialogs of the system, end of the process, windows."""

import traceback
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from archivist.ui.chooser import Chooser, Paint
from tests.journeys.sight import name_of


class Answers(Chooser):
    """The system's dialogs, answered by what the test has laid out; none where nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.next_files: list[Path] = []
        self.next_folder: Path | None = None
        self.next_place: Path | None = None
        self.asked: list[str] = []
        self.revealed: list[Path] = []
        self.printed: list[QImage] = []

    def files(self, title: str) -> list[Path]:
        self.asked.append(title)
        return self.next_files

    def folder(self, title: str) -> Path | None:
        self.asked.append(title)
        return self.next_folder

    def save(self, title: str, name: str) -> Path | None:
        self.asked.append(f"{title}: {name}")
        return self.next_place

    def reveal(self, path: Path) -> bool:
        self.revealed.append(path)
        return True

    def print_page(self, title: str, paint: Paint) -> bool:
        self.asked.append(title)
        page = QImage(595, 842, QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        with QPainter(page) as painter:
            paint(painter, QRectF(0, 0, 595, 842))
        self.printed.append(page)
        return True


class Stays:
    """In place of the application: the process of the tests goes on where that of a user would end."""

    @staticmethod
    def quit() -> None:
        """What follows is `Window.locks`."""


class LooseWindows(QObject):
    """Watches for windows beside the one that there is to be; menus and tips are none."""

    _ALLOWED = (QMainWindow, QMenu)

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self.shown: list[str] = []
        app.installEventFilter(self)

    def stop(self) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._is_loose(watched):
            self.shown.append(f"{type(watched).__name__} “{name_of(watched)}” by {_our_line()}")
        return False

    def _is_loose(self, widget: QWidget) -> bool:
        kinds = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
        return (
            widget.isWindow() and widget.windowType() not in kinds and not isinstance(widget, self._ALLOWED)
        )


def _our_line() -> str:
    """Where in the program it was shown."""
    ours = [frame for frame in traceback.extract_stack() if "/archivist/" in frame.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "Qt"
