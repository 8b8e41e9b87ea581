"""Turns what a child says into values, believing nothing: types, lengths and ranges are checked.

The child may be in the hands of the document. It can lie about that document's text, which its
original will show; it must not be able to hand us anything but plain, bounded, canonical text,
nor to speak as anybody but the reader of that kind of document.
"""

import re
from itertools import pairwise
from typing import Any

from archivist.extraction.frames import Header, JobFailed
from archivist.extraction.reasons import reason
from archivist.model.anchor import Quad
from archivist.model.document import DocumentKind, Extraction, Metadatum, Unread
from archivist.model.reading import FIELDS, ORIGINS, one_line
from archivist.model.sandbox import TOLD_BY_CHILDREN, Failure
from archivist.model.text import Section, SectionKind, canonical

Kinds = frozenset[DocumentKind]

MOST_SECTIONS = 200_000
MOST_METADATA = 200
MOST_WARNINGS = 200
MOST_QUADS = 10_000
LONGEST_LABEL = 1_000
LONGEST_VALUE = 10_000
LONGEST_WARNING = 2_000
FARTHEST = 1e9

_IN_ORDER = (SectionKind.PAGE, SectionKind.SECTION, SectionKind.BESIDE)

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_WHAT = re.compile(r"[A-Za-z0-9 ().,-]{0,80}")


def decode(header: Header, data: bytes, guessed: DocumentKind, possible: Kinds) -> Extraction | Unread:
    """What the child found; `possible` are the kinds that the document's bytes may be.

    Raises:
        JobFailed: it is not of the agreed form.
    """
    try:
        if "failure" in header:
            return _unread(header, guessed, possible)
        return _extraction(header, data, possible)
    except (KeyError, TypeError, ValueError):
        raise JobFailed(Failure.MALFORMED) from None


def decode_quads(header: Header) -> tuple[Quad, ...]:
    try:
        return tuple(_quad(value) for value in items(header["quads"], MOST_QUADS))
    except (KeyError, TypeError, ValueError):
        raise JobFailed(Failure.MALFORMED) from None


def failure_of(header: Header) -> Failure:
    """The failure that the child names; a name unknown to us is a malformed answer."""
    named = header["failure"]
    return Failure(named) if isinstance(named, str) and named in TOLD_BY_CHILDREN else Failure.MALFORMED


def _unread(header: Header, guessed: DocumentKind, possible: Kinds) -> Unread:
    failure = failure_of(header)
    what = _text(header.get("what", ""), 80)
    if failure is Failure.MALFORMED or not _WHAT.fullmatch(what):
        raise ValueError
    kind = _kind(header["kind"], possible | {DocumentKind.OTHER}) if "kind" in header else guessed
    return Unread(kind, reason(failure, what))


def _extraction(header: Header, data: bytes, possible: Kinds) -> Extraction:
    text = data.decode("utf-8")
    if canonical(text) != text:
        raise ValueError
    language = header["language"]
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise ValueError
    kind = _kind(header["kind"], possible)
    sections = _sections(header["sections"], len(text))
    warnings = tuple(said(value, LONGEST_WARNING) for value in items(header["warnings"], MOST_WARNINGS))
    if not (text or warnings):  # a document without words says why
        raise ValueError
    return Extraction(
        kind=kind,
        engine=said(header["engine"], 100),
        engine_version=said(header["engine_version"], 100),
        text=text,
        sections=sections,
        metadata=_metadata(header["metadata"], kind),
        language=language,
        pages=_pages(header["pages"], sections),
        warnings=warnings,
    )


def _kind(value: str, possible: Kinds) -> DocumentKind:
    kind = DocumentKind(value)
    if kind not in possible:
        raise ValueError
    return kind


def _sections(values: object, length: int) -> tuple[Section, ...]:
    """Pages, then parts, then what stands beside the body; none overlaps another."""
    sections = tuple(_section(value, length) for value in items(values, MOST_SECTIONS))
    for before, after in pairwise(sections):
        if after.start < before.end or _IN_ORDER.index(after.kind) < _IN_ORDER.index(before.kind):
            raise ValueError
    return sections


def _section(value: object, length: int) -> Section:
    start, end, kind, label = items(value, 4)
    start = number(start, 0, length)
    return Section(start, number(end, start, length), SectionKind(kind), said(label, LONGEST_LABEL))


def _pages(value: object, sections: tuple[Section, ...]) -> int | None:
    """As many as there are sections for; None for what has no pages."""
    counted = sum(section.kind is SectionKind.PAGE for section in sections)
    if value is None and counted == 0:
        return None
    return number(value, max(1, counted), counted)


def _metadata(values: object, kind: DocumentKind) -> tuple[Metadatum, ...]:
    """Each field once, in the name of that kind's reader."""
    metadata = tuple(_metadatum(value, kind) for value in items(values, MOST_METADATA))
    if len({metadatum.field for metadatum in metadata}) < len(metadata):
        raise ValueError
    return metadata


def _metadatum(value: object, kind: DocumentKind) -> Metadatum:
    field, content, origin = items(value, 3)
    if field not in FIELDS or origin != ORIGINS.get(kind):
        raise ValueError
    return Metadatum(field, said(content, LONGEST_VALUE), origin)


def _quad(value: object) -> Quad:
    sides = items(value, 4)
    if not all(type(side) in {int, float} and -FARTHEST <= side <= FARTHEST for side in sides):
        raise ValueError
    left, bottom, right, top = map(float, sides)
    return Quad(left, bottom, right, top)


def items(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError
    return value


def said(value: object, longest: int) -> str:
    """Something, in one line: it is shown beside our own words and must not look like more of them."""
    said = _text(value, longest)
    if not said or one_line(said, longest) != said:
        raise ValueError
    return said


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or canonical(value) != value:
        raise ValueError
    value.encode("utf-8")
    return value


def number(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value
