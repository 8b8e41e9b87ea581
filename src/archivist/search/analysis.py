"""From text to the terms of the index, for every script.

A token is a run of letters, digits and marks. Scripts written without spaces (Han, kana, Hangul,
Thai, Lao, Khmer, Burmese) are cut into overlapping pairs of characters and a last single one, so
that any part of a word finds it. A query makes the same terms, without the last single one.
"""

import re
import sys
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, zip_longest
from operator import add

from whoosh.analysis import Analyzer, Token
from whoosh.fields import TEXT
from whoosh.formats import Positions

from archivist.search.folding import JOINERS, Folds
from archivist.search.places import SIZE, to_steps

UNSPACED = (  # the first is our own, see _SEAM
    "\ue001"
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u3099\u309a\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\u1100-\u11ff\uac00-\ud7a3\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf"
    "\u1000-\u103f\u104c-\u108f\u109a-\u109f\ua9e0-\ua9ef\uaa60-\uaa7f\u1780-\u17d3\u17dc\u17dd"
)
_UNSPACED_BEYOND = "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
APOSTROPHES = "'\u2019\u02bc\u02bb\u055a\ua78c\uff07"  # they separate, as most keyboards have only one
GAP = 100  # words of two tags are never neighbours


def is_letter(character: str) -> bool:
    if character in APOSTROPHES:
        return False
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc", "Me"}


def _separators(last: int) -> str:
    """A regular expression class of what stands between words, up to the code point `last`."""
    ranges = []
    first = None
    for code in range(last + 2):
        if code <= last and not is_letter(chr(code)):
            first = code if first is None else first
        elif first is not None:
            ranges.append(f"\\U{first:08x}-\\U{code - 1:08x}")
            first = None
    return "".join(ranges)


# `re` is three times faster on classes inside the basic plane: the second is for the texts beyond it
SEPARATORS = _separators(0xFFFF)
_TOKENS = re.compile(f"[{UNSPACED}]+|[^{SEPARATORS}{UNSPACED}]+")
IS_UNSPACED = re.compile(f"[{UNSPACED}{_UNSPACED_BEYOND}]").match
HAS_UNSPACED = re.compile(f"[{UNSPACED}{_UNSPACED_BEYOND}]").search
_JOINED = re.compile(f"\u00ad\n|[{JOINERS}]")
# half-width kana, and the few letters of these scripts that stand for two
COMPOSED = re.compile("[\uff66-\uff9d][\uff9e\uff9f]?|[\uff9e\uff9f\u0e33\u0eb3\u0edc\u0edd\u309f\u30ff]")
BROKEN_RUN = re.compile(f"(?<=[{UNSPACED}])[ \t]*\n[ \t]*(?=[{UNSPACED}])")
ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_SEAM = "\ue001"  # stands for a line end inside a run

folds = Folds()
_beyond: list[re.Pattern[str]] = []


def _tokens_beyond() -> re.Pattern[str]:
    """The pattern for texts with characters outside the basic plane; made when first needed."""
    if not _beyond:
        separators = _separators(sys.maxunicode)
        unspaced = UNSPACED + _UNSPACED_BEYOND
        _beyond.append(re.compile(f"[{unspaced}]+|[^{separators}{unspaced}]+"))
    return _beyond[0]


def token_pattern(text: str) -> re.Pattern[str]:
    """What finds the tokens of `text`: a whole word, or a run of a script without spaces."""
    is_beyond = len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)
    return _tokens_beyond() if is_beyond else _TOKENS


def joined(text: str) -> str:
    """Hyphenation taken back, invisible characters out, half-width kana made whole."""
    if _JOINED.search(text):
        text = _JOINED.sub("", text)
    if COMPOSED.search(text):
        text = COMPOSED.sub(lambda part: unicodedata.normalize("NFKC", part.group()), text)
    return text


def index_terms(text: str) -> tuple[list[str], Iterable[int]]:
    """The terms of a text in their order, and the place of each."""
    if text.isascii():
        terms = text.translate(ASCII).split()
        return terms, range(len(terms))
    text = joined(text)
    has_runs = HAS_UNSPACED(text) is not None
    if has_runs and "\n" in text:
        text = BROKEN_RUN.sub(_SEAM, text)
    tokens = token_pattern(text).findall(text)
    if has_runs:
        tokens = _in_pairs(tokens)
    terms = list(filter(None, map(folds.__getitem__, tokens)))
    return (terms, range(len(terms))) if _SEAM not in text else _bridged(terms)


