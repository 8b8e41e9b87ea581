"""The language of a text as a BCP 47 tag, or None: a wrong language hides a text from a search."""

import re

import pycld2

LONGEST_SAMPLE = 500_000
LEAST_SHARE = 50

# pycld2 refuses a text with any of these.
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7]")
_LETTER = re.compile(r"[^\W\d_]")
_WRITTEN_IN_ARABIC = {
    "ar",
    "fa",
    "ur",
    "ug",
    "ps",
    "sd",
    "ku",
    "ks",
    "az",
    "uz",
    "kk",
    "ky",
    "tt",
    "ms",
    "ha",
}

_TAGS = {"zh": "zh-Hans", "iw": "he", "jw": "jv", "in": "id", "mo": "ro", "ji": "yi", "tl": "fil"}
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?")


def language_of(text: str) -> str | None:
    """The main language of `text` where pycld2 is sure of it."""
    sample = _UNCLEAN.sub(" ", text[:LONGEST_SAMPLE])
    try:
        is_reliable, _, guesses = pycld2.detect(sample, isPlainText=True)
    except (pycld2.error, ValueError):
        return None
    _, code, share, _ = guesses[0]
    if not is_reliable or share < LEAST_SHARE or _has_wrong_script(code, sample):
        return None
    tag = _TAGS.get(code, code)
    return tag if code != "un" and _TAG.fullmatch(tag) else None


def _has_wrong_script(code: str, sample: str) -> bool:
    """Central Kurdish and its like are called English: a text in Arabic letters never is."""
    start = sample[:20_000]
    arabic = len(_ARABIC.findall(start))
    return arabic * 2 > len(_LETTER.findall(start)) and code not in _WRITTEN_IN_ARABIC
