"""One zygote and the pipes to it; `workers/zygote.py` and `workers/wire.py` are the other end."""

import contextlib
import os
import selectors
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.extraction.canvas import Canvas
from archivist.extraction.frames import Answer, Frame, Header, JobFailed, chunks, frame, is_whole, unpack
from archivist.extraction.starting import command, pipe, start_process
from archivist.model.sandbox import Failure, SafetyLevel

if TYPE_CHECKING:
    import subprocess

STANDS, READY, DONE = b"S", b"R", b"D"

SECONDS_TO_START = 60.0
SECONDS_TO_END = 10.0
SECONDS_FOR_A_JOB = 30.0
BYTES_PER_SECOND = 1_000_000
SECONDS_TO_STOP = 2.0
_AT_ONCE = 1 << 16
_BETWEEN_DOUBTS = 0.03
_STOP = b"".join(frame({"do": "stop"}))


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox")


_starter = _one_thread()

Wanted = Callable[[], bool]


class CannotStart(Exception):
    """No child could be started: there was no room for one, or it did not come up."""


class LevelMissing(CannotStart):
    """This computer does not have that level."""


class Child:
    """A zygote behind the walls of `level`, in a session of its own so that Ctrl+C is ours alone to see.

    After a JobFailed it is dead; nothing that a document has had its hands on is used again.
    One `for_pages` stays with its document: after the first job, `ask_more`.
    """

    def __init__(self, level: SafetyLevel, more_jobs: Path | None = None, *, for_pages: bool = False) -> None:
        self.level = level
        self.canvas: Canvas | None = None
        self._is_ready = False
        self._owes_done = False
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = threading.Lock()
        self._jobs = self._answers = self._control = -1
        try:
            self.canvas = Canvas() if for_pages else None
            self._come_up(more_jobs)
        except BaseException as error:
            self.kill()
            if isinstance(error, OSError):
                raise CannotStart(level) from error
            raise

    def is_fit(self) -> bool:
        """Whether another document may go in: the copy that had the last one is dead and left nothing behind.

        Asked before a job rather than after it, so that the copy dies while the app works on.
        """
        if self._owes_done:
            self._owes_done = not self._says(DONE, SECONDS_TO_END)
        return not self._owes_done and self._is_alive() and not self._take(bytearray())

    def ask(self, header: Header, data: bytes | memoryview) -> Answer:
        """Sends one job and returns its answer.

        Raises:
            JobFailed: the copy died, took too long, or answered too much or out of order.
            CannotStart: the zygote did not get as far as taking a job.
        """
        answer = self._ask(header, data, SECONDS_FOR_A_JOB + len(data) / BYTES_PER_SECOND, None)
        self._owes_done = True
        return answer

    def ask_more(self, header: Header, seconds: float, is_wanted: Wanted | None = None) -> Answer:
        """Asks something about the document that the copy has open.

        Once the answer is not wanted any more the copy is told so, and has little time to come to an end.

        Raises:
            JobFailed: as `ask`.
        """
        return self._ask(header, b"", seconds, is_wanted)

    def _ask(
        self, header: Header, data: bytes | memoryview, seconds: float, is_wanted: Wanted | None
    ) -> Answer:
        try:
            self._get_ready()
            patience = _Patience(time.monotonic() + seconds, is_wanted, self._stop)
            return unpack(self._exchange(frame(header, data), patience))
        except BaseException:
            self.kill()
            raise

    def interrupt(self) -> None:
        """Ends the whole group from another thread than the one that asks; that one is told so."""
        with self._ending:
            self._kill_group()

    def kill(self) -> None:
        """Ends the whole group; may be called twice."""
        for descriptor in (self._jobs, self._answers, self._control):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        self._jobs = self._answers = self._control = -1
        if self.canvas is not None:
            self.canvas.close()
        with self._ending:  # once it is buried its number may be another's
            self._kill_group()
            process, self._process = self._process, None
            if process is not None:
                process.wait()

    def _kill_group(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _get_ready(self) -> None:
        if not self._is_ready and not self._says(READY, SECONDS_TO_START):
            raise CannotStart(self.level)
        self._is_ready = True

    def _come_up(self, more_jobs: Path | None) -> None:
        with contextlib.ExitStack() as theirs:
            job_end, self._jobs = pipe(theirs, ours="write")
            answer_end, self._answers = pipe(theirs, ours="read")
            control_end, self._control = pipe(theirs, ours="read")
            ends = [job_end, answer_end, control_end]
            if self.canvas is not None:
                ends.append(self.canvas.descriptor)
            words = command(self.level, [",".join(map(str, ends))], more_jobs=more_jobs)
            if words is None:
                raise LevelMissing(self.level)
            self._process = start_process(words, ends)
        if not self._says(STANDS, SECONDS_TO_START):
            raise LevelMissing(self.level)

    def _exchange(self, parts: Frame, patience: "_Patience") -> bytes:
        answer = bytearray()
        unsent = chunks(parts)
        chunk: memoryview | None = next(unsent)
        with selectors.DefaultSelector() as ready:
            ready.register(self._jobs, selectors.EVENT_WRITE)
            ready.register(self._answers, selectors.EVENT_READ)
            ready.register(self._control, selectors.EVENT_READ)
            while not is_whole(answer):
                heard = patience.hear(ready)
                if self._jobs in heard and chunk is not None:
                    chunk = self._send(chunk) or next(unsent, None)
                    if chunk is None:
                        ready.unregister(self._jobs)
                if self._answers in heard:
                    if not self._take(answer):  # closed: the control pipe tells why, or time runs out
                        ready.unregister(self._answers)
                elif self._control in heard:
                    is_done = os.read(self._control, 1) == DONE
                    raise JobFailed(Failure.MALFORMED if is_done else Failure.CRASHED)
        if chunk is not None:
            raise JobFailed(Failure.MALFORMED)
        return bytes(answer)

    def _stop(self) -> None:
        """Says that the answer is not wanted any more."""
        try:
            rest = self._send(memoryview(_STOP))
        except BlockingIOError:
            raise JobFailed(Failure.MALFORMED) from None
        if rest:
            raise JobFailed(Failure.MALFORMED)

    def _send(self, chunk: memoryview) -> memoryview:
        try:
            return chunk[os.write(self._jobs, chunk) :]
        except BrokenPipeError:
            raise JobFailed(Failure.CRASHED) from None

    def _take(self, answer: bytearray) -> bool:
        """Adds what is there to `answer`; False where nothing is there."""
        try:
            part = os.read(self._answers, _AT_ONCE)
        except BlockingIOError:
            return False
        answer += part
        return bool(part)

    def _says(self, expected: bytes, seconds: float) -> bool:
        """Waits for one word of the zygote."""
        with selectors.DefaultSelector() as ready:
            ready.register(self._control, selectors.EVENT_READ)
            return bool(ready.select(seconds)) and os.read(self._control, 1) == expected

    def _is_alive(self) -> bool:
        """Looks without burying: the number of the group must stay ours until `kill`."""
        if self._process is None:
            return False
        try:
            ended = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return False
        return ended is None


def start(level: SafetyLevel, more_jobs: Path | None = None) -> Child:
    """A child that lives as long as it is wanted, whichever thread asks for it.

    Raises:
        CannotStart: there was no room, or this computer does not have the level.
    """
    starting = begin(level, more_jobs)
    try:
        return starting.result()
    except KeyboardInterrupt:
        forget(starting)
        raise


def begin(level: SafetyLevel, more_jobs: Path | None = None, *, for_pages: bool = False) -> Future[Child]:
    """A child to be waited for, or forgotten.

    Linux ends what was started with `--die-with-parent` when the *thread* that started it
    ends, and the threads of an app come and go: all children are started by one that stays.

    Raises:
        CannotStart: there was no room.
    """
    global _starter  # noqa: PLW0603  one that could not make its thread would do what it was told later
    try:
        return _starter.submit(Child, level, more_jobs, for_pages=for_pages)
    except RuntimeError:
        _starter = _one_thread()
        raise CannotStart(level) from None


def forget(starting: Future[Child]) -> None:
    """Nobody waits for this child: it is ended as soon as it has started."""
    starting.add_done_callback(_kill_late)


def _kill_late(starting: Future[Child]) -> None:
    if starting.exception() is None:
        starting.result().kill()


@dataclass(slots=True)
class _Patience:
    """How long an answer is waited for. Once it is not wanted any more, it has little time left."""

    deadline: float
    is_wanted: Wanted | None
    stop: Callable[[], None]

    def hear(self, ready: selectors.BaseSelector) -> set[int]:
        """The pipes that can be read or written now."""
        if self.is_wanted is not None and self._is_in_vain(ready, self.is_wanted):
            self.is_wanted = None
            self.stop()
            self.deadline = min(self.deadline, time.monotonic() + SECONDS_TO_STOP)
        return {key.fd for key, _ in _select(ready, self.deadline)}

    def _is_in_vain(self, ready: selectors.BaseSelector, is_wanted: Wanted) -> bool:
        while not ready.select(_BETWEEN_DOUBTS):
            if not is_wanted():
                return True
            if time.monotonic() > self.deadline:
                return False
        return False


def _select(ready: selectors.BaseSelector, deadline: float) -> list[tuple[selectors.SelectorKey, int]]:
    """Also one that always has something to say has no more time than others."""
    left = deadline - time.monotonic()
    if left > 0 and (heard := ready.select(left)):
        return heard
    raise JobFailed(Failure.TIMEOUT)
