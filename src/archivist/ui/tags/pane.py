"""A tag in detail: its name, colour, meaning, place, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from archivist.model.tag import Tag
from archivist.ui.tags.hues import HueRow
from archivist.ui.tags.kept_area import KeptArea
from archivist.ui.tags.kept_line import KeptLine
from archivist.ui.theme import hue_of
from archivist.ui.widgets.buttons import link_button, push_button
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import isolate, plural

WIDTH = 314


def upright_line() -> QFrame:
    """Parts a pane from what is beside it, on whichever side it stands."""
    line = QFrame()
    line.setObjectName("vsep")
    return line


class TagPane(QFrame):
    """Shows one tag and says what is to be changed of it."""

    renamed = Signal(str)
    recoloured = Signal(str)
    defined = Signal(str)
    quotes_wanted = Signal()
    move_wanted = Signal()
    top_wanted = Signal()
    merge_wanted = Signal()
    delete_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("detail_pane")
        self.setFixedWidth(WIDTH)
        self.tag: Tag | None = None
        self.name = KeptLine(self.tr("Name of the tag"), role="page_title")
        self.name.setObjectName("tag_name")
        self.hues = HueRow(self.tr("Colour"))
        self.definition = KeptArea(
            self.tr("What it means"), placeholder=self.tr("When to use this tag, and when not"), least=5
        )
        self.definition.setObjectName("tag_definition")
        self.quotes = link_button("", self.quotes_wanted.emit, icon="quotes")
        self.quotes.setObjectName("tag_quotes")
        self.parent_words = label(wraps=True)
        self.move_button = link_button(self.tr("Move under…"), self.move_wanted.emit)
        self.top_button = link_button(self.tr("Make top level"), self.top_wanted.emit)
        self.merge_button = push_button(self.tr("Merge into…"), "git-merge", self.merge_wanted.emit)
        self.delete_button = push_button(self.tr("Delete"), "trash", self.delete_wanted.emit, kind="danger")
        self.notice = Notice()
        self.bin_notice = Notice()
        self._stack = QStackedWidget()
        empty = EmptyState(
            "hash", self.tr("No tag chosen"), self.tr("Choose a tag to write down what it means.")
        )
        self._stack.addWidget(empty)
        self._stack.addWidget(self._scrolled())
        self.setLayout(column(self._stack))
        self._connect()

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        self._work = QWidget()
        place = row(self.move_button, self.top_button, None, spacing=10)
        self._work.setLayout(
            column(
                label(self.tr("Colour"), "section"),
                6,
                self.hues,
                18,
                label(self.tr("What it means"), "section"),
                6,
                self.definition,
                18,
                label(self.tr("Place in the codebook"), "section"),
                6,
                self.parent_words,
                2,
                place,
                18,
                row(self.merge_button, self.delete_button, None, spacing=8),
            )
        )
        rest = column(
            row(self.quotes, None), 12, self.notice, self.bin_notice, self._work, margins=(6, 0, 6, 0)
        )
        inside.setLayout(column(self.name, 4, rest, None, margins=(12, 18, 12, 18)))
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _connect(self) -> None:
        self.name.kept.connect(self.renamed)
        self.hues.chosen.connect(self.recoloured)
        self.definition.kept.connect(self.defined)

    def show_tag(self, tag: Tag | None, parent: Tag | None) -> None:
        """Words that are being typed stay, as long as it is the same tag."""
        if tag is None or self.tag is None or tag.id != self.tag.id:
            self.definition.forget()
            self.name.clear()
            self.notice.clear()
        self.tag = tag
        self._stack.setCurrentIndex(0 if tag is None else 1)
        if tag is None:
            return
        self.name.show_value(tag.name)
        self.name.setReadOnly(tag.deleted)
        self.hues.show_hue(hue_of(tag.colour, tag.id))
        self.definition.show_value(tag.definition)
        count = plural(tag.quotes, self.tr("1 quote"), self.tr("{} quotes"))
        self.quotes.setText(count)
        self.quotes.setAccessibleName(self.tr("Show its quotes: {}").format(count))
        self.quotes.setEnabled(tag.quotes > 0 and not tag.deleted)
        under = self.tr("Stands under {}.").format(f"“{isolate(parent.name)}”") if parent else ""
        self.parent_words.setText(under or self.tr("Stands at the top."))
        self.top_button.setVisible(parent is not None)
        self._work.setVisible(not tag.deleted)
        self._show_bin(tag)

    def _show_bin(self, tag: Tag) -> None:
        if tag.deleted:
            self.bin_notice.tell(
                "info",
                self.tr("This tag is in the bin. Its quotes keep it, out of sight."),
                offers=[(self.tr("Restore"), self.restore_wanted.emit)],
            )
        else:
            self.bin_notice.clear()

    def refuse(self, sentence: str) -> None:
        self.name.refused()
        self.notice.tell("error", sentence)
