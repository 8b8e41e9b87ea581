from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow, QWidget

from archivist.ui.actions import Actions
from archivist.ui.menu import MenuButton
from archivist.ui.theme import Theme


def shown(button: MenuButton) -> list[str]:
    button.menu().aboutToShow.emit()
    return [action.text() or "-" for action in button.menu().actions()]


def test_the_menu_shows_the_deeds_that_there_are_in_groups(
    theme: Theme,  # noqa: ARG001 - dresses the app
    window: QMainWindow,
    show: Callable[[QWidget], QWidget],
) -> None:
    done: list[str] = []
    actions = Actions(window)
    actions.add("edit.undo", "Undo", lambda: done.append("undo"))
    actions.add("window.quit", "Quit", lambda: done.append("quit"))
    button = MenuButton(actions, (("edit.undo", "edit.redo"), ("archive.none",), ("window.quit",)))
    show(button)

    assert shown(button) == ["Undo", "-", "Quit"]
    button.menu().actions()[2].trigger()
    assert done == ["quit"]


def test_a_deed_that_came_later_is_there_too(theme: Theme, window: QMainWindow) -> None:  # noqa: ARG001
    actions = Actions(window)
    button = MenuButton(actions, (("edit.undo",),))
    before = shown(button)

    actions.add("edit.undo", "Undo", lambda: None)

    assert (before, shown(button)) == ([], ["Undo"])
