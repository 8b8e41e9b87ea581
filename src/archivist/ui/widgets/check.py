"""A box to tick, with a tick in it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme


class CheckBox(QCheckBox):
    """The style sheet fills the box; the tick is painted over it, so that colour alone says nothing."""

    def __init__(self, words: str, *, checked: bool = False) -> None:
        super().__init__(words)
        self.setChecked(checked)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        with QPainter(self) as painter:
            draw_icon(
                painter, "check-bold", QRectF(box).adjusted(2, 2, -2, -2), Theme.current().color("accentText")
            )
