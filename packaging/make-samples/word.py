"""Word files with footnotes and a comment, the same bytes each time."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

BALLAST = ("/customXml", "/extended-properties", "/stylesWithEffects", "/thumbnail")


class Letter:
    """A Word file that is written from top to bottom."""

    def __init__(self, title: str, author: str, language: str, written: datetime) -> None:
        self.document: WordDocument = Document()
        self._footnotes: list[str] = []
        self._written = written
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = title, author, language
        properties.comments, properties.last_modified_by, properties.revision = "", "", 1
        properties.created = properties.modified = written.replace(tzinfo=None)
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Noto Serif", Pt(11)
        marked = style.element.get_or_add_rPr()
        marked.append(_element("w:lang", val=language))

    def header(self, text: str) -> None:
        self.document.sections[0].header.paragraphs[0].text = text

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(text, level)

    def paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        return self.document.add_paragraph(text, style)

    def footnote(self, paragraph: Paragraph, text: str) -> None:
        self._footnotes.append(text)
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(_element("w:footnoteReference", id=str(len(self._footnotes))))  # noqa: SLF001

    def comment(self, run: Run, text: str, author: str, initials: str) -> None:
        comment = self.document.add_comment(run, text, author, initials)
        comment._comment_elm.set(qn("w:date"), self._written.strftime("%Y-%m-%dT%H:%M:%SZ"))  # noqa: SLF001

    def save(self, path: Path) -> None:
        part = self.document.part
        if self._footnotes:
            notes = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, self._notes(), part.package)
            part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        _leave_out_ballast(self.document)
        buffer = io.BytesIO()
        self.document.save(buffer)
        _write_steadily(buffer, path)

    def _notes(self) -> bytes:
        separators = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0">'
            "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
        )
        notes = (
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}'
            "</w:t></w:r></w:p></w:footnote>"
            for number, text in enumerate(self._footnotes, start=1)
        )
        body = separators + "".join(notes)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:footnotes xmlns:w="{NAMESPACE}">{body}</w:footnotes>'
        ).encode()


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _leave_out_ballast(document: WordDocument) -> None:
    """The template of python-docx carries a picture, every style twice, another program's name."""
    for relations in (document.part.package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(BALLAST):
                relations.pop(name)


def _write_steadily(source: io.BytesIO, path: Path) -> None:
    """The same members with no time of writing."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(member, old.read(name))


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)
