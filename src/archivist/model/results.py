"""A search as a page shows it: passages by document, and how many there are of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from archivist.model.anchor import Span
from archivist.model.browsing import DocumentRow
from archivist.model.case import Case
from archivist.model.document import DocumentKind
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId
from archivist.model.search import Answer, Found


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which hits are wanted: of all that is said one must hold each; what is empty is not asked for."""

    found: frozenset[Found] = frozenset()
    kinds: frozenset[DocumentKind] = frozenset()
    languages: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    tags: frozenset[TagId] = frozenset()
    cases: frozenset[CaseId] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.found or self.kinds or self.languages or self.years or self.tags or self.cases)


EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A stretch of words with a hit; `marks` count from the start of `words`, in code points.

    `span` is where to open the document; None for a case and for what cannot be placed. `place` is the
    label of the page, empty where there is none.
    """

    found: Found
    words: str
    marks: tuple[tuple[int, int], ...]
    place: str = ""
    span: Span | None = None
    quote_id: QuoteId | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """All that was found in one document, or one case; `passages` are the first of `total`."""

    row: DocumentRow | None
    case: Case | None
    passages: tuple[ShownPassage, ...]
    total: int

    @property
    def document_id(self) -> DocumentId | None:
        return self.row.document.id if self.row else None


Tally = Mapping[str, int]


def _none() -> Tally:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tallies:
    """Among the hits: how many things by what they are, how many documents by what is said of them.

    Each is counted with all that narrows but itself, so that another one can be added.
    """

    found: Tally = field(default_factory=_none)
    kinds: Tally = field(default_factory=_none)
    languages: Tally = field(default_factory=_none)
    years: Tally = field(default_factory=_none)
    tags: Tally = field(default_factory=_none)
    cases: Tally = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The answer to a query; `documents` counts all that fit, `groups` are the first of `total`.

    `counted` is False where there were more hits than were looked at for the tallies.
    """

    query: str
    narrowing: Narrowing
    answer: Answer
    groups: tuple[Group, ...] = ()
    total: int = 0
    documents: int = 0
    tallies: Tallies = field(default_factory=Tallies)
    counted: bool = True
    milliseconds: float = 0.0
