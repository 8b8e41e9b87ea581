"""What the hits are, and how many: ticking narrows, and never rewrites the query."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from archivist.ui.icons import dot
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import link_button
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.layout import clear, column, label, row, set_margins
from archivist.ui.words import number, plural

WIDTH = 260
MOST = 6
MOST_AT_ALL = 100  # a box costs a third of a millisecond


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet; `hue` where it has a colour."""

    value: str
    words: str
    count: int
    hue: str = ""


class Facets(QScrollArea):
    """One block for each facet that there is something to choose in."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("facets")
        self.setAccessibleName(self.tr("Narrow the results"))
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._blocks: dict[str, FacetBlock] = {}
        inner = QWidget()
        self._layout = QVBoxLayout(inner)
        set_margins(self._layout, (20, 14, 16, 14))
        self._layout.setSpacing(14)
        self._layout.addStretch(1)
        self.setWidget(inner)

    def add(self, facet: str, title: str) -> None:
        block = FacetBlock(title)
        block.changed.connect(self.changed)
        self._blocks[facet] = block
        self._layout.insertWidget(self._layout.count() - 1, block)

    def show_choices(self, facet: str, choices: Sequence[Choice]) -> None:
        self._blocks[facet].show_choices(choices)

    def ticked(self, facet: str) -> frozenset[str]:
        return self._blocks[facet].ticked

    def clear(self) -> None:
        for block in self._blocks.values():
            block.ticked = frozenset()


class FacetBlock(QFrame):
    """A title and a box for each value, those with most hits first."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.ticked: frozenset[str] = frozenset()
        self._all = False
        self._choices: list[Choice] = []
        self._shown_ticked: frozenset[str] = frozenset()
        self._title = title
        self._clear = link_button(self.tr("Clear"), self._untick)
        self._more = link_button("", self._show_all)
        self._rest = label(role="meta", wraps=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        head = row(label(title, "section"), None, self._more, self._clear)
        self.setLayout(column(head, self._rows, self._rest, spacing=4))
        self.hide()
        Theme.current().changed.connect(self._fill)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """What is ticked stays, even where nothing is left of it: it must be seen to be cleared."""
        found = {choice.value for choice in choices}
        gone = [
            replace(choice, count=0)
            for choice in self._choices
            if choice.value in self.ticked and choice.value not in found
        ]
        ordered = sorted((*choices, *gone), key=lambda choice: (-choice.count, choice.words))
        if (ordered, self.ticked) != (self._choices, self._shown_ticked):
            self._choices, self._shown_ticked = ordered, self.ticked
            self._fill()

    def _fill(self) -> None:
        focused = self._focused()
        most = MOST_AT_ALL if self._all else MOST
        shown = [
            choice for at, choice in enumerate(self._choices) if at < most or choice.value in self.ticked
        ]
        clear(self._rows)
        for choice in shown:
            self._rows.addLayout(self._row(choice, focused))
        left = len(self._choices) - len(shown)
        self._more.setText(self.tr("{} more").format(number(left)))
        self._more.setVisible(left > 0 and not self._all)
        one, many = self.tr("1 rarer one is not listed."), self.tr("{} rarer ones are not listed.")
        self._rest.setText(plural(left, one, many))
        self._rest.setVisible(left > 0 and self._all)
        self._clear.setVisible(bool(self.ticked))
        self.setVisible(bool(self._choices))

    def _row(self, choice: Choice, focused: str) -> QHBoxLayout:
        box = CheckBox(choice.words, checked=choice.value in self.ticked)
        box.setProperty("value", choice.value)
        box.setAccessibleName(f"{self._title}: {choice.words}, {number(choice.count)}")
        if choice.hue:
            theme = Theme.current()
            box.setIcon(dot(theme.ink(choice.hue), self.devicePixelRatioF()))
        box.toggled.connect(lambda on, value=choice.value: self._tick(value, on))
        box.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
        )  # long names are cut, not counts
        box.setToolTip(choice.words)
        made = row(box, 6, label(number(choice.count), "meta"))
        made.setStretch(0, 1)
        if choice.value == focused:
            box.setFocus()
        return made

    def _focused(self) -> str:
        return next(
            (str(box.property("value")) for box in self.findChildren(QCheckBox) if box.hasFocus()), ""
        )

    def _tick(self, value: str, on: bool) -> None:
        self.ticked = self.ticked | {value} if on else self.ticked - {value}
        self.changed.emit()

    def _untick(self) -> None:
        self.ticked = frozenset()
        self.changed.emit()

    def _show_all(self) -> None:
        self._all = True
        self._fill()
