"""The archive folder: what lies where, how it is made, and how it is recognised.

- archive.json: what this folder is (format, archive id, encrypted or not)
- keys.json, keys.copy.json: only if it is encrypted
- archive.db: the database
- objects/, staging/: originals
- index/: the search index, one per installation; can be made anew
- backups/: databases as they were before an update of Archivist
- archive.lock: who works in it
- README.txt: for whoever finds the folder
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archivist.model.errors import (
    ArchiveDamaged,
    ArchiveIsBackup,
    ArchiveNotAccessible,
    ArchiveTooNew,
    NoArchive,
)
from archivist.model.ids import new_id
from archivist.storage.files import as_json, checksum, private_folder, read_record, write_durably
from archivist.storage.folders import appearing_whole
from archivist.storage.keys import COPY, KEYS
from archivist.storage.lock import LOCK
from archivist.storage.originals import OBJECTS, STAGING

ABOUT = "archive.json"
DATABASE = "archive.db"
MANIFEST = "manifest.json"
README = "README.txt"

_FORMAT = 1
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Bundle:
    """An archive folder, and what it says of itself."""

    folder: Path
    archive_id: str
    encrypted: bool

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def lock(self) -> Path:
        return self.folder / LOCK


@contextmanager
def create_bundle(folder: Path, *, encrypted: bool) -> Iterator[Bundle]:
    """A new archive folder, to be given keys and a database in the block; then it appears at `folder`.

    Raises:
        AlreadyThere: something stands there.
        StorageFull: no room on the disk.
        NotWritable: the place refuses us.
    """
    with appearing_whole(folder) as unfinished:
        bundle = Bundle(unfinished, new_id(), encrypted)
        furnish(unfinished)
        write_about(bundle, unfinished)
        yield bundle
        read_bundle(unfinished)


def read_bundle(folder: Path) -> Bundle:
    """Recognise an archive folder; nothing in it is opened or changed.

    Raises:
        NoArchive: it is none.
        ArchiveIsBackup: it is a backup of one.
        ArchiveTooNew: it has a later format.
        ArchiveDamaged: a part is missing or not as it was written.
        ArchiveNotAccessible: we may not read it.
    """
    has = {name for name in (ABOUT, DATABASE, KEYS, COPY, MANIFEST) if os.path.lexists(folder / name)}
    if not has & {ABOUT, DATABASE}:
        raise NoArchive(folder)
    if MANIFEST in has:
        raise ArchiveIsBackup(folder)
    archive_id, encrypted = _about(folder)
    if DATABASE not in has:
        raise ArchiveDamaged(f"its database “{DATABASE}” is missing.")
    if encrypted and not has & {KEYS, COPY}:
        raise ArchiveDamaged(f"its key files “{KEYS}” and “{COPY}” are missing.")
    if not encrypted and has & {KEYS, COPY}:
        raise ArchiveDamaged(f"“{ABOUT}” says that it is not encrypted, but it has key files.")
    return Bundle(folder, archive_id, encrypted)


def furnish(folder: Path) -> None:
    """The folders and the note that every archive has."""
    for name in (OBJECTS, STAGING, "backups"):
        private_folder(folder / name)
    write_durably({folder / README: _README.encode()})


def write_about(bundle: Bundle, target: Path) -> None:
    about: dict[str, object] = {
        "format": _FORMAT,
        "id": bundle.archive_id,
        "encrypted": bundle.encrypted,
    }
    write_durably({target / ABOUT: as_json({**about, "sha256": checksum(about)})})


def _about(folder: Path) -> tuple[str, bool]:
    try:
        about = read_record(folder / ABOUT)
    except PermissionError as error:
        raise ArchiveNotAccessible(folder, error) from error
    except (OSError, ValueError) as error:
        raise ArchiveDamaged(f"“{ABOUT}” is missing or damaged.") from error
    is_as_written = about.pop("sha256", None) == checksum(about)  # of later formats too
    form, identity, encrypted = about.get("format"), about.get("id"), about.get("encrypted")
    if is_as_written and isinstance(form, int) and form > _FORMAT:
        raise ArchiveTooNew
    if not is_as_written or form != _FORMAT:
        raise ArchiveDamaged(f"“{ABOUT}” is damaged.")
    if not isinstance(identity, str) or not isinstance(encrypted, bool):
        raise ArchiveDamaged(f"“{ABOUT}” is damaged.")
    if not _ID.fullmatch(identity):
        raise ArchiveDamaged(f"“{ABOUT}” is damaged.")
    return identity, encrypted


_README = """\
This folder is an archive of Archivist, an offline archive for human-rights work.
Open it with the program; do not change, rename or remove what is inside.

To copy the archive, close it first and copy the whole folder, or, better, make a
backup with:  archivist backup ARCHIVE TARGET

If there is a file keys.json, the archive is encrypted. Then it opens only with its
passphrase or its recovery code; without them, nobody can read it, not even the makers
of the program.

If there is none, archive.db is an ordinary SQLite database, and the folder objects
holds every original file just as it was received, named by its SHA-256.
"""
