"""The window as its user has it: the language of the journeys, and all that they know of widgets."""

import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent

from archivist.ui.main_window import MainWindow
from archivist.ui.settings import Settings
from tests.journeys.edges import Answers
from tests.journeys.finding import Finding
from tests.journeys.frame import LONG
from tests.journeys.gate import Gate
from tests.journeys.handing import Handing
from tests.journeys.sight import plain, told

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], Any]


class Window(Gate, Finding, Handing):
    """One main window after the other: locking ends one, and the next begins at the unlock page."""

    def __init__(self, chooser: Answers | None = None) -> None:
        self.chooser = chooser or Answers()
        self.defects: list[str] = []
        self.window = self._new()

    def hears_of(self, hook: Hook) -> Hook:
        """Ends a journey where the program goes wrong; `hook` is told as before."""

        def hear(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            self.defects.append("".join(traceback.format_exception(kind, error, trace)))
            hook(kind, error, trace)

        return hear

    # ---- begin, end, lock

    def ends(self) -> None:
        """The user goes home."""
        self.window.close()
        self._let_go()

    def locks(self) -> None:
        """Ctrl+Shift+L: this process ends; the next one, made here, asks for the passphrase."""
        self.presses("Ctrl+Shift+L")
        again = self.window.to_open_again
        assert again is not None, told(self.window)
        self._let_go()
        self.window = self._new()
        self.window.open(again)
        self.asks_for_the_passphrase()

    def begins_with(self, archive: Path) -> None:
        """As from the terminal: `archivist ARCHIVE`."""
        self.window.open(archive)

    def _new(self) -> MainWindow:
        window = MainWindow(Settings(), self.chooser)
        window.show()
        window.activateWindow()
        self.window = window
        self.waits(window.isActiveWindow, "active window")
        return window

    def _let_go(self) -> None:
        """Nothing of a process that has ended is left."""
        self.window.shut()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # ---- documents

    def opens(self, title: str) -> None:
        """Bring a document to the front and wait until it can be read."""
        self.chooses(title)
        self.reads(title)

    def reads(self, title: str) -> None:
        """The document in front is this one, and is there to be read."""

        def is_there() -> bool:
            reading = self.workspace.reading.desk.current
            if reading is None or reading.document is None or plain(reading.document.title) != plain(title):
                return False
            return reading.view is not None and self._is_ready()

        self.waits(is_there, f"document “{title}” in front", seconds=LONG)

    def _is_ready(self) -> bool:
        is_whole = getattr(self.page, "is_whole", None)
        return bool(is_whole) if is_whole is not None else self.page.page_count > 0

    def imports(self, *paths: Path) -> None:
        """Files or one folder, by the Import page; waits until all of them are done."""
        self.begins_import(*paths)
        self.import_ends()

    def begins_import(self, *paths: Path) -> None:
        is_folder = len(paths) == 1 and paths[0].is_dir()
        self.chooser.next_folder = paths[0] if is_folder else None
        self.chooser.next_files = [] if is_folder else list(paths)
        self.chooses("Import a folder…" if is_folder else "Import files…")

    def import_ends(self) -> None:
        importing = self.workspace.importing
        self.waits(lambda: not importing.is_running, "end of the import", seconds=LONG)

    def documents(self) -> list[str]:
        """The titles in the list, from the top."""
        model = self.workspace.library.view.model
        return [plain(str(model.index(at, 0).data() or "")) for at in range(model.rowCount())]

    def shows_documents(self, *titles: str) -> None:
        """The library, or the shelf that is open in it, holds just these, in whatever order."""
        wanted = sorted(map(plain, titles))
        self.waits(lambda: sorted(self.documents()) == wanted, f"list of {wanted}")

    def counts_documents(self, number: int) -> None:
        """The list in the library has so many, and all of them are there to be read."""
        self.waits(
            lambda: len(self.documents()) == number and "Loading" not in self.documents(),
            f"list of {number} documents",
        )
