"""The index as the archive has it: asked here, written by a process of its own.

The indexer follows the history (see `indexer.py`). It gets its keys over a pipe, never as
arguments; it ends when the pipe closes, so it cannot outlive the archive that it serves.
"""

import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from archivist.model.errors import ArchivistError
from archivist.model.search import Answer, Found, Passage
from archivist.resources import python_command
from archivist.search.errors import IndexUnusable

if TYPE_CHECKING:
    from archivist.search.index import SearchIndex

Progress = Callable[[int, int], object]


class IndexerFailed(ArchivistError):
    """The indexing process ended; the archive itself is whole."""

    def __init__(self) -> None:
        super().__init__(
            "The search index could not be brought up to date; the archive is whole. Run “archivist reindex”."
        )


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
    """Answers searches; has the indexer bring the index up to date."""

    address: IndexAddress
    database: Path
    database_key: bytes | None
    _index: "SearchIndex | None" = field(default=None, init=False)
    _process: subprocess.Popen[str] | None = field(default=None, init=False)

    def find(self, query: str, *, kinds: frozenset[Found], limit: int) -> Answer:
        """What the index knows by now; nothing, and said so, where there is none that can be read."""
        try:
            return self._reader().find(query, kinds=kinds, limit=limit)
        except IndexUnusable as error:
            return Answer(query, 0, (), complete=False, remarks=(str(error),))

    def passage(self, query: str, text: str) -> Passage:
        return self._reader().passage(query, text)

    def stamp(self) -> int | None:
        """The last change of the history that the index holds; None if it must be built anew."""
        return self._reader().stamp()

    def start(self) -> None:
        """Let the indexer follow from now on, beside whatever else happens."""
        self._tell("follow")

    def catch_up(self, on_progress: Progress = lambda _done, _all: None) -> None:
        """Wait until everything that was done up to now can be found.

        Raises:
            IndexerFailed: the indexer ended before it was done.
        """
        self._tell("catch up")
        if self._process is None or self._process.stdout is None:
            raise IndexerFailed
        for line in self._process.stdout:
            told = json.loads(line)
            if told["what"] == "done":
                return
            if told["what"] == "progress":
                on_progress(told["done"], told["all"])
        self._end()
        raise IndexerFailed

    def rebuild(self, on_progress: Progress = lambda _done, _all: None) -> None:
        """Throw the index away and build it from the archive."""
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

    def _tell(self, order: str) -> None:
        pipe = self._indexer_input()
        try:
            pipe.write(order + "\n")
            pipe.flush()
        except BrokenPipeError as error:
            self._end()
            raise IndexerFailed from error

    def _indexer_input(self) -> IO[str]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                python_command("archivist.archive.indexer"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
            _input_of(self._process).write(json.dumps(self._introduction()) + "\n")
        return _input_of(self._process)

    def _introduction(self) -> dict[str, str | None]:
        return {
            "database": str(self.database),
            "database_key": self.database_key.hex() if self.database_key else None,
            "index_folder": str(self.address.folder),
            "index_key": self.address.key.hex(),
            "archive_id": self.address.archive_id,
        }

    def _end(self) -> None:
        """Close the pipe and wait: the indexer finishes its commit and goes."""
        if (process := self._process) is None:
            return
        self._process = None
        with suppress(BrokenPipeError):
            _input_of(process).close()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _input_of(process: subprocess.Popen[str]) -> IO[str]:
    if process.stdin is None:
        raise IndexerFailed
    return process.stdin
