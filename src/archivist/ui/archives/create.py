"""The sheet that makes an archive: name, place, protection, passphrase, recovery sheet."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QWidget

from archivist.model.strength import Strength
from archivist.services.looking import SUFFIX
from archivist.ui.archives.cards import choice
from archivist.ui.archives.fields import FolderField, NameField, SecretField
from archivist.ui.archives.meter import StrengthMeter
from archivist.ui.archives.panels import Panel, Scrolling
from archivist.ui.archives.preview import SheetPreview
from archivist.ui.archives.prose import Picture, Prose
from archivist.ui.widgets.buttons import link_button, push_button
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.layout import column, horizontal_line, label, panel, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.widgets.segmented import Segmented

WIDTH, SIDE = 936, 376
_ROOM_FOR_PICTURE = 650


@dataclass(frozen=True, slots=True)
class Wanted:
    """The archive that the user wants to have made."""

    folder: Path
    passphrase: str | None = field(repr=False)
    with_recovery: bool
    sheet_as: str
    remember: bool


class CreatePanel(Panel):
    """Asks for all that an archive needs; Create is possible once it is sound."""

    wanted = Signal(object)
    folder_wanted = Signal()
    suggestion_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__("create", self.tr("New archive"), width=WIDTH)
        self._is_suggested = False
        self._is_working = False
        self._build_fields()
        self._build_side()
        self.folder.show_folder(folder)
        self._lay_out()
        self._connect()
        self._look_again()

    # ---- what it answers

    def show_folder(self, folder: Path) -> None:
        self.folder.show_folder(folder)
        self._look_again()

    def show_suggestion(self, passphrase: str) -> None:
        """Put it into the field, to be read and written down; it is typed once more by hand."""
        self.passphrase.setText(passphrase)
        self.passphrase.show_plainly(True)
        self._is_suggested = True
        self.again.forget()
        self._look_again()
        self.again.setFocus()

    def show_working(self, words: str) -> None:
        self._is_working = True
        self.notice.clear()
        self._keys.hide()
        self.work.begin(words)
        self._look_again()

    def show_failed(self, sentence: str) -> None:
        self._is_working = False
        self.work.end()
        self._keys.show()
        self.notice.tell("error", sentence)
        self._look_again()
        self.name.setFocus()
        self.name.selectAll()

    def forget_secrets(self) -> None:
        self.passphrase.forget()
        self.again.forget()

    def missing(self) -> str:
        """What is still to be done before it can be made; empty where nothing is."""
        return self._wrong_with_place() or (self._wrong_with_secret() if self.is_encrypted() else "")

    def _wrong_with_place(self) -> str:
        name = self.name.wanted()
        if not name:
            return self.tr("Give the archive a name.")
        if set(name) & set('/\\:*?"<>|') or name.startswith("."):
            return self.tr('Choose a name without / \\ : * ? " < > | and without a point at its start.')
        return "" if self.folder.folder else self.tr("Choose the folder that is to hold it.")

    def _wrong_with_secret(self) -> str:
        if self.meter.strength < Strength.WEAK:
            return self.tr("Choose a stronger passphrase.")
        if self.passphrase.text() != self.again.text():
            return self.tr("Type the passphrase once more.")
        return ""

    def is_encrypted(self) -> bool:
        return self.encrypt.isChecked()

    # ---- its parts

    def _build_fields(self) -> None:
        self.name = NameField(self.tr("Name"), SUFFIX)
        self.name.setObjectName("archive_name")
        self.folder = FolderField(self.tr("Folder"))
        self.encrypt = choice(
            self.tr("Encrypt with a passphrase"),
            self.tr("Documents, quotes, names, search index. The folder name stays readable."),
            pill=self.tr("recommended"),
        )
        self.plain = choice(self.tr("No passphrase"), self.tr("Whoever holds the folder can read it."))
        self._protection = QButtonGroup(self)
        self._protection.addButton(self.encrypt)
        self._protection.addButton(self.plain)
        self.encrypt.setChecked(True)
        self.suggest = link_button(
            self.tr("Suggest six words"), self.suggestion_wanted.emit, icon="dice-five"
        )
        self.suggest.setObjectName("suggest")
        self.suggest.setIconSize(QSize(16, 16))
        self.passphrase = SecretField(self.tr("Passphrase"))
        self.passphrase.setObjectName("passphrase")
        self.meter = StrengthMeter()
        self.again = SecretField(self.tr("Passphrase once more"), with_eye=False)
        self.again.setObjectName("passphrase_again")
        self.lost = Notice()
        self.caps = label(self.tr("Caps Lock is on."), "warn")
        self.caps.hide()
        self.remember = CheckBox(self.tr("Remember this archive on this computer"))
        self.remember.setObjectName("remember")

    def _build_side(self) -> None:
        self.preview = SheetPreview()
        self.make_sheet = CheckBox(self.tr("Make a recovery sheet"), checked=True)
        self.make_sheet.setObjectName("make_sheet")
        self.sheet_as = Segmented(
            self.tr("How the sheet is to be kept"),
            [("print", self.tr("Print"), "printer"), ("save", self.tr("Save as a file"), "floppy-disk")],
        )
        self._keys = QWidget()
        self._keys_icon = Picture("key", "text2", 16)
        self._keys_words = label(role="meta")
        self._keys_words.setObjectName("missing")
        self._keys.setLayout(row(self._keys_icon, self._keys_words, spacing=8))
        self.cancel = self.cancel_button()
        self.make = push_button(self.tr("Create archive"), "lock-simple", self._send, kind="primary")
        self.make.setObjectName("create")
        for button in (self.cancel, self.make):
            button.setFixedHeight(32)

    def _lay_out(self) -> None:
        names = row(
            column(label(self.tr("Name"), "h2"), self.name, spacing=6),
            column(label(self.tr("Folder"), "h2"), self.folder, spacing=6),
            spacing=12,
        )
        names.setStretch(0, 262)
        names.setStretch(1, 230)
        secret_head = row(label(self.tr("Passphrase"), "h2"), None, self.suggest)
        self._secrets = QWidget()
        self._secrets.setLayout(
            column(
                *(secret_head, 4, self.passphrase, 9, self.meter, 20),
                *(row(label(self.tr("Once more"), "h2"), None, self.caps), 6, self.again, 24),
            )
        )
        seen = label(self.tr("Whoever uses it can then see the name on the welcome screen."), "meta")
        seen.setContentsMargins(25, 0, 0, 0)
        main = QWidget()
        main.setObjectName("clear")
        main.setLayout(
            column(
                *(self.title, 18, names, 26),
                *(label(self.tr("Protection"), "h2"), 7, self.encrypt, 8, self.plain, 24),
                *(self._secrets, self.notice, 8, self.lost, 14, self.remember, seen, None),
                margins=(27, 22, 27, 16),
            )
        )
        foot = panel("sheet_foot", row(self._keys, self.work, None, margins=(27, 0, 27, 0)), height=56)
        left = column(Scrolling(main), foot)
        left.setStretch(0, 1)
        side = panel("sheet_side", self._side())
        side.setProperty("mirrored", self.layoutDirection() is Qt.LayoutDirection.RightToLeft)
        side.setFixedWidth(SIDE)
        whole = row(left, side, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _side(self) -> QBoxLayout:
        head = row(label(self.tr("Recovery sheet"), "h1"), None, self.close_button)
        told = [
            self.tr("One page with a code that opens this archive in place of the passphrase."),
            self.tr("Shown once, when you press Create. We keep no copy."),
            self.tr("Print it and leave it with somebody you trust, never in the bag with this computer."),
        ]
        points = column(*map(_point, told), spacing=8)
        body = column(
            *(head, 12, row(None, self.preview, None), 18, points, None),
            *(horizontal_line(), 8, self.make_sheet, 4, self.sheet_as),
            margins=(25, 18, 25, 28),
        )
        foot = panel(
            "sheet_side_foot",
            row(None, self.cancel, self.make, margins=(25, 0, 25, 0), spacing=8),
            height=56,
        )
        layout = column(body, foot)
        layout.setStretch(0, 1)
        return layout

    # ---- what happens while it is filled in

    def _connect(self) -> None:
        self.folder.wanted.connect(self.folder_wanted)
        self.passphrase.textEdited.connect(self._edited)
        self.passphrase.seen.connect(self.again.show_plainly)
        for secret in (self.passphrase, self.again):
            secret.caps_lock.connect(self.caps.setVisible)
        for changed in (self.name.textChanged, self.again.textChanged, self.passphrase.textChanged):
            changed.connect(self._look_again)
        self.encrypt.toggled.connect(self._look_again)
        self.make_sheet.toggled.connect(self._look_again)

    def _edited(self) -> None:
        self._is_suggested = False

    def _look_again(self) -> None:
        encrypted, idle = self.is_encrypted(), not self._is_working
        passphrase = self.passphrase.text()
        self.meter.show_passphrase(passphrase, is_suggested=self._is_suggested)
        self.again.show_tick(yes=bool(passphrase) and passphrase == self.again.text())
        self._secrets.setVisible(encrypted)
        self.make_sheet.setEnabled(encrypted and idle)
        self.sheet_as.setEnabled(encrypted and idle and self.make_sheet.isChecked())
        self.preview.show_name(self.name.wanted(), dimmed=not (encrypted and self.make_sheet.isChecked()))
        fields = (self.name, self.folder, self.encrypt, self.plain, self._secrets, self.remember, self.cancel)
        for field_ in fields:
            field_.setEnabled(idle)
        missing = self.missing()
        self.make.setEnabled(not missing and idle)
        self._keys_icon.show_icon("pencil-simple" if missing else "key", "text2")
        self._keys_words.setText(missing or self.tr("The keys are made on this computer and never leave it."))
        self._warn(encrypted)

    def _warn(self, encrypted: bool) -> None:
        if encrypted:
            self.lost.tell(
                "warning",
                self.tr(
                    "Without the passphrase or the recovery sheet, nobody can open this archive again:"
                    " not you, not us, not an expert. There is no back door."
                ),
                title=self.tr("A lost passphrase cannot be reset"),
            )
        else:
            self.lost.tell(
                "warning",
                self.tr(
                    "If this computer or the folder is taken, everything in it can be read. A passphrase"
                    " cannot be added later: you would make a new archive and import again."
                ),
                title=self.tr("Nothing in it will be protected"),
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the words beside the picture matter more than it does."""
        super().resizeEvent(event)
        self.preview.setVisible(self.height() >= _ROOM_FOR_PICTURE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.make.isEnabled():
            self._send()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        folder = self.folder.folder
        if self._is_working or folder is None or self.missing():
            return
        encrypted = self.is_encrypted()
        self.wanted.emit(
            Wanted(
                folder=folder / f"{self.name.wanted()}{SUFFIX}",
                passphrase=self.passphrase.text() if encrypted else None,
                with_recovery=encrypted and self.make_sheet.isChecked(),
                sheet_as=self.sheet_as.choice(),
                remember=self.remember.isChecked(),
            )
        )


def _point(words: str) -> QBoxLayout:
    dot = label("•", "body2")
    line = row(column(dot, None), Prose(words, "body2"), spacing=8)
    line.setStretch(1, 1)
    return line
