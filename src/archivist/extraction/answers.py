"""Turns what a child says into values, believing nothing: types, lengths and ranges are checked.

The child may be in the hands of the document. It can lie about that document's text, which its
original will show; it must not be able to hand us anything but plain, bounded, canonical text.
"""

import math
import re
from typing import Any

from archivist.extraction.child import JobFailed
from archivist.extraction.reasons import reason
from archivist.model.anchor import Quad
from archivist.model.document import DocumentKind, Extraction, Metadatum, Unread
from archivist.model.sandbox import Failure
from archivist.model.text import Section, SectionKind, canonical

Header = dict[str, Any]

MOST_SECTIONS = 200_000
MOST_METADATA = 200
MOST_WARNINGS = 200
MOST_QUADS = 10_000
MOST_PAGES = 1_000_000
LONGEST_LABEL = 1_000
LONGEST_VALUE = 10_000

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_WHAT = re.compile(r"[A-Za-z0-9 ().,-]{0,80}")


def decode(header: Header, data: bytes, guessed: DocumentKind) -> Extraction | Unread:
    """What the child found.

    Raises:
        JobFailed: it is not of the agreed form.
    """
    try:
        return _unread(header, guessed) if "failure" in header else _extraction(header, data)
    except (KeyError, TypeError, ValueError):
        raise JobFailed(Failure.MALFORMED) from None


def decode_quads(header: Header) -> tuple[Quad, ...]:
    try:
        return tuple(_quad(value) for value in _items(header["quads"], MOST_QUADS))
    except (KeyError, TypeError, ValueError):
        raise JobFailed(Failure.MALFORMED) from None


def failure_of(header: Header) -> Failure:
    """The failure that the child names; a name unknown to us is a malformed answer."""
    named = header["failure"]
    return Failure(named) if isinstance(named, str) and named in set(Failure) else Failure.MALFORMED


def _unread(header: Header, guessed: DocumentKind) -> Unread:
    failure = Failure(header["failure"])
    what = _text(header.get("what", ""), 80)
    if not _WHAT.fullmatch(what):
        raise ValueError
    kind = DocumentKind(header["kind"]) if "kind" in header else guessed
    return Unread(kind, reason(failure, what))


def _extraction(header: Header, data: bytes) -> Extraction:
    text = data.decode("utf-8")
    if canonical(text) != text:
        raise ValueError
    language = header["language"]
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise ValueError
    pages = header["pages"]
    return Extraction(
        kind=DocumentKind(header["kind"]),
        engine=_text(header["engine"], 100),
        engine_version=_text(header["engine_version"], 100),
        text=text,
        sections=_sections(header["sections"], len(text)),
        metadata=tuple(_metadatum(value) for value in _items(header["metadata"], MOST_METADATA)),
        language=language,
        pages=None if pages is None else _number(pages, 0, MOST_PAGES),
        warnings=tuple(_text(value, LONGEST_LABEL) for value in _items(header["warnings"], MOST_WARNINGS)),
    )


def _sections(values: object, length: int) -> tuple[Section, ...]:
    sections = tuple(_section(value, length) for value in _items(values, MOST_SECTIONS))
    starts = [section.start for section in sections]
    if starts != sorted(starts):
        raise ValueError
    return sections


def _section(value: object, length: int) -> Section:
    start, end, kind, label = _items(value, 4)
    start = _number(start, 0, length)
    return Section(start, _number(end, start, length), SectionKind(kind), _text(label, LONGEST_LABEL))


def _metadatum(value: object) -> Metadatum:
    field, content, origin = _items(value, 3)
    return Metadatum(_text(field, 100), _text(content, LONGEST_VALUE), _text(origin, 100))


def _quad(value: object) -> Quad:
    sides = _items(value, 4)
    if not all(type(side) in {int, float} and math.isfinite(side) for side in sides):
        raise ValueError
    left, bottom, right, top = map(float, sides)
    return Quad(left, bottom, right, top)


def _items(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError
    return value


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or canonical(value) != value:
        raise ValueError
    value.encode("utf-8")
    return value


def _number(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value
