"""All quotes of the archive, or those that fit what is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from archivist.model.ids import CaseId, QuoteId, TagId
from archivist.ui.icons import icon
from archivist.ui.quotes.dots import ColourDots
from archivist.ui.quotes.page_list import QuotesList
from archivist.ui.quotes.quick_bar import CASES, TAGS
from archivist.ui.widgets.buttons import chip, link_button, push_button
from archivist.ui.widgets.field import line_edit
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import isolate, plural

PAUSE = 150  # milliseconds without a letter before the list is narrowed
FOOT, FIELD = 58, 250


@dataclass(frozen=True, slots=True)
class QuotesFilter:
    """Everything that is said must hold; what is empty is not asked for."""

    tag: TagId | None = None
    review: bool = False
    case: CaseId | None = None
    colour: str = ""
    words: str = ""
    newest_first: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.tag or self.review or self.case or self.colour or self.words)


class QuotesPage(QFrame):
    """Shows the list and its filter, and says what the user wants."""

    words_typed = Signal(str)
    colour_chosen = Signal(str)
    tag_wanted = Signal()
    case_wanted = Signal()
    order_wanted = Signal(bool)
    cleared = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.filter: QuotesFilter | None = None  # of what is shown
        self._title = label(role="title")
        self._title.setObjectName("quotes_title")
        self._count = label(role="meta")
        self._count.setObjectName("quotes_count")
        self.words = line_edit(
            self.tr("Filter by words or note"),
            placeholder=self.tr("Filter by words or note"),
            leading="magnifying-glass",
        )
        self.words.setObjectName("quotes_words")
        self.words.setFixedWidth(FIELD)
        self.dots = ColourDots(self.tr("Only this colour"), size=15, spacing=2)
        self.tag_chip = self._chip("quotes_tag", self.tr("Tag…"), self.tag_wanted.emit)
        self.case_chip = self._chip("quotes_case", self.tr("Case…"), self.case_wanted.emit)
        self._order = self._chip("quotes_order", self.tr("Newest first"), self._say_order)
        self._clear = link_button(self.tr("Clear filters"), self.cleared.emit)
        self.list = QuotesList()
        self.notice = Notice()
        self._empty: EmptyState | None = None
        self._selected = label(role="h2")
        self._buttons: dict[str, QPushButton] = {}
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(lambda: self.words_typed.emit(self.words.text()))
        self.words.textEdited.connect(lambda _: self._soon.start())
        self.dots.chosen.connect(self.colour_chosen)
        self.list.chosen.connect(self._show_selection)
        self._lay_out()

    def _chip(self, name: str, words: str, handler: Callable[[], Any]) -> QPushButton:
        made = chip(words, handler)
        made.setObjectName(name)
        return made

    def _lay_out(self) -> None:
        line = row(self._title, 10, self._count, None)
        filters = row(
            self.words,
            6,
            self.dots,
            6,
            self.tag_chip,
            self.case_chip,
            self._order,
            4,
            self._clear,
            None,
            spacing=6,
        )
        head = panel("page_head", column(line, filters, self.notice, margins=(20, 14, 20, 12), spacing=10))
        deeds = (
            ("open", self.tr("Open"), "book-open"),
            (TAGS, self.tr("Tag…"), "tag-simple"),
            (CASES, self.tr("Add to case…"), "briefcase"),
            ("copy", self.tr("Copy with citation"), "copy"),
            ("delete", self.tr("Move to the bin"), "trash"),
        )
        for name, words, sign in deeds:
            button = push_button(words, sign)
            button.setObjectName(f"quotes_do_{name}")
            self._buttons[name] = button
        self._foot = panel(
            "pane_foot",
            row(self._selected, None, *self._buttons.values(), margins=(20, 0, 20, 0), spacing=8),
            height=FOOT,
        )
        self._foot.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        layout = column(head, self._stack, self._foot)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def set_deeds(self, deeds: dict[str, Callable[[], Any]]) -> None:
        """What the buttons for the selected quotes do: open, tags, cases, copy, delete."""
        for name, deed in deeds.items():
            self._buttons[name].clicked.connect(lambda _=False, deed=deed: deed())

    # ---- what it shows

    def show_filter(self, wanted: QuotesFilter, tag: str, case: str) -> None:
        """`tag` and `case` are their names."""
        self.filter = wanted
        title = self.tr("Quotes")
        if wanted.review:
            title = self.tr("Quotes that need review")
        elif wanted.tag:
            title = self.tr("Quotes tagged {}").format(isolate(tag)) if tag else title
        self._title.setText(title)
        self._tell_chip(self.tag_chip, bool(wanted.tag), isolate(tag) if tag else self.tr("Tag…"))
        self._tell_chip(self.case_chip, bool(wanted.case), isolate(case) if case else self.tr("Case…"))
        self._order.setChecked(wanted.newest_first)
        self.dots.show_hue(wanted.colour)
        if wanted.words != self.words.text().strip() and not self.words.hasFocus():
            self.words.setText(wanted.words)
        self._clear.setVisible(wanted.is_narrowed)

    def show_ids(self, ids: Sequence[QuoteId], wanted: QuotesFilter) -> None:
        self.list.show_ids(ids)
        self._count.setText(plural(len(ids), self.tr("1 quote"), self.tr("{} quotes")))
        self._show_emptiness(wanted, is_empty=not ids)
        self._show_selection()

    def button_rect(self, name: str, within: QWidget) -> QRect:
        """Where a button for the selected quotes is; where the list is, while there are none."""
        button = self._buttons[name]
        widget = button if button.isVisible() else self.list
        return QRect(widget.mapTo(within, widget.rect().topLeft()), widget.size())

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.shown.emit()

    # ---- inside

    def _say_order(self) -> None:
        self.order_wanted.emit(self._order.isChecked())

    @staticmethod
    def _tell_chip(button: QPushButton, is_on: bool, words: str) -> None:
        button.setChecked(is_on)
        button.setText(words)
        button.setAccessibleName(words)
        button.setIcon(icon("x", "accent") if is_on else icon("caret-down"))

    def _show_selection(self) -> None:
        count = len(self.list.selected_ids())
        self._foot.setVisible(count > 0)
        self._selected.setText(plural(count, self.tr("1 selected"), self.tr("{} selected")))
        self._buttons["open"].setEnabled(count == 1)

    def _show_emptiness(self, wanted: QuotesFilter, *, is_empty: bool) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if not is_empty:
            self._stack.setCurrentWidget(self.list)
            return
        if wanted.review and not (wanted.case or wanted.colour or wanted.words):
            made = EmptyState(
                "check-circle",
                self.tr("Nothing needs review"),
                self.tr("Every quote stands where it was marked, word for word."),
            )
        elif wanted.is_narrowed:
            clear = push_button(self.tr("Clear filters"), handler=self.cleared.emit)
            made = EmptyState("quotes", self.tr("None of these"), self.tr("No quote fits the filter."), clear)
        else:
            made = EmptyState(
                "quotes",
                self.tr("No quotes yet"),
                self.tr("Open a document, select words on its page, and press Q."),
            )
        made.setObjectName("quotes_empty")
        self._empty = made
        self._stack.addWidget(made)
        self._stack.setCurrentWidget(made)
