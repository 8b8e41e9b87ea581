"""Any history at all, against a model that keeps whole pictures: what lives before and after a deed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from archivist.model.errors import NothingToUndo
from archivist.model.ids import DeedId, new_id
from archivist.storage import engine
from archivist.storage.database import create_database, open_database
from archivist.storage.history import History
from archivist.storage.triggers import TRACKED
from tests.unit.storage.conftest import DEVICE, KEY
from tests.unit.storage.rows import add_document, add_quote, add_tag, add_text, edit, put_tag_on

Picture = dict[str, dict[str, dict[str, Any]]]
TITLES = st.text(max_size=8)


class Histories(RuleBasedStateMachine):
    """One device: undo brings back the picture before a deed, redo the one after it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "archive.db"
        create_database(self.path, KEY)
        self.done: list[tuple[Picture, Picture]] = []
        self.undone: list[tuple[Picture, Picture]] = []
        self.ids: dict[str, list[str]] = {table: [] for table in TRACKED}
        self.open()

    def open(self) -> None:
        self.db = open_database(self.path, KEY, backups=self.path.parent)
        self.history = History(self.db, DEVICE)

    def teardown(self) -> None:
        engine.close(self.db)
        self.folder.cleanup()

    def living(self) -> Picture:
        """All that is not marked as deleted; texts always stay."""
        return {
            table: {row["id"]: row for row in self.db.table(table).rows if not row["deleted"]}
            for table in TRACKED
            if table != "texts"
        }

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Takes a picture before and after; a deed that changed nothing at all is none."""
        before, last = self.living(), self.history.last_change()
        yield
        if self.history.last_change() != last:
            self.done.append((before, self.living()))
            self.undone.clear()

    @initialize()
    def import_one(self) -> None:
        self.import_some(1, "")

    @rule(count=st.integers(1, 3), title=TITLES)
    def import_some(self, count: int, title: str) -> None:
        run = DeedId(new_id())
        with self.noted():
            for _ in range(count):
                with self.history.deed("import", deed_id=run):
                    document = add_document(self.db, title)
                    text = add_text(self.db, document)
                    edit(self.db, "documents", document, text_id=text)
                    self.ids["documents"].append(document)

    @rule(data=st.data(), note=TITLES, names=st.lists(TITLES.filter(bool), max_size=2, unique=True))
    def quote(self, data: st.DataObject, note: str, names: list[str]) -> None:
        with self.noted(), self.history.deed("quote"):
            quote = add_quote(self.db, data.draw(st.sampled_from(self.ids["documents"])), note)
            self.ids["quotes"].append(quote)
            for name in names:
                known = self.db.execute(
                    "SELECT id FROM tags WHERE name = ? AND NOT deleted", [name]
                ).fetchone()
                tag = known[0] if known else add_tag(self.db, name)
                self.ids["quote_tags"].append(put_tag_on(self.db, quote, tag))
                self.ids["tags"].append(tag)

    @rule(
        data=st.data(),
        edits=st.lists(st.tuples(TITLES, st.sampled_from([None, "ar", "fr"])), max_size=4),
        together=st.booleans(),
    )
    def edit_a_document(
        self, data: st.DataObject, edits: list[tuple[str, str | None]], *, together: bool
    ) -> None:
        """All in one transaction, or each in its own, of one deed."""
        document, run = data.draw(st.sampled_from(self.ids["documents"])), DeedId(new_id())
        with self.noted():
            for part in [edits] if together else [[each] for each in edits]:
                with self.history.deed("edit document", deed_id=run):
                    for title, language in part:
                        edit(self.db, "documents", document, title=title, language=language)

    @rule(
        data=st.data(),
        table=st.sampled_from(["documents", "quotes", "tags", "quote_tags"]),
        deleted=st.booleans(),
    )
    def delete_or_restore(self, data: st.DataObject, table: str, *, deleted: bool) -> None:
        if not self.ids[table]:
            return
        with self.noted(), self.history.deed("delete"):
            edit(self.db, table, data.draw(st.sampled_from(self.ids[table])), deleted=int(deleted))

    @rule()
    def fail(self) -> None:
        before = self.living()
        with suppress(ZeroDivisionError), self.history.deed("fail"):
            add_document(self.db)
            _ = 1 / 0
        assert self.living() == before

    @rule()
    def undo(self) -> None:
        if not self.done:
            self._nothing_to("undo")
            return
        self.history.undo()
        self.undone.append(self.done.pop())
        assert self.living() == self.undone[-1][0]

    @rule()
    def redo(self) -> None:
        if not self.undone:
            self._nothing_to("redo")
            return
        self.history.redo()
        self.done.append(self.undone.pop())
        assert self.living() == self.done[-1][1]

    def _nothing_to(self, flip: str) -> None:
        before = self.living()
        try:
            getattr(self.history, flip)()
        except NothingToUndo:
            assert self.living() == before
        else:
            raise AssertionError(flip)

    @precondition(lambda self: len(self.done) > 2)
    @rule()
    def reopen(self) -> None:
        engine.close(self.db)
        self.open()

    @invariant()
    def history_accounts_for_everything(self) -> None:
        assert self.history.verify() == []


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a step takes some 20 ms: looking for the shortest failure would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
