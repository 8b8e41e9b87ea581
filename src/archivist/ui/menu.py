"""The menu: deeds of the registry in groups, with their shortcuts, for those who look instead of type."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from archivist.ui.actions import Actions
from archivist.ui.icons import icon

Groups = Sequence[Sequence[str]]

OF_ARCHIVE: Groups = (
    ("edit.undo", "edit.redo"),
    ("import.files", "import.folder", "pack.export", "pack.check"),
    ("case.new", "tag.new", "tag.codebook"),
    ("window.palette", "go.search", "window.sidebar", "window.theme", "window.fullscreen"),
    ("archive.verify", "archive.backup", "archive.restore", "archive.passphrase", "archive.remember"),
    ("window.settings",),
    ("archive.lock", "archive.close", "window.quit"),
)
OF_GATE: Groups = (
    ("archive.new", "archive.open", "archive.sample"),
    ("archive.restore",),
    ("window.theme", "window.fullscreen", "window.settings"),
    ("window.quit",),
)


class MenuButton(QToolButton):
    """Opens the menu below itself; what cannot be done now is shown, and is grey."""

    def __init__(self, actions: Actions, groups: Groups) -> None:
        super().__init__()
        self.setObjectName("menu_button")
        self.setIcon(icon("list"))
        self.setIconSize(QSize(18, 18))
        self.setToolTip(self.tr("Menu (Alt+M)"))
        self.setAccessibleName(self.tr("Menu"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setShortcut("Alt+M")
        self._actions, self._groups = actions, groups
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def _fill(self) -> None:
        """Anew each time: deeds come and go with what is open."""
        menu = self.menu()
        menu.clear()
        known = {action.objectName(): action for action in self._actions.all()}
        for group in self._groups:
            shown = [known[name] for name in group if name in known]
            if shown and menu.actions():
                menu.addSeparator()
            menu.addActions(shown)
