"""The work of an import, away from the window: finds files, brings each in, tells what became of it."""

from collections.abc import Iterable
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.model.errors import NotDone
from archivist.services.importing import Duplicate, Failed, Imported, import_files
from archivist.services.incoming import Source, find_files
from archivist.services.undoing import history, undo
from archivist.ui.importing.run import Begun, FoundFile
from archivist.ui.tasks import Tell


def bring_in(paths: Iterable[Path], source: Source, archive: Archive, tell: Tell) -> None:
    files = []
    roots = [path if path.is_dir() else path.parent for path in paths]
    for file in find_files(paths, besides=archive.bundle.folder, source=source):
        tell(FoundFile(file, _folder(file.path, roots), _size(file.path)))
        files.append(file)

    def ended(result: Imported | Duplicate | Failed) -> None:
        tell(result)

    import_files(
        archive,
        files,
        on_result=ended,
        on_begin=lambda file: tell(Begun(file.path)),
        on_wait=tell.pause,
    )


class SomethingSince(NotDone):
    """The import is not the newest deed any more."""

    def __init__(self) -> None:
        super().__init__("Something else was done since; take it back step by step with Undo (Ctrl+Z).")


def undo_import(archive: Archive) -> object:
    newest = history(archive, limit=1)
    if not newest or newest[0].name != "import":
        raise SomethingSince
    return undo(archive)


def _folder(path: Path, roots: list[Path]) -> str:
    for root in roots:
        if path.is_relative_to(root):
            inner = path.parent.relative_to(root)
            return str(inner) if inner.parts else root.name
    return path.parent.name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
