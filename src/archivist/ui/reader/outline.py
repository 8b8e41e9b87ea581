"""The document's own table of contents, with the part that is being read marked in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTreeWidget, QTreeWidgetItem

from archivist.model.page import OutlineEntry
from archivist.ui.reader.view import ReaderView
from archivist.ui.widgets.buttons import tool_button
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import EmptyState
from archivist.ui.words import isolate

WIDTH, HEAD = 240, 40
_PLACE = Qt.ItemDataRole.UserRole


class Outline(QFrame):
    """A tree of titles; Enter or a click goes there."""

    entry_wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outline")
        self.setMinimumWidth(160)
        self._entries: Sequence[OutlineEntry] = ()
        self._items: list[QTreeWidgetItem] = []
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("Outline"))
        self.tree.setIndentation(14)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.itemActivated.connect(lambda item, _: self._go(item))
        self.tree.itemClicked.connect(lambda item, _: self._go(item))
        nothing = EmptyState(
            "list-dashes",
            self.tr("No outline"),
            self.tr("This document has no table of contents of its own."),
        )
        close = tool_button("x", self.tr("Close the outline"), self.closed.emit, size=14)
        head = panel(
            "side_head",
            row(label(self.tr("Outline"), "h2"), None, close, margins=(16, 0, 8, 0)),
            height=HEAD,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self.tree)
        self.setLayout(column(head, self._stack))
        self.hide()

    def show_outline(self, view: ReaderView | None) -> None:
        entries = list(view.outline()) if view else []
        if entries == list(self._entries):
            return
        self._entries = entries
        self.tree.clear()
        self._items = []
        line: list[tuple[int, QTreeWidgetItem]] = []  # from the top down to the last entry
        for number, entry in enumerate(entries):
            while line and line[-1][0] >= entry.level:
                line.pop()
            item = QTreeWidgetItem([isolate(entry.title)])
            item.setToolTip(0, entry.title)
            item.setData(0, _PLACE, number)
            if line:
                line[-1][1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            line.append((entry.level, item))
            self._items.append(item)
        self.tree.expandAll()
        self._stack.setCurrentIndex(1 if entries else 0)

    def mark(self, view: ReaderView | None) -> None:
        """The last entry before what is read now."""
        if view is None or not self._entries or self.tree.hasFocus():
            return
        at = entry_at(view, self._entries)
        if at is not None:
            self.tree.setCurrentItem(self._items[at])

    def _go(self, item: QTreeWidgetItem) -> None:
        self.entry_wanted.emit(self._entries[item.data(0, _PLACE)])


def entry_at(view: ReaderView, entries: Sequence[OutlineEntry]) -> int | None:
    """Pages tell by their number; a text by where its first line in sight stands, which is its place."""
    place = view.place()
    offset = float(place) if place.isdigit() else -1.0
    before = [
        number
        for number, entry in enumerate(entries)
        if (entry.page <= view.current_page if entry.page is not None else entry.top <= offset)
    ]
    return before[-1] if before else None
