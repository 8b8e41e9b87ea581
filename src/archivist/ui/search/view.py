"""The search page: what was understood, facets, results, and the chosen passage in its context."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget

from archivist.model.results import ResultsPage
from archivist.ui.search.delegate import ResultsDelegate
from archivist.ui.search.facets import Facets
from archivist.ui.search.lines import LINE, Line, LinesModel, MoreDocuments, MorePassages, PassageLine
from archivist.ui.search.preview import Preview
from archivist.ui.widgets.buttons import link_button
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import EmptyState, Notice
from archivist.ui.words import plural

ROOM_FOR_CONTEXT = 960  # facets and context have their widths; what is left is for the results


class SearchView(QFrame):
    """Says which passage is opened, what narrows, and which spelling was meant."""

    opened = Signal(object)
    chosen = Signal(object)
    narrowed = Signal()
    suggestion_taken = Signal(str)
    more_passages_wanted = Signal(object)
    more_documents_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._count = label(role="count")
        self._count.setObjectName("search_count")
        self._time = label(role="meta")
        self._understood = label(role="meta")
        self._understood.setObjectName("search_understood")
        self._suggestion = link_button("", self._take_suggestion)
        self._suggestion.setObjectName("search_suggestion")
        self._asked = label(self.tr("Did you mean"), "meta")
        self.notice = Notice()
        self.facets = self._facets()
        self.facets.changed.connect(self.narrowed)
        self.results = ResultsList()
        self.results.opened.connect(self._open)
        self.results.chosen.connect(self.chosen)
        self.preview = Preview()
        self.preview.open_wanted.connect(lambda: self._open(self.results.line()))
        self.preview.step_wanted.connect(self.results.step)
        self._empty = EmptyState("magnifying-glass", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.results)
        self._stack.addWidget(self._empty)
        self._place()
        self.show_waiting()

    def _facets(self) -> Facets:
        facets = Facets()
        for facet, title in (
            ("found", self.tr("Where")),
            ("kinds", self.tr("Kind")),
            ("languages", self.tr("Language")),
            ("years", self.tr("Year")),
            ("cases", self.tr("Case")),
            ("tags", self.tr("Tag")),
        ):
            facets.add(facet, title)
        return facets

    def _place(self) -> None:
        head = panel(
            "page_head",
            column(
                row(self._count, 8, self._time, None),
                6,
                row(self._understood, None, self._asked, self._suggestion, spacing=6),
                self.notice,
                margins=(20, 14, 20, 12),
            ),
        )
        middle = row(self.facets, self._stack, spacing=0)
        middle.setStretch(1, 1)
        left = column(head, middle)
        left.setStretch(1, 1)
        both = row(left, self.preview, spacing=0)
        both.setStretch(0, 1)
        self.setLayout(both)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for all three the context goes: the passages come first."""
        super().resizeEvent(event)
        self.preview.setVisible(self.width() >= ROOM_FOR_CONTEXT)

    def show_waiting(self) -> None:
        """Before anything was asked."""
        self.results.lines.show(None)
        self._count.setText(self.tr("Search"))
        self._time.clear()
        self._understood.clear()
        self._show_suggestion(None)
        self._empty.tell(
            self.tr("Type what you look for"),
            self.tr(
                "Words find documents, quotes, notes and cases. “Two words” in quotation marks stand"
                " together; -word leaves out; tag:, case:, lang:, kind: and date: narrow."
            ),
        )
        self._stack.setCurrentWidget(self._empty)
        self.preview.show_nothing()

    def show_page(self, page: ResultsPage, *, keep: bool) -> None:
        """Results; `keep` stays at the passage that was chosen, wherever it stands now."""
        before, row_before = self.results.line(), self.results.currentIndex().row()
        is_as_shown = keep and self.results.shows(page)
        if is_as_shown:
            self.results.lines.page = page
        else:
            self.results.show_page(page)
        at = self.results.lines.place_of(before) if keep else -1
        at = row_before if keep and at < 0 else at
        self._count.setText(self._counted(page))
        searched = self.tr("all of the archive searched") if page.answer.complete else self.tr("not complete")
        self._time.setText(self.tr("{} s · {}").format(f"{page.milliseconds / 1000:.2f}", searched))
        understood = page.answer.understood
        self._understood.setText(self.tr("Understood as {}").format(understood) if understood else "")
        self._show_suggestion(page.answer.did_you_mean)
        if page.answer.remarks:
            self.notice.tell("info", " ".join(page.answer.remarks))
        else:
            self.notice.clear()
        if page.groups:
            self._stack.setCurrentWidget(self.results)
            if not is_as_shown:
                self.results.choose(max(at, 0))
        else:
            self._empty.tell(
                self.tr("Nothing found"),
                self.tr("Try fewer or other words, the beginning of a word with *, or clear what narrows.")
                if page.narrowing.is_empty
                else self.tr("Nothing fits what is ticked at the side. Clear it to see the others."),
            )
            self._stack.setCurrentWidget(self._empty)
            self.preview.show_nothing()

    def _counted(self, page: ResultsPage) -> str:
        passages = sum(group.total for group in page.groups)
        if page.total > len(page.groups):
            return plural(page.documents, self.tr("1 document"), self.tr("{} documents"))
        return self.tr("{} in {}").format(
            plural(passages, self.tr("1 passage"), self.tr("{} passages")),
            plural(page.documents, self.tr("1 document"), self.tr("{} documents")),
        )

    def _show_suggestion(self, words: str | None) -> None:
        self._suggestion.setText(words or "")
        self._suggestion.setVisible(bool(words))
        self._asked.setVisible(bool(words))

    def _take_suggestion(self) -> None:
        self.suggestion_taken.emit(self._suggestion.text())

    def _open(self, line: Line | None) -> None:
        match line:
            case MorePassages(group):
                self.more_passages_wanted.emit(group)
            case MoreDocuments():
                self.more_documents_wanted.emit()
            case PassageLine():
                self.opened.emit(line)


