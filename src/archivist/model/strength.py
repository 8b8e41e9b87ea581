"""How hard a passphrase is to guess, as far as it can be told by looking at it.

A meter sees letters, not how they were chosen: it knows what is tried first (common words, rows
of the keyboard, dates, repeats) and counts the rest as one would write it. It says what a
passphrase is at best. Only one that was picked by chance has a strength that is known.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Strength(IntEnum):
    """How many of four bars are lit."""

    NONE = 0
    TOO_WEAK = 1
    WEAK = 2
    GOOD = 3
    STRONG = 4


class Weakness(StrEnum):
    """What makes it easier to guess than it looks."""

    COMMON = "common"
    KEYBOARD = "keyboard"
    REPEATS = "repeats"
    DATE = "date"
    FEW_CHARACTERS = "few characters"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Estimate:
    """`bits`: guesses needed, as a power of two; `weakness`: the worst that was seen."""

    strength: Strength
    bits: float
    weakness: Weakness | None


# Guesses in bits at which a passphrase becomes weak, good, strong. One guess costs Argon2id over
# 256 MiB: a machine for a million makes some ten thousand a second.
_STEPS = ((0.0, Strength.TOO_WEAK), (32.0, Strength.WEAK), (46.0, Strength.GOOD), (60.0, Strength.STRONG))
LONGEST = 256  # what is beyond adds nothing to the picture

_COMMON_BITS, _YEAR, _DATE, _PATTERN = 8.0, 7.0, 15.0, 6.0
_LETTER, _LETTER_OF_WORD, _MARK, _IDEOGRAPH = 4.7, 2.2, 1.2, 4.5
_DIGIT, _SIGN, _SPACE, _CAPITAL = 3.3, 5.0, 0.5, 1.0
_WORD = 11.0  # no word of a language counts for more

_FIRST_TRIED = """
    123456 password passwort passwd pass admin administrator root user guest login welcome hello
    secret letmein access master test testing changeme default system server computer internet
    qwerty azerty monkey dragon sunshine princess football baseball iloveyou love trustno
    superman batman pokemon shadow michael jordan charlie daniel jessica ashley thomas
    freedom justice rights human archive archivist confidential private backup
    correct horse battery staple motdepasse bonjour soleil contrasena hola amor senha geheim
