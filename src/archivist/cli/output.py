"""What a verb says: lines for people, or one JSON object a line for programs."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TextIO

Progress = Callable[[int, int], object]


@dataclass(slots=True)
class Output:
    """Standard output. With `as_json` only rows come out, otherwise only lines.

    A reader who goes away (`| head`) or a full disk behind a redirection must not stop a deed
    half way: what cannot be written is let go, and `is_broken` tells of the latter.
    """

    as_json: bool
    is_broken: bool = False

    def row(self, row: dict[str, object]) -> None:
        """One object, ASCII-escaped, ended by LF whatever the system."""
        if self.as_json:
            self.write(json.dumps(row, ensure_ascii=True).encode("ascii") + b"\n")

    def line(self, line: str = "") -> None:
        """One line for people, in UTF-8 whatever the terminal's locale says."""
        if not self.as_json:
            self.write(harmless(line).encode("utf-8", "replace") + b"\n")

    def write(self, content: bytes) -> None:
        """Bytes as they are."""
        if sys.stdout is None:  # closed before we were started
            self.is_broken = True
            return
        try:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except OSError as error:
            self.is_broken = self.is_broken or not isinstance(error, BrokenPipeError)
            # The rest goes nowhere, also what Python would still write at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def warn(self, warning: str) -> None:
        """A sentence on standard error."""
        if sys.stderr is not None:
            with suppress(OSError):
                print(harmless(warning), file=sys.stderr)

    @contextmanager
    def progress(self, what: str) -> Iterator[Progress]:
        """A bar on standard error while the block runs, where there is a terminal."""
        if not is_terminal(sys.stderr):
            yield lambda _done, _total: None
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total or None)


def harmless(line: str) -> str:
    """Names and titles come from strangers: what would command the terminal shows as U+FFFD."""
    return _COMMANDS.sub("\ufffd", line)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is there; a closed stream is None."""
    return stream is not None and not stream.closed and stream.isatty()


_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e]")
