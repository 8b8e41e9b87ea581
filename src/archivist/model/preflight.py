"""Characters that no page can hold, or that make a reader see other words than stand there.

Writers are given what comes out of here; the pack itself keeps the exact words. Whatever is
shown otherwise is listed, so that the user sees it and the reader is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import cast

from archivist.model.pack import Pack, PackCase, PackQuote, PackSource, Replacement

_SHOWN_BY_NUMBER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # lone surrogates, private use
    "\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
    + "".join(chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF))
    + "\u202d\u202e]"  # overrides: they turn letters around
)
_DROPPED = "\u202a\u202b\u202c"
_OPENING, _CLOSING = "\u2066\u2067\u2068", "\u2069"
_SUSPECT = re.compile(f"{_SHOWN_BY_NUMBER.pattern[:-1]}{_DROPPED}{_OPENING}{_CLOSING}]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A pack as it can be shown, and what is shown otherwise than it stands in the archive."""

    pack: Pack
    replacements: tuple[Replacement, ...]

    def in_words_of(self, quote: PackQuote) -> tuple[Replacement, ...]:
        place = f"{quote.number} words"
        return tuple(one for one in self.replacements if one.where == place)


def preflight(pack: Pack) -> Shown:
    found: dict[Replacement, None] = {}
    shown = cast("Pack", _shown_in(pack, "", found))
    return Shown(shown, tuple(found))


def show(text: str, where: str) -> tuple[str, tuple[Replacement, ...]]:
    """`text` with LF as line end and nothing in it that misleads, and what was replaced.

    Each character is listed once a place, as `U+202E`, however often it stands there.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _SUSPECT.search(lines):
        return lines, ()
    found: dict[Replacement, None] = {}
    parts = []
    for character, stand_in in _stand_ins(lines):
        parts.append(character if stand_in is None else stand_in)
        if stand_in is not None:
            found[Replacement(where, f"U+{ord(character):04X}", stand_in)] = None
    return "".join(parts), tuple(found)


def _stand_ins(text: str) -> Iterator[tuple[str, str | None]]:
    """Each character and what stands for it; None where it stands for itself."""
    loose = _loose_isolates(text)
    for offset, character in enumerate(text):
        if _SHOWN_BY_NUMBER.match(character):
            yield character, f"[U+{ord(character):04X}]"
        elif character in _DROPPED or offset in loose:
            yield character, ""
        else:
            yield character, None


def _loose_isolates(text: str) -> set[int]:
    """Where a directional isolate is opened and not closed in its line, or closed and not opened."""
    loose = set()
    opened: list[int] = []
    for offset, character in enumerate(text):
        if character in _OPENING:
            opened.append(offset)
        elif character == _CLOSING and opened:
            opened.pop()
        elif character == _CLOSING:
            loose.add(offset)
        elif character in "\n\u2029":
            loose.update(opened)
            opened.clear()
    return loose | set(opened)


def _shown_in(value: object, where: str, found: dict[Replacement, None]) -> object:
    """`value` with every text in it shown; what has a number names its own parts."""
    if isinstance(value, str) and not isinstance(value, Enum):
        text, replaced = show(value, where)
        found.update(dict.fromkeys(replaced))
        return text
    if isinstance(value, tuple):
        return tuple(_shown_in(part, where, found) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: _shown_in(getattr(value, field.name), _place(value, field.name, where), found)
        for field in fields(value)
    }
    return replace(value, **changed)


def _place(owner: object, part: str, where: str) -> str:
    match owner:
        case Pack():
            return part
        case PackCase() | PackQuote():
            return f"{owner.number} {part}"
        case PackSource():
            return f"{owner.exhibit} {part}"
    return where
