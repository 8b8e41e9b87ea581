"""Making and opening archives: the only place that puts storage, index and sandbox together."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypedDict

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from archivist.archive.archive import Archive
from archivist.archive.index_process import IndexAddress, LiveIndex
from archivist.extraction.sandbox import Sandbox
from archivist.model.errors import ArchiveNotEncrypted, EncryptionRemoved
from archivist.model.history import NO_HASH
from archivist.storage import keys
from archivist.storage.browsing import BrowsingStore
from archivist.storage.bundle import Bundle, create_bundle, read_bundle
from archivist.storage.cases import CaseStore
from archivist.storage.counting import CountingStore
from archivist.storage.database import create_database, open_database
from archivist.storage.document_rows import DocumentRowStore
from archivist.storage.documents import DocumentStore
from archivist.storage.drafts import DraftStore
from archivist.storage.engine import Database, connect
from archivist.storage.engine import close as close_database
from archivist.storage.faults import explained
from archivist.storage.history import History, chain_head, hash_of_entry
from archivist.storage.installation import Installation, LastSeen
from archivist.storage.keys import ArchiveKeys
from archivist.storage.lock import ArchiveLock
from archivist.storage.originals import Originals
from archivist.storage.quotes import QuoteStore
from archivist.storage.readings import ReadingStore
from archivist.storage.reviewing import ReviewStore
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

    `secret` is the passphrase or recovery code; None where there is none to give. What the user
    should know before working in it is in the `remarks` of the answer.

    Raises:
        ArchiveNotOpened: with the reason (no archive, passphrase, in use, damaged, too new,
            not encrypted though it was or though a secret was given).
    """
    bundle = read_bundle(folder)
    installation = installation or Installation.of_this_user()
    if not bundle.encrypted:
        _refuse_unless_meant_to_be_plain(bundle, secret, installation)
    lock = ArchiveLock(bundle.folder)
    lock.acquire()
    with ExitStack() as if_not_opened:
        if_not_opened.callback(lock.abandon)
        archive_keys = _unlock(bundle, secret or "")
        with explained(bundle.database):
            database_key = archive_keys.database if archive_keys else None
            db = open_database(
                bundle.database, database_key, backups=bundle.backups, after_crash=lock.was_unclean
            )
            if_not_opened.callback(close_database, db)
            archive = _assemble(bundle, lock, archive_keys, db, installation)
        if_not_opened.pop_all()
    return archive


def open_companion(archive: Archive) -> Archive:
    """The same archive for reading, for the thread that calls this; `archive` belongs to another.

    It has a connection, a sandbox and a reader of the index of its own, sees what was done up to its last
    question, and can neither write nor have the index written. Close it before `archive`.

    Raises:
        ArchiveNotOpened: the database cannot be had any more.
    """
    db = connect(archive.bundle.database, archive.database_key, read_only=True)
    index = LiveIndex(archive.index.address, archive.bundle.database, archive.database_key, is_reader=True)
    return Archive(
        bundle=archive.bundle,
        originals=archive.originals,
        **_stores(db),
        history=History(db, archive.history.device, beside=archive.history),
        index=index,
        sandbox=archive.sandbox.another(),
        lock=None,
        database_key=archive.database_key,
        remarks=archive.remarks,
    )


def _refuse_unless_meant_to_be_plain(bundle: Bundle, secret: str | None, installation: Installation) -> None:
    seen = installation.last_seen(bundle.archive_id)
    if seen and seen.encrypted:
        raise EncryptionRemoved(bundle.folder)
    if secret is not None:
        raise ArchiveNotEncrypted(bundle.folder)


def _unlock(bundle: Bundle, secret: str) -> ArchiveKeys | None:
    return keys.unlock(bundle.folder, bundle.archive_id, secret) if bundle.encrypted else None


def _assemble(
    bundle: Bundle,
    lock: ArchiveLock,
    archive_keys: ArchiveKeys | None,
    db: Database,
    installation: Installation,
) -> Archive:
    history, remarks = _history(bundle, db, installation)
    originals = Originals(bundle.folder, archive_keys)
    if lock.was_unclean:
        originals.empty_staging()
    address = IndexAddress(
        bundle.index / installation.id,
        _index_key(archive_keys, bundle.archive_id, installation.secret),
        bundle.archive_id,
    )
    database_key = archive_keys.database if archive_keys else None
    return Archive(
        bundle=bundle,
        originals=originals,
        **_stores(db),
        history=history,
        index=LiveIndex(address, bundle.database, database_key),
        sandbox=Sandbox(),
        lock=lock,
        database_key=database_key,
        remarks=remarks,
    )


class _Stores(TypedDict):
    db: Database
    documents: DocumentStore
    texts: TextStore
    quotes: QuoteStore
    tags: TagStore
    cases: CaseStore
    readings: ReadingStore
    drafts: DraftStore
    document_rows: DocumentRowStore
    browsing: BrowsingStore
    counting: CountingStore
    reviews: ReviewStore


def _stores(db: Database) -> _Stores:
    reviews = ReviewStore(db)
    return {
        "db": db,
        "documents": DocumentStore(db),
        "texts": TextStore(db),
        "quotes": QuoteStore(db),
        "tags": TagStore(db),
        "cases": CaseStore(db),
        "readings": ReadingStore(db),
        "drafts": DraftStore(db),
        "document_rows": DocumentRowStore(db),
        "browsing": BrowsingStore(db, reviews),
        "counting": CountingStore(db, reviews),
        "reviews": reviews,
    }


def _history(bundle: Bundle, db: Database, installation: Installation) -> tuple[History, tuple[str, ...]]:
    """History under this installation's device id, and what is to be said if it is not what was seen last."""

    def note(device: str, seq: int, digest: str) -> None:
        installation.remember(bundle.archive_id, LastSeen(device, seq, digest, bundle.encrypted))

    found = installation.recognise(bundle.archive_id, partial(hash_of_entry, db))
    lost = found.lost
    if lost is None:
        note(found.device, *(chain_head(db, found.device) or (0, NO_HASH)))
    history = History(db, found.device, note)
    return history, (_told_of_loss(db, lost),) if lost else ()


def _told_of_loss(db: Database, lost: LastSeen) -> str:
    reached, _ = chain_head(db, lost.device) or (0, NO_HASH)
    missing = lost.seq - reached
    if missing <= 0:
        what = "has another history than the one"
        then = f"entry {lost.seq} of device {lost.device} is not the one that was written here"
    else:
        what = "is older than the one"
        last = f"the last {'entry' if missing == 1 else f'{missing} entries'} of device {lost.device}"
        then = f"{last} {'is' if missing == 1 else 'are'} not in it"
    return f"This archive {what} last used on this computer (restored, or replaced by somebody?): {then}."


def _index_key(archive_keys: ArchiveKeys | None, archive_id: str, installation_secret: bytes) -> bytes:
    """An index is for one archive on one installation; one made elsewhere does not open."""
    secret = (archive_keys.index if archive_keys else b"") + installation_secret
    return HKDF(SHA256(), 32, salt=archive_id.encode(), info=b"archivist index 1").derive(secret)
