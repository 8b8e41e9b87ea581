"""Bytes to characters: BOM, strict UTF-8, what the page declares, a guess; in this order.

The order follows measurements (research/extraction.md 5): it leaves 200 times fewer broken
characters than the parsers' own guesses. A guess is told to the user.
"""

import codecs
import encodings
import importlib
import pkgutil
import re
from contextlib import suppress
from dataclasses import dataclass

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What browsers take these names to mean, and so what pages are written in.
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "x-user-defined": "cp1252",
}

# Python decodes these too, but nothing is written in them.
_NO_SCRIPTS = {"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "utf_7"}

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_BROKEN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the name of the encoding, and whether it was guessed."""

    text: str
    encoding: str
    is_guess: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        said = []
        if self.is_guess:
            said.append(
                f"How the characters are written was guessed; they were read as {self.encoding.upper()}."
            )
        if broken := self.text.count(_BROKEN):
            said.append(f"{broken} characters are damaged and shown as {_BROKEN}.")
        return tuple(said)


def load_encodings() -> None:
    """Python loads them one by one from files; a child that reads a document can open none."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # two exist on Windows only
            importlib.import_module(f"encodings.{module.name}")


def decode(data: bytes, *, declared_within: int = 0) -> Decoded:
    """The characters of `data`; a page may declare its encoding in the first bytes."""
    return (
        _marked(data)
        or _utf8(data)
        or _wide(data)
        or _declared(data[:declared_within], data)
        or _mostly_utf8(data)
        or _guessed(data)
    )


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    return None


def _utf8(data: bytes) -> Decoded | None:
    return None if b"\0" in data[:4096] else _strictly(data, "utf-8")


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte of plain letters and spaces is zero."""
    start = data[:4096]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = start[first::2].count(0)
        if zeros > len(start) // 40 and not start[1 - first :: 2].count(0):
            return Decoded(data.decode(encoding, "replace"), encoding, is_guess=True)
    return None


def _declared(start: bytes, data: bytes) -> Decoded | None:
    """A declaration holds as far as the bytes agree with it."""
    for match in _DECLARED.finditer(start):
        name = match[1].decode("ascii").lower()
        encoding = _MEANT.get(name, name)
        if encoding.replace("-", "_") in _NO_SCRIPTS:
            continue
        with suppress(LookupError, ValueError):
            text = data.decode(encoding, "replace")
            if text.count(_BROKEN) <= len(data) // 1000:
                return Decoded(text, name)
    return None


def _mostly_utf8(data: bytes) -> Decoded | None:
    """A few damaged bytes do not make a text anything else than the UTF-8 that it was."""
    text = data.decode("utf-8", "replace")
    broken = text.count(_BROKEN)
    beyond_ascii = sum(1 for character in text[:100_000] if character > "\x7f") - broken
    return Decoded(text, "utf-8") if beyond_ascii > 20 * broken else None


def _guessed(data: bytes) -> Decoded:
    best = from_bytes(data).best()
    encoding = best.encoding if best else "cp1252"
    meant = _MEANT.get(encoding.replace("_", "-"), encoding)
    return Decoded(data.decode(meant, "replace"), meant, is_guess=True)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None
