"""Beside the page: its quotes, its notes, and what is known of the document."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QPushButton, QStackedWidget, QWidget

from archivist.model.browsing import QuoteRow
from archivist.model.ids import QuoteId
from archivist.ui.icons import icon
from archivist.ui.quotes.arranging import Arrangement, Order, arranged, tags_of
from archivist.ui.quotes.card_list import CardList
from archivist.ui.quotes.quick_bar import CASES, NOTE, TAGS
from archivist.ui.quotes.wording import hue_of_quote
from archivist.ui.tags.hues import hue_name
from archivist.ui.theme import QUOTE_HUES
from archivist.ui.widgets.buttons import link_button, push_button, tool_button
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import number

HEAD, WIDTH, LEAST = 40, 314, 260
QUOTES, NOTES, DETAILS = "quotes", "notes", "details"


class QuotesPane(QFrame):
    """Shows the quotes of one document, and says what the user wants of them."""

    activated_quote = Signal(str)
    edit_wanted = Signal(str, str)
    copy_wanted = Signal(str)
    delete_wanted = Signal(str)
    place_wanted = Signal(str)
    """To see where the words of a quote once stood."""
    details_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side_pane")
        self.setAccessibleName(self.tr("Quotes and details"))
        self.setMinimumWidth(LEAST)
        self._rows: Sequence[QuoteRow] = ()
        self._places: Mapping[QuoteId, str] = {}
        self._kept: set[QuoteId] = set()
        self._tab = QUOTES
        self.arrangement = Arrangement()
        self.cards = CardList()
        self.review = Notice()
        self.details: QWidget | None = None
        self._group = QButtonGroup(self)
        self._tabs = {tab: self._tab_button(tab) for tab in (QUOTES, NOTES, DETAILS)}
        self._tune = tool_button("funnel-simple", self.tr("Order and filter"), self._open_menu, size=16)
        self._tune.setObjectName("pane_tune")
        self._narrowed = label(role="meta")
        self._all = link_button(self.tr("Show all"), lambda: self.arrange(Arrangement()))
        self._strip = QWidget()
        self._strip.setLayout(row(self._narrowed, None, self._all, margins=(16, 6, 16, 0)))
        self._empty = EmptyState("quotes", "", "")
        self._clear = push_button(self.tr("Show all quotes"), handler=lambda: self.arrange(Arrangement()))
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        head = panel(
            "side_head", row(*self._tabs.values(), None, self._tune, margins=(10, 0, 8, 0)), height=HEAD
        )
        self._stack = QStackedWidget()
        for page in (self.cards, self._empty):
            self._stack.addWidget(page)
        below = QWidget()
        below.setLayout(column(self.review, margins=(12, 6, 12, 10)))
        self._below = below
        listed = column(self._strip, 10, self._stack, below)
        listed.setStretch(2, 1)
        self._listed = QWidget()
        self._listed.setLayout(listed)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._listed)
        self.setLayout(column(head, self._pages))

    def _connect(self) -> None:
        self.cards.activated_quote.connect(self._activated)
        self.cards.edit_wanted.connect(self.edit_wanted)
        self.cards.copy_wanted.connect(self.copy_wanted)
        self.cards.delete_wanted.connect(self.delete_wanted)
        self.cards.menu_wanted.connect(self._open_card_menu)

    # ---- what it shows

    def show_rows(self, rows: Sequence[QuoteRow], places: Mapping[QuoteId, str]) -> None:
        """The quotes of the document that is open; `places` say in words where each stands."""
        self._rows, self._places = rows, places
        self._show()

    def activate(self, quote_id: QuoteId | None) -> None:
        """Show it as the selected one, as the page does; one that is filtered out is shown all the same."""
        is_there = any(one.quote.id == quote_id for one in self._rows)
        if is_there and self.cards.cards.place_of(quote_id) is None:
            self.arrangement = replace(Arrangement(), order=self.arrangement.order)
            if self._tab == NOTES:
                self.open_tab(QUOTES)
            self._show()
        self.cards.activate(quote_id, bring=True)
        self._show_review()

    def active(self) -> QuoteId | None:
        return self.cards.current_id()

    def row_of(self, quote_id: str) -> QuoteRow | None:
        return next((one for one in self._rows if one.quote.id == quote_id), None)

    def empty_words(self) -> str:
        """What it says in the place of cards; empty where there are some."""
        return self._empty.words() if self._stack.currentWidget() is self._empty else ""

    def set_details(self, details: QWidget) -> None:
        self.details = details
        self._pages.addWidget(details)
        if self._tab == DETAILS:
            self._pages.setCurrentWidget(details)

    @property
    def tab(self) -> str:
        return self._tab

    def open_tab(self, tab: str) -> None:
        """`quotes`, `notes` or `details`."""
        self._tab = tab
        self._tabs[tab].setChecked(True)
        if tab == DETAILS:
            self.details_wanted.emit()
        self._pages.setCurrentWidget(
            self.details if tab == DETAILS and self.details is not None else self._listed
        )
        self._tune.setVisible(tab != DETAILS)
        self._show()

    def arrange(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        self._show()

    # ---- inside

    def _tab_button(self, tab: str) -> QPushButton:
        button = push_button("", kind="tab")
        button.setObjectName(f"tab_{tab}")
        button.setCheckable(True)
        button.setChecked(tab == QUOTES)
        button.clicked.connect(lambda *_: self.open_tab(tab))
        self._group.addButton(button)
        return button

    def _show(self) -> None:
        notes = sum(bool(one.quote.note.strip()) for one in self._rows)
        for tab, words, count in (
            (QUOTES, self.tr("Quotes"), len(self._rows)),
            (NOTES, self.tr("Notes"), notes),
            (DETAILS, self.tr("Details"), None),
        ):
            shown = words if count is None else f"{words}  {number(count)}"
            self._tabs[tab].setText(shown)
            self._tabs[tab].setAccessibleName(shown)
        wanted = replace(self.arrangement, with_note=self._tab == NOTES)
        shown_rows = arranged(self._rows, wanted)
        self.cards.show_rows(shown_rows, self._places)
        self._strip.setVisible(wanted.is_narrowed)
        said = self.tr("{} of {}").format(number(len(shown_rows)), number(len(self._rows)))
        self._narrowed.setText(said)
        self._tell_emptiness()
        self._stack.setCurrentWidget(self.cards if shown_rows else self._empty)
        self._show_review()

    def _tell_emptiness(self) -> None:
        if self._tab == NOTES and not self.arrangement.is_narrowed:
            self._empty.tell(
                self.tr("No notes yet"), self.tr("What you write to a quote is listed here too.")
            )
        elif self._rows and self.arrangement.is_narrowed:
            self._empty.tell(self.tr("None of these"), self.tr("No quote fits the filter."))
        else:
            self._empty.tell(self.tr("No quotes yet"), self.tr("Select words on the page and press Q."))

    def _activated(self, quote_id: str) -> None:
        self._show_review()
        self.activated_quote.emit(quote_id)

    # ---- what needs review

    def _show_review(self) -> None:
        """The deeds for a card that asks for them."""
        chosen = self.cards.row()
        needy = chosen is not None and chosen.needs_review and chosen.quote.id not in self._kept
        self._below.setVisible(needy)
        if chosen is None or not needy:
            self.review.clear()
            return
        quote_id = chosen.quote.id
        self.review.tell(
            "warning",
            self.tr("The words of this quote were not found in the text that the archive holds now."),
            offers=[
                (self.tr("Show where it was"), lambda: self.place_wanted.emit(quote_id)),
                (self.tr("Delete"), lambda: self.delete_wanted.emit(quote_id)),
                (self.tr("Keep"), lambda: self._keep(quote_id)),
            ],
        )

    def _keep(self, quote_id: QuoteId) -> None:
        """It stays as it is, and is not asked about again while the archive is open."""
        self._kept.add(quote_id)
        self._show_review()
        self.cards.setFocus()

    # ---- menus

    def _open_card_menu(self, quote_id: str, where: QPoint) -> None:
        found = self.row_of(quote_id)
        if found is None:
            return
        menu = QMenu(self)
        deeds = [
            (self.tr("Edit"), "Enter", lambda: self.edit_wanted.emit(quote_id, TAGS)),
            (self.tr("Tags…"), "T", lambda: self.edit_wanted.emit(quote_id, TAGS)),
            (self.tr("Cases…"), "C", lambda: self.edit_wanted.emit(quote_id, CASES)),
            (self.tr("Note…"), "N", lambda: self.edit_wanted.emit(quote_id, NOTE)),
            None,
            (self.tr("Copy with citation"), "Ctrl+C", lambda: self.copy_wanted.emit(quote_id)),
            None,
            (self.tr("Move to the bin"), "Del", lambda: self.delete_wanted.emit(quote_id)),
        ]
        if found.needs_review:
            deeds.insert(0, (self.tr("Show where it was"), "", lambda: self.place_wanted.emit(quote_id)))
        for deed in deeds:
            if deed is None:
                menu.addSeparator()
                continue
            words, keys, handler = deed
            action = menu.addAction(f"{words}\t{keys}" if keys else words)
            action.triggered.connect(lambda _=False, handler=handler: handler())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _open_menu(self) -> None:
        menu = self.tuning_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._tune.mapToGlobal(self._tune.rect().bottomLeft()))

    def tuning_menu(self) -> QMenu:
        """Orders, then colours and tags that occur here."""
        menu, now = QMenu(self), self.arrangement
        orders = {
            Order.PLACE: self.tr("By place"),
            Order.TIME: self.tr("Newest first"),
            Order.COLOUR: self.tr("By colour"),
            Order.TAG: self.tr("By tag"),
        }
        _choices(
            menu,
            [(words, "", now.order is order, replace(now, order=order)) for order, words in orders.items()],
            self,
        )
        menu.addSeparator()
        hues = {hue_of_quote(one) for one in self._rows}
        _choices(
            menu,
            [
                (hue_name(hue), hue, now.colour == hue, replace(now, colour="" if now.colour == hue else hue))
                for hue in QUOTE_HUES
                if hue in hues
            ],
            self,
        )
        if tags := tags_of(self._rows):
            inner = menu.addMenu(icon("hash"), self.tr("With tag"))
            choices = [
                (name, "", now.tag == tag, replace(now, tag=None if now.tag == tag else tag))
                for tag, name in tags
            ]
            _choices(inner, choices, self)
        return menu


def _choices(menu: QMenu, choices: Sequence[tuple[str, str, bool, Arrangement]], pane: QuotesPane) -> None:
    """Entries of which one holds; choosing arranges the pane."""
    group = QActionGroup(menu)
    group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
    for words, hue, holds, arrangement in choices:
        action = QAction(words, menu)
        if hue:
            action.setIcon(icon("circle", hue))
        action.setCheckable(True)
        action.setChecked(holds)
        action.triggered.connect(lambda _=False, wanted=arrangement: pane.arrange(wanted))
        group.addAction(action)
        menu.addAction(action)
