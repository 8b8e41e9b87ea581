"""Python's collector of cycles, kept to the window's thread.

Left to itself it runs in whichever thread happens to allocate: a lane would then destroy widgets that
belong to the window, and Qt hangs or crashes.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds


class Collector(QObject):
    """Takes the collector over for as long as it lives; `give_back` ends that."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int | None:
        """Collect the oldest generation that is due; answers which."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return generation
        return None

    def give_back(self) -> None:
        self._timer.stop()
        if self._was_on:
            gc.enable()
