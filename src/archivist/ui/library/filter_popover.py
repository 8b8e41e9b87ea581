"""The filters of the list, in a popover beside their button; every change is shown at once."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QScrollArea, QWidget

from archivist.model.browsing import Counts, Listing
from archivist.ui.library.filtering import is_filtered, language_words, without_filters
from archivist.ui.library.wording import kind_name
from archivist.ui.widgets.buttons import calling, link_button, push_button
from archivist.ui.widgets.field import line_edit
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.popover import Popover
from archivist.ui.words import number

WIDTH = 392
FEW = 6  # languages that are shown before one asks for all


class FilterPopover(Popover):
    """Edits a listing; facets say how many documents there are of each, in the whole archive."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Filter documents"))
        self._room = 600
        self._listing = Listing()
        self._counts: Counts | None = None
        self._shows_all = False
        self._boxes: dict[tuple[str, object], QCheckBox] = {}
        self._years = QComboBox()
        self.setFixedWidth(WIDTH)
        self.field = line_edit(
            self.tr("Filter by title, file or publisher"),
            placeholder=self.tr("Filter by title, file or publisher"),
            leading="magnifying-glass",
        )
        self.field.setObjectName("filter_words")
        self._soon = QTimer(self, singleShot=True, interval=150)
        self._soon.timeout.connect(self._take_words)
        self.field.textEdited.connect(lambda _: self._soon.start())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFixedHeight(80)
        self._clear = link_button(self.tr("Clear all"), self._clear_all)
        done = push_button(self.tr("Done"), handler=self.dismiss)
        foot = row(self._clear, None, done, margins=(0, 10, 0, 0))
        self.setLayout(column(self.field, 8, self._scroll, foot, margins=(16, 16, 16, 14)))

    def open_for(self, listing: Listing, button: QRect, room: int) -> None:
        """Beside `button`, no taller than `room`."""
        self._listing = listing
        self._shows_all = False
        self.field.setText(listing.words)
        self._room = room
        self._fill()
        self.open_beside(button)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def show_counts(self, counts: Counts) -> None:
        if counts != self._counts:
            self._counts = counts
            self._fill()
            self.adjustSize()

    def dismiss(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._take_words()
        super().dismiss()

    # ---- what it holds

    def _fill(self) -> None:
        """Made anew as a whole: only what was never shown tells its size at once."""
        self._boxes.clear()
        inside = QWidget()
        if self._counts is not None:
            inside.setLayout(self._facets(self._counts))
        self._scroll.setFixedHeight(max(60, min(inside.sizeHint().height() + 4, self._room - 150)))
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        inside.show()
        self._sync()

    def _facets(self, counts: Counts) -> QBoxLayout:
        kinds = [(kind_name(kind), count, kind) for kind, count in counts.kinds]
        languages = [(language_words(code), count, code) for code, count in counts.languages]
        few = self._few(languages)
        kind_boxes = self._checks(self.tr("Kind"), "kinds", kinds)
        language_boxes = self._checks(self.tr("Language"), "languages", few)
        if len(few) < len(languages):
            all_of_them = link_button(self.tr("All languages"), self._show_all)
            language_boxes.insertWidget(language_boxes.count() - 1, all_of_them)
        facets = row(kind_boxes, language_boxes, spacing=24)
        others = row(self._marks(), self._year_choice(counts), spacing=24)
        for halves in (facets, others):
            halves.setStretch(0, 1)
            halves.setStretch(1, 1)
        return column(facets, 10, others, margins=(0, 0, 8, 0))

    def _sync(self) -> None:
        """Boxes show what holds. They stay, for one of them may be the one that was just used."""
        listing = self._listing
        for (field, value), box in self._boxes.items():
            now = getattr(listing, field)
            box.setChecked(value in now if isinstance(now, tuple) else now is value)
        self._clear.setEnabled(is_filtered(listing))
        self._years.setCurrentIndex(max(0, self._years.findData(listing.year)))

    def _few(self, languages: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
        if self._shows_all:
            return languages
        chosen = self._listing.languages
        return [one for at, one in enumerate(languages) if at < FEW or one[2] in chosen]

    def _checks(self, title: str, field: str, options: Sequence[tuple[str, int, object]]) -> QBoxLayout:
        layout = column(label(title, "section"), spacing=0)
        for words, count, value in options:
            layout.addLayout(self._check(words, field, value, count))
        layout.addStretch(1)
        return layout

    def _check(self, words: str, field: str, value: object, count: int | None = None) -> QBoxLayout:
        box = QCheckBox(words)
        box.setAccessibleName(words if count is None else f"{words}, {number(count)}")
        box.clicked.connect(calling(partial(self._flip, field, value)))
        self._boxes[field, value] = box
        return row(box, None, label("" if count is None else number(count), "meta"))

    def _marks(self) -> QBoxLayout:
        return column(
            label(self.tr("Marked"), "section"),
            self._check(self.tr("Has quotes"), "has_quotes", True),
            self._check(self.tr("No quotes yet"), "has_quotes", False),
            self._check(self.tr("No text"), "has_text", False),
            None,
        )

    def _year_choice(self, counts: Counts) -> QBoxLayout:
        self._years = choice = QComboBox()
        choice.setObjectName("filter_year")
        choice.setAccessibleName(self.tr("Year"))
        choice.addItem(self.tr("Any year"), "")
        for year, count in counts.years:
            choice.addItem(f"{year}  ({number(count)})", year)
        choice.activated.connect(lambda at: self._set("year", choice.itemData(at)))
        return column(label(self.tr("Year"), "section"), 6, choice, None)

    # ---- what it says

    def _flip(self, field: str, value: object) -> None:
        now = getattr(self._listing, field)
        if isinstance(now, tuple):
            rest = tuple(one for one in now if one != value)
            self._set(field, rest if len(rest) < len(now) else (*now, value))
        else:
            self._set(field, None if now is value else value)

    def _set(self, field: str, value: Any) -> None:
        changes: dict[str, Any] = {field: value}
        self._tell(replace(self._listing, **changes))

    def _take_words(self) -> None:
        self._tell(replace(self._listing, words=" ".join(self.field.text().split())))

    def _clear_all(self) -> None:
        self.field.clear()
        self._tell(without_filters(self._listing))

    def _tell(self, listing: Listing) -> None:
        if listing != self._listing:
            self._listing = listing
            self._sync()
            self.changed.emit(listing)

    def _show_all(self) -> None:
        """Once the click is over: the button that was clicked goes away."""
        self._shows_all = True
        QTimer.singleShot(0, self, self._fill)
        QTimer.singleShot(0, self, self.adjustSize)
