"""The window's beginning and end: puts its parts together, and hears of our own defects."""

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from archivist import __version__
from archivist.model.writing import Direction, direction_of_language
from archivist.resources import python_command, resource
from archivist.storage.memory import no_core_dumps
from archivist.ui.garbage import Collector
from archivist.ui.main_window import MainWindow
from archivist.ui.settings import Settings
from archivist.ui.theme import Theme, interface_font

USAGE = 2
NO_SCREEN = "There is no screen here to open a window on; “archivist --help” lists what can be done without."


def main(words: list[str], *, passphrase: str | None = None) -> int:
    """Open the window, on an archive where one is named; answers the exit code."""
    if not _has_screen():
        print(NO_SCREEN, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return USAGE
    no_core_dumps()
    app = application()
    collector = Collector(app)
    settings = Settings()
    _translate(app, settings.language)
    window = MainWindow(settings)
    sys.excepthook = _Defects(window)
    window.show()
    if words:
        window.open(Path(words[0]), passphrase)
    code = app.exec()
    window.shut()
    collector.give_back()
    settings.sync()
    if window.starts_again:
        # Locked or closed: this process ends with all that it knew, and a new one begins.
        words = [str(window.to_open_again)] if window.to_open_again else []
        command = [*python_command("archivist"), *words]
        os.execv(command[0], command)  # noqa: S606 - our own program
    return code


def application() -> QApplication:
    """Qt, dressed as the design has it."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(["archivist"])
    app.setApplicationName("Archivist")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("archivist")
    # Qt's own file dialog would write down, for whoever looks at this computer, which folders were visited.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    app.setStyle("Fusion")
    app.setFont(interface_font())
    Theme.current()
    return app


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _translate(app: QApplication, language: str) -> None:
    """Words and direction of the interface; English where there is no translation."""
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    for name, folder in (
        (f"archivist_{locale.name()}", str(resource("translations"))),
        (f"qtbase_{locale.name()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
    if language and direction_of_language(language) is Direction.RTL:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


class _Defects:
    """What no part of the window has expected: told in the window, without a word of any document."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        places = traceback.extract_tb(trace)
        where = f"{Path(places[-1].filename).name}:{places[-1].lineno}" if places else "?"
        print(f"{kind.__name__} at {where}", file=sys.stderr)  # noqa: T201 - names and numbers only
        self._window.say_defect(f"{kind.__name__} at {where}")
        del error
