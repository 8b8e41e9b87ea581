"""Backups: a folder that holds all that cannot be made again, with the means to prove it.

- manifest.json: the SHA-256 and size of every other file, and more (see `manifest.py`)
- archive.json, keys.json, keys.copy.json, archive.db, objects/, README.txt: as in the archive

The database is copied first and the originals after it, and no original is ever removed
meanwhile: so the originals of every document in it are there. Each is proved to be the bytes that
were received while it is copied. One that is not, or is gone, stops nothing, for all else may
be needed the more: what can be read of it is copied, and the manifest calls it damaged.
Neither the search index nor a device id is ever part of a backup.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archivist.model.errors import BackupDamaged, OriginalDamaged
from archivist.storage.bundle import DATABASE, README, Bundle, furnish, read_bundle, write_about
from archivist.storage.files import (
    Fingerprint,
    create_file,
    open_regular,
    pieces,
    private_folder,
    write_durably,
)
from archivist.storage.folders import appearing_whole
from archivist.storage.keys import copy_keys
from archivist.storage.manifest import (
    TOP_FILES,
    FileEntry,
    Manifest,
    altered,
    read_manifest,
    unreadable,
    write_manifest,
)
from archivist.storage.originals import Originals, object_path

Progress = Callable[[int, int], object]  # bytes done, of how many

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """The archive to back up.

    `copy_database` writes a consistent copy of the database, under the archive's own key;
    `known` are the SHA-256 of all its documents, deleted ones too.
    """

    bundle: Bundle
    originals: Originals
    known: set[str]
    heads: Mapping[str, tuple[int, str]]
    copy_database: Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Damage:
    """An original that a backup does not have as it was received, for it was so in the archive.

    `sha256` is None for one that no document names; `what` is how its sentence goes on: “is missing”.
    """

    name: str
    sha256: str | None
    what: str


@dataclass(frozen=True, slots=True)
class Restored:
    """The archive made of a backup; `damaged` names the originals that were so when that was made."""

    bundle: Bundle
    damaged: tuple[str, ...]


def backup(source: Source, target: Path, *, progress: Progress | None = None) -> tuple[Damage, ...]:
    """Back up an archive into a new folder `target`, which appears when it is whole.

    Answers with the originals that it could not get, or not as they were received.

    Raises:
        AlreadyThere: something stands at `target`.
        StorageFull: no room is left there.
        NotWritable: the place refuses us.
    """
    with appearing_whole(target) as unfinished:
        files = _copy_all_but_originals(source, unfinished)
        originals, damages = _copy_originals(source, unfinished, progress)
        manifest = Manifest(files | originals, [damage.name for damage in damages])
        write_manifest(unfinished, manifest, archive_id=source.bundle.archive_id, heads=source.heads)
    return damages


def restore(source: Path, target: Path, *, progress: Progress | None = None) -> Restored:
    """Make an archive out of a backup, at `target`, once every file has proved to be as it was written.

    Raises:
        NoBackup: there is none at `source`.
        BackupDamaged: naming the file that is missing or altered.
        AlreadyThere: something stands at `target`.
        StorageFull: no room is left there.
        NotWritable: the place refuses us.
    """
    manifest = read_manifest(source)
    for name, file in manifest.files.items():
        _check_size(source, name, file)
    meter = _Meter(sum(file.size for file in manifest.files.values()), progress)
    with appearing_whole(target) as unfinished:
        for name, file in manifest.files.items():
            fingerprint = Fingerprint()
            _write(unfinished / name, fingerprint.of(meter.of(_kept(source, name))))
            if _entry(fingerprint) != file:
                raise altered(source, name)
        furnish(unfinished)
        read_bundle(unfinished)
    return Restored(read_bundle(target), tuple(manifest.damaged))


# --- making ------------------------------------------------------------------------------


def _copy_all_but_originals(source: Source, unfinished: Path) -> dict[str, FileEntry]:
    bundle = source.bundle
    source.copy_database(unfinished / DATABASE)
    if any(unfinished.glob(f"{DATABASE}-*")):
        raise RuntimeError("the copy of the database was not closed")
    write_about(bundle, unfinished)
    write_durably({unfinished / README: _README.encode()})
    if bundle.encrypted:
        copy_keys(bundle.folder, bundle.archive_id, unfinished)
    written = sorted(path for path in unfinished.iterdir() if path.name in TOP_FILES)
    return {path.name: _entry_of(path) for path in written}


def _copy_originals(
    source: Source, unfinished: Path, progress: Progress | None
) -> tuple[dict[str, FileEntry], tuple[Damage, ...]]:
    """Copy and prove what documents name and whatever else is kept."""
    originals = source.originals
    known = originals.named_by(source.known)
    names = sorted(known.keys() | set(originals.names()))
    meter = _Meter(sum(map(originals.stored_size, names)), progress)
    files: dict[str, FileEntry] = {}
    damages: list[Damage] = []
    for name in names:
        path, fingerprint = object_path(unfinished, name), Fingerprint()
        try:
            _write(path, fingerprint.of(meter.of(originals.stored_chunks(name))))
        except OriginalDamaged as error:
            damages.append(Damage(name, known.get(name), error.what))
            if fingerprint.size == 0:
                path.unlink()
                continue
        files[path.relative_to(unfinished).as_posix()] = _entry(fingerprint)
    return files, tuple(damages)


# --- restoring ---------------------------------------------------------------------------


def _kept(source: Path, name: str) -> Iterator[bytes]:
    try:
        with open_regular(source / name) as file:
            yield from pieces(file, _PIECE)
    except OSError as error:
        raise unreadable(source, name, error) from error


def _check_size(source: Path, name: str, file: FileEntry) -> None:
    """Find the plain cases before anything is copied."""
    try:
        size = (source / name).lstat().st_size
    except FileNotFoundError:
        raise BackupDamaged(source, f"“{name}” is missing.") from None
    except OSError as error:
        raise unreadable(source, name, error) from error
    if size != file.size:
        raise altered(source, name)


# --- both --------------------------------------------------------------------------------


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


def _write(target: Path, content: Iterable[bytes]) -> None:
    private_folder(target.parent)
    with create_file(target) as file:
        file.writelines(content)


def _entry(fingerprint: Fingerprint) -> FileEntry:
    return FileEntry(fingerprint.sha256, fingerprint.size)


def _entry_of(path: Path) -> FileEntry:
    fingerprint = Fingerprint()
    with open_regular(path) as file:
        for _ in fingerprint.of(pieces(file, _PIECE)):
            pass
    return _entry(fingerprint)


_README = """\
This folder is a backup of an archive of Archivist. Do not change, rename or remove
what is inside, and do not open it as an archive. To make an archive of it:

    archivist restore BACKUP TARGET

Every file is checked against manifest.json then. If there is a file keys.json, the
archive is encrypted, and opens with the passphrase that it had when the backup was made,
or with its recovery code.
"""
