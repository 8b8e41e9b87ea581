"""Work off the window's thread. Beside `reader/engine.py` the only module that knows about threads.

Presenters send functions here and get plain values back, so widgets never touch the archive and
services never meet Qt. Four lanes, each a thread with its own open archive: writing, reading,
long reading (verify, export, backup), and one without an archive for what comes before.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from archivist.archive.archive import Archive
from archivist.archive.opening import open_companion
from archivist.model.errors import ArchiveNotOpened, ArchivistError
from archivist.ui.words import tr

BETWEEN_TELLINGS = 0.1  # seconds: no more than ten a second reach the window
WHILE_HELD = 0.05  # seconds between two looks for short deeds
BETWEEN_CHANGES = 1.0  # during a long write the lists refresh this often
OPENING_STUMBLED = "Archivist made a mistake while it opened the archive; nothing was changed. Try again."

T = TypeVar("T")
Failed = Callable[[ArchivistError], object]
Told = Callable[[list[Any]], object]


class Stopped(Exception):
    """The user has stopped this work; raised inside it."""


class Tell:
    """How long work speaks to the window: values one by one, handed over in batches.

    Calling it, or `pause`, raises Stopped once the user has stopped the work, and lets short
    deeds in between where the lane is one for writing.
    """

    def __init__(self, hand_over: Callable[[list[Any]], None], let_in: Callable[[], None]) -> None:
        self._hand_over = hand_over
        self._let_in = let_in
        self._waiting: list[Any] = []
        self._next = 0.0
        self.stopped = threading.Event()
        self.held = threading.Event()

    def __call__(self, value: Any) -> None:
        self._waiting.append(value)
        self.pause()

    def pause(self) -> None:
        if self._waiting and time.monotonic() >= self._next:
            self.flush()
        self._let_in()
        while self.held.is_set() and not self.stopped.is_set():
            self.stopped.wait(WHILE_HELD)
            self._let_in()
        if self.stopped.is_set():
            raise Stopped

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._next = time.monotonic() + BETWEEN_TELLINGS
        if waiting:
            self._hand_over(waiting)


class Running(QObject):
    """Long work under way. `finished` comes after its answer, its failure or its stop."""

    finished = Signal()

    def __init__(self, tell: Tell, parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self.is_running = True

    def stop(self) -> None:
        """Ask it to end; what it has kept so far stays."""
        self._tell.stopped.set()

    def hold(self, *, yes: bool) -> None:
        """Let it rest where it pauses next, or go on."""
        if yes:
            self._tell.held.set()
        else:
            self._tell.held.clear()

    def end(self) -> None:
        self.is_running = False
        self.finished.emit()
        self.deleteLater()


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive that is open now, as far as the window needs to know it."""

    folder: Path
    is_encrypted: bool
    remarks: tuple[str, ...]


def nothing(*_: object) -> None:
    """Take an answer that nobody needs."""


