"""What is looked for, what the index holds, and what is found."""

from dataclasses import dataclass
from enum import StrEnum

from archivist.model.ids import DocumentId


class Found(StrEnum):
    """The kinds of things that a search can find."""

    DOCUMENT = "document"
    QUOTE = "quote"
    NOTE = "note"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as the index sees it.

    `id` is the document's, quote's or case's; a note has the id of its quote. `text` is what
    is searched besides `title`; offsets of passages count from its start. `date` is ISO 8601,
    as exact as it is known.
    """

    found: Found
    id: str
    document_id: DocumentId | None
    title: str
    text: str
    tags: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    language: str | None = None
    kind: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text that shows a hit: `text[start:end]` in code points.

    `marks` are the spans of the words that were found, counted in the text too.
    """

    start: int
    end: int
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What the index answers: which thing, and how well it fits."""

    found: Found
    id: str
    document_id: DocumentId | None
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The index's answer to a query, best first; `total` counts all, `matches` up to the limit.

    `understood` says how the query was read; `complete` is False where not everything was
    looked at, with the reason in `remarks`.
    """

    understood: str
    total: int
    matches: tuple[Match, ...]
    complete: bool = True
    remarks: tuple[str, ...] = ()
    did_you_mean: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A match with the best passage to read."""

    found: Found
    id: str
    document_id: DocumentId | None
    title: str
    page: int | None
    passage: Passage
    score: float
    language: str | None


@dataclass(frozen=True, slots=True)
class Results:
    """All that a search shows."""

    query: str
    answer: Answer
    hits: tuple[Hit, ...]
    milliseconds: float
