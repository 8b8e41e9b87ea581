"""The tabs of the documents that are open."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QTabBar

from archivist.model.document import DocumentKind
from archivist.ui.icons import KIND_ICONS, icon
from archivist.ui.widgets.buttons import tool_button
from archivist.ui.widgets.layout import row
from archivist.ui.words import isolate

HEIGHT = 36
MOST_TITLE = 200


class DocumentTabs(QFrame):
    """One tab for each document; says which is chosen and which is closed, and closes none itself."""

    chosen = Signal(str)
    close_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tab_bar")
        self.setFixedHeight(HEIGHT)
        self._is_told = False
        self._bar = _Bar()
        self._bar.currentChanged.connect(self._choose)
        self._bar.middle_clicked.connect(lambda at: self.close_wanted.emit(self._bar.tabData(at)))
        self.setLayout(row(self._bar, None))

    def add(self, document_id: str) -> None:
        self._is_told = True
        at = self._bar.addTab("")
        self._bar.setTabData(at, document_id)
        close = tool_button("x", self.tr("Close this document"), size=12)
        close.setToolTip(self.tr("Close this document (Ctrl+W)"))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(lambda *_: self.close_wanted.emit(document_id))
        self._bar.setTabButton(at, QTabBar.ButtonPosition.RightSide, close)
        self._is_told = False

    def describe(self, document_id: str, title: str, kind: DocumentKind) -> None:
        at = self._at(document_id)
        sign, hue = KIND_ICONS[kind]
        self._bar.setTabText(at, isolate(title[:MOST_TITLE]).replace("&", "&&"))
        self._bar.setTabToolTip(at, title)
        self._bar.setAccessibleTabName(at, title)
        self._bar.setTabIcon(at, icon(sign, hue))

    def remove(self, document_id: str) -> None:
        self._is_told = True
        self._bar.removeTab(self._at(document_id))
        self._is_told = False

    def choose(self, document_id: str) -> None:
        """Show it as the one in front; says nothing."""
        self._is_told = True
        self._bar.setCurrentIndex(self._at(document_id))
        self._is_told = False

    def ids(self) -> list[str]:
        """From the first tab to the last, as the user has put them."""
        return [self._bar.tabData(at) for at in range(self._bar.count())]

    def titles(self) -> list[str]:
        return [self._bar.tabToolTip(at) for at in range(self._bar.count())]

    def _choose(self, at: int) -> None:
        if not self._is_told and at >= 0:
            self.chosen.emit(self._bar.tabData(at))

    def _at(self, document_id: str) -> int:
        return self.ids().index(document_id)


class _Bar(QTabBar):
    middle_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("doctabs")
        self.setAccessibleName(self.tr("Open documents"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and at >= 0:
            self.middle_clicked.emit(at)
            return
        super().mouseReleaseEvent(event)
