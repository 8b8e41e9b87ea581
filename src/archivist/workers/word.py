"""DOCX: mammoth makes HTML of the body, the block walker takes its words, we add what mammoth leaves out."""

import io
import re
from dataclasses import replace
from importlib.metadata import version

import mammoth
from lxml import etree

from archivist.model.document import DocumentKind, Extraction
from archivist.model.sandbox import Failure
from archivist.model.styles import MOST_RUNS, StyledText
from archivist.model.text import PAGE_BREAK, Section, SectionKind, sha256_of
from archivist.workers import word_notes
from archivist.workers.blocks import Blocks, walk
from archivist.workers.failing import Unreadable
from archivist.workers.language import language_of
from archivist.workers.style_walk import StyleWalker
from archivist.workers.web_page import parse
from archivist.workers.word_package import Package, dangers, unpack

VERSION = version("mammoth")
_PREFIX = "archivist-"
_NOTE = re.compile(_PREFIX + r"(?:foot|end)note-.+")
_BACK = f"#{_PREFIX}"
_STYLES_TOO = "u => u"  # mammoth leaves underlines out unless asked


def read(data: bytes) -> Extraction:
    package = unpack(data)
    notes: list[str] = []
    warnings = [*word_notes.tracked(package), *word_notes.hidden(package), *dangers(package)]
    try:
        root = _tree(data)
    except (MemoryError, Unreadable):
        raise
    except Exception:  # noqa: BLE001  mammoth falls over small faults with whatever error comes first
        body, engine = _bare_body(package), ("lxml", etree.__version__)
        warnings.insert(0, "The file is faulty: its words were read, but not its headings, lists and tables.")
    else:
        body, engine = walk(root, _is_note), ("mammoth", VERSION)
        notes = [walk(note, _is_way_back).text for note in _notes(root)]
    text, sections = _joined(body, notes, package)
    return Extraction(
        kind=DocumentKind.DOCX,
        engine=engine[0],
        engine_version=engine[1],
        text=text,
        sections=sections,
        metadata=word_notes.properties(package),
        language=language_of(text),
        warnings=tuple(warnings),
    )


def styles(data: bytes) -> StyledText:
    """How the body and its notes look.

    Raises:
        Unreadable: the file is faulty; its words have no styles.
    """
    package = unpack(data)
    try:
        root = _tree(data, _STYLES_TOO)
    except (MemoryError, Unreadable):
        raise
    except Exception:  # noqa: BLE001  as above
        raise Unreadable(Failure.DAMAGED) from None
    body = StyleWalker()
    walk(root, _is_note, body)
    runs, notes = body.runs, []
    start = body.blocks.length + (len(PAGE_BREAK) if body.blocks.length else 0)
    for number, note in enumerate(_notes(root), start=1):
        walker = StyleWalker()
        notes.append(walk(note, _is_way_back, walker).text)
        start += len(_numbered(number, ""))
        runs += [replace(run, start=run.start + start, end=run.end + start) for run in walker.runs]
        start += walker.blocks.length + 1
    text, _ = _joined(body.blocks, notes, package)
    return StyledText(sha256_of(text), tuple(body.found), tuple(runs[:MOST_RUNS]))


def _bare_body(package: Package) -> Blocks:
    """The words of a document that mammoth cannot make out.

    Raises:
        Unreadable: there is not even XML.
    """
    parts = word_notes.bodies(package)
    if not parts:
        raise Unreadable(Failure.DAMAGED)
    text = "\n".join(parts)
    return Blocks(lines=[text], length=len(text))


def _tree(data: bytes, style_map: str | None = None) -> etree._Element:
    """The body; a style map inside the document is not obeyed, for it could make words vanish."""
    html = str(
        mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=style_map,
            id_prefix=_PREFIX,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(lambda _: {}),
        ).value
    )
    return parse(f"<html><body>{html}</body></html>")


def _notes(root: etree._Element) -> list[etree._Element]:
    """Footnotes and endnotes, in the order in which the body refers to them."""
    return [element for element in root.iter("li") if _is_note(element)]


def _numbered(number: int, note: str) -> str:
    return f"[{number}] {note}"


def _is_note(element: etree._Element) -> bool:
    return element.tag == "li" and bool(_NOTE.fullmatch(element.get("id", "")))


def _is_way_back(element: etree._Element) -> bool:
    return element.tag == "a" and str(element.get("href", "")).startswith(_BACK)


def _joined(body: Blocks, notes: list[str], package: Package) -> tuple[str, tuple[Section, ...]]:
    """The body with its notes, then what the file has beside it."""
    text, sections = body.text, body.sections()
    numbered = [_numbered(number, note) for number, note in enumerate(notes, start=1)]
    for kind, label, parts in (
        (SectionKind.SECTION, "Notes", numbered),
        (SectionKind.BESIDE, "Headers", word_notes.headers(package)),
        (SectionKind.BESIDE, "Footers", word_notes.footers(package)),
        (SectionKind.BESIDE, "Comments", word_notes.comments(package)),
    ):
        if parts:
            text += PAGE_BREAK if text else ""
            start = len(text)
            text += "\n".join(parts)
            sections += (Section(start, len(text), kind, label),)
    return text, sections
