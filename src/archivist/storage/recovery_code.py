"""The recovery code: 160 random bits, written so that a person can copy them by hand."""

import unicodedata

BYTES = 20

# Crockford's base 32: no I, L, O or U, so that whatever a hand writes can be read in one way only.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = str.maketrans(_ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_LOOKALIKES = str.maketrans("OIL", "011")
_LETTERS = 32


def spelled(raw: bytes) -> str:
    """Eight groups of four letters."""
    number = int.from_bytes(raw)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_LETTERS - 1), -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, _LETTERS, 4))


def read(typed: str) -> bytes | None:
    """What a person typed, in any case, with any hyphens and spaces; None if it cannot be a code."""
    upper = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(filter(str.isalnum, upper)).translate(_LOOKALIKES)
    if len(letters) != _LETTERS or not set(letters) <= set(_ALPHABET):
        return None
    return int(letters.translate(_DIGITS), 32).to_bytes(BYTES)
