"""The head of the list: what it shows, how much that is, its tools, and the filters that are set."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QToolButton

from archivist.model.browsing import Listing, Shelf, Sort
from archivist.ui.icons import icon
from archivist.ui.library.document_table import CARDS
from archivist.ui.library.filtering import Filter, filters_of
from archivist.ui.library.wording import order_name, sort_name
from archivist.ui.widgets.buttons import action_button, push_button, tool_button
from archivist.ui.widgets.flow import FlowLayout
from archivist.ui.widgets.layout import clear, column, label, restyle, row, set_margins
from archivist.ui.words import plural

SORTS = (
    *(Sort.IMPORTED, Sort.TITLE, Sort.DATE, Sort.PUBLISHER, Sort.KIND),
    *(Sort.LANGUAGE, Sort.PAGES, Sort.SIZE, Sort.QUOTES),
)


class LibraryHead(QFrame):
    """Says which filter is taken away, and which order is wanted."""

    filter_removed = Signal(object)
    sorted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("library_head")
        self._listing = Listing()
        self._modes: dict[str, QToolButton] = {}
        self.title = label(role="h1")
        self.title.setObjectName("library_title")
        self.count = label(role="meta")
        self.count.setObjectName("library_count")
        self._tools = row(spacing=3)
        self.filter_button: QToolButton | None = None
        self.sort_button = tool_button("arrows-down-up", self.tr("Sort"))
        self.sort_button.setObjectName("library_sort")
        self.sort_menu = QMenu(self)
        self.sort_menu.aboutToShow.connect(self._fill_sort_menu)
        self.sort_button.setMenu(self.sort_menu)
        self.sort_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._chips = QFrame()
        self._chip_flow = FlowLayout(spacing=6)
        self._chips.setLayout(self._chip_flow)
        top = row(self.title, None, self._tools, spacing=8)
        self._body = column(top, self.count, 8, self._chips)
        self.setLayout(self._body)
        self.set_mode(CARDS)

    def add_tools(self, filtering: QAction, modes: Mapping[str, QAction], others: Sequence[QAction]) -> None:
        """Of `modes` the one that is not on is offered."""
        self.filter_button = action_button(filtering)
        self.filter_button.setObjectName("library_filter")
        self._tools.addWidget(self.filter_button)
        self._tools.addWidget(self.sort_button)
        self._modes = {mode: action_button(action) for mode, action in modes.items()}
        for button in (*self._modes.values(), *map(action_button, others)):
            self._tools.addWidget(button)

    def set_mode(self, mode: str) -> None:
        is_cards = mode == CARDS
        start, top, end, below = (16, 10, 8, 10) if is_cards else (24, 16, 16, 12)
        set_margins(self._body, (start, top, end, below))
        self.title.setProperty("role", "h1" if is_cards else "title")
        restyle(self.title)
        for other, button in self._modes.items():
            button.setVisible(other != mode)

    def show_listing(self, listing: Listing, title: str) -> None:
        self._listing = listing
        self.title.setText(title)
        self.title.setToolTip(title)
        clear(self._chip_flow)
        filters = filters_of(listing)
        for one in filters:
            self._chip_flow.addWidget(self._chip(one))
        self._chips.setVisible(bool(filters))
        self._chips.updateGeometry()

    def show_counts(self, total: int, selected: int) -> None:
        words = plural(total, self.tr("1 document"), self.tr("{} documents"))
        if selected > 1:
            words += "  ·  " + plural(selected, self.tr("1 selected"), self.tr("{} selected"))
        self.count.setText(words)

    def filter_rect(self) -> QRect:
        """Where the popover belongs to, in the window's coordinates."""
        button: QToolButton | QLabel = self.filter_button or self.title
        return QRect(button.mapTo(self.window(), button.rect().topLeft()), button.size())

    def _chip(self, one: Filter) -> QPushButton:
        chip = push_button(one.words, kind="chip", handler=lambda: self.filter_removed.emit(one.without))
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setIcon(icon("x", "accent"))
        chip.setIconSize(QSize(11, 11))
        # The cross stands behind the words.
        flipped = not self.isRightToLeft()
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft if flipped else Qt.LayoutDirection.LeftToRight)
        chip.setToolTip(self.tr("Take this filter away"))
        chip.setAccessibleName(self.tr("Take away filter: {}").replace("{}", one.words))
        return chip

    def _fill_sort_menu(self) -> None:
        menu = self.sort_menu
        menu.clear()
        is_recent = self._listing.shelf is Shelf.RECENT
        now = Sort.OPENED if is_recent and self._listing.sort is Sort.IMPORTED else self._listing.sort
        fields = QActionGroup(menu)
        for sort in (Sort.OPENED, *SORTS[1:]) if is_recent else SORTS:
            action = fields.addAction(menu.addAction(sort_name(sort)))
            action.setCheckable(True)
            action.setChecked(sort is now)
            action.triggered.connect(
                lambda _=False, sort=sort: self.sorted.emit(sort, begins_descending(sort))
            )
        menu.addSeparator()
        orders = QActionGroup(menu)
        for descending in (True, False) if begins_descending(now) else (False, True):
            action = orders.addAction(menu.addAction(order_name(now, descending=descending)))
            action.setCheckable(True)
            action.setChecked(descending is self._listing.descending)
            action.triggered.connect(lambda _=False, down=descending: self.sorted.emit(now, down))


def begins_descending(sort: Sort) -> bool:
    """Times and amounts begin with the newest and the most, names with A."""
    return sort in {Sort.IMPORTED, Sort.OPENED, Sort.DATE, Sort.PAGES, Sort.SIZE, Sort.QUOTES}
