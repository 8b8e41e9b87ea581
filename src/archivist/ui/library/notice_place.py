"""Where a notice stands above a list: it takes no room while it has nothing to say."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from archivist.ui.widgets.layout import Margins, row
from archivist.ui.widgets.notice import Notice


class NoticePlace(QWidget):
    """Comes and goes with its notice, margins and all."""

    def __init__(self, notice: Notice, margins: Margins) -> None:
        super().__init__()
        self.setLayout(row(notice, margins=margins))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        notice.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent:
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.hide()
        return super().eventFilter(watched, event)
