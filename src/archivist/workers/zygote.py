"""The process that waits, libraries loaded, and gives every document a fresh copy of itself.

It never touches a document: it forks, the copy reads one job from the pipe, answers and dies,
and only then does the zygote say DONE on a pipe that the copy has closed. So a document that
takes over its copy can lie about itself, but neither about the next document nor to the zygote.

    python -m archivist.workers.zygote LEVEL JOBS,ANSWERS,CONTROL [MORE_JOBS.py]

The third argument names a file with a table `JOBS` of its own; only tests give it.
"""

import gc
import importlib.util
import os
import select
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from archivist.model.sandbox import SafetyLevel
from archivist.workers.confining import CannotConfine, Confine, confinement, holds
from archivist.workers.wire import Job, do_one_job

STANDS, LACKING, READY, DONE, FAILED = b"S", b"L", b"R", b"D", b"F"
NO_MORE_JOBS = 3


@dataclass(frozen=True, slots=True)
class Pipes:
    """The ends that the zygote holds."""

    jobs: int
    answers: int
    control: int


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
    table = load_jobs(arguments[2:])
    gc.collect()
    gc.freeze()
    os.write(pipes.control, READY)
    return serve(pipes, table, confine)


def load_jobs(more: list[str]) -> Mapping[str, Job]:
    """Everything that a job may need is in memory after this: later no file can be opened."""
    from archivist.workers.jobs import JOBS, prepare  # noqa: PLC0415  heavy; the app waits for STANDS only

    prepare()
    for path in more:
        spec = importlib.util.spec_from_file_location("more_jobs", path)
        if spec is None or spec.loader is None:
            raise ImportError(path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return {**JOBS, **module.JOBS}
    return JOBS


def serve(pipes: Pipes, table: Mapping[str, Job], confine: Confine) -> int:
    """One fork for each job, until the app closes its pipe or a copy dies on its document."""
    while True:
        child = os.fork()
        if child == 0:
            os.close(pipes.control)
            _work(pipes, table, confine)
        code = _wait(child, pipes.control)
        if code == NO_MORE_JOBS:
            return 0
        if code != 0:
            os.write(pipes.control, FAILED)
            return 1
        os.write(pipes.control, DONE)


def _work(pipes: Pipes, table: Mapping[str, Job], confine: Confine) -> None:
    """In the copy; ends it in every case."""
    code = 1
    try:
        confine()
        code = 0 if do_one_job(pipes.jobs, pipes.answers, table) else NO_MORE_JOBS
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
