"""Making and opening archives: the only place that puts storage, index and sandbox together."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from archivist.archive.archive import Archive
from archivist.archive.index_process import IndexAddress, LiveIndex
from archivist.extraction.sandbox import Sandbox
from archivist.storage import keys
from archivist.storage.bundle import Bundle, create_bundle, read_bundle
from archivist.storage.cases import CaseStore
from archivist.storage.database import create_database, open_database
from archivist.storage.documents import DocumentStore
from archivist.storage.faults import explained
from archivist.storage.history import History, hash_of_entry
from archivist.storage.installation import Installation
from archivist.storage.keys import ArchiveKeys
from archivist.storage.lock import ArchiveLock
from archivist.storage.originals import Originals
from archivist.storage.quotes import QuoteStore
from archivist.storage.tags import TagStore
from archivist.storage.texts import TextStore


@dataclass(frozen=True, slots=True)
class NewArchive:
    """What making an archive leaves: where it is, and the recovery code, told only now."""

    bundle: Bundle
    recovery_code: str | None


def create_archive(folder: Path, passphrase: str | None, *, with_recovery: bool = False) -> NewArchive:
    """Make an archive; encrypted unless `passphrase` is None.

    Raises:
        AlreadyThere: something stands at `folder`.
        StorageFull: no room on the disk.
    """
    with create_bundle(folder, encrypted=passphrase is not None) as bundle:
        made = (
            keys.create_keys(bundle.folder, bundle.archive_id, passphrase, with_recovery=with_recovery)
            if passphrase is not None
            else None
        )
        archive_keys, code = made if made else (None, None)
        create_database(bundle.database, archive_keys.database if archive_keys else None)
    return NewArchive(read_bundle(folder), code)


def open_archive(folder: Path, secret: str | None, installation: Installation | None = None) -> Archive:
    """Open an archive for work; nobody else can open it until it is closed.

    Raises:
        ArchiveNotOpened: with the reason (no archive, passphrase, in use, damaged, too new).
    """
    bundle = read_bundle(folder)
    installation = installation or Installation.of_this_user()
    lock = ArchiveLock(bundle.folder)
    lock.acquire()
    try:
        archive_keys = _unlock(bundle, secret or "")
        with explained(bundle.database):
            return _assemble(bundle, lock, archive_keys, installation)
    except BaseException:
        lock.release()
        raise


def _unlock(bundle: Bundle, secret: str) -> ArchiveKeys | None:
    return keys.unlock(bundle.folder, bundle.archive_id, secret) if bundle.encrypted else None


def _assemble(
    bundle: Bundle, lock: ArchiveLock, archive_keys: ArchiveKeys | None, installation: Installation
) -> Archive:
    database_key = archive_keys.database if archive_keys else None
    db = open_database(bundle.database, database_key, backups=bundle.backups, after_crash=lock.was_unclean)
    device = installation.device_for(bundle.archive_id, lambda device, seq: hash_of_entry(db, device, seq))
    history = History(
        db, device, lambda name, seq, digest: installation.remember(bundle.archive_id, name, seq, digest)
    )
    documents = DocumentStore(db)
    originals = Originals(bundle.folder, archive_keys)
    if lock.was_unclean:
        originals.sweep(documents.shas(), written_since=lock.unclean_since)
    address = IndexAddress(
        bundle.index / installation.id,
        _index_key(archive_keys, bundle.archive_id, installation.secret),
        bundle.archive_id,
    )
    return Archive(
        bundle=bundle,
        originals=originals,
        documents=documents,
        texts=TextStore(db),
        quotes=QuoteStore(db),
        tags=TagStore(db),
        cases=CaseStore(db),
        history=history,
        index=LiveIndex(address, bundle.database, database_key),
        sandbox=Sandbox(),
        lock=lock,
        db=db,
        database_key=database_key,
    )


def _index_key(archive_keys: ArchiveKeys | None, archive_id: str, installation_secret: bytes) -> bytes:
    """An index is for one archive on one installation; one made elsewhere does not open."""
    secret = (archive_keys.index if archive_keys else b"") + installation_secret
    return HKDF(SHA256(), 32, salt=archive_id.encode(), info=b"archivist index 1").derive(secret)
