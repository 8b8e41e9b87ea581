"""Children for the documents that are read, one of them ready before it is asked for."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from archivist.extraction.child import CannotStart, Child, begin, forget
from archivist.model.sandbox import SafetyLevel


class PageChildren:
    """Starts children that belong to whoever asks for them; only the one in reserve is ended here."""

    def __init__(self, level: Callable[[], SafetyLevel], more_jobs: Path | None = None) -> None:
        self._level = level
        self._more_jobs = more_jobs
        self._keeps_one = False
        self._reserve: Future[Child] | None = None
        self._turn = threading.Lock()

    def keep_one_ready(self) -> None:
        """From now on the next document need not wait for a child to start.

        Raises:
            CannotStart: there is no room for one.
        """
        with self._turn:
            self._keeps_one = True
            self._reserve = self._reserve or self._start()

    def begin(self) -> Future[Child]:
        """A child that is ready, or about to be.

        Raises:
            JobFailed: documents may not be read on this computer.
            CannotStart: there is no room for it.
        """
        with self._turn:
            reserve, self._reserve = self._reserve, None
            if reserve is None or not _is_good(reserve):
                reserve = self._start()
            if self._keeps_one:
                with suppress(CannotStart):
                    self._reserve = self._start()
            return reserve

    def close(self) -> None:
        with self._turn:
            self._keeps_one = False
            reserve, self._reserve = self._reserve, None
        if reserve is not None:
            forget(reserve)

    def _start(self) -> Future[Child]:
        return begin(self._level(), self._more_jobs, for_pages=True)


def _is_good(reserve: Future[Child]) -> bool:
    """Whether it is still starting, or has nothing against taking a document."""
    if not reserve.done():
        return True
    if reserve.exception() is None and reserve.result().is_fit():
        return True
    forget(reserve)
    return False
