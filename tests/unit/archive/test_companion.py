"""A second archive beside the one that writes, as the window's reading lanes have it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive, open_companion
from archivist.model.errors import ArchiveInUse, ArchiveNotOpened
from archivist.model.history import FindingLevel
from archivist.model.ids import DocumentId, TagId, new_id
from archivist.model.search import Found
from archivist.model.tag import Tag
from archivist.storage.engine import DatabaseError
from archivist.storage.lock import LOCK
from tests.unit.archive.contents import add_documents

PASSPHRASE = "kestrel over the harbour wall 1907"

Write = Callable[[Archive], object]


def tag(archive: Archive) -> None:
    with archive.deed("add tag"):
        archive.tags.put(Tag(TagId(new_id()), "torture"))


@pytest.mark.parametrize(
    "write",
    [
        tag,
        lambda archive: archive.history.undo(),
        lambda archive: archive.readings.note(DocumentId(new_id()), "page 3"),
        lambda archive: archive.drafts.save("note", "Night"),
        lambda archive: archive.db.execute("DELETE FROM drafts"),
        lambda archive: archive.db.execute("PRAGMA query_only = OFF"),
    ],
)
def test_a_companion_cannot_write(archive: Archive, write: Write) -> None:
    tag(archive)
    archive.drafts.save("note", "Night")
    companion = open_companion(archive)

    with pytest.raises(DatabaseError, match=r"readonly|not authorized"):
        write(companion)

    assert len(companion.tags.all()) == 1
    assert companion.drafts.get("note") == "Night"
    companion.close()


@pytest.mark.parametrize(
    "deed", [lambda archive: archive.index.start(), lambda archive: archive.index.rebuild()]
)
def test_a_companion_has_no_index_written(archive: Archive, deed: Write) -> None:
    add_documents(archive, "They came at night.")
    archive.index.catch_up()
    companion = open_companion(archive)

    with pytest.raises(RuntimeError, match="companion"):
        deed(companion)

    answer = companion.index.find("night", kinds=frozenset(Found), limit=10)
    assert answer.total == 1
    companion.close()


def test_a_companion_that_closes_leaves_the_archive_open(archive: Archive) -> None:
    companion = open_companion(archive)

    companion.close()

    tag(archive)
    with pytest.raises(ArchiveInUse):
        open_archive(archive.bundle.folder, None)


def test_an_archive_is_closed_cleanly_beside_its_companions(tmp_path: Path) -> None:
    create_archive(tmp_path / "Coast.archivist", None)
    archive = open_archive(tmp_path / "Coast.archivist", None)
    companions = [open_companion(archive) for _ in range(2)]
    for companion in companions:
        companion.tags.all()
    tag(archive)

    for one in (*companions, archive):
        one.close()

    assert (tmp_path / "Coast.archivist" / LOCK).read_bytes() == b""
    names = {path.name for path in (tmp_path / "Coast.archivist").iterdir()}
    assert not {"archive.db-wal", "archive.db-shm"} & names


def test_each_thread_reads_an_encrypted_archive_by_its_own_companion(tmp_path: Path) -> None:
    create_archive(tmp_path / "Secret.archivist", PASSPHRASE)

    def read(archive: Archive, wait: threading.Barrier) -> list[str]:
        with open_companion(archive) as companion:
            wait.wait(10)
            found = [document.title for document in companion.documents.all()]
            companion.originals.verify(kept)
            return found

    with open_archive(tmp_path / "Secret.archivist", PASSPHRASE) as archive:
        path = tmp_path / "a.txt"
        path.write_bytes(b"They came at night. " * 100_000)
        (original,) = archive.originals.keep_all([path])
        assert not isinstance(original, OSError)
        kept = original.sha256
        add_documents(archive, "They came at night.")
        together = threading.Barrier(4)
        with ThreadPoolExecutor(4) as threads:
            answers = [threads.submit(read, archive, together) for _ in range(4)]

    assert [answer.result() for answer in answers] == [["Document 0"]] * 4


def test_a_companion_knows_the_history_of_its_archive(archive: Archive) -> None:
    tag(archive)
    companion = open_companion(archive)

    assert companion.history.head() == archive.history.head()
    assert companion.history.next_to_undo() == "add tag"
    assert not [f for f in companion.history.verify() if f.level == FindingLevel.ERROR]
    companion.close()


def test_a_companion_reads_at_one_moment(archive: Archive) -> None:
    companion = open_companion(archive)

    with companion.reading():
        before = companion.tags.all()
        tag(archive)
        again = companion.tags.all()

    assert before == again == []
    assert len(companion.tags.all()) == 1
    companion.close()


def test_where_the_database_is_gone_there_is_no_companion(archive: Archive) -> None:
    archive.bundle.database.rename(archive.bundle.database.with_name("away.db"))

    with pytest.raises(ArchiveNotOpened):
        open_companion(archive)

    archive.bundle.database.with_name("away.db").rename(archive.bundle.database)
