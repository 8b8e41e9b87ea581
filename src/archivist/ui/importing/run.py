"""An import as it is watched: what became of each file, and how fast it goes. Knows no widget."""

from collections import Counter, deque
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from archivist.model.document import Document
from archivist.services.importing import Failed, Imported, ImportResult, needs_password
from archivist.services.incoming import IncomingFile

WINDOW = 60.0  # seconds over which the speed is taken


class State(StrEnum):
    """Where a file stands; they exclude each other."""

    WAITING = "waiting"
    READING = "reading"
    NOT_BEGUN = "not begun"  # the run ended before their turn
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    PASSWORD = "password"  # noqa: S105 - a state, not a password
    NO_TEXT = "no text"
    FAILED = "failed"


UNDER_WAY = frozenset({State.WAITING, State.READING})
_LEFT = UNDER_WAY | {State.NOT_BEGUN}


@dataclass(slots=True)
class FileRow:
    """One file of the run; `document` is there once it is in the archive."""

    file: IncomingFile
    folder: str
    size: int
    state: State = State.WAITING
    document: Document | None = None
    error: str = ""

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def risks(self) -> int:
        """How many warnings there are besides the want of text."""
        if self.document is None or self.state in {State.PASSWORD, State.NO_TEXT}:
            return 0
        return len(self.document.warnings)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that will be imported."""

    file: IncomingFile
    folder: str
    size: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A file that is being read now."""

    path: Path


@dataclass(slots=True)
class Run:
    """All files of an import in the order in which they were found."""

    rows: list[FileRow] = field(default_factory=list)
    counts: Counter[State] = field(default_factory=Counter)
    risky: int = 0
    size: int = 0
    size_done: int = 0
    _by_path: dict[Path, int] = field(default_factory=dict)
    _done_at: deque[float] = field(default_factory=deque)

    @property
    def done(self) -> int:
        return len(self.rows) - sum(self.counts[state] for state in _LEFT)

    def add(self, found: FoundFile) -> None:
        self._by_path[found.file.path] = len(self.rows)
        self.rows.append(FileRow(found.file, found.folder, found.size))
        self.counts[State.WAITING] += 1
        self.size += found.size

    def begin(self, path: Path) -> int | None:
        """The row of the file that is being read now."""
        at = self._by_path.get(path)
        if at is not None and self.rows[at].state is State.WAITING:
            self._set(self.rows[at], State.READING)
        return at

    def end(self, result: ImportResult, now: float) -> int | None:
        """The row of the file that was dealt with; `now` in seconds of a steady clock."""
        at = self._by_path.get(result.file.path)
        if at is None:
            return None
        row = self.rows[at]
        if isinstance(result, Failed):
            row.error = result.error
            self._set(row, State.FAILED)
        else:
            row.document = result.document
            self._set(row, _state(result))
            self.risky += bool(row.risks)
        self.size_done += row.size
        self._done_at.append(now)
        while self._done_at and now - self._done_at[0] > WINDOW:
            self._done_at.popleft()
        return at

    def leave(self) -> list[int]:
        """The rows that will not be dealt with any more: the run has ended."""
        left = [at for at, row in enumerate(self.rows) if row.state in UNDER_WAY]
        for at in left:
            self._set(self.rows[at], State.NOT_BEGUN)
        return left

    def renew(self, document: Document) -> list[int]:
        """The rows of a document that was read again."""
        found = []
        for at, row in enumerate(self.rows):
            if row.document is not None and row.document.id == document.id:
                self.risky -= bool(row.risks)
                row.document = document
                if row.state is not State.DUPLICATE:
                    self._set(row, state_of(document))
                self.risky += bool(row.risks)
                found.append(at)
        return found

    def speed(self, now: float) -> float:
        """Files a second over the last minute; 0 while nothing can be said."""
        if len(self._done_at) < 2:
            return 0.0
        return len(self._done_at) / max(1.0, now - self._done_at[0])

    def seconds_left(self, now: float) -> float | None:
        speed = self.speed(now)
        left = len(self.rows) - self.done
        return left / speed if speed and left else None

    def _set(self, row: FileRow, state: State) -> None:
        self.counts[row.state] -= 1
        self.counts[state] += 1
        row.state = state


def state_of(document: Document) -> State:
    if document.characters:
        return State.IMPORTED
    return State.PASSWORD if needs_password(document) else State.NO_TEXT


def _state(result: ImportResult) -> State:
    if isinstance(result, Imported):
        return state_of(result.document)
    return State.FAILED if isinstance(result, Failed) else State.DUPLICATE
