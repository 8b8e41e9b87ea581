"""Typefaces of originals, and the measures that each script needs, in parts of the nominal size."""

import re
from dataclasses import dataclass

_SERIF = ("Noto Serif", "Noto Naskh Arabic", "Noto Serif Tibetan")
_MONO = ("Noto Sans Mono", "DejaVu Sans Mono", "Noto Naskh Arabic", "Noto Serif Tibetan")
_MORE = (
    *("Noto Serif Hebrew", "Noto Serif Devanagari", "Noto Serif Bengali", "Noto Serif Tamil"),
    *("Noto Serif Myanmar", "Noto Serif Khmer", "Noto Serif Thai", "Noto Serif Lao", "Noto Serif Ethiopic"),
    *("Noto Serif Georgian", "Noto Serif Armenian", "Noto Sans Mongolian", "Noto Sans", "DejaVu Sans"),
)


@dataclass(frozen=True, slots=True)
class Face:
    """How a script is set; all but `size` in parts of the letters' own size.

    `leading` is from one base line to the next, `mark` the height of a highlight and `rise` how much of
    it stands above the base line, `advance` the usual width of a letter. `longest` is how many letters
    are laid out in a few milliseconds.
    """

    size: float = 1.0
    leading: float = 1.6
    mark: float = 1.42
    rise: float = 1.05
    advance: float = 0.52
    longest: int = 4_000


LATIN = Face()
ARABIC = Face(leading=35 / 18, mark=1.75, rise=1.16, advance=0.42, longest=3_000)
TIBETAN = Face(size=1.06, leading=1.95, mark=1.75, rise=1.0, advance=0.42, longest=1_500)
STACKED = Face(leading=1.9, mark=1.75, rise=1.15, advance=0.5, longest=1_500)
WIDE = Face(leading=1.75, mark=1.42, rise=1.1, advance=1.0, longest=2_000)

# The script that needs most room decides: a height is fixed for each paragraph.
_SCRIPTS = (
    (re.compile("[\u0f00-\u0fff]"), TIBETAN),
    (re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"), ARABIC),
    (re.compile("[\u0900-\u0eff\u1000-\u109f\u1200-\u139f\u1780-\u17ff\u1800-\u18af]"), STACKED),
    (
        re.compile(
            "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
        ),
        WIDE,
    ),
)
_LOOKED_AT = 400

_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_CJK = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK", "yue": "HK"}


def face_of(words: str, start: int = 0) -> Face:
    """What the words from `start` on need; the first few hundred letters tell."""
    end = start + _LOOKED_AT
    if words[start:end].isascii():
        return LATIN
    return next((face for script, face in _SCRIPTS if script.search(words, start, end)), LATIN)


def families(text: str, language: str, *, mono: bool = False) -> list[str]:
    """The faces of a text, the first that has a letter first; Han letters as its language writes them."""
    region = _region(text, language.lower())
    cjk = [f"Noto Serif CJK {region}", f"Noto Sans CJK {region}"]
    if mono:
        cjk.insert(0, f"Noto Sans Mono CJK {region}")
    return [*(_MONO if mono else _SERIF), *cjk, *_MORE]


def _region(text: str, language: str) -> str:
    start = text[:20_000]
    parts = language.split("-")
    for length in range(len(parts), 0, -1):
        if region := _CJK.get("-".join(parts[:length])):
            return region
    if _KANA.search(start):
        return "JP"
    return "KR" if _HANGUL.search(start) else "SC"
