"""When nobody is there: no key and no mouse for a while, or a computer that has slept."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

LOOK_EVERY = 5_000  # milliseconds
SLEPT = 30.0  # seconds that the clock of the wall is ahead of ours

_HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """Tells `gone` once nobody has touched the window for `minutes`, and when the computer woke up.

    It listens to the window itself, where few events pass, and not to all of the app's.
    """

    gone = Signal()

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self.minutes = 0
        self._touched = time.monotonic()
        self._slept_at_start = _slept()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - any of them counts
        if event.type() in _HANDS:
            self._touched = time.monotonic()
        return False

    def look(self) -> None:
        idle = time.monotonic() - self._touched
        slept = _slept() - self._slept_at_start
        if slept > SLEPT or (self.minutes and idle > self.minutes * 60):
            self._touched = time.monotonic()
            self._slept_at_start = _slept()
            self.gone.emit()


def _slept() -> float:
    """Seconds that this computer has slept since it was started, where the system tells."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    if boot is None:
        return 0.0
    return time.clock_gettime(boot) - time.clock_gettime(time.CLOCK_MONOTONIC)
