"""What can be wrong with an index; in every case it is rebuilt from the archive."""

from archivist.model.errors import ArchivistError


class IndexUnusable(ArchivistError):
    """The index is missing, damaged, foreign, or of another version."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The search index cannot be used: {reason}; it can be built anew from the archive at any time."
        )


class IndexBusy(ArchivistError):
    """Another process is writing to the index."""

    def __init__(self) -> None:
        super().__init__("The search index is being written by another process; try again in a moment.")
