"""The document that a brief is poured into: opened, emptied, cleaned, and saved the same every time."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships, _Relationship
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from archivist.workers.docx_base import STYLES, base_document
from archivist.workers.docx_order import SECTPR, SETTINGS
from archivist.workers.docx_xml import Element, name_of, put, w

_KEPT = frozenset({RT.STYLES, RT.SETTINGS, RT.NUMBERING, RT.FONT_TABLE, RT.THEME, RT.HEADER, RT.FOOTER})
_KEPT_BELOW = frozenset({RT.IMAGE, RT.HYPERLINK, RT.FONT})
_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
_DROPPED_SETTINGS = frozenset(
    {
        "attachedTemplate",
        "docVars",
        "documentProtection",
        "endnotePr",
        "mailMerge",
        "proofState",
        "revisionView",
        "rsids",
        "trackRevisions",
        "updateFields",
        "writeProtection",
    }
)
_FETCHING = re.compile(r"\b(INCLUDE\w*|LINK|DDE\w*|IMPORT|DATABASE)\b", re.IGNORECASE)
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class Refused(Exception):
    """The user's reference document cannot be used; the argument says why, as `packs/docx.py` knows it."""


class Package:
    """A document with an empty body, all styles that a brief needs, and no trace of who made it."""

    def __init__(self, reference: bytes | None) -> None:
        self._document = _opened(reference or base_document())
        self._main = self._document.part
        self.is_ours = reference is None
        self.body: Element = self._document.element.body
        self.section = self._emptied()
        self._clean()
        self._styles = self._with_styles()

    def style(self, name: str) -> str:
        """The id of the style that is called `name`."""
        return self._styles[name.lower()]

    @property
    def text_width(self) -> int:
        """Between the margins, in twentieths of a point."""
        size, margins = self.section.find(qn("w:pgSz")), self.section.find(qn("w:pgMar"))
        if size is None or margins is None:
            return 9000
        width, left, right = (
            int(float(value or 0))
            for value in (size.get(qn("w:w")), margins.get(qn("w:left")), margins.get(qn("w:right")))
        )
        return max(width - left - right, 3000)

    @property
    def has_margins_text(self) -> bool:
        """Whether the user's document has a header or footer of its own; then it stays."""
        return any(name_of(child) in {"headerReference", "footerReference"} for child in self.section)

    def link(self, address: str) -> str:
        """The id of a relationship that leads outside."""
        return self._main.relate_to(address, RT.HYPERLINK, is_external=True)

    def add_margins(self, header: Element, footer: Element) -> None:
        """A header and a footer on all pages but the first."""
        for kind, element, relation, content_type in (
            ("footer", footer, RT.FOOTER, CT.WML_FOOTER),
            ("header", header, RT.HEADER, CT.WML_HEADER),
        ):
            root = w("ftr" if kind == "footer" else "hdr", element)
            related = self._relate(f"/word/{kind}9.xml", content_type, root, relation)
            reference = w(f"{kind}Reference", type="default")
            reference.set(qn("r:id"), related)
            self.section.insert(0, reference)
        put(self.section, w("titlePg"), SECTPR)

    def add_footnotes(self, notes: list[Element]) -> None:
        separators = [
            w("footnote", w("p", w("r", w(tag))), type=tag, id=number)
            for number, tag in ((-1, "separator"), (0, "continuationSeparator"))
        ]
        self._relate(
            "/word/footnotes.xml", CT.WML_FOOTNOTES, w("footnotes", *separators, *notes), RT.FOOTNOTES
        )
        listed = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
        put(self._document.settings.element, listed, SETTINGS)

    def save(self, properties: Element) -> bytes:
        """With these core properties: byte for byte the same whenever and wherever."""
        package = self._main.package
        name = PackURI("/docProps/core.xml")
        part = Part(name, CT.OPC_CORE_PROPERTIES, serialize_part_xml(properties), package)
        package.relate_to(part, RT.CORE_PROPERTIES)
        raw = io.BytesIO()
        self._document.save(raw)
        return _zipped_alike(raw)

    def _relate(self, name: str, content_type: str, root: Element, relation: str) -> str:
        part = Part(PackURI(name), content_type, serialize_part_xml(root), self._main.package)
        return self._main.relate_to(part, relation)

    def _emptied(self) -> Element:
        """The body without content; gives its last section's properties, which stay."""
        section = self.body.find(qn("w:sectPr"))
        for child in list(self.body):
            self.body.remove(child)
        section = w("sectPr") if section is None else section
        for child in list(section):
            if name_of(child) in {"printerSettings", "footnotePr", "endnotePr"}:
                section.remove(child)
        for element in list(section.iter()):
            _forget_author(element)
        self.body.append(section)
        return section

    def _clean(self) -> None:
        """Leaves nothing of a reference document but looks: no template path, comments, names, programs."""
        package = self._main.package
        _keep_only(package.rels, frozenset({RT.OFFICE_DOCUMENT}), set())
        used = {str(child.get(qn("r:id"))) for child in self.section}
        margins = {
            key
            for key, relation in self._main.rels.items()
            if relation.reltype in {RT.HEADER, RT.FOOTER} and key not in used
        }
        _keep_only(self._main.rels, _KEPT, margins)
        for relation in self._main.rels.values():
            _clean_part(relation.target_part)
        settings = self._document.settings.element
        for child in list(settings):
            if name_of(child) in _DROPPED_SETTINGS:
                settings.remove(child)

    def _with_styles(self) -> dict[str, str]:
        """Each style that we use by name; the document's own win, ours are added where it has none."""
        styles = self._document.styles.element
        known = {_style_name(style): _style_id(style) for style in styles.findall(qn("w:style"))}
        taken = set(known.values())
        for ours in parse_xml(STYLES.encode("utf-8")).findall(qn("w:style")):
            name = _style_name(ours)
            if name in known or ours.get(qn("w:default")):
                continue
            known[name] = _free(_style_id(ours), taken)
            styles.append(_adapted(ours, known))
        return known


