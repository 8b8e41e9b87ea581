"""The bar at the top: sidebar, back and forward, search, and what is always at hand."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QWidget

from archivist.ui.actions import Actions
from archivist.ui.icons import icon
from archivist.ui.menu import OF_ARCHIVE, OF_GATE, MenuButton
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import action_button, tool_button
from archivist.ui.widgets.layout import Item, label, row

HEIGHT = 50
SEARCH_WIDTH = 560
TYPING_PAUSE = 60  # milliseconds of rest before a query is asked


class SearchField(QLineEdit):
    """Where a query is typed; it is asked while it is typed."""

    asked = Signal(str)
    left_empty = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName(self.tr("Search documents, quotes and cases"))
        self.setPlaceholderText(self.tr("Search documents, quotes, cases"))
        self.addAction(icon("magnifying-glass", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._hint = QLabel(self.tr("Ctrl K"), self)
        self._hint.setProperty("role", "key")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.adjustSize()
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 9 if is_rtl else self.width() - self._hint.width() - 9
        room = self._hint.width() + 10
        self.setTextMargins(room if is_rtl else 0, 0, 0 if is_rtl else room, 0)
        self._hint.move(left, (self.height() - self._hint.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self._pause.stop()
            self._ask()
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._pause.stop()
            self.clear()
            self.left_empty.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.left_empty.emit()

    def _ask(self) -> None:
        if words := self.text().strip():
            self.asked.emit(words)


class TopBar(QFrame):
    """Places buttons of the registry; the search field is in the middle of the window."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT)
        self.search = SearchField()
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.setMinimumWidth(220)
        self._theme = action_button(actions.get("window.theme"))
        self._import = self._button(actions, "import.open", "primary")
        self._export = self._button(actions, "pack.export", "", words=self.tr("Export pack"))
        before: list[Item] = [
            action_button(actions.get("window.sidebar")),
            6,
            action_button(actions.get("go.back")),
            action_button(actions.get("go.forward")),
        ]
        after: list[Item] = [
            action_button(actions.get("archive.lock")),
            self._theme,
            action_button(actions.get("window.settings")),
            MenuButton(actions, OF_ARCHIVE),
            6,
            self._export,
            4,
            self._import,
        ]
        layout = row(*before, None, self.search, None, *after, margins=(12, 0, 12, 0))
        layout.setStretchFactor(self.search, 10)
        self.setLayout(layout)

    def show_export_as_primary(self, *, yes: bool) -> None:
        """Where a view has its own filled button, Import turns plain."""
        self._import.setProperty("kind", "" if yes else "primary")
        self._import.setIcon(icon("file-plus", "text2" if yes else "accentText"))
        self._import.style().unpolish(self._import)
        self._import.style().polish(self._import)

    @staticmethod
    def _button(actions: Actions, name: str, kind: str, *, words: str = "") -> QPushButton:
        action = actions.get(name)
        button = QPushButton(words or action.text())
        button.setProperty("kind", kind)
        button.setObjectName(f"{name}_button")
        button.setAccessibleName(action.text())
        button.setToolTip(action.toolTip())
        button.setIcon(icon("file-plus", "accentText") if kind else icon("export", "text2"))
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(lambda *_: action.trigger())
        action.enabledChanged.connect(button.setEnabled)
        return button


class GateBar(QFrame):
    """The bar while no archive is open: the name of the app, and its looks."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT)
        self._mark = tool_button("archive-box", "Archivist")
        self._mark.setObjectName("mark")
        self._mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._mark.setIcon(icon("archive-box", "accentText"))
        self._mark.setFixedSize(28, 28)
        Theme.current().changed.connect(self._mark.update)
        self.setLayout(
            row(
                self._mark,
                4,
                label("Archivist", "h2"),
                None,
                action_button(actions.get("window.theme")),
                action_button(actions.get("window.settings")),
                MenuButton(actions, OF_GATE),
                margins=(14, 0, 12, 0),
                spacing=6,
            )
        )
