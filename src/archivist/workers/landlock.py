"""Landlock: the kernel takes away files, TCP and signals for good, without any privilege.

Python and glibc have no wrapper for it, hence the system calls by number (the same on all machines).
"""

import ctypes
import os

_CREATE_RULESET = 444
_RESTRICT_SELF = 446
_ASK_VERSION = 1
_SET_DUMPABLE = 4
_SET_NO_NEW_PRIVILEGES = 38

_FILES_BY_VERSION = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
_TCP_BIND_AND_CONNECT = 0x3
_ABSTRACT_SOCKETS_AND_SIGNALS = 0x3

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


def version() -> int:
    """The version of Landlock in this kernel; 0 where there is none."""
    return max(0, _call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def nothing_allowed() -> int:
    """A rule set with no exception: open no file, reach no port, signal nobody outside."""
    known = version()
    rules = _Ruleset(files=_FILES_BY_VERSION[min(known, 5)])
    size = 8
    if known >= 4:
        rules.network, size = _TCP_BIND_AND_CONNECT, 16
    if known >= 6:
        rules.scoped, size = _ABSTRACT_SOCKETS_AND_SIGNALS, 24
    return _checked(_call(_CREATE_RULESET, ctypes.byref(rules), size, 0))


def restrict(ruleset: int) -> None:
    """Puts this process under the rules; there is no way back."""
    take_no_new_privileges()
    _checked(_call(_RESTRICT_SELF, ruleset, 0))


def take_no_new_privileges() -> None:
    _checked(_libc.prctl(_SET_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0))))


def hide_memory() -> None:
    """No other process of the same user may look into this one, nor into its children."""
    _checked(_libc.prctl(_SET_DUMPABLE, *map(ctypes.c_ulong, (0, 0, 0, 0))))


def _call(number: int, *arguments: object) -> int:
    words = (ctypes.c_long(word) if isinstance(word, int) else word for word in arguments)
    return int(_libc.syscall(ctypes.c_long(number), *words))


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
