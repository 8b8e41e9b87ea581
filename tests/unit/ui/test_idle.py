import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from archivist.ui.idle import Idle


class Clock:
    """Time that the test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.slept = 1000.0, 0.0
        monkeypatch.setattr("archivist.ui.idle.time.monotonic", lambda: self.now)
        monkeypatch.setattr("archivist.ui.idle._slept", lambda: self.slept)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def idle(qtbot: QtBot, window: QMainWindow, clock: Clock) -> Idle:  # noqa: ARG001 - stops the clock first
    window.show()
    qtbot.waitExposed(window)
    made = Idle(window.windowHandle())
    made.minutes = 5
    return made


def test_nobody_there_is_told_after_the_minutes(qtbot: QtBot, idle: Idle, clock: Clock) -> None:
    clock.now += 301

    with qtbot.waitSignal(idle.gone):
        idle.look()


def test_a_key_counts_as_somebody_there(qtbot: QtBot, window: QMainWindow, idle: Idle, clock: Clock) -> None:
    clock.now += 290
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_A)
    clock.now += 290

    with qtbot.assertNotEmitted(idle.gone):
        idle.look()


def test_never_is_never(qtbot: QtBot, idle: Idle, clock: Clock) -> None:
    idle.minutes = 0
    clock.now += 100_000

    with qtbot.assertNotEmitted(idle.gone):
        idle.look()


def test_a_computer_that_has_slept_is_told(qtbot: QtBot, idle: Idle, clock: Clock) -> None:
    clock.slept += 60

    with qtbot.waitSignal(idle.gone):
        idle.look()
