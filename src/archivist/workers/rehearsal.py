"""Reads one small sample of each kind before the first document comes.

Libraries import parts of themselves when first used, which a child behind its walls cannot do
any more; and what they compile at first use is then compiled once and not for each document.
"""

import io
import zipfile
from collections.abc import Callable

_PAGE = b"""<html lang="en"><head><title>Rehearsal \xe2\x80\x93 Archivist</title>
<meta name="author" content="No One"><meta property="article:published_time" content="2020-01-02">
<link rel="canonical" href="https://example.org/2020/01/02/page.html">
<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Rehearsal", "datePublished": "2020-01-02"}</script>
</head><body><h1>Rehearsal</h1><p class="date">2 January 2020</p><p>Some words.</p><pre>more</pre>
</body></html>"""
_BARE_PAGE = (
    b"<p>\xcf\xf0\xe0\xe2\xe0 \xf7\xe5\xeb\xee\xe2\xe5\xea\xe0, \xe2\xf1\xe5\xec. 3 \xec\xe0\xf0\xf2\xe0</p>"
)
PAPER = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>> endobj
2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R/Annots[4 0 R]
/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj
4 0 obj <</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(value)/Rect[0 0 9 9]>> endobj
5 0 obj <</Length 37>>stream
BT /F1 12 Tf 9 100 Td (Some words) Tj ET
endstream endobj
trailer <</Root 1 0 R/Info<</Title(Rehearsal)/CreationDate(D:20200102)>>>>
%%EOF"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCX = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f"<w:document {_W}><w:body><w:p><w:r><w:t>Some words</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>",
    "word/header1.xml": f"<w:hdr {_W}><w:p><w:r><w:t>Above</w:t></w:r></w:p></w:hdr>",
    "word/comments.xml": f'<w:comments {_W}><w:comment w:id="0" w:author="No One"><w:p/>'
    "</w:comment></w:comments>",
    "docProps/core.xml": '<core xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>Rehearsal</d:title></core>',
}


def rehearse(read: Callable[[bytes, str], object]) -> None:
    for name, sample in _samples().items():
        read(sample, name)


def _samples() -> dict[str, bytes]:
    return {
        "page.html": _PAGE,
        "bare.html": _BARE_PAGE,
        "paper.pdf": PAPER,
        "letter.docx": _docx(),
        "note.md": b"# Rehearsal\n\nSome words.",
        "old.txt": "Кодировка без названия, слова на русском языке.".encode("cp1251"),
    }


def _docx() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in _DOCX.items():
            container.writestr(name, part)
    return content.getvalue()
