"""The process that writes the index: follows the history, from the stamp that the index carries.

Reads one introduction (paths and keys) and then orders from standard input, one a line:
`follow` to work through what there is, `catch up` to do so and say `done`. Ends with its
input, also in the middle of its work. The index and its stamp are one commit: after a stop
or a crash anywhere the work is done again.
"""

import json
import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from archivist.archive.entries import EntryMaker, Touched
from archivist.model.history import BEGINNING, Stamp
from archivist.model.search import Entry, Found
from archivist.search.errors import IndexUnusable
from archivist.search.index import SearchIndex
from archivist.storage.engine import Database, connect, reading
from archivist.storage.history import changed_rows, last_change, stamp_at
from archivist.storage.memory import no_core_dumps

SLICE = 4000  # changes of the history in one stretch: this bounds the memory
INTERVAL = 0.1  # seconds between two words to the app


class AppGone(Exception):
    """Nobody wants the work any more."""


@dataclass(slots=True)
class App:
    """The app that the index is written for: what it orders and what it is told, as descriptors of pipes.

    Every method but `is_listening` raises AppGone when the app has closed its end.
    """

    orders: int
    answers: int
    _silent_until: float = field(default=0.0, init=False)

    def report(self, done: int, everything: int) -> None:
        """Now and then say how far the work is, and make sure that it is still wanted."""
        now = time.monotonic()
        if now < self._silent_until:
            return
        self._silent_until = now + INTERVAL
        self.make_sure()
        if self.is_listening():
            self.say(what="progress", done=done, all=everything)

    def say(self, **told: object) -> None:
        try:
            os.write(self.answers, json.dumps(told).encode() + b"\n")
        except BrokenPipeError as error:
            raise AppGone from error

    def make_sure(self) -> None:
        if _events(self.orders, 0):  # that it was closed, poll tells unasked
            raise AppGone

    def is_listening(self) -> bool:
        """Whether a word would not have to wait; an app that only lets us follow reads nothing."""
        return bool(_events(self.answers, select.POLLOUT))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the history that goes into the index as one; from the beginning, it is all there is."""

    after: int
    upto: Stamp
    touched: Touched


@dataclass(frozen=True, slots=True)
class Indexer:
    """Brings the index of one archive up to date."""

    db: Database
    index: SearchIndex
    app: App

    def catch_up(self) -> None:
        """Follow the history to its end; an index that turns out to be damaged is built anew."""
        try:
            self._follow()
        except IndexUnusable:
            if self.index.stamp() is not None:
                raise  # it is whole and could not be written
            self._follow()

    def _follow(self) -> None:
        maker = EntryMaker(self.db)
        begin = None
        while True:
            with reading(self.db):
                stretch = self._next_stretch(maker)
                if stretch is None:
                    return
                begin = stretch.after if begin is None else begin
                entries = self._reported(maker.entries(stretch.touched), stretch, begin)
                if stretch.after == BEGINNING.change:
                    self.index.build(entries, stretch.upto)
                else:
                    self.index.apply(entries, maker.keys(stretch.touched), stretch.upto)

    def _next_stretch(self, maker: EntryMaker) -> Stretch | None:
        """What the index lacks, or a part of it; everything, where it is of another history."""
        stamp, last = self.index.stamp(), stamp_at(self.db, last_change(self.db))
        if stamp == last:
            return None
        if stamp is None or stamp == BEGINNING or stamp != stamp_at(self.db, stamp.change):
            return Stretch(BEGINNING.change, last, maker.everything())
        upto = stamp_at(self.db, stamp.change + SLICE)
        touched = maker.touched_by(changed_rows(self.db, stamp.change, upto.change))
        return Stretch(stamp.change, upto, touched)

    def _reported(self, entries: Iterator[Entry], stretch: Stretch, begin: int) -> Iterator[Entry]:
        """The entries, while the app is told how far in the history it is."""
        length, last = stretch.upto.change - stretch.after, last_change(self.db)
        done = 0
        for entry in entries:
            here = stretch.after + length * done // len(stretch.touched)
            self.app.report(here - begin, last - begin)
            yield entry
            done += entry.found is not Found.NOTE  # a note comes after its quote
        self.app.make_sure()


def main() -> int:
    no_core_dumps()
    introduction = json.loads(sys.stdin.readline())
    key = introduction["database_key"]
    db = connect(Path(introduction["database"]), bytes.fromhex(key) if key else None, read_only=True)
    index = SearchIndex(
        Path(introduction["index_folder"]),
        bytes.fromhex(introduction["index_key"]),
        introduction["archive_id"],
    )
    app = App(sys.stdin.fileno(), sys.stdout.fileno())
    with closing(db), index, suppress(AppGone):
        for order in sys.stdin:
            Indexer(db, index, app).catch_up()
            if order.strip() == "catch up":
                app.say(what="done")
    return 0


def _events(descriptor: int, wanted: int) -> list[tuple[int, int]]:
    poll = select.poll()
    poll.register(descriptor, wanted)
    return poll.poll(0)


if __name__ == "__main__":
    sys.exit(main())
