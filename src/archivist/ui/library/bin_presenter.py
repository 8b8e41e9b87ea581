"""Joins the bin to its services."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from archivist.archive.archive import Archive
from archivist.model.errors import ArchivistError
from archivist.services.browsing import deleted_things
from archivist.ui.library.bin_rows import BinRow, Restored, restore, rows_of
from archivist.ui.library.bin_view import BinView
from archivist.ui.places import BinPlace
from archivist.ui.session import Session
from archivist.ui.words import plural


def _rows(archive: Archive) -> list[BinRow]:
    return list(rows_of(deleted_things(archive)))


class BinPresenter(QObject):
    """Shows what was deleted; `view` is what stands in the window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.view = BinView()
        self.setParent(self.view)  # what it is told after its view has gone would reach nobody
        self._is_shown, self._cannot_read = False, False
        restoring = session.actions.add(
            "bin.restore",
            self.tr("Restore"),
            lambda: self._restore(self.view.table.selected()),
            shortcut="Ctrl+R",
            icon="arrow-counter-clockwise",
            scope=self.view,
        )
        self.view.add_tool(restoring)
        self.view.restore_wanted.connect(self._restore)
        self.view.chosen.connect(self._choose)
        self.view.came_back.connect(self._refresh)
        self.view.went_away.connect(lambda: session.actions.enable("bin.restore", when=False))
        session.tasks.changed.connect(self._refresh)
        self._choose()

    def show(self, place: BinPlace = BinPlace()) -> None:  # noqa: ARG002, B008 - there is one bin
        self._is_shown = True
        self._read()

    def _refresh(self) -> None:
        """Out of sight it can wait: coming back reads it again."""
        if self._is_shown and self.view.isVisible():
            self._read()

    def _read(self) -> None:
        def fail(error: ArchivistError) -> None:
            self._cannot_read = True
            self.view.notice.tell("error", str(error), offers=[(self.tr("Try again"), self._read)])

        self._session.tasks.read(_rows, self._take, failed=fail, key="bin")

    def _take(self, rows: list[BinRow]) -> None:
        if self._cannot_read:
            self.view.notice.clear()
            self._cannot_read = False
        self.view.show_rows(rows)
        self._choose()

    def _choose(self) -> None:
        self._session.actions.enable("bin.restore", when=self.view.table.selected_count() > 0)

    def _restore(self, rows: Sequence[BinRow]) -> None:
        def done(restored: Restored) -> None:
            if restored.refusals:
                self.view.notice.tell("error", " ".join(restored.refusals))
            else:
                self.view.notice.clear()
            if restored.count:
                one, many = self.tr("Restored 1 thing."), self.tr("Restored {} things.")
                self._session.say(plural(restored.count, one, many))

        def fail(error: ArchivistError) -> None:
            self.view.notice.tell("error", str(error))

        if rows:
            self._session.tasks.write(partial(restore, rows=rows), done, failed=fail)
