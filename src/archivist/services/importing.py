"""Files become documents: the original first, untouched, then what can be read of it.

Every document is one transaction, an import run is one deed. A run that was stopped is
continued by running it again: what is there already counts as a duplicate.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import PurePath

from archivist.archive.archive import Archive
from archivist.extraction.ahead import Waiting, read_ahead
from archivist.extraction.sandbox import LARGEST_DOCUMENT, too_large
from archivist.model.document import USER, Document, Extraction, Field, Metadatum, Provenance, Unread
from archivist.model.ids import DeedId, DocumentId, TextId, document_id, natural_id, new_id
from archivist.model.text import Text, TextOrigin, sha256_of
from archivist.services.incoming import IncomingFile
from archivist.storage.originals import KeptOriginal

# So many originals are made durable together: their fsyncs share the disk's commits.
BATCH = 16


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
    archive: Archive, files: Iterable[IncomingFile], *, on_result: Callable[[ImportResult], object]
) -> None:
    """Import `files` as one deed, telling of each as soon as it is safe on disk.

    Raises:
        StorageFull: no room is left; what was told of is kept.
    """
    run = DeedId(new_id())
    with closing(read_ahead(archive.sandbox, _waiting(archive, files))) as reading:
        for found, extraction in reading:
            on_result(_import_one(archive, found, extraction, run))


def import_file(archive: Archive, file: IncomingFile) -> ImportResult:
    results: list[ImportResult] = []
    import_files(archive, [file], on_result=results.append)
    return results[0]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file and its original, which is safe by now; or why it could not be had."""

    file: IncomingFile
    original: KeptOriginal | OSError


def _waiting(archive: Archive, files: Iterable[IncomingFile]) -> Iterator[Waiting[_Found]]:
    """Originals first; then those that are new, each once, are to be read.

    One that is known and could not be read before is read again: perhaps it can be by now.
    """
    remaining = iter(files)
    under_way: set[str] = set()
    while batch := list(islice(remaining, BATCH)):
        kept = archive.originals.keep_all(file.path for file in batch)
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


def _import_one(
    archive: Archive, found: _Found, answer: Extraction | Unread | None, run: DeedId
) -> ImportResult:
    file, original = found.file, found.original
    if isinstance(original, OSError):
        return Failed(file, f"“{file.name}” could not be read: {_reason(original)}")
    provenance = file.provenance()
    known = archive.documents.by_sha256(original.sha256)
    gained = isinstance(answer, Extraction) and answer.text
    if known and (known.text_id or not gained):
        _note_again(archive, known, provenance, run)
        return Duplicate(file, known)
    extraction = answer or too_large(file.name)
    document, text = _read(file, original, extraction)
    with archive.deed("import", {"document": document.id}, deed_id=run):
        archive.documents.put(document)
        if text:
            archive.texts.add(text)
        archive.documents.describe(document.id, _metadata(extraction, provenance))
        archive.documents.add_provenance(document.id, provenance)
        if said := archive.documents.said_by_user(document.id, Field.LANGUAGE):
            archive.documents.set_language(document.id, said)
    kept = archive.documents.get(document.id) or document
    return Duplicate(file, kept) if known else Imported(file, kept)


def _note_again(archive: Archive, known: Document, provenance: Provenance, run: DeedId) -> None:
    """Keep where known bytes came from this time, unless that was said before."""
    if any(_covers(said, provenance) for said in archive.documents.provenances(known.id)):
        return
    with archive.deed("import", {"document": known.id}, deed_id=run):
        archive.documents.add_provenance(known.id, provenance)
        if not archive.documents.said_by_user(known.id, Field.SOURCE_URL):
            archive.documents.describe(known.id, _said_of_source(provenance))


def _read(
    file: IncomingFile, original: KeptOriginal, extraction: Extraction | Unread
) -> tuple[Document, Text | None]:
    identity = document_id(original.sha256)
    text = _text(identity, extraction) if isinstance(extraction, Extraction) else None
    document = Document(
        id=identity,
        title=_title(file, extraction),
        kind=extraction.kind,
        sha256=original.sha256,
        size=original.size,
        file_name=file.name,
        language=text.language if text else None,
        pages=extraction.pages if isinstance(extraction, Extraction) else None,
        characters=len(text.content) if text else 0,
        text_id=text.id if text else None,
        parent_id=None,
        imported_at=datetime.now(UTC),
        warnings=extraction.warnings if isinstance(extraction, Extraction) else (extraction.reason,),
    )
    return document, text


def _text(identity: DocumentId, extraction: Extraction) -> Text | None:
    if not extraction.text:
        return None
    digest = sha256_of(extraction.text)
    engine = (extraction.engine, extraction.engine_version)
    return Text(
        id=TextId(natural_id("text", identity, *engine, digest)),
        document_id=identity,
        origin=TextOrigin.EXTRACTED,
        engine=extraction.engine,
        engine_version=extraction.engine_version,
        language=extraction.language,
        content=extraction.text,
        sha256=digest,
        sections=extraction.sections,
    )


def _title(file: IncomingFile, extraction: Extraction | Unread) -> str:
    if isinstance(extraction, Extraction):
        for metadatum in extraction.metadata:
            if metadatum.field == Field.TITLE and metadatum.value.strip():
                return " ".join(metadatum.value.split())
    return " ".join(PurePath(file.name).stem.split()) or file.name


def _metadata(extraction: Extraction | Unread, provenance: Provenance) -> list[Metadatum]:
    found = list(extraction.metadata) if isinstance(extraction, Extraction) else []
    return found + _said_of_source(provenance)


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
