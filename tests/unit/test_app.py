"""Where Archivist begins: the window without words, the command line with them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from archivist import __main__ as beginning
from archivist import app
from archivist.resources import python_command


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    del clean["QT_QPA_PLATFORM"]
    return subprocess.run(
        [*python_command("archivist"), *words],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_one_sentence_says_so() -> None:
    ended = run()

    assert ended.returncode == 2
    assert ended.stderr.strip() == app.NO_SCREEN
    assert ended.stdout == ""


def test_with_a_verb_it_is_the_command_line() -> None:
    ended = run("list", "Nowhere.archivist", "documents")

    assert ended.returncode == 3
    assert "There is no archive" in ended.stderr


@pytest.mark.parametrize(
    ("words", "wanted"),
    [([], []), (["Coast.archivist"], ["Coast.archivist"])],
    ids=["nothing", "an archive alone"],
)
def test_the_window_opens_with_what_is_named(
    monkeypatch: pytest.MonkeyPatch, words: list[str], wanted: list[str]
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["archivist", *words])

    def window(given: list[str], *, passphrase: str | None) -> int:
        assert passphrase is None
        seen.append(given)
        return 0

    monkeypatch.setattr(app, "main", window)

    assert beginning.main() == 0
    assert seen == [wanted]


def test_a_defect_is_told_without_a_word_of_any_document(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []

    class Window(QMainWindow):
        def say_defect(self, where: str) -> None:
            told.append(where)

    window = Window()
    qtbot.addWidget(window)
    hook = app._Defects(window)  # type: ignore[arg-type]  # noqa: SLF001 - the hook as Qt would call it
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - raised two words further on
        int("the name of a witness")
    hook(ValueError, raised.value, raised.tb)

    assert told[0].startswith(f"ValueError at {Path(__file__).name}:")
    assert "witness" not in capsys.readouterr().err
