"""The brief as a Word document with real footnotes. Runs in the sandboxed child: it loads lxml."""

from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from archivist.model.pack import Pack, Replacement
from archivist.model.preflight import Shown, preflight
from archivist.workers.docx_body import Brief
from archivist.workers.docx_order import SECTPR
from archivist.workers.docx_package import Package, Refused
from archivist.workers.docx_xml import Element, put, w

Labels = Mapping[str, str]

# Asked once, on loading: a child that works can open no file.
ENGINE = f"python-docx {version('python-docx')}, lxml {version('lxml')}"

_PROPERTIES = """<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title/><dc:creator/><dc:identifier/><dc:language/>
<cp:lastModifiedBy/><cp:revision>1</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF"/>
<dcterms:modified xsi:type="dcterms:W3CDTF"/></cp:coreProperties>"""


def job(header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """For the child's table of jobs: pack and labels in the header, a reference document or nothing."""
    try:
        content, replacements = write_docx(Pack.from_json(header["pack"]), data or None, header["labels"])
    except Refused as refusal:
        return {"refused": str(refusal)}, b""
    listed = [[one.where, one.character, one.shown_as] for one in replacements]
    return {"engine": ENGINE, "replacements": listed}, content


def write_docx(pack: Pack, reference: bytes | None, labels: Labels) -> tuple[bytes, list[Replacement]]:
    """The document, and what is shown in it otherwise than it stands in the archive.

    `reference` is a document of the user: its page, header, footer and styles are kept,
    everything else in it is dropped.
    """
    shown = preflight(pack)
    package = Package(reference)
    brief = Brief(shown, labels, package)
    section = package.section
    for element in brief.body():
        section.addprevious(element)
    package.add_footnotes(brief.footnotes)
    if not package.has_margins_text:
        package.add_margins(brief.header(), brief.footer())
    if brief.is_rtl:
        put(section, w("bidi"), SECTPR)
    return package.save(_properties(shown, labels)), list(shown.replacements)


def _properties(shown: Shown, labels: Labels) -> Element:
    """About the pack alone: no clock, no computer, no user."""
    pack = shown.pack
    root = parse_xml(_PROPERTIES)
    values = {
        "dc:title": pack.title.text,
        "dc:creator": pack.author.text,
        "dc:identifier": pack.id,
        "dc:language": labels["language"],
        "cp:lastModifiedBy": pack.author.text,
        "dcterms:created": _midnight(pack.date),
        "dcterms:modified": _midnight(pack.date),
    }
    for name, value in values.items():
        element = root.find(qn(name))
        assert element is not None  # noqa: S101  it stands in the text above
        element.text = value
    return root


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
