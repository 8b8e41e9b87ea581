"""Sentences in their place: a notice above what it is about, and what an empty screen says."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from archivist.ui.icons import pixmap
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import link_button
from archivist.ui.widgets.layout import clear, column, label, restyle, row

_LEVELS = {
    "info": ("info", "text2"),
    "ok": ("check-circle", "ok"),
    "warning": ("warning", "warn"),
    "error": ("warning-circle", "danger"),
}

Offer = tuple[str, Callable[[], Any]]
"""What can be done about it: a word and a deed."""


class Notice(QFrame):
    """One sentence with its icon, and links for what helps. Hidden while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._level = "info"
        self._icon = QLabel()
        self._title = label(role="h2", wraps=True)
        self._text = label(role="meta", wraps=True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._offers = QHBoxLayout()
        self._offers.setSpacing(14)
        words = column(self._title, self._text, self._offers, spacing=3)
        layout = row(column(self._icon, None), words, margins=(12, 10, 12, 10), spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()
        Theme.current().changed.connect(self._dress)

    def tell(self, level: str, text: str, *, title: str = "", offers: Sequence[Offer] = ()) -> None:
        """`level`: info, ok, warning, error."""
        self._level = level
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self.setAccessibleName(f"{title} {text}".strip())
        clear(self._offers)
        for words, deed in offers:
            self._offers.addWidget(link_button(words, deed))
        self._offers.addStretch(1)
        self._dress()
        if self.parentWidget() is None:  # shown alone, it would be a window; so it comes with its place
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            self.show()

    def clear(self) -> None:
        self._text.clear()
        self.hide()

    def text(self) -> str:
        """What it says; empty where it says nothing."""
        return self._text.text()

    def _dress(self) -> None:
        icon, ink = _LEVELS[self._level]
        self._icon.setPixmap(pixmap(icon, Theme.current().color(ink), 18, self.devicePixelRatioF()))
        self.setProperty("level", self._level)
        restyle(self)


class EmptyState(QWidget):
    """What a screen says while there is nothing on it, and what to do next."""

    def __init__(self, icon: str, title: str, sentence: str, *buttons: QPushButton) -> None:
        super().__init__()
        self._icon_name = icon
        self._icon = QLabel()
        self._title = label(title, "h1")
        self._sentence = label(sentence, "meta", wraps=True)
        for shown in (self._icon, self._title, self._sentence):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        for widget in (self._icon, self._title, self._sentence):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        if buttons:
            layout.addSpacing(8)
            layout.addLayout(row(None, *buttons, None, spacing=8))
        layout.addStretch(3)
        self._dress()
        Theme.current().changed.connect(self._dress)

    def tell(self, title: str, sentence: str) -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A label that wraps and stands in the middle is given the height of a wider one by its layout."""
        width = max(160, min(380, self.width() - 48))
        self._sentence.setFixedSize(width, max(0, self._sentence.heightForWidth(width)))

    def words(self) -> str:
        return f"{self._title.text()} {self._sentence.text()}".strip()

    def _dress(self) -> None:
        self._icon.setPixmap(
            pixmap(self._icon_name, Theme.current().color("control"), 36, self.devicePixelRatioF())
        )
