"""A query as it was understood: a small tree of words and filters, and how it reads in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archivist.search.analysis import Chunk


class Field(StrEnum):
    """What a query can ask about besides the words."""

    TAG = "tag"
    CASE = "case"
    LANGUAGE = "lang"
    KIND = "kind"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Words:
    """A word, the beginning of one, or several that follow each other; of a tag or case if said."""

    chunks: tuple[Chunk, ...]
    shown: str
    is_prefix: bool = False
    is_phrase: bool = False
    field: Field | None = None

    def __str__(self) -> str:
        words = f"“{self.shown}”" if self.is_phrase else self.shown
        name = f"{self.field.value}:" if self.field else ""
        return f"{name}{words}{'*' if self.is_prefix else ''}"

    @property
    def terms(self) -> tuple[str, ...]:
        """In the order of the index; the last run of a script without spaces may go on."""
        terms = [term for chunk in self.chunks for term in chunk.terms]
        last = self.chunks[-1]
        return tuple(terms[:-1] if last.is_run and len(last.text) > 1 else terms)

    @property
    def has_open_end(self) -> bool:
        """The last term is the beginning of those that are meant."""
        last = self.chunks[-1]
        return len(last.text) == 1 if last.is_run else self.is_prefix


@dataclass(frozen=True, slots=True)
class Label:
    """An exact property: a language or a kind."""

    field: Field
    value: str

    def __str__(self) -> str:
        return f"{self.field.value}:{self.value}"


@dataclass(frozen=True, slots=True)
class Dates:
    """From the first day of `start` to the last of `end`; each as exact as it was given, or empty."""

    start: str
    end: str

    def __str__(self) -> str:
        return f"date:{self.start}" if self.start == self.end else f"date:{self.start}..{self.end}"


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    part: "Query"

    def __str__(self) -> str:
        return f"NOT {_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class All:
    """What fits every part."""

    parts: tuple["Query", ...]

    def __str__(self) -> str:
        return " AND ".join(map(_grouped, self.parts))


@dataclass(frozen=True, slots=True)
class Any:
    """What fits at least one part."""

    parts: tuple["Query", ...]

    def __str__(self) -> str:
        return " OR ".join(map(_grouped, self.parts))


Query = Words | Label | Dates | Not | All | Any


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query was read; `query` is None where nothing is left to look for."""

    query: Query | None
    remarks: tuple[str, ...] = ()
    is_whole: bool = True

    @property
    def understood(self) -> str:
        return "" if self.query is None else str(self.query)


def wanted_words(query: Query | None) -> Iterator[Words]:
    """The words that a passage can show: of the text itself, and not those to be left out."""
    if isinstance(query, Words) and query.field is None:
        yield query
    elif isinstance(query, All | Any):
        for part in query.parts:
            yield from wanted_words(part)


def _grouped(query: Query) -> str:
    return f"({query})" if isinstance(query, All | Any) else str(query)
