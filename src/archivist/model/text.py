"""Canonical text: the one form of a document's words that quotes point into.

Rules (DESIGN, “canonical text”): NFC; CRLF and CR become LF; surrogate pairs are joined;
U+0000, the C0 controls except LF and TAB, U+FFFE and U+FEFF are removed. Offsets are code
points. Pages are joined by two LF; where they start is kept in sections.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from archivist.model.ids import DocumentId, TextId

PAGE_BREAK = "\n\n"

_REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class SectionKind(StrEnum):
    """What a stretch of text was in the original."""

    PAGE = "page"
    SECTION = "section"
    BESIDE = "beside"  # comments, headers, form fields: in the file, and not the words of its body


@dataclass(frozen=True, slots=True)
class Section:
    """A page or a labelled part: `text[start:end]`, offsets in code points."""

    start: int
    end: int
    kind: SectionKind
    label: str


class TextOrigin(StrEnum):
    """How a text came to be."""

    EXTRACTED = "extracted"
    OCR = "ocr"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Text:
    """One immutable canonical text of a document, made by one version of one engine."""

    id: TextId
    document_id: DocumentId
    origin: TextOrigin
    engine: str
    engine_version: str
    language: str | None
    content: str
    sha256: str
    sections: tuple[Section, ...]

    @property
    def is_unaltered(self) -> bool:
        return sha256_of(self.content) == self.sha256

    @property
    def pages(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.kind is SectionKind.PAGE)

    @property
    def page_labels(self) -> tuple[str, ...]:
        """What is printed on each page, e.g. `iv`; its number where nothing is."""
        return tuple(page.label or str(number) for number, page in enumerate(self.pages, start=1))

    def page_at(self, offset: int) -> int | None:
        """The page, counted from 1, on which the code point `offset` stands; None beside all pages."""
        if self.beside_at(offset):
            return None
        pages = self.pages
        number = bisect_right(pages, offset, key=lambda page: page.start)
        return number if number and offset < pages[number - 1].end + len(PAGE_BREAK) else None

    def beside_at(self, offset: int) -> str | None:
        """What the code point `offset` belongs to, if not to the body, e.g. `Comments`."""
        beside = (section for section in self.sections if section.kind is SectionKind.BESIDE)
        return next((section.label for section in beside if section.start <= offset < section.end), None)


def canonical(raw: str) -> str:
    """Bring `raw` into canonical form; doing it twice changes nothing."""
    if _SURROGATES.search(raw):
        raw = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _REMOVED.sub("", lines))


def canonical_from_pdfium(raw: str) -> str:
    """As `canonical`; PDFium marks a hyphen at the end of a line by U+0002 and drops the line end."""
    return canonical(raw.replace("\x02", "\u00ad\n"))


def join_pages(pages: Iterable[str], labels: Iterable[str]) -> tuple[str, tuple[Section, ...]]:
    """Canonical pages to one text and the table of where each page stands."""
    sections = []
    parts = []
    start = 0
    for page, label in zip(pages, labels, strict=True):
        sections.append(Section(start, start + len(page), SectionKind.PAGE, label))
        parts.append(page)
        start += len(page) + len(PAGE_BREAK)
    return PAGE_BREAK.join(parts), tuple(sections)


def sha256_of(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def to_utf16(text: str, offset: int) -> int:
    """Code points before `offset` counted in UTF-16 units, as Qt and PDFium count."""
    return offset + sum(1 for character in text[:offset] if character > "\uffff")


def from_utf16(text: str, units: int) -> int:
    """The code point offset of a position counted in UTF-16 units.

    A position inside a surrogate pair counts as the start of that character.
    """
    seen = 0
    for offset, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if seen + width > units:
            return offset
        seen += width
    return len(text)
