"""What is told of a case: its names, its summary for others, and notes for oneself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from archivist.model.case import Case
from archivist.ui.cases.names import NamesEditor
from archivist.ui.tags.kept_area import KeptArea
from archivist.ui.widgets.layout import Item, column, horizontal_line, label

WIDTH = 314


class CasePane(QFrame):
    """The column beside the quotes; what is written in it is kept on leaving."""

    summarised = Signal(str)
    noted = Signal(str)
    name_added = Signal(str)
    name_removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("detail_pane")
        self.setFixedWidth(WIDTH)
        self.names = NamesEditor()
        self.summary = KeptArea(
            self.tr("Summary"),
            placeholder=self.tr("Who it is about, what happened, what is asked for"),
            least=6,
            most=18,
        )
        self.summary.setObjectName("case_summary")
        self.notes = KeptArea(
            self.tr("Notes"),
            placeholder=self.tr("What to check, whom to ask, what to keep in mind"),
            least=5,
            most=18,
        )
        self.notes.setObjectName("case_notes")
        self.names.added.connect(self.name_added)
        self.names.removed.connect(self.name_removed)
        self.summary.kept.connect(self.summarised)
        self.notes.kept.connect(self.noted)
        area = QScrollArea()
        area.setWidget(self._inside())
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area))

    def _inside(self) -> QWidget:
        inside = QWidget()
        told = self.tr("Stands at the head of the case in every pack that is exported.")
        own = self.tr("For you alone: never in a pack, in no format.")
        named = self.tr("Search finds the case by each of them; packs name them.")
        sections: list[Item] = [
            *self._section(self.tr("Other names"), named, self.names),
            16,
            horizontal_line(),
            14,
            *self._section(self.tr("Summary"), told, self.summary),
            16,
            horizontal_line(),
            14,
            *self._section(self.tr("Notes"), own, self.notes),
            None,
        ]
        inside.setLayout(column(*sections, margins=(18, 16, 18, 18)))
        return inside

    @staticmethod
    def _section(title: str, hint: str, field: QWidget) -> list[Item]:
        return [label(title, "h1"), 2, label(hint, "meta", wraps=True), 8, field]

    def show_case(self, case: Case, *, afresh: bool) -> None:
        """Words that are being typed stay, as long as it is the same case."""
        if afresh:
            self.names.field.clear()
            for area in (self.summary, self.notes):
                area.forget()
        self.names.show_names(case.aliases)
        self.summary.show_value(case.summary)
        self.notes.show_value(case.notes)
        self.setEnabled(not case.deleted)

    def keep(self) -> None:
        """What is being typed is wanted."""
        self.summary.keep()
        self.notes.keep()
