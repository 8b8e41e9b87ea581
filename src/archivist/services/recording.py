"""What a reading makes of a file: the document and its text as values, not kept yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath

from archivist.model.document import Document, Extraction, Field, Metadatum, Unread
from archivist.model.ids import DocumentId, TextId, document_id, natural_id
from archivist.model.text import Text, TextOrigin, sha256_of
from archivist.storage.originals import KeptOriginal

Answer = Extraction | Unread


def new_document(file_name: str, original: KeptOriginal, answer: Answer) -> tuple[Document, Text | None]:
    """A document that is new."""
    identity = document_id(original.sha256)
    text = _text(identity, answer)
    document = Document(
        id=identity,
        title=_title(file_name, answer),
        kind=answer.kind,
        sha256=original.sha256,
        size=original.size,
        file_name=file_name,
        language=text.language if text else None,
        pages=answer.pages if isinstance(answer, Extraction) else None,
        characters=len(text.content) if text else 0,
        text_id=text.id if text else None,
        parent_id=None,
        imported_at=datetime.now(UTC),
        warnings=_warnings(answer),
    )
    return document, text


def known_document(known: Document, answer: Answer) -> tuple[Document, Text | None]:
    """A known document as it is now; a title that its user gave it stays."""
    text = _text(known.id, answer)
    is_of_file = known.title == _name_as_title(known.file_name)
    now = replace(
        known,
        kind=answer.kind,
        title=_title(known.file_name, answer) if is_of_file else known.title,
        language=text.language if text else known.language,
        pages=answer.pages if isinstance(answer, Extraction) else known.pages,
        text_id=text.id if text else None,
        characters=len(text.content) if text else 0,
        warnings=_warnings(answer),
    )
    return now, text


def metadata_of(answer: Answer) -> Sequence[Metadatum]:
    return answer.metadata if isinstance(answer, Extraction) else ()


def _text(identity: DocumentId, answer: Answer) -> Text | None:
    if not isinstance(answer, Extraction) or not answer.text:
        return None
    digest = sha256_of(answer.text)
    engine = (answer.engine, answer.engine_version)
    return Text(
        id=TextId(natural_id("text", identity, *engine, digest)),
        document_id=identity,
        origin=TextOrigin.EXTRACTED,
        engine=answer.engine,
        engine_version=answer.engine_version,
        language=answer.language,
        content=answer.text,
        sha256=digest,
        sections=answer.sections,
    )


def _warnings(answer: Answer) -> tuple[str, ...]:
    return answer.warnings if isinstance(answer, Extraction) else (answer.reason,)


def _title(file_name: str, answer: Answer) -> str:
    if isinstance(answer, Extraction):
        for metadatum in answer.metadata:
            if metadatum.field == Field.TITLE and metadatum.value.strip():
                return " ".join(metadatum.value.split())
    return _name_as_title(file_name)


def _name_as_title(file_name: str) -> str:
    return " ".join(PurePath(file_name).stem.split()) or file_name
