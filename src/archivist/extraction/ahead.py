"""Documents read side by side, each in a child of its own, while the app works on what was read before.

The threads here only wait for children. What comes out is in the order of what went in.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

from archivist.extraction.sandbox import Sandbox
from archivist.model.document import Extraction, Unread

AT_ONCE = max(1, min(4, os.cpu_count() or 1))

T = TypeVar("T")
Answer = Extraction | Unread


@dataclass(frozen=True, slots=True)
class Waiting(Generic[T]):
    """Something of the caller's, and the document to be read for it; none where `read` is None."""

    item: T
    name: str = ""
    read: Callable[[], bytes] | None = None


def read_ahead(
    first: Sandbox, waiting: Iterable[Waiting[T]]
) -> Generator[tuple[T, Answer | None], None, None]:
    """Each item with what its document says; to be closed when it is not drawn to its end.

    `waiting` is drawn from as there is room: at most twice as many documents as are read at once
    are in memory. `first` is one of the sandboxes; the others live as long as this runs.
    """
    sandboxes = [first, *(first.another() for _ in range(AT_ONCE - 1))]
    idle: SimpleQueue[Sandbox] = SimpleQueue()
    for sandbox in sandboxes:
        idle.put(sandbox)

    def read(document: Callable[[], bytes], name: str) -> Answer:
        sandbox = idle.get()
        try:
            return sandbox.extract(document(), name)
        finally:
            idle.put(sandbox)

    under_way: deque[tuple[T, Future[Answer] | None]] = deque()
    crew = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reading")
    with closing(_End(crew, sandboxes)):
        for one in waiting:
            answer = crew.submit(read, one.read, one.name) if one.read else None
            under_way.append((one.item, answer))
            if sum(1 for _, pending in under_way if pending) >= 2 * AT_ONCE:
                yield _told(under_way.popleft())
        while under_way:
            yield _told(under_way.popleft())


def _told(one: tuple[T, Future[Answer] | None]) -> tuple[T, Answer | None]:
    item, pending = one
    return item, pending.result() if pending else None


@dataclass(frozen=True, slots=True)
class _End:
    """Lets nothing linger, also when the user stops in the middle of a document."""

    crew: ThreadPoolExecutor
    sandboxes: list[Sandbox]

    def close(self) -> None:
        self.crew.shutdown(wait=False, cancel_futures=True)
        for sandbox in self.sandboxes:
            sandbox.interrupt()
        self.crew.shutdown()
        for sandbox in self.sandboxes[1:]:
            sandbox.close()
