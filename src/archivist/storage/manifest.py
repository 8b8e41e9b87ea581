"""The manifest of a backup: what is in it, to be proved when it is restored.

- files: the SHA-256 and size of every other file, as it was written
- damaged: the names on disk of originals that were not as received when the backup was made
- heads: the end of every device's history
- sha256: of all the rest, so that a manifest that rotted is known
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archivist.model.errors import ArchiveTooNew, BackupDamaged, NoBackup
from archivist.storage.bundle import ABOUT, DATABASE, MANIFEST, README
from archivist.storage.files import as_json, checksum, read_record, write_durably
from archivist.storage.keys import COPY, KEYS
from archivist.storage.originals import OBJECTS

TOP_FILES = frozenset({ABOUT, DATABASE, KEYS, COPY, README})

_FORMAT = 1
_MOST = 1 << 30
_OBJECT = re.compile(f"{OBJECTS}/([0-9a-f]{{2}})/\\1[0-9a-f]{{62}}")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as the manifest has it."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; `files` by path in it, `damaged` by name on disk."""

    files: Mapping[str, FileEntry]
    damaged: Sequence[str]


def write_manifest(
    folder: Path, manifest: Manifest, *, archive_id: str, heads: Mapping[str, tuple[int, str]]
) -> None:
    record: dict[str, object] = {
        "format": _FORMAT,
        "archive_id": archive_id,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "heads": {device: {"seq": seq, "hash": digest} for device, (seq, digest) in sorted(heads.items())},
        "damaged": list(manifest.damaged),
        "files": {name: {"sha256": file.sha256, "size": file.size} for name, file in manifest.files.items()},
    }
    write_durably({folder / MANIFEST: as_json({**record, "sha256": checksum(record)})})


def read_manifest(source: Path) -> Manifest:
    """Raises NoBackup, ArchiveTooNew, or BackupDamaged for whatever we would not write."""
    try:
        record = read_record(source / MANIFEST, limit=_MOST)
    except (FileNotFoundError, NotADirectoryError):
        raise NoBackup(source) from None
    except OSError as error:
        raise unreadable(source, MANIFEST, error) from error
    except ValueError as error:
        raise altered(source, MANIFEST) from error
    form = record.get("format")
    if isinstance(form, int) and form > _FORMAT:
        raise ArchiveTooNew
    if form != _FORMAT or record.pop("sha256", None) != checksum(record):
        raise altered(source, MANIFEST)
    try:
        return Manifest(_files(record.get("files")), _names(record.get("damaged")))
    except ValueError as error:
        raise altered(source, MANIFEST) from error


def altered(source: Path, name: str) -> BackupDamaged:
    return BackupDamaged(source, f"“{name}” is not as it was written.")


def unreadable(source: Path, name: str, error: OSError) -> BackupDamaged:
    return BackupDamaged(source, f"“{name}” cannot be read ({error.strerror}).")


def _files(listed: object) -> dict[str, FileEntry]:
    if not isinstance(listed, dict):
        raise ValueError("no list of files")  # noqa: TRY004 - one kind of fault for all that is not ours
    return {_path(name): _entry(entry) for name, entry in listed.items()}


def _path(name: str) -> str:
    """Names that we would not write could lead out of the folder: refused."""
    if name in TOP_FILES or _OBJECT.fullmatch(name):
        return name
    raise ValueError("not a file of a backup")


def _entry(entry: object) -> FileEntry:
    if isinstance(entry, dict):
        sha256, size = entry.get("sha256"), entry.get("size")
        if isinstance(sha256, str) and _SHA256.fullmatch(sha256) and type(size) is int:
            return FileEntry(sha256, size)
    raise ValueError("not what is said of a file")


def _names(listed: object) -> list[str]:
    if isinstance(listed, list) and all(isinstance(name, str) and _SHA256.fullmatch(name) for name in listed):
        return listed
    raise ValueError("no list of names")
