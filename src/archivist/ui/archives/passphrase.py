"""The sheet that changes the passphrase of the open archive."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from archivist.model.strength import Strength
from archivist.ui.archives.fields import SecretField
from archivist.ui.archives.meter import StrengthMeter
from archivist.ui.archives.panels import Panel
from archivist.ui.archives.prose import Prose
from archivist.ui.widgets.buttons import link_button, push_button
from archivist.ui.widgets.layout import column, label, row


class PassphrasePanel(Panel):
    """Old, new and once more; says plainly what a new passphrase does not change."""

    wanted = Signal(str, str)
    suggestion_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("passphrase", self.tr("Change passphrase"))
        self._is_suggested = False
        self._is_working = False
        self.old = self._secret("old", self.tr("Passphrase so far, or recovery code"))
        self.new = self._secret("new", self.tr("New passphrase"))
        self.again = self._secret("again", self.tr("New passphrase once more"), with_eye=False)
        self.meter = StrengthMeter()
        self.suggest = link_button(
            self.tr("Suggest six words"), self.suggestion_wanted.emit, icon="dice-five"
        )
        self.suggest.setObjectName("suggest")
        self.change = push_button(self.tr("Change passphrase"), "key", self._send, kind="primary")
        self.change.setObjectName("change")
        self.cancel = self.cancel_button()
        self._fields = QWidget()
        self._fields.setLayout(
            column(
                *(label(self.old.accessibleName(), "h2"), 6, self.old, 18),
                *(
                    row(label(self.tr("New passphrase"), "h2"), None, self.suggest),
                    4,
                    self.new,
                    9,
                    self.meter,
                    14,
                ),
                *(label(self.tr("Once more"), "h2"), 6, self.again),
            )
        )
        told = Prose(
            self.tr(
                "From then on only the new passphrase opens this archive; the recovery code stays as it is."
                " Copies and backups made before still open with the old one: if somebody knows it, make a"
                " new backup and destroy the old ones."
            )
        )
        self.fill(self._fields, 16, told, 14, self.notice, foot=self.foot(self.cancel, self.change))
        for field in (self.old, self.new, self.again):
            field.textChanged.connect(self._look_again)
        self.new.textEdited.connect(self._edited)
        self.new.seen.connect(self.again.show_plainly)
        self._look_again()

    def show_suggestion(self, passphrase: str) -> None:
        self.new.setText(passphrase)
        self.new.show_plainly(True)
        self._is_suggested = True
        self.again.forget()
        self._look_again()
        self.again.setFocus()

    def show_working(self, words: str) -> None:
        self._is_working = True
        self.notice.clear()
        self.work.begin(words)
        self._look_again()

    def show_failed(self, sentence: str) -> None:
        self._is_working = False
        self.work.end()
        self.notice.tell("error", sentence)
        self._look_again()
        self.old.setFocus()
        self.old.selectAll()

    def forget_secrets(self) -> None:
        for field in (self.old, self.new, self.again):
            field.forget()

    def _secret(self, name: str, words: str, *, with_eye: bool = True) -> SecretField:
        field = SecretField(words, with_eye=with_eye)
        field.setObjectName(f"{name}_passphrase")
        return field

    def _edited(self) -> None:
        self._is_suggested = False

    def _look_again(self) -> None:
        new = self.new.text()
        self.meter.show_passphrase(new, is_suggested=self._is_suggested)
        self.again.show_tick(yes=bool(new) and new == self.again.text())
        is_sound = bool(self.old.text()) and self.meter.strength >= Strength.WEAK and new == self.again.text()
        self._fields.setEnabled(not self._is_working)
        self.cancel.setEnabled(not self._is_working)
        self.change.setEnabled(is_sound and not self._is_working)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._send()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        if self.change.isEnabled():
            self.wanted.emit(self.old.text(), self.new.text())
