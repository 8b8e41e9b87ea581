"""What a folder is, looked at from outside: nothing in it is opened or changed."""

import os
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archivist.extraction.sandbox import Sandbox
from archivist.model.errors import ArchiveIsBackup, ArchiveNotOpened, NoArchive
from archivist.model.sandbox import SafetyLevel
from archivist.storage.bundle import read_bundle

SUFFIX = ".archivist"

# Where systems hang in drives that come and go; the folder below is the drive.
_DRIVES = (Path("/media"), Path("/run/media"), Path("/mnt"), Path("/Volumes"))


class FolderKind(StrEnum):
    """What stands at a path, as far as opening it is concerned."""

    ENCRYPTED = "encrypted"
    PLAIN = "plain"
    BACKUP = "backup"
    OTHER = "other"
    GONE = "gone"
    DRIVE_AWAY = "drive away"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Look:
    """A folder and what it is; `error` says why an archive there cannot be used."""

    folder: Path
    kind: FolderKind
    error: ArchiveNotOpened | None = None


def look_at(folder: Path) -> Look:
    """Never raises: whatever is wrong is the answer."""
    try:
        if not os.path.lexists(folder):
            return Look(folder, FolderKind.DRIVE_AWAY if _drive_is_away(folder) else FolderKind.GONE)
        bundle = read_bundle(folder)
    except ArchiveIsBackup as error:
        return Look(folder, FolderKind.BACKUP, error)
    except NoArchive as error:
        return Look(folder, FolderKind.OTHER, error)
    except ArchiveNotOpened as error:
        return Look(folder, FolderKind.UNUSABLE, error)
    return Look(folder, FolderKind.ENCRYPTED if bundle.encrypted else FolderKind.PLAIN)


def archive_around(path: Path) -> Path:
    """The archive or backup that was meant by a file of it, as when one is dropped; else `path` itself."""
    is_part = path.name in {"archive.json", "archive.db", "manifest.json", "README.txt"}
    with suppress(OSError):
        return path.parent if is_part and path.is_file() else path
    return path


def free_folder(parent: Path, name: str) -> Path:
    """A path for a new archive in `parent` where nothing stands: “Name”, else “Name 2” and so on."""
    numbered = (f"{name} {number}" if number > 1 else name for number in range(1, 10_000))
    return next(path for one in numbered if not os.path.lexists(path := parent / f"{one}{SUFFIX}"))


def safety_level() -> SafetyLevel:
    """How safely documents are read on this computer, found by trying.

    Raises:
        WorkNotDone: there is no room to find out.
    """
    with Sandbox() as sandbox:
        return sandbox.level


def _drive_is_away(folder: Path) -> bool:
    if folder.drive and not Path(folder.anchor).exists():
        return True
    for place in _DRIVES:
        if folder.is_relative_to(place):
            return not any(map(os.path.ismount, [path for path in folder.parents if path != Path("/")]))
    return False
