"""Small documents made on the spot, so that a test shows all that matters in them."""

import io
import zipfile

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(body: str, parts: dict[str, str] | None = None, *, before: str = "") -> bytes:
    """A DOCX with `body` as its WordprocessingML, and further parts by name."""
    document = f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    every = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONSHIPS, "word/document.xml": document}
    return zipped({**every, **(parts or {})})


def zipped(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    return content.getvalue()


def paragraph(words: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{words}</w:t></w:r></w:p>"


def pdf(
    *pages: str,
    catalog: str = "",
    page: str = "",
    info: str = "",
    before: str = "",
    objects: tuple[str, ...] = (),
) -> bytes:
    """A PDF whose pages show one line of Latin text for each line given.

    `objects` get the numbers from 10 on; `page` goes into every page, `catalog` into the catalog.
    `before` are operators in front of the words; the graphics state `Clear` paints nothing.
    """
    kids = range(100, 100 + 2 * len(pages), 2)
    numbered = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: f"<<{info}>>",
        **dict(enumerate(objects, start=10)),
    }
    for kid, text in zip(kids, pages, strict=True):
        shown = "".join(f"({line})Tj 0 -14 Td " for line in text.split("\n"))
        stream = f"{before} BT /F1 12 Tf 72 700 Td {shown}ET" if text else ""
        numbered[kid] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {kid + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>/ExtGState<</Clear<</ca 0>>>>>>{page}>>"
        )
        numbered[kid + 1] = f"<</Length {len(stream)}>>stream\n{stream}\nendstream"
    return _written(numbered)


def _written(numbered: dict[int, str]) -> bytes:
    """The objects in a file, with a table of where they stand."""
    content = b"%PDF-1.7\n"
    places = {0: 0}
    for number, said in sorted(numbered.items()):
        places[number] = len(content)
        content += f"{number} 0 obj\n{said}\nendobj\n".encode("latin-1")
    table = "".join(
        f"{number} 1\n{place:010} {'00000 n' if number else '65535 f'} \n" for number, place in places.items()
    )
    trailer = f"trailer <</Size {max(places) + 1}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{len(content)}\n%%EOF"
    return content + f"xref\n{table}{trailer}".encode("latin-1")
