import os
from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.services import looking
from archivist.services.keeping import back_up
from archivist.services.looking import FolderKind, archive_around, free_folder, look_at
from archivist.storage.bundle import create_bundle
from archivist.storage.database import create_database
from archivist.storage.keys import LOWEST_COST, create_keys


def test_a_plain_archive_is_seen_as_one(archive: Archive) -> None:
    assert look_at(archive.bundle.folder).kind is FolderKind.PLAIN


def test_an_encrypted_archive_is_seen_without_its_passphrase(tmp_path: Path) -> None:
    with create_bundle(tmp_path / "Sealed.archivist", encrypted=True) as made:
        create_keys(made.folder, made.archive_id, "some words", with_recovery=False, cost=LOWEST_COST)
        create_database(made.database, bytes(32))

    assert look_at(tmp_path / "Sealed.archivist").kind is FolderKind.ENCRYPTED


def test_a_backup_is_seen_as_one(archive: Archive, tmp_path: Path) -> None:
    back_up(archive, tmp_path / "Copy")

    assert look_at(tmp_path / "Copy").kind is FolderKind.BACKUP


def test_another_folder_is_no_archive(tmp_path: Path) -> None:
    look = look_at(tmp_path)

    assert look.kind is FolderKind.OTHER
    assert look.error is not None


def test_a_damaged_archive_says_why(archive: Archive) -> None:
    folder = archive.bundle.folder
    (folder / "archive.json").write_text("{}", "utf-8")

    look = look_at(folder)

    assert look.kind is FolderKind.UNUSABLE
    assert "damaged" in str(look.error)


def test_a_folder_that_went_away_is_gone(tmp_path: Path) -> None:
    assert look_at(tmp_path / "Nowhere.archivist").kind is FolderKind.GONE


def test_a_drive_that_is_not_there_is_told_from_a_folder_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_DRIVES", (tmp_path / "media",))

    away = look_at(tmp_path / "media" / "somebody" / "STICK" / "Case.archivist")
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path).name == "STICK")
    gone = look_at(tmp_path / "media" / "somebody" / "STICK" / "Case.archivist")

    assert away.kind is FolderKind.DRIVE_AWAY
    assert gone.kind is FolderKind.GONE


def test_a_file_of_an_archive_stands_for_it(archive: Archive, tmp_path: Path) -> None:
    folder = archive.bundle.folder
    other = tmp_path / "notes.txt"
    other.write_text("x", "utf-8")

    assert archive_around(folder / "archive.json") == folder
    assert archive_around(folder) == folder
    assert archive_around(other) == other


def test_a_path_that_no_system_takes_is_left_as_it_is() -> None:
    path = Path("x" * 5000) / "archive.json"

    assert archive_around(path) == path
    assert look_at(path).kind is FolderKind.GONE


def test_a_free_folder_does_not_exist_yet(tmp_path: Path) -> None:
    first = free_folder(tmp_path, "Sample")
    first.mkdir()

    assert first.name == "Sample.archivist"
    assert free_folder(tmp_path, "Sample").name == "Sample 2.archivist"
