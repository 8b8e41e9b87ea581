"""Carrying a tag over a list, as a hand would."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from archivist.model.ids import TagId
from archivist.ui.tags.nesting import carrying


def drop(viewport: QWidget, tag_id: TagId, at: QPoint) -> bool:
    """Let the tag go there; whether it was taken."""
    mime, action = carrying(tag_id), Qt.DropAction.MoveAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at, action, mime, button, none),
        QDragMoveEvent(at, action, mime, button, none),
    ):
        QApplication.sendEvent(viewport, event)
    dropped = QDropEvent(QPointF(at), action, mime, button, none, QEvent.Type.Drop)
    dropped.setAccepted(False)
    QApplication.sendEvent(viewport, dropped)
    return dropped.isAccepted()
