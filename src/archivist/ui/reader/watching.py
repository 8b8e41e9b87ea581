"""What a hand does on a page that the page itself does not tell: a selection is finished, the bar is left."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea

from archivist.ui.reader.view import ReaderView


class Watch(QObject):
    """Filters events of one view as long as that lives. Keys are taken only while `holds_keys`."""

    pressed = Signal()
    released = Signal()
    """The mouse has let go, and the view knows its selection."""
    escaped = Signal()
    tabbed = Signal()
    scrolled = Signal()

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self.holds_keys = False
        self._viewport = view.viewport()
        self._viewport.installEventFilter(self)
        self._keys = view.focusProxy() or view
        self._keys.installEventFilter(self)
        area = self._viewport.parentWidget()
        if isinstance(area, QAbstractScrollArea):
            for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
                bar.valueChanged.connect(self.scrolled)
        view.place_changed.connect(self.scrolled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._viewport and isinstance(event, QMouseEvent):
            self._mouse(event)
        elif watched is self._keys and isinstance(event, QKeyEvent) and self.holds_keys:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}:
            self.pressed.emit()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            # The view itself comes after its filters.
            QTimer.singleShot(0, self, self.released.emit)

    def _key(self, event: QKeyEvent) -> bool:
        signal = {Qt.Key.Key_Escape: self.escaped, Qt.Key.Key_Tab: self.tabbed}.get(Qt.Key(event.key()))
        if signal is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            signal.emit()
            return True
        return False
