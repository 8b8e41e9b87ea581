"""Files become documents: the original first, untouched, then what can be read of it.

Every document is one transaction, an import run is one deed. A run that was stopped is
continued by running it again: what is there already counts as a duplicate.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from archivist.archive.archive import Archive
from archivist.extraction.ahead import Meanwhile, Waiting, read_ahead
from archivist.extraction.reasons import reason
from archivist.extraction.sandbox import LARGEST_DOCUMENT, too_large
from archivist.model.document import (
    USER,
    Document,
    DocumentKind,
    Extraction,
    Field,
    Metadatum,
    Provenance,
    Unread,
)
from archivist.model.errors import NotFound, NotReadAgain, WrongPassword
from archivist.model.ids import DeedId
from archivist.model.sandbox import Failure
from archivist.model.text import Text
from archivist.services.incoming import IncomingFile
from archivist.services.recording import Answer, known_document, metadata_of, new_document
from archivist.storage.originals import KeptOriginal

PASSWORD_NEEDED = reason(Failure.PASSWORD)
UNPROVABLE = (
    "Read with a password, which is not kept: a pack cannot hold its words against the original again."
)

# So many originals are made durable together: their fsyncs share the disk's commits.
BATCH = 16


def _nothing(*_: object) -> None:
    """Nobody is waiting for this."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A new document; `warnings` say what could not be read."""

    file: IncomingFile
    document: Document


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same bytes are in the archive; where they came from this time is noted."""

    file: IncomingFile
    document: Document


@dataclass(frozen=True, slots=True)
class Failed:
    """The file could not be had; `error` says why."""

    file: IncomingFile
    error: str


ImportResult = Imported | Duplicate | Failed


def import_files(
    archive: Archive,
    files: Iterable[IncomingFile],
    *,
    on_result: Callable[[ImportResult], object],
    on_begin: Callable[[IncomingFile], object] = _nothing,
    on_wait: Callable[[], object] = _nothing,
) -> None:
    """Import `files` as one deed, telling of each as soon as it is safe on disk.

    `on_begin` is told of a file whose reading begins; one that needs none is not told of. `on_wait` is
    called between documents and every few hundredths of a second while there is nothing to do but to
    wait: what it does to the archive are deeds of their own, and undo knows only those meanwhile. Where
    any of the three raises, the import ends there, and what was told of is kept.

    Raises:
        StorageFull: no room is left; what was told of is kept.
    """
    meanwhile: Meanwhile[_Found] = Meanwhile(lambda found: on_begin(found.file), on_wait)
    with ExitStack() as until_done:
        run = until_done.enter_context(archive.history.run())
        # A deed of those who are let in may need the archive's own sandbox: to find a quote's boxes.
        is_alone = on_wait is _nothing
        sandbox = archive.sandbox if is_alone else until_done.enter_context(archive.sandbox.another())
        reading = read_ahead(sandbox, _waiting(archive, files, on_wait), meanwhile)
        for found, answer in until_done.enter_context(closing(reading)):
            on_result(_import_one(archive, found, answer, run))
            on_wait()


def import_file(archive: Archive, file: IncomingFile) -> ImportResult:
    results: list[ImportResult] = []
    import_files(archive, [file], on_result=results.append)
    return results[0]


def needs_password(document: Document) -> bool:
    """Whether a password is all that it takes to read the document: `read_again` takes one, for a PDF."""
    is_unread = document.text_id is None and PASSWORD_NEEDED in document.warnings
    return is_unread and document.kind is DocumentKind.PDF


def read_again(archive: Archive, document: Document, *, password: str = "") -> Document:
    """Read a kept original once more: readers learn, and a password may open it, which is kept nowhere.

    Where there is still no text, the answer's warnings say why.

    Raises:
        WrongPassword: it does not open the document.
        NotReadAgain: a document whose text is known gives none any more.
        NotFound: it is in the bin.
        OriginalDamaged: its bytes are not what was kept.
    """
    known = archive.documents.get(document.id)
    if known is None or known.deleted:
        raise NotFound("document", document.title)
    answer = _read_now(archive, known.sha256, known.size, known.file_name, password)
    if isinstance(answer, Unread) and password and answer.reason == PASSWORD_NEEDED:
        raise WrongPassword(known.title)
    now, text = known_document(known, answer)
    if known.text_id and text is None:
        raise NotReadAgain(known.title, now.warnings[0])
    if language := archive.documents.said_by_user(known.id, Field.LANGUAGE):
        now = replace(now, language=language)
    if password and text:
        now = replace(now, warnings=(*now.warnings, UNPROVABLE))
    if now == known:
        return known
    with archive.deed("read again", {"document": known.id}):
        _keep(archive, now, text, metadata_of(answer))
        archive.documents.retitle(now.id, now.title)
    return archive.documents.get(known.id) or now


def _read_now(archive: Archive, sha256: str, size: int, name: str, password: str = "") -> Answer:
    if size > LARGEST_DOCUMENT:
        return too_large(name)
    return archive.sandbox.extract(archive.originals.read(sha256), name, password=password)


@dataclass(frozen=True, slots=True)
class _Found:
    """A file and its original, which is safe by now; or why it could not be had."""

    file: IncomingFile
    original: KeptOriginal | OSError


def _waiting(
    archive: Archive, files: Iterable[IncomingFile], on_wait: Callable[[], object]
) -> Iterator[Waiting[_Found]]:
    """Originals first; then those that are new, each once, are to be read.

    One that is known and could not be read before is read again: perhaps it can be by now.
    """
    remaining = iter(files)
    under_way: set[str] = set()
    while batch := list(islice(remaining, BATCH)):
        kept = archive.originals.keep_all((file.path for file in batch), on_wait)
        for file, original in zip(batch, kept, strict=True):
            found = _Found(file, original)
            if isinstance(original, OSError) or original.sha256 in under_way:
                yield Waiting(found)
                continue
            known = archive.documents.by_sha256(original.sha256)
            if (known and known.text_id) or original.size > LARGEST_DOCUMENT:
                yield Waiting(found)
            else:
                under_way.add(original.sha256)
                yield Waiting(found, file.name, partial(archive.originals.read, original.sha256))


def _import_one(archive: Archive, found: _Found, answer: Answer | None, run: DeedId) -> ImportResult:
    file, original = found.file, found.original
    if isinstance(original, OSError):
        return Failed(file, f"“{file.name}” could not be read: {_reason(original)}")
    provenance = file.provenance()
    known = archive.documents.by_sha256(original.sha256)
    gained = isinstance(answer, Extraction) and answer.text
    if known and (known.text_id or not gained):
        _note_again(archive, known, provenance, run)
        return Duplicate(file, known)
    # Not read ahead, for it was known then, and deleted since: by what was done while others were read.
    answer = answer or _read_now(archive, original.sha256, original.size, file.name)
    document, text = new_document(file.name, original, answer)
    with archive.deed("import", {"document": document.id}, deed_id=run):
        _keep(archive, document, text, (*metadata_of(answer), *_said_of_source(provenance)))
        archive.documents.add_provenance(document.id, provenance)
    kept = archive.documents.get(document.id) or document
    return Duplicate(file, kept) if known else Imported(file, kept)


def _keep(archive: Archive, document: Document, text: Text | None, metadata: Iterable[Metadatum]) -> None:
    """The document as it was read; what the user says of it goes before that."""
    archive.documents.put(document)
    if text:
        archive.texts.add(text)
    archive.documents.describe(document.id, metadata)
    if said := archive.documents.said_by_user(document.id, Field.LANGUAGE):
        archive.documents.set_language(document.id, said)


def _note_again(archive: Archive, known: Document, provenance: Provenance, run: DeedId) -> None:
    """Keep where known bytes came from this time, unless that was said before."""
    if any(_covers(said, provenance) for said in archive.documents.provenances(known.id)):
        return
    with archive.deed("import", {"document": known.id}, deed_id=run):
        archive.documents.add_provenance(known.id, provenance)
        if not archive.documents.said_by_user(known.id, Field.SOURCE_URL):
            archive.documents.describe(known.id, _said_of_source(provenance))


def _said_of_source(provenance: Provenance) -> list[Metadatum]:
    url = provenance.source_url
    return [Metadatum(Field.SOURCE_URL, url, USER)] if url else []


def _covers(said: Provenance, now: Provenance) -> bool:
    """Whether `now`, of the very same file, tells nothing that `said` does not."""
    same_file = (said.original_path, said.modified_at) == (now.original_path, now.modified_at)
    told = ("received_from", "method", "source_url", "note")
    return same_file and all(getattr(now, word) in {"", getattr(said, word)} for word in told)


def _reason(error: OSError) -> str:
    return f"{(error.strerror or 'the file system refused it').lower()}."
