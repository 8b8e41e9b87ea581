"""DOCX: mammoth makes HTML of the body, the block walker takes its words, we add what mammoth leaves out."""

import io
import re
from importlib.metadata import version

import mammoth
from lxml import etree

from archivist.model.document import DocumentKind, Extraction
from archivist.model.sandbox import Failure
from archivist.model.text import PAGE_BREAK, Section, SectionKind
from archivist.workers import word_notes
from archivist.workers.blocks import Blocks, walk
from archivist.workers.failing import Unreadable
from archivist.workers.language import language_of
from archivist.workers.web_page import parse
from archivist.workers.word_package import Package, dangers, unpack

VERSION = version("mammoth")
_PREFIX = "archivist-"
_NOTE = re.compile(_PREFIX + r"(?:foot|end)note-.+")
_BACK = f"#{_PREFIX}"


def read(data: bytes) -> Extraction:
    package = unpack(data)
    notes: list[str] = []
    beside = {
        "Headers": word_notes.headers(package),
        "Footers": word_notes.footers(package),
        "Comments": word_notes.comments(package),
    }
    warnings = [*word_notes.tracked(package), *word_notes.hidden(package), *dangers(package)]
    try:
        html = _html(data)
    except (MemoryError, Unreadable):
        raise
    except Exception:  # noqa: BLE001  mammoth falls over small faults with whatever error comes first
        body, engine = _bare_body(package), ("lxml", etree.__version__)
        warnings.insert(0, "The file is faulty: its words were read, but not its headings, lists and tables.")
    else:
        root = parse(f"<html><body>{html}</body></html>")
        body, engine = walk(root, _is_note), ("mammoth", VERSION)
        notes = _notes(root)
    text, sections = _joined(body, notes, beside)
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


def _html(data: bytes) -> str:
    """The body; a style map inside the document is not obeyed, for it could make words vanish."""
    return str(
        mammoth.convert_to_html(
            io.BytesIO(data),
            id_prefix=_PREFIX,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(lambda _: {}),
        ).value
    )


def _notes(root: etree._Element) -> list[str]:
    """Footnotes and endnotes, numbered as the body refers to them."""
    notes = [element for element in root.iter("li") if _is_note(element)]
    return [f"[{number}] {walk(note, _is_way_back).text}" for number, note in enumerate(notes, start=1)]


def _is_note(element: etree._Element) -> bool:
    return element.tag == "li" and bool(_NOTE.fullmatch(element.get("id", "")))


def _is_way_back(element: etree._Element) -> bool:
    return element.tag == "a" and str(element.get("href", "")).startswith(_BACK)


def _joined(body: Blocks, notes: list[str], beside: dict[str, list[str]]) -> tuple[str, tuple[Section, ...]]:
    """The body with its notes, then what the file has beside it."""
    text, sections = body.text, body.sections()
    more = [(SectionKind.SECTION, "Notes", notes)]
    more += [(SectionKind.BESIDE, label, parts) for label, parts in beside.items()]
    for kind, label, parts in more:
        if parts:
            text += PAGE_BREAK if text else ""
            start = len(text)
            text += "\n".join(parts)
            sections += (Section(start, len(text), kind, label),)
    return text, sections
