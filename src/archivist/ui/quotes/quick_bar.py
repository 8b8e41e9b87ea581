"""The small bar beside a selection: mark it in a colour, or say more of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from archivist.ui.icons import icon
from archivist.ui.quotes.dots import ColourDots
from archivist.ui.widgets.buttons import push_button, tool_button
from archivist.ui.widgets.layout import row, vertical_line

HEIGHT = 44
TAGS, CASES, NOTE = "tags", "cases", "note"


class QuickBar(QWidget):
    """One press on a colour marks; the other buttons open the form at their part."""

    coloured = Signal(str)
    part_wanted = Signal(str)
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.dots = ColourDots(self.tr("Mark"), size=22)
        self._quote = push_button(self.tr("Quote"), "quotes", kind="primary")
        self._quote.setObjectName("bar_quote")
        self._quote.setToolTip(self.tr("Quote (Q)"))
        self._quote.setIcon(icon("quotes", "accentText"))
        parts = (
            (TAGS, "tag-simple", self.tr("Add tags")),
            (CASES, "briefcase", self.tr("Link to a case")),
            (NOTE, "note", self.tr("Write a note")),
        )
        buttons = []
        for part, sign, words in parts:
            button = tool_button(sign, words)
            button.setObjectName(f"bar_{part}")
            button.clicked.connect(lambda _=False, part=part: self.part_wanted.emit(part))
            buttons.append(button)
        copy = tool_button("copy", self.tr("Copy with citation (Ctrl+Shift+C)"), self.copy_wanted.emit)
        copy.setObjectName("bar_copy")
        self.setLayout(
            row(
                self.dots,
                6,
                vertical_line(),
                6,
                *buttons,
                copy,
                6,
                self._quote,
                margins=(8, 0, 8, 0),
                spacing=2,
            )
        )
        self.setFixedHeight(HEIGHT)
        self.dots.chosen.connect(self.coloured)
        self._quote.clicked.connect(lambda *_: self.part_wanted.emit(TAGS))

    def focus_first(self) -> None:
        self.dots.focus_chosen()
