"""What a verb says: lines for people, or one JSON object a line for programs."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Output:
    """Standard output. With `as_json` only rows come out, otherwise only lines."""

    as_json: bool

    def row(self, row: dict[str, object]) -> None:
        """One object, ASCII-escaped, ended by LF whatever the system."""
        if self.as_json:
            sys.stdout.buffer.write(json.dumps(row, ensure_ascii=True).encode("ascii") + b"\n")
            sys.stdout.buffer.flush()

    def line(self, line: str = "") -> None:
        """A line for people, in UTF-8 whatever the terminal's locale says."""
        if not self.as_json:
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()

    def warn(self, warning: str) -> None:
        print(warning, file=sys.stderr)

    @contextmanager
    def progress(self, what: str) -> Iterator[Progress]:
        """A bar on standard error while the block runs, where there is a terminal."""
        if not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total or None)
