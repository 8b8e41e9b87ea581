"""Any deeds at all, undone to the beginning and done again to the end."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive
from archivist.model.anchor import Span
from archivist.model.colour import Colour
from archivist.model.document import Field
from archivist.model.errors import ArchivistError
from archivist.model.quote import Role
from archivist.services import annotating, browsing, organising, reading, undoing
from archivist.storage.triggers import TRACKED
from tests.unit.archive.contents import add_documents

T = TypeVar("T")
Picture = dict[str, list[dict[str, Any]]]

DEEDS = (
    *("marks", "edits_a_quote", "deletes_quotes", "restores_quotes", "adds_a_tag", "edits_a_tag"),
    *("merges_tags", "bins_a_tag", "adds_a_case", "edits_a_case", "merges_cases", "orders_a_case"),
    *("sets_a_role", "bins_a_case", "bins_documents", "edits_a_document", "reads"),
)
NAMES = ("Arrest", "Torture", "Fatima", "Ghassan", "“Isolation”")
COLOURS: tuple[str, ...] = ("", *Colour)
WORDS = "They came at night. They took my brother. Nobody said where to."


@dataclass(frozen=True, slots=True)
class User:
    """Does what is drawn to what there is, and to what lies in the bin."""

    archive: Archive
    draw: st.DataObject

    def begins(self) -> None:
        """Something for every deed to be done to."""
        documents = add_documents(self.archive, WORDS, WORDS + " Again.")
        top = organising.add_tag(self.archive, "Violence")
        organising.add_tag(self.archive, "Torture", parent=top.id)
        cases = [organising.add_case(self.archive, name) for name in ("Salma", "Yusuf")]
        for number, document in enumerate(documents * 2):
            link = ((cases[number % 2].id, Role.SUPPORTS), (cases[0].id, Role.CONTEXT))
            mark = annotating.Mark(("Violence", NAMES[number]), link[number // 3 :])
            annotating.quote_passage(self.archive, document, Span(number, number + 9), mark)

    def marks(self) -> None:
        if document := self.one(self.archive.documents.all()):
            start, case = self.draw.draw(st.integers(0, 40)), self.one(self.archive.cases.all())
            cases = ((case.id, self.role()),) if case else ()
            mark = annotating.Mark(tuple(self.some(NAMES)), cases, self.name(), self.colour())
            annotating.quote_passage(self.archive, document, Span(start, start + 12), mark)

    def edits_a_quote(self) -> None:
        if quote := self.one(self.archive.quotes.all()):
            cases = self.some(self.archive.cases.all())
            change = annotating.QuoteChange(
                note=self.name(),
                add_tags=tuple(self.some(NAMES)),
                remove_tags=tuple(self.some(quote.tags)),
                colour=self.colour(),
                add_cases=tuple((case.id, self.role()) for case in cases),
                remove_cases=tuple(link.case_id for link in self.some(quote.cases)),
            )
            annotating.edit_quote(self.archive, quote, change)

    def deletes_quotes(self) -> None:
        annotating.delete_quotes(self.archive, self.some(self.archive.quotes.all()))

    def restores_quotes(self) -> None:
        annotating.restore_quotes(self.archive, self.some(self.archive.quotes.deleted()))

    def adds_a_tag(self) -> None:
        parent = self.one(self.archive.tags.all())
        organising.add_tag(
            self.archive, self.name(), colour=self.colour(), parent=parent.id if parent else None
        )

    def edits_a_tag(self) -> None:
        if tag := self.one(self.archive.tags.all()):
            parent = self.one([None, *self.archive.tags.all()])
            changed = replace(
                tag, name=self.sure([tag.name, *NAMES]), parent_id=parent.id if parent else None
            )
            organising.save_tag(self.archive, changed)

    def merges_tags(self) -> None:
        if len(tags := self.archive.tags.all()) > 1:
            organising.merge_tags(self.archive, *self.draw.draw(st.permutations(tags))[:2])

    def bins_a_tag(self) -> None:
        if tag := self.one(self.archive.tags.all(deleted=True)):
            organising.restore_tag(self.archive, tag)
        elif tag := self.one(self.archive.tags.all()):
            organising.delete_tag(self.archive, tag)

    def adds_a_case(self) -> None:
        organising.add_case(self.archive, self.name(), aliases=self.some(NAMES), summary=self.name())

    def edits_a_case(self) -> None:
        if case := self.one(self.archive.cases.all()):
            quotes = [quote.id for quote in self.archive.quotes.all()]
            links = organising.Links(tuple(self.some(quotes)), tuple(self.some(quotes)), self.role())
            changed = replace(
                case, name=self.sure([case.name, *NAMES]), notes=self.name(), colour=self.colour()
            )
            organising.save_case(self.archive, changed, links)

    def merges_cases(self) -> None:
        if len(cases := self.archive.cases.all()) > 1:
            organising.merge_cases(self.archive, *self.draw.draw(st.permutations(cases))[:2])

    def orders_a_case(self) -> None:
        if case := self.one(self.archive.cases.all()):
            quotes = [quote.id for quote in self.archive.quotes.of_case(case.id)]
            organising.order_case(self.archive, case, self.draw.draw(st.permutations(quotes)))

    def sets_a_role(self) -> None:
        if (case := self.one(self.archive.cases.all())) and (quote := self.one(self.archive.quotes.all())):
            organising.set_role(self.archive, case, quote.id, self.role())

    def bins_a_case(self) -> None:
        if case := self.one(self.archive.cases.all(deleted=True)):
            organising.restore_case(self.archive, case)
        elif case := self.one(self.archive.cases.all()):
            organising.delete_case(self.archive, case)

    def bins_documents(self) -> None:
        organising.restore_documents(self.archive, self.some(self.archive.documents.all(deleted=True)))
        organising.delete_documents(self.archive, self.some(self.archive.documents.all()))

    def edits_a_document(self) -> None:
        if document := self.one(self.archive.documents.all()):
            fields = {Field.LANGUAGE: self.draw.draw(st.sampled_from(["en", "ar", ""]))}
            organising.edit_document(self.archive, document, title=self.name(), fields=fields)

    def reads(self) -> None:
        """No deed: nothing of it may stand in the way of undoing what is one."""
        if document := self.one(self.archive.documents.all()):
            reading.note_reading(self.archive, document.id, self.name())
            reading.save_draft(self.archive, "note", self.name())

    def one(self, things: Sequence[T]) -> T | None:
        return self.sure(things) if things else None

    def sure(self, things: Sequence[T]) -> T:
        return self.draw.draw(st.sampled_from(things))

    def some(self, things: Sequence[T]) -> list[T]:
        if not things:
            return []
        return self.draw.draw(st.lists(st.sampled_from(things), max_size=3, unique=True))

    def name(self) -> str:
        return self.sure(NAMES)

    def colour(self) -> str:
        return self.sure(COLOURS)

    def role(self) -> Role:
        return self.sure(list(Role))


@contextmanager
def an_archive() -> Iterator[Archive]:
    with tempfile.TemporaryDirectory() as folder:
        create_archive(Path(folder) / "Test.archivist", None)
        with open_archive(Path(folder) / "Test.archivist", None) as archive:
            yield archive


def living(archive: Archive) -> Picture:
    """All rows that are not marked as deleted; texts always stay."""
    return {
        table: [row for row in archive.db.table(table).rows_where(order_by="id") if not row["deleted"]]
        for table in TRACKED
        if table != "texts"
    }


@given(st.data(), st.lists(st.sampled_from(DEEDS), min_size=8, max_size=24))
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_all_that_was_done_can_be_undone_and_done_again(data: st.DataObject, deeds: list[str]) -> None:
    with an_archive() as archive:
        first = living(archive)
        user = User(archive, data)
        user.begins()
        for deed in deeds:
            with suppress(ArchivistError):  # a name is taken, a parent stands below
                getattr(user, deed)()
        last, counted = living(archive), browsing.counts(archive)

        while undoing.can_undo(archive)[0]:
            assert undoing.undo(archive).skipped == 0
        assert living(archive) == first
        while undoing.can_undo(archive)[1]:
            assert undoing.redo(archive).skipped == 0

        assert living(archive) == last
        assert browsing.counts(archive) == counted
        assert archive.history.verify() == []
