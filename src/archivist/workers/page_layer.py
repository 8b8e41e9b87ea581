"""From the characters of PDFium to canonical text, and back to the place of each letter on its page.

The text is made by the very function that import uses; what is made here is the way back. Each
code point comes from a stretch of PDFium's indices: an empty one where nothing stands on the page.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from archivist.model.text import canonical_from_pdfium

Stretch = tuple[int, int]
Piece = tuple[str, Stretch]

_HYPHEN, _SOFT_HYPHEN = "\x02", "\u00ad"
_HIGH, _LOW, _BEYOND = "\ud800", "\udc00", "\ue000"
_LOST = "\ufffd"
_VOWEL, _LAST_FINAL = "\u1161", "\u11ff"  # Hangul letters that join the one before them
_LOOKED_AHEAD = 64


def text_and_origins(raw: Sequence[str]) -> tuple[str, list[Stretch]]:
    """The canonical text of a page, and for each of its code points where in `raw` it comes from."""
    text = canonical_from_pdfium("".join(raw))
    if not text.strip():
        return "", []
    pieces = list(_pieces(raw))
    if _said(pieces) != text:
        pieces = list(_composed(pieces))
    if _said(pieces) != text:
        return text, aligned(text, pieces)
    return text, [stretch for _, stretch in pieces]


def aligned(text: str, pieces: Iterable[Piece]) -> list[Stretch]:
    """The way back by letters alone, where they agree; what is not found comes from nowhere."""
    bare = [
        (part, stretch)
        for character, stretch in pieces
        if not character.isspace()
        for part in unicodedata.normalize("NFD", character)
    ]
    at = 0
    found = []
    for character in text:
        stretch = (0, 0)
        for part in unicodedata.normalize("NFD", character):
            ahead = range(at, min(at + _LOOKED_AHEAD, len(bare)))
            match = next((index for index in ahead if bare[index][0] == part), None)
            if match is not None:
                stretch = _over([stretch, bare[match][1]])
                at = match + 1
        found.append(stretch)
    return found


def _said(pieces: Iterable[Piece]) -> str:
    return "".join(character for character, _ in pieces)


def _pieces(raw: Sequence[str]) -> Iterator[Piece]:
    """All that `canonical_from_pdfium` does before it composes, one character after the other."""
    said = [(character, index) for index, character in enumerate(raw) if character]
    is_taken = False
    for (character, index), (following, next_index) in pairwise([*said, ("", len(raw))]):
        if is_taken:
            is_taken = False
        elif character == "\r":
            yield "\n", (index, index)
            is_taken = following == "\n"
        elif _HIGH <= character < _BEYOND:
            is_taken = character < _LOW <= following < _BEYOND
            yield (
                (_pair(character, following), (index, next_index + 1))
                if is_taken
                else (_LOST, (index, index + 1))
            )
        else:
            for part in _kept(character):
                yield part, (index, index if part == "\n" else index + 1)


@lru_cache(maxsize=1 << 14)
def _kept(character: str) -> str:
    return canonical_from_pdfium(character)


def _pair(high: str, low: str) -> str:
    return (high + low).encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _composed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """NFC, letter by letter with its marks: where a letter changes, all of it comes from all of it."""
    for letter in _letters(pieces):
        said = _said(letter)
        composed = unicodedata.normalize("NFC", said)
        if composed == said:
            yield from letter
        else:
            whole = _over(stretch for _, stretch in letter)
            yield from ((part, whole) for part in composed)


def _letters(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    letter: list[Piece] = []
    for piece in pieces:
        if letter and not _joins(piece[0]):
            yield letter
            letter = []
        letter.append(piece)
    yield letter


def _joins(character: str) -> bool:
    """Whether it may become one with what stands before it."""
    return unicodedata.category(character)[0] == "M" or _VOWEL <= character <= _LAST_FINAL


def _over(stretches: Iterable[Stretch]) -> Stretch:
    """From the first to the last of them; the empty ones do not count."""
    real = [stretch for stretch in stretches if stretch[0] < stretch[1]]
    return (min(start for start, _ in real), max(end for _, end in real)) if real else (0, 0)
