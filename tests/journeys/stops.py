"""How long the window did not answer: the longest gap between two beats of its own thread."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT = 1  # milliseconds


class Heartbeat(QObject):
    """Beats as often as the event loop lets it; a figure for benchmarks, never an assertion by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.last = time.perf_counter()
        self.gaps: list[float] = []
        self._timer = QTimer(self, interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        self.gaps.clear()
        self.last = time.perf_counter()
        self._timer.start()

    def end(self) -> float:
        """The longest stop since `begin`, in milliseconds."""
        self._timer.stop()
        self._beat()
        return self.longest_stop()

    def longest_stop(self) -> float:
        return 1000 * max(self.gaps, default=0.0)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self.last)
        self.last = now
