"""A folder that appears whole or not at all: how archives and backups are made."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archivist.model.errors import AlreadyThere
from archivist.storage.files import refuse_anything_at, saying_why, sync_all, sync_folder, try_lock

_MARK = "unfinished"


@contextmanager
def appearing_whole(target: Path) -> Iterator[Path]:
    """A folder to fill, `target` with “.partial” added, that takes the name `target` once it is on disk.

    If the block fails, nothing is left; what a crash left is swept by the next call. Only
    folders with our mark are ever swept, and none that another process is filling.

    Raises:
        AlreadyThere: something stands at `target`.
        StorageFull: no room is left.
        NotWritable: the place refuses us.
    """
    refuse_anything_at(target)
    partial = target.with_name(f"{target.name}.partial")
    with saying_why(target):
        _sweep(partial)
        partial.mkdir(mode=0o700)
        with _claimed(partial):
            try:
                yield from _filled(partial, target)
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                raise


def _filled(partial: Path, target: Path) -> Iterator[Path]:
    mark = partial / _MARK
    mark.touch(mode=0o600)
    yield partial
    sync_all(*_files_and_folders(partial, but=mark))
    mark.unlink()
    refuse_anything_at(target)
    partial.rename(target)
    sync_folder(target.parent)


def _sweep(partial: Path) -> None:
    if not os.path.lexists(partial):
        return
    is_ours = not partial.is_symlink() and (partial / _MARK).is_file()
    is_empty = partial.is_dir() and not partial.is_symlink() and not any(partial.iterdir())
    if not is_ours and not is_empty:
        raise AlreadyThere(partial)
    with _claimed(partial):
        shutil.rmtree(partial)


@contextmanager
def _claimed(partial: Path) -> Iterator[None]:
    """Hold the folder against other processes; the system lets go of it when we end, however we end.

    Only who holds it may fill or remove it. Until then another process may have swept the folder
    that we mean, and made its own under the same name.
    """
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(partial, os.O_RDONLY)
    try:
        if not try_lock(descriptor) or not _is_at(partial, descriptor):
            raise AlreadyThere(partial)
        yield
    finally:
        os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _files_and_folders(top: Path, *, but: Path) -> tuple[list[Path], list[Path]]:
    files: list[Path] = []
    folders: list[Path] = []
    for folder, _, names in os.walk(top, topdown=False):
        here = Path(folder)
        files += (here / name for name in names if here / name != but)
        folders.append(here)
    return files, folders
