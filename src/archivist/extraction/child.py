"""One zygote and the three pipes to it; `workers/zygote.py` and `workers/wire.py` are the other end."""

import contextlib
import json
import os
import selectors
import signal
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from archivist.extraction.starting import command
from archivist.model.sandbox import Failure, SafetyLevel

LENGTHS = struct.Struct(">IQ")
STANDS, READY, DONE = b"S", b"R", b"D"

LARGEST_ANSWER = 64 << 20
LARGEST_HEADER = 8 << 20
SECONDS_TO_START = 60.0
SECONDS_TO_END = 10.0
SECONDS_FOR_A_JOB = 30.0
BYTES_PER_SECOND = 1_000_000
_AT_ONCE = 1 << 16


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox")


_starter = _one_thread()

Header = dict[str, Any]
Answer = tuple[Header, bytes]


class JobFailed(Exception):
    """No answer to believe came back."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class CannotStart(Exception):
    """No child could be started: there was no room for one, or it did not come up."""


class LevelMissing(CannotStart):
    """This computer does not have that level."""


class Child:
    """A zygote behind the walls of `level`, in a session of its own so that Ctrl+C is ours alone to see.

    After a JobFailed it is dead; nothing that a document has had its hands on is used again.
    """

    def __init__(self, level: SafetyLevel, more_jobs: Path | None = None) -> None:
        self.level = level
        self._is_ready = False
        self._owes_done = False
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = threading.Lock()
        self._jobs = self._answers = self._control = -1
        try:
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
        try:
            self._get_ready()
            deadline = time.monotonic() + SECONDS_FOR_A_JOB + len(data) / BYTES_PER_SECOND
            packed = json.dumps(header).encode()
            frame = [LENGTHS.pack(len(packed), len(data)), packed, data]
            answer = unpack(self._exchange(frame, deadline))
        except BaseException:
            self.kill()
            raise
        self._owes_done = True
        return answer

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
            job_end, self._jobs = _pipe(theirs, ours="write")
            answer_end, self._answers = _pipe(theirs, ours="read")
            control_end, self._control = _pipe(theirs, ours="read")
            self._process = _start(self.level, (job_end, answer_end, control_end), more_jobs)
        if not self._says(STANDS, SECONDS_TO_START):
            raise LevelMissing(self.level)

    def _exchange(self, frame: list[bytes | memoryview], deadline: float) -> bytes:
        answer = bytearray()
        chunks = _chunks(frame)
        chunk: memoryview | None = next(chunks)
        with selectors.DefaultSelector() as ready:
            ready.register(self._jobs, selectors.EVENT_WRITE)
            ready.register(self._answers, selectors.EVENT_READ)
            ready.register(self._control, selectors.EVENT_READ)
            while not _is_whole(answer):
                heard = {key.fd for key, _ in _select(ready, deadline)}
                if self._jobs in heard and chunk is not None:
                    chunk = self._send(chunk) or next(chunks, None)
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

    Linux ends what was started with `--die-with-parent` when the *thread* that started it
    ends, and the threads of an app come and go: all children are started by one that stays.

    Raises:
        CannotStart: there was no room, or this computer does not have the level.
    """
    global _starter  # noqa: PLW0603  one that could not make its thread would do what it was told later
    try:
        starting = _starter.submit(Child, level, more_jobs)
    except RuntimeError:
        _starter = _one_thread()
        raise CannotStart(level) from None
    try:
        return starting.result()
    except KeyboardInterrupt:
        starting.add_done_callback(_kill_late)
        raise


def _kill_late(starting: Future[Child]) -> None:
    if starting.exception() is None:
        starting.result().kill()


def _pipe(theirs: contextlib.ExitStack, *, ours: str) -> tuple[int, int]:
    """Their end, which closes with `theirs`, and ours, which never blocks."""
    reading, writing = os.pipe()
    their_end, our_end = (writing, reading) if ours == "read" else (reading, writing)
    theirs.callback(os.close, their_end)
    os.set_blocking(our_end, False)
    return their_end, our_end


def _start(level: SafetyLevel, ends: tuple[int, int, int], more_jobs: Path | None) -> subprocess.Popen[bytes]:
    words = command(level, [",".join(map(str, ends))], more_jobs=more_jobs)
    if words is None:
        raise LevelMissing(level)
    return subprocess.Popen(  # noqa: S603  our own program, no shell
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        pass_fds=ends,
        start_new_session=True,
    )


def _select(ready: selectors.BaseSelector, deadline: float) -> list[tuple[selectors.SelectorKey, int]]:
    if heard := ready.select(max(0.0, deadline - time.monotonic())):
        return heard
    raise JobFailed(Failure.TIMEOUT)


def _chunks(frame: list[bytes | memoryview]) -> Iterator[memoryview]:
    for part in frame:
        if len(part):
            yield memoryview(part)


def _is_whole(answer: bytearray) -> bool:
    """One frame and no byte more; what it promises is checked before the rest is taken in."""
    if len(answer) < LENGTHS.size:
        return False
    header_length, data_length = LENGTHS.unpack_from(answer)
    promised = LENGTHS.size + header_length + data_length
    if header_length > LARGEST_HEADER or promised > LARGEST_ANSWER:
        raise JobFailed(Failure.TOO_MUCH_TEXT)
    if len(answer) > promised:
        raise JobFailed(Failure.MALFORMED)
    return len(answer) == int(promised)


def unpack(frame: bytes) -> Answer:
    """The header, which must be a JSON object, and the bytes of a whole frame."""
    start = LENGTHS.size + LENGTHS.unpack_from(frame)[0]
    try:
        header = json.loads(frame[LENGTHS.size : start])
    except (ValueError, RecursionError):
        raise JobFailed(Failure.MALFORMED) from None
    if not isinstance(header, dict):
        raise JobFailed(Failure.MALFORMED)
    return header, frame[start:]
