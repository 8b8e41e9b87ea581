"""What happens while a query is typed, narrowed, and its hits are read."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from archivist.archive.archive import Archive
from archivist.model.browsing import Counts
from archivist.model.document import DocumentKind
from archivist.model.ids import CaseId, TagId
from archivist.model.results import Group, Narrowing, ResultsPage, ShownPassage
from archivist.model.search import Found
from archivist.services.browsing import counts
from archivist.services.results import Context, context_of, results_page, unfolded
from archivist.ui.places import CasePlace, DocumentPlace, SearchPlace
from archivist.ui.search.facets import Choice
from archivist.ui.search.lines import PassageLine
from archivist.ui.search.view import SearchView
from archivist.ui.session import Session
from archivist.ui.theme import hue_of
from archivist.ui.words import date_words, language_name

GROUPS, MORE = 12, 24


class SearchPresenter(QObject):
    """Joins the search page to its services; the newest query is the one that is answered."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.view = SearchView()
        self.setParent(self.view)
        self._session = session
        self._query = ""
        self._groups = GROUPS
        self._page: ResultsPage | None = None
        self._names: Counts | None = None
        view = self.view
        view.opened.connect(self._open)
        view.chosen.connect(self._show_context)
        view.narrowed.connect(lambda: self._ask(keep=False))
        view.suggestion_taken.connect(lambda words: session.go(SearchPlace(words)))
        view.more_passages_wanted.connect(self._more_passages)
        view.more_documents_wanted.connect(self._more_documents)
        session.tasks.changed.connect(self._refresh)

    def show(self, place: SearchPlace) -> None:
        is_same = place.query == self._query  # come back to: the passage that was read is still chosen
        if not is_same:
            self._query = place.query
            self._groups = GROUPS
            self._page = None
        if self._query.strip():
            self._ask(keep=is_same)
        else:
            self.view.show_waiting()

    def ask_again(self) -> None:
        """The index has followed what was done: other hits may be there now."""
        self._refresh()

    def focus(self) -> None:
        """Go into the results."""
        self.view.results.setFocus()

    # ---- asking

    def _ask(self, *, keep: bool) -> None:
        query, narrowing, groups = self._query, self._narrowing(), self._groups
        self._session.tasks.read(
            lambda archive: results_page(archive, query, narrowing, groups=groups),
            partial(self._show, keep),
            key="search",
        )
        if self._names is None:
            self._session.tasks.read(counts, self._learn_names, key="search names")

    def _refresh(self) -> None:
        """Something was done: names, tags and hits may be others now."""
        self._names = None
        if self.view.isVisible() and self._query.strip():
            self._ask(keep=True)

    def _show(self, keep: bool, page: ResultsPage) -> None:
        self._page = page
        self.view.show_page(page, keep=keep)
        self._show_facets()

    def _learn_names(self, known: Counts) -> None:
        self._names = known
        self._show_facets()

    def _narrowing(self) -> Narrowing:
        ticked = self.view.facets.ticked
        return Narrowing(
            found=frozenset(Found(value) for value in ticked("found")),
            kinds=frozenset(DocumentKind(value) for value in ticked("kinds")),
            languages=ticked("languages"),
            years=ticked("years"),
            tags=frozenset(TagId(value) for value in ticked("tags")),
            cases=frozenset(CaseId(value) for value in ticked("cases")),
        )

    # ---- facets

    def _show_facets(self) -> None:
        if self._page is None:
            return
        tallies, show = self._page.tallies, self.view.facets.show_choices
        found = {
            Found.DOCUMENT: self.tr("Documents"),
            Found.QUOTE: self.tr("Quotes"),
            Found.NOTE: self.tr("Notes"),
            Found.CASE: self.tr("Cases"),
        }
        kinds = {
            DocumentKind.PDF: self.tr("PDF"),
            DocumentKind.DOCX: self.tr("Word document"),
            DocumentKind.HTML: self.tr("Web page"),
            DocumentKind.TEXT: self.tr("Text"),
            DocumentKind.MARKDOWN: self.tr("Markdown"),
            DocumentKind.OTHER: self.tr("Other"),
        }
        show("found", [Choice(value, found[Found(value)], n) for value, n in tallies.found.items()])
        show("kinds", [Choice(value, kinds[DocumentKind(value)], n) for value, n in tallies.kinds.items()])
        show("languages", [Choice(code, language_name(code), n) for code, n in tallies.languages.items()])
        show("years", [Choice(year, year, n) for year, n in tallies.years.items()])
        if self._names is not None:
            tags = {str(tag.id): (tag.name, hue_of(tag.colour, tag.id)) for tag in self._names.tags}
            cases = {str(case.id): (case.name, hue_of(case.colour, case.id)) for case in self._names.cases}
            for facet, names, tally in (("tags", tags, tallies.tags), ("cases", cases, tallies.cases)):
                show(
                    facet,
                    [
                        Choice(one, names[one][0], n, names[one][1])
                        for one, n in tally.items()
                        if one in names
                    ],
                )

    # ---- reading

    def _open(self, line: PassageLine) -> None:
        group, passage = line.group, line.passage
        if group.document_id is not None:
            self._session.go(
                DocumentPlace(group.document_id, passage.span, passage.quote_id, query=self._query)
            )
        elif group.case is not None:
            self._session.go(CasePlace(group.case.id))

    def _show_context(self, line: object) -> None:
        if not isinstance(line, PassageLine):
            return
        group, passage = line.group, line.passage
        self.view.preview.show_place(line.number, self.view.results.lines.passages)
        if group.document_id is None or passage.span is None or group.row is None:
            name = group.case.name if group.case else group.row.document.title if group.row else ""
            self.view.preview.show_context(name, group.case.summary if group.case else "", None)
            return
        query, document_id, span = self._query, group.document_id, passage.span
        self._session.tasks.read(
            lambda archive: context_of(archive, query, document_id, span),
            partial(self._context, group, passage),
            key="search context",
        )

    def _context(self, group: Group, passage: ShownPassage, context: Context | None) -> None:
        row = group.row
        if row is None:
            return
        parts = [row.publisher, date_words(row.date) if row.date else ""]
        if passage.place and row.document.pages:
            parts.append(self.tr("page {} of {}").format(passage.place, row.document.pages))
        meta = " · ".join(part for part in parts if part)
        self.view.preview.show_context(row.document.title, meta, context)

    # ---- more

    def _more_passages(self, group: Group) -> None:
        document_id, query, narrowing = group.document_id, self._query, self._narrowing()
        if document_id is None:
            return

        def ask(archive: Archive) -> list[ShownPassage]:
            return unfolded(archive, query, document_id, narrowing)

        self._session.tasks.read(ask, partial(self._unfold, group), key="search passages")

    def _unfold(self, group: Group, passages: list[ShownPassage]) -> None:
        page = self._page
        if page is None or group not in page.groups:
            return
        whole = replace(group, passages=tuple(passages), total=len(passages))
        groups = tuple(whole if one is group else one for one in page.groups)
        self._page = replace(page, groups=groups)
        self.view.show_page(self._page, keep=True)

    def _more_documents(self) -> None:
        self._groups += MORE
        self._ask(keep=True)
