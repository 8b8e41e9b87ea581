"""What a driver was told is safe, written down outside the archive: one JSON object a line."""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def chance_of(seed: object) -> random.Random:
    """The same seed does the same."""
    return random.Random(str(seed))  # noqa: S311 - to be repeated, not to be secret


@dataclass(frozen=True, slots=True)
class Log:
    """Lines are on the disk when `say` returns; one that a kill cut off is not read."""

    path: Path

    def say(self, **line: Any) -> None:
        written = json.dumps(line).encode() + b"\n"
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, written)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def lines(self) -> list[Line]:
        content = self.path.read_bytes() if self.path.exists() else b""
        return [json.loads(line) for line in content.split(b"\n")[:-1]]

    def kept(self) -> list[Line]:
        return [line for line in self.lines() if "kept" in line]

    def undone(self) -> set[str]:
        """The deeds that were taken back, and not done again."""
        undone: set[str] = set()
        for line in self.lines():
            if line.get("did") == "undo":
                undone.add(line["deed"])
            elif line.get("did") == "redo":
                undone.discard(line["deed"])
        return undone

    def standing(self) -> Iterator[Line]:
        undone = self.undone()
        return (line for line in self.kept() if line["deed"] not in undone)

    def taken_back(self) -> Iterator[Line]:
        undone = self.undone()
        return (line for line in self.kept() if line["deed"] in undone)

    def unanswered(self) -> Line | None:
        """An undo or redo that was begun and not acknowledged: it may have happened or not."""
        last = [line for line in self.lines() if "about" in line or "did" in line][-1:]
        return last[0] if last and "about" in last[0] else None
