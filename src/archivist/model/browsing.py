"""What lists show: how documents are chosen and ordered, and the rows that are made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from archivist.model.anchor import Span
from archivist.model.case import Case
from archivist.model.document import Document, DocumentKind, Metadatum, Provenance
from archivist.model.ids import CaseId, TagId
from archivist.model.quote import Quote, Role
from archivist.model.tag import Tag
from archivist.model.text import Text


class Shelf(StrEnum):
    """Where documents stand by what was done with them."""

    ALL = "all"
    INBOX = "inbox"  # never opened yet
    RECENT = "recent"  # opened before, the newest first
    REVIEW = "review"  # with a quote whose words are not where they were marked
    TRASH = "trash"


class Sort(StrEnum):
    """What documents are ordered by. What is not known of a document stands last either way."""

    IMPORTED = "imported"
    TITLE = "title"
    DATE = "date"
    PUBLISHER = "publisher"
    KIND = "kind"
    LANGUAGE = "language"
    PAGES = "pages"
    SIZE = "size"
    QUOTES = "quotes"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Listing:
    """Which documents, in which order. Everything that is said must hold; what is empty is not asked for.

    A language of "" stands for documents whose language is not known. Each of `words` must stand in
    title, file name or publisher, in any case of any script. `Shelf.RECENT` takes `Sort.IMPORTED` for
    `Sort.OPENED`: a shelf of what was read last is ordered by that.
    """

    shelf: Shelf = Shelf.ALL
    tag: TagId | None = None
    case: CaseId | None = None
    kinds: tuple[DocumentKind, ...] = ()
    languages: tuple[str, ...] = ()
    year: str = ""
    words: str = ""
    has_quotes: bool | None = None
    has_text: bool | None = None
    sort: Sort = Sort.IMPORTED
    descending: bool = True


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a list shows it; `excerpt` is how its text begins, in one line."""

    document: Document
    publisher: str
    date: str
    quotes: int
    tags: tuple[Tag, ...]
    excerpt: str


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """All that is said of a document, by whom, and how it came here."""

    document: Document
    metadata: tuple[Metadatum, ...]
    provenances: tuple[Provenance, ...]
    cases: tuple[Case, ...]
    is_open_before: bool


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with all that is shown beside it.

    `span` is where its words stand in the text that the document has today; None where they are not found.
    """

    quote: Quote
    document: Document
    page_label: str
    tags: tuple[Tag, ...]
    cases: tuple[tuple[Case, Role], ...]
    span: Span | None
    needs_review: bool


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """What a reader needs; `place` is where reading stopped, and says nothing to anybody but the reader."""

    document: Document
    text: Text | None
    quotes: tuple[QuoteRow, ...]
    place: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case and its quotes, in the order set by hand."""

    case: Case
    quotes: tuple[QuoteRow, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of everything, deleted things left out but for `Shelf.TRASH`.

    Languages, kinds and years come with the number of their documents, the most frequent first, but
    years newest first. A language of "" counts the documents whose language is not known.
    """

    shelves: Mapping[Shelf, int]
    quotes: int
    tags: tuple[Tag, ...]
    cases: tuple[Case, ...]
    languages: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[DocumentKind, int], ...]
    years: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """What was deleted and can be restored; the quotes of a deleted document come back with that."""

    documents: tuple[Document, ...]
    quotes: tuple[QuoteRow, ...]
    tags: tuple[Tag, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a search counts of a document; tags and cases are those of its quotes."""

    kind: DocumentKind
    language: str
    year: str
    tags: frozenset[TagId]
    cases: frozenset[CaseId]
