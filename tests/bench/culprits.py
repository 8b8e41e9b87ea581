"""Who stopped the window: a second pair of eyes on its thread while the heart does not beat."""

import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tests.journeys.stops import Heartbeat

LOOK_EVERY = 0.004  # seconds
A_STOP = 0.050


@dataclass(frozen=True, slots=True)
class Stop:
    """So long, and what the window's thread and the others were doing in the midst of it."""

    milliseconds: float
    where: str
    others: str


class Watchdog:
    """Samples the stack of the thread that made it, once for each stop."""

    def __init__(self, heart: Heartbeat, threshold: float = A_STOP) -> None:
        self._heart, self._threshold = heart, threshold
        self._watched = threading.get_ident()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog")
        self.stops: list[Stop] = []

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        seen: tuple[float, str, str] | None = None
        while not self._over.wait(LOOK_EVERY):
            beat = self._heart.last
            if seen is not None and beat != seen[0]:
                self.stops.append(Stop(1000 * (beat - seen[0]), seen[1], seen[2]))
                seen = None
            if seen is None and time.perf_counter() - beat > self._threshold:
                frames = sys._current_frames()  # noqa: SLF001 - there is no other way to look at a thread
                seen = (beat, _way(frames[self._watched], 5), self._others(frames))

    def _others(self, frames: dict[int, FrameType]) -> str:
        """What may hold the interpreter meanwhile; those that wait do not."""
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        busy = []
        for ident, frame in frames.items():
            way = _way(frame, 2)
            if ident not in {self._watched, threading.get_ident()} and "threading.py" not in way:
                busy.append(f"{names.get(ident, '?')}: {way}")
        return "; ".join(busy)

    def report(self, most: int = 12) -> str:
        """The stops by what was done in them, the longest first."""
        longest: dict[str, Stop] = {}
        for stop in sorted(self.stops, key=lambda stop: stop.milliseconds):
            longest[stop.where] = stop
        counts = Counter(stop.where for stop in self.stops)
        worst = sorted(longest.values(), key=lambda stop: -stop.milliseconds)[:most]
        return "\n".join(
            f"  {stop.milliseconds:6.0f} ms, {counts[stop.where]} times: {stop.where}"
            + (f"\n            meanwhile {stop.others}" if stop.others else "")
            for stop in worst
        )


def _way(frame: FrameType | None, most: int) -> str:
    """The innermost steps, those of the program first."""
    steps = []
    while frame is not None:
        steps.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    ours = [step for step in steps if "/archivist/" in step[0]] or steps
    shown = [steps[0], *(step for step in ours[:most] if step != steps[0])]
    return " < ".join(f"{Path(name).name}:{line} {function}" for name, line, function in shown)
