"""Where the user can be in an open archive: what Back and Forward go through."""

from dataclasses import dataclass, field

from archivist.model.anchor import Span
from archivist.model.browsing import Listing
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId


@dataclass(frozen=True, slots=True)
class LibraryPlace:
    """The list of documents, chosen and ordered by `listing`."""

    listing: Listing = field(default_factory=Listing)


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """A document in the reader, at a passage where one is named; hits of `query` are marked."""

    document_id: DocumentId
    span: Span | None = None
    quote_id: QuoteId | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class QuotesPlace:
    """All quotes, or those with a tag, or those that need review."""

    tag: TagId | None = None
    review: bool = False


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """The answer to a query."""

    query: str


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A case with its quotes."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class TagsPlace:
    """The codebook."""


@dataclass(frozen=True, slots=True)
class BinPlace:
    """What was deleted and can be restored."""


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """The import that runs, or the last one."""


@dataclass(frozen=True, slots=True)
class VerifyPlace:
    """Proving that nothing was altered."""


Place = (
    LibraryPlace
    | DocumentPlace
    | QuotesPlace
    | SearchPlace
    | CasePlace
    | TagsPlace
    | BinPlace
    | ImportPlace
    | VerifyPlace
)
