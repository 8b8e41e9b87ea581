"""Steps through a text as a caret makes them: letter by letter with its accents, and word by word.

A word goes on over the hyphen at a line end (U+00AD and LF). Chinese and Japanese are stepped
through by runs of one script, Tibetan by syllables.
"""

import unicodedata
from enum import Enum

from archivist.model.page_lines import is_extending

_SOFT_HYPHEN = "\u00ad"
_JOINS_LETTERS = "'’·\u02bc\u05f3\u05f4\u200c\u200d"  # also of Hebrew, and the joiners of Persian
_JOINS_DIGITS = ".,\u066b\u066c"


class _Kind(Enum):
    SPACE = 0
    MARK = 1
    WORD = 2
    HAN = 3
    HIRAGANA = 4
    KATAKANA = 5


_SCRIPTS = (
    (0x2E80, 0x2FDF, _Kind.HAN),
    (0x3041, 0x309F, _Kind.HIRAGANA),
    (0x30A0, 0x30FF, _Kind.KATAKANA),
    (0x3400, 0x4DBF, _Kind.HAN),
    (0x4E00, 0x9FFF, _Kind.HAN),
    (0xF900, 0xFAFF, _Kind.HAN),
    (0x20000, 0x3FFFF, _Kind.HAN),
)


def next_stop(text: str, index: int) -> int:
    """Behind the letter at `index` and what stands on it."""
    index = min(index + 1, len(text))
    while index < len(text) and is_extending(text[index]):
        index += 1
    return index


def previous_stop(text: str, index: int) -> int:
    index = max(index - 1, 0)
    while index > 0 and is_extending(text[index]):
        index -= 1
    return index


def word_at(text: str, index: int) -> tuple[int, int]:
    """The word, the run of marks or the white space that the character at `index` belongs to."""
    if not text:
        return 0, 0
    index = max(0, min(index, len(text) - 1))
    kind = _kind(text, index)
    start, end = index, index + 1
    while start > 0 and _kind(text, start - 1) is kind:
        start -= 1
    while end < len(text) and _kind(text, end) is kind:
        end += 1
    return start, end


def next_word(text: str, index: int) -> int:
    """The beginning of the next word."""
    index = word_at(text, index)[1] if index < len(text) else index
    while index < len(text) and _kind(text, index) is _Kind.SPACE:
        index += 1
    return index


def previous_word(text: str, index: int) -> int:
    """The beginning of this word, or of the one before."""
    while index > 0 and _kind(text, index - 1) is _Kind.SPACE:
        index -= 1
    return word_at(text, index - 1)[0] if index > 0 else 0


def _kind(text: str, index: int) -> _Kind:
    character = text[index]
    if character == _SOFT_HYPHEN or (character == "\n" and index > 0 and text[index - 1] == _SOFT_HYPHEN):
        return _Kind.WORD
    if character.isspace():
        return _Kind.SPACE
    code = ord(character)
    for first, last, kind in _SCRIPTS:
        if first <= code <= last:
            return kind
    if _is_of_word(character) or _joins(text, index):
        return _Kind.WORD
    return _Kind.MARK


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


def _joins(text: str, index: int) -> bool:
    """An apostrophe between letters, a point between digits."""
    if not 0 < index < len(text) - 1:
        return False
    before, character, after = text[index - 1], text[index], text[index + 1]
    if character in _JOINS_LETTERS:
        return _is_of_word(before) and _is_of_word(after)
    return character in _JOINS_DIGITS and before.isdigit() and after.isdigit()
