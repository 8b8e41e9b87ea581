"""Where a quote stands in a text, told so that it is found again or honestly given up.

The selectors are those of the W3C Web Annotation Data Model: position, quote with context,
and page with quads. They are tried in that order, and each is checked against the words.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Self

from archivist.model.ids import TextId

CONTEXT_LENGTH = 64
LEAST_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quad:
    """A box on a page: PDF user space, points from the lower left of the unrotated page."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """The quoted words, 64 code points of context on each side, and where they were seen."""

    text_id: TextId
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    page: int | None = None
    quads: tuple[Quad, ...] = ()

    @classmethod
    def at(cls, text_id: TextId, text: str, span: Span, page: int | None = None) -> Self:
        return cls(
            text_id=text_id,
            start=span.start,
            end=span.end,
            exact=text[span.start : span.end],
            prefix=text[max(0, span.start - CONTEXT_LENGTH) : span.start],
            suffix=text[span.end : span.end + CONTEXT_LENGTH],
            page=page,
        )


class FoundBy(StrEnum):
    """Which selector led to the words."""

    POSITION = "position"
    QUOTE = "quote"
    SKELETON = "skeleton"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the words stand in the text that was asked."""

    span: Span
    found_by: FoundBy


def resolve(anchor: Anchor, text: str) -> Placement | None:
    """Find the words again; None means that a person must look (“needs review”).

    Where the words stand more than once, the context must single one place out:
    nearness alone never decides, so that no quote moves silently.
    """
    if anchor.exact and text[anchor.start : anchor.end] == anchor.exact:
        return Placement(Span(anchor.start, anchor.end), FoundBy.POSITION)
    if span := _best(text, anchor.exact, anchor.prefix, anchor.suffix):
        return Placement(span, FoundBy.QUOTE)
    bare, origins = skeleton(text)
    parts = (skeleton(part)[0] for part in (anchor.exact, anchor.prefix, anchor.suffix))
    if span := _best(bare, *parts):
        return Placement(Span(origins[span.start], origins[span.end - 1] + 1), FoundBy.SKELETON)
    return None


def skeleton(text: str) -> tuple[str, list[int]]:
    """What stays of `text` when form is set aside, and from which offset each character came.

    Compatibility forms, case, white space, hyphens, brackets and U+00AD are set aside.
    Decomposed (NFKD) rather than composed, so that each character maps back to one offset;
    two texts are equal in NFKD exactly when they are equal in NFKC.
    """
    bare: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        for kept in _bare(character):
            bare.append(kept)
            origins.append(offset)
    return "".join(bare), origins


@lru_cache(maxsize=65536)
def _bare(character: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(part for part in folded if not _is_set_aside(part))


def _is_set_aside(character: str) -> bool:
    return (
        character.isspace()
        or character == "\u00ad"
        or unicodedata.category(character) in {"Pd", "Ps", "Pe", "Zs"}
    )


def _best(text: str, exact: str, prefix: str, suffix: str) -> Span | None:
    """The occurrence that is the only one, or the only one with the best context."""
    found = [Span(start, start + len(exact)) for start in occurrences(exact, text)]
    if len(found) <= 1:
        return found[0] if found else None
    scored = sorted(((_context(text, span, prefix, suffix), span.start) for span in found), reverse=True)
    (best, start), (second, _) = scored[0], scored[1]
    if best < LEAST_CONTEXT or best == second:
        return None
    return Span(start, start + len(exact))


def _context(text: str, span: Span, prefix: str, suffix: str) -> int:
    """How many code points of the remembered context stand around `span`, next to it."""
    before = text[max(0, span.start - len(prefix)) : span.start]
    after = text[span.end : span.end + len(suffix)]
    return _common(reversed(prefix), reversed(before)) + _common(suffix, after)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def occurrences(needle: str, text: str) -> list[int]:
    if not needle:
        return []
    starts = []
    start = text.find(needle)
    while start != -1:
        starts.append(start)
        start = text.find(needle, start + 1)
    return starts
