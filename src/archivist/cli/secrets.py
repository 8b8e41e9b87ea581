"""Passphrases: from the terminal, a file, or for tests the environment. Never echoed, never kept."""

import argparse
import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from archivist.cli.arguments import UsageError
from archivist.model.errors import ArchiveNotOpened


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
        if not sys.stdin.isatty():
            raise NoSecret
        return getpass.getpass("Passphrase: ")

    def for_new(self) -> str | None:
        """The passphrase of an archive to be made; None where the user chose to have none."""
        if self.arguments.no_passphrase:
            return None
        given = self._given(self.arguments.passphrase_file)
        return _checked(given if given is not None else _asked_twice("Passphrase"))

    def to_change_to(self) -> str:
        path = self.arguments.new_passphrase_file
        return _checked(_read(path) if path else _asked_twice("New passphrase"))

    def _given(self, path: str | None) -> str | None:
        return _read(path) if path else self.from_environment


def _read(path: str) -> str:
    """The first line of a file, or of standard input for `-`."""
    try:
        content = sys.stdin.readline() if path == "-" else Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The passphrase file “{Path(path).name}” could not be read.") from error
    return content.split("\n")[0].rstrip("\r")


def _asked_twice(what: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError("A passphrase is needed: give --passphrase-file, or choose --no-passphrase.")
    first = getpass.getpass(f"{what}: ")
    if getpass.getpass(f"{what} again: ") != first:
        raise UsageError("The two passphrases differ; nothing was done.")
    return first


def _checked(passphrase: str) -> str:
    if not passphrase.strip():
        raise UsageError("The passphrase is empty; choose one, or --no-passphrase for an archive without.")
    return passphrase
