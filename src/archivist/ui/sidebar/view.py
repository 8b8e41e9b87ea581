"""The sidebar: the list, the fields and buttons that stand on it, and a word at its foot."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from archivist.model.browsing import Counts
from archivist.ui.sidebar.delegate import EDGE, HEAD_MIDDLE, name_rect
from archivist.ui.sidebar.fields import FindField, NameField
from archivist.ui.sidebar.list import SidebarList
from archivist.ui.sidebar.model import SidebarModel
from archivist.ui.sidebar.rows import (
    CASES,
    TAGS,
    Kind,
    Row,
    Standing,
    filter_key,
    head_key,
    new_key,
    rows,
    tag_key,
)
from archivist.ui.tags.tree import line_above
from archivist.ui.widgets.buttons import tool_button
from archivist.ui.widgets.layout import column, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.widgets.painting import mirrored

NOTICE_STAYS = 9000  # milliseconds
BUTTON = 22
LEAST = 190  # below this names are cut to a letter
Offer = tuple[str, Callable[[], Any]]


class SidebarView(QFrame):
    """Shows places, cases and tags, and says what the user wants with them."""

    named = Signal(str, str)
    standing_changed = Signal(object)
    codebook_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setMinimumWidth(LEAST)
        self.standing = Standing()
        self._counts: Counts | None = None
        self.model = SidebarModel(self)
        self.list = SidebarList(self.model)
        self.notice = Notice()
        self._fading = QTimer(self, singleShot=True, interval=NOTICE_STAYS)
        self._fading.timeout.connect(self.notice.clear)
        self._told = row(self.notice, margins=(8, 0, 8, 8))
        layout = column(self.list, self._told, margins=(0, 6, 0, 0))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.list)
        viewport = self.list.viewport()
        self.name_field = NameField(viewport)
        self.name_field.kept.connect(self.named)
        self.name_field.closed.connect(self._forget_new)
        self.filters = {section: self._filter(section, viewport) for section in (CASES, TAGS)}
        self.plus = {
            CASES: self._button("plus", self.tr("New case"), lambda: self.begin(CASES), viewport),
            TAGS: self._button("plus", self.tr("New tag"), lambda: self.begin(TAGS), viewport),
        }
        self.codebook = self._button(
            "list-bullets",
            self.tr("The codebook: all tags and what they mean"),
            self.codebook_wanted.emit,
            viewport,
        )
        self.list.laid_out.connect(self._place)
        self.list.turned.connect(self.turn)
        self.list.new_wanted.connect(lambda section: self.begin(TAGS if section == TAGS else CASES))
        self.list.rename_wanted.connect(self.rename)

    def _filter(self, section: str, parent: QWidget) -> FindField:
        name = self.tr("Find a case") if section == CASES else self.tr("Find a tag")
        field = FindField(parent, name)
        field.setObjectName(f"filter_{section}")
        field.textChanged.connect(lambda words: self._narrow(section, words))
        field.done.connect(lambda: self._leave_filter(section))
        return field

    def _button(self, icon: str, name: str, handler: Callable[[], Any], parent: QWidget) -> QToolButton:
        button = tool_button(icon, name, handler, size=15)
        button.setParent(parent)
        button.setProperty("small", True)
        button.setFixedSize(BUTTON, BUTTON)
        button.hide()
        return button

    # ---- what it shows

    def show_counts(self, counts: Counts) -> None:
        self._counts = counts
        self._show()

    def mark(self, key: str) -> None:
        """Show where the user is; what it stands in is opened."""
        self._open_to(key)
        self.list.mark(key)

    def tell(self, sentence: str, offers: Sequence[Offer] = ()) -> None:
        """Why something was not done; it goes away by itself."""
        self.notice.tell("error", sentence, offers=offers)
        self._fading.start()

    def hush(self) -> None:
        self.notice.clear()

    def turn(self, key: str) -> None:
        """Open what is closed, and the reverse."""
        self._stand(replace(self.standing, closed=self.standing.closed ^ {key}))

    def close_heads(self, keys: frozenset[str]) -> None:
        """As they were another time; says nothing."""
        self.standing = replace(self.standing, closed=self.standing.closed | keys)
        self._show()

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        self._show()
        self.standing_changed.emit(standing)

    def _narrow(self, section: str, words: str) -> None:
        self._stand(replace(self.standing, words={**self.standing.words, section: words}))

    def _leave_filter(self, section: str) -> None:
        """Into the list, at the first of what was found."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.stand_at(
            next((row.key for row in self.model.rows if row.section == section and row.place), "")
        )

    def _show(self) -> None:
        if self._counts is None:
            return
        self.model.show(rows(self._counts, self.standing))
        if self.name_field.key and self.model.row(self.name_field.key) is None:
            self.name_field.dismiss()
        self._place()

    def _open_to(self, key: str) -> None:
        shown = self.model.row(key)
        if shown is not None or self._counts is None:
            return
        section = {"case": CASES, "tag": TAGS}.get(key.partition(":")[0])
        if section is None:
            return
        tags = {tag_key(tag.id): tag for tag in self._counts.tags}
        above = line_above(self._counts.tags, tags[key].id) if key in tags else []
        closed = self.standing.closed - {head_key(section), *map(tag_key, above)}
        if closed != self.standing.closed:
            self._stand(replace(self.standing, closed=closed))

    # ---- names

    def begin(self, section: str) -> None:
        """A line for a new case or tag, ready to type its name."""
        closed = self.standing.closed - {head_key(section)}
        if self.filters[section].text():
            self.filters[section].clear()
        self._stand(replace(self.standing, closed=closed, adding=section))
        self.list.scrollTo(self.model.index_of(new_key(section)))
        name = self.tr("Name of the new case") if section == CASES else self.tr("Name of the new tag")
        self.name_field.open(new_key(section), "", name)
        self._place()

    def rename(self, row: Row) -> None:
        self.list.stand_at(row.key)
        spoken = self.tr("Name of the case") if row.kind is Kind.CASE else self.tr("Name of the tag")
        self.name_field.open(row.key, row.name, spoken)
        self._place()

    def took_name(self, key: str) -> None:
        """The name that was typed over that line is kept."""
        if self.name_field.key == key:
            self.name_field.dismiss()

    def refuse_name(self, key: str, sentence: str) -> None:
        self.tell(sentence)
        if self.name_field.key == key:
            self.name_field.refused()

    def _forget_new(self, had_focus: bool) -> None:
        if self.standing.adding:
            self._stand(replace(self.standing, adding=""))
        if had_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- places of what stands on the list

    def _place(self) -> None:
        for section, field in self.filters.items():
            line = self.list.line_rect(filter_key(section))
            field.setVisible(not line.isNull())
            field.setGeometry(line.adjusted(EDGE, 2, -EDGE, -6))
        for section, button in self.plus.items():
            self._place_button(button, section, 0)
        self._place_button(self.codebook, TAGS, 1)
        self._place_name()

    def _place_button(self, button: QToolButton, section: str, at: int) -> None:
        line = self.list.line_rect(head_key(section))
        button.setVisible(not line.isNull())
        left = line.right() - 12 - BUTTON * (at + 1)
        box = QRect(left, line.y() + HEAD_MIDDLE - BUTTON // 2, BUTTON, BUTTON)
        button.setGeometry(mirrored(box, line, self.layoutDirection()))

    def _place_name(self) -> None:
        key = self.name_field.key
        shown = self.model.row(key) if key else None
        if shown is None:
            return
        line = self.list.line_rect(key)
        box = name_rect(line, shown, self.layoutDirection())
        is_new = shown.kind is Kind.NEW
        self.name_field.setGeometry(line.adjusted(EDGE, 0, -EDGE, 0) if is_new else box.adjusted(-6, 0, 6, 0))
