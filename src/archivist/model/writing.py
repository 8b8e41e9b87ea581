"""How a pack is told: chapter by chapter, in which direction, where lines flow on, what may be a link."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from archivist.model.pack import Pack, PackCase, PackQuote

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})

CHECKS = ("check_words", "check_sums", "check_archivist", "check_sender", "check_care")
"""The steps of “How to check this pack”, by the names of their labels."""

OTHER_QUOTES = "other-quotes"

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LINK = re.compile(r"(https?://|mailto:)[^\s<>\"'\\^`{|}\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
_LINE_ENDS = re.compile(r"[ \t]*\n[ \t\n]*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f0b\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]"
)
"""Scripts that put no space between words, and the Tibetan tsheg."""


class Direction(StrEnum):
    """As HTML names them."""

    LTR = "ltr"
    RTL = "rtl"


def direction(text: str, language: str = "") -> Direction:
    """Of the first strong letter; without one, of the language."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return Direction.RTL
        if kind == "L":
            return Direction.LTR
    return direction_of_language(language)


def direction_of_language(language: str) -> Direction:
    parts = language.lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return Direction.RTL if scripts[0] in _RTL_SCRIPTS else Direction.LTR
    return Direction.RTL if parts[0] in RIGHT_TO_LEFT else Direction.LTR


def language_tag(language: str) -> str:
    """`language` where it has the form of BCP 47, else empty: “not known”."""
    return language if _TAG.fullmatch(language) else ""


def link_target(address: str) -> str:
    """`address` where a reader may be sent there, else empty."""
    return address if _LINK.fullmatch(address) else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of quoted words. `shown_as` differs from `text` at the line ends of the source only."""

    text: str
    shown_as: str


def pieces(words: str) -> list[Piece]:
    """Quoted words, so that they flow: the lines of a source's page are not those of a pack.

    A line end is shown as a space; as nothing after a soft hyphen or a tsheg and where the
    script has no spaces; an empty line starts a new line.
    """
    found = []
    start = 0
    for gap in _LINE_ENDS.finditer(words):
        if gap.start() > start:
            found.append(Piece(words[start : gap.start()], words[start : gap.start()]))
        found.append(Piece(gap[0], _shown_gap(words, gap.start(), gap.end(), gap[0])))
        start = gap.end()
    if start < len(words):
        found.append(Piece(words[start:], words[start:]))
    return found


def _shown_gap(words: str, start: int, end: int, gap: str) -> str:
    before, after = words[start - 1 : start], words[end : end + 1]
    if not before or not after:
        return ""
    if gap.count("\n") > 1:
        return "\n"
    if before in "\u00ad\u0f0b" or (_UNSPACED.match(before) and _UNSPACED.match(after)):
        return ""
    return " "


def flowing(words: str) -> str:
    """Quoted words as they read in a format that keeps no line ends of the source."""
    return "".join(piece.shown_as for piece in pieces(words))


@dataclass(frozen=True, slots=True)
class Telling:
    """A quote where it is told, and the number of its footnote there.

    Where it is told first, its `anchor` is its number. Told again under another case it keeps the
    number, and only the anchor says which telling it is.
    """

    anchor: str
    note: int
    quote: PackQuote


@dataclass(frozen=True, slots=True)
class Chapter:
    """A case as it is told; without one, the quotes outside any case."""

    case: PackCase | None
    tellings: tuple[Telling, ...]


def chapters(pack: Pack) -> tuple[Chapter, ...]:
    told: list[tuple[PackCase | None, tuple[PackQuote, ...]]] = [(case, case.quotes) for case in pack.cases]
    if pack.other_quotes:
        told.append((None, pack.other_quotes))
    times: Counter[str] = Counter()
    found = []
    for case, quotes in told:
        tellings = []
        for quote in quotes:
            times[quote.number] += 1
            again = times[quote.number]
            anchor = f"{quote.number}-{again}" if again > 1 else quote.number
            tellings.append(Telling(anchor, times.total(), quote))
        found.append(Chapter(case, tuple(tellings)))
    return tuple(found)


def tellings(pack: Pack) -> tuple[Telling, ...]:
    """All of them, in order."""
    return tuple(telling for chapter in chapters(pack) for telling in chapter.tellings)
