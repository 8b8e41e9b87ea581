"""Sentences of our own with air between their lines, and small pictures beside them."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from archivist.ui.icons import pixmap
from archivist.ui.theme import Theme


class Prose(QLabel):
    """A paragraph that wraps; plain words go in, whatever they hold."""

    def __init__(self, words: str = "", role: str = "meta", *, leading: int = 135) -> None:
        super().__init__()
        self._leading = leading
        self._words = ""
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        if QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.tell(words)

    def tell(self, words: str) -> None:
        self._words = words
        self.setText(f'<p style="line-height:{self._leading}%">{escape(words)}</p>' if words else "")

    def words(self) -> str:
        return self._words


def onwards() -> str:
    """The icon that points where reading goes."""
    is_rtl = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return "caret-left" if is_rtl else "caret-right"


def backwards() -> str:
    is_rtl = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return "arrow-right" if is_rtl else "arrow-left"


class Picture(QLabel):
    """A small icon that follows the theme."""

    def __init__(self, icon: str, ink: str, size: int) -> None:
        super().__init__()
        self._look = icon, ink, size
        Theme.current().changed.connect(self._dress)
        self._dress()

    def show_icon(self, icon: str, ink: str) -> None:
        self._look = icon, ink, self._look[2]
        self._dress()

    def _dress(self) -> None:
        icon, ink, size = self._look
        self.setPixmap(pixmap(icon, Theme.current().color(ink), size, self.devicePixelRatioF()))
