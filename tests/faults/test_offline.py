"""Nothing reaches a network: a whole journey, watched from inside and by the kernel, and done without any."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archivist.resources import resource
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.faults

# The hook is there before anything of Archivist is, and writes to a file: the output is for others.
WATCHED = """
import sys
seen = open(sys.argv[1], "a")
reaching = ("socket", "urllib", "http", "ftplib", "smtplib", "imaplib", "poplib", "webbrowser")
def watch(event, arguments):
    if event.split(".")[0] in reaching:
        seen.write(event + "\\n")
        seen.flush()
sys.addaudithook(watch)
"""
ARCHIVIST = "from archivist.cli import main; sys.exit(main(sys.argv[2:]))"
CALLS_HOME = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"


@dataclass(slots=True)
class Watched(Terminal):
    """A terminal whose every command runs under something that watches it."""

    wrapping: list[str] = field(default_factory=list)
    instead: list[str] | None = None

    def command(self, verb: str, *words: str | Path) -> list[str]:
        own = self.instead if self.instead is not None else [sys.executable, "-m", "archivist"]
        return [*self.wrapping, *own, verb, *map(str, words)]


def journey(terminal: Terminal) -> None:
    """All that the command line does, on documents of every kind."""
    terminal.makes_archive("--recovery-file", "code")
    rows = terminal.does("import", resource("sample/documents")).rows
    assert {"txt", "html", "pdf", "docx", "md"} <= {row["kind"] for row in rows if "status" in row}
    document = next(row for row in rows if row.get("kind") == "pdf")
    text = terminal.types("show", terminal.archive, document["document_id"], "--text").out.decode()
    words = " ".join(text.split()[:6])
    terminal.does("case", "add", "The harbour")
    terminal.does(
        "quote", document["document_id"], "--text", words, "--tag", "arrest", "--case", "The harbour"
    )
    assert terminal.does("search", "harbour").rows[0]["total"] > 0
    terminal.does("export", "--out", "packs", "--format", "html,docx")
    (pack,) = (terminal.folder / "packs").iterdir()
    assert terminal.types("verify", pack, "--json").code == 0
    for verb in ("verify", "undo", "redo", "history", "reindex"):
        terminal.does(verb)
    terminal.does("backup", "Copy.backup")
    assert terminal.types("restore", "Copy.backup", "Restored.archivist", "--json").code == 0


def test_the_journey_needs_no_network_and_raises_no_event_of_a_socket(tmp_path: Path) -> None:
    """In a network of its own where that can be had, with not even a loopback that is up."""
    seen = tmp_path / "seen"
    command = [sys.executable, "-c", WATCHED + ARCHIVIST, str(seen)]
    alone = next((way for way in (["unshare", "-n"], ["unshare", "-rn"]) if _works([*way, "true"])), [])

    journey(Watched(tmp_path / "terminal", wrapping=alone, instead=command))

    assert seen.read_text() == ""


def test_the_hook_sees_a_socket(tmp_path: Path) -> None:
    """The control."""
    subprocess.run([sys.executable, "-c", WATCHED + CALLS_HOME, str(tmp_path / "seen")], check=True)

    assert {"socket.__new__", "socket.connect"} <= set((tmp_path / "seen").read_text().split())


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What all processes of a journey asked the kernel for: children, and theirs."""
    folder = tmp_path_factory.mktemp("traced")
    journey(Watched(folder / "terminal", wrapping=_strace(folder / "trace")))
    return (folder / "trace").read_text()


@pytest.mark.peers
@pytest.mark.timeout(600)
def test_the_kernel_sees_nothing_leave(traced: str) -> None:
    """The walls of the sandbox are tried by a call that is refused; bubblewrap talks to the kernel itself."""
    assert "AF_NETLINK" in traced or "EPERM" in traced, "the sandbox was not traced"
    assert reaching_out(traced) == []


@pytest.mark.peers
def test_the_kernel_sees_no_socket_of_the_internet(traced: str) -> None:
    assert opened(traced) == []


@pytest.mark.peers
def test_the_kernel_sees_a_socket_in_a_child_of_a_child(tmp_path: Path) -> None:
    """The control."""
    trace = _strace(tmp_path / "trace")
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CALLS_HOME!r}], check=True)"

    subprocess.run([*trace, sys.executable, "-c", outer], check=True)

    seen = (tmp_path / "trace").read_text()
    assert len(opened(seen)) == len(reaching_out(seen)) == 1


def opened(trace: str) -> list[str]:
    """Sockets of the internet that were had; AF_UNIX and AF_NETLINK do not leave the computer."""
    return [call for call in trace.splitlines() if re.search(r"\bsocket\(AF_INET6?, .*\) = \d", call)]


def reaching_out(trace: str) -> list[str]:
    """Calls that send, or listen where others could reach us; ::1 with no port is nobody's address."""
    names = r"\b(connect|sendto|sendmsg|sendmmsg|bind|listen|accept4?)\("
    calls = [call for call in trace.splitlines() if re.search(names, call) and "AF_INET" in call]
    return [call for call in calls if not ("bind(" in call and '"::1"' in call and "htons(0)" in call)]


def _strace(log: Path) -> list[str]:
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine")
    command = ["strace", "-f", "-A", "-qq", "-s", "64", "-e", "trace=network", "-o", str(log)]
    if not _works([*command, "true"]):
        pytest.skip("strace may not trace on this machine")
    return command


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
