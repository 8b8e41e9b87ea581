"""What this process has in memory, keys and testimonies, stays there."""

import ctypes
import sys

if sys.platform != "win32":
    import resource

_SET_DUMPABLE = 4


def no_core_dumps() -> None:
    """A crash leaves no image of this process on disk: neither a file nor one with a crash reporter.

    To be called first in every process that opens an archive. Children inherit only the first half.
    """
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # there, a dump that is piped to a crash reporter knows no limit
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, *map(ctypes.c_ulong, (0, 0, 0, 0)))
