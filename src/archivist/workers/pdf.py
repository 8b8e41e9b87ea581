"""PDF by PDFium's own characters, one by one: the index of a character is the key to its box.

`get_text_range` of pypdfium2 is not used: it drops characters without a Unicode value and
writes hyphens at line ends in another way (research/extraction.md 4).
"""

import re
from contextlib import closing, suppress
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2.version import PDFIUM_INFO

from archivist.model.document import DocumentKind, Extraction, Field, Metadatum
from archivist.model.reading import ORIGINS, one_line
from archivist.model.sandbox import Failure
from archivist.model.text import (
    PAGE_BREAK,
    Section,
    SectionKind,
    canonical_from_pdfium,
    join_pages,
)
from archivist.workers.failing import Unreadable
from archivist.workers.language import language_of
from archivist.workers.pdf_notes import Notes, notes_on
from archivist.workers.pdf_sight import sample_of, unseen_on

ENGINE = "pdfium"
MOST_CHARACTERS = 30_000_000
DEFECTIVE_SHARE = 0.02
LONGEST_VALUE = 2_000
LONGEST_LABEL = 40
MOST_PAGES_NAMED = 20

_HYPHEN = "\x02"
_LAST = 0x10FFFF
_FAILURES = {
    pdfium.FPDF_ERR_PASSWORD: Failure.PASSWORD,
    pdfium.FPDF_ERR_SUCCESS: Failure.NO_PAGES,  # how PDFium refuses a document that has none
}
_FIELDS = {
    "Title": Field.TITLE,
    "Author": Field.AUTHOR,
    "Subject": Field.DESCRIPTION,
    "Keywords": "keywords",
    "CreationDate": "created",
    "ModDate": "modified",
    "Creator": "created_with",
    "Producer": "producer",
}
_DATE = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"(?:(?P<utc>Z)|(?P<sign>[+-])(?P<off>\d\d)'?(?P<offmin>\d\d)?)?.*"
)
_ACTIVE = (
    (re.compile(rb"/(?:JavaScript|JS)\b"), "scripts"),
    (re.compile(rb"/Launch\b"), "a command that starts a program"),
    (re.compile(rb"/EmbeddedFiles?\b"), "embedded files"),
)


@dataclass(slots=True)
class _Found:
    pages: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    defective: list[str] = field(default_factory=list)
    layered: list[str] = field(default_factory=list)
    hiding: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)


def read(data: bytes, password: str = "") -> Extraction:
    with closing(open_pdf(data, password)) as document:
        if not len(document):
            raise Unreadable(Failure.NO_PAGES)
        found = _pages(document)
        text, sections = _joined(found)
        return Extraction(
            kind=DocumentKind.PDF,
            engine=ENGINE,
            engine_version=str(PDFIUM_INFO).partition("@")[0],
            text=text,
            sections=sections,
            metadata=_metadata(document),
            language=language_of(text),
            pages=len(document),
            warnings=(*_text_warnings(found), *_active_warnings(document, data)),
        )


def open_pdf(data: bytes, password: str = "") -> pypdfium2.PdfDocument:
    """The document; one whose password is empty opens.

    Raises:
        Unreadable: it needs a password or another one, or cannot be repaired.
    """
    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_FAILURES.get(error.err_code, Failure.DAMAGED)) from None
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()
    return document


def characters(text_page: pypdfium2.PdfTextPage) -> list[str]:
    """What PDFium says for each of its character indices; UTF-16 halves stay two.

    U+0002 means a hyphen at a line end only where PDFium says so; defective fonts write it too.
    """
    read, handle = pdfium.FPDFText_GetUnicode, text_page.raw
    codes = [read(handle, index) for index in range(pdfium.FPDFText_CountChars(text_page))]
    said = [chr(code) if code <= _LAST else "" for code in codes]
    for index, character in enumerate(said):
        if character == _HYPHEN and pdfium.FPDFText_IsHyphen(text_page, index) != 1:
            said[index] = ""
    return said


def _pages(document: pypdfium2.PdfDocument) -> _Found:
    found = _Found()
    total = 0
    for index in range(len(document)):
        label = label_of(document, index)
        text = _page(document, index, label, found)
        total += len(text)
        if total > MOST_CHARACTERS:
            raise Unreadable(Failure.TOO_MUCH_TEXT)
        found.pages.append(text)
        found.labels.append(label)
    if len(found.unreadable) == len(document):
        raise Unreadable(Failure.NO_PAGES)
    return found


def label_of(document: pypdfium2.PdfDocument, index: int) -> str:
    return one_line(document.get_page_label(index), LONGEST_LABEL) or str(index + 1)


