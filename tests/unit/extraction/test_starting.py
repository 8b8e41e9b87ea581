import sys
from pathlib import Path

import pytest

from archivist.extraction.starting import command
from archivist.model.sandbox import SafetyLevel


@pytest.fixture
def bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/bwrap")


def bound(words: list[str]) -> set[str]:
    return {words[index + 1] for index, word in enumerate(words) if word == "--ro-bind"}


@pytest.mark.usefixtures("bubblewrap")
def test_a_child_sees_python_and_our_code_and_nothing_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/home/jane/archivist/.venv")
    monkeypatch.setenv("HOME", "/home/jane")

    words = command(SafetyLevel.FULL, ["1,2,3"])

    assert words
    assert {"/usr", "/home/jane/archivist/.venv"} <= bound(words)
    assert not any(Path("/home/jane").is_relative_to(path) for path in bound(words))
    assert "--clearenv" in words
    assert "--unshare-all" in words


@pytest.mark.usefixtures("bubblewrap")
@pytest.mark.parametrize("prefix", ["/", "/home", "/home/jane"])
def test_no_wall_is_built_around_the_home_itself(monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setenv("HOME", "/home/jane")

    assert command(SafetyLevel.FULL, ["1,2,3"]) is None


def test_other_levels_need_no_program_but_python() -> None:
    words = command(SafetyLevel.KERNEL, ["1,2,3"], more_jobs=Path("/jobs.py"))

    assert words
    assert words[-4:] == ["archivist.workers.zygote", "kernel", "1,2,3", "/jobs.py"]
