"""How long the window did not answer: gaps between two beats of its own thread.

Of a gap only a part may be its own work; in the rest it waited for the interpreter or a processor.
"""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

BEAT = 1  # milliseconds


@dataclass(frozen=True, slots=True)
class Gap:
    """Milliseconds by the clock, and those in which the thread itself worked."""

    long: float
    worked: float


class Heartbeat(QObject):
    """Beats as often as the event loop lets it; a figure for benchmarks, never an assertion by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.last, self._worked = time.perf_counter(), time.thread_time()
        self.gaps: list[Gap] = []
        self._timer = QTimer(self, interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        self.gaps.clear()
        self.last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def end(self) -> float:
        """The longest stop since `begin`, in milliseconds."""
        self._timer.stop()
        self._beat()
        return self.longest_stop()

    def longest_stop(self) -> float:
        return max((gap.long for gap in self.gaps), default=0.0)

    def longest_work(self) -> float:
        """The longest time in one piece that the window's thread itself worked."""
        return max((gap.worked for gap in self.gaps), default=0.0)

    def over(self, milliseconds: float) -> tuple[int, int]:
        """How many gaps were longer, and how many of them by their own work."""
        longer = sum(gap.long > milliseconds for gap in self.gaps)
        return longer, sum(gap.worked > milliseconds for gap in self.gaps)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps.append(Gap(1000 * (now - self.last), 1000 * (worked - self._worked)))
        self.last, self._worked = now, worked
