"""What every presenter is given: the lanes, the look, the deeds, and the way from place to place."""

from collections.abc import Callable
from dataclasses import dataclass

from archivist.ui.actions import Actions
from archivist.ui.chooser import Chooser
from archivist.ui.places import Place
from archivist.ui.settings import Settings
from archivist.ui.tasks import Tasks
from archivist.ui.theme import Theme


@dataclass(slots=True)
class Session:
    """One open window on one open archive."""

    tasks: Tasks
    actions: Actions
    theme: Theme
    settings: Settings
    chooser: Chooser
    go: Callable[[Place], None]
    say: Callable[[str], None]
    """Shows a sentence in the status line for a while."""
