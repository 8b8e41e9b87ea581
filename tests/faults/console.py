"""The command line inside the test's own process: for what has to be tried a hundred times."""

import contextlib
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

from archivist.cli.running import run
from tests.journeys.terminal import Answer

DEFECT = 70


@dataclass(frozen=True, slots=True)
class Console:
    """Types verbs on a copy of an archive, which can be put back as it was."""

    master: Path
    archive: Path
    passphrase: str | None

    def types(self, verb: str, *words: str | Path) -> Answer:
        """Run a verb for its rows. A defect of ours is never an answer."""
        out, error = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
            argv = [verb, str(self.archive), *map(str, words), "--json"]
            code = run(argv, passphrase=self.passphrase)
        answer = Answer(code, out.buffer.getvalue(), error.getvalue())
        assert code != DEFECT, (verb, answer.error)
        return answer

    def does(self, verb: str, *words: str | Path) -> Answer:
        answer = self.types(verb, *words)
        assert answer.code == 0, answer.error
        return answer

    def put_back(self) -> None:
        """The archive as it was, every file of it."""
        shutil.rmtree(self.archive, ignore_errors=True)
        shutil.copytree(self.master, self.archive)


def flip(path: Path, at: int, bit: int = 0) -> None:
    """Turn one bit of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ (1 << bit)]))
