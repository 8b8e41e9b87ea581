"""Everything that can go wrong in a way the user can act on: the message is what they read.

ArchivistError
├── ArchiveNotOpened          the archive stays closed
│   ├── NoArchive
│   ├── WrongPassphrase
│   ├── ArchiveInUse
│   ├── ArchiveDamaged
│   ├── ArchiveNotAccessible
│   ├── ArchiveIsBackup
│   ├── ArchiveNotEncrypted
│   ├── EncryptionRemoved
│   └── ArchiveTooNew
├── NotDone                   the archive is open, nothing was changed
│   ├── NotFound
│   ├── Ambiguous
│   ├── NameTaken
│   ├── NoName
│   ├── IntoItself
│   ├── WordsNotInText
│   ├── WrongPassword
│   ├── NotReadAgain
│   ├── NothingToUndo
│   ├── AlreadyThere
│   ├── InsideArchive
│   ├── ExportStopped
│   ├── EmptyPassphrase
│   ├── NotWritable
│   ├── NoBackup
│   ├── StorageFull
│   └── DiskRefused
└── Damaged                   bytes that are not what was kept
    ├── OriginalDamaged
    └── BackupDamaged
"""

from collections.abc import Sequence
from pathlib import Path


class ArchivistError(Exception):
    """Base of all errors whose message is shown to the user as it is."""


class ArchiveNotOpened(ArchivistError):
    """The archive could not be opened."""


class NoArchive(ArchiveNotOpened):
    """There is no archive in that folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no archive at “{folder.name}”; make a new one, or check the path.")


class WrongPassphrase(ArchiveNotOpened):
    """No key slot opens with what was given."""

    def __init__(self) -> None:
        super().__init__(
            "The passphrase does not open this archive; check keyboard layout and caps lock, and try again."
        )


class ArchiveInUse(ArchiveNotOpened):
    """Another process holds the archive."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"The archive is in use by {owner}; close it there first.")


class ArchiveDamaged(ArchiveNotOpened):
    """Something in the archive folder is not as it was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The archive could not be opened: {reason} Restore it from a backup.")


class ArchiveNotAccessible(ArchiveNotOpened):
    """The file system does not let us read or write in the archive folder."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"The archive “{folder.name}” could not be opened: {_reason(error)}; "
            "check who may read and write that folder, or copy it to a place of your own."
        )


class ArchiveIsBackup(ArchiveNotOpened):
    """Working in a backup would spoil it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"“{folder.name}” is a backup; restore it, which makes an archive of it elsewhere.")


class ArchiveNotEncrypted(ArchiveNotOpened):
    """A passphrase was given, so its giver expects what they write to be encrypted."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"“{folder.name}” is not encrypted, though a passphrase was given; "
            "leave it out if that is as it should be, else somebody has changed the archive."
        )


class EncryptionRemoved(ArchiveNotOpened):
    """What is written into it would lie there in plain, and nobody chose that."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"“{folder.name}” was encrypted when it was last open on this computer, and is not any more: "
            "somebody has changed it; restore it from a backup."
        )


class ArchiveTooNew(ArchiveNotOpened):
    """A later version of Archivist has written here."""

    def __init__(self) -> None:
        super().__init__(
            "The archive was written by a newer version of Archivist; open it with that one, or update."
        )


class NotDone(ArchivistError):
    """The deed was not done; nothing has changed."""


class NotFound(NotDone):
    """Nothing of that kind goes by that name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"There is no {kind} “{name}” in the archive.")


class Ambiguous(NotDone):
    """More than one thing goes by that name."""

    def __init__(self, kind: str, name: str, ids: Sequence[str]) -> None:
        shown = ", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")
        super().__init__(f"“{name}” names {len(ids)} things ({kind}); use one of these ids: {shown}.")


class NameTaken(NotDone):
    """Another thing of that kind has that name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"There is a {kind} “{name}” already; choose another name.")


class NoName(NotDone):
    """A name of nothing but white space."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A {kind} needs a name; give it at least one letter.")


class IntoItself(NotDone):
    """One thing was named twice where two are to be merged."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"The {kind} “{name}” cannot be merged into itself; choose another {kind}.")


class WordsNotInText(NotDone):
    """The words to quote do not stand in the document."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"These words do not stand in the text of “{title}”; copy them from “archivist show --text”."
        )


class WrongPassword(NotDone):
    """The password that was given does not open a document."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"This password does not open “{title}”; check keyboard layout and caps lock, and try again."
        )


class NotReadAgain(NotDone):
    """A document whose text is known gave none this time."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(f"“{title}” could not be read again and stays as it is. {reason}")


class NothingToUndo(NotDone):
    """There is no deed to take back, or to do again."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is nothing to {what}.")


class AlreadyThere(NotDone):
    """Something stands where we would write; nothing is ever overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” exists already and is left as it is; choose another place or name.")


class InsideArchive(NotDone):
    """An archive folder is no place for anything but its own parts."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” would lie inside the archive; choose a place outside of it.")


class ExportStopped(NotDone):
    """A pack would have said something that its sources do not."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The export was stopped and nothing was written: {reason}")


class EmptyPassphrase(NotDone):
    """An archive would be encrypted in name only."""

    def __init__(self) -> None:
        super().__init__("An empty passphrase protects nothing; choose several words that only you know.")


class NotWritable(NotDone):
    """The file system does not take what we would write."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"“{path.name}” could not be written: {_reason(error)}; choose another place.")


class NoBackup(NotDone):
    """There is no backup in that folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no backup at “{folder.name}”: it has no manifest.json; check the path.")


class StorageFull(NotDone):
    """No room is left on the disk."""

    def __init__(self) -> None:
        super().__init__("The disk is full and this was not done; free some space and do it again.")


class DiskRefused(NotDone):
    """The disk did not take what was to be written: a quota, a size limit, a failing drive."""

    def __init__(self) -> None:
        super().__init__(
            "The disk did not take what was to be written; nothing was changed."
            " Check the drive and the space on it."
        )


class Damaged(ArchivistError):
    """Bytes that are not those that were kept."""


class OriginalDamaged(Damaged):
    """An original is not the bytes that were received, or is gone."""

    def __init__(self, sha256: str, what: str) -> None:
        super().__init__(f"The original {sha256[:12]} {what}; restore it from a backup or import it again.")
        self.what = what


class BackupDamaged(Damaged):
    """A backup is not as it was made."""

    def __init__(self, backup: Path, reason: str) -> None:
        super().__init__(
            f"The backup “{backup.name}” is damaged: {reason} Nothing was restored; use another backup."
        )


def _reason(error: OSError) -> str:
    return (error.strerror or "the file system refused it").lower()
