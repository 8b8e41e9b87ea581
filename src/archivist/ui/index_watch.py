"""Whether everything that was done can be found by now."""

from PySide6.QtCore import QObject, QTimer, Signal

from archivist.services.searching import is_up_to_date
from archivist.ui.session import Session
from archivist.ui.statusbar import StatusBar

LOOK_AGAIN = 1000  # milliseconds


class IndexWatch(QObject):
    """Looks after each deed, and has the index follow until it knows of it."""

    caught_up = Signal()
    """What could not be found before can be found now."""

    def __init__(self, session: Session, status: StatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._status = status
        self._was_behind = False
        self._again = QTimer(self, singleShot=True, interval=LOOK_AGAIN)
        self._again.timeout.connect(self.look)
        session.tasks.changed.connect(self.look)

    def look(self) -> None:
        self._session.tasks.read(is_up_to_date, self._show, key="index")

    def _show(self, is_current: bool) -> None:
        self._status.show_index(self.tr("Index up to date") if is_current else self.tr("Indexing…"))
        if not is_current:
            # Following ends where the history ended when it was asked for.
            self._session.tasks.note(lambda archive: archive.index.start())
            self._again.start()
        elif self._was_behind:
            self.caught_up.emit()
        self._was_behind = not is_current
