"""The six colours by name: a row to choose from, and a menu."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QWidget

from archivist.model.colour import Colour
from archivist.ui.icons import draw_icon, icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import calling
from archivist.ui.widgets.layout import row

SWATCH = 26
TAG_ICON, CASE_ICON = "hash", "square-fill"


def hue_name(hue: str) -> str:
    translate = QCoreApplication.translate
    return {
        Colour.AMBER: translate("Hues", "Amber"),
        Colour.ROSE: translate("Hues", "Rose"),
        Colour.TEAL: translate("Hues", "Teal"),
        Colour.SKY: translate("Hues", "Sky"),
        Colour.VIOLET: translate("Hues", "Violet"),
        Colour.SLATE: translate("Hues", "Slate"),
    }[Colour(hue)]


def add_hues(menu: QMenu, sign: str, current: str, chosen: Callable[[str], Any]) -> None:
    """Six entries with `sign` in their colour; the one that holds is ticked."""
    for hue in Colour:
        action = QAction(icon(sign, hue), hue_name(hue), menu)
        action.setObjectName(f"hue.{hue}")
        action.setCheckable(True)
        action.setChecked(hue == current)
        action.triggered.connect(calling(partial(chosen, hue.value)))
        menu.addAction(action)


class HueRow(QWidget):
    """Six round swatches; arrow keys go from one to the next, Space chooses."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        group = QButtonGroup(self)
        self._swatches: dict[str, _Swatch] = {}
        for hue in Colour:
            swatch = _Swatch(hue)
            swatch.setObjectName(f"hue_{hue}")
            swatch.setAccessibleName(f"{name}: {hue_name(hue)}")
            swatch.clicked.connect(calling(partial(self.chosen.emit, hue.value)))
            group.addButton(swatch)
            self._swatches[hue] = swatch
        self.setLayout(row(*self._swatches.values(), None, spacing=2))

    def show_hue(self, hue: str) -> None:
        """Show it as chosen; says nothing."""
        self._swatches[hue].setChecked(True)

    def hue(self) -> str:
        return next((hue for hue, swatch in self._swatches.items() if swatch.isChecked()), "")


class _Swatch(QAbstractButton):
    """A disc in the ink of its hue, with a tick where it is the one."""

    def __init__(self, hue: str) -> None:
        super().__init__()
        self._hue = hue
        self.setCheckable(True)
        self.setToolTip(hue_name(hue))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(SWATCH, SWATCH)
        Theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(SWATCH, SWATCH)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        theme = Theme.current()
        side = 18 if self.underMouse() else 16
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.ink(self._hue))
            painter.drawEllipse(disc)
            if self.isChecked():
                draw_icon(painter, "check-bold", disc.adjusted(3, 3, -3, -3), theme.color("panel"))
            if self.hasFocus():
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