"""
_COMMON = re.compile("|".join(sorted(re.findall(r"\S+", _FIRST_TRIED), key=len, reverse=True)))
_ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "qwertzuiop", "1234567890"),
    *("abcdefghijklmnopqrstuvwxyz", "йцукенгшщзхъ", "фывапролджэ", "ضصثقفغعهخحجد", "شسيبلاتنمكط"),
)
_RUNS = tuple(row[::step] for row in _ROWS for step in (1, -1))
_DAY = re.compile(
    r"\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|[0-3]\d[01]\d(?:19|20)\d\d"
)
_YEAR_FORM = re.compile(r"(?:19|20)\d\d")
_REPEAT = re.compile(r"(.{1,16}?)\1{2,}|(.{2,32}?)\2", re.DOTALL)
_LEET = str.maketrans("@4301!$57", "aaeoiisst")
_VOWELS = frozenset("aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûü")


def estimate(passphrase: str) -> Estimate:
    """What it would take to guess it, told low rather than high."""
    text = unicodedata.normalize("NFKC", passphrase)[:LONGEST]
    if not text.strip():
        return Estimate(Strength.NONE, 0.0, None)
    seen: list[Weakness] = []
    bits = _bits(text, seen)
    distinct = len(set(text))
    ceiling = len(text) * math.log2(max(distinct, 2))
    if distinct <= max(4, len(text) // 5) and ceiling < bits + 12:
        bits = min(bits, ceiling * 0.6)
        seen.append(Weakness.FEW_CHARACTERS)
    strength = next(level for least, level in reversed(_STEPS) if bits >= least)
    if strength < Strength.GOOD and not seen:
        seen.append(Weakness.SHORT)
    return Estimate(strength, bits, _worst(seen) if strength < Strength.STRONG else None)


def _worst(seen: list[Weakness]) -> Weakness | None:
    return min(seen, key=list(Weakness).index) if seen else None


def _bits(text: str, seen: list[Weakness]) -> float:
    """The cheapest pattern at each place, from the start to the end."""
    total, at = 0.0, 0
    while at < len(text):
        cost, length = _pattern(text, at, seen) or _plain(text, at)
        total += cost
        at += length
    return total


def _pattern(text: str, at: int, seen: list[Weakness]) -> tuple[float, int] | None:
    """What is tried early and begins here; its bits and its length."""
    rest = text[at:]
    lower = rest.casefold()
    if found := _REPEAT.match(rest):
        once = found[1] or found[2]
        seen.append(Weakness.REPEATS)
        return _bits(once, []) + math.log2(len(found[0]) / len(once)), len(found[0])
    if found := _DAY.match(lower):
        seen.append(Weakness.DATE)
        return _DATE, len(found[0])
    if run := _run_length(lower):
        seen.append(Weakness.KEYBOARD)
        return _PATTERN + math.log2(run), run
    if length := _common_length(lower):
        seen.append(Weakness.COMMON)
        return _COMMON_BITS + (rest[:length] != lower[:length]), length
    if found := _YEAR_FORM.match(lower):
        seen.append(Weakness.DATE)
        return _YEAR, 4
    return None


def _common_length(lower: str) -> int:
    found = _COMMON.match(lower), _COMMON.match(lower.translate(_LEET))
    return max(len(match[0]) if match else 0 for match in found)


def _run_length(lower: str) -> int:
    """How many characters follow a row of keys or the alphabet; 0 for fewer than four."""
    longest = 0
    for length in range(4, min(len(lower), 26) + 1):
        if not any(lower[:length] in run for run in _RUNS):
            break
        longest = length
    return longest


def _plain(text: str, at: int) -> tuple[float, int]:
    """One character, or a run of letters up to where a pattern begins in it."""
    end = at
    while end < len(text) and _is_of_word(text[end]) and not (end > at and _begins(text[end:].casefold())):
        end += 1
    if end > at:
        stands_alone = (at == 0 or text[at - 1].isspace()) and f"{text[end:]} "[0].isspace()
        return _letters(text[at:end], may_be_short=stands_alone), end - at
    character = text[at]
    if character.isspace() or not character.isascii():
        return _SPACE, 1
    return (_DIGIT if character.isdigit() else _SIGN), 1


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _begins(lower: str) -> bool:
    return bool(_COMMON.match(lower)) or _run_length(lower) > 0


def _letters(word: str, *, may_be_short: bool) -> float:
    """Letters that could be a word count as in a word; letters by chance count in full."""
    ideographs = sum(map(_is_ideograph, word))
    marks = sum(unicodedata.category(character)[0] == "M" for character in word)
    letters = len(word) - ideographs - marks
    capitals = sum(letter.isupper() for letter in word[1:])
    odd = _CAPITAL * min(capitals, 4) if 0 < capitals < len(word) - 1 else 0.0
    if not _could_be_a_word(word, may_be_short=may_be_short):
        return letters * _LETTER + odd
    return ideographs * _IDEOGRAPH + min(letters * _LETTER_OF_WORD + marks * _MARK, _WORD) + odd


def _could_be_a_word(word: str, *, may_be_short: bool) -> bool:
    """By its vowels; in other alphabets than the Latin one nothing is counted as chance."""
    lower = word.casefold()
    if not lower.isascii() or len(lower) < 4:
        return not lower.isascii() or may_be_short
    vowels = sum(letter in _VOWELS for letter in lower)
    clusters = re.split("[aeiouy]+", lower)
    return 0.2 <= vowels / len(lower) <= 0.7 and max(map(len, clusters)) <= 4


def _is_ideograph(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" or letter > "\U0001ffff"
