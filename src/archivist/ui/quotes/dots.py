"""The five colours of marks, as round buttons."""

from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from archivist.ui.tags.hues import hue_name
from archivist.ui.theme import QUOTE_HUES, Theme
from archivist.ui.widgets.layout import row

ROOM = 8  # around a dot, for the ring of the one that is chosen
_ARROWS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class ColourDots(QWidget):
    """A row of dots; arrow keys go from one to the next. `chosen` tells the hue that was pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, *, size: int = 22, spacing: int = 2) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._dots: dict[str, _Dot] = {}
        for number, hue in enumerate(QUOTE_HUES, start=1):
            dot = _Dot(hue, size)
            dot.setObjectName(f"colour_{hue}")
            dot.setAccessibleName(f"{name}: {hue_name(hue)}")
            dot.setToolTip(f"{name}: {hue_name(hue)} ({number})")
            dot.clicked.connect(partial(self._tell, hue))
            self._dots[hue] = dot
        self.setLayout(row(*self._dots.values(), spacing=spacing))

    def show_hue(self, hue: str) -> None:
        """Ring this one; no hue of ours rings none."""
        for name, dot in self._dots.items():
            dot.show_ring(shown=name == hue)

    def hue(self) -> str:
        return next((name for name, dot in self._dots.items() if dot.has_ring), QUOTE_HUES[0])

    def focus_chosen(self) -> None:
        self._dots[self.hue()].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, hue: str, *_: object) -> None:
        self.chosen.emit(hue)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()), 0)
        if step and self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} else step
        dots = list(self._dots.values())
        now = next((at for at, dot in enumerate(dots) if dot.hasFocus()), None)
        if step and now is not None:
            dots[(now + step) % len(dots)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)


class _Dot(QAbstractButton):
    def __init__(self, hue: str, size: int) -> None:
        super().__init__()
        self._hue, self._size = hue, size
        self.has_ring = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())
        Theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._size + ROOM, self._size + ROOM)

    def show_ring(self, *, shown: bool) -> None:
        self.has_ring = shown
        self.setAccessibleDescription(self.tr("chosen") if shown else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are for the row: Qt would look for buttons elsewhere."""
        if Qt.Key(event.key()) in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        theme = Theme.current()
        disc = QRectF(0, 0, self._size, self._size)
        disc.moveCenter(QRectF(self.rect()).center())
        edge = theme.ink(self._hue)
        edge.setAlphaF(1.0 if self.underMouse() else 0.75)
        is_large = self._size >= 18
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(edge, 1))
            painter.setBrush(theme.paper(self._hue) if is_large else theme.bar(self._hue))
            painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
            if self.has_ring or self.hasFocus():
                painter.setPen(
                    QPen(theme.color("text" if self.has_ring and self.hasFocus() else "accent"), 2)
                )
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(disc.adjusted(-2, -2, 2, 2))
