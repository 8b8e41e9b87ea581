"""The stretch of a text that shows best why it was found.

The text is folded as the index folds it, character by character, so that words are found by plain
search and every place leads back to the original text. The cost grows with the text only.
"""

import re
import sys
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from archivist.model.search import Passage
from archivist.search.analysis import ASCII, BROKEN_RUN, COMPOSED, HAS_UNSPACED, IS_UNSPACED, is_letter
from archivist.search.folding import JOINERS, fold
from archivist.search.places import Numbers
from archivist.search.query import Query, Words, wanted_words

Codes = npt.NDArray[np.uint32]

LENGTH = 240  # code points of a passage
_LEAD = 60  # of these before the first word found, where nothing better marks the start
_MOST_MARKS = 2000  # places of one word that are considered

_INVISIBLE = re.compile(f"[{JOINERS}]").match
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(
    r"[.!?\u061f\u06d4\u0964\u104b\u0f0d][\"'\u201d\u00bb)\]]*\s+|[\u3002\uff01\uff1f]|\n\s*\n"
)


_UNKNOWN, _NOTHING, _SEVERAL = 0, 1, 2  # in the table; else the code point of the folded character


@cache
def _fold_character(character: str) -> str:
    """How a character looks in the folded text: a separator is a space, a mark is nothing."""
    blank = "" if _INVISIBLE(character) else " "
    return fold(character) if is_letter(character) else blank


class _Table:
    """Folds a whole text at a time; learns characters when it meets them."""

    def __init__(self) -> None:
        self._codes = np.zeros(sys.maxunicode + 1, np.uint32)

    def fold(self, codes: Codes) -> Codes:
        folded = self._codes[codes]
        if not folded.all():
            for code in np.unique(codes[folded == _UNKNOWN]).tolist():
                character = _fold_character(chr(code))
                single = ord(character) if len(character) == 1 else _SEVERAL
                self._codes[code] = single if character else _NOTHING
            folded = self._codes[codes]
        return folded


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class _FoldedText:
    """The folded text between two spaces, and where in the original each character comes from."""

    text: str
    origins: range | Numbers
    has_runs: bool

    def origin(self, place: int) -> int:
        return int(self.origins[place - 1])


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    words: int


def best_passage(query: Query | None, text: str) -> Passage:
    """The window with the most different words of the query, and where they stand in it."""
    wanted = list(dict.fromkeys(wanted_words(query)))
    marks = _marks(wanted, text) if wanted else []
    first, last = _best_window(marks) if marks else (0, 0)
    start, end = _edges(text, first, last)
    inside = sorted({(mark.start, mark.end) for mark in marks if start <= mark.start and mark.end <= end})
    return Passage(start, end, text[start:end], tuple(inside))


def passages(query: Query | None, text: str) -> list[Passage]:
    """Every stretch of `text` that shows a hit, in order; none without a hit.

    None overlaps another, but where hits themselves do.
    """
    wanted = list(dict.fromkeys(wanted_words(query)))
    marks = _marks(wanted, text) if wanted else []
    found: list[Passage] = []
    at = 0
    while at < len(marks):
        last = at
        while last + 1 < len(marks) and marks[last + 1].end - marks[at].start <= LENGTH:
            last += 1
        reach = max(mark.end for mark in marks[at : last + 1])
        start, end = _edges(text, marks[at].start, reach)
        if found:
            start = max(start, min(found[-1].end, marks[at].start))
        beyond = bisect_left(marks, end, lo=last, key=lambda mark: mark.start)
        if cut := [mark.start for mark in marks[at:beyond] if mark.end > end and mark.start >= reach]:
            end = reach + len(text[reach : cut[0]].rstrip())
        inside = sorted({(mark.start, mark.end) for mark in marks[at:beyond] if mark.end <= end})
        found.append(Passage(start, end, text[start:end], tuple(inside)))
        at += 1
        while at < len(marks) and marks[at].end <= end:
            at += 1
    return found


def _marks(wanted: list[Words], text: str) -> list[_Mark]:
    folded = _fold_text(text)
    marks = [
        _Mark(folded.origin(start), _after_letter(text, folded.origin(end - 1)), number)
        for number, words in enumerate(wanted)
        for start, end in islice(_occurrences(words, folded), _MOST_MARKS)
    ]
    return sorted(marks, key=lambda mark: (mark.start, mark.end))


