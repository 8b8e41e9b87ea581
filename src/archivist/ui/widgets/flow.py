"""Widgets one after the other, in as many lines as they need; mirrored where the interface is."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from archivist.ui.widgets.painting import mirrored


class FlowLayout(QLayout):
    """Fills lines from the side where reading begins."""

    def __init__(self, *widgets: QWidget, spacing: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moves=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def _place(self, room: QRect, *, moves: bool) -> int:
        """Put every widget into its line; answers the height of all."""
        parent = self.parentWidget()
        towards = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        left, top, tallest = room.x(), room.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(room.width(), 1), item.sizeHint().height()))
            if left > room.x() and left + size.width() > room.x() + room.width():
                left, top, tallest = room.x(), top + tallest + self.spacing(), 0
            if moves:
                item.setGeometry(mirrored(QRect(left, top, size.width(), size.height()), room, towards))
            left += size.width() + self.spacing()
            tallest = max(tallest, size.height())
        return top + tallest - room.y()
