"""Plain text and Markdown: the words as they were written, markup and all."""

import re

import charset_normalizer

from archivist.model.document import DocumentKind, Extraction, Field, Metadatum
from archivist.model.reading import ORIGINS, one_line
from archivist.model.text import Section, canonical
from archivist.workers.blocks import sections_from
from archivist.workers.decoding import decode
from archivist.workers.language import language_of

ENGINE = "plain text"
LONGEST_TITLE = 500

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")


def read_text(data: bytes) -> Extraction:
    decoded = decode(data)
    text = canonical(decoded.text)
    return Extraction(
        kind=DocumentKind.TEXT,
        engine=ENGINE,
        engine_version=_version(),
        text=text,
        language=language_of(text),
        warnings=decoded.warnings,
    )


def read_markdown(data: bytes) -> Extraction:
    decoded = decode(data)
    text = canonical(decoded.text)
    sections, title = _outline(text)
    return Extraction(
        kind=DocumentKind.MARKDOWN,
        engine=ENGINE,
        engine_version=_version(),
        text=text,
        sections=sections,
        metadata=(Metadatum(Field.TITLE, title, ORIGINS[DocumentKind.MARKDOWN]),) if title else (),
        language=language_of(text),
        warnings=decoded.warnings,
    )


def _version() -> str:
    """The encoding is the only thing that an engine decides here."""
    return f"charset-normalizer {charset_normalizer.__version__}"


def _outline(text: str) -> tuple[tuple[Section, ...], str]:
    """Where each heading's part stands, and the first heading of the first rank."""
    headings = _headings(text)
    title = next((one_line(label, LONGEST_TITLE) for _, rank, label in headings if rank == 1), "")
    return sections_from([(start, label) for start, _, label in headings], len(text)), title


def _headings(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    fence = ""
    offset = _front_matter(text)
    above = (offset, "")
    for line in text[offset:].split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            if heading := _HEADING.fullmatch(line):
                found.append((offset, len(heading[1]), heading[2]))
            elif (under := _UNDERLINE.fullmatch(line)) and _can_be_heading(above[1]):
                found.append((above[0], 1 if under[1][0] == "=" else 2, above[1].strip()))
        above = (offset, "" if fence else line)
        offset += len(line) + 1
    return found


def _front_matter(text: str) -> int:
    """Where the text goes on after a block between `---` lines at its very start."""
    if text.startswith("---\n") and (end := text.find("\n---\n", 3)) > 0:
        return end + len("\n---\n")
    return 0


def _can_be_heading(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("    ", "\t", ">", "#", "- ", "* ", "|"))
