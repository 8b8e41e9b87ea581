"""Why an archive did not open, in the words of the window, and what can be done about it there."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archivist.model.errors import (
    ArchiveDamaged,
    ArchiveInUse,
    ArchiveIsBackup,
    ArchiveNotAccessible,
    ArchiveTooNew,
    ArchivistError,
    EncryptionRemoved,
    NoArchive,
    WrongPassphrase,
)
from archivist.services.looking import FolderKind, Look
from archivist.ui.words import isolate, tr


class Help(StrEnum):
    """What the window can offer to do next."""

    TRY_AGAIN = "try again"
    RESTORE_THIS = "restore this"
    RESTORE = "restore"
    CHOOSE = "choose"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence in its place; `is_about_secret`: another passphrase may do."""

    title: str
    sentence: str
    helps: tuple[Help, ...] = ()
    is_about_secret: bool = False
    level: str = "error"


def explain(error: ArchivistError, folder: Path, *, by_code: bool = False) -> Explained:
    """`by_code`: it was tried with the recovery code."""
    name = isolate(folder.name)
    if isinstance(error, WrongPassphrase):
        return Explained("", _of_secret(by_code=by_code), is_about_secret=True)
    if isinstance(error, ArchiveIsBackup):
        words = tr(
            "Gate",
            "“{}” is a backup, and working in it would spoil it. Restoring makes an archive of it"
            " elsewhere and leaves the backup as it is.",
        )
        return Explained(
            tr("Gate", "This is a backup"), words.format(name), (Help.RESTORE_THIS,), level="info"
        )
    if isinstance(error, NoArchive):
        words = tr(
            "Gate", "“{}” holds no archive. An archive is a folder whose name usually ends in .archivist."
        )
        return Explained(tr("Gate", "There is no archive here"), words.format(name), (Help.CHOOSE, Help.NEW))
    title, helps = _titles().get(type(error), (tr("Gate", "It was not opened"), ()))
    return Explained(title, str(error), helps)


def explain_absence(look: Look) -> Explained:
    """The folder is not where it was."""
    name = isolate(look.folder.name)
    if look.kind is FolderKind.DRIVE_AWAY:
        words = tr("Gate", "“{}” lies on a drive that is not connected. Connect it and try again.")
        return Explained(
            tr("Gate", "The drive is not connected"), words.format(name), (Help.TRY_AGAIN, Help.CHOOSE)
        )
    words = tr("Gate", "“{}” is not where it was: moved, renamed or deleted. Choose where it is now.")
    return Explained(tr("Gate", "The archive was not found"), words.format(name), (Help.CHOOSE, Help.RESTORE))


def _of_secret(*, by_code: bool) -> str:
    if by_code:
        return tr("Gate", "This code does not open the archive. Compare it with the sheet, letter by letter.")
    return tr(
        "Gate",
        "This passphrase does not open the archive. Check the keyboard layout and Caps Lock, and try again.",
    )


def _titles() -> dict[type[ArchivistError], tuple[str, tuple[Help, ...]]]:
    return {
        ArchiveInUse: (tr("Gate", "It is open elsewhere"), (Help.TRY_AGAIN,)),
        ArchiveDamaged: (tr("Gate", "The archive is damaged"), (Help.RESTORE, Help.TRY_AGAIN)),
        EncryptionRemoved: (tr("Gate", "Somebody has changed this archive"), (Help.RESTORE,)),
        ArchiveNotAccessible: (tr("Gate", "It cannot be read or written"), (Help.TRY_AGAIN,)),
        ArchiveTooNew: (tr("Gate", "It needs a newer Archivist"), ()),
    }


def help_words(help_: Help) -> str:
    return {
        Help.TRY_AGAIN: tr("Gate", "Try again"),
        Help.RESTORE_THIS: tr("Gate", "Restore it…"),
        Help.RESTORE: tr("Gate", "Restore a backup…"),
        Help.CHOOSE: tr("Gate", "Choose a folder…"),
        Help.NEW: tr("Gate", "New archive…"),
    }[help_]
