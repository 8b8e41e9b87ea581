"""Buttons as the design has them: tool, push, link, chip; each with a name for screen readers."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton

from archivist.ui.icons import icon as themed_icon


def calling(handler: Callable[[], Any]) -> Callable[..., None]:
    """A slot that takes whatever Qt sends and passes none of it on."""

    def slot(*_: object) -> None:
        handler()

    return slot


def tool_button(
    icon: str, tip: str, handler: Callable[[], Any] | None = None, *, checkable: bool = False, size: int = 18
) -> QToolButton:
    """A button of an icon alone; `tip` is its name."""
    button = QToolButton()
    button.setIcon(themed_icon(icon))
    button.setIconSize(QSize(size, size))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setCheckable(checkable)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if handler:
        button.clicked.connect(calling(handler))
    return button


def action_button(action: QAction, *, size: int = 18) -> QToolButton:
    """A tool button for a deed of the registry: same icon, state and tip, which names its shortcut."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(size, size))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button


def push_button(
    text: str, icon: str = "", handler: Callable[[], Any] | None = None, *, kind: str = ""
) -> QPushButton:
    """`kind`: empty, `primary` (one for each area), `danger`."""
    button = QPushButton(text)
    dress_button(button, kind=kind)
    if icon:
        inks = {"primary": "accentText", "danger": "danger"}
        button.setIcon(themed_icon(icon, inks.get(kind, "text2")))
        button.setIconSize(QSize(16, 16))
    if handler:
        button.clicked.connect(calling(handler))
    return button


def dress_button(button: QPushButton, *, kind: str = "") -> None:
    """What every push button has, whatever it is made of."""
    button.setProperty("kind", kind)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(True)  # Enter presses it too, not only the space bar
    button.setAccessibleName(button.text().replace("&", ""))


def link_button(text: str, handler: Callable[[], Any] | None = None, *, icon: str = "") -> QPushButton:
    button = push_button(text, handler=handler, kind="link")
    if icon:
        button.setIcon(themed_icon(icon, "accent"))
    return button


def chip(text: str, handler: Callable[[], Any] | None = None, *, checked: bool = False) -> QPushButton:
    """A filter that is on or off."""
    button = push_button(text, kind="chip")
    button.setCheckable(True)
    button.setChecked(checked)
    if handler:
        button.clicked.connect(calling(handler))
    return button
