"""Where folders go unless the user says otherwise."""

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from archivist.services.looking import SUFFIX

_DATED = re.compile(r" backup( \d{4}-\d\d-\d\d)?$")


def usual_folder() -> Path:
    """The user's documents, else their home."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def name_of_restored(backup: Path) -> str:
    """What the archive was called before its backup was given a name."""
    return _DATED.sub("", backup.name).removesuffix(SUFFIX) or backup.name
