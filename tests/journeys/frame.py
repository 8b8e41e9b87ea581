"""What is always at hand in an open archive: palette, sidebar, undo and redo, and what is under way."""

from collections.abc import Callable

from archivist.ui.actions import Actions
from archivist.ui.main_window import MainWindow
from archivist.ui.tasks import Tasks
from archivist.ui.widgets.popover import Sheet
from archivist.ui.workspace import Workspace
from tests.journeys.edges import Answers
from tests.journeys.hands import Hands
from tests.journeys.sight import plain

LONG = 60.0  # seconds that an import or an export may take on a slow machine


class Frame(Hands):
    """All that the other parts of a user's day begin with."""

    window: MainWindow
    chooser: Answers

    @property
    def workspace(self) -> Workspace:
        """What is there while an archive is open."""
        assert self.window.workspace is not None, "no archive is open"
        return self.window.workspace

    # ---- going about

    def chooses(self, command: str) -> None:
        """By the palette: a deed, a case, a tag or a document of that name."""
        self.presses("Ctrl+K")
        palette = self.workspace.palette_presenter.palette
        self.waits(palette.isVisible, "palette")
        self.types(command)
        wanted = plain(command)
        self.waits(
            lambda: any(plain(shown) == wanted for shown in palette.shown()), f"“{command}” in the palette"
        )
        at = [plain(shown) for shown in palette.shown()].index(wanted)
        self.presses(*["Down"] * at, "Return")

    def stands_at(self, line: str) -> None:
        """In the sidebar, on the line of that name, by arrow keys; `takes` goes there."""
        sidebar = self.workspace.sidebar.view
        wanted = plain(line)
        self.waits(
            lambda: any(plain(row.name) == wanted for row in sidebar.model.rows),
            f"line “{line}” in the sidebar",
        )
        self.goes_to("Places, cases and tags")
        self.presses("Home")
        lines = sidebar.list
        for _ in range(lines.model().rowCount()):
            row = lines.current_row()
            if row is not None and plain(row.name) == wanted:
                return
            self.presses("Down")
        self.fails(f"The arrow keys do not come to “{line}” in the sidebar.")

    def takes(self, line: str) -> None:
        """Go to a place, a case or a tag by the sidebar."""
        self.stands_at(line)
        self.presses("Return")

    # ---- deeds

    def undoes(self) -> str:
        """Ctrl+Z; answers the sentence that was said."""
        return self._flips("Ctrl+Z", "Taken back")

    def redoes(self) -> str:
        return self._flips("Ctrl+Shift+Z", "Done again")

    def undoes_everything(self) -> list[str]:
        return self._goes_through("edit.undo", self.undoes)

    def redoes_everything(self) -> list[str]:
        return self._goes_through("edit.redo", self.redoes)

    def _goes_through(self, deed: str, step: Callable[[], str]) -> list[str]:
        said = []
        self.rests()
        while self.can(deed):
            said.append(step())
            self.rests()
        return said

    def rests(self) -> None:
        """What was asked of the archive so far has been done, and answered."""
        answers: list[object] = []
        tasks = self.tasks
        tasks.note(lambda _: tasks.read(lambda _: None, answers.append))
        self.waits(lambda: bool(answers), "rest")

    @property
    def tasks(self) -> Tasks:
        found = self.window.findChild(Tasks)
        assert isinstance(found, Tasks)
        return found

    def _flips(self, keys: str, told_as: str) -> str:
        status = self.window.status
        status.say("")
        self.presses(keys)
        self.waits(lambda: status.sentence().startswith(told_as), f"“{told_as}”")
        return plain(status.sentence())

    def can(self, deed: str) -> bool:
        """Whether a deed of the registry can be done now, by its id."""
        return self.actions.get(deed).isEnabled()

    @property
    def actions(self) -> Actions:
        found = self.window.findChild(Actions)
        assert isinstance(found, Actions)
        return found

    def _sheets(self) -> list[Sheet]:
        return [sheet for sheet in self.window.findChildren(Sheet) if sheet.isVisible()]
