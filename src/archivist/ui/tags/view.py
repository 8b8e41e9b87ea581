"""The page of the codebook: all tags with what they mean, and one of them in detail."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from archivist.model.ids import TagId
from archivist.ui.tags.list import COUNTS, EDGE, NAMES, TagList
from archivist.ui.tags.pane import TagPane, upright_line
from archivist.ui.tags.rows import Codebook, tag_rows
from archivist.ui.widgets.buttons import chip
from archivist.ui.widgets.field import line_edit
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import plural

NEW_WIDTH, FILTER_WIDTH = 260, 220


class TagsView(QWidget):
    """Shows the codebook and says what the user wants with it."""

    added = Signal(str)
    came = Signal()
    went = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._codebook = Codebook()
        self._closed: frozenset[TagId] = frozenset()
        self.list = TagList()
        self.pane = TagPane()
        self.notice = Notice()
        self._count = label(role="meta")
        self.new = line_edit(
            self.tr("New tag"), placeholder=self.tr("New tag: type its name"), leading="plus"
        )
        self.new.setObjectName("new_tag")
        self.new.setFixedWidth(NEW_WIDTH)
        self.filter = line_edit(
            self.tr("Find a tag"), placeholder=self.tr("Find a tag"), leading="magnifying-glass"
        )
        self.filter.setObjectName("filter_tags")
        self.filter.setFixedWidth(FILTER_WIDTH)
        self.filter.setClearButtonEnabled(True)
        self.deleted = chip(self.tr("Deleted"), self._show)
        self.deleted.setObjectName("show_deleted")
        self._stack = QStackedWidget()
        self._empty = EmptyState("hash", self.tr("No tag yet"), self.tr("Tags say what quotes are about."))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = panel(
            "page_head",
            row(
                label(self.tr("Codebook"), "title"),
                8,
                self._count,
                None,
                self.deleted,
                self.filter,
                self.new,
                margins=(20, 14, 20, 14),
                spacing=8,
            ),
        )
        listing = QWidget()
        listing.setLayout(column(self._heads(), self.list))
        for page in (listing, self._empty):
            self._stack.addWidget(page)
        told = row(self.notice, margins=(20, 8, 20, 0))
        left = column(told, self._stack)
        left.setStretch(1, 1)
        body = row(left, upright_line(), self.pane, spacing=0)
        body.setStretch(0, 1)
        layout = column(head, body)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _heads(self) -> QFrame:
        """What the columns hold; the list is one for all directions, and so are its measures."""
        tag, meaning = label(self.tr("Tag"), "section"), label(self.tr("What it means"), "section")
        tag.setFixedWidth(NAMES + 12 - EDGE - 16)
        quotes = label(self.tr("Quotes"), "section")
        heads = panel("page_head", row(EDGE + 16, tag, meaning, None, quotes, EDGE, spacing=0), height=30)
        heads.setMinimumWidth(NAMES + COUNTS)
        return heads

    def _connect(self) -> None:
        self.new.returnPressed.connect(self._add)
        self.filter.textChanged.connect(self._show)
        self.list.turned.connect(self._turn)
        self.list.chosen.connect(self._choose)

    # ---- what it shows

    def show_codebook(self, codebook: Codebook) -> None:
        self._codebook = codebook
        used = plural(len(codebook.tags), self.tr("1 tag"), self.tr("{} tags"))
        self._count.setText(used)
        gone = plural(len(codebook.deleted), self.tr("1 deleted"), self.tr("{} deleted"))
        self.deleted.setText(gone)
        self.deleted.setAccessibleName(self.tr("Show what was deleted: {}").format(gone))
        self.deleted.setVisible(bool(codebook.deleted))
        self._show()
        self._choose()

    def choose(self, tag_id: TagId) -> None:
        self.list.choose(tag_id)

    def took_new(self) -> None:
        """The tag is made; the field waits for the next."""
        self.new.clear()
        self.notice.clear()

    def tell(self, sentence: str) -> None:
        self.notice.tell("error", sentence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went.emit()

    def _show(self, *_: object) -> None:
        words = self.filter.text()
        rows = tag_rows(self._codebook, self._closed, words, with_deleted=self.deleted.isChecked())
        self.list.show_rows(rows)
        if not rows:
            self._tell_emptiness(words)
        self._stack.setCurrentIndex(0 if rows else 1)

    def _tell_emptiness(self, words: str) -> None:
        if words:
            self._empty.tell(
                self.tr("No such tag"),
                self.tr("No tag has these letters. Clear the field to see all of them."),
            )
        else:
            self._empty.tell(
                self.tr("No tag yet"),
                self.tr(
                    "Tags say what quotes are about. Type a name in “New tag”, or tag a quote while reading: "
                    "tags that are new are made on the way."
                ),
            )

    def _turn(self, tag_id: str) -> None:
        self._closed ^= {TagId(tag_id)}
        self._show()

    def _choose(self) -> None:
        tag = self.list.current_tag()
        if self.pane.tag and (tag is None or tag.id != self.pane.tag.id):
            self.pane.definition.keep()
        # The model's tag may be older than the codebook that has just come.
        shown = self._codebook.get(tag.id) if tag else None
        self.pane.show_tag(shown, self._codebook.get(shown.parent_id) if shown else None)

    def _add(self) -> None:
        if name := self.new.text().strip():
            self.added.emit(name)
