"""Cases with their quotes in order, and the packs that are made of them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QListView

from tests.journeys.frame import LONG, Frame
from tests.journeys.sight import plain


class Handing(Frame):
    """What becomes of quotes."""

    # ---- cases

    def opens_case(self, name: str) -> None:
        self.chooses(f"Case: {name}")
        page = self.workspace.cases.view
        self.waits(
            lambda: page.isVisible() and page.case is not None and page.case.name == name, f"case “{name}”"
        )

    def case_quotes(self) -> list[str]:
        """In the order of the case."""
        return [plain(line.row.quote.anchor.exact) for line in self.workspace.cases.view.lines]

    def stands_on_case_quote(self, words: str) -> None:
        """Among the quotes of the case in front, by arrow keys."""
        self.goes_to("Quotes of the case, in your order")
        self.presses("Home")
        quotes = self.workspace.cases.view.quotes
        for _ in self.case_quotes():
            line = quotes.current_line()
            if line is not None and plain(line.row.quote.anchor.exact) == plain(words):
                return
            self.presses("Down")
        self.fails(f"There is no “{words}” in the case.")

    def moves_case_quote(self, words: str, *keys: str) -> None:
        self.stands_on_case_quote(words)
        self.presses(*keys)
        self.rests()

    # ---- packs

    def exports(self, folder: Path, *, title: str, recipient: str = "", cases: Sequence[str] = ()) -> Path:
        """In both formats; answers the folder of the pack once it is written."""
        self.fills_in_pack(title=title, recipient=recipient, cases=cases)
        pack = self.sends_pack(folder)
        self.presses("Escape")
        self.waits(lambda: not self._sheets(), "end of the export")
        return pack

    def fills_in_pack(
        self, *, title: str, recipient: str = "", cases: Sequence[str] = (), summary: str = ""
    ) -> None:
        self.presses("Ctrl+E")
        self.waits(self._can_export, "count of what goes in")
        self.fills("Title", title)
        self.fills("For", recipient)
        self.fills("Summary", summary)
        for case in cases:
            self.ticks("Cases", case)

    def sends_pack(self, folder: Path) -> Path:
        """Answers its folder; the report stays in sight."""
        before = set(folder.iterdir())
        self.chooser.next_folder = folder
        self.pushes("Choose a folder and export…")
        self.sees("The pack is written", seconds=LONG)
        (pack,) = set(folder.iterdir()) - before
        return pack

    def _can_export(self) -> bool:
        panel = self.workspace.packs.panel
        return panel is not None and panel.export.isEnabled()

    def ticks(self, list_name: str, line: str) -> None:
        """In a list of things to tick: arrows to the line, Space on it."""
        self.goes_to(list_name)
        self.presses("Home")
        focus = QApplication.focusWidget()
        assert isinstance(focus, QListView)
        for _ in range(focus.model().rowCount()):
            if plain(str(focus.currentIndex().data())) == plain(line):
                self.presses("Space")
                return
            self.presses("Down")
        self.fails(f"There is no “{line}” in “{list_name}”.")
