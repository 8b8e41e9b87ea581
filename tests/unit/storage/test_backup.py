import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archivist.model.errors import (
    AlreadyThere,
    ArchiveTooNew,
    BackupDamaged,
    NoBackup,
    OriginalDamaged,
    StorageFull,
)
from archivist.storage import backup as module
from archivist.storage.backup import Damage, Restored, Source, backup, restore
from archivist.storage.bundle import Bundle, create_bundle, read_bundle
from archivist.storage.files import checksum
from archivist.storage.keys import LOWEST_COST, create_keys, unlock
from archivist.storage.originals import Originals, object_path, stored_objects

HEADS = {"device-b": (7, "b" * 64), "device-a": (3, "a" * 64)}
CONTENTS = (b"testimony", b"", bytes(700_000))


class Sample:
    """An encrypted archive with a few originals, and a database that is one only by name."""

    def __init__(self, folder: Path) -> None:
        with create_bundle(folder, encrypted=True) as bundle:
            keys, _ = create_keys(
                bundle.folder, bundle.archive_id, "words", with_recovery=False, cost=LOWEST_COST
            )
            bundle.database.write_bytes(b"a database")
        self.bundle: Bundle = read_bundle(folder)
        self.keys = keys
        self.originals = Originals(folder, keys)
        self.shas = [self.originals.keep(io.BytesIO(content)).sha256 for content in CONTENTS]
        (folder / "archive.db-wal").write_bytes(b"not to be copied")
        (folder / "archive.lock").write_bytes(b"not to be copied")
        (folder / "index").mkdir()
        (folder / "index" / "words").write_bytes(b"not to be copied")

    def copy_database(self, target: Path) -> None:
        shutil.copyfile(self.bundle.database, target)

    def back_up(
        self,
        target: Path,
        *,
        copy_database: Callable[[Path], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> tuple[Damage, ...]:
        copy = copy_database or self.copy_database
        source = Source(self.bundle, self.originals, set(self.shas), HEADS, copy)
        return backup(source, target, progress=progress)

    def object_of(self, sha256: str) -> Path:
        return object_path(self.bundle.folder, self.originals.name_of(sha256))


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path / "Test.archivist")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def forge(folder: Path, alter: Callable[[dict[str, Any]], object]) -> None:
    """Alter the manifest as someone would who knows how it is made."""
    record = json.loads((folder / "manifest.json").read_bytes())
    del record["sha256"]
    alter(record)
    (folder / "manifest.json").write_text(json.dumps({**record, "sha256": checksum(record)}))


def test_a_restored_backup_is_an_ordinary_archive(tmp_path: Path, sample: Sample) -> None:
    assert sample.back_up(tmp_path / "Backup") == ()

    answer = restore(tmp_path / "Backup", tmp_path / "Again.archivist")

    restored = Bundle(tmp_path / "Again.archivist", sample.bundle.archive_id, encrypted=True)
    assert answer == Restored(restored, ())
    assert restored.database.read_bytes() == b"a database"
    keys = unlock(restored.folder, restored.archive_id, "words")
    assert keys == sample.keys
    originals = Originals(restored.folder, keys)
    assert [originals.read(sha) for sha in sample.shas] == list(CONTENTS)
    assert "backup of an archive" not in (restored.folder / "README.txt").read_text()
    assert {path.name for path in restored.folder.iterdir()} == {
        "README.txt",
        "archive.db",
        "archive.json",
        "backups",
        "keys.copy.json",
        "keys.json",
        "objects",
        "staging",
    }


def test_a_plain_archive_is_backed_up_too(tmp_path: Path) -> None:
    with create_bundle(tmp_path / "Plain", encrypted=False) as bundle:
        bundle.database.write_bytes(b"a database")
    plain = read_bundle(tmp_path / "Plain")
    kept = Originals(plain.folder, None).keep(io.BytesIO(b"testimony"))

    copy = partial(shutil.copyfile, plain.database)
    backup(Source(plain, Originals(plain.folder, None), {kept.sha256}, {}, copy), tmp_path / "Backup")
    restored = restore(tmp_path / "Backup", tmp_path / "Again").bundle

    assert not restored.encrypted
    assert Originals(restored.folder, None).read(kept.sha256) == b"testimony"


def test_a_backup_holds_what_cannot_be_made_again_and_nothing_else(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")

    found = tree(tmp_path / "Backup")
    objects = {
        path.relative_to(sample.bundle.folder).as_posix() for path in stored_objects(sample.bundle.folder)
    }
    assert found.keys() == objects | {
        "README.txt",
        "archive.db",
        "archive.json",
        "keys.copy.json",
        "keys.json",
        "manifest.json",
    }
    manifest = json.loads(found["manifest.json"])
    assert manifest["files"].keys() == found.keys() - {"manifest.json"}
    assert manifest["heads"] == {
        "device-a": {"seq": 3, "hash": "a" * 64},
        "device-b": {"seq": 7, "hash": "b" * 64},
    }
    assert not any(b"not to be copied" in content for content in found.values())


def test_nothing_is_overwritten(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    before = tree(tmp_path / "Backup")

    with pytest.raises(AlreadyThere):
        sample.back_up(tmp_path / "Backup")
    with pytest.raises(AlreadyThere):
        restore(tmp_path / "Backup", sample.bundle.folder)

    assert tree(tmp_path / "Backup") == before


def test_a_damaged_key_file_is_not_handed_down(tmp_path: Path, sample: Sample) -> None:
    (sample.bundle.folder / "keys.json").write_bytes(b"garbage")

    sample.back_up(tmp_path / "Backup")
    restored = restore(tmp_path / "Backup", tmp_path / "Again").bundle

    (restored.folder / "keys.copy.json").unlink()
    assert unlock(restored.folder, restored.archive_id, "words") == sample.keys


def test_progress_is_told_up_to_the_last_byte(tmp_path: Path, sample: Sample) -> None:
    told: list[tuple[int, int]] = []

    sample.back_up(tmp_path / "Backup", progress=lambda done, total: told.append((done, total)))
    restore(tmp_path / "Backup", tmp_path / "Again", progress=lambda done, total: told.append((done, total)))

    size = sum(path.stat().st_size for path in stored_objects(sample.bundle.folder))
    whole = sum(
        entry["size"]
        for entry in json.loads((tmp_path / "Backup" / "manifest.json").read_bytes())["files"].values()
    )
    assert [told for told in told if told[0] == told[1]] == [(size, size), (whole, whole)]


# --- damage


def test_any_changed_byte_of_a_backup_is_noticed_and_its_file_named(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    names = sorted(tree(tmp_path / "Backup"))

    for name in names:
        path = tmp_path / "Backup" / name
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(BackupDamaged, match=f"“Backup” is damaged: “{name}”.*Nothing was restored"):
            restore(tmp_path / "Backup", tmp_path / "Again")
        path.write_bytes(whole)

    assert {path.name for path in tmp_path.iterdir()} == {"Backup", "Test.archivist"}
    restore(tmp_path / "Backup", tmp_path / "Again")  # the test itself does no harm


def test_a_lost_or_cut_file_of_a_backup_is_named(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    path = next(iter(stored_objects(tmp_path / "Backup")))

    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BackupDamaged, match=f"{path.name}” is not as it was written"):
        restore(tmp_path / "Backup", tmp_path / "Again")
    path.unlink()
    with pytest.raises(BackupDamaged, match=f"{path.name}” is missing"):
        restore(tmp_path / "Backup", tmp_path / "Again")

    assert not (tmp_path / "Again").exists()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    database = tmp_path / "Backup" / "archive.db"
    elsewhere = database.rename(tmp_path / "elsewhere.db")
    database.symlink_to(elsewhere)
    forge(
        tmp_path / "Backup",
        lambda record: record["files"]["archive.db"].update(size=database.lstat().st_size),
    )

    with pytest.raises(BackupDamaged, match=r"“archive\.db” cannot be read"):
        restore(tmp_path / "Backup", tmp_path / "Again")


def test_an_original_behind_a_broken_folder_is_named(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    path = next(iter(stored_objects(tmp_path / "Backup")))
    shutil.rmtree(path.parent)
    path.parent.touch()

    with pytest.raises(BackupDamaged, match=f"{path.name}” cannot be read"):
        restore(tmp_path / "Backup", tmp_path / "Again")


def test_a_manifest_that_rotted_is_named(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    manifest = tmp_path / "Backup" / "manifest.json"
    whole = manifest.read_bytes()

    for rotten in (
        b"",
        whole[:-10],
        whole.replace(b"a" * 64, b"c" * 64),
        whole.replace(b"made_at", b"make_at"),
    ):
        manifest.write_bytes(rotten)
        with pytest.raises(BackupDamaged, match=r"“manifest\.json” is not as it was written"):
            restore(tmp_path / "Backup", tmp_path / "Again")

    manifest.unlink()
    manifest.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BackupDamaged, match=r"“manifest\.json” cannot be read"):
        restore(tmp_path / "Backup", tmp_path / "Again")


@pytest.mark.parametrize(
    "alter",
    [
        lambda record: record.update(files=[]),
        lambda record: record["files"].update({"../outside": record["files"]["archive.db"]}),
        lambda record: record["files"].update({"objects/ab/../../x": record["files"]["archive.db"]}),
        lambda record: record["files"].update({"objects/00/" + "1" * 64: record["files"]["archive.db"]}),
        lambda record: record["files"].update({"archive.lock": record["files"]["archive.db"]}),
        lambda record: record["files"].update({"archive.db": None}),
        lambda record: record["files"]["archive.db"].update(sha256="x"),
        lambda record: record["files"]["archive.db"].update(size="10"),
        lambda record: record.update(format=0),
        lambda record: record.pop("damaged"),
        lambda record: record.update(damaged=["\x1b[2J"]),
        lambda record: record.update(damaged={}),
    ],
)
def test_a_manifest_that_we_would_not_write_is_refused(
    tmp_path: Path, sample: Sample, alter: Callable[[dict[str, Any]], object]
) -> None:
    sample.back_up(tmp_path / "Backup")
    forge(tmp_path / "Backup", alter)

    with pytest.raises(BackupDamaged, match=r"manifest\.json"):
        restore(tmp_path / "Backup", tmp_path / "Again")


def test_a_manifest_of_a_later_version_is_said_to_be_so(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    forge(tmp_path / "Backup", lambda record: record.update(format=2))

    with pytest.raises(ArchiveTooNew):
        restore(tmp_path / "Backup", tmp_path / "Again")


def test_what_the_manifest_does_not_name_is_not_restored(tmp_path: Path, sample: Sample) -> None:
    sample.back_up(tmp_path / "Backup")
    (tmp_path / "Backup" / "archive.db-wal").write_bytes(b"slipped in")
    (tmp_path / "Backup" / "objects" / "slipped-in").write_bytes(b"slipped in")

    restored = restore(tmp_path / "Backup", tmp_path / "Again").bundle

    assert b"slipped in" not in tree(restored.folder).values()


def test_where_there_is_no_backup_it_is_said(tmp_path: Path, sample: Sample) -> None:
    for path in (tmp_path / "missing", sample.bundle.folder, sample.bundle.database):
        with pytest.raises(NoBackup, match=r"has no manifest\.json"):
            restore(path, tmp_path / "Again")


def test_a_database_that_was_not_closed_is_a_defect(tmp_path: Path, sample: Sample) -> None:
    def careless(target: Path) -> None:
        target.write_bytes(b"a database")
        target.with_name("archive.db-wal").write_bytes(b"the rest of it")

    with pytest.raises(RuntimeError):
        sample.back_up(tmp_path / "Backup", copy_database=careless)

    assert not (tmp_path / "Backup").exists()


# --- an archive that is damaged itself


def flip(path: Path) -> bytes:
    """Alter one byte; gives the altered bytes."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return bytes(content)


def test_damaged_originals_are_told_and_all_else_is_backed_up(tmp_path: Path, sample: Sample) -> None:
    altered, missing, whole = sample.shas
    damaged = flip(sample.object_of(altered))
    sample.object_of(missing).unlink()

    damages = sample.back_up(tmp_path / "Backup")
    restored = restore(tmp_path / "Backup", tmp_path / "Again")

    names = {sha256: sample.originals.name_of(sha256) for sha256 in (altered, missing)}
    assert set(damages) == {
        Damage(names[altered], altered, "was altered on disk"),
        Damage(names[missing], missing, "is missing"),
    }
    assert set(restored.damaged) == set(names.values())
    originals = Originals(restored.bundle.folder, sample.keys)
    assert originals.read(whole) == CONTENTS[2]
    assert object_path(restored.bundle.folder, names[altered]).read_bytes() == damaged  # not thrown away
    for sha256, what in ((altered, "was altered"), (missing, "is missing")):
        with pytest.raises(OriginalDamaged, match=what):
            originals.verify(sha256)


def test_damage_of_the_archive_is_written_down_under_names_that_tell_nothing(
    tmp_path: Path, sample: Sample
) -> None:
    """The SHA-256 of a document would tell whoever holds it that the archive has it."""
    flip(sample.object_of(sample.shas[0]))

    sample.back_up(tmp_path / "Backup")

    manifest = (tmp_path / "Backup" / "manifest.json").read_text()
    assert json.loads(manifest)["damaged"] == [sample.originals.name_of(sample.shas[0])]
    assert not any(sha256 in manifest for sha256 in sample.shas)


def test_an_original_that_cannot_be_read_is_told_and_leaves_nothing(tmp_path: Path, sample: Sample) -> None:
    path = sample.object_of(sample.shas[2])
    path.unlink()
    path.symlink_to(tmp_path / "gone")

    (damage,) = sample.back_up(tmp_path / "Backup")

    assert damage.sha256 == sample.shas[2]
    assert damage.what.startswith("cannot be read (")
    assert len(list(stored_objects(tmp_path / "Backup"))) == 2
    restore(tmp_path / "Backup", tmp_path / "Again")


def test_a_folder_that_cannot_be_listed_does_not_stop_the_rest(tmp_path: Path, sample: Sample) -> None:
    shelf = sample.object_of(sample.shas[2]).parent
    shutil.rmtree(shelf)
    shelf.touch()

    damages = sample.back_up(tmp_path / "Backup")

    assert sample.shas[2] in {damage.sha256 for damage in damages}
    assert {damage.what for damage in damages} == {"cannot be read (Not a directory)"}


def test_an_original_that_no_document_names_is_backed_up_and_proved_too(
    tmp_path: Path, sample: Sample
) -> None:
    orphan = sample.originals.keep(io.BytesIO(b"of a document whose database was put back"))

    assert sample.back_up(tmp_path / "Backup") == ()
    restored = restore(tmp_path / "Backup", tmp_path / "Again").bundle
    flip(sample.object_of(orphan.sha256))
    (damage,) = sample.back_up(tmp_path / "Next")

    assert Originals(restored.folder, sample.keys).read(orphan.sha256).startswith(b"of a document")
    assert damage == Damage(sample.originals.name_of(orphan.sha256), None, "was altered on disk")


def test_an_original_under_the_name_of_another_is_damage(tmp_path: Path, sample: Sample) -> None:
    shutil.copy(sample.object_of(sample.shas[0]), sample.object_of(sample.shas[2]))

    (damage,) = sample.back_up(tmp_path / "Backup")

    assert damage.sha256 == sample.shas[2]


def test_what_is_no_sha256_in_the_database_stops_no_backup(tmp_path: Path, sample: Sample) -> None:
    sample.shas.append("?" * 64)

    assert sample.back_up(tmp_path / "Backup") == ()


# --- interruption and size


def test_a_full_disk_leaves_nothing(tmp_path: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module, "create_file", full)

    with pytest.raises(StorageFull):
        sample.back_up(tmp_path / "Backup")

    assert {path.name for path in tmp_path.iterdir()} == {"Test.archivist"}


BACK_UP_AND_WAIT = """
import sys, time
from pathlib import Path
from archivist.storage.backup import Source, backup
from archivist.storage.bundle import read_bundle
from archivist.storage.originals import Originals
def wait(done, total):
    print("copying", flush=True)
    time.sleep(60)
bundle = read_bundle(Path(sys.argv[1]))
originals = Originals(bundle.folder, None)
source = Source(bundle, originals, set(), {}, lambda path: path.write_bytes(b"a database"))
backup(source, Path(sys.argv[2]), progress=wait)
"""


def test_an_interrupted_backup_leaves_a_partial_one_that_the_next_sweeps(
    tmp_path: Path, sample: Sample
) -> None:
    command = [sys.executable, "-c", BACK_UP_AND_WAIT, str(sample.bundle.folder), str(tmp_path / "Backup")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert {path.name for path in tmp_path.iterdir()} == {"Backup.partial", "Test.archivist"}

    sample.back_up(tmp_path / "Backup")

    assert {path.name for path in tmp_path.iterdir()} == {"Backup", "Test.archivist"}
    restore(tmp_path / "Backup", tmp_path / "Again")


MEASURED = """
import resource, sys
from pathlib import Path
from archivist.storage.backup import Source, backup, restore
from archivist.storage.bundle import read_bundle
from archivist.storage.keys import ArchiveKeys
from archivist.storage.originals import Originals
folder, target, again = map(Path, sys.argv[1:4])
bundle = read_bundle(folder)
originals = Originals(folder, ArchiveKeys(*map(bytes.fromhex, sys.argv[4:])))
source = Source(bundle, originals, set(), {}, lambda path: path.write_bytes(b"a database"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert backup(source, target) == ()
restore(target, again)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_backup_and_its_restoring_never_hold_a_file_in_memory(tmp_path: Path, sample: Sample) -> None:
    Originals(sample.bundle.folder, sample.keys).keep(io.BytesIO(bytes(64 << 20)))
    paths = [str(path) for path in (sample.bundle.folder, tmp_path / "Backup", tmp_path / "Again")]
    keys = sample.keys
    secrets = [key.hex() for key in (keys.database, keys.originals, keys.names, keys.index)]

    grown = subprocess.run(
        [sys.executable, "-c", MEASURED, *paths, *secrets], capture_output=True, text=True, check=True
    )

    assert int(grown.stdout) < 24 << 10  # KiB, where the file has 64 MiB