def _in_pairs(tokens: list[str]) -> list[str]:
    """Runs cut into pairs of characters and a last single one."""
    cut: list[str] = []
    for token in tokens:
        if not IS_UNSPACED(token):
            cut.append(token)
        elif _SEAM in token:
            _cut_at_seams(token, cut)
        else:
            cut.extend(map(add, token, token[1:]))
            cut.append(token[-1])
    return cut


def _cut_at_seams(token: str, cut: list[str]) -> None:
    """A line end inside a run: both sides are whole runs, and the pair across it is a term too."""
    parts = [part for part in token.split(_SEAM) if part]
    for part, following in zip_longest(parts, parts[1:], fillvalue=""):
        cut.extend(map(add, part, part[1:]))
        cut.append(part[-1])
        if following:
            cut.append(_SEAM + part[-1] + following[0])


def _bridged(terms: list[str]) -> tuple[list[str], list[int]]:
    """A pair across a line end stands where its first character does."""
    places = []
    place = -1
    for term in terms:
        place += not term.startswith(_SEAM)
        places.append(place)
    return [term.removeprefix(_SEAM) for term in terms], places


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a query that stands without a gap: a folded word, or a run without spaces."""

    text: str
    is_run: bool

    @property
    def terms(self) -> tuple[str, ...]:
        """As in the index: pairs and a last single character."""
        if not self.is_run:
            return (self.text,)
        return (*map(add, self.text, self.text[1:]), self.text[-1])


def chunks(words: str) -> tuple[Chunk, ...]:
    """What a query asks for, in the order of its words."""
    words = BROKEN_RUN.sub("", joined(words))
    tokens = token_pattern(words).findall(words)
    pairs = ((folds[token], IS_UNSPACED(token) is not None) for token in tokens)
    return tuple(Chunk(text, is_run) for text, is_run in pairs if text)


class FoldedPositions(Positions):  # type: ignore[misc]  # Whoosh is untyped
    """Postings with the places of each term as 32-bit numbers; made without a token object."""

    def word_values(
        self, value: str | Iterable[str], _analyzer: object, **_options: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        for term, places in _places([value] if isinstance(value, str) else value).items():
            yield term, len(places), float(len(places)), to_steps(places)

    def encode(self, places: Iterable[int]) -> bytes:
        return to_steps(array("I", places))

    def decode_positions(self, stored: bytes) -> list[int]:
        return list(accumulate(array("I", stored)))

    def decode_frequency(self, stored: bytes) -> int:
        return len(stored) // SIZE

    def decode_weight(self, stored: bytes) -> float:
        return float(self.decode_frequency(stored))


def _places(texts: Iterable[str]) -> dict[str, "array[int]"]:
    places: dict[str, array[int]] = defaultdict(lambda: array("I"))
    start = 0
    for text in texts:
        terms, numbers = index_terms(text)
        for term, number in zip(terms, numbers, strict=True):
            places[term].append(start + number)
        start += len(terms) + GAP
    return places


class FoldingAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh is untyped
    """The same terms for those parts of Whoosh that want tokens."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    __hash__ = None  # type: ignore[assignment]  # as any class with its own equality

    def __call__(
        self, value: str, *, start_pos: int = 0, mode: str = "", **_options: object
    ) -> Iterator[Token]:
        terms, numbers = index_terms(value)
        for term, number in zip(terms, numbers, strict=True):
            token = Token(positions=True, mode=mode)
            token.text, token.pos, token.boost, token.stopped = term, start_pos + number, 1.0, False
            yield token


class FoldedText(TEXT):  # type: ignore[misc]  # Whoosh is untyped
    """A field of words, folded, with their places; also takes a list of texts that stay apart."""

    def __init__(self) -> None:
        super().__init__(analyzer=FoldingAnalyzer(), phrase=True)
        self.format = FoldedPositions()
