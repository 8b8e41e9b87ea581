"""The whole database put to the test: its pages, the chain of its history, its rows, its texts."""

import hashlib
from collections.abc import Iterator
from functools import partial

from sqlite_utils import Database

from archivist.model.history import Finding, FindingLevel
from archivist.storage import engine
from archivist.storage.chain import check_chain
from archivist.storage.replay import check_replay


def verify_database(db: Database) -> list[Finding]:
    """All that is not as it was written, at one moment; nothing where all is well."""
    findings: list[Finding] = []
    text_factory = db.conn.text_factory
    db.conn.text_factory = partial(str, encoding="utf-8", errors="replace")  # damage is to be told of
    try:
        with engine.reading(db):
            for check in (_check_pages, check_chain, check_replay, _check_texts):
                findings.extend(check(db))
    except engine.DatabaseError:
        findings.append(_unreadable("Parts of the database cannot be read; restore a backup."))
    finally:
        db.conn.text_factory = text_factory
    return findings


def _check_pages(db: Database) -> Iterator[Finding]:
    for (answer,) in db.execute("PRAGMA integrity_check(10)").fetchall():
        if answer != "ok":
            place = str(answer).splitlines()[0]
            yield _unreadable(f"The database is damaged ({place}); restore a backup.")


def _check_texts(db: Database) -> Iterator[Finding]:
    """Texts whose content is not the one of their hash; that hash is in history."""
    for row_id, content, sha256 in db.execute("SELECT id, CAST(content AS BLOB), sha256 FROM texts"):
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Finding(FindingLevel.ERROR, "texts", row_id, "Its content was altered after it was kept.")


def _unreadable(message: str) -> Finding:
    return Finding(FindingLevel.ERROR, "database", "", message)
