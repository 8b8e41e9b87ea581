"""Reading documents safely: every parser runs in a child that gets bytes and gives back plain data."""

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from archivist.extraction.answers import decode, decode_quads, failure_of
from archivist.extraction.child import CannotStart, Child, LevelMissing, start
from archivist.extraction.frames import Answer, Header, JobFailed
from archivist.extraction.guess import guess, possible_kinds
from archivist.extraction.page_children import PageChildren
from archivist.extraction.pages import PageReader
from archivist.extraction.reasons import WorkNotDone, reason
from archivist.extraction.styles import decode_styles
from archivist.model.anchor import Quad, Span
from archivist.model.document import Extraction, Unread
from archivist.model.sandbox import Failure, SafetyLevel
from archivist.model.styles import StyledText
from archivist.model.text import Text

LARGEST_DOCUMENT = 256 << 20

_SAFEST_FIRST = (SafetyLevel.FULL, SafetyLevel.KERNEL)
_found: SafetyLevel | None = None
_finding = threading.Lock()

T = TypeVar("T")


class Sandbox:
    """One child, started when first needed and again after each document that broke it.

    `level` is the best that this computer has, found by really trying it once in a process;
    tests force another. At level *none* documents are not read unless `allow_unsafe`.
    """

    def __init__(
        self,
        level: SafetyLevel | None = None,
        *,
        allow_unsafe: bool = False,
        more_jobs: Path | None = None,
    ) -> None:
        self._wanted = level
        self._allow_unsafe = allow_unsafe
        self._more_jobs = more_jobs
        self._child: Child | None = None
        self._turn = threading.Lock()
        self._page_children = PageChildren(self._level_to_read, more_jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def level(self) -> SafetyLevel:
        """What stands between a document and this computer. The first question starts a child.

        Raises:
            WorkNotDone: there is no room to find out.
        """
        if level := self._wanted or _found:
            return level
        with self._turn:
            try:
                return self._level()
            except CannotStart:
                raise WorkNotDone(Failure.NOT_STARTED) from None

    @property
    def is_running(self) -> bool:
        return self._child is not None

    def extract(self, data: bytes | memoryview, name: str, *, password: str = "") -> Extraction | Unread:
        """What the document says, or why it says nothing. A failure is a value."""
        start = bytes(data[:1024])
        guessed = guess(name, start)
        if not len(data):
            return Unread(guessed, reason(Failure.EMPTY))
        if len(data) > LARGEST_DOCUMENT:
            return Unread(guessed, reason(Failure.TOO_LARGE))
        understand = partial(decode, guessed=guessed, possible=possible_kinds(start))
        try:
            return self._ask("extract", {"name": name, "password": password}, data, understand)
        except JobFailed as error:
            return Unread(guessed, reason(error.failure))

    def rectangles(self, data: bytes | memoryview, *, page: int, span: Span, exact: str) -> tuple[Quad, ...]:
        """The boxes of words on a page of a PDF, counted from 1; none where they cannot be found.

        `span` is in code points of the page's canonical text.
        """
        place = {"page": page, "start": span.start, "end": span.end, "exact": exact}
        try:
            return self._ask("rectangles", place, data, _quads)
        except JobFailed:
            return ()

    def styles(self, data: bytes | memoryview, name: str, text: Text) -> StyledText | None:
        """How the document's words look, for its text that the archive holds.

        None where that cannot be had, or is that of another text: the words are then shown plain.
        """
        if not 0 < len(data) <= LARGEST_DOCUMENT:
            return None
        try:
            return self._ask("styles", {"name": name}, data, partial(_styles, text=text))
        except JobFailed:
            return None

    def run(self, job: str, header: Header, data: bytes | memoryview = b"") -> Answer:
        """Any job of `workers/jobs.py`; what comes back is bounded, but for the caller to check.

        The header is our own; `data` came from elsewhere, and is looked into by no child without walls.

        Raises:
            WorkNotDone: it failed.
        """
        try:
            answer, payload = self._ask(job, header, data, lambda *answer: answer)
        except JobFailed as error:
            raise WorkNotDone(error.failure) from None
        if "failure" in answer:
            raise WorkNotDone(failure_of(answer))
        return answer, payload

    def page_reader(self) -> PageReader:
        """Reads the pages of one document, in a child of its own; its owner closes it."""
        return PageReader(self._page_children.begin)

    def keep_page_reader_ready(self) -> None:
        """From now on, until `close`, a document that is opened need not wait for its child to start."""
        with suppress(CannotStart, JobFailed, WorkNotDone):  # then it waits, or is told why
            self._page_children.keep_one_ready()

    def another(self) -> "Sandbox":
        """A sandbox like this one, with a child of its own."""
        return Sandbox(self._wanted, allow_unsafe=self._allow_unsafe, more_jobs=self._more_jobs)

    def interrupt(self) -> None:
        """Have done with the document that another thread is having read, if there is one."""
        if self._turn.acquire(blocking=False):
            self._turn.release()
        elif (child := self._child) is not None:
            child.interrupt()

    def close(self) -> None:
        self._page_children.close()
        with self._turn:
            self._end()

    def _ask(
        self, job: str, header: Header, data: bytes | memoryview, understand: Callable[[Header, bytes], T]
    ) -> T:
        """What the child's answer means; a child that failed in any way is not asked again.

        Raises:
            JobFailed: it did, or there is none that may be asked.
        """
        with self._turn:
            try:
                child = self._running(will_read=len(data) > 0)
                return understand(*child.ask({**header, "job": job}, data))
            except JobFailed:
                self._end()
                raise
            except CannotStart:
                self._end()
                raise JobFailed(Failure.NOT_STARTED) from None

    def _level_to_read(self) -> SafetyLevel:
        level = self.level
        if not self._may_read():
            raise JobFailed(Failure.UNSAFE)
        return level

    def _may_read(self) -> bool:
        return self._level() is not SafetyLevel.NONE or (self._allow_unsafe and hasattr(os, "fork"))

    def _running(self, *, will_read: bool) -> Child:
        if will_read and not self._may_read():
            raise JobFailed(Failure.UNSAFE)
        if self._child is None or not self._child.is_fit():
            self._end()
            self._child = self._start()
        return self._child

    def _start(self) -> Child:
        level = self._level()
        return self._child or start(level, self._more_jobs)

    def _level(self) -> SafetyLevel:
        return self._wanted or _found or self._find()

    def _find(self) -> SafetyLevel:
        """The first level at which a child starts is this computer's; later children get no less."""
        global _found  # noqa: PLW0603  what the computer can do does not change while we run
        with _finding:
            if _found is None:
                _found = self._best()
            return _found

    def _best(self) -> SafetyLevel:
        for level in _SAFEST_FIRST if sys.platform == "linux" else ():
            with suppress(LevelMissing):
                self._child = start(level, self._more_jobs)
                return level
        return SafetyLevel.NONE

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()


def _quads(answer: Header, _: bytes) -> tuple[Quad, ...]:
    return () if "failure" in answer else decode_quads(answer)


def _styles(answer: Header, data: bytes, text: Text) -> StyledText | None:
    return None if "failure" in answer else decode_styles(answer, data, text)


def too_large(name: str) -> Unread:
    """What is said of a document beyond LARGEST_DOCUMENT, without taking it into memory."""
    return Unread(guess(name, b""), reason(Failure.TOO_LARGE))
