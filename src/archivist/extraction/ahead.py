"""Documents read side by side, each in a child of its own, while the app works on what was read before.

The threads here only wait for children. What comes out is in the order of what went in.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from queue import LifoQueue, SimpleQueue
from typing import Generic, TypeVar

from archivist.extraction.sandbox import Sandbox
from archivist.model.document import Extraction, Unread

AT_ONCE = max(1, min(4, os.cpu_count() or 1))
_PATIENCE = 0.02

T = TypeVar("T")
Answer = Extraction | Unread


def _nothing(*_: object) -> None:
    """Nobody is waiting for this."""


@dataclass(frozen=True, slots=True)
class Waiting(Generic[T]):
    """Something of the caller's, and the document to be read for it; none where `read` is None."""

    item: T
    name: str = ""
    read: Callable[[], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Meanwhile(Generic[T]):
    """What is called while documents are being read, by the thread that asks for their answers.

    `on_begin` is told of each item whose document is taken up; `on_wait` is called again and again, some
    fifty times a second, while an answer is waited for.
    """

    on_begin: Callable[[T], object] = _nothing
    on_wait: Callable[[], object] = _nothing


def read_ahead(
    first: Sandbox, waiting: Iterable[Waiting[T]], meanwhile: Meanwhile[T] | None = None
) -> Generator[tuple[T, Answer | None], None, None]:
    """Each item with what its document says; to be closed when it is not drawn to its end.

    `waiting` is drawn from as there is room: at most twice as many documents as are read at once
    are in memory. `first` is one of the sandboxes; the others live as long as this runs, and are
    started only when all before them have work.
    """
    meanwhile = meanwhile or Meanwhile()
    under_way: deque[tuple[T, Future[Answer] | None]] = deque()
    with closing(_Crew[T](first)) as crew:
        for one in waiting:
            under_way.append((one.item, crew.begin(one) if one.read else None))
            while under_way and (under_way[0][1] is None or len(under_way) >= 2 * AT_ONCE):
                yield _next(under_way, crew, meanwhile)
        while under_way:
            yield _next(under_way, crew, meanwhile)


def _next(
    under_way: deque[tuple[T, Future[Answer] | None]], crew: "_Crew[T]", meanwhile: Meanwhile[T]
) -> tuple[T, Answer | None]:
    item, pending = under_way.popleft()
    while pending and not wait([pending], _PATIENCE).done:
        crew.tell(meanwhile.on_begin)
        meanwhile.on_wait()
    crew.tell(meanwhile.on_begin)
    return item, pending.result() if pending else None


class _Crew(Generic[T]):
    """Threads, and a sandbox for each of them."""

    def __init__(self, first: Sandbox) -> None:
        self._sandboxes = [first, *(first.another() for _ in range(AT_ONCE - 1))]
        self._idle: LifoQueue[Sandbox] = LifoQueue()
        for sandbox in reversed(self._sandboxes):
            self._idle.put(sandbox)
        self._taken_up: SimpleQueue[T] = SimpleQueue()
        self._stopped = threading.Event()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reading")

    def begin(self, one: Waiting[T]) -> Future[Answer]:
        return self._threads.submit(self._read, one)

    def tell(self, on_begin: Callable[[T], object]) -> None:
        """Tell of what was taken up since the last time."""
        while not self._taken_up.empty():
            on_begin(self._taken_up.get())

    def close(self) -> None:
        """Lets nothing linger, also when the user stops in the middle of a document, and stops again."""
        self._stopped.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        try:
            self._give_up()
        finally:
            for sandbox in self._sandboxes[1:]:
                sandbox.interrupt()
                sandbox.close()

    def _read(self, one: Waiting[T]) -> Answer:
        sandbox = self._idle.get()
        try:
            if self._stopped.is_set() or one.read is None:
                raise CancelledError
            self._taken_up.put(one.item)
            return sandbox.extract(one.read(), one.name)
        finally:
            self._idle.put(sandbox)

    def _give_up(self) -> None:
        """Again and again: a thread may be between fetching its document and having it read."""
        while self._idle.qsize() < len(self._sandboxes):
            for sandbox in self._sandboxes:
                sandbox.interrupt()
            time.sleep(_PATIENCE)
        self._threads.shutdown()
