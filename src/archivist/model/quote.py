"""A passage that a user marked, its tags and the cases that it speaks to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archivist.model.anchor import Anchor
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId


class Role(StrEnum):
    """What a quote does for a case."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A quote's place in a case; `position` orders the quotes of a case by hand."""

    case_id: CaseId
    role: Role
    position: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of one document; `anchor` finds them again. `colour` is a `Colour`; empty is amber."""

    id: QuoteId
    document_id: DocumentId
    anchor: Anchor
    note: str
    created_at: datetime
    tags: tuple[TagId, ...] = ()
    cases: tuple[CaseLink, ...] = ()
    deleted: bool = False
    colour: str = ""
