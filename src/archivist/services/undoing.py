"""Taking deeds back, doing them again, and telling what was done."""

from archivist.archive.archive import Archive
from archivist.model.history import Deed


def undo(archive: Archive) -> Deed:
    """Take back the newest deed; what was changed again since stays as it is.

    Raises:
        NothingToUndo: there is none.
    """
    return archive.history.undo()


def redo(archive: Archive) -> Deed:
    return archive.history.redo()


def history(archive: Archive, *, limit: int = 50) -> list[Deed]:
    """The newest deeds, newest first."""
    return archive.history.deeds(limit=limit)
