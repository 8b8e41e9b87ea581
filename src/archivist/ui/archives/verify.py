"""The page that proves that nothing was altered, in an archive or in a pack that was received."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from archivist.model.history import Finding, FindingLevel
from archivist.ui.archives.findings import FindingList
from archivist.ui.archives.panels import WorkLine
from archivist.ui.archives.prose import Picture, Prose
from archivist.ui.archives.report import Group, Report, group_words
from archivist.ui.tasks import Running
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.layout import clear, column, label, panel, restyle, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import isolate, moment_words, number, plural

_LEVELS = {
    FindingLevel.OK: ("check-circle", "ok"),
    FindingLevel.WARNING: ("warning", "warn"),
    FindingLevel.ERROR: ("warning-circle", "danger"),
}


class VerifyPage(QWidget):
    """Shows a report as it grows; says when one is wanted, stopped, or to be saved."""

    verify_wanted = Signal()
    pack_wanted = Signal()
    save_wanted = Signal()
    finding_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.report: Report | None = None
        self._tiles: dict[Group, _Tile] = {}
        self.again = push_button(
            self.tr("Verify now"), "shield-check", self.verify_wanted.emit, kind="primary"
        )
        self.again.setObjectName("verify_now")
        self.pack = push_button(self.tr("Check a received pack…"), "export", self.pack_wanted.emit)
        self.pack.setObjectName("check_pack")
        self.save = push_button(self.tr("Save report…"), "floppy-disk", self.save_wanted.emit)
        self.save.setObjectName("save_report")
        self.work = WorkLine()
        self.notice = Notice()
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            "shield-check",
            self.tr("Prove that nothing was altered"),
            self.tr(
                "Every original is compared with its fingerprint, every text with its own, every quote with"
                " the words that it quotes, and the whole history with its seal. It takes a while; you can go"
                " on working. A pack that somebody sent you is checked against the list inside it."
            ),
        )
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._result())
        title = label(self.tr("Verify"), "title")
        head = row(
            title, None, self.work, 8, self.pack, self.save, self.again, margins=(24, 0, 24, 0), spacing=8
        )
        layout = column(panel("page_head", head, height=60), self._stack)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.save.setEnabled(False)

    # ---- what it shows

    def begin(self, report: Report, running: Running, *, words: str) -> None:
        """A new report; findings come in from now on."""
        self.report = report
        self.findings.findings.begin()
        self.notice.clear()
        self._make_tiles(report)
        self._stack.setCurrentIndex(1)
        self.work.begin(words, running)
        self._enable(idle=False)
        self._refresh()

    def add(self, findings: list[Finding], of: int) -> None:
        if self.report is None:
            return
        self.report.add(findings)
        self.findings.findings.add(findings)
        if of:
            self.work.show_progress(len(self.report.findings), of)
        self._refresh()

    def end(self, ended: datetime, *, complete: bool) -> None:
        if self.report is not None:
            self.report.is_complete = complete
        self.work.end()
        self._enable(idle=True)
        self._refresh()
        done = self.tr("Ended {}.") if complete else self.tr("Stopped {}; not everything was looked at.")
        self._sub.tell(f"{self._looked_at()} {done.format(moment_words(ended))}")

    def show_failed(self, sentence: str) -> None:
        self.work.end()
        self._enable(idle=True)
        self.notice.tell("error", sentence)

    def show_saved(self, name: str) -> None:
        words = self.tr("The report is saved as “{}”. It names documents and is not encrypted.")
        self.notice.tell("ok", words.format(isolate(name)))

    def headline(self) -> str:
        return self._headline.text()

    def sub_words(self) -> str:
        return self._sub.words()

    def empty_words(self) -> str:
        return self._empty.words()

    # ---- its parts

    def _result(self) -> QWidget:
        self._mark = Picture("shield-check", "ok", 34)
        self._headline = label(role="title", wraps=True)
        self._headline.setObjectName("headline")
        self._sub = Prose()
        words = column(self._headline, 3, self._sub)
        head = row(column(self._mark, None), words, spacing=14)
        head.setStretch(1, 1)
        self._row_of_tiles = QHBoxLayout()
        self._row_of_tiles.setSpacing(12)
        self.findings = FindingList()
        self.findings.opened.connect(self.finding_opened)
        self._all_well = EmptyState("check-circle", self.tr("Nothing to look at"), "")
        self._below = QStackedWidget()
        self._below.addWidget(self.findings)
        self._below.addWidget(self._all_well)
        self._list_head = label(self.tr("Findings"), "h1")
        self.everything = CheckBox(self.tr("Show all, also what is in order"))
        self.everything.setObjectName("show_all")
        self.everything.toggled.connect(self._show_everything)
        list_head = row(self._list_head, None, self.everything, margins=(16, 8, 16, 4))
        card = panel("list_card", column(list_head, self._below))
        layout = column(*(head, 18, self.notice, 10, self._row_of_tiles, 18, card), margins=(24, 22, 24, 20))
        layout.setStretch(6, 1)
        shown = QWidget()
        shown.setLayout(layout)
        return shown

    def _make_tiles(self, report: Report) -> None:
        clear(self._row_of_tiles)
        self._tiles = {group: _Tile(group) for group in report.groups}
        for tile in self._tiles.values():
            self._row_of_tiles.addWidget(tile, 1)

    def _refresh(self) -> None:
        report = self.report
        if report is None:
            return
        icon, ink = _LEVELS[report.level]
        is_settled = report.is_complete or report.level == FindingLevel.ERROR
        self._mark.show_icon(icon if is_settled else "hourglass", ink if is_settled else "text2")
        self._headline.setText(report.headline())
        self._headline.setProperty("level", report.level if is_settled else "")
        restyle(self._headline)
        self._sub.tell(self._looked_at())
        for group, tile in self._tiles.items():
            tile.show_counts(report, group)
        self._list_head.setText(self._list_words(report))
        self._choose_below()

    def _list_words(self, report: Report) -> str:
        wrong = report.count(FindingLevel.ERROR) + report.count(FindingLevel.WARNING)
        return plural(wrong, self.tr("1 finding"), self.tr("{} findings"))

    def _choose_below(self) -> None:
        has_rows = self.findings.findings.rowCount() > 0
        self._below.setCurrentIndex(0 if has_rows else 1)
        told = self.tr("What was looked at so far is in order.")
        if self.report is not None and self.report.is_complete:
            told = self.tr("Every single thing that was looked at is in order.")
        self._all_well.tell(self.tr("Nothing to look at"), told)

    def _looked_at(self) -> str:
        count = len(self.report.findings) if self.report else 0
        return plural(count, self.tr("1 thing was looked at."), self.tr("{} things were looked at."))

    def _show_everything(self, everything: bool) -> None:
        self.findings.findings.show_everything(everything)
        self._choose_below()

    def _enable(self, *, idle: bool) -> None:
        self.again.setEnabled(idle)
        self.pack.setEnabled(idle)
        self.save.setEnabled(idle and self.report is not None)


class _Tile(QFrame):
    """One kind of thing: how many were looked at, and whether they are as they were."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.setObjectName("card")
        name, icon = group_words(group)
        self._name = name
        self._count = label("0", "count")
        self._state = label(role="meta")
        self._state_icon = Picture("hourglass", "text2", 15)
        head = row(Picture(icon, "text2", 16), label(name, "h2"), None, spacing=8)
        state = row(self._state_icon, self._state, None, spacing=5)
        self.setLayout(column(head, 6, self._count, 2, state, margins=(14, 12, 14, 12)))

    def show_counts(self, report: Report, group: Group) -> None:
        ok, warnings, errors = (report.count(level, group) for level in ("ok", "warning", "error"))
        level = FindingLevel.ERROR if errors else FindingLevel.WARNING if warnings else FindingLevel.OK
        looked_at = ok + warnings + errors
        waiting = ("minus" if report.is_complete else "hourglass"), "text2"
        icon, ink = _LEVELS[level] if looked_at else waiting
        if errors:
            words = plural(errors, self.tr("1 altered or damaged"), self.tr("{} altered or damaged"))
        elif warnings:
            words = plural(warnings, self.tr("1 to look at"), self.tr("{} to look at"))
        elif looked_at:
            words = self.tr("all as they were") if looked_at > 1 else self.tr("as it was")
        else:
            words = self.tr("none") if report.is_complete else self.tr("not looked at yet")
        self._count.setText(number(looked_at))
        self._state.setText(words)
        self._state_icon.show_icon(icon, ink)
        self.setAccessibleName(f"{self._name}: {number(looked_at)}, {words}")
