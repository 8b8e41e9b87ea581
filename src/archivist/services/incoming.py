"""The files of the outside world that are to be imported."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archivist.model.document import Provenance
from archivist.model.text import canonical


@dataclass(frozen=True, slots=True)
class Source:
    """What the user says of where files came from; holds for all files of one import."""

    received_from: str = ""
    method: str = ""
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """One regular file, found at `path`."""

    path: Path
    source: Source = field(default_factory=Source)

    @property
    def name(self) -> str:
        """The file's name as the archive keeps it."""
        return canonical(readable(self.path.name))

    def provenance(self) -> Provenance:
        """Where the file was and when it was last changed; read now, from the file system."""
        try:
            # In whole milliseconds, as it is kept: so that the same file is known again.
            modified = datetime.fromtimestamp(self.path.stat().st_mtime_ns // 1_000_000 / 1000, UTC)
        except (OSError, OverflowError, ValueError):
            modified = None
        return Provenance(
            original_name=readable(self.path.name),
            original_path=readable(os.path.abspath(self.path)),  # noqa: PTH100 - resolve() would follow links
            modified_at=modified,
            imported_at=datetime.now(UTC),
            received_from=self.source.received_from,
            method=self.source.method,
            source_url=self.source.source_url,
            note=self.source.note,
        )


def find_files(paths: Iterable[Path], *, besides: Path, source: Source) -> Iterator[IncomingFile]:
    """All regular files at or below `paths`, hidden ones too, each once, in a steady order.

    Links inside folders are not followed, and the archive itself (`besides`) is left out.
    A path that does not exist is handed on: importing it says so.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _files_below(path, besides.resolve()):
            key = os.path.abspath(file)  # noqa: PTH100 - resolve() would follow links
            if key not in seen:
                seen.add(key)
                yield IncomingFile(file, source)


def _files_below(path: Path, besides: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    closed: list[Path] = []  # folders that cannot be read: handed on too, so that it is told
    for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(Path(error.filename))):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if (here / name).resolve() != besides)
        if here.resolve() == besides:
            folders.clear()
            continue
        for name in sorted(names):
            if _is_regular(here / name):
                yield here / name
        while closed:
            yield closed.pop()
    yield from closed


def _is_regular(path: Path) -> bool:
    """Whether it is a file proper; one that went away meanwhile is, and importing it says so."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return True


def readable(name: str) -> str:
    """A file name as text: bytes that are not UTF-8 become U+FFFD, so that it can be kept."""
    return os.fsencode(name).decode("utf-8", "replace")
