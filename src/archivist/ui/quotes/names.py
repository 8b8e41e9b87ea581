"""The tags and cases that a form offers: asked for when it opens, and anew after every deed."""

from PySide6.QtCore import QObject

from archivist.services.codebook import Codebook, codebook
from archivist.ui.quotes.form import QuoteForm
from archivist.ui.session import Session


class Names(QObject):
    """Keeps what is known until something is done."""

    def __init__(self, session: Session, form: QuoteForm, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        self._known: Codebook | None = None
        session.tasks.changed.connect(self._forget)

    def offer(self) -> None:
        """Let the form suggest them, as soon as they are known."""
        if self._known is not None:
            self._form.offer(self._known)
        else:
            self._session.tasks.read(codebook, self._learn, key="quote names")

    def _learn(self, known: Codebook) -> None:
        self._known = known
        self._form.offer(known)

    def _forget(self) -> None:
        self._known = None
        if not self._form.isHidden():
            self.offer()
