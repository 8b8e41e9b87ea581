"""Opening an archive once, without keeping what it was opened with."""

from pathlib import Path

from archivist.archive.archive import Archive
from archivist.services.keeping import open_archive


class Opening:
    """Called once, on the lane that will own the archive; lanes keep it, so it keeps no secret."""

    def __init__(self, folder: Path, secret: str | None) -> None:
        self._folder = folder
        self._secret = secret

    def __call__(self) -> Archive:
        secret, self._secret = self._secret, None
        return open_archive(self._folder, secret)
