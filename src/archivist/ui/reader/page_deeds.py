"""What is done to the document in front by key, button and palette: pages, size, find, tabs, marks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from archivist.model.ids import DocumentId
from archivist.ui.reader.area import ReaderArea
from archivist.ui.reader.beside import Beside
from archivist.ui.reader.deeds import COLOURS, DEEDS, Deed, colour_words, deed_words
from archivist.ui.reader.desk import Desk
from archivist.ui.reader.marking import Marking
from archivist.ui.reader.quote_deeds import QuoteDeeds
from archivist.ui.reader.reading import Mode
from archivist.ui.reader.seeking import Seeking
from archivist.ui.reader.view import ReaderView
from archivist.ui.session import Session

_FOR_PAGES = {"reader.previous_page", "reader.next_page", "reader.page"}
_FOR_ANY = {"reader.close", "reader.next_tab", "reader.previous_tab", "reader.pane"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the deeds are done to."""

    area: ReaderArea
    desk: Desk
    marking: Marking
    seeking: Seeking
    beside: Beside
    quotes: QuoteDeeds
    bring: Callable[[DocumentId], object]

    @property
    def view(self) -> ReaderView | None:
        return self.desk.current.view if self.desk.current else None


class PageDeeds(QObject):
    """Registered before there is a bar that shows them; `join` tells them what they are done to."""

    def __init__(self, session: Session, pages: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._parts: Parts | None = None
        handlers = self._handlers()
        for deed in DEEDS:
            self._add(deed, deed_words(deed), handlers[deed.name], pages)
        for hue, deed in COLOURS.items():
            self._add(deed, colour_words(hue), partial(self._colour, hue), pages)

    def join(self, parts: Parts) -> None:
        self._parts = parts
        area = parts.area
        area.bar.page_box.page_wanted.connect(self.go_to_label)
        area.bar.page_box.left.connect(self._focus_page)
        area.bar.mode_chosen.connect(lambda mode: self._show_mode(Mode(mode)))
        area.bar.colour_chosen.connect(parts.marking.colour)
        area.outline.closed.connect(self._toggle_outline)
        area.outline.entry_wanted.connect(lambda entry: self._with_view(lambda view: view.go_to_entry(entry)))
        parts.marking.copy_wanted.connect(self.copy_cited)
        area.moved.connect(self._show_switches)
        self._show_switches()

    def enable(self) -> None:
        """What can be done to what is in front; nothing while that is out of sight."""
        parts = self._parts
        if parts is None:
            return
        reading, view, is_seen = parts.desk.current, parts.view, parts.area.isVisible()
        has_pages = view is not None and view.page_count > 0
        for deed in (*DEEDS, *COLOURS.values()):
            if deed.name in _FOR_PAGES:
                can = has_pages
            elif deed.name in _FOR_ANY:
                can = reading is not None
            elif deed.name == "reader.mode":
                can = reading is not None and reading.has_both_modes
            else:
                can = view is not None
            self._session.actions.enable(deed.name, when=is_seen and can)

    def step_tab(self, by: int) -> None:
        """In the order of the tabs, from the last to the first."""
        parts = self._parts
        if parts is None or parts.desk.current is None:
            return
        ids = parts.area.tabs.ids()
        self.bring(ids[(ids.index(parts.desk.current.id) + by) % len(ids)])

    def bring(self, document_id: str) -> None:
        if self._parts:
            self._parts.bring(DocumentId(document_id))

    def go_to_label(self, label: str) -> None:
        """A page as it is printed; else by its number in the file."""
        view = self._parts.view if self._parts else None
        if view is None:
            return
        labels = [one.casefold() for one in view.page_labels]
        if label.casefold() in labels:
            view.go_to_page(labels.index(label.casefold()))
        elif label.isdecimal() and 1 <= int(label) <= view.page_count:
            view.go_to_page(int(label) - 1)
        else:
            said = self.tr("There is no page “{}”; the pages are {} to {}.")
            self._session.say(said.format(label, view.page_labels[0], view.page_labels[-1]))

    def copy_cited(self) -> None:
        """The selected words, else the chosen quote."""
        parts = self._parts
        reading, view = (parts.desk.current, parts.view) if parts else (None, None)
        if parts is None or reading is None or view is None:
            return
        span, row = view.selection(), reading.row_of(parts.beside.active())
        if span is not None:
            parts.quotes.copy_passage(reading.id, span)
        elif row is not None:
            parts.quotes.copy_quote(row)
        else:
            self._session.say(self.tr("Select words or a quote first."))

    # ---- inside

    def _add(self, deed: Deed, words: str, handler: Callable[[], object], pages: QWidget) -> None:
        scope = pages if deed.is_for_pages else None
        add = self._session.actions.add
        action = add(deed.name, words, handler, shortcut=deed.keys, icon=deed.icon, scope=scope)
        action.setCheckable(deed.is_switch)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "reader.outline": self._toggle_outline,
            "reader.previous_page": partial(self._turn, -1),
            "reader.next_page": partial(self._turn, 1),
            "reader.page": self._focus_page_box,
            "reader.zoom_out": lambda: self._with_view(lambda view: view.zoom_out()),
            "reader.zoom_in": lambda: self._with_view(lambda view: view.zoom_in()),
            "reader.fit": lambda: self._with_view(lambda view: view.fit()),
            "reader.mode": self._switch_mode,
            "reader.find": lambda: self._with(lambda parts: parts.seeking.open_bar()),
            "reader.next_hit": lambda: self._with(lambda parts: parts.seeking.step(1)),
            "reader.previous_hit": lambda: self._with(lambda parts: parts.seeking.step(-1)),
            "reader.pane": self._toggle_pane,
            "reader.close": self._close,
            "reader.next_tab": partial(self.step_tab, 1),
            "reader.previous_tab": partial(self.step_tab, -1),
            "reader.copy": lambda: self._with_view(lambda view: view.copy_selection()),
            "quote.copy": self.copy_cited,
            "quote.mark": lambda: self._with(lambda parts: parts.marking.mark()),
            "quote.edit": lambda: self._with_quote(lambda parts, quote: parts.marking.edit(quote)),
            "quote.delete": lambda: self._with_quote(lambda parts, quote: parts.beside.delete(quote)),
        }

    def _with(self, deed: Callable[[Parts], object]) -> None:
        if self._parts:
            deed(self._parts)

    def _with_view(self, deed: Callable[[ReaderView], object]) -> None:
        parts = self._parts
        if parts is not None and (view := parts.view):
            deed(view)
            parts.area.bar.show_place(view)

    def _with_quote(self, deed: Callable[[Parts, str], object]) -> None:
        parts = self._parts
        if parts is None:
            return
        if quote := parts.beside.active():
            deed(parts, quote)
        else:
            self._session.say(self.tr("Choose a quote first, on the page or beside it."))

    def _colour(self, hue: str) -> None:
        self._with(lambda parts: parts.marking.colour(hue))

    def _turn(self, by: int) -> None:
        self._with_view(lambda view: view.go_to_page(view.current_page + by))

    def _show_mode(self, mode: Mode) -> None:
        if self._parts and (reading := self._parts.desk.current):
            reading.show_mode(mode)

    def _switch_mode(self) -> None:
        reading = self._parts.desk.current if self._parts else None
        if reading is not None:
            self._show_mode(Mode.TEXT if reading.mode is Mode.PAGES else Mode.PAGES)

    def _close(self) -> None:
        if self._parts and (reading := self._parts.desk.current):
            self._parts.desk.close(reading.id)

    def _toggle_pane(self) -> None:
        parts = self._parts
        if parts is not None:
            parts.area.show_pane(shown=parts.area.pane.isHidden())
            self._show_switches()

    def _toggle_outline(self) -> None:
        """Opened, it takes the keys; closed, the page has them again."""
        parts = self._parts
        if parts is None:
            return
        outline = parts.area.outline
        shown = outline.isHidden()
        outline.setVisible(shown)
        self._show_switches()
        if shown:
            outline.show_outline(parts.view)
            outline.mark(parts.view)
            outline.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._focus_page()

    def _show_switches(self) -> None:
        if self._parts:
            area, actions = self._parts.area, self._session.actions
            actions.get("reader.pane").setChecked(not area.pane.isHidden())
            actions.get("reader.outline").setChecked(not area.outline.isHidden())

    def _focus_page_box(self) -> None:
        if self._parts:
            self._parts.area.bar.page_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._parts.area.bar.page_box.selectAll()

    def _focus_page(self) -> None:
        self._with_view(lambda view: view.setFocus(Qt.FocusReason.OtherFocusReason))
