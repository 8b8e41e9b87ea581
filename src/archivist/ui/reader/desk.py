"""The documents that are open, one of them in front; the oldest views are put to sleep."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from archivist.model.ids import DocumentId
from archivist.services.reading import note_reading
from archivist.ui.reader.reading import Reading
from archivist.ui.session import Session

MOST_AWAKE = 12


class Desk(QObject):
    """Opens and closes documents in `stack`, and takes down where reading stands when one is left."""

    opened = Signal(object)
    """A Reading lies on the desk that did not before."""
    closed = Signal(str)
    current_changed = Signal()
    """Another document is in front, or none."""
    loaded = Signal(object)
    view_made = Signal(object)
    """A Reading has another view, or none."""
    rows_changed = Signal()
    """Of the document in front."""
    details_wanted = Signal()

    def __init__(self, session: Session, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._stack = stack
        self._readings: dict[DocumentId, Reading] = {}
        self._used: list[DocumentId] = []  # the one in front last
        self.current: Reading | None = None
        session.tasks.changed.connect(self._refresh)

    def readings(self) -> Sequence[Reading]:
        return list(self._readings.values())

    def bring(self, document_id: DocumentId) -> Reading:
        """To the front; open it where it is not, or not any more."""
        reading = self._readings.get(document_id) or self._lay(document_id)
        if reading is not self.current:
            self._leave()
            self.current = reading
            self._stack.setCurrentWidget(reading.sheet)
            self._used = [*(one for one in self._used if one != document_id), document_id]
            self._wake(reading)
            self._put_to_sleep()
            self.current_changed.emit()
        return reading

    def close(self, document_id: DocumentId) -> None:
        """The one that was used before it comes to the front."""
        reading = self._readings.pop(document_id, None)
        if reading is None:
            return
        was_current = reading is self.current
        self._note(reading)
        self._used.remove(document_id)
        reading.sleep()
        self._stack.removeWidget(reading.sheet)
        reading.sheet.hide()
        reading.sheet.deleteLater()
        reading.deleteLater()
        self.closed.emit(document_id)
        if was_current:
            self.current = None
            if self._used:
                self.bring(self._used[-1])
            else:
                self.current_changed.emit()

    def note_place(self) -> None:
        """Take down where reading stands in the document in front."""
        if self.current is not None:
            self._note(self.current)

    def shut(self) -> None:
        """End all views and what works behind them."""
        for reading in self._readings.values():
            reading.sleep()

    # ---- inside

    def _lay(self, document_id: DocumentId) -> Reading:
        reading = Reading(self._session, document_id, self)
        reading.loaded.connect(lambda: self.loaded.emit(reading))
        reading.view_made.connect(lambda: self.view_made.emit(reading))
        reading.rows_changed.connect(lambda: self._say_rows(reading))
        reading.details_wanted.connect(self.details_wanted)
        self._readings[document_id] = reading
        self._stack.addWidget(reading.sheet)
        self.opened.emit(reading)
        return reading

    def _leave(self) -> None:
        if self.current is not None and not self.current.is_asleep:
            self._note(self.current)

    def _wake(self, reading: Reading) -> None:
        if reading.is_asleep:
            reading.open()
        elif reading.is_stale:
            reading.refresh()

    def _put_to_sleep(self) -> None:
        awake = [one for one in self._used if not self._readings[one].is_asleep]
        for document_id in awake[: max(0, len(awake) - MOST_AWAKE)]:
            if self._readings[document_id] is not self.current:
                self._readings[document_id].sleep()

    def _note(self, reading: Reading) -> None:
        """No deed: nobody has to be told."""
        document_id, place = reading.id, reading.place()
        if reading.opened is not None:
            self._session.tasks.note(lambda archive: note_reading(archive, document_id, place))

    def _refresh(self) -> None:
        for reading in self._readings.values():
            if reading is self.current:
                reading.refresh()
            else:
                reading.is_stale = True

    def _say_rows(self, reading: Reading) -> None:
        if reading is self.current:
            self.rows_changed.emit()
