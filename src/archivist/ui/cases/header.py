"""The head of a case: its colour, its name and the other ones, how much there is, and its tabs."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QMenu, QPushButton

from archivist.model.case import Case
from archivist.ui.cases.names import NamesLine
from archivist.ui.cases.roles import quotes_from_documents
from archivist.ui.tags.hues import CASE_ICON, add_hues, hue_name
from archivist.ui.tags.kept_line import KeptLine
from archivist.ui.theme import Theme, hue_of
from archivist.ui.widgets.buttons import calling, push_button, tool_button
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.words import number

QUOTES, DOCUMENTS = "quotes", "documents"


class CaseHeader(QFrame):
    """Shows what a case is called and says what the user wants with it."""

    renamed = Signal(str)
    recoloured = Signal(str)
    export_wanted = Signal()
    menu_wanted = Signal(QPoint)
    tab_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page_head")
        self.square = HueButton()
        self.square.setObjectName("case_colour")
        self.square.clicked.connect(calling(self._open_hues))
        self.name = KeptLine(self.tr("Name of the case"), role="page_title", fits_words=True)
        self.name.setObjectName("case_name")
        self.name.kept.connect(self.renamed)
        self.names = NamesLine()
        self.facts = label(role="meta")
        self.facts.setObjectName("case_facts")
        self.export = push_button(self.tr("Export…"), "export", self.export_wanted.emit, kind="primary")
        self.export.setObjectName("case_export")
        self.more = tool_button("dots-three", self.tr("What can be done with the case"), self._open_menu)
        self.more.setObjectName("case_more")
        self._tabs = {name: self._tab(name) for name in (QUOTES, DOCUMENTS)}
        group = QButtonGroup(self)
        for tab in self._tabs.values():
            group.addButton(tab)
        self._tabs[QUOTES].setChecked(True)
        # Gaps and not margins, for only they are mirrored: words stand in one line below the name.
        title = row(15, self.square, self.name, 6, self.names, 12, self.export, self.more, 20, spacing=0)
        title.setStretch(4, 1)
        tabs = row(37, *self._tabs.values(), None, spacing=0)
        self.setLayout(column(title, row(45, self.facts, None, spacing=0), 6, tabs, margins=(0, 14, 0, 0)))

    def _tab(self, name: str) -> QPushButton:
        tab = push_button("", handler=lambda: self.tab_chosen.emit(name), kind="tab")
        tab.setObjectName(f"tab_{name}")
        tab.setCheckable(True)
        return tab

    def show_case(self, case: Case, quotes: int, documents: int) -> None:
        hue = hue_of(case.colour, case.id)
        self.square.show_hue(hue)
        self.name.show_value(case.name)
        self.name.setReadOnly(case.deleted)
        self.names.show_names(case.aliases)
        self.facts.setText(quotes_from_documents(quotes, documents) if quotes else self.tr("No quote yet"))
        for name, words, count in (
            (QUOTES, self.tr("Quotes"), quotes),
            (DOCUMENTS, self.tr("Documents"), documents),
        ):
            self._tabs[name].setText(f"{words}  {number(count)}")
            self._tabs[name].setAccessibleName(f"{words}, {number(count)}")
        self.export.setEnabled(not case.deleted)
        self.square.setEnabled(not case.deleted)

    def tab(self) -> str:
        return next(name for name, tab in self._tabs.items() if tab.isChecked())

    def choose_tab(self, name: str) -> None:
        self._tabs[name].setChecked(True)

    def _open_hues(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("case_hues")
        add_hues(menu, CASE_ICON, self.square.hue, self.recoloured.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.square.mapToGlobal(self.square.rect().bottomLeft()))

    def _open_menu(self) -> None:
        self.menu_wanted.emit(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class HueButton(QAbstractButton):
    """A square in the colour of the case; it opens the choice of colours."""

    def __init__(self) -> None:
        super().__init__()
        self.hue = "slate"
        self.setFixedSize(24, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        Theme.current().changed.connect(self.update)

    def show_hue(self, hue: str) -> None:
        self.hue = hue
        words = self.tr("Colour of the case: {}").format(hue_name(hue))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(24, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        theme = Theme.current()
        square = QRectF(0, 0, 13, 13)
        square.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.ink(self.hue))
            painter.drawRoundedRect(square, 4, 4)
            if self.hasFocus() or self.underMouse():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "border2"), 2))
                painter.drawRoundedRect(square.adjusted(-4, -4, 4, 4), 6, 6)
