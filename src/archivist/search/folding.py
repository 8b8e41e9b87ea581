"""What counts as the same letter: case, diacritics, widths, variants of a script.

Folding works on single words. It drops the marks of Latin, Greek, Cyrillic, Arabic and Hebrew,
and keeps those that are letters of their script (Indic and Tibetan vowels, kana voicing, й, ў).
"""

import re
import unicodedata
from functools import cache
from importlib import resources

JOINERS = (  # removed inside words: soft hyphen, zero-width characters, bidi marks, variation selectors
    "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)

_STRIPPED = (
    (0x0300, 0x036F),
    (0x0483, 0x0487),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x0711, 0x0711),
    (0x08D3, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xE0100, 0xE01EF),
)
_VARIANTS = {
    # Arabic script: alef, yeh, kaf, heh and teh marbuta; tatweel is only ornament
    "\u0671": "\u0627",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u06d2": "\u064a",
    "\u06a9": "\u0643",
    "\u06aa": "\u0643",
    "\u0629": "\u0647",
    "\u06be": "\u0647",
    "\u06c1": "\u0647",
    "\u06c3": "\u0647",
    "\u06d5": "\u0647",
    "\u0640": "",
    # Latin letters that do not decompose
    "ı": "i",  # noqa: RUF001  # the dotless i of Turkish is meant
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    # signs of transliteration that are typed or left out at will
    "\u02b9": "",
    "\u02ba": "",
    "\u02be": "",
    "\u02bf": "",
}
_BREVE = "\u0306"
_KEPT = "\ue000"
_BREVE_OF_LETTERS = re.compile(f"([\u0438\u0443]){_BREVE}")
_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x80, 0x20000)
    if unicodedata.category(chr(code)) == "Nd"
}
_TABLE: dict[int, str] = {
    **_DIGITS,
    **{code: "" for first, last in _STRIPPED for code in range(first, last + 1)},
    **{ord(variant): letter for variant, letter in _VARIANTS.items()},
    **{code: "" for code in range(0x10000) if re.match(f"[{JOINERS}]", chr(code))},
}


@cache
def _simplified() -> dict[int, str]:
    """Traditional Chinese characters and the simplified one that stands for each (OpenCC)."""
    table = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(pair[0]): pair[1].split(" ")[0] for pair in pairs if len(pair[0]) == 1}


def fold(word: str) -> str:
    """The form under which `word` is kept and looked for; may be empty."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word).casefold()
    if _BREVE in letters:
        letters = _BREVE_OF_LETTERS.sub(rf"\1{_KEPT}", letters)
    letters = letters.translate(_TABLE).replace(_KEPT, _BREVE)
    return unicodedata.normalize("NFC", letters).translate(_simplified())


class Folds(dict[str, str]):
    """Remembers how words fold: a text has far fewer words than tokens."""

    MOST = 400_000

    def __missing__(self, word: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        folded = self[word] = fold(word)
        return folded
