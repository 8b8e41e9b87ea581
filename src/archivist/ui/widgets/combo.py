"""A field that drops a list, with the arrow that the style sheet cannot draw."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.painting import mirrored


class ComboBox(QComboBox):
    """Keys work as in any list: arrows, first letters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(34)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        at = QRect(self.width() - 26, (self.height() - 14) // 2, 14, 14)
        towards: Qt.LayoutDirection = self.layoutDirection()
        with QPainter(self) as painter:
            draw_icon(
                painter, "caret-down", mirrored(at, self.rect(), towards), Theme.current().color("text2")
            )
