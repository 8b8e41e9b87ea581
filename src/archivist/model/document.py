"""A source document as the archive knows it, and what a reading of a file found."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archivist.model.ids import DocumentId, TextId
from archivist.model.text import Section


class DocumentKind(StrEnum):
    """What a file is, told by its bytes and not by its name alone."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TEXT = "txt"
    MARKDOWN = "md"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Document:
    """One source; `sha256` names its untouched original of `size` bytes."""

    id: DocumentId
    title: str
    kind: DocumentKind
    sha256: str
    size: int
    file_name: str
    language: str | None
    pages: int | None
    characters: int
    text_id: TextId | None
    parent_id: DocumentId | None
    imported_at: datetime
    warnings: tuple[str, ...]
    deleted: bool = False


class Field(StrEnum):
    """The metadata that the archive knows by name."""

    TITLE = "title"
    AUTHOR = "author"
    PUBLISHER = "publisher"
    DATE = "date"
    LANGUAGE = "language"
    SOURCE_URL = "source_url"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Metadatum:
    """One statement about a document and who made it.

    `origin` is where it was read (`pdf:info`, `html:meta`, `docx:core`, `file`) or `user`;
    what the user says wins, and what the file said stays beside it.
    """

    field: str
    value: str
    origin: str


USER = "user"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a file came to the archive: the chain from its sender to this computer."""

    original_name: str
    original_path: str
    modified_at: datetime | None
    imported_at: datetime
    received_from: str = ""
    method: str = ""
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a reader found in a file; plain data, as it comes back from the sandbox.

    `text` is canonical. `pages` counts the pages of formats that have them.
    """

    kind: DocumentKind
    engine: str
    engine_version: str
    text: str = ""
    sections: tuple[Section, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    language: str | None = None
    pages: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Why no text could be had from a file; the original is kept all the same."""

    kind: DocumentKind
    reason: str
