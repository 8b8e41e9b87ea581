import io
import json
import shutil
from pathlib import Path

import pytest

from archivist.archive import opening
from archivist.archive.opening import create_archive, open_archive
from archivist.extraction.sandbox import Sandbox
from archivist.model.errors import ArchiveNotEncrypted, EncryptionRemoved, WrongPassphrase
from archivist.model.ids import TagId, new_id
from archivist.model.tag import Tag
from archivist.storage.bundle import Bundle, write_about
from archivist.storage.database import create_database
from archivist.storage.installation import Installation
from archivist.storage.lock import LOCK

PASSPHRASE = "kestrel over the harbour wall 1907"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive without encryption."""
    create_archive(tmp_path / "Coast.archivist", None)
    return tmp_path / "Coast.archivist"


@pytest.fixture(scope="session")
def new_encrypted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encrypted") / "Coast.archivist"
    create_archive(folder, PASSPHRASE)
    return folder


@pytest.fixture
def encrypted(new_encrypted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_encrypted, tmp_path / "Secret.archivist"))


def crash(folder: Path) -> None:
    """What is left of a session that was killed."""
    (folder / LOCK).write_bytes(b'{"pid": 1, "host": "laptop", "since": "2026-11-24T10:00:00+00:00"}')


def work(folder: Path, *names: str) -> None:
    """Add tags, each as one deed."""
    with open_archive(folder, None) as archive:
        for name in names:
            with archive.deed("add tag"):
                archive.tags.put(Tag(TagId(new_id()), name))


def remarks(folder: Path) -> tuple[str, ...]:
    with open_archive(folder, None) as archive:
        return archive.remarks


def device_note(archive_id: str) -> dict[str, object]:
    path = Installation.of_this_user().folder / "devices" / f"{archive_id}.json"
    note: dict[str, object] = json.loads(path.read_text())
    return note


# --- after a crash


def test_after_a_crash_what_was_half_written_goes_and_originals_stay(folder: Path) -> None:
    with open_archive(folder, None) as archive:
        orphan = archive.originals.keep(io.BytesIO(b"stopped before its document was written"))
    (folder / "staging" / "half").write_bytes(b"half an original")
    crash(folder)

    with open_archive(folder, None) as archive:
        assert archive.originals.read(orphan.sha256) == b"stopped before its document was written"
        assert list(archive.originals.orphans(archive.documents.shas())) == [orphan.sha256]

    assert list((folder / "staging").iterdir()) == []


@pytest.mark.parametrize("record", [b"garbage", b'{"since": "2020-01-01T00:00:00+00:00"}'])
def test_an_older_database_put_back_by_hand_costs_no_original(folder: Path, record: bytes) -> None:
    older = (folder / "archive.db").read_bytes()
    with open_archive(folder, None) as archive:
        kept = archive.originals.keep(io.BytesIO(b"testimony, only copy"))
    (folder / "archive.db").write_bytes(older)
    (folder / LOCK).write_bytes(record)

    with open_archive(folder, None) as archive:
        assert archive.originals.read(kept.sha256) == b"testimony, only copy"


def test_a_wrong_passphrase_after_a_crash_does_not_hide_the_crash(encrypted: Path) -> None:
    (encrypted / "staging" / "half").write_bytes(b"half an original")
    crash(encrypted)

    with pytest.raises(WrongPassphrase):
        open_archive(encrypted, "another one")
    assert list((encrypted / "staging").iterdir())
    open_archive(encrypted, PASSPHRASE).close()

    assert list((encrypted / "staging").iterdir()) == []


def test_a_clean_archive_is_clean_after_a_wrong_passphrase(encrypted: Path) -> None:
    with pytest.raises(WrongPassphrase):
        open_archive(encrypted, "another one")

    assert (encrypted / LOCK).read_bytes() == b""


# --- encryption taken away


def take_encryption_away(bundle: Bundle) -> None:
    """What somebody does who has the folder in their hands, but neither passphrase nor this computer."""
    for path in (bundle.database, bundle.folder / "keys.json", bundle.folder / "keys.copy.json"):
        path.unlink()
    create_database(bundle.database, None)
    write_about(Bundle(bundle.folder, bundle.archive_id, encrypted=False), bundle.folder)


@pytest.mark.parametrize("secret", [None, PASSPHRASE])
def test_an_archive_that_was_encrypted_is_not_opened_in_plain(encrypted: Path, secret: str | None) -> None:
    with open_archive(encrypted, PASSPHRASE) as archive:
        bundle = archive.bundle
    take_encryption_away(bundle)

    with pytest.raises(EncryptionRemoved, match=r"“Secret\.archivist” was encrypted .* and is not"):
        open_archive(encrypted, secret)

    assert not (encrypted / LOCK).read_bytes()


def test_encryption_is_remembered_through_work_in_the_archive(encrypted: Path) -> None:
    with open_archive(encrypted, PASSPHRASE) as archive:
        with archive.deed("add tag"):
            archive.tags.put(Tag(TagId(new_id()), "torture"))
        assert device_note(archive.bundle.archive_id)["seq"] == 1
        assert device_note(archive.bundle.archive_id)["encrypted"] is True


@pytest.mark.parametrize("secret", [PASSPHRASE, ""])
def test_a_passphrase_for_an_archive_without_encryption_is_refused(folder: Path, secret: str) -> None:
    with pytest.raises(ArchiveNotEncrypted, match=r"“Coast\.archivist” is not encrypted, though"):
        open_archive(folder, secret)

    with open_archive(folder, None) as archive:
        assert archive.remarks == ()


# --- another history than the one last seen


def test_an_older_archive_is_told_at_every_opening_until_work_goes_on_in_it(folder: Path) -> None:
    work(folder, "first")
    backup = shutil.copytree(folder, folder.with_name("Backup"))
    work(folder, "second", "third")
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)

    told = [remarks(folder), remarks(folder)]
    work(folder, "fourth")

    assert told[0] == told[1]
    (remark,) = told[0]
    assert remark.startswith("This archive is older than the one last used on this computer")
    assert "the last 2 entries of device" in remark
    assert remarks(folder) == ()
    with open_archive(folder, None) as archive:
        assert len(archive.history.heads()) == 2
        assert archive.history.verify() == []


def test_one_missing_entry_is_not_many(folder: Path) -> None:
    older = shutil.copytree(folder, folder.with_name("Backup"))
    work(folder, "only")

    (remark,) = remarks(older)

    assert "the last entry of device" in remark


def test_a_history_that_went_another_way_is_told(folder: Path) -> None:
    work(folder, "first")
    other = shutil.copytree(folder, folder.with_name("Other"))
    state = Installation.of_this_user().folder
    elsewhere = shutil.copytree(state, state.with_name("copied"))
    work(folder, "mine")
    work_elsewhere(other, Installation.at(elsewhere))

    (remark,) = remarks(other)

    assert remark.startswith("This archive has another history than the one last used on this computer")
    assert "entry 2 of device" in remark


def work_elsewhere(folder: Path, installation: Installation) -> None:
    """Work on a computer that was cloned with its device id: the one way to a forked chain."""
    with open_archive(folder, None, installation) as archive, archive.deed("add tag"):
        archive.tags.put(Tag(TagId(new_id()), "theirs"))


def test_a_look_at_an_older_copy_changes_nothing_for_the_archive(folder: Path) -> None:
    work(folder, "first")
    older = shutil.copytree(folder, folder.with_name("Older"))
    work(folder, "second")

    assert remarks(older) != ()
    assert remarks(folder) == ()

    work(folder, "third")
    with open_archive(folder, None) as archive:
        assert len(archive.history.heads()) == 1


def test_a_new_archive_has_no_remarks(folder: Path) -> None:
    assert remarks(folder) == remarks(folder) == ()


# --- what fails half-way


def test_what_fails_after_the_database_was_opened_closes_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        assert (folder / "archive.db-shm").exists()
        raise RuntimeError("no sandbox")

    monkeypatch.setattr(opening, "Sandbox", fail)
    with pytest.raises(RuntimeError, match="no sandbox"):
        open_archive(folder, None)
    monkeypatch.undo()

    assert not (folder / "archive.db-shm").exists()
    open_archive(folder, None).close()


def test_closing_goes_on_when_a_part_fails_and_the_first_failure_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(which: str) -> None:
        raise RuntimeError(which)

    archive = open_archive(folder, None)
    monkeypatch.setattr(Sandbox, "close", lambda _: fail("sandbox"))
    monkeypatch.setattr(type(archive.index), "close", lambda _: fail("index"))

    with pytest.raises(RuntimeError, match="sandbox"):
        archive.close()

    assert not (folder / "archive.db-shm").exists()
    assert (folder / LOCK).read_bytes() == b""