class Tasks(QObject):
    """Runs functions on the archive's threads and reports back on the window's."""

    opened = Signal(object)
    changed = Signal()
    failed = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loose = _Lane("before", lambda: None)
        self._lanes: dict[str, _Lane] = {}
        self._opening: dict[_Lane, None] = {}  # the newest last
        self._newest: dict[str, int] = {}
        self._long: set[Running] = set()
        self._is_closed = False
        self._posted.connect(_deliver, Qt.ConnectionType.QueuedConnection)

    # ---- opening and closing

    def open(
        self, opening: Callable[[], Archive], then: Callable[[Opened], object], *, failed: Failed
    ) -> None:
        """Open the archive on the writing lane; the reading ones get companions of it.

        Of two that are asked for at the same time only the newest is opened; the other is closed again.
        """
        writer = _Lane("writing", opening)
        self._opening[writer] = None

        def started(archive: Archive) -> Opened:
            bundle = archive.bundle
            return Opened(bundle.folder, bundle.encrypted, archive.remarks)

        def ready(opened: Opened) -> None:
            if self._lanes or writer is not next(reversed(self._opening)):
                discard()
                return
            del self._opening[writer]
            self._begin(writer)
            then(opened)
            self.opened.emit(opened)

        def ended() -> None:
            """A lane that opened nothing goes, and a mistake of ours leaves nobody waiting for an answer."""
            if writer in self._opening:
                refused(ArchiveNotOpened(tr("Tasks", OPENING_STUMBLED)))

        def refused(error: ArchivistError) -> None:
            discard()
            failed(error)

        def discard() -> None:
            del self._opening[writer]
            writer.close()

        self._report(writer.submit(started), ready, refused, ended=ended)

    def _begin(self, writer: "_Lane") -> None:
        def companion() -> Archive:
            original: Archive = writer.archive.result()
            return open_companion(original)

        self._lanes = {
            "write": writer,
            "read": _Lane("reading", companion),
            "aside": _Lane("reading at length", companion),
        }

    @property
    def is_open(self) -> bool:
        return bool(self._lanes)

    @property
    def is_busy(self) -> bool:
        """Whether long work is under way that closing would stop."""
        return bool(self._long)

    def close(self) -> None:
        """Stop what can be stopped, let the rest end, close the archive. Nothing is delivered afterwards."""
        self._is_closed = True
        for running in self._long:
            running.stop()
        for name in ("aside", "read", "write"):
            if lane := self._lanes.pop(name, None):
                lane.close()
        for lane in (*self._opening, self._loose):
            lane.close()

    # ---- short work

    def read(
        self,
        work: Callable[[Archive], T],
        then: Callable[[T], object],
        *,
        failed: Failed | None = None,
        key: str = "",
    ) -> None:
        """Ask the archive; of requests with one `key` only the newest is answered."""
        self._newest[key] = turn = self._newest.get(key, 0) + 1

        def is_newest() -> bool:
            return not key or self._newest[key] == turn

        def unless_stale(archive: Archive) -> T:
            if not is_newest():
                raise Stopped
            return work(archive)

        def deliver(answer: T) -> None:
            if is_newest():
                then(answer)

        if lane := self._lanes.get("read"):
            self._report(lane.submit(unless_stale), deliver, failed)

    def write(
        self,
        work: Callable[[Archive], T],
        then: Callable[[T], object] = nothing,
        *,
        failed: Failed | None = None,
    ) -> None:
        """Do a deed; `changed` follows its answer."""

        def finish(answer: T) -> None:
            then(answer)
            self.changed.emit()

        if lane := self._lanes.get("write"):
            self._report(lane.submit(work), finish, failed)

    def note(self, work: Callable[[Archive], object]) -> None:
        """Keep something that is no deed (a draft, where reading stopped): nobody needs to refresh."""
        if lane := self._lanes.get("write"):
            self._report(lane.submit(work), nothing, None)

    # ---- long work

    def write_long(
        self,
        work: Callable[[Archive, Tell], T],
        then: Callable[[T], object] = nothing,
        *,
        told: Told = nothing,
        failed: Failed | None = None,
        stopped: Callable[[], object] = nothing,
    ) -> Running:
        """A deed in many steps, e.g. an import; short ones slip in wherever it pauses."""
        last = 0.0

        def tell_changed(values: list[Any]) -> None:
            nonlocal last
            told(values)
            if time.monotonic() - last > BETWEEN_CHANGES:
                last = time.monotonic()
                self.changed.emit()

        lane = self._lanes["write"]
        running = self._start(lane, work, then, tell_changed, (failed, stopped), lane.let_in)
        running.finished.connect(self.changed)
        return running

    def aside(
        self,
        work: Callable[[Archive, Tell], T],
        then: Callable[[T], object] = nothing,
        *,
        told: Told = nothing,
        failed: Failed | None = None,
        stopped: Callable[[], object] = nothing,
    ) -> Running:
        """Long reading that keeps nobody waiting: verify, export, backup, opening an original."""
        return self._start(self._lanes["aside"], work, then, told, (failed, stopped), lambda: None)

    def without_archive(
        self,
        work: Callable[[Tell], T],
        then: Callable[[T], object] = nothing,
        *,
        told: Told = nothing,
        failed: Failed | None = None,
        stopped: Callable[[], object] = nothing,
    ) -> Running:
        """Long work before an archive is open: making one, restoring a backup."""

        def alone(_: Any, tell: Tell) -> T:
            return work(tell)

        return self._start(self._loose, alone, then, told, (failed, stopped), lambda: None)

    # ---- between the threads

    def _start(
        self,
        lane: "_Lane",
        work: Callable[[Any, Tell], T],
        then: Callable[[T], object],
        told: Told,
        otherwise: tuple[Failed | None, Callable[[], object]],
        let_in: Callable[[], None],
    ) -> Running:
        tell = Tell(lambda values: self._posted.emit(partial(self._unless_closed, told, values)), let_in)
        running = Running(tell, self)
        self._long.add(running)
        failed, stopped = otherwise

        def all_of_it(archive: Any) -> T:
            if tell.stopped.is_set():
                raise Stopped
            try:
                return work(archive, tell)
            finally:
                tell.flush()

        def ended() -> None:
            self._long.discard(running)
            running.end()

        self._report(lane.submit(all_of_it, is_long=True), then, failed, stopped=stopped, ended=ended)
        return running

    def _report(
        self,
        answer: "Future[T]",
        then: Callable[[T], object],
        failed: Failed | None,
        *,
        stopped: Callable[[], object] = nothing,
        ended: Callable[[], object] = nothing,
    ) -> None:
        def deliver(done: "Future[T]") -> None:
            if self._is_closed:
                return
            try:
                value = done.result()
            except Stopped:
                stopped()
            except ArchivistError as error:
                (failed or self.failed.emit)(error)
            else:
                then(value)
            finally:
                ended()

        # A signal is how Qt carries a call from a worker to the window's thread.
        answer.add_done_callback(lambda done: self._posted.emit(lambda: deliver(done)))

    def _unless_closed(self, told: Told, values: list[Any]) -> None:
        if not self._is_closed:
            told(values)


