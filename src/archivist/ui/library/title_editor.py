"""Renaming a document where its title stands."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from archivist.model.ids import DocumentId
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.notice import Notice

_FIELD_HEIGHT = 30


class TitleEditor(QFrame):
    """A field over the title. Enter or leaving keeps, Esc forgets; what is wrong is said below it."""

    kept = Signal(str, str)
    closed = Signal()
    """It had the focus, which wants a place now; whoever has gone elsewhere stays there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.document_id: DocumentId | None = None
        self._title = ""
        self._is_told = False
        self.field = _Field()
        self.field.setObjectName("title_field")
        self.field.setAccessibleName(self.tr("Title"))
        self.field.setFixedHeight(_FIELD_HEIGHT)
        self.notice = Notice()
        self.setLayout(column(self.field, self.notice, spacing=4))
        self.field.done.connect(self._keep)
        self.field.given_up.connect(self.dismiss)
        self.field.left.connect(self._leave)
        self.hide()

    def open(self, document_id: DocumentId, title: str) -> None:
        self.document_id, self._title = document_id, title
        self._is_told = False
        self.notice.clear()
        self.field.setText(title)
        self.field.selectAll()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """The title was not taken: stay, and say why."""
        self._is_told = False
        self.notice.tell("error", sentence)
        self.adjustSize()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        if self.document_id is None:
            return
        had_focus = self.field.hasFocus()
        self.document_id = None
        self.hide()
        if had_focus:
            self.closed.emit()

    def _keep(self) -> None:
        if self.document_id is None or self._is_told:
            return
        if self.field.text() == self._title:
            self.dismiss()
        else:
            self._is_told = True
            self.kept.emit(self.document_id, self.field.text())

    def _leave(self) -> None:
        """Leaving keeps a title; it does not insist on an empty one."""
        if self.field.text().strip() and not self.notice.text():
            self._keep()
        else:
            self.dismiss()


class _Field(QLineEdit):
    """Tells Enter, Esc and leaving apart, and lets no shortcut of the list through."""

    done = Signal()
    given_up = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # keys that a field has no use for are none of the list's either

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.left.emit()
