"""Memory that a child paints in and the app looks at; `workers/canvas.py` is the other end.

The app reads it as a file and never maps it: nothing that a child does to it, and no want of
memory, can then be more than a short answer. The kernel copies without Python, so the window goes on.
"""

import os

SIZE = 64 << 20
OVER_THE_PIPE = -1


class Canvas:
    """One for each child that paints. Where a system has no such memory, pixels come over the pipe."""

    def __init__(self) -> None:
        self.descriptor = OVER_THE_PIPE
        if hasattr(os, "memfd_create"):
            self.descriptor = _sealed(os.memfd_create("pages", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING))

    @property
    def is_shared(self) -> bool:
        return self.descriptor != OVER_THE_PIPE

    def copy_to(self, buffer: memoryview) -> bool:
        """Fills `buffer` from the beginning; False where there is not so much, or nothing any more."""
        if not self.is_shared:
            return False
        filled = 0
        while filled < len(buffer):
            part = os.preadv(self.descriptor, [buffer[filled:]], filled)
            if not part:
                return False
            filled += part
        return True

    def close(self) -> None:
        if self.is_shared:
            os.close(self.descriptor)
            self.descriptor = OVER_THE_PIPE


def _sealed(descriptor: int) -> int:
    """Its size stands for good."""
    import fcntl  # noqa: PLC0415  not on every system

    try:
        os.ftruncate(descriptor, SIZE)
        seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
