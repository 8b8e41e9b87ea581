"""Every deed of the window, once: menus, buttons, shortcuts and the palette read this list."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from archivist.ui.icons import icon as themed_icon

HIDDEN_FROM_PALETTE = "hidden"


class Actions(QObject):
    """The registry of deeds by id, e.g. `import.files`; `window` hears their shortcuts."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}

    def add(
        self,
        name: str,
        text: str,
        handler: Callable[[], Any],
        *,
        shortcut: str = "",
        icon: str = "",
        scope: QWidget | None = None,
        in_palette: bool = True,
    ) -> QAction:
        """Register a deed; a shortcut with `scope` works only while the focus is in that widget.

        `shortcut` may name several, parted by `; `. Registering an id again replaces the deed.
        """
        if known := self._actions.get(name):
            known.deleteLater()
        action = QAction(text, self)
        action.setObjectName(name)
        action.setProperty(HIDDEN_FROM_PALETTE, not in_palette)
        if icon:
            action.setIcon(themed_icon(icon))
            action.setProperty("icon_name", icon)
        if shortcut:
            action.setShortcuts([QKeySequence(one) for one in shortcut.split("; ")])
            # Of the deed itself: a button takes its tip anew whenever the deed changes.
            action.setToolTip(f"{text} ({shortcut_words(action)})")
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if scope else Qt.ShortcutContext.WindowShortcut
        )
        action.triggered.connect(lambda *_: handler())
        (scope or self._window).addAction(action)
        self._actions[name] = action
        return action

    def get(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> list[QAction]:
        return list(self._actions.values())

    def enable(self, name: str, *, when: bool) -> None:
        self._actions[name].setEnabled(when)


def shortcut_words(action: QAction) -> str:
    """The first shortcut as the user's keyboard names it."""
    shortcuts = action.shortcuts()
    return shortcuts[0].toString(QKeySequence.SequenceFormat.NativeText) if shortcuts else ""
