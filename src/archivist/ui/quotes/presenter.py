"""The page of all quotes, joined to its services."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton

from archivist.archive.archive import Archive
from archivist.model.browsing import QuoteRow
from archivist.model.errors import ArchivistError
from archivist.model.ids import CaseId, QuoteId, TagId
from archivist.model.quote import Quote
from archivist.services.annotating import delete_quotes
from archivist.services.browsing import list_quotes, quote_rows
from archivist.services.citing import citation_of
from archivist.services.codebook import Codebook, codebook
from archivist.services.organising import add_case
from archivist.services.quote_lists import link_quotes, quotes_having, quotes_named, tag_quotes
from archivist.ui.places import DocumentPlace, QuotesPlace
from archivist.ui.quotes.draft import CaseChoice
from archivist.ui.quotes.page import QuotesFilter, QuotesPage
from archivist.ui.quotes.quick_bar import CASES, TAGS
from archivist.ui.quotes.together import Together
from archivist.ui.session import Session
from archivist.ui.tags.picker import Choice, Picker
from archivist.ui.theme import hue_of
from archivist.ui.words import plural


@dataclass(frozen=True, slots=True)
class _Listed:
    wanted: QuotesFilter
    ids: Sequence[QuoteId]
    known: Codebook


def _listed(archive: Archive, *, wanted: QuotesFilter) -> _Listed:
    ids: Sequence[QuoteId] = list_quotes(
        archive, tag=wanted.tag, case=wanted.case, colour=wanted.colour, review=wanted.review
    )
    ids = quotes_having(archive, ids, wanted.words)
    # Ids of quotes sort by the time of their making.
    return _Listed(wanted, sorted(ids, reverse=True) if wanted.newest_first else ids, codebook(archive))


class QuotesPresenter(QObject):
    """Shows places of quotes; `view` is what stands in the window."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = QuotesPage()
        self._wanted = QuotesFilter()
        self._known = Codebook()
        self._is_stale = True
        self._together: Together | None = None
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.list.quotes.rows_wanted.connect(self._fetch)
        view.list.opened.connect(self._open)
        view.list.part_wanted.connect(self._say_together)
        view.list.copy_wanted.connect(self._copy)
        view.list.delete_wanted.connect(self._delete)
        view.list.menu_wanted.connect(self._open_menu)
        view.words_typed.connect(
            lambda words: self._narrow(replace(self._wanted, words=" ".join(words.split())))
        )
        view.colour_chosen.connect(self._choose_colour)
        view.tag_wanted.connect(self._choose_tag)
        view.case_wanted.connect(self._choose_case)
        view.order_wanted.connect(lambda newest: self._narrow(replace(self._wanted, newest_first=newest)))
        view.cleared.connect(self._clear)
        view.shown.connect(self._catch_up)
        view.set_deeds(
            {
                "open": self._open_selected,
                TAGS: partial(self._say_together, TAGS),
                CASES: partial(self._say_together, CASES),
                "copy": self._copy,
                "delete": self._delete,
            }
        )
        self._session.tasks.changed.connect(self._refresh)

    # ---- places

    def show(self, place: QuotesPlace) -> None:
        """All of them, those with a tag, or those that need review; other filters stay as they are."""
        self._narrow(replace(self._wanted, tag=place.tag, review=place.review))

    # ---- reading

    def _narrow(self, wanted: QuotesFilter) -> None:
        self._wanted = wanted
        self.view.notice.clear()
        self._read()

    def _read(self) -> None:
        self._is_stale = False
        self._session.tasks.read(
            partial(_listed, wanted=self._wanted), self._take, failed=self._fail, key="quotes page"
        )

    def _take(self, listed: _Listed) -> None:
        self._known = listed.known
        self.view.show_filter(listed.wanted, self._tag_name(), self._case_name())
        self.view.show_ids(listed.ids, listed.wanted)

    def _fail(self, error: ArchivistError) -> None:
        """The list could not be read."""
        self.view.notice.tell("error", str(error), offers=[(self.tr("Try again"), self._try_again)])

    def _try_again(self) -> None:
        self._narrow(self._wanted)

    def _refuse(self, error: ArchivistError) -> None:
        """A deed was not done; the sentence stays until the next one, or another list."""
        self.view.notice.tell("error", str(error))

    def _refresh(self) -> None:
        """Out of sight it can wait."""
        self._is_stale = True
        self._catch_up()

    def _catch_up(self) -> None:
        if self._is_stale and self.view.isVisible():
            self._read()

    def _fetch(self, ids: Sequence[QuoteId]) -> None:
        def take(rows: list[QuoteRow]) -> None:
            self.view.list.quotes.take_rows(ids, rows)

        self._session.tasks.read(lambda archive: quote_rows(archive, ids), take, failed=self._fail)

    # ---- filters

    def _choose_colour(self, hue: str) -> None:
        """The one that holds is taken off by pressing it again."""
        self._narrow(replace(self._wanted, colour="" if self._wanted.colour == hue else hue))

    def _choose_tag(self) -> None:
        if self._wanted.tag:
            self._session.go(QuotesPlace())
            return
        choices = [
            Choice(tag.id, tag.name, hue_of(tag.colour, tag.id), tag.quotes) for tag in self._known.tags
        ]
        self._pick(
            self.tr("Show quotes with a tag"),
            choices,
            self.view.tag_chip,
            lambda key: self._session.go(QuotesPlace(TagId(key))),
        )

    def _choose_case(self) -> None:
        if self._wanted.case:
            self._narrow(replace(self._wanted, case=None))
            return
        choices = [
            Choice(
                case.id,
                case.name,
                hue_of(case.colour, case.id),
                case.quotes,
                also=case.aliases,
                sign="briefcase",
            )
            for case in self._known.cases
        ]
        self._pick(
            self.tr("Show quotes of a case"),
            choices,
            self.view.case_chip,
            lambda key: self._narrow(replace(self._wanted, case=CaseId(key))),
        )

    def _pick(
        self, name: str, choices: Sequence[Choice], chip: QPushButton, take: Callable[[str], object]
    ) -> None:
        self.view.show_filter(self._wanted, self._tag_name(), self._case_name())
        picker = Picker(self.view, name, self.tr("Show"))
        picker.offer(choices, lambda _: "")
        picker.chosen.connect(take)
        picker.closed.connect(picker.deleteLater)
        picker.open_at(QRect(chip.mapTo(self.view, chip.rect().topLeft()), chip.size()))

    def _clear(self) -> None:
        self.view.words.clear()
        self._wanted = QuotesFilter(newest_first=self._wanted.newest_first)
        self._session.go(QuotesPlace())
        self._read()

    def _tag_name(self) -> str:
        return next((tag.name for tag in self._known.tags if tag.id == self._wanted.tag), "")

    def _case_name(self) -> str:
        return next((case.name for case in self._known.cases if case.id == self._wanted.case), "")

    # ---- deeds

    def _open(self, row: QuoteRow) -> None:
        self._session.go(DocumentPlace(row.document.id, row.span, row.quote.id))

    def _open_selected(self) -> None:
        at = self.view.list.currentIndex()
        if at.isValid() and (row := self.view.list.quotes.row(at.row())):
            self._open(row)

    def _say_together(self, part: str) -> None:
        ids = self.view.list.selected_ids()
        if not ids:
            return
        if self._together is None:
            self._together = Together(self.view)
            self._together.tags_chosen.connect(self._tag)
            self._together.cases_chosen.connect(self._link)
        self._together.offer(self._known)
        self._together.open_for(part, len(ids), self.view.button_rect(part, self.view))

    def _tag(self, names: Sequence[str]) -> None:
        self._do(
            lambda archive, quotes: tag_quotes(archive, quotes, names),
            (self.tr("Tagged 1 quote."), self.tr("Tagged {} quotes.")),
        )

    def _link(self, cases: Sequence[CaseChoice]) -> None:
        def link(archive: Archive, quotes: Sequence[Quote]) -> None:
            known = [(case_id or add_case(archive, name).id, role) for case_id, name, role in cases]
            link_quotes(archive, quotes, known)

        self._do(link, (self.tr("Added 1 quote to the case."), self.tr("Added {} quotes to the case.")))

    def _delete(self) -> None:
        one = self.tr("Moved 1 quote to the bin. Undo (Ctrl+Z) brings it back.")
        many = self.tr("Moved {} quotes to the bin. Undo (Ctrl+Z) brings them back.")
        self._do(delete_quotes, (one, many))

    def _do(self, deed: Callable[[Archive, Sequence[Quote]], object], said: tuple[str, str]) -> None:
        ids = self.view.list.selected_ids()
        if not ids:
            return

        def work(archive: Archive) -> int:
            quotes = quotes_named(archive, ids)
            deed(archive, quotes)
            return len(quotes)

        def told(count: int) -> None:
            self._session.say(plural(count, *said))

        self.view.notice.clear()
        self._session.tasks.write(work, told, failed=self._refuse)

    def _copy(self) -> None:
        """One or many, each with its citation."""
        ids = self.view.list.selected_ids()
        if not ids:
            return

        def work(archive: Archive) -> str:
            return "\n\n".join(citation_of(archive, quote) for quote in quotes_named(archive, ids))

        def take(words: str) -> None:
            QGuiApplication.clipboard().setText(words)
            self._session.say(self.tr("Copied with citation."))

        self._session.tasks.read(work, take, failed=self._refuse, key="citations")

    def _open_menu(self, where: QPoint) -> None:
        menu = QMenu(self.view)
        for words, keys, deed in (
            (self.tr("Open"), "Enter", self._open_selected),
            (self.tr("Tag…"), "T", partial(self._say_together, TAGS)),
            (self.tr("Add to case…"), "C", partial(self._say_together, CASES)),
            (self.tr("Copy with citation"), "Ctrl+C", self._copy),
            (self.tr("Move to the bin"), "Del", self._delete),
        ):
            menu.addAction(f"{words}\t{keys}").triggered.connect(lambda _=False, deed=deed: deed())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)
