"""Reading and marking by keyboard: a caret walks to the words, Shift selects them, a form is filled in."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QListView

from archivist.model.anchor import Span
from archivist.model.quote import Role
from archivist.ui.reader.page_canvas import PageCanvas
from archivist.ui.reader.reading import Reading
from archivist.ui.reader.text_page import TextPage
from archivist.ui.reader.view import ReaderView
from tests.journeys.frame import Frame
from tests.journeys.sight import plain

FAR = 90  # letters that are gone by lines rather than one by one
MOST_STEPS = 4000
Place = tuple[int, int]
"""Page (0 in a text without pages) and letter on it, in reading order."""


class Marks(Frame):
    """What a user does with the document in front."""

    @property
    def reading(self) -> Reading:
        reading = self.workspace.reading.desk.current
        assert reading is not None, "no document is open"
        return reading

    @property
    def page(self) -> ReaderView:
        view = self.reading.view
        assert view is not None, "the document is not shown yet"
        return view

    def goes_to_the_page(self) -> None:
        """Tab until the keys act on the document itself."""
        inner = self.page.focusProxy()
        for _ in range(120):
            if QApplication.focusWidget() is inner:
                return
            self.presses("Tab")
        self.fails("Tab never comes to the page.")

    def selects_by_keyboard(self, words: str) -> None:
        """Walk the caret to the words, and to their end with Shift held down."""
        span = self._span_of(words)
        self.goes_to_the_page()
        if self.page.selection():
            self.presses("Escape")
        start, end = self._places(span)
        self.presses("Ctrl+Home")
        self._walk(start, "")
        self._walk(end, "Shift+")
        self.waits(lambda: self.page.selection() == span, f"selection of “{words}”")
        assert plain(self.page.selected_text()) == plain(words)

    def quotes(
        self,
        words: str,
        *,
        tags: Sequence[str] = (),
        colour: str = "",
        case: str = "",
        role: Role = Role.SUPPORTS,
        note: str = "",
    ) -> None:
        """Mark the words and say what there is to say of them, without a hand on the mouse."""
        before = len(self.reading.rows)
        self.selects_by_keyboard(words)
        self.presses("Q")
        self.waits(lambda: self.workspace.reading.marking.popover.has_focus, "popover with the focus in it")
        if colour:
            self.pushes(f"Colour: {colour}")
        if tags:
            self.goes_to("Tags")
            for tag in tags:
                self.types(tag)
                self.presses("Ctrl+Return")
        if case:
            self.goes_to("Case")
            self.types(case)
            self.is_offered(case, "Cases that fit", new=f"New case “{case}”")
            self.presses("Return")
            self.turns("Role", role.value.capitalize())
        if note:
            self.goes_to("Note")
            self.types(note)
        self.presses("Ctrl+Return")
        self.waits(lambda: len(self.reading.rows) == before + 1, f"new quote “{words}”")
        self.waits(lambda: not self.workspace.reading.marking.popover.is_open, "closed popover")

    def is_offered(self, name: str, where: str, *, new: str) -> None:
        """The list below a field offers first what there is of that name, or else to make it."""
        known = {row.name for row in self.workspace.sidebar.view.model.rows}
        wanted = name if name in known else new

        def offered() -> str:
            lists = (one for one in self.window.findChildren(QListView) if one.isVisible())
            found = next((one for one in lists if one.accessibleName() == where), None)
            return plain(str(found.currentIndex().data())) if found else ""

        self.waits(lambda: offered() == wanted, f"offer of “{wanted}”")

    def marked(self) -> list[str]:
        """The words of the quotes in the pane, in its order."""
        return [plain(row.quote.anchor.exact) for row in self.workspace.reading.view.pane.cards.cards.rows]

    def shows_quotes(self, *words: str) -> None:
        """The pane beside the page holds just these, in this order."""
        wanted = [plain(one) for one in words]
        self.waits(lambda: self.marked() == wanted, f"list of the quotes {wanted}, only {self.marked()}")

    # ---- the caret

    def _span_of(self, words: str) -> Span:
        text = self.reading.text
        assert text is not None, "the document has no text"
        spans = self.page.find(words)
        assert len(spans) == 1, f"“{words}” stands {len(spans)} times in the text"
        return spans[0]

    def _places(self, span: Span) -> tuple[Place, Place]:
        canvas = self.page.findChild(PageCanvas, "pages")
        if not isinstance(canvas, PageCanvas):
            return (0, span.start), (0, span.end)
        known = canvas.words
        self.page.show_span(span)  # its page's words are asked for, as scrolling there would
        ends = []
        for offset, at_end in ((span.start, False), (span.end, True)):
            page = known.page_of(offset - at_end)
            assert page is not None
            self.waits(partial(known.on_page, span, page), f"words of page {page + 1}")
            part = known.on_page(span, page)
            assert part is not None
            ends.append((page, part.end if at_end else part.start))
        return ends[0], ends[1]

    def _caret(self) -> Place | None:
        paper = self.page.findChild(TextPage, "paper")
        if isinstance(paper, TextPage):
            return 0, paper.caret
        canvas = self.page.findChild(PageCanvas, "pages")
        assert isinstance(canvas, PageCanvas)
        selection = canvas.selection
        return (selection.head.page, selection.head.index) if selection else None

    def _walk(self, to: Place, held: str) -> None:
        """By lines while it is far, then by letters; which arrow leads on depends on the line's direction."""
        onwards, backwards = "Right", "Left"
        for _ in range(MOST_STEPS):
            here = self._caret()
            if here == to:
                return
            if here is None:
                self._step("Down", here)
                continue
            is_before = here < to
            if here[0] != to[0] or abs(here[1] - to[1]) > FAR:
                self._step(held + ("Down" if is_before else "Up"), here)
                continue
            self._step(held + (onwards if is_before else backwards), here)
            now = self._caret()
            if now is not None and (now > here) != is_before:
                onwards, backwards = backwards, onwards
        self.fails(f"The caret does not come to {to}, but to {self._caret()}.")

    def _step(self, keys: str, before: Place | None) -> None:
        self.presses(keys)
        self.waits(lambda: self._caret() != before, f"step of the caret from {before} by {keys}", seconds=5)
