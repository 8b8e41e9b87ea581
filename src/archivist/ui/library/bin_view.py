"""The bin: what was deleted, of every kind, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget

from archivist.ui.library.bin_rows import KINDS, BinRow, kinds_word
from archivist.ui.library.bin_table import BinModel, BinTable, kinds_in
from archivist.ui.library.notice_place import NoticePlace
from archivist.ui.widgets.buttons import action_button, chip
from archivist.ui.widgets.flow import FlowLayout
from archivist.ui.widgets.layout import clear, column, horizontal_line, label, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import number, plural


class BinView(QFrame):
    """Shows rows, all or of one kind, and says what is to be restored."""

    restore_wanted = Signal(object)
    chosen = Signal()
    came_back = Signal()
    went_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reader_pane")
        self._rows: list[BinRow] = []
        self._kind = ""
        self._title = label(self.tr("Bin"), "title")
        self._count = label(role="meta")
        self._count.setObjectName("bin_count")
        self._chips = FlowLayout(spacing=6)
        self._tools = row(spacing=6)
        self.notice = Notice()
        self.table = BinTable(BinModel(self))
        self._empty = EmptyState(
            "trash",
            self.tr("The bin is empty"),
            self.tr("What you delete goes here and stays: nothing is ever destroyed, all can be restored."),
        )
        self._empty.setObjectName("bin_empty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        head = column(
            row(self._title, None, self._tools),
            self._count,
            10,
            self._chips,
            margins=(24, 16, 16, 12),
        )
        told = NoticePlace(self.notice, (24, 8, 24, 8))
        layout = column(head, horizontal_line(), told, self._stack)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.table.restore_wanted.connect(self.restore_wanted)
        self.table.chosen.connect(self._count_all)
        self.table.chosen.connect(self.chosen)

    def add_tool(self, action: QAction) -> None:
        button = action_button(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._tools.addWidget(button)

    def show_rows(self, rows: list[BinRow]) -> None:
        self._rows = rows
        found = kinds_in(rows)
        if self._kind not in found:
            self._kind = ""
        clear(self._chips)
        for kind in ("", *(one for one in KINDS if one in found)) if len(found) > 1 else ():
            words = kinds_word(kind) if kind else self.tr("All")
            count = found[kind] if kind else len(rows)
            shown = chip(f"{words}  {number(count)}", checked=kind == self._kind)
            shown.clicked.connect(lambda _=False, kind=kind: self._narrow(kind))
            self._chips.addWidget(shown)
        self.table.show_rows([one for one in rows if self._kind in {"", one.kind}])
        self._stack.setCurrentWidget(self.table if rows else self._empty)
        self._count_all()

    def count_words(self) -> str:
        return self._count.text()

    def _narrow(self, kind: str) -> None:
        self._kind = kind
        self.show_rows(self._rows)

    def _count_all(self) -> None:
        if not self._rows:
            self._count.setText("")
            return
        words = plural(
            len(self._rows), self.tr("1 thing can be restored"), self.tr("{} things can be restored")
        )
        selected = self.table.selected_count()
        if selected > 1:
            words += "  ·  " + plural(selected, "", self.tr("{} selected"))
        self._count.setText(f"{words}  ·  " + self.tr("nothing is ever destroyed"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_back.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went_away.emit()