def _page(document: pypdfium2.PdfDocument, index: int, label: str, found: _Found) -> str:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        found.unreadable.append(label)
        return ""
    with closing(page), closing(text_page):
        raw = characters(text_page)
        if _is_defective(text_page, raw):
            found.defective.append(label)
        unseen = unseen_on(page, text_page, raw)
        if unseen.in_layer:
            found.layered.append(label)
        if unseen.hidden:
            found.hiding.append(label)
        notes_on(page, document.formenv, found.notes)
        text = canonical_from_pdfium("".join(raw))
        return text if text.strip() else ""


def _is_defective(text_page: pypdfium2.PdfTextPage, raw: list[str]) -> bool:
    """Fonts without a way back to letters; a sample of each page tells."""
    sample = sample_of(raw)
    bad = sum(
        _is_bad(raw[index]) or pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1 for index in sample
    )
    return bool(bad > DEFECTIVE_SHARE * len(sample))


def _is_bad(character: str) -> bool:
    return (
        not character
        or character in "\0\ufffd"
        or "\ue000" <= character <= "\uf8ff"
        or (character < " " and character not in "\r\n\t\x02")
    )


def _joined(found: _Found) -> tuple[str, tuple[Section, ...]]:
    """The pages, then what was filled into forms and noted on pages; nothing where no page says anything."""
    if any(found.pages):
        text, sections = join_pages(found.pages, found.labels)
    else:
        text, sections = "", tuple(Section(0, 0, SectionKind.PAGE, label) for label in found.labels)
    for label, lines in (("Form fields", found.notes.fields), ("Comments", found.notes.comments)):
        if lines:
            text += PAGE_BREAK if text else ""
            start = len(text)
            text += "\n".join(lines)
            sections += (Section(start, len(text), SectionKind.BESIDE, label),)
    return text, sections


def _text_warnings(found: _Found) -> list[str]:
    blank = [label for label, text in zip(found.labels, found.pages, strict=True) if not text]
    silent = [label for label in blank if label not in found.unreadable]
    warnings = []
    if found.unreadable:
        warnings.append(f"Damaged, and without text: {_named(found.unreadable)}.")
    if silent and len(silent) == len(found.pages):
        warnings.append(
            "No text: the pages are pictures, as of a scan; their words cannot be searched or quoted."
        )
    elif silent:
        warnings.append(f"Without text, perhaps pictures of text: {_named(silent)}.")
    if found.defective:
        warnings.append(
            f"The text layer is defective, so words may be wrong or missing: {_named(found.defective)}."
        )
    if found.layered:
        warnings.append(
            f"The words on {_named(found.layered)} are an invisible layer, as a scanner's text recognition"
            " makes it: compare them with the picture of the page."
        )
    if found.hiding:
        warnings.append(
            f"Some words on {_named(found.hiding)} cannot be seen there (transparent, white, tiny or beyond"
            " the edge): compare them with the picture of the page."
        )
    return warnings


def _named(labels: list[str]) -> str:
    shown = ", ".join(labels[:MOST_PAGES_NAMED])
    more = " and others" if len(labels) > MOST_PAGES_NAMED else ""
    return f"page {shown}" if len(labels) == 1 else f"{len(labels)} pages ({shown}{more})"


def _active_warnings(document: pypdfium2.PdfDocument, data: bytes) -> list[str]:
    """Told by names alone; nothing here is ever run."""
    kinds = [what for name, what in _ACTIVE if name.search(data)]
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        kinds.append("scripts")
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        kinds.append("embedded files")
    return [
        f"The original contains {what}; be careful with it outside Archivist."
        for what in dict.fromkeys(kinds)
    ]


def _metadata(document: pypdfium2.PdfDocument) -> tuple[Metadatum, ...]:
    found = []
    for key, name in _FIELDS.items():
        value = one_line(document.get_metadata_value(key), LONGEST_VALUE)
        if key.endswith("Date"):
            value = iso_date(value)
        if value:
            found.append(Metadatum(name, value, ORIGINS[DocumentKind.PDF]))
    return tuple(found)


def iso_date(value: str) -> str:
    """A date of a PDF, as precise as it was written, in ISO 8601; what is no date stays as it is."""
    match = _DATE.fullmatch(value)
    if not match:
        return value
    part = match.groupdict()
    written = "-".join(filter(None, (part["year"], part["month"], part["day"])))
    if not part["hour"]:
        return written
    written += "T" + ":".join((part["hour"], part["minute"] or "00", part["second"] or "00"))
    if part["utc"]:
        return written + "Z"
    return written + (f"{part['sign']}{part['off']}:{part['offmin'] or '00'}" if part["sign"] else "")
