"""Puts a child behind the walls of a safety level, and proves that they stand."""

import ctypes
import os
from collections.abc import Callable

from archivist.model.sandbox import SafetyLevel
from archivist.workers import landlock
from archivist.workers.limits import set_limits

Confine = Callable[[], None]
_IPV4, _STREAM = 2, 1


class CannotConfine(Exception):
    """This kernel lacks what the level asks for."""


def confinement(level: SafetyLevel) -> Confine:
    """What a child calls on itself before it sees a document.

    Made once, so that a document costs three system calls and not a compilation of rules.
    """
    if level is SafetyLevel.NONE:
        return set_limits
    ruleset = _ruleset(level)
    rules = _rules()

    def confine() -> None:
        set_limits()
        if ruleset is not None:
            landlock.restrict(ruleset)
            os.close(ruleset)
        rules()

    return confine


def _ruleset(level: SafetyLevel) -> int | None:
    """At level *full* Landlock is a second wall where the kernel has it; at *kernel* it is the first."""
    if landlock.version():
        return landlock.nothing_allowed()
    if level is SafetyLevel.KERNEL:
        raise CannotConfine
    return None


def _rules() -> Confine:
    try:
        from archivist.workers.seccomp import parser_filter  # noqa: PLC0415  fails where libseccomp is missing
    except (ImportError, RuntimeError, OSError) as error:
        raise CannotConfine from error
    load: Confine = parser_filter().load
    return load


def holds(confine: Confine) -> bool:
    """Really tries it: a child goes behind the walls and must find every way out shut."""
    child = os.fork()
    if child == 0:
        os._exit(_all_shut(confine))
    _, status = os.waitpid(child, 0)
    return status == 0


def _all_shut(confine: Confine) -> int:
    try:
        confine()
        return sum(_succeeds(deed) for deed in (_open_file, os.fork, _make_socket, _signal_parent))
    except BaseException:  # noqa: BLE001  whatever it is, the walls do not stand
        return 1


def _succeeds(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except OSError:
        return False
    return True


def _open_file() -> None:
    os.close(os.open(os.path.realpath(__file__), os.O_RDONLY))


def _make_socket() -> None:
    if ctypes.CDLL(None).socket(_IPV4, _STREAM, 0) < 0:
        raise OSError


def _signal_parent() -> None:
    os.kill(os.getppid(), 0)
