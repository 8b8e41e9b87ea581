"""How a child is started at each safety level: the command, its environment, what it can see."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import archivist
from archivist.model.sandbox import SafetyLevel
from archivist.resources import python_command

ZYGOTE = "archivist.workers.zygote"
WORK_FILES = 64 << 20

_SHARED = ("/lib", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache")


def command(level: SafetyLevel, arguments: list[str], *, more_jobs: Path | None = None) -> list[str] | None:
    """The command of a zygote at `level`; None where this computer has no such program."""
    if more_jobs:
        arguments = [*arguments, str(more_jobs)]
    zygote = [*python_command(ZYGOTE), level.value, *arguments]
    if level is not SafetyLevel.FULL:
        return zygote
    bubblewrap = shutil.which("bwrap")
    return [bubblewrap, *_walls(more_jobs), *zygote] if bubblewrap and not _shows_home() else None


def _walls(more_jobs: Path | None) -> list[str]:
    """Sees Python, its libraries and our own code, and nothing else: no home, no archive, no /proc.

    /dev/null is there because Python's search for libseccomp needs it.
    """
    walls = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    walls += ["--size", str(WORK_FILES), "--tmpfs", "/tmp"]  # noqa: S108  the child's own, in memory
    walls += ["--ro-bind", "/usr", "/usr", "--dev-bind", "/dev/null", "/dev/null"]
    for place in _SHARED:
        if Path(place).is_symlink():
            walls += ["--symlink", str(Path(place).readlink()), place]
        elif Path(place).exists():
            walls += ["--ro-bind", place, place]
    for seen in _own_folders():
        walls += ["--ro-bind", seen, seen]
    if more_jobs:
        walls += ["--ro-bind", str(more_jobs), str(more_jobs)]
    return [*walls, "--remount-ro", "/", "--chdir", "/"]


def _own_folders() -> list[str]:
    """The interpreter by both its names, for links lead from one to the other, and this package."""
    seen = [sys.prefix, sys.base_prefix, os.path.realpath(sys.base_prefix), os.path.realpath(sys.executable)]
    seen.append(str(Path(archivist.__file__).parent))
    return [path for path in dict.fromkeys(seen) if not Path(path).is_relative_to("/usr")]


def _shows_home() -> bool:
    """Where Python lives in `/`, or a home is its own virtual environment, there is no wall to build."""
    home = Path("~").expanduser()
    return any(home.is_relative_to(path) for path in _own_folders())


def pipe(theirs: contextlib.ExitStack, *, ours: str) -> tuple[int, int]:
    """Their end, which closes with `theirs`, and ours, which never blocks."""
    reading, writing = os.pipe()
    their_end, our_end = (writing, reading) if ours == "read" else (reading, writing)
    theirs.callback(os.close, their_end)
    os.set_blocking(our_end, False)
    return their_end, our_end


def start_process(words: list[str], ends: Iterable[int]) -> subprocess.Popen[bytes]:
    """With nothing of ours but those `ends` that are descriptors at all."""
    return subprocess.Popen(  # noqa: S603  our own program, no shell
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        pass_fds=[end for end in ends if end >= 0],
        start_new_session=True,
    )
