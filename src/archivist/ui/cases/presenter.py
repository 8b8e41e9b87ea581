"""Joins the page of a case to its services."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from archivist.model.browsing import Counts
from archivist.model.case import Case
from archivist.model.errors import ArchivistError
from archivist.model.ids import CaseId, DocumentId, QuoteId
from archivist.model.quote import Role
from archivist.services.browsing import counts
from archivist.ui.cases.content import CaseContent, QuoteLine, case_content
from archivist.ui.cases.deeds import CaseDeeds
from archivist.ui.cases.menu import CaseActions, Ways
from archivist.ui.cases.ordering import moved
from archivist.ui.cases.view import CaseView
from archivist.ui.places import CasePlace, DocumentPlace
from archivist.ui.session import Session
from archivist.ui.tags.choosing import choose_case_to_merge


class CasePresenter(QObject):
    """`view` is what stands in the window; `export_wanted` names the case that a pack is wanted of."""

    export_wanted = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case_id: CaseId | None = None
        self._is_stale = False
        self._moving = 0
        self.view = CaseView()
        self.deeds = CaseDeeds(session, self)
        self.actions = CaseActions(
            session,
            self.view,
            Ways(
                rename=self._begin_rename,
                merge=self.merge,
                delete=self.delete,
                open_quote=self.open_quote,
                set_role=self.set_role,
                move=self.move,
                copy=self.copy,
                take_out=self.take_out,
            ),
        )
        self._connect()
        session.tasks.changed.connect(self._refresh)

    def _connect(self) -> None:
        view, head, pane = self.view, self.view.header, self.view.pane
        view.came.connect(self._come)
        view.went.connect(self.actions.enable)
        view.quotes.chosen.connect(self.actions.enable)
        view.quotes.opened.connect(self.open_quote)
        view.quotes.menu_wanted.connect(lambda at: self._open_menu("quote_menu", self.actions.of_quote, at))
        view.quotes.lifting.dropped.connect(self._dropped)
        view.documents.opened.connect(lambda document: self._session.go(DocumentPlace(DocumentId(document))))
        head.renamed.connect(self._rename)
        head.recoloured.connect(
            lambda hue: self._on_case(lambda case: self.deeds.colour(case, hue, self._refuse))
        )
        head.export_wanted.connect(lambda: self._on_case(self.export_wanted.emit))
        head.menu_wanted.connect(lambda at: self._open_menu("case_menu", self.actions.of_case, at))
        pane.summarised.connect(
            lambda words: self._on_case(lambda case: self.deeds.summarise(case, words, self._refuse))
        )
        pane.noted.connect(
            lambda words: self._on_case(lambda case: self.deeds.note(case, words, self._refuse))
        )
        pane.name_added.connect(
            lambda name: self._on_case(lambda case: self.deeds.add_alias(case, name, self._refuse))
        )
        pane.name_removed.connect(
            lambda name: self._on_case(lambda case: self.deeds.remove_alias(case, name, self._refuse))
        )

    # ---- what it shows

    def show(self, place: CasePlace) -> None:
        if place.case_id != self._case_id:
            self.keep_drafts()
            self._case_id = place.case_id
        self._read()

    def keep_drafts(self) -> None:
        """Before another case comes, or the archive closes: what is being typed is kept."""
        if self.view.case is not None:
            self.view.pane.keep()
            self.view.header.name.keep()

    def _come(self) -> None:
        self.actions.enable()
        if self._is_stale:
            self._read()

    def _refresh(self) -> None:
        """Something was done somewhere; out of sight it can wait."""
        self._is_stale = True
        if self.view.isVisible() and not self._moving:
            self._read()

    def _read(self) -> None:
        case_id = self._case_id
        if case_id is None:
            return

        def fail(error: ArchivistError) -> None:
            self.view.show_missing(str(error))
            self.actions.enable()

        work = partial(case_content, case_id=case_id)
        self._session.tasks.read(work, self._take, failed=fail, key="case page")

    def _take(self, content: CaseContent) -> None:
        if self._moving or self.view.quotes.lifting.carried:
            self._is_stale = True
            return
        self._is_stale = False
        was_deleted = self.view.case is not None and self.view.case.deleted
        self.view.show_content(content)
        case = content.page.case
        if case.deleted:
            self.view.tell(
                "info",
                self.tr("This case is in the bin. Its quotes are where they were."),
                [(self.tr("Restore"), lambda: self.deeds.restore(case, self._refuse))],
            )
        elif was_deleted:
            self.view.notice.clear()
        self.actions.enable()

    # ---- the case

    def delete(self) -> None:
        self._on_case(lambda case: self.deeds.delete(case, self._refuse))

    def merge(self) -> None:
        """Ask into which, and say what will happen; the page goes over to that one."""
        case = self.view.case
        if case is None:
            return

        def ask(known: Counts) -> None:
            more = self.view.header.more
            picker = choose_case_to_merge(more, more.rect(), case, known.cases, self.deeds.merging_words)
            picker.chosen.connect(
                lambda into: self.deeds.merge(case.id, CaseId(into), self._go_to, self._refuse)
            )

        self.keep_drafts()
        self._session.tasks.read(counts, ask, key="case merge", failed=self._refuse)

    def _go_to(self, case: Case) -> None:
        self._session.go(CasePlace(case.id))

    def _begin_rename(self) -> None:
        self.view.header.name.setFocus()
        self.view.header.name.selectAll()

    def _rename(self, name: str) -> None:
        def refuse(error: ArchivistError) -> None:
            self.view.header.name.refused()
            self._refuse(error)

        self._on_case(lambda case: self.deeds.rename(case, name, lambda _: self.view.notice.clear(), refuse))

    # ---- its quotes

    def open_quote(self) -> None:
        """At its words, where they are found."""
        if line := self.view.quotes.current_line():
            self._session.go(DocumentPlace(line.row.document.id, span=line.row.span, quote_id=line.id))

    def set_role(self, role: Role) -> None:
        line = self.view.quotes.current_line()
        if line and line.role is not role:
            self._on_case(lambda case: self.deeds.set_role(case, line.id, role, self._refuse))

    def take_out(self) -> None:
        if line := self.view.quotes.current_line():
            self._on_case(lambda case: self.deeds.take_out(case, line.id, self._refuse))

    def copy(self) -> None:
        if line := self.view.quotes.current_line():
            QGuiApplication.clipboard().setText(_copied(line))
            self._session.say(self.tr("The words and their source are copied."))

    def move(self, step: int) -> None:
        """Up or down by one among those that are shown."""
        line = self.view.quotes.current_line()
        if line is None:
            return
        ids = self.view.quotes.quotes.ids
        at = ids.index(line.id)
        if 0 <= at + step < len(ids):
            self.view.quotes.quotes.move(at, at + step)
            self._keep_order(line.id, at + step)
            self.view.quotes.choose(line.id)

    def _dropped(self, quote_id: str, to: int) -> None:
        self._keep_order(QuoteId(quote_id), to)

    def _keep_order(self, quote_id: QuoteId, to: int) -> None:
        """The list shows the new order at once; what is read in between is older than that."""
        whole = [line.id for line in self.view.lines]
        order = moved(whole, self.view.quotes.quotes.ids, quote_id, to)
        self.view.keep_order(order)
        self.actions.enable()
        self._moving += 1

        def done(_: object = None) -> None:
            self._moving -= 1

        def refuse(error: ArchivistError) -> None:
            done()
            self._refuse(error)
            self._read()

        self._on_case(lambda case: self.deeds.order(case, order, done, refuse))

    # ---- both

    def _on_case(self, deed: Callable[[CaseId], object]) -> None:
        """On the case that is shown, which may be another than the one that is on its way."""
        if self.view.case is not None:
            deed(self.view.case.id)

    def _refuse(self, error: ArchivistError) -> None:
        self.view.tell("error", str(error))

    def _open_menu(self, name: str, actions: Sequence[QAction | None], at: QPoint) -> None:
        menu = QMenu(self.view)
        menu.setObjectName(name)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


def _copied(line: QuoteLine) -> str:
    return f"{line.words} ({line.source})"
