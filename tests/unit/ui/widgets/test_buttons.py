"""Buttons keep their names and tips while their deed changes."""

from PySide6.QtWidgets import QMainWindow

from archivist.ui.actions import Actions
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import action_button


def test_the_tip_still_names_the_key_after_the_deed_has_changed(
    theme: Theme,  # noqa: ARG001 - dresses the app
    window: QMainWindow,
) -> None:
    actions = Actions(window)
    button = action_button(
        actions.add("go.back", "Back", lambda: None, icon="caret-left", shortcut="Alt+Left")
    )

    actions.enable("go.back", when=False)
    actions.enable("go.back", when=True)

    assert button.toolTip() == "Back (Alt+Left)"
    assert button.accessibleName() == "Back"
