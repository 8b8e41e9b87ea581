"""The command line as a user has it: a terminal in an empty home. Journeys speak this language."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PASSPHRASE = "kestrel over the harbour wall 1907"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left: exit code, rows of JSON, plain output, the sentence on standard error."""

    code: int
    out: bytes
    error: str

    @property
    def rows(self) -> list[Row]:
        return [json.loads(line) for line in self.out.split(b"\n") if line]

    @property
    def row(self) -> Row:
        (row,) = self.rows
        return row


@dataclass(slots=True)
class Terminal:
    """Runs Archivist in a process of its own, with a HOME and TMPDIR that belong to the test."""

    folder: Path
    archive: str = "Coast.archivist"
    passphrase: str | None = PASSPHRASE
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("home", "tmp"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def archive_folder(self) -> Path:
        return self.folder / self.archive

    def command(self, verb: str, *words: str | Path) -> list[str]:
        return [sys.executable, "-m", "archivist", verb, *map(str, words)]

    def environ(self) -> dict[str, str]:
        own = {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
        }
        secret = {"ARCHIVIST_PASSPHRASE": self.passphrase} if self.passphrase is not None else {}
        return own | secret | self.environment

    def types(self, verb: str, *words: str | Path, stdin: bytes = b"") -> Answer:
        """Run a verb as written."""
        done = subprocess.run(
            self.command(verb, *words),
            cwd=self.folder,
            env=self.environ(),
            input=stdin,
            capture_output=True,
            timeout=240,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr.decode())

    def does(self, verb: str, *words: str | Path) -> Answer:
        """Run a verb on the archive for its rows; it must succeed."""
        answer = self.types(verb, self.archive, *words, "--json")
        assert answer.code == 0, answer.error
        return answer

    def fails(self, verb: str, *words: str | Path) -> Answer:
        """Run a verb on the archive that must not succeed, and must say why in one sentence."""
        answer = self.types(verb, self.archive, *words, "--json")
        assert answer.code != 0, answer.out
        assert answer.error.strip().count("\n") == 0, answer.error
        assert answer.error.strip(), answer
        return answer

    def makes_archive(self, *words: str) -> Answer:
        if self.passphrase is None:
            words = ("--no-passphrase", *words)
        return self.does("new", *words)
