"""Fills a document little by little, so that a long one shows its beginning at once and stops nobody."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

from archivist.ui.reader.text_layout import PaperLayout

SECONDS_AT_ONCE = 0.006
LETTERS_AT_ONCE = 8_000


class Filling(QObject):
    """Puts the text of a layout into its document, block by block, while the window is idle."""

    grown = Signal()
    done = Signal()

    def __init__(self, layout: PaperLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._layout = layout
        self.is_adding = False
        self._waiting: list[tuple[int, Callable[[], None]]] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.some)

    def begin(self) -> None:
        """The first blocks now, the others later."""
        self._timer.start()
        self.some()

    def stop(self) -> list[tuple[int, Callable[[], None]]]:
        """Gives back what still waits."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, []
        return waiting

    @property
    def is_whole(self) -> bool:
        return self._layout.lines.is_whole

    def when(self, offset: int, deed: Callable[[], None]) -> None:
        """Does it as soon as the text is there up to a letter: now, if it is."""
        if self._reaches(offset):
            deed()
        else:
            self._waiting.append((offset, deed))

    def some(self) -> None:
        """As many blocks as there is time for."""
        lines = self._layout.lines
        deadline = time.monotonic() + SECONDS_AT_ONCE
        while not lines.is_whole:
            self._add(lines.take(LETTERS_AT_ONCE))
            if time.monotonic() > deadline:
                break
        self.grown.emit()
        due = [deed for offset, deed in self._waiting if self._reaches(offset)]
        self._waiting = [pair for pair in self._waiting if not self._reaches(pair[0])]
        for deed in due:
            deed()
        if lines.is_whole and self._timer.isActive():
            self._timer.stop()
            self.done.emit()

    def _reaches(self, offset: int) -> bool:
        return self.is_whole or offset <= self._layout.lines.reach

    def _add(self, pieces: list[str]) -> None:
        is_first = not self._layout.count
        cursor = QTextCursor(self._layout.document())
        self.is_adding = True
        cursor.beginEditBlock()  # outside of one, a cursor has the block under it laid out at each step
        cursor.setPosition(self._layout.document().characterCount() - 1)
        cursor.insertText(("" if is_first else "\n") + "\n".join(pieces))
        cursor.endEditBlock()
        self.is_adding = False
        self._layout.extend(pieces)
