"""Backups: a folder that holds all that cannot be made again, with the means to prove it.

- manifest.json: the SHA-256 and size of every other file, and the heads of the history
- archive.json, keys.json, keys.copy.json, archive.db, objects/, README.txt: as in the archive

The database is copied first and the originals after it, and no original is ever removed
meanwhile: so the originals of every document in it are there. Neither the search index nor
a device id is ever part of a backup.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archivist.model.errors import ArchiveTooNew, BackupDamaged, NoBackup, OriginalDamaged
from archivist.storage.bundle import (
    ABOUT,
    DATABASE,
    MANIFEST,
    README,
    Bundle,
    furnish,
    read_bundle,
    write_about,
)
from archivist.storage.files import (
    Fingerprint,
    as_json,
    checksum,
    create_file,
    open_regular,
    pieces,
    private_folder,
    read_record,
    write_durably,
)
from archivist.storage.folders import appearing_whole
from archivist.storage.keys import COPY, KEYS, copy_keys
from archivist.storage.originals import OBJECTS, stored_objects

Progress = Callable[[int, int], object]  # bytes done, of how many

_FORMAT = 1
_PIECE = 1 << 20
_MOST_MANIFEST = 1 << 30
_NAMES = {ABOUT, DATABASE, KEYS, COPY, README}
_OBJECT = re.compile(f"{OBJECTS}/([0-9a-f]{{2}})/\\1[0-9a-f]{{62}}")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _File:
    """A file as the manifest has it."""

    sha256: str
    size: int


def backup(
    bundle: Bundle,
    target: Path,
    *,
    copy_database: Callable[[Path], object],
    heads: Mapping[str, tuple[int, str]],
    progress: Progress | None = None,
) -> None:
    """Back up an archive, open or not, into a new folder `target`, which appears when it is whole.

    `copy_database` writes a consistent copy of the database, under the archive's own key.

    Raises:
        AlreadyThere: something stands at `target`.
        StorageFull: no room is left there.
        NotWritable: the place refuses us.
        OriginalDamaged: an original cannot be read.
    """
    with appearing_whole(target) as unfinished:
        copy_database(unfinished / DATABASE)
        if any(unfinished.glob(f"{DATABASE}-*")):
            raise RuntimeError("the copy of the database was not closed")
        write_about(bundle, unfinished)
        write_durably({unfinished / README: _README.encode()})
        if bundle.encrypted:
            copy_keys(bundle.folder, bundle.archive_id, unfinished)
        files = {
            path.name: _fingerprint(path) for path in sorted(unfinished.iterdir()) if path.name in _NAMES
        }
        originals = list(stored_objects(bundle.folder))
        meter = _Meter(sum(path.lstat().st_size for path in originals), progress)
        for path in originals:
            name = path.relative_to(bundle.folder).as_posix()
            files[name] = _copy(meter.of(_original(path)), unfinished / name)
        _write_manifest(unfinished / MANIFEST, bundle, heads, files)


def restore(source: Path, target: Path, *, progress: Progress | None = None) -> Bundle:
    """Make an archive out of a backup, at `target`, once every file has proved to be as it was written.

    Raises:
        NoBackup: there is none at `source`.
        BackupDamaged: naming the file that is missing or altered.
        AlreadyThere: something stands at `target`.
        StorageFull: no room is left there.
        NotWritable: the place refuses us.
    """
    files = _read_manifest(source)
    for name, file in files.items():
        _check_size(source, name, file)
    meter = _Meter(sum(file.size for file in files.values()), progress)
    with appearing_whole(target) as unfinished:
        for name, file in files.items():
            if _copy(meter.of(_kept(source, name)), unfinished / name) != file:
                raise _altered(source, name)
        furnish(unfinished)
        read_bundle(unfinished)
    return read_bundle(target)


# --- files -------------------------------------------------------------------------------


class _Meter:
    """Tells how far a copy has come."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done = 0
        self._total = total
        self._progress = progress

    def of(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        for part in parts:
            yield part
            self._done += len(part)
            if self._progress:
                self._progress(self._done, self._total)


def _copy(content: Iterable[bytes], target: Path) -> _File:
    private_folder(target.parent)
    fingerprint = Fingerprint()
    with create_file(target) as file:
        file.writelines(fingerprint.of(content))
    return _File(fingerprint.sha256, fingerprint.size)


def _fingerprint(path: Path) -> _File:
    fingerprint = Fingerprint()
    with open_regular(path) as file:
        for _ in fingerprint.of(pieces(file, _PIECE)):
            pass
    return _File(fingerprint.sha256, fingerprint.size)


def _original(path: Path) -> Iterator[bytes]:
    try:
        with open_regular(path) as file:
            yield from pieces(file, _PIECE)
    except OSError as error:
        raise OriginalDamaged(path.name, f"cannot be read ({error.strerror})") from error


def _kept(source: Path, name: str) -> Iterator[bytes]:
    try:
        with open_regular(source / name) as file:
            yield from pieces(file, _PIECE)
    except OSError as error:
        raise _unreadable(source, name, error) from error


def _check_size(source: Path, name: str, file: _File) -> None:
    """Find the plain cases before anything is copied."""
    try:
        size = (source / name).lstat().st_size
    except FileNotFoundError:
        raise BackupDamaged(source, f"“{name}” is missing.") from None
    except OSError as error:
        raise _unreadable(source, name, error) from error
    if size != file.size:
        raise _altered(source, name)


def _altered(source: Path, name: str) -> BackupDamaged:
    return BackupDamaged(source, f"“{name}” is not as it was written.")


def _unreadable(source: Path, name: str, error: OSError) -> BackupDamaged:
    return BackupDamaged(source, f"“{name}” cannot be read ({error.strerror}).")


# --- the manifest ------------------------------------------------------------------------


def _write_manifest(
    path: Path, bundle: Bundle, heads: Mapping[str, tuple[int, str]], files: Mapping[str, _File]
) -> None:
    record: dict[str, object] = {
        "format": _FORMAT,
        "archive_id": bundle.archive_id,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "heads": {device: {"seq": seq, "hash": digest} for device, (seq, digest) in sorted(heads.items())},
        "files": {name: {"sha256": file.sha256, "size": file.size} for name, file in files.items()},
    }
    write_durably({path: as_json({**record, "sha256": checksum(record)})})


def _read_manifest(source: Path) -> dict[str, _File]:
    try:
        record = read_record(source / MANIFEST, limit=_MOST_MANIFEST)
    except (FileNotFoundError, NotADirectoryError):
        raise NoBackup(source) from None
    except OSError as error:
        raise _unreadable(source, MANIFEST, error) from error
    except ValueError as error:
        raise _altered(source, MANIFEST) from error
    form = record.get("format")
    if isinstance(form, int) and form > _FORMAT:
        raise ArchiveTooNew
    stated, listed = record.pop("sha256", None), record.get("files")
    if form != _FORMAT or stated != checksum(record) or not isinstance(listed, dict):
        raise _altered(source, MANIFEST)
    return {name: _listed(source, name, entry) for name, entry in listed.items()}


def _listed(source: Path, name: str, entry: object) -> _File:
    """One line of the manifest. Names that we would not write could lead out of the folder: refused."""
    if (name in _NAMES or _OBJECT.fullmatch(name)) and isinstance(entry, dict):
        sha256, size = entry.get("sha256"), entry.get("size")
        if isinstance(sha256, str) and _SHA256.fullmatch(sha256) and type(size) is int:
            return _File(sha256, size)
    raise _altered(source, MANIFEST)


_README = """\
This folder is a backup of an archive of Archivist. Do not change, rename or remove
what is inside, and do not open it as an archive. To make an archive of it:

    archivist restore BACKUP TARGET

Every file is checked against manifest.json then. If there is a file keys.json, the
archive is encrypted, and opens with the passphrase that it had when the backup was made,
or with its recovery code.
"""
