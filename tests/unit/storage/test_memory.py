import subprocess
import sys
from pathlib import Path

import pytest

CRASH = """
import os, resource, signal
from archivist.storage.memory import no_core_dumps
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
no_core_dumps()
no_core_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)
os.kill(os.getpid(), signal.SIGABRT)
"""

DUMPABLE = """
import ctypes
from archivist.storage.memory import no_core_dumps
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
no_core_dumps()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CRASH]
    crashed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert crashed.stdout == "(0, 0)\n"
    assert crashed.returncode < 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands dumps to crash reporters")
def test_no_crash_reporter_gets_one_either() -> None:
    told = subprocess.run([sys.executable, "-c", DUMPABLE], capture_output=True, text=True, check=True)

    assert told.stdout == "1\n0\n"
