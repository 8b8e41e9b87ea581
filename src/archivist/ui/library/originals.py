"""Handing an original out: the very bytes that were received, proved, in a file of the user's choice."""

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.model.errors import NotWritable
from archivist.model.ids import DocumentId
from archivist.services.browsing import read_original
from archivist.services.keeping import refuse_inside

_PLAIN_NAME = "original"


def documents_of(archive: Archive, ids: Sequence[DocumentId]) -> list[Document]:
    """Those that are there, in the order of `ids`; without their texts, so that many are quick."""
    return [document for document in map(archive.documents.get, ids) if document]


def safe_name(file_name: str) -> str:
    """A name that stays in its folder, whatever a sender called the file."""
    name = PurePath(file_name.replace("\\", "/")).name.strip().lstrip(".")
    return "".join(character for character in name if character.isprintable()) or _PLAIN_NAME


def keep_copy(archive: Archive, document: Document, path: Path) -> Path:
    """Write the proved bytes to `path`; a half-written file is taken away again.

    Raises:
        InsideArchive, NotWritable: the place does not do.
        OriginalDamaged: they are not what was kept; nothing is written.
    """
    refuse_inside(archive, path)
    content = read_original(archive, document.id)
    is_there = path.exists()
    try:
        with path.open("wb") as file:
            file.write(content)
    except OSError as error:
        if not is_there:
            path.unlink(missing_ok=True)
        raise NotWritable(path, error) from error
    return path


def keep_copies(
    archive: Archive, ids: Sequence[DocumentId], folder: Path, tell: Callable[[object], object]
) -> int:
    """All of them into `folder`, over nothing that stands there; answers how many."""
    count = 0
    for document in documents_of(archive, ids):
        keep_copy(archive, document, _free(folder, safe_name(document.file_name)))
        count += 1
        tell(count)
    return count


def _free(folder: Path, name: str) -> Path:
    """`name`, else `name (2)` and so on."""
    pure = PurePath(name)
    tried, number = folder / name, 1
    while tried.exists():
        number += 1
        tried = folder / f"{pure.stem} ({number}){pure.suffix}"
    return tried
