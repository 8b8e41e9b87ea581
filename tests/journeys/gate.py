"""Making an archive, opening one."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from tests.journeys.frame import LONG, Frame


class Gate(Frame):
    """What a user does before an archive is open."""

    def creates_archive(self, name: str, folder: Path, *, sheet: Path | None = None) -> str:
        """With six suggested words, which are the answer, and the recovery sheet saved as `sheet`."""
        passphrase = self.fills_in_archive(name, folder)
        if sheet is None:
            self.pushes("Make a recovery sheet")
        else:
            self.turns("How the sheet is to be kept", "Save as a file")
        self.pushes("Create archive")
        if sheet is not None:
            self.keeps_sheet(sheet)
        self.is_open()
        return passphrase

    def fills_in_archive(self, name: str, folder: Path) -> str:
        """All but the press on Create."""
        self.presses("Ctrl+N")
        self.sees("Recovery sheet")
        self.fills("Name", name)
        self.chooser.next_folder = folder
        self.pushes("Folder: …")
        self.pushes("Suggest six words")
        shown = self.window.findChild(QLineEdit, "passphrase")
        assert isinstance(shown, QLineEdit)
        passphrase = shown.text()
        self.goes_to("Passphrase once more")
        self.types(passphrase)
        return passphrase

    def keeps_sheet(self, sheet: Path) -> None:
        """Save the page with the recovery code, and say so."""
        self.sees("It is shown now and never again", seconds=LONG)
        self.chooser.next_place = sheet
        self.pushes("Save as a file…")
        self.sees("Take the file away from this computer")
        self.pushes("I have it")

    def asks_for_the_passphrase(self) -> None:
        self.waits(lambda: self.is_at("Passphrase"), "question for the passphrase")

    def unlocks(self, secret: str) -> None:
        """Type it and press Enter; what comes of it is seen by `is_open` or `sees`."""
        self.types(secret)
        self.presses("Return")

    def is_open(self) -> None:
        """The archive is there, and its library in sight."""
        self.waits(
            lambda: self.window.workspace is not None and self.workspace.isVisible(),
            "open archive",
            seconds=LONG,
        )
        self.waits(lambda: not self._sheets(), "end of the sheet")