def _deliver(call: Callable[[], None]) -> None:
    call()


@dataclass(frozen=True, slots=True)
class _Job:
    run: Callable[[], None]
    is_long: bool


class _Lane:
    """One thread that owns one open archive, and does one thing after the other."""

    def __init__(self, name: str, opening: Callable[[], Any]) -> None:
        self.archive: Future[Any] = Future()
        self._jobs: deque[_Job] = deque()
        self._is_closing = False
        self._filled = threading.Condition()
        self._opening = opening
        self._thread = threading.Thread(target=self._run, name=name)
        self._thread.start()

    def submit(self, work: Callable[[Any], T], *, is_long: bool = False) -> "Future[T]":
        answer: Future[T] = Future()

        def run() -> None:
            try:
                value = work(self.archive.result())
            except BaseException as error:  # noqa: BLE001 - handed to whoever asked
                answer.set_exception(error)
            else:
                answer.set_result(value)

        with self._filled:
            self._jobs.append(_Job(run, is_long))
            self._filled.notify()
        return answer

    def let_in(self) -> None:
        """Called by long work on this thread: do what short work has come in meanwhile."""
        while job := self._short_one():
            job.run()

    def close(self) -> None:
        """Let it finish what it was given, close its archive, and wait for its end."""
        with self._filled:
            self._is_closing = True
            self._filled.notify()
        self._thread.join()

    def _short_one(self) -> _Job | None:
        with self._filled:
            for job in self._jobs:
                if not job.is_long:
                    self._jobs.remove(job)
                    return job
        return None

    def _next(self) -> _Job | None:
        with self._filled:
            while not self._jobs and not self._is_closing:
                self._filled.wait()
            return self._jobs.popleft() if self._jobs else None

    def _run(self) -> None:
        try:
            self.archive.set_result(self._opening())
        except BaseException as error:  # noqa: BLE001 - every job on this lane is told
            self.archive.set_exception(error)
        while job := self._next():
            job.run()
        if self.archive.exception() is None and (archive := self.archive.result()) is not None:
            archive.close()
