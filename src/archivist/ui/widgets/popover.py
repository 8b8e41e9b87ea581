"""What floats over the window: a popover beside a passage, and a sheet over all of it. Never a window."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QWidget,
)
from shiboken6 import isValid

from archivist.ui.theme import Theme
from archivist.ui.widgets.going_round import go_round

GAP = 9
EDGE = 8
# What a sheet lets through of the window's deeds: none that changes what lies under it.
HEARD_UNDER_A_SHEET = frozenset({"archive.lock", "window.quit", "window.fullscreen", "window.theme"})


class _Shadow(QGraphicsDropShadowEffect):
    """As dark as the theme of the moment wants it."""

    def __init__(self, parent: QWidget, blur: int, down: int) -> None:
        super().__init__(parent)
        self.setBlurRadius(blur)
        self.setOffset(0, down)
        Theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setColor(Theme.current().shadow())


def cast_shadow(widget: QWidget, *, blur: int = 30, down: int = 8) -> None:
    widget.setGraphicsEffect(_Shadow(widget, blur, down))


def give_focus_back(before: QWidget | None) -> None:
    """To where it was, if that is still there: a list may have been made anew meanwhile."""
    if before is not None and isValid(before) and before.isVisible():
        before.setFocus(Qt.FocusReason.PopupFocusReason)


class Popover(QFrame):
    """Floats inside its parent. Esc closes it; the focus goes in, stays in, and back where it was."""

    closed = Signal()

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName("popover")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before: QWidget | None = None
        cast_shadow(self)
        self.hide()

    def open_beside(self, passage: QRect, within: QRect | None = None) -> None:
        """Below `passage`, else above it, never over it; both in the parent's coordinates."""
        room = (within or self._around().rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self.adjustSize()
        width, height = self.width(), self.height()
        left = passage.center().x() - width // 2
        top = passage.bottom() + GAP
        if top + height > room.bottom() and passage.top() - GAP - height >= room.top():
            top = passage.top() - GAP - height
        left = max(room.left(), min(left, room.right() - width))
        top = max(room.top(), min(top, room.bottom() - height))
        self.move(QPoint(left, top))
        self._open()

    def _around(self) -> QWidget:
        parent = self.parentWidget()
        return self if parent is None else parent

    def _open(self) -> None:
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        if not self.isVisible():
            return
        self.hide()
        give_focus_back(self._before)
        self._before = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside."""
        return go_round(self, forward)


class Sheet(QWidget):
    """Dims all of its parent and holds one panel in the middle. Esc closes it, unless it `is_firm`.

    Keys stay in it: what lies under it hears neither shortcuts nor the letters of its labels.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, panel: QWidget, name: str) -> None:
        super().__init__(parent)
        self.panel = panel
        self.is_firm = False
        self._under = parent
        self._lettered: QWidget | None = None
        self.setAccessibleName(name)
        panel.setParent(self)
        if not panel.objectName():
            panel.setObjectName("sheet_panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._before = QApplication.focusWidget()
        parent.installEventFilter(self)
        panel.installEventFilter(self)

    def open(self, focus: QWidget | None = None) -> None:
        self._fill()
        self.show()
        self.raise_()
        (focus or self.panel).setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close it and go; the focus returns to where it was."""
        self._under.removeEventFilter(self)
        self.hide()
        give_focus_back(self._before)
        self.closed.emit()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Every key that no field in it wants comes by here before it becomes a shortcut."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(not self._is_let_through(event))
            self._lettered = QApplication.focusWidget() if _is_letter(event) else None
            if self._lettered is not None:
                self._lettered.installEventFilter(self)  # a field would take the letter as typed
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._under:
            self._fill()
        elif event.type() == QEvent.Type.LayoutRequest and watched is self.panel:
            self.centre()
        elif isinstance(event, QKeyEvent) and watched is self._lettered:
            watched.removeEventFilter(self)
            self._lettered = None
            self._follow_letter(QKeySequence(event.keyCombination()))
            return True
        return False

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        self.centre()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is dimmed
        color = Theme.current().color("shadow")
        color.setAlpha(90)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color)
            _draw_shadow(painter, QRectF(self.panel.geometry()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_firm:
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_round(self, forward)

    def _is_let_through(self, event: QKeyEvent) -> bool:
        keys = QKeySequence(event.keyCombination())
        deeds: list[QAction] = self.window().actions()
        return any(keys in deed.shortcuts() for deed in deeds if deed.objectName() in HEARD_UNDER_A_SHEET)

    def _follow_letter(self, letter: QKeySequence) -> None:
        """Alt and the underlined letter of a label or button in it."""
        for button in self.panel.findChildren(QAbstractButton):
            if button.shortcut() == letter and button.isVisible() and button.isEnabled():
                button.animateClick()
                return
        for name in self.panel.findChildren(QLabel):
            field: QWidget | None = name.buddy()
            if field is not None and name.isVisible() and QKeySequence.mnemonic(name.text()) == letter:
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _fill(self) -> None:
        self.setGeometry(self._under.rect())
        self.centre()

    def centre(self) -> None:
        """Put the panel into the middle, as large as it wants to be."""
        size = self.panel.sizeHint().expandedTo(self.panel.minimumSize()).boundedTo(self.panel.maximumSize())
        if self.panel.hasHeightForWidth():
            size.setHeight(self.panel.heightForWidth(size.width()))
        size = size.boundedTo(self.size())
        box = QRect(QPoint(0, 0), size)
        box.moveCenter(self.rect().center())
        self.panel.setGeometry(box)
        self.update()  # the shadow that was painted around it as it was


def _is_letter(event: QKeyEvent) -> bool:
    """Alt and a letter: the underlined one of a label, perhaps."""
    return event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() < Qt.Key.Key_Escape


def _draw_shadow(painter: QPainter, box: QRectF) -> None:
    """Painted here once: an effect on a large panel costs 50 ms for each key that is typed in it."""
    color = Theme.current().shadow()
    color.setAlpha(max(2, color.alpha() // 14))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for step in range(30, 0, -2):
        around = box.adjusted(-step, 14 - step, step, 14 + step)
        painter.drawRoundedRect(around, 12 + step, 12 + step)