class ResultsList(QListView):
    """Arrows walk the passages, Enter opens; heads are stepped over."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("results")
        self.setAccessibleName(self.tr("Results"))
        self.lines = LinesModel()
        self.lines.setParent(self)
        self.setModel(self.lines)
        self._paints = ResultsDelegate(self)
        self.setItemDelegate(self._paints)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._chose)
        self.clicked.connect(self._click)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE)))

    def show_page(self, page: ResultsPage) -> None:
        self._paints.forget()
        self.lines.show(page)

    def shows(self, page: ResultsPage) -> bool:
        """Whether that is what stands here already: then nothing needs to move."""
        now = self.lines.page
        return now is not None and bool(page.groups) and (now.groups, now.total) == (page.groups, page.total)

    def line(self) -> Line | None:
        index = self.currentIndex()
        return index.data(LINE) if index.isValid() else None

    def choose(self, at: int) -> None:
        """The line `at`, or the next one below that can be chosen."""
        for row_at in _from(at, self.lines.rowCount()):
            index = self.lines.index(row_at, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return

    def step(self, by: int) -> None:
        """To the passage before or after."""
        at = self.currentIndex().row() + by
        while 0 <= at < self.lines.rowCount():
            index = self.lines.index(at, 0)
            if isinstance(index.data(LINE), PassageLine):
                self.setCurrentIndex(index)
                return
            at += by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.line())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._paints.forget()
        super().resizeEvent(event)

    def _chose(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(now.data(LINE) if now.isValid() else None)

    def _click(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if isinstance(line, MorePassages | MoreDocuments):
            self.opened.emit(line)


def _from(at: int, count: int) -> Sequence[int]:
    return [*range(max(0, at), count), *range(max(0, at) - 1, -1, -1)]
