"""The page in its view, and what those who paint on it may ask of its layout."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QTextLayout

from archivist.ui.reader.text_lines import TextLines
from archivist.ui.reader.text_setting import Setting

TEXT_WIDTH = 700
MARGIN = 56
LEAST_MARGIN = 20
CANVAS = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: where it stands in the view, and where its lines begin and how long they are."""

    view: float
    left: float
    width: float
    text_left: float
    text_width: float

    @classmethod
    def within(cls, view: float, zoom: float) -> "Sheet":
        """At 100 % and below as wide as reads well; beyond, the lines grow with the letters."""
        wide = TEXT_WIDTH * max(zoom, 1.0)
        width = max(min(wide + 2 * MARGIN, view - 2 * CANVAS), 120.0)
        margin = min(float(MARGIN), max(float(LEAST_MARGIN), width * 0.08))
        left = float(max((view - width) // 2, 0))
        return cls(view, left, width, left + margin, width - 2 * margin)

    @property
    def margin(self) -> float:
        return self.text_left - self.left


class Shown(Protocol):
    """A layout as it is seen by what paints on its page; places count from the upper left of the document."""

    lines: TextLines
    sheet: Sheet

    def block_at(self, y: float) -> int: ...
    def top(self, number: int) -> float: ...
    def setting(self, number: int) -> Setting: ...
    def words(self, number: int) -> QTextLayout: ...
    def mark_font(self, setting: Setting) -> QFont: ...
    def documentSize(self) -> QSizeF: ...
