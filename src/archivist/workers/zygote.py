"""The process that waits, libraries loaded, and gives every document a fresh copy of itself.

It never touches a document: it forks, the copy reads one job from the pipe, answers and dies,
and only then does the zygote say DONE on a pipe that the copy has closed. So a document that
takes over its copy can lie about itself, but neither about the next document nor to the zygote.

    python -m archivist.workers.zygote LEVEL JOBS,ANSWERS,CONTROL[,CANVAS] [MORE_JOBS.py]

With a canvas (-1 where the system has no memory to share) a copy stays with its document for as
long as that is open, and answers what the reader asks of it: `pages.py`.
The third argument names a file with a table `JOBS`, or `SESSIONS`, of its own; only tests give it.
"""

import gc
import importlib.util
import os
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from archivist.model.sandbox import SafetyLevel
from archivist.workers.canvas import Canvas
from archivist.workers.confining import CannotConfine, Confine, confinement, holds
from archivist.workers.wire import do_one_job, hold_session

Work = Callable[[], bool]

STANDS, LACKING, READY, DONE, FAILED = b"S", b"L", b"R", b"D", b"F"
NO_MORE_JOBS = 3


@dataclass(frozen=True, slots=True)
class Pipes:
    """The ends that the zygote holds."""

    jobs: int
    answers: int
    control: int
    canvas: int | None = None


def main(arguments: list[str]) -> int:
    sys.dont_write_bytecode = True
    level = SafetyLevel(arguments[0])
    pipes = Pipes(*map(int, arguments[1].split(",")))
    if sys.platform == "linux":
        from archivist.workers.landlock import hide_memory  # noqa: PLC0415  knows Linux only

        hide_memory()
    try:
        confine = confinement(level)
    except CannotConfine:
        os.write(pipes.control, LACKING)
        return 0
    os.write(pipes.control, STANDS if level is SafetyLevel.NONE or holds(confine) else LACKING)
    work = prepared(pipes, [load(path) for path in arguments[2:]])
    gc.collect()
    gc.freeze()
    os.write(pipes.control, READY)
    return serve(pipes, work, confine)


def prepared(pipes: Pipes, more: list[ModuleType]) -> Work:
    """Everything that a copy may need is in memory after this: later no file can be opened.

    What each kind of zygote needs is heavy to import; the app waits for STANDS only, not for this.
    """
    if pipes.canvas is None:
        from archivist.workers import jobs  # noqa: PLC0415

        jobs.prepare()
        table = dict(jobs.JOBS)
        for module in more:
            table.update(module.JOBS)
        return partial(do_one_job, pipes.jobs, pipes.answers, table)
    from archivist.workers import pages  # noqa: PLC0415

    pages.prepare()
    sessions = dict(pages.SESSIONS)
    for module in more:
        sessions.update(module.SESSIONS)
    return partial(hold_session, pipes.jobs, pipes.answers, sessions, Canvas(pipes.canvas))


def load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("more_jobs", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def serve(pipes: Pipes, work: Work, confine: Confine) -> int:
    """One fork for each job, until the app closes its pipe or a copy dies on its document."""
    while True:
        child = os.fork()
        if child == 0:
            os.close(pipes.control)
            _do(work, confine)
        code = _wait(child, pipes.control)
        if code == NO_MORE_JOBS:
            return 0
        if code != 0:
            os.write(pipes.control, FAILED)
            return 1
        os.write(pipes.control, DONE)


def _do(work: Work, confine: Confine) -> None:
    """In the copy; ends it in every case."""
    code = 1
    try:
        confine()
        code = 0 if work() else NO_MORE_JOBS
    finally:
        os._exit(code)


def _wait(child: int, control: int) -> int:
    """The exit code of the copy; where the app is gone, nobody waits for the copy either."""
    if hasattr(os, "pidfd_open"):
        watched = os.pidfd_open(child)
        poll = select.poll()
        poll.register(watched, select.POLLIN)
        poll.register(control, 0)  # a pipe without a reader reports an error unasked
        if all(descriptor != watched for descriptor, _ in poll.poll()):
            os.kill(child, signal.SIGKILL)
        os.close(watched)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
