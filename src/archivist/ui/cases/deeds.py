"""What can be done with cases, wherever they are shown: sent to the archive, and told in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.errors import ArchivistError
from archivist.model.ids import CaseId, QuoteId, name_key
from archivist.model.quote import Role
from archivist.services.naming import find_case
from archivist.services.organising import (
    Links,
    add_case,
    delete_case,
    merge_cases,
    order_case,
    restore_case,
    save_case,
    set_role,
)
from archivist.ui.session import Session
from archivist.ui.tasks import nothing
from archivist.ui.words import isolate, plural

T = TypeVar("T")
Refused = Callable[[ArchivistError], object]


class CaseDeeds(QObject):
    """Sends deeds on cases. They are read anew first: what is shown may be older than what is kept.

    `refused` hears why one was not done; the status line does where nobody listens.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    # ---- the case

    def add(
        self, name: str, then: Callable[[Case], object] = nothing, refused: Refused | None = None
    ) -> None:
        self._do(lambda archive: add_case(archive, name), then, refused)

    def rename(
        self,
        case_id: CaseId,
        name: str,
        then: Callable[[Case], object] = nothing,
        refused: Refused | None = None,
    ) -> None:
        self._do(partial(_change, case_id, lambda case: replace(case, name=name)), then, refused)

    def colour(self, case_id: CaseId, hue: str, refused: Refused | None = None) -> None:
        self._do(partial(_change, case_id, lambda case: replace(case, colour=hue)), nothing, refused)

    def summarise(self, case_id: CaseId, summary: str, refused: Refused | None = None) -> None:
        self._do(partial(_change, case_id, lambda case: replace(case, summary=summary)), nothing, refused)

    def note(self, case_id: CaseId, notes: str, refused: Refused | None = None) -> None:
        self._do(partial(_change, case_id, lambda case: replace(case, notes=notes)), nothing, refused)

    def add_alias(self, case_id: CaseId, alias: str, refused: Refused | None = None) -> None:
        def with_it(case: Case) -> Case:
            return replace(case, aliases=(*case.aliases, alias))

        self._do(partial(_change, case_id, with_it), nothing, refused)

    def remove_alias(self, case_id: CaseId, alias: str, refused: Refused | None = None) -> None:
        def without_it(case: Case) -> Case:
            kept = tuple(name for name in case.aliases if name_key(name) != name_key(alias))
            return replace(case, aliases=kept)

        self._do(partial(_change, case_id, without_it), nothing, refused)

    def merge(
        self,
        case_id: CaseId,
        into_id: CaseId,
        then: Callable[[Case], object] = nothing,
        refused: Refused | None = None,
    ) -> None:
        def work(archive: Archive) -> tuple[Case, Case]:
            case, into = find_case(archive, case_id), find_case(archive, into_id)
            return case, merge_cases(archive, case, into)

        def told(done: tuple[Case, Case]) -> None:
            sentence = self.tr("{case} is merged into {into}. Ctrl+Z takes it back.")
            self._session.say(sentence.format(case=_named(done[0]), into=_named(done[1])))
            then(done[1])

        self._do(work, told, refused)

    def delete(self, case_id: CaseId, refused: Refused | None = None) -> None:
        def told(case: Case) -> None:
            sentence = self.tr("The case {} is in the bin; its quotes stay. Ctrl+Z brings it back.")
            self._session.say(sentence.format(_named(case)))

        self._do(lambda archive: delete_case(archive, find_case(archive, case_id)), told, refused)

    def restore(self, case: Case, refused: Refused | None = None) -> None:
        def told(restored: Case) -> None:
            self._session.say(self.tr("The case {} is back.").format(_named(restored)))

        self._do(lambda archive: restore_case(archive, case), told, refused)

    def merging_words(self, case: Case, into_name: str) -> str:
        """What will happen, before it does."""
        gets = plural(case.quotes, self.tr("1 quote goes into {into}"), self.tr("{} quotes go into {into}"))
        words = self.tr("{gets}, with all names and notes; {case} goes to the bin. Ctrl+Z takes it back.")
        return words.format(gets=gets.format(into=f"“{isolate(into_name)}”"), case=_named(case))

    # ---- its quotes

    def order(
        self,
        case_id: CaseId,
        quote_ids: Sequence[QuoteId],
        then: Callable[[None], object] = nothing,
        refused: Refused | None = None,
    ) -> None:
        self._do(lambda archive: order_case(archive, find_case(archive, case_id), quote_ids), then, refused)

    def set_role(
        self, case_id: CaseId, quote_id: QuoteId, role: Role, refused: Refused | None = None
    ) -> None:
        self._do(
            lambda archive: set_role(archive, find_case(archive, case_id), quote_id, role), nothing, refused
        )

    def take_out(self, case_id: CaseId, quote_id: QuoteId, refused: Refused | None = None) -> None:
        """Out of the case; the quote stays in its document."""

        def work(archive: Archive) -> Case:
            return save_case(archive, find_case(archive, case_id), Links(remove=(quote_id,)))

        def told(case: Case) -> None:
            sentence = self.tr("The quote is out of {}; it stays in its document. Ctrl+Z puts it back.")
            self._session.say(sentence.format(_named(case)))

        self._do(work, told, refused)

    def _do(self, work: Callable[[Archive], T], then: Callable[[T], object], refused: Refused | None) -> None:
        self._session.tasks.write(work, then, failed=refused or self._say)

    def _say(self, error: ArchivistError) -> None:
        self._session.say(str(error))


def _change(case_id: CaseId, change: Callable[[Case], Case], archive: Archive) -> Case:
    return save_case(archive, change(find_case(archive, case_id)))


def _named(case: Case) -> str:
    return f"“{isolate(case.name)}”"