def _opened(content: bytes) -> Document:
    try:
        return docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Refused("unreadable") from error


def _keep_only(relations: Relationships, kinds: frozenset[str], but: set[str]) -> None:
    for key in [key for key, one in relations.items() if one.reltype not in kinds or key in but]:
        del relations[key]


def _clean_part(part: Part) -> None:
    """A letterhead may hold pictures and links, and nothing that fetches or runs.

    Raises:
        Refused: it does.
    """
    for relation in part.rels.values():
        if relation.reltype != _TEMPLATE and not _is_harmless(relation):
            raise Refused("linked")
    _keep_only(part.rels, _KEPT_BELOW, set())
    if not isinstance(part, XmlPart):
        return
    if _FETCHING.search(" ".join(_instructions(part.element))):
        raise Refused("linked")
    for element in list(part.element.iter()):
        _forget_author(element)


def _is_harmless(relation: _Relationship) -> bool:
    is_link = relation.reltype == RT.HYPERLINK
    return relation.reltype in _KEPT_BELOW and (is_link or not relation.is_external)


def _forget_author(element: Element) -> None:
    for name in [name for name in element.attrib if "}rsid" in str(name)]:
        del element.attrib[name]
    parent = element.getparent()
    if parent is not None and (name_of(element) == "rsid" or name_of(element).endswith("PrChange")):
        parent.remove(element)


def _instructions(root: Element) -> Iterator[str]:
    for element in root.iter(qn("w:instrText"), qn("w:fldSimple")):
        yield element.text or ""
        yield element.get(qn("w:instr")) or ""


def _style_name(style: Element) -> str:
    name = style.find(qn("w:name"))
    return str(name.get(qn("w:val"))).lower() if name is not None else ""


def _style_id(style: Element) -> str:
    return str(style.get(qn("w:styleId")))


def _free(identity: str, taken: set[str]) -> str:
    while identity in taken:
        identity += "A"
    taken.add(identity)
    return identity


def _adapted(style: Element, known: dict[str, str]) -> Element:
    """One of our styles for a document of the user: under its own id, in the document's fonts."""
    style.set(qn("w:styleId"), known[_style_name(style)])
    for link in style.findall(qn("w:basedOn")) + style.findall(qn("w:next")):
        name = _BASES[str(link.get(qn("w:val")))]
        if name in known:
            link.set(qn("w:val"), known[name])
        else:
            style.remove(link)
    for fonts in list(style.iter(qn("w:rFonts"))):
        if _style_name(style) != "archivist hash" and (parent := fonts.getparent()) is not None:
            parent.remove(fonts)
    return style


_BASES = {"Normal": "normal", "DefaultParagraphFont": "default paragraph font"}


def _zipped_alike(raw: io.BytesIO) -> bytes:
    """The same package with fixed times, order and origin."""
    again = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return again.getvalue()
