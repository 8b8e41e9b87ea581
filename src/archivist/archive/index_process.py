"""The index as the archive has it: asked here, written by a process of its own.

The indexer follows the history (see `indexer.py`). It gets its keys over a pipe, never as
arguments; it ends when the pipe closes, so it cannot outlive the archive that it serves.
It may be stopped at any moment: the index and what it is complete up to are one commit.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from archivist.model.errors import ArchivistError
from archivist.model.history import Stamp
from archivist.model.search import Answer, Found, Passage
from archivist.resources import python_command
from archivist.search.errors import IndexUnusable

if TYPE_CHECKING:
    from archivist.search.index import SearchIndex

Progress = Callable[[int, int], object]
PATIENCE = 3.0  # seconds for the indexer to end


class IndexerFailed(ArchivistError):
    """The indexing process ended; the archive itself is whole."""

    def __init__(self) -> None:
        super().__init__(
            "The search index could not be brought up to date; the archive is whole,"
            " and the index can be built anew from it at any time."
        )


class IndexerProcess:
    """The indexer as a child of this process. What it does not take or answer raises IndexerFailed."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                python_command("archivist.archive.indexer"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C is for the app, which then ends it
            )
        except OSError as error:
            raise IndexerFailed from error
        self._orders = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    def order(self, line: str) -> None:
        try:
            self._orders.write(line.encode() + b"\n")
            self._orders.flush()
        except OSError as error:
            raise IndexerFailed from error

    def answers(self) -> Iterator[dict[str, Any]]:
        for line in self._answers:
            if line.endswith(b"\n"):
                yield json.loads(line)
        raise IndexerFailed

    def end(self) -> None:
        """Stop it at once, whatever it does."""
        with suppress(OSError):
            self._orders.close()
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._answers.close()


@dataclass(frozen=True, slots=True)
class IndexAddress:
    """Where an index is and what opens it."""

    folder: Path
    key: bytes
    archive_id: str

    def open(self) -> "SearchIndex":
        from archivist.search.index import SearchIndex  # noqa: PLC0415 - only who searches waits for it

        return SearchIndex(self.folder, self.key, self.archive_id)


@dataclass(slots=True)
class LiveIndex:
    """Answers searches; has the indexer bring the index up to date, unless it only reads: one writes."""

    address: IndexAddress
    database: Path
    database_key: bytes | None
    is_reader: bool = False
    _index: "SearchIndex | None" = field(default=None, init=False)
    _process: IndexerProcess | None = field(default=None, init=False)

    def find(self, query: str, *, kinds: frozenset[Found], limit: int) -> Answer:
        """What the index knows by now; nothing, and said so, where there is none that can be read."""
        try:
            return self._reader().find(query, kinds=kinds, limit=limit)
        except IndexUnusable as error:
            return Answer(query, 0, (), complete=False, remarks=(str(error),))

    def passage(self, query: str, text: str) -> Passage:
        return self._reader().passage(query, text)

    def passages(self, query: str, text: str) -> list[Passage]:
        return self._reader().passages(query, text)

    def stamp(self) -> Stamp | None:
        """The point of history up to which the index is complete; None if it must be built anew."""
        return self._reader().stamp()

    def start(self) -> None:
        """Let the indexer follow from now on, beside whatever else happens.

        Raises:
            IndexerFailed: it cannot be had.
        """
        with self._indexer() as indexer:
            indexer.order("follow")

    def catch_up(self, on_progress: Progress = lambda _done, _all: None) -> None:
        """Wait until everything that was done up to now can be found.

        `on_progress` is told which part of the work is done, in numbers that mean nothing else.

        Raises:
            IndexerFailed: the indexer ended before it was done.
        """
        with self._indexer() as indexer:
            indexer.order("catch up")
            for told in indexer.answers():
                if told["what"] == "done":
                    return
                on_progress(told["done"], told["all"])

    def rebuild(self, on_progress: Progress = lambda _done, _all: None) -> None:
        """Throw the index away and build it from the archive."""
        self._refuse_reader()
        self._end()
        self.close_reader()
        self.address.open().clear()
        self.catch_up(on_progress)

    def close_reader(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def close(self) -> None:
        self.close_reader()
        self._end()

    def _reader(self) -> "SearchIndex":
        if self._index is None:
            self._index = self.address.open()
        return self._index

    @contextmanager
    def _indexer(self) -> Iterator[IndexerProcess]:
        """The indexer, started if need be. Where it fails, or is waited for no longer, it is ended."""
        self._refuse_reader()
        try:
            if self._process is None:
                self._process = IndexerProcess()
                self._process.order(json.dumps(self._introduction()))
            yield self._process
        except BaseException:
            self._end()
            raise

    def _refuse_reader(self) -> None:
        if self.is_reader:
            raise RuntimeError("the index is written by the archive that this is a companion of")

    def _introduction(self) -> dict[str, str | None]:
        return {
            "database": str(self.database),
            "database_key": self.database_key.hex() if self.database_key else None,
            "index_folder": str(self.address.folder),
            "index_key": self.address.key.hex(),
            "archive_id": self.address.archive_id,
        }

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None
