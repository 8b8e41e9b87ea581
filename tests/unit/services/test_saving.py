import errno
import os
from datetime import date
from pathlib import Path

import pytest

from archivist.model.errors import AlreadyThere, InsideArchive, NotWritable, StorageFull
from archivist.services.saving import backup_name, save_private


def test_a_saved_text_is_for_its_owner_only(tmp_path: Path) -> None:
    path = save_private(tmp_path / "sheet.txt", "K7QM – é")

    assert path.read_text("utf-8") == "K7QM – é"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "sheet.txt").write_text("mine", "utf-8")

    with pytest.raises(AlreadyThere):
        save_private(tmp_path / "sheet.txt", "K7QM")

    assert (tmp_path / "sheet.txt").read_text("utf-8") == "mine"


def test_the_key_is_not_put_into_the_lock(tmp_path: Path) -> None:
    (tmp_path / "Case.archivist").mkdir()

    with pytest.raises(InsideArchive):
        save_private(tmp_path / "Case.archivist" / "sheet.txt", "K7QM", outside=tmp_path / "Case.archivist")


def test_a_place_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotWritable):
        save_private(tmp_path / "nowhere" / "sheet.txt", "K7QM")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StorageFull):
        save_private(tmp_path / "sheet.txt", "K7QM")

    assert not list(tmp_path.iterdir())


def test_a_backup_is_called_after_its_archive_and_the_day() -> None:
    assert backup_name(Path("/x/Coast.archivist"), date(2026, 11, 24)) == "Coast backup 2026-11-24"
