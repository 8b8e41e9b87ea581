"""Sheets that make a folder out of another: back up, restore, the sample."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from archivist.services.looking import SUFFIX
from archivist.ui.archives.fields import FolderField, NameField
from archivist.ui.archives.panels import Panel
from archivist.ui.archives.prose import Prose
from archivist.ui.tasks import Running
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.layout import Item, label
from archivist.ui.widgets.notice import Offer
from archivist.ui.words import isolate

UNFIT = frozenset('/\\:*?"<>|')


class CopyPanel(Panel):
    """A folder to put it in, a name for it, progress, and what came of it."""

    wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, name: str, title: str, deed: QPushButton, *, suffix: str = "") -> None:
        super().__init__(name, title)
        self.place = FolderField(self.tr("Folder"))
        self.place.setObjectName(f"{name}_folder")
        self.place.wanted.connect(self.folder_wanted)
        self.called = NameField(self.tr("Name"), suffix)
        self.called.setObjectName(f"{name}_name")
        self.called.textChanged.connect(self.look_again)
        self.deed = deed
        self.deed.setObjectName(f"{name}_go")
        self.cancel = self.cancel_button()
        self._is_working = False
        self._is_done = False
        self._suffix = suffix

    def target(self) -> Path | None:
        """Where it is to stand; None while that is not settled."""
        name = self.called.wanted()
        if self.place.folder is None or not name or set(name) & UNFIT or name.startswith("."):
            return None
        return self.place.folder / f"{name}{self._suffix}"

    def show_folder(self, folder: Path) -> None:
        self.place.show_folder(folder)
        self.look_again()

    def show_working(self, words: str, running: Running | None = None) -> None:
        self._is_working = True
        self.notice.clear()
        self.work.begin(words, running)
        self.look_again()

    def show_progress(self, done: int, of: int) -> None:
        self.work.show_progress(done, of)

    def show_done(self, level: str, sentence: str, *, title: str = "", offers: Sequence[Offer] = ()) -> None:
        self._is_working, self._is_done = False, True
        self.work.end()
        self.notice.tell(level, sentence, title=title, offers=offers)
        self.cancel.setText(self.tr("Close"))
        self.look_again()
        self.cancel.setFocus()

    def show_failed(self, sentence: str) -> None:
        self._is_working = False
        self.work.end()
        self.notice.tell("error", sentence)
        self.look_again()
        self.deed.setFocus()

    def show_stopped(self, sentence: str) -> None:
        self._is_working = False
        self.work.end()
        self.notice.tell("info", sentence)
        self.look_again()

    def look_again(self) -> None:
        is_idle = not self._is_working and not self._is_done
        for field in self.fields():
            field.setEnabled(is_idle)
        self.cancel.setEnabled(not self._is_working)
        self.deed.setVisible(not self._is_done and not self._is_working)
        self.deed.setEnabled(is_idle and self.target() is not None)

    def fields(self) -> list[QWidget]:
        return [self.place, self.called]

    def place_and_name(self, where: str) -> list[Item]:
        return [
            *(label(where, "h2"), 6, self.place, 16),
            *(label(self.tr("Name"), "h2"), 6, self.called),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.deed.isEnabled() and not self._is_done:
                self.wanted.emit()
        else:
            super().keyPressEvent(event)


class BackupPanel(CopyPanel):
    """A copy of everything that cannot be made again."""

    def __init__(self, name: str, *, is_encrypted: bool) -> None:
        deed = push_button(self.tr("Back up"), "hard-drive", kind="primary")
        super().__init__("backup", self.tr("Back up"), deed)
        deed.clicked.connect(lambda *_: self.wanted.emit())
        told = Prose(
            self.tr(
                "Every original is proved while it is copied. Best on another drive, kept elsewhere: what"
                " lies beside the archive is lost with it."
            ),
            "body2",
        )
        opens = (
            self.tr("The backup is encrypted and opens with the passphrase of today, or the recovery code.")
            if is_encrypted
            else self.tr("The backup is not encrypted, as the archive is not: whoever holds it can read it.")
        )
        self.fill(
            *(told, 18, *self.place_and_name(self.tr("Put it into")), 14, Prose(opens), 14, self.notice),
            foot=self.foot(self.cancel, deed),
        )
        self.called.setText(name)
        self.look_again()


class RestorePanel(CopyPanel):
    """An archive made out of a backup, which stays as it is."""

    backup_wanted = Signal()

    def __init__(self) -> None:
        deed = push_button(self.tr("Restore"), "arrow-counter-clockwise", kind="primary")
        super().__init__("restore", self.tr("Restore a backup"), deed, suffix=SUFFIX)
        deed.clicked.connect(lambda *_: self.wanted.emit())
        self.backup = FolderField(self.tr("Backup"))
        self.backup.setObjectName("restore_backup")
        self.backup.wanted.connect(self.backup_wanted)
        told = Prose(
            self.tr(
                "Makes an archive out of a backup once every file in it has proved to be as it was written."
                " The backup is left as it is; nothing is overwritten."
            ),
            "body2",
        )
        self.fill(
            *(told, 18, label(self.tr("Backup"), "h2"), 6, self.backup, 16),
            *(*self.place_and_name(self.tr("Put the archive into")), 14, self.notice),
            foot=self.foot(self.cancel, deed),
        )
        self.look_again()

    def show_backup(self, folder: Path, *, name: str) -> None:
        """`name` is proposed for the archive, unless the user has typed one."""
        self.backup.show_folder(folder)
        if not self.called.isModified():
            self.called.setText(name)
        self.look_again()

    def target(self) -> Path | None:
        return super().target() if self.backup.folder else None

    def fields(self) -> list[QWidget]:
        return [self.backup, *super().fields()]


class SamplePanel(CopyPanel):
    """Invented documents, ready to be tried."""

    def __init__(self, name: str) -> None:
        deed = push_button(self.tr("Make the sample"), "books", kind="primary")
        super().__init__("sample", self.tr("Sample archive"), deed, suffix=SUFFIX)
        deed.clicked.connect(lambda *_: self.wanted.emit())
        self.remember = CheckBox(self.tr("Show it on the welcome screen"))
        told = Prose(
            self.tr(
                "Twelve invented documents in six languages, with quotes, tags and cases, to try everything"
                " with. All people and places in them are made up, so the sample is not encrypted. Keep"
                " nothing real in it."
            ),
            "body2",
        )
        self.fill(
            *(told, 18, *self.place_and_name(self.tr("Put it into")), 12, self.remember, 8, self.notice),
            foot=self.foot(self.cancel, deed),
        )
        self.called.setText(name)

    def fields(self) -> list[QWidget]:
        return [*super().fields(), self.remember]


def damage_words(sentences: Sequence[str]) -> str:
    """The first few of what is wrong, one a line; how many more there are."""
    shown = [isolate(sentence) for sentence in sentences[:4]]
    more = len(sentences) - len(shown)
    return "\n".join([*shown, f"+ {more}"] if more else shown)
