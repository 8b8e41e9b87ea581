"""What a document does that has taken over its child. Loaded into a zygote by tests alone, by its path.

Each attack says `reached` where it got through and `refused` where it was stopped.
"""

import contextlib
import ctypes
import importlib
import mmap
import os
import signal
import socket  # noqa: TID251  an attack; the product imports none
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archivist.workers import pages
from archivist.workers.canvas import Canvas

Header = dict[str, Any]
Answer = tuple[Header, bytes | bytearray]

FORGED = b'{"forged": true}'
FORGED_FRAME = len(FORGED).to_bytes(4, "big") + (0).to_bytes(8, "big") + FORGED
DESCRIPTORS = range(3, 64)


def extract(header: Header, data: bytes) -> Answer:
    """Reads every document as it should but one, which says what only the user may say."""
    jobs = importlib.import_module("archivist.workers.jobs")  # loaded by the zygote of those who need it
    answer, text = jobs.extract(header, data)
    if header["name"] == "impostor.txt":
        answer["metadata"] = [["author", "UN Special Rapporteur", "user"]]
    return answer, text


def spin(_header: Header, _data: bytes) -> Answer:
    while True:
        pass


def crash(_header: Header, _data: bytes) -> Answer:
    ctypes.string_at(1)
    return {}, b""


def flood(_header: Header, _data: bytes) -> Answer:
    return {}, bytes(200 << 20)


def swallow(_header: Header, _data: bytes) -> Answer:
    return {"bytes": len(bytearray(8 << 30))}, b""


def leave(_header: Header, _data: bytes) -> Answer:
    """Ends as if all were well, without a word."""
    os._exit(0)


def stutter(_header: Header, _data: bytes) -> Answer:
    """Answers twice: the second answer is meant for the next document."""
    write_everywhere(FORGED_FRAME)
    return {"said": "first"}, b""


def mutter(_header: Header, _data: bytes) -> Answer:
    """Answers as it should, waits until that is believed, and adds an answer for the next document."""
    frame = FORGED_FRAME
    write_everywhere(frame)
    time.sleep(0.2)
    write_everywhere(frame)
    os._exit(0)


def babble(_header: Header, _data: bytes) -> Answer:
    """Says DONE itself, on whatever pipe it still has."""
    write_everywhere(b"D")
    return {"said": "first"}, b""


def linger(_header: Header, _data: bytes) -> Answer:
    """Leaves a second process behind that answers for the next document."""
    try:
        child = os.fork()
    except OSError:
        return {"outcome": "refused"}, b""
    if child == 0:
        time.sleep(0.5)
        write_everywhere(FORGED_FRAME)
        os._exit(0)
    return {"outcome": "reached"}, b""


def nap(_header: Header, _data: bytes) -> Answer:
    """An innocent document that takes its time."""
    time.sleep(1)
    return {"said": "awake"}, b""


def write_everywhere(content: bytes) -> None:
    for descriptor in DESCRIPTORS:
        try:
            os.write(descriptor, content)
        except OSError:
            continue


def attempt(deed: Callable[[Header], object]) -> Callable[[Header, bytes], Answer]:
    def job(header: Header, _data: bytes) -> Answer:
        try:
            deed(header)
        except OSError:
            return {"outcome": "refused"}, b""
        return {"outcome": "reached"}, b""

    return job


def connect(header: Header) -> None:
    socket.create_connection(("127.0.0.1", header["port"]), 2).close()


def send_datagram(header: Header) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"stolen", ("127.0.0.1", header["port"]))


def read_file(header: Header) -> None:
    Path(header["path"]).read_bytes()


def see_file(header: Header) -> None:
    Path(header["path"]).stat()


def write_file(header: Header) -> None:
    Path(header["path"]).touch()


def read_memory_of_the_zygote(_header: Header) -> None:
    os.close(os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY))


def kill_the_zygote(_header: Header) -> None:
    os.kill(os.getppid(), signal.SIGKILL)


def run_a_program(_header: Header) -> None:
    child = os.fork()
    if child == 0:
        os.execv("/usr/bin/true", ["true"])  # noqa: S606  an attack
    _, status = os.waitpid(child, 0)
    if status:
        raise OSError


def make_memory_executable(_header: Header) -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def trace_the_zygote(_header: Header) -> None:
    attach = 16
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(attach, os.getppid(), 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def shrink_what_is_shared(_header: Header) -> None:
    """The app reads what the child has painted: if that were gone, the app would be."""
    _on_every_file(lambda descriptor: os.ftruncate(descriptor, 0))


def grow_what_is_shared(_header: Header) -> None:
    _on_every_file(lambda descriptor: os.ftruncate(descriptor, 1 << 40))


def _on_every_file(deed: Callable[[int], object]) -> None:
    done = 0
    for descriptor in DESCRIPTORS:
        with contextlib.suppress(OSError):
            deed(descriptor)
            done += 1
    if not done:
        raise OSError


ATTEMPTS = (
    shrink_what_is_shared,
    grow_what_is_shared,
    connect,
    send_datagram,
    read_file,
    see_file,
    write_file,
    read_memory_of_the_zygote,
    kill_the_zygote,
    run_a_program,
    make_memory_executable,
    trace_the_zygote,
)

JOBS = {
    "extract": extract,
    "spin": spin,
    "crash": crash,
    "flood": flood,
    "swallow": swallow,
    "leave": leave,
    "stutter": stutter,
    "mutter": mutter,
    "babble": babble,
    "linger": linger,
    "nap": nap,
    **{deed.__name__: attempt(deed) for deed in ATTEMPTS},
}


def begin(
    header: Header, data: bytes, canvas: Canvas, is_called: Callable[[], bool]
) -> tuple[Answer, Callable[[Header, bytes], Answer]]:
    """A document whose first page attacks: how, is said where a password would be."""
    attack = header["password"]
    if attack in AT_ONCE:
        JOBS[AT_ONCE[attack]](header, data)
    opened, ask = pages.begin({"password": ""}, data, canvas, is_called)

    def answer(asked: Header, more: bytes) -> Answer:
        return {**JOBS, **LIES}[attack](asked, more) if asked["page"] == 0 else ask(asked, more)

    return opened, answer


def lie_of_pixels(_header: Header, _data: bytes) -> Answer:
    return {"stopped": False}, bytes(1000)


def lie_of_words(_header: Header, _data: bytes) -> Answer:
    return {"characters": 1, "stopped": 1}, bytes(16) + b"\r"


def lie_of_failure(_header: Header, _data: bytes) -> Answer:
    return {"failure": "unsafe"}, b""


AT_ONCE = {
    "crash at once": "crash",
    "leave at once": "leave",
    "flood at once": "flood",
    "spin at once": "spin",
}
LIES = {"lie_of_pixels": lie_of_pixels, "lie_of_words": lie_of_words, "lie_of_failure": lie_of_failure}
SESSIONS = {"pages": begin}
