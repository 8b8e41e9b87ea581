"""Texts that the user wants as a file: new ones only, readable by nobody else."""

import os
from datetime import date
from pathlib import Path

from archivist.model.errors import AlreadyThere, InsideArchive
from archivist.storage.files import create_file, saying_why, sync_folder


def save_private(path: Path, text: str, *, outside: Path | None = None) -> Path:
    """Write `text` to a new file that only its owner may read (0600); durable when this returns.

    Raises:
        AlreadyThere: something stands at `path`; it is left as it is.
        InsideArchive: `path` lies in the archive `outside`.
        NotWritable: the place refuses us.
        StorageFull: no room there; nothing is left behind.
    """
    if outside and path.resolve().is_relative_to(outside.resolve()):
        raise InsideArchive(path)
    with saying_why(path):
        try:
            file = create_file(path)
        except FileExistsError as error:
            raise AlreadyThere(path) from error
        try:
            with file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            path.unlink()
            raise
        sync_folder(path.parent)
    return path


def backup_name(folder: Path, day: date) -> str:
    """What a backup of an archive is called unless the user says otherwise."""
    return f"{folder.stem} backup {day.isoformat()}"
