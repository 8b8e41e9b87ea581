"""The system calls that a parser needs once its libraries are loaded; all others are refused.

No file can be opened, no process started, traced or signalled, no socket made, no memory made
executable. What comes late would fail, so the zygote loads everything before (`preloading.py`).
"""

import errno

import pyseccomp

ALLOWED = (
    # memory
    "brk",
    "madvise",
    "mremap",
    "munmap",
    # pipes that are open already
    "close",
    "fstat",
    "lseek",
    "poll",
    "ppoll",
    "read",
    "readv",
    "write",
    "writev",
    # locks and signals of its own
    "futex",
    "membarrier",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_yield",
    "sigaltstack",
    # time, chance, self
    "clock_getres",
    "clock_gettime",
    "clock_nanosleep",
    "getpid",
    "getrandom",
    "getrusage",
    "gettid",
    "gettimeofday",
    "nanosleep",
    "sched_getaffinity",
    "sysinfo",
    "time",
    "times",
    "uname",
    # the end
    "exit",
    "exit_group",
)

_EXECUTABLE = 0x4


def parser_filter() -> pyseccomp.SyscallFilter:
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        if _is_known(name):
            rules.add_rule(pyseccomp.ALLOW, name)
    for name in ("mmap", "mprotect"):
        rules.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _EXECUTABLE, 0))
    return rules


def _is_known(name: str) -> bool:
    """Not every machine has every call: `time` is x86 only."""
    try:
        return int(pyseccomp.resolve_syscall(pyseccomp.system_arch(), name)) >= 0
    except ValueError:
        return False
