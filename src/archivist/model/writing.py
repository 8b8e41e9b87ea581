"""How words are set: in which direction, where lines flow on, what may be a link."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from archivist.model.pack import Citation, PackSource

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})

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


class Part(StrEnum):
    """What a stretch of a citation is."""

    PLAIN = "plain"
    TITLE = "title"
    LINK = "link"
    EXHIBIT = "exhibit"


def citation_parts(citation: Citation, source: PackSource) -> list[tuple[Part, str]]:
    """The citation in order, its title told apart (it has a language of its own) and what it points to."""
    marks = [
        (source.title.text, Part.TITLE),
        (link_target(source.source_url), Part.LINK),
        (citation.exhibit, Part.EXHIBIT),
    ]
    parts = [(Part.PLAIN, citation.text)]
    for words, part in marks:
        if words:
            last = parts.pop()[1]
            parts += _split(last, words, part)
    return [(part, text) for part, text in parts if text]


def _split(text: str, words: str, part: Part) -> list[tuple[Part, str]]:
    """`text` around the first place of `words`; whole where they do not stand there."""
    before, found, after = text.partition(words)
    if not found:
        return [(Part.PLAIN, text)]
    return [(Part.PLAIN, before), (part, found), (Part.PLAIN, after)]
