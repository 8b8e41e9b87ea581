import errno
import json
import os
import stat
from pathlib import Path

import pytest

from archivist.model.errors import (
    AlreadyThere,
    ArchiveDamaged,
    ArchiveIsBackup,
    ArchiveNotAccessible,
    ArchiveTooNew,
    NoArchive,
)
from archivist.storage.bundle import Bundle, create_bundle, read_bundle
from archivist.storage.files import checksum
from archivist.storage.keys import LOWEST_COST, create_keys, unlock


def make(folder: Path, *, encrypted: bool = True) -> Bundle:
    with create_bundle(folder, encrypted=encrypted) as bundle:
        bundle.database.write_bytes(b"a database")
        if encrypted:
            create_keys(bundle.folder, bundle.archive_id, "words", with_recovery=False, cost=LOWEST_COST)
    return read_bundle(folder)


def rewrite_about(folder: Path, **changes: object) -> None:
    """With a checksum that fits, as somebody who means it would."""
    path = folder / "archive.json"
    about = {**json.loads(path.read_text()), **changes}
    del about["sha256"]
    path.write_text(json.dumps({**about, "sha256": checksum(about)}))


@pytest.mark.parametrize("encrypted", [True, False])
def test_an_archive_folder_is_recognised(tmp_path: Path, *, encrypted: bool) -> None:
    folder = tmp_path / "Test.archivist"

    bundle = make(folder, encrypted=encrypted)

    assert bundle == Bundle(folder, bundle.archive_id, encrypted)
    assert {path.name for path in folder.iterdir()} - {"keys.json", "keys.copy.json"} == {
        "README.txt",
        "archive.db",
        "archive.json",
        "backups",
        "objects",
        "staging",
    }
    assert (bundle.database, bundle.lock) == (folder / "archive.db", folder / "archive.lock")
    assert (bundle.index, bundle.backups) == (folder / "index", folder / "backups")
    assert list(tmp_path.iterdir()) == [folder]
    if encrypted:
        unlock(folder, bundle.archive_id, "words")


def test_every_archive_has_its_own_id(tmp_path: Path) -> None:
    one, two = make(tmp_path / "One", encrypted=False), make(tmp_path / "Two", encrypted=False)

    assert one.archive_id != two.archive_id


def test_the_folder_is_private_and_says_in_plain_words_what_it_is(tmp_path: Path) -> None:
    folder = make(tmp_path / "Test.archivist").folder

    assert "passphrase" in (folder / "README.txt").read_text(encoding="ascii")
    for path in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or path.name == "archive.db"


def test_an_archive_that_was_not_finished_never_appears(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged), create_bundle(tmp_path / "Test.archivist", encrypted=True) as bundle:
        bundle.database.write_bytes(b"a database, but no keys")

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    before = make(tmp_path / "Test.archivist")

    with pytest.raises(AlreadyThere):
        make(tmp_path / "Test.archivist")

    assert read_bundle(tmp_path / "Test.archivist") == before


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for path in (tmp_path, tmp_path / "missing", tmp_path / "file"):
        with pytest.raises(NoArchive, match=path.name):
            read_bundle(path)


def test_a_later_format_is_said_to_be_so(tmp_path: Path) -> None:
    folder = make(tmp_path / "Test.archivist").folder
    rewrite_about(folder, format=2, id="of some other kind")

    with pytest.raises(ArchiveTooNew):
        read_bundle(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 0},
        {"format": None},
        {"id": None},
        {"id": "../../elsewhere"},
        {"encrypted": None},
        {"encrypted": 1},
        {"encrypted": False},
    ],
)
def test_a_description_that_we_would_not_write_is_damage(tmp_path: Path, changes: dict[str, object]) -> None:
    folder = make(tmp_path / "Test.archivist").folder
    rewrite_about(folder, **changes)

    with pytest.raises(ArchiveDamaged, match=r"archive\.json.*Restore it from a backup"):
        read_bundle(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_a_damaged_description_is_named(tmp_path: Path, content: bytes) -> None:
    folder = make(tmp_path / "Test.archivist").folder
    (folder / "archive.json").write_bytes(content)

    with pytest.raises(ArchiveDamaged, match=r"“archive\.json” is missing or damaged"):
        read_bundle(folder)


def test_a_lost_part_is_named(tmp_path: Path) -> None:
    folder = make(tmp_path / "Test.archivist").folder

    (folder / "keys.json").unlink()
    read_bundle(folder)  # the copy is there
    (folder / "keys.copy.json").unlink()
    with pytest.raises(ArchiveDamaged, match=r"keys\.json"):
        read_bundle(folder)
    (folder / "archive.db").unlink()
    with pytest.raises(ArchiveDamaged, match=r"archive\.db"):
        read_bundle(folder)


def test_an_archive_without_its_description_is_damaged_and_not_missing(tmp_path: Path) -> None:
    folder = make(tmp_path / "Test.archivist").folder
    (folder / "archive.json").unlink()

    with pytest.raises(ArchiveDamaged, match=r"archive\.json"):
        read_bundle(folder)


def test_a_backup_is_not_opened(tmp_path: Path) -> None:
    folder = make(tmp_path / "Test.archivist").folder
    (folder / "manifest.json").touch()

    with pytest.raises(ArchiveIsBackup, match="restore it"):
        read_bundle(folder)


def test_a_folder_that_we_may_not_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make(tmp_path / "Test.archivist").folder

    def refused(_: Path) -> None:  # root may read everything, so the refusal is played
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("archivist.storage.bundle.read_record", refused)

    with pytest.raises(ArchiveNotAccessible, match="permission denied; check who may read"):
        read_bundle(folder)
