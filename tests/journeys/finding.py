"""Searching, and what is found."""

from collections.abc import Iterable

from PySide6.QtGui import QColor

from archivist.ui.search.lines import PassageLine
from archivist.ui.theme import LIGHT, Theme
from tests.journeys.marking import Marks
from tests.journeys.sight import plain


class Finding(Marks):
    """From a word to the place where it stands."""

    def searches(self, query: str) -> None:
        """Ctrl+L, letter by letter; waits for the answer to just this query."""
        self.presses("Ctrl+L")
        self.types(query)
        page = self.workspace.searching

        def is_answered() -> bool:
            answered = page.view.results.lines.page
            return page.view.isVisible() and answered is not None and answered.query == query

        self.waits(is_answered, f"answer to “{query}”")

    def hits(self) -> list[str]:
        """The passages found, as a screen reader has them."""
        return [words for words in map(plain, self._lines()) if words]

    def _lines(self) -> Iterable[str]:
        model = self.workspace.searching.view.results.lines
        return (str(model.index(at, 0).data() or "") for at in range(model.rowCount()))

    def opens_hit(self, number: int) -> None:
        """Go down into the results, to the passage of that number (from 1), and open it with Enter."""
        page = self.workspace.searching.view
        if not page.results.hasFocus():
            self.presses("Down")
            self.waits(page.results.hasFocus, "focus in the results")
        self.presses("Home")
        for _ in range(page.results.lines.rowCount()):
            line = page.results.line()
            if isinstance(line, PassageLine) and line.number == number:
                break
            self.presses("Down")
        self.presses("Return")
        self.waits(lambda: not page.isVisible(), f"document of hit {number}")

    def shows_marked_hits(self) -> None:
        """What was sought is marked on the page, in its colour."""
        self.waits(
            lambda: self._has_colour(QColor(LIGHT["hit"]), Theme.current().paper("amber").darker(112)),
            "marked hit on the page",
        )

    def _has_colour(self, *colours: QColor) -> bool:
        picture = self.page.viewport().grab().toImage()
        wanted = {colour.rgb() for colour in colours}
        return any(
            picture.pixel(x, y) in wanted
            for y in range(0, picture.height(), 3)
            for x in range(0, picture.width(), 3)
        )
