"""An import under way and after: figures, chips, and a row for every file."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTableView,
    QWidget,
)

from archivist.ui.icons import icon, pixmap
from archivist.ui.importing.delegate import HEIGHT, ImportDelegate, look
from archivist.ui.importing.model import EVERYTHING, FILE, FOLDER, PAGES, RISKS, SIZE, STATUS, ImportModel
from archivist.ui.importing.run import FileRow, State
from archivist.ui.importing.start import StartPage
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import chip, push_button
from archivist.ui.widgets.layout import column, label, panel, restyle, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.words import number

DETAILS = 372
_WIDTHS = {FOLDER: 150, PAGES: 80, SIZE: 90, STATUS: 270}


class ImportView(QStackedWidget):
    """The start, or the run with its details beside it."""

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(self, details: QWidget) -> None:
        super().__init__()
        self.setObjectName("import_page")
        self.start = StartPage()
        self.run = RunPage()
        self.aside = details
        self.aside.setFixedWidth(DETAILS)
        both = QWidget()
        layout = row(self.run, self.aside, spacing=0)
        layout.setStretch(0, 1)
        both.setLayout(layout)
        self.addWidget(self.start)
        self.addWidget(both)
        self.run.table.row_chosen.connect(self.row_chosen)
        self.run.table.row_opened.connect(self.row_opened)
        self.aside.hide()

    def show_start(self) -> None:
        self.setCurrentIndex(0)
        self.start.files.setFocus()

    def show_run(self) -> None:
        self.setCurrentIndex(1)


class RunPage(QFrame):
    """Title, figures, chips, table; the presenter fills them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.title = label(role="title")
        self.title.setObjectName("import_title")
        self.way = label(role="meta")
        self.hold = push_button(self.tr("Pause"), "pause")
        self.hold.setObjectName("import_pause")
        self.stop = push_button(self.tr("Stop"), "x")
        self.stop.setObjectName("import_stop")
        self.more = push_button(self.tr("Import more…"), "file-plus")
        self.report = push_button(self.tr("Save report…"), "floppy-disk")
        self.undo = push_button(self.tr("Undo import"), "arrow-counter-clockwise")
        self.retry = push_button(self.tr("Try again"), "arrow-clockwise")
        self.retry.setObjectName("import_retry")
        self.safety = SafetyPill()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the import"))
        self.figures = [(label(role="h1"), label(role="meta")) for _ in range(4)]
        self.notice = Notice()
        self.chips = _Chips()
        self.chips.chosen.connect(self.chosen)
        self.table = ImportTable()
        buttons = (self.safety, self.retry, self.undo, self.report, self.more, self.hold, self.stop)
        head = panel(
            "page_head",
            column(
                row(column(self.title, 2, self.way), None, *buttons, spacing=8),
                14,
                self.progress,
                12,
                row(
                    *(part for figure, words in self.figures for part in (figure, words, 36)),
                    None,
                    spacing=6,
                ),
                self.notice,
                margins=(24, 16, 24, 14),
            ),
        )
        chips = panel("page_head", row(self.chips, margins=(24, 10, 24, 10)))
        layout = column(head, chips, self.table)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_figures(self, figures: list[tuple[str, str]]) -> None:
        """At most four pairs of a figure and what it counts; an empty one is not shown."""
        for (figure, words), (value, name) in zip(
            self.figures, figures + [("", "")] * (4 - len(figures)), strict=True
        ):
            figure.setText(value)
            words.setText(name)
            figure.setVisible(bool(value))
            words.setVisible(bool(value))

    def show_buttons(self, *, is_running: bool, has_failed: bool, can_undo: bool) -> None:
        for button in (self.hold, self.stop):
            button.setVisible(is_running)
        for button in (self.more, self.report):
            button.setVisible(not is_running)
        self.retry.setVisible(not is_running and has_failed)
        self.undo.setVisible(not is_running and can_undo)
        self.progress.setVisible(is_running)

    def show_held(self, *, yes: bool) -> None:
        self.hold.setText(self.tr("Go on") if yes else self.tr("Pause"))
        self.hold.setIcon(icon("play" if yes else "pause"))


class _Chips(QWidget):
    """One chip for each state that there is, and one for hidden risks."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {}
        self._words = {
            EVERYTHING: self.tr("All"),
            State.IMPORTED: self.tr("Imported"),
            State.DUPLICATE: self.tr("Known"),
            State.PASSWORD: self.tr("Password needed"),
            State.NO_TEXT: self.tr("No text"),
            State.FAILED: self.tr("Failed"),
            State.READING: self.tr("Reading"),
            State.WAITING: self.tr("Waiting"),
            State.NOT_BEGUN: self.tr("Not begun"),
            RISKS: self.tr("Hidden risks"),
        }
        group = QButtonGroup(self)
        for states, words in self._words.items():
            button = chip(words, checked=states == EVERYTHING)
            button.clicked.connect(lambda _=False, states=states: self.chosen.emit(str(states)))
            if states == RISKS:
                button.setIcon(icon("warning", "warn"))
            elif states != EVERYTHING:
                button.setIcon(icon(*look(State(states))))
            group.addButton(button)
            self._buttons[states] = button
        shown = list(self._buttons.values())
        self.setLayout(row(*shown[:-1], None, shown[-1], spacing=6))

    def count(self, counts: dict[str, int]) -> None:
        for states, button in self._buttons.items():
            held = counts.get(states, 0)
            button.setVisible(held > 0 or states == EVERYTHING or button.isChecked())
            words = f"{self._words[states]} {number(held)}"
            if button.text() != words:
                button.setText(words)
                button.setAccessibleName(words)

    def choose_all(self) -> None:
        self._buttons[EVERYTHING].setChecked(True)


class ImportTable(QTableView):
    """A row for every file; Enter opens what it became."""

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("import_table")
        self.setAccessibleName(self.tr("Files of this import"))
        self.files = ImportModel()
        self.files.setParent(self)
        self.setModel(self.files)
        self.setItemDelegate(ImportDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads = self.horizontalHeader()
        heads.setObjectName("import_heads")
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(FILE, QHeaderView.ResizeMode.Stretch)
        for at, width in _WIDTHS.items():
            self.setColumnWidth(at, width)
        self.selectionModel().currentRowChanged.connect(self._chose)
        self.doubleClicked.connect(self._open)

    def chosen_row(self) -> FileRow | None:
        return self.files.row_at(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _chose(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.row_chosen.emit(self.files.row_at(now))

    def _open(self, index: QModelIndex) -> None:
        if row_here := self.files.row_at(index):
            self.row_opened.emit(row_here)


class SafetyPill(QFrame):
    """The level at which documents are read here."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._icon = QLabel()
        self._words = label(role="meta")
        self.setLayout(row(self._icon, self._words, margins=(10, 5, 12, 5), spacing=6))
        self._is_good = True
        Theme.current().changed.connect(self._dress)
        self.hide()

    def tell(self, words: str, *, is_good: bool) -> None:
        self._is_good = is_good
        self._words.setText(words)
        self._dress()
        self.show()

    def _dress(self) -> None:
        name, ink = ("shield-check", "ok") if self._is_good else ("shield-warning", "warn")
        self._icon.setPixmap(pixmap(name, Theme.current().color(ink), 15, self.devicePixelRatioF()))
        self.setProperty("level", "ok" if self._is_good else "warning")
        restyle(self)
