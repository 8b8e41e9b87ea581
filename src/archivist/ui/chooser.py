"""Asking for files and folders, a printer, the file manager: the edge of the window that tests replace."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QDesktopServices, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

Paint = Callable[[QPainter, QRectF], object]
"""Paints one page; the rectangle is its paper without the margins, in points."""


class Chooser:
    """The system's own dialogs; each begins where the one before it ended, the first at home."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent
        self._folder = Path.home()

    def files(self, title: str) -> list[Path]:
        """Files that the user chose; none where they changed their mind."""
        names, _ = QFileDialog.getOpenFileNames(self.parent, title, str(self._folder))
        chosen = [Path(name) for name in names]
        if chosen:
            self._folder = chosen[0].parent
        return chosen

    def folder(self, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(self.parent, title, str(self._folder))
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)

    def save(self, title: str, name: str) -> Path | None:
        """A place for a new file, proposed as `name`."""
        chosen, _ = QFileDialog.getSaveFileName(self.parent, title, str(self._folder / name))
        if not chosen:
            return None
        self._folder = Path(chosen).parent
        return Path(chosen)

    def reveal(self, path: Path) -> bool:
        """Show a folder in the system's file manager; False where there is none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def print_page(self, title: str, paint: Paint) -> bool:
        """Ask for a printer and print one page; False where the user changed their mind, or it refused.

        The job is called after the program alone: queues keep the names of what was printed.
        """
        # Slow to load, and seldom needed.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Archivist")
        dialog = QPrintDialog(printer, self.parent)
        dialog.setWindowTitle(title)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        page = printer.pageLayout().paintRectPoints()
        with QPainter(printer) as painter:
            if not painter.isActive():
                return False
            painter.scale(printer.logicalDpiX() / 72, printer.logicalDpiY() / 72)
            paint(painter, QRectF(0, 0, page.width(), page.height()))
        return True
