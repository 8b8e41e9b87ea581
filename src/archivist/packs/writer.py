"""Writes a pack: each format, the untouched originals, and what proves them; all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archivist.model.errors import Damaged, ExportStopped
from archivist.model.pack import Pack, PackSource, Replacement
from archivist.model.preflight import Shown, preflight
from archivist.model.writing import flowing, tellings
from archivist.packs import docx, html
from archivist.packs.docx import RunWorker
from archivist.packs.folder import new_folder, write_file
from archivist.packs.labels import Labels, labels_for, speaks
from archivist.packs.manifest import MANIFEST, SUMS, VERIFY, PackFile, instructions, manifest, sums
from archivist.packs.readback import quotes_in_docx, quotes_in_html

Exhibits = Mapping[str, Callable[[], Iterator[bytes]]]


@dataclass(frozen=True, slots=True)
class Report:
    """What was written into `folder`, what is shown otherwise than it stands, what to know before sending.

    `seal` is the SHA-256 of SHA256SUMS: told over another way, it proves the whole pack.
    """

    folder: Path
    files: tuple[PackFile, ...]
    replacements: tuple[Replacement, ...]
    warnings: tuple[str, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class Made:
    """A brief in one format, and the program versions that its bytes depend on."""

    content: bytes
    engine: str


@dataclass(frozen=True, slots=True)
class Task:
    """What a writer is given. `reference` is the user's own document, for formats that take one."""

    shown: Shown
    labels: Labels
    run_worker: RunWorker
    reference: bytes | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format is made, how its quotes are read again, and how exact words stand in it."""

    make: Callable[[Task], Made]
    quotes: Callable[[bytes], dict[str, str]]
    stands_as: Callable[[str], str]


def _html(task: Task) -> Made:
    return Made(html.render_html(task.shown, task.labels), html.ENGINE)


def _docx(task: Task) -> Made:
    return Made(*docx.render_docx(task.shown.pack, task.labels, task.reference, task.run_worker))


WRITERS: dict[str, Writer] = {
    "html": Writer(_html, quotes_in_html, str),
    "docx": Writer(_docx, quotes_in_docx, flowing),
}


def write_pack(  # noqa: PLR0913  five that every pack has, and the user's own document
    pack: Pack,
    formats: Iterable[str],
    exhibits: Exhibits,
    target: Path,
    run_worker: RunWorker,
    *,
    reference: bytes | None = None,
) -> Report:
    """Write the folder `target`: `brief.EXT` in each format, `exhibits/`, and the means to check them.

    Raises:
        AlreadyThere: something stands at `target`.
        ExportStopped: a format is unknown, an original is not what it was, or a quote does not
            stand in what was written.
        StorageFull: no room on the disk.
    """
    wanted = _known(formats)
    _check(pack, exhibits)
    shown = preflight(pack)
    task = Task(shown, labels_for(pack.language, pack.date), run_worker, reference)
    with new_folder(target) as folder:
        files = [_original(folder, source, exhibits[source.exhibit]) for source in pack.sources]
        engines = {}
        for name in wanted:
            file, engines[name] = _brief(folder, name, task)
            files.append(file)
        files.append(_keep(folder, VERIFY, "instructions", instructions(shown.pack, task.labels)))
        files.append(_keep(folder, MANIFEST, "manifest", manifest(pack, files, engines)))
        files.append(_keep(folder, SUMS, "checksums", sums(files)))
    return Report(target, tuple(files), shown.replacements, tuple(_warnings(task)), files[-1].sha256)


def _known(formats: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(formats))
    for name in wanted:
        if name not in WRITERS:
            raise ExportStopped(f"“{name}” is no format of a pack; choose from {', '.join(WRITERS)}.")
    if not wanted:
        raise ExportStopped(f"no format was chosen; choose from {', '.join(WRITERS)}.")
    return wanted


def _check(pack: Pack, exhibits: Exhibits) -> None:
    """What the writers count on: names that are plain, told once, and all there."""
    named = [source.exhibit for source in pack.sources]
    told = tellings(pack)
    numbers = [case.number for case in pack.cases] + [telling.anchor for telling in told]
    if not all(name.isascii() and name.replace("-", "").isalnum() for name in named + numbers):
        raise ExportStopped("a number of a case, quote or exhibit is not plain.")
    quoted = {(quote.number, quote.words, quote.citation) for quote in (telling.quote for telling in told)}
    if len(set(named + numbers)) != len(named + numbers) or len(quoted) != len(pack.quotes):
        raise ExportStopped("a number of a case, quote or exhibit is used twice.")
    if not {quote.citation.exhibit for quote in pack.quotes} <= set(named) <= set(exhibits):
        raise ExportStopped("an exhibit that a quote needs is missing.")


def _original(folder: Path, source: PackSource, read: Callable[[], Iterator[bytes]]) -> PackFile:
    changed = ExportStopped(
        f"the original of {source.exhibit}, “{source.title.text}”, is not what was imported;"
        " verify the archive and restore it from a backup."
    )
    try:
        sha256, size = write_file(folder / source.path, read())
    except Damaged as error:
        raise changed from error
    if (sha256, size) != (source.sha256, source.size):
        raise changed
    return PackFile(source.path, "original", sha256, size)


def _brief(folder: Path, name: str, task: Task) -> tuple[PackFile, str]:
    """Writes the brief, then reads it from the disk and looks for each quote in each place, exactly."""
    writer = WRITERS[name]
    made = writer.make(task)
    file = _keep(folder, f"brief.{name}", "brief", made.content)
    found = writer.quotes((folder / file.path).read_bytes())
    for telling in tellings(task.shown.pack):
        if found.get(telling.anchor) != writer.stands_as(telling.quote.words.text):
            raise ExportStopped(f"the words of {telling.quote.number} do not stand exactly in {file.path}.")
    return file, made.engine


def _keep(folder: Path, path: str, role: str, content: bytes) -> PackFile:
    sha256, size = write_file(folder / path, [content])
    return PackFile(path, role, sha256, size)


def _warnings(task: Task) -> Iterator[str]:
    language = task.shown.pack.language
    if not speaks(language):
        yield f"This version has no words of its own in “{language}”, so those of the brief are in English."
    for source in task.shown.pack.sources:
        if source.is_web_page:
            yield (
                f"{source.exhibit} is a web page: opening it may contact other computers,"
                " so the brief names it without a link."
            )
    for one in task.shown.replacements:
        what = f"is shown as {one.shown_as}" if one.shown_as else "is left out"
        yield f"{one.where}: the character {one.character} {what}."
