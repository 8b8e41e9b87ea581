"""Keeping an archive safe: making, opening, backing up, restoring, changing its passphrase."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.archive.opening import NewArchive, create_archive, open_archive
from archivist.model.errors import InsideArchive, NotDone
from archivist.storage import keys
from archivist.storage.backup import Damage, Progress, Restored, Source
from archivist.storage.backup import backup as write_backup
from archivist.storage.backup import restore as read_backup
from archivist.storage.bundle import read_bundle
from archivist.storage.engine import copy_database

__all__ = [
    "Damage",
    "NewArchive",
    "Restored",
    "back_up",
    "change_passphrase",
    "create_archive",
    "is_encrypted",
    "open_archive",
    "restore",
]


class NoPassphrase(NotDone):
    """The archive was made without encryption."""

    def __init__(self) -> None:
        super().__init__("This archive has no passphrase; make a new one that has, and import there.")


def refuse_inside(archive: Archive, target: Path) -> None:
    """Nothing is written into an archive folder but by the archive itself.

    Raises:
        InsideArchive: `target` lies in it.
    """
    if target.resolve().is_relative_to(archive.bundle.folder.resolve()):
        raise InsideArchive(target)


def back_up(archive: Archive, target: Path, progress: Progress | None = None) -> tuple[Damage, ...]:
    """A copy of everything that cannot be made again; every original is proved on the way.

    Originals that are damaged or missing do not stop it: they are the answer.

    Raises:
        AlreadyThere: something stands at `target`.
        InsideArchive: `target` lies in the archive.
        StorageFull: no room there; nothing is left behind.
    """
    refuse_inside(archive, target)
    copy = partial(copy_database, archive.bundle.database, archive.database_key)
    known, heads = archive.documents.shas(), archive.history.heads()
    return write_backup(
        Source(archive.bundle, archive.originals, known, heads, copy), target, progress=progress
    )


def is_encrypted(folder: Path) -> bool:
    """Whether opening needs a passphrase.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew.
    """
    return read_bundle(folder).encrypted


def restore(backup: Path, target: Path, progress: Progress | None = None) -> Restored:
    """Make an archive out of a backup whose every file is as it was written.

    Raises:
        Damaged: naming the file that is not.
        AlreadyThere: something stands at `target`.
    """
    return read_backup(backup, target, progress=progress)


def change_passphrase(archive: Archive, old: str, new: Callable[[], str]) -> None:
    """From now on what `new` answers opens the archive; the recovery code stays as it is.

    Raises:
        WrongPassphrase: `old` does not open it.
        NoPassphrase: the archive is not encrypted.
    """
    if not archive.bundle.encrypted:
        raise NoPassphrase
    keys.change_passphrase(archive.bundle.folder, archive.bundle.archive_id, old, new())
