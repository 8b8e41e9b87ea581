"""The page of a case: head, quotes or documents, and what is told of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from archivist.model.case import Case
from archivist.model.ids import QuoteId
from archivist.model.quote import Role
from archivist.ui.cases.content import CaseContent, QuoteLine, quote_lines, source_lines, with_role
from archivist.ui.cases.documents import SourceList
from archivist.ui.cases.header import DOCUMENTS, QUOTES, CaseHeader
from archivist.ui.cases.pane import CasePane
from archivist.ui.cases.quote_list import QuoteList
from archivist.ui.cases.roles import none_of, role_name
from archivist.ui.tags.pane import upright_line
from archivist.ui.widgets.buttons import chip
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import number

ROOMY = 820

Offer = tuple[str, Callable[[], Any]]


class CaseView(QWidget):
    """Shows a case and says what the user wants with it."""

    role_chosen = Signal()
    came = Signal()
    went = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._case: Case | None = None
        self.lines: list[QuoteLine] = []
        self.role: Role | None = None
        self.header = CaseHeader()
        self.notice = Notice()
        self.quotes = QuoteList()
        self.documents = SourceList()
        self.pane = CasePane()
        self._count = label(role="meta")
        self._count.hide()
        self.chips: dict[Role | None, QPushButton] = {role: self._chip(role) for role in (None, *Role)}
        self._empty = EmptyState("quotes", self.tr("No quote yet"), self._how_to_begin())
        self._missing = EmptyState(
            "briefcase", self.tr("No such case"), self.tr("It is not in this archive.")
        )
        self._tabs = QStackedWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self.header.tab_chosen.connect(self._show_tab)

    def _how_to_begin(self) -> str:
        return self.tr("Mark words in a document, then link the quote to this case with C.")

    def _chip(self, role: Role | None) -> QPushButton:
        made = chip("", lambda: self.choose_role(role), checked=role is None)
        made.setObjectName(f"chip_{role.value if role else 'all'}")
        return made

    def _lay_out(self) -> None:
        bar = row(self._count, None, *self.chips.values(), margins=(20, 12, 20, 10), spacing=6)
        quotes = QWidget()
        quotes.setLayout(column(bar, self.quotes))
        for page in (quotes, self.documents, self._empty):
            self._tabs.addWidget(page)
        told = row(self.notice, margins=(20, 10, 20, 0))
        left = QWidget()
        left.setObjectName("reader_pane")
        inside = column(told, self._tabs)
        inside.setStretch(1, 1)
        left.setLayout(inside)
        body = row(left, upright_line(), self.pane, spacing=0)
        body.setStretch(0, 1)
        page = QWidget()
        layout = column(self.header, body)
        layout.setStretch(1, 1)
        page.setLayout(layout)
        for one in (page, self._missing):
            self._stack.addWidget(one)
        self.setLayout(column(self._stack))

    # ---- what it shows

    @property
    def case(self) -> Case | None:
        """The case that is shown, which may be another than the one that is on its way."""
        return self._case

    def show_content(self, content: CaseContent) -> None:
        """Another case is shown afresh; the same one keeps selection, place, tab and what is being typed."""
        case = content.page.case
        afresh = self.case is None or case.id != self.case.id
        self._case, self.lines = case, quote_lines(content)
        if afresh:
            self.notice.clear()
            self.role = None
            self.header.choose_tab(QUOTES)
        self._stack.setCurrentIndex(0)
        self.header.show_case(case, len(self.lines), len(content.documents))
        self.pane.show_case(case, afresh=afresh)
        self.documents.show_lines(source_lines(content))
        self._show_chips()
        self.quotes.show_lines(with_role(self.lines, self.role), afresh=afresh)
        self._show_tab()

    def show_missing(self, sentence: str) -> None:
        """There is no such case, or none that could be read."""
        self._case = None
        self.lines = []
        self._missing.tell(self.tr("This case cannot be shown"), sentence)
        self._stack.setCurrentIndex(1)

    def choose_role(self, role: Role | None) -> None:
        """Only quotes of that role, or all."""
        self.role = role
        self._show_chips()
        self.quotes.show_lines(with_role(self.lines, role))
        self._show_tab()
        self.role_chosen.emit()

    def keep_order(self, order: Sequence[QuoteId]) -> None:
        """The quotes stand in this order now, in sight and out of it."""
        places = {quote_id: at for at, quote_id in enumerate(order, start=1)}
        self.lines = sorted(
            (replace(line, number=places.get(line.id, line.number)) for line in self.lines),
            key=lambda line: line.number,
        )
        self.quotes.quotes.renumber(order)

    def tell(self, level: str, sentence: str, offers: Sequence[Offer] = ()) -> None:
        self.notice.tell(level, sentence, offers=offers)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the chips need the room; the tab tells the number, too."""
        super().resizeEvent(event)
        self._count.setVisible(self.width() >= ROOMY)

    def _show_chips(self) -> None:
        amounts = Counter(line.role for line in self.lines)
        for role, one in self.chips.items():
            words = self.tr("All") if role is None else f"{role_name(role)} {number(amounts[role])}"
            one.setText(words)
            one.setAccessibleName(words)
            one.setChecked(role is self.role)
        self._count.setText(self.tr("{}, in your order").format(number(len(self.lines))))

    def _show_tab(self, *_: object) -> None:
        if self.header.tab() == DOCUMENTS:
            self._tabs.setCurrentIndex(1)
        elif not self.lines:
            self._empty.tell(self.tr("No quote yet"), self._how_to_begin())
            self._tabs.setCurrentIndex(2)
        else:
            self._tabs.setCurrentIndex(0)
        nothing = self.role if self.role and not with_role(self.lines, self.role) else None
        self.quotes.say(none_of(nothing) if nothing else "")
