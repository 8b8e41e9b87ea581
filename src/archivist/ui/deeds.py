"""Undo and redo of everything, by key and menu, named after what they would take back."""

from PySide6.QtCore import QObject

from archivist.model.errors import ArchivistError
from archivist.services.undoing import Flipped, can_undo, redo, undo
from archivist.ui.session import Session
from archivist.ui.words import isolate


class Deeds(QObject):
    """Keeps the deeds `edit.undo` and `edit.redo` true."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.is_held = False
        add = session.actions.add
        add("edit.undo", self.tr("Undo"), self._undo, icon="arrow-counter-clockwise", shortcut="Ctrl+Z")
        add("edit.redo", self.tr("Redo"), self._redo, icon="arrow-clockwise", shortcut="Ctrl+Shift+Z; Ctrl+Y")
        session.tasks.changed.connect(self.refresh)

    def refresh(self) -> None:
        self._session.tasks.read(can_undo, self._show, key="can undo")

    def hold(self, *, yes: bool) -> None:
        """While an import runs its own deed is the newest, and not yet whole."""
        self.is_held = yes
        self.refresh()

    def _show(self, deeds: tuple[str, str]) -> None:
        for name, word, deed in (
            ("edit.undo", self.tr("Undo"), deeds[0]),
            ("edit.redo", self.tr("Redo"), deeds[1]),
        ):
            action = self._session.actions.get(name)
            action.setText(f"{word}: {deed}" if deed else word)
            action.setEnabled(bool(deed) and not self.is_held)

    def _undo(self) -> None:
        self._session.tasks.write(undo, self._say_undone, failed=self._say)

    def _redo(self) -> None:
        self._session.tasks.write(redo, self._say_redone, failed=self._say)

    def _say_undone(self, flipped: Flipped) -> None:
        self._tell(self.tr("Taken back: {}"), flipped)

    def _say_redone(self, flipped: Flipped) -> None:
        self._tell(self.tr("Done again: {}"), flipped)

    def _tell(self, sentence: str, flipped: Flipped) -> None:
        subject = f" {isolate(flipped.subject)}" if flipped.subject else ""
        said = sentence.format(f"{flipped.deed.name}{subject}")
        if flipped.skipped:
            said += " " + self.tr("What was changed since stays as it is.")
        self._session.say(said)

    def _say(self, error: ArchivistError) -> None:
        self._session.say(str(error))
