"""The empty document that a brief is poured into where the user gives none: our own styles, nothing else."""

import io
import zipfile

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

INK, SOFT, ACCENT, BAR, CONTRADICTS = "1D1E22", "55575F", "2747B0", "C3CBE6", "A81F3D"


def _fonts(latin: str, east_asian: str, complex_script: str) -> str:
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{complex_script}"/>'
    )


SANS = _fonts("Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic")
MONO = '<w:rFonts w:ascii="Noto Sans Mono" w:hAnsi="Noto Sans Mono" w:cs="Noto Sans Mono"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _style(  # noqa: PLR0913  a style is just this long
    identity: str, name: str, paragraph: str = "", run: str = "", *, base: str = "Normal", follows: str = ""
) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + (f'<w:next w:val="{follows}"/>' if follows else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _character(identity: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{run}</w:rPr></w:style>'
    )


_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f"{_fonts('Noto Serif', 'Noto Serif CJK SC', 'Noto Naskh Arabic')}"
    f'{_colour(INK)}<w:sz w:val="21"/><w:szCs w:val="24"/>'
    '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    '<w:spacing w:after="140" w:line="300" w:lineRule="auto"/>'
    "</w:pPr></w:pPrDefault></w:docDefaults>"
)

_FIXED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    "</w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="160" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)

QUOTE_BORDER = f'<w:left w:val="single" w:sz="18" w:space="10" w:color="{BAR}"/>'

_OWN = (
    _style(
        "Title",
        "Title",
        '<w:spacing w:before="120" w:after="600" w:line="252" w:lineRule="auto"/>',
        SANS + "<w:b/><w:bCs/>" + _size(56),
        follows="Normal",
    )
    + _style(
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:keepLines/><w:spacing w:before="560" w:after="160" w:line="264" w:lineRule="auto"/>'
        '<w:outlineLvl w:val="0"/>',
        SANS + "<w:b/><w:bCs/>" + _size(32),
        follows="Normal",
    )
    + _style(
        "Heading2",
        "heading 2",
        '<w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="80" w:line="264" w:lineRule="auto"/>'
        '<w:outlineLvl w:val="1"/>',
        SANS + "<w:b/><w:bCs/>" + _size(22),
        follows="Normal",
    )
    + _style(
        "TOC1",
        "toc 1",
        '<w:tabs><w:tab w:val="right" w:pos="9185"/></w:tabs><w:spacing w:before="60" w:after="60"/>',
        SANS,
        follows="Normal",
    )
    + _style(
        "ArchivistContents",
        "Archivist Contents",
        '<w:keepNext/><w:spacing w:before="0" w:after="240"/>',
        SANS + "<w:b/><w:bCs/>" + _size(32),
        follows="Normal",
    )
    + _style(
        "Header",
        "header",
        '<w:tabs><w:tab w:val="right" w:pos="9185"/></w:tabs><w:spacing w:after="0"/>',
        SANS + _colour(SOFT) + _size(16),
    )
    + _style(
        "Footer",
        "footer",
        '<w:tabs><w:tab w:val="right" w:pos="9185"/></w:tabs><w:spacing w:after="0"/>',
        SANS + _colour(SOFT) + _size(16),
    )
    + _style(
        "FootnoteText", "footnote text", '<w:spacing w:after="40" w:line="252" w:lineRule="auto"/>', _size(17)
    )
    + _style(
        "ArchivistQuote",
        "Archivist Quote",
        f'<w:keepLines/><w:pBdr>{QUOTE_BORDER}</w:pBdr><w:spacing w:before="40" w:after="80"/>'
        '<w:ind w:left="284" w:right="0"/>',
    )
    + _style(
        "ArchivistMeta",
        "Archivist Meta",
        '<w:spacing w:after="60" w:line="264" w:lineRule="auto"/>',
        SANS + _colour(SOFT) + _size(17),
    )
    + _style(
        "ArchivistNote",
        "Archivist Note",
        '<w:shd w:val="clear" w:color="auto" w:fill="F6F7FA"/>'
        '<w:spacing w:before="60" w:after="120" w:line="276" w:lineRule="auto"/>'
        '<w:ind w:left="284" w:right="0"/>',
        _size(19),
    )
    + _style(
        "ArchivistFact",
        "Archivist Fact",
        '<w:spacing w:after="20" w:line="264" w:lineRule="auto"/>',
        SANS + _size(18),
    )
    + _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>')
    + _character("Hyperlink", "Hyperlink", _colour(ACCENT))
    + _character("ArchivistNumber", "Archivist Number", '<w:b w:val="0"/><w:bCs w:val="0"/>' + _colour(SOFT))
    + _character("ArchivistLabel", "Archivist Label", SANS + _colour(SOFT))
    + _character("ArchivistRole", "Archivist Role", "<w:b/><w:bCs/>" + _colour(INK))
    + _character("ArchivistContradicts", "Archivist Contradicts", "<w:b/><w:bCs/>" + _colour(CONTRADICTS))
    + _character("ArchivistHash", "Archivist Hash", MONO + _size(15))
)
STYLES = f"{_HEAD}<w:styles {_NAMESPACES}>{_DEFAULTS}{_FIXED}{_OWN}</w:styles>"

SETTINGS_XML = (
    f'{_HEAD}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)

_FONT_FAMILIES = (
    ("Noto Serif", "Cambria", "roman"),
    ("Noto Sans", "Calibri", "swiss"),
    ("Noto Sans Mono", "Consolas", "modern"),
    ("Noto Serif CJK SC", "SimSun", "roman"),
    ("Noto Serif CJK TC", "PMingLiU", "roman"),
    ("Noto Serif CJK JP", "MS Mincho", "roman"),
    ("Noto Serif CJK KR", "Batang", "roman"),
    ("Noto Sans CJK SC", "Microsoft YaHei", "swiss"),
    ("Noto Naskh Arabic", "Traditional Arabic", "roman"),
    ("Noto Sans Arabic", "Arial", "swiss"),
    ("Noto Serif Tibetan", "Microsoft Himalaya", "roman"),
    ("Noto Serif Hebrew", "David", "roman"),
)
FONT_TABLE = (
    f"{_HEAD}<w:fonts {_NAMESPACES}>"
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/></w:font>'
        for name, other, family in _FONT_FAMILIES
    )
    + "</w:fonts>"
)

_DOCUMENT = (
    f"{_HEAD}<w:document {_NAMESPACES}><w:body><w:sectPr>"
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1588" w:right="1361" w:bottom="1474" w:left="1361"'
    ' w:header="737" w:footer="680" w:gutter="0"/>'
    '<w:cols w:space="720"/></w:sectPr></w:body></w:document>'
)

_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/></Types>'
)


def _relationships(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{entries}</Relationships>"
    )


_PARTS = {
    "[Content_Types].xml": _TYPES,
    "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
    "word/document.xml": _DOCUMENT,
    "word/_rels/document.xml.rels": _relationships(
        ("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml")
    ),
    "word/styles.xml": STYLES,
    "word/settings.xml": SETTINGS_XML,
    "word/fontTable.xml": FONT_TABLE,
}


def base_document() -> bytes:
    """The empty document as a .docx."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in _PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return package.getvalue()
