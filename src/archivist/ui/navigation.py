"""Going from place to place, and back again."""

from PySide6.QtCore import QObject, Signal

from archivist.ui.places import Place, SearchPlace

MOST_KEPT = 200


class Navigator(QObject):
    """Remembers the places that were visited; `arrived` tells each one to be shown."""

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        return self._places[self._at] if self._places else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def go(self, place: Place) -> None:
        """Show `place`. While a query is typed each letter takes the place of the one before."""
        is_typing = isinstance(place, SearchPlace) and isinstance(self.here, SearchPlace)
        if is_typing:
            self._places[self._at :] = [place]
        elif place != self.here:
            self._places[self._at + 1 :] = [place]
            self._places = self._places[-MOST_KEPT:]
            self._at = len(self._places) - 1
        self.arrived.emit(place)

    def back(self) -> None:
        self._move(-1)

    def forward(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        at = self._at + step
        if 0 <= at < len(self._places):
            self._at = at
            self.arrived.emit(self._places[at])
