"""Which words open the window, and which are for the command line."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist import __main__ as beginning
from archivist import app


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ([], "window"),
        (["Ilandu.archivist"], "window"),
        ([str(Path("/media/stick/Renamed by hand"))], "window"),
        (["verify"], "command line"),
        (["--out=/tmp/x"], "command line"),
        (["list", "/home/a/Ilandu.archivist", "tags"], "command line"),
    ],
)
def test_an_archive_alone_opens_the_window_whatever_it_is_called(
    monkeypatch: pytest.MonkeyPatch, words: list[str], opens: str
) -> None:
    """Also after locking: the window ends, and a new process is given the path alone."""
    opened: list[tuple[str, list[str]]] = []

    def noting(name: str) -> Callable[..., int]:
        def main(words: list[str], **_: object) -> int:
            opened.append((name, words))
            return 0

        return main

    monkeypatch.setattr(sys, "argv", ["archivist", *words])
    monkeypatch.setattr(app, "main", noting("window"))
    monkeypatch.setattr(beginning, "command_line", noting("command line"))

    assert beginning.main() == 0
    assert opened == [(opens, words)]
