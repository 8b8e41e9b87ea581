"""Dragging a tag onto another, or to the top."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.ui.theme import hue_of
from archivist.ui.widgets.painting import PILL_HEIGHT, draw_pill, pill_width

TAG_DRAG = "application/x-archivist-tag"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a tag would go: under `tag_id`, or to the top where that is None. `key` is the row's."""

    key: str
    tag_id: TagId | None


class Nesting(QObject):
    """Watches a list for tags that are dragged over it."""

    nested = Signal(str, object)

    def __init__(self, view: QAbstractItemView, target_at: Callable[[QPoint], Target | None]) -> None:
        super().__init__(view)
        self._view = view
        self._target_at = target_at
        self.target_key = ""
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def begin(self, tag: Tag) -> None:
        """Take the tag along with the pointer until it is let go."""
        drag = QDrag(self._view)
        drag.setMimeData(carrying(tag.id))
        drag.setPixmap(self._picture(tag))
        drag.setHotSpot(QPoint(-8, PILL_HEIGHT // 2))
        drag.exec(Qt.DropAction.MoveAction)
        self._aim("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QDropEvent) and event.mimeData().hasFormat(TAG_DRAG):
            if event.type() == QEvent.Type.Drop:
                return self._drop(event)
            return self._move(event)
        if event.type() == QEvent.Type.DragLeave:
            self._aim("")
        return False

    def _move(self, event: QDropEvent) -> bool:
        """Entering and moving alike."""
        target = self._allowed(event)
        self._aim(target.key if target else "")
        if target and isinstance(event, QDragMoveEvent):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.setAccepted(event.type() == QEvent.Type.DragEnter)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        target = self._allowed(event)
        self._aim("")
        if target is None:
            event.ignore()
            return True
        event.acceptProposedAction()
        self.nested.emit(carried(event.mimeData()), target.tag_id)
        return True

    def _allowed(self, event: QDropEvent) -> Target | None:
        """Not onto itself; what else is impossible the archive refuses, and says why."""
        target = self._target_at(event.position().toPoint())
        return None if target and target.tag_id == carried(event.mimeData()) else target

    def _aim(self, key: str) -> None:
        if key != self.target_key:
            self.target_key = key
            self._view.viewport().update()

    def _picture(self, tag: Tag) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        width = pill_width(tag.name)
        picture = QPixmap(round(width * ratio), round(PILL_HEIGHT * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = picture.rect()
            rect.setSize(rect.size() / ratio)
            draw_pill(painter, rect, tag.name, hue_of(tag.colour, tag.id))
        return picture


def carrying(tag_id: TagId) -> QMimeData:
    mime = QMimeData()
    mime.setData(TAG_DRAG, QByteArray(tag_id.encode()))
    return mime


def carried(mime: QMimeData) -> TagId:
    return TagId(bytes(mime.data(TAG_DRAG).data()).decode())
