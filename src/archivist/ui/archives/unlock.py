"""The page before an archive: its passphrase or recovery code, or why it does not open."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from archivist.services.looking import SUFFIX
from archivist.ui.archives.cards import IconTile
from archivist.ui.archives.explaining import Explained, help_words
from archivist.ui.archives.fields import SecretField
from archivist.ui.archives.panels import WorkLine
from archivist.ui.archives.prose import backwards
from archivist.ui.widgets.buttons import link_button, push_button
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.words import isolate

WIDTH = 440
_WRONG, _OTHER = ("warning-circle", "danger", "dangerSoft"), ("hard-drive", "text2", "inset")


class UnlockPage(QWidget):
    """Says what was typed; the secret leaves the field as it is sent."""

    unlock_wanted = Signal(str)
    other_wanted = Signal()
    help_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.by_code = False
        self._tile = IconTile("lock-simple", "accent", "accentSoft", side=44, glyph=22)
        self._name = label(role="count")
        self._name.setObjectName("archive_name")
        self._kind = label(role="meta")
        self.notice = Notice()
        self._secret_name = label(role="h2")
        self.switch = link_button("", self._switch)
        self.switch.setObjectName("use_code")
        self.secret = SecretField(self.tr("Passphrase"))
        self.secret.setObjectName("secret")
        self.caps = label(self.tr("Caps Lock is on."), "warn")
        self.remember = CheckBox(self.tr("Show it on the welcome screen"))
        self.remember.setObjectName("remember")
        self.work = WorkLine()
        self.other = push_button(self.tr("Other archive"), backwards(), self.other_wanted.emit)
        self.other.setObjectName("other_archive")
        self.unlock = push_button(self.tr("Unlock"), "lock-simple-open", self._send, kind="primary")
        self.unlock.setObjectName("unlock")
        for button in (self.other, self.unlock):
            button.setFixedHeight(32)
        self._lay_out()
        self.secret.caps_lock.connect(self.caps.setVisible)
        self.secret.textChanged.connect(self._look_again)
        self.secret.textEdited.connect(self.notice.clear)

    # ---- what it shows

    def show_archive(self, folder_name: str, *, remembered: bool) -> None:
        """Begin with a folder that is being looked at."""
        name = folder_name.removesuffix(SUFFIX)
        self._name.setText(isolate(name))
        self._name.setToolTip(folder_name)
        self._tile.show_icon("folder", "text2", "inset")
        self._tell_kind("")
        self.notice.clear()
        self.remember.setChecked(remembered)
        self.secret.forget()
        self._use_code(by_code=False)
        self._ask.hide()
        self.caps.hide()
        self.show_working(self.tr("Looking at it…"), can_leave=True)

    def ask_secret(self) -> None:
        """It is encrypted: the field is ready."""
        self._tile.show_icon("lock-simple", "accent", "accentSoft")
        self._tell_kind(self.tr("Encrypted archive"))
        self._ask.show()
        self._idle()
        self.secret.setFocus()

    def show_plain(self) -> None:
        self._tile.show_icon("lock-simple-open", "warn", "warnSoft")
        self._tell_kind(self.tr("Not encrypted"))

    def show_working(self, words: str, *, can_leave: bool = False) -> None:
        self.work.begin(words)
        self._ask.setEnabled(False)
        self._look_again()
        self.other.setEnabled(can_leave)

    def show_refused(self, told: Explained) -> None:
        """In place, with what helps; where another passphrase may do, the field is ready again."""
        self._idle()
        deeds = [(help_words(help_), partial(self.help_wanted.emit, help_)) for help_ in told.helps]
        self.notice.tell(told.level, told.sentence, title=told.title, offers=deeds)
        if told.is_about_secret or self._ask.isVisibleTo(self):
            self._ask.show()
            self.secret.setFocus()
            self.secret.selectAll()
        else:
            self._tile.show_icon(*(_WRONG if told.level == "error" else _OTHER))
            self.other.setFocus()

    # ---- within

    def _lay_out(self) -> None:
        head = row(self._tile, 6, column(None, self._name, self._kind, None, spacing=3), None, spacing=8)
        self._ask = QWidget()
        self._ask.setLayout(
            column(
                row(self._secret_name, None, self.switch),
                *(5, self.secret, 4, self.caps, 6, self.remember),
            )
        )
        foot = row(self.other, None, self.work, self.unlock, spacing=10)
        card = panel(
            "gate_card", column(head, 18, self.notice, 14, self._ask, 16, foot, margins=(28, 26, 28, 24))
        )
        card.setFixedWidth(WIDTH)
        layout = column(None, row(None, card, None), None, margins=(24, 24, 24, 24))
        layout.setStretch(0, 4)
        layout.setStretch(2, 5)
        self.setLayout(layout)
        self._use_code(by_code=False)

    def _tell_kind(self, words: str) -> None:
        self._kind.setText(words)
        self._kind.setVisible(bool(words))

    def _idle(self) -> None:
        self.work.end()
        self._ask.setEnabled(True)
        self._look_again()

    def _switch(self) -> None:
        self.notice.clear()
        self._use_code(by_code=not self.by_code)
        self.secret.forget()
        self.secret.show_plainly(self.by_code)
        self.secret.setFocus()

    def _use_code(self, *, by_code: bool) -> None:
        self.by_code = by_code
        name = self.tr("Recovery code") if by_code else self.tr("Passphrase")
        self._secret_name.setText(name)
        self.secret.setAccessibleName(name)
        self.secret.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" if by_code else "")
        self.switch.setText(self.tr("Use the passphrase") if by_code else self.tr("Use the recovery code"))
        self.switch.setAccessibleName(self.switch.text())

    def _look_again(self) -> None:
        is_idle = self._ask.isEnabled()
        self.unlock.setEnabled(bool(self.secret.text()) and is_idle)
        self.unlock.setVisible(self._ask.isVisibleTo(self))
        self.other.setEnabled(is_idle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._send()
        elif event.key() == Qt.Key.Key_Escape and self.other.isEnabled():
            self.other_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        if self.unlock.isEnabled() and self.unlock.isVisibleTo(self):
            self.unlock_wanted.emit(self.secret.text())
