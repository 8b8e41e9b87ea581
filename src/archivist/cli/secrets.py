"""Passphrases: from the terminal, a file, or for tests the environment. Never echoed, never kept."""

import argparse
import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from archivist.cli.arguments import UsageError
from archivist.cli.output import is_terminal
from archivist.model.errors import ArchiveNotOpened, ArchivistError


class NoSecret(ArchiveNotOpened):
    """The archive is encrypted and nothing was given to open it."""

    def __init__(self) -> None:
        super().__init__("The archive has a passphrase; run this on a terminal, or give --passphrase-file.")


@dataclass(frozen=True, slots=True)
class Secrets:
    """Finds the passphrase that a verb needs."""

    arguments: argparse.Namespace
    from_environment: str | None

    def to_open(self) -> str:
        """The passphrase or recovery code of an archive that is there.

        Raises:
            NoSecret: there is no way to ask for it.
        """
        if (given := self._given(self.arguments.passphrase_file)) is not None:
            return given
        return _asked("Passphrase", NoSecret())

    def from_file(self) -> str | None:
        """What the user names by --passphrase-file, whether it is needed or not."""
        path = self.arguments.passphrase_file
        return _read(path) if path else None

    def for_new(self) -> str | None:
        """The passphrase of an archive to be made; None where the user chose to have none."""
        if self.arguments.no_passphrase:
            return None
        given = self._given(self.arguments.passphrase_file)
        way_out = "or choose --no-passphrase for an archive without"
        return _checked(given if given is not None else _asked_twice("Passphrase", way_out), way_out)

    def to_change_to(self) -> str:
        path = self.arguments.new_passphrase_file
        way_out = "on a terminal or by --new-passphrase-file"
        return _checked(_read(path) if path else _asked_twice("New passphrase", way_out), way_out)

    def _given(self, path: str | None) -> str | None:
        return _read(path) if path else self.from_environment


def _read(path: str) -> str:
    """The first line of a file, or of standard input for `-`."""
    try:
        content = _first_line() if path == "-" else Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The passphrase file “{Path(path).name}” could not be read.") from error
    return content.split("\n")[0].rstrip("\r")


def _first_line() -> str:
    return sys.stdin.readline() if sys.stdin is not None else ""


def _asked_twice(what: str, way_out: str) -> str:
    nobody = UsageError(f"A passphrase is needed: give --passphrase-file, {way_out}.")
    first = _asked(what, nobody)
    if _asked(f"{what} again", nobody) != first:
        raise UsageError("The two passphrases differ; nothing was done.")
    return first


def _asked(what: str, nobody: ArchivistError) -> str:
    """What a person types; raises `nobody` where there is none, or none who answers."""
    if not is_terminal(sys.stdin):
        raise nobody
    try:
        return getpass.getpass(f"{what}: ")
    except EOFError:
        raise nobody from None


def _checked(passphrase: str, way_out: str) -> str:
    if not passphrase.strip():
        raise UsageError(f"The passphrase is empty; give one, {way_out}.")
    return passphrase