def _fold_text(text: str) -> _FoldedText:
    if text.isascii():
        return _FoldedText(f" {text.translate(ASCII)} ", range(len(text)), has_runs=False)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _TABLE.fold(codes)
    folded[1:][(codes[:-1] == ord("\u00ad")) & (codes[1:] == ord("\n"))] = _NOTHING
    several = [(_fold_character(chr(code)), codes == code) for code in np.unique(codes[folded == _SEVERAL])]
    has_runs = HAS_UNSPACED(text) is not None
    if has_runs:
        _join_runs(text, folded)
    counts = (folded != _NOTHING).astype(np.int64)
    for letters, is_here in several:
        counts[is_here & (folded == _SEVERAL)] = len(letters)
    whole = np.repeat(folded, counts)
    starts = np.cumsum(counts) - counts
    for letters, is_here in several:
        for number, character in enumerate(letters):
            whole[starts[is_here & (folded == _SEVERAL)] + number] = ord(character)
    spelled = whole.tobytes().decode("utf-32-le", "replace")
    return _FoldedText(f" {spelled} ", np.repeat(np.arange(len(text)), counts), has_runs)


def _join_runs(text: str, folded: Codes) -> None:
    """In scripts without spaces: no line ends inside a run, and half-width kana with its voicing."""
    for seam in BROKEN_RUN.finditer(text):
        folded[seam.start() : seam.end()] = _NOTHING
    for kana in COMPOSED.finditer(text):
        whole = fold(unicodedata.normalize("NFKC", kana.group()))
        if len(whole) == 1:
            folded[kana.start()] = ord(whole)
            folded[kana.start() + 1 : kana.end()] = _NOTHING


def _after_letter(text: str, place: int) -> int:
    """The end of the letter at `place`, with the marks that belong to it."""
    end = place + 1
    while end < len(text) and (unicodedata.category(text[end])[0] == "M" or text[end] in "\uff9e\uff9f"):
        end += 1
    return end


def _occurrences(words: Words, folded: _FoldedText) -> Iterator[tuple[int, int]]:
    """Where the words stand, one after the other, in the folded text."""
    first = words.chunks[0]
    lead = "" if first.is_run or folded.has_runs else " "  # a word has a space before it: found faster
    place = folded.text.find(lead + first.text)
    while place >= 0:
        start = place + len(lead)
        end = _end(words, folded.text, start)
        if end:
            yield start, end
        place = folded.text.find(lead + first.text, max(end - 1, place + 1))


def _end(words: Words, text: str, start: int) -> int:
    """The end of the words if they stand at `start`, else 0."""
    end = start
    for chunk in words.chunks:
        at = end if end == start else _after_spaces(text, end)
        end = at + len(chunk.text)
        if not text.startswith(chunk.text, at):
            return 0
        if chunk.is_run:
            continue
        if words.is_prefix and chunk is words.chunks[-1]:
            end = _after_word(text, end)
        if _is_inside_word(text[at - 1]) or _is_inside_word(text[end]):
            return 0
    return end


def _after_spaces(text: str, place: int) -> int:
    while place < len(text) - 1 and text[place] == " ":
        place += 1
    return place


def _after_word(text: str, place: int) -> int:
    while _is_inside_word(text[place]):
        place += 1
    return place


def _is_inside_word(character: str) -> bool:
    return character != " " and not IS_UNSPACED(character)


def _best_window(marks: list[_Mark]) -> tuple[int, int]:
    """The first stretch of at most LENGTH with the most different words, then with the most marks."""
    best = (0, 0)
    window = (marks[0].start, marks[0].end)
    inside: Counter[int] = Counter()
    left = 0
    for right, mark in enumerate(marks):
        inside[mark.words] += 1
        while mark.end - marks[left].start > LENGTH and left < right:
            inside[marks[left].words] -= 1
            left += 1
        rank = (sum(1 for count in inside.values() if count), right - left + 1)
        if rank > best:
            best, window = rank, (marks[left].start, mark.end)
    return window


def _edges(text: str, first: int, last: int) -> tuple[int, int]:
    """A passage around the stretch, from a sentence or word on and to the end of a word."""
    room = max(0, LENGTH - (last - first))
    start = _start(text, max(0, first - room // 2), max(0, first - min(_LEAD, room)), first)
    end = max(last, min(len(text), start + LENGTH))
    if end < len(text) and not text[end].isspace():
        spaces = [space.start() for space in _SPACE.finditer(text, last, end)]
        end = spaces[-1] if spaces else end
    while last < end < len(text) and unicodedata.category(text[end])[0] == "M":
        end -= 1
    while end > max(last, start) and text[end - 1].isspace():
        end -= 1
    return start, end


def _start(text: str, earliest: int, usual: int, first: int) -> int:
    sentences = [sentence.end() for sentence in _SENTENCE_END.finditer(text, earliest, first)]
    start = sentences[-1] if sentences else usual
    if start and not sentences and not text[start - 1].isspace():
        space = _SPACE.search(text, start, first)
        start = space.end() if space else start
    while start < len(text) and (text[start].isspace() or unicodedata.category(text[start])[0] == "M"):
        if start >= first > 0:
            break
        start += 1
    return start
