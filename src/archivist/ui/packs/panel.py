"""The export: what the pack is called, what goes in, in which formats; then how it went."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QLayout,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from archivist.model.ids import CaseId, TagId
from archivist.services.exporting import FORMATS, Exported, PackOrder
from archivist.ui.packs.chooser_list import ChooserList
from archivist.ui.packs.report import PackReport
from archivist.ui.widgets.buttons import push_button, tool_button
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.combo import ComboBox
from archivist.ui.widgets.field import TextArea, labelled, line_edit
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.words import language_name, plural

WIDTH, HEIGHT, REPORT_HEIGHT = 940, 660, 500
LANGUAGES = ("en", "fr", "es", "ar", "zh", "bo", "ug")


class PackPanel(QFrame):
    """The form at the left, the choice at the right; after the export its report."""

    wanted = Signal()
    stop_wanted = Signal()
    closed = Signal()
    choice_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet_panel")
        self.setFixedSize(WIDTH, HEIGHT)
        self.report = PackReport()
        self.report.closed.connect(self.closed)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._form())
        self._pages.addWidget(self.report)
        self.setLayout(column(self._pages))
        self._say_that_it_is_plain()  # told before it stood in here, it would be a window
        self.show_running(yes=False)
        self.export.setEnabled(False)  # until it is known what there is

    # ---- what was chosen

    def order(self) -> PackOrder:
        """What the form says. Nothing ticked stands for all."""
        return PackOrder(
            title=self.pack_title.text().strip() or self.tr("Briefing"),
            recipient=self.recipient.text().strip(),
            author=self.author.text().strip(),
            language=str(self.language.currentData()),
            day=_day(self.day.date()),
            summary=tuple(part.strip() for part in self.summary.toPlainText().split("\n\n") if part.strip()),
            cases=tuple(CaseId(key) for key in self.cases.ticked()),
            tags=tuple(TagId(key) for key in self.tags.ticked()),
        )

    def formats(self) -> tuple[str, ...]:
        return tuple(name for name, box in self._formats.items() if box.isChecked())

    # ---- what is shown

    def show_count(self, quotes: int, sources: int) -> None:
        words = self.tr("{} from {}").format(
            plural(quotes, self.tr("1 quote"), self.tr("{} quotes")),
            plural(sources, self.tr("1 document"), self.tr("{} documents")),
        )
        if not quotes:
            words = self.tr("No quote is chosen.")
        elif not self.formats():
            words = self.tr("Choose a format.")
        self.count.setText(words)
        self.export.setEnabled(quotes > 0 and bool(self.formats()))

    def show_running(self, *, yes: bool) -> None:
        self.progress.setVisible(yes)
        self.stop.setVisible(yes)
        self.cancel.setVisible(not yes)
        self.export.setEnabled(not yes)
        if yes:
            self.notice.clear()

    def show_progress(self, done: int, of: int) -> None:
        self.progress.setRange(0, of + 1)
        self.progress.setValue(done)
        self.state.setText(self.tr("Holding the words against {} of {} originals").format(done, of))

    def show_exported(self, exported: Exported) -> None:
        self.show_running(yes=False)
        self.report.tell(exported)
        self._pages.setCurrentWidget(self.report)
        self.setFixedHeight(REPORT_HEIGHT)
        self.report.open_folder.setFocus()

    # ---- how it is built

    def _form(self) -> QWidget:
        page = QWidget()
        self._plain = Notice()
        left = column(
            label(self.tr("Export a briefing pack"), "title"),
            14,
            self._words(),
            12,
            self._formats_row(),
            None,
            self._plain,
            8,
            self.notice,
            margins=(24, 22, 24, 16),
        )
        side = panel("sheet_side", self._choice())
        side.setProperty("above", "foot")
        side.setFixedWidth(336)
        both = row(left, side, spacing=0)
        both.setStretch(0, 1)
        page.setLayout(column(both, panel("sheet_foot", self._foot())))
        return page

    def _words(self) -> QWidget:
        self.pack_title = line_edit(self.tr("Title"), placeholder=self.tr("Three cases at Kestrel Point"))
        self.recipient = line_edit(self.tr("For"), placeholder=self.tr("Minister, committee, mandate"))
        self.author = line_edit(self.tr("From"), placeholder=self.tr("Your organisation, or several"))
        self.language = ComboBox(self.tr("Language of its own words"))
        for code in LANGUAGES:
            self.language.addItem(language_name(code), code)
        self.day = QDateEdit(QDate.currentDate())
        self.day.setDisplayFormat("d MMM yyyy")
        self.day.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.day.setMinimumHeight(34)
        self.day.lineEdit().setTextMargins(8, 0, 8, 0)
        self.summary = TextArea(
            self.tr("Summary"), placeholder=self.tr("What the reader should know first"), least=4, most=5
        )
        self.notice = Notice()
        form = QWidget()
        form.setLayout(
            column(
                labelled(self.tr("&Title"), self.pack_title),
                10,
                row(
                    labelled(self.tr("F&or"), self.recipient),
                    labelled(self.tr("F&rom"), self.author),
                    spacing=12,
                ),
                10,
                row(
                    labelled(self.tr("&Language of its own words"), self.language),
                    labelled(self.tr("&Date of the pack"), self.day),
                    spacing=12,
                ),
                10,
                labelled(self.tr("&Summary"), self.summary),
            )
        )
        return form

    def _formats_row(self) -> QWidget:
        self._formats: dict[str, CheckBox] = {}
        words = {
            "html": self.tr("HTML, opens in every browser"),
            "docx": self.tr("Word (DOCX), to go on writing in"),
        }
        for name in FORMATS:
            box = CheckBox(words[name])
            box.setChecked(True)
            box.setObjectName(f"format_{name}")
            box.toggled.connect(lambda *_: self.choice_changed.emit())
            self._formats[name] = box
        made = QWidget()
        made.setLayout(
            column(label(self.tr("Formats"), "h2"), 2, row(*self._formats.values(), None, spacing=20))
        )
        return made

    def _say_that_it_is_plain(self) -> None:
        self._plain.tell(
            "warning",
            self.tr(
                "Whoever gets it can read all of it. Its profile is “internal”: no name is left out."
                " Exhibits are the untouched originals."
            ),
            title=self.tr("A pack is not encrypted"),
        )

    def _choice(self) -> QLayout:
        self.cases = ChooserList(self.tr("Cases"))
        self.tags = ChooserList(self.tr("Tags"))
        for chosen in (self.cases, self.tags):
            chosen.changed.connect(self.choice_changed)
        close = tool_button("x", self.tr("Close"), self.closed.emit, size=16)
        layout = column(
            row(label(self.tr("What goes in"), "h1"), None, close),
            6,
            label(self.tr("Cases, none ticked for all"), "section"),
            self.cases,
            8,
            label(self.tr("Only quotes with one of these tags"), "section"),
            self.tags,
            margins=(18, 20, 12, 10),
        )
        layout.setStretchFactor(self.cases, 3)
        layout.setStretchFactor(self.tags, 4)
        return layout

    def _foot(self) -> QLayout:
        self.count = label(role="h2")
        self.count.setObjectName("pack_count")
        self.state = label(role="meta")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(150)
        self.progress.setAccessibleName(self.tr("Progress of the export"))
        self.stop = push_button(self.tr("Stop"), handler=self.stop_wanted.emit)
        self.cancel = push_button(self.tr("Cancel"), handler=self.closed.emit)
        self.export = push_button(
            self.tr("Choose a folder and export…"), "export", self.wanted.emit, kind="primary"
        )
        self.export.setObjectName("export_pack")
        return row(
            self.count,
            12,
            self.progress,
            self.state,
            None,
            self.stop,
            self.cancel,
            self.export,
            margins=(24, 12, 18, 12),
            spacing=8,
        )


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
