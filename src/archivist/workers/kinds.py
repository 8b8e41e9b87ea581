"""What a file is, told by its bytes; the name only decides between kinds of plain text."""

import io
import re
import zipfile
import zlib
from pathlib import PurePath

from archivist.model.document import DocumentKind
from archivist.model.sandbox import Failure
from archivist.workers.failing import Unreadable

_STARTS = (
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"BM", "a picture (BMP)"),
    (b"{\\rtf", "an RTF text"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"ID3", "a sound recording (MP3)"),
    (b"OggS", "a sound or film recording (Ogg)"),
    (b"fLaC", "a sound recording (FLAC)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"WARC/", "a web archive (WARC)"),
    (b"From ", "a mailbox"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_OTHER_TEXTS = {
    ".csv": "a table (CSV)",
    ".tsv": "a table (TSV)",
    ".eml": "an e-mail",
    ".mbox": "a mailbox",
    ".mht": "a web archive (MHTML)",
    ".mhtml": "a web archive (MHTML)",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".json": "structured data (JSON)",
    ".svg": "a picture (SVG)",
    ".xml": "structured data (XML)",
    ".ics": "a calendar",
    ".vcf": "a card of contacts",
}
_PARTS = (
    ("word/", "a Word document of an unknown form"),
    ("ppt/", "a presentation (PPTX)"),
    ("xl/", "a table (Excel)"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
    ("content.xml", "an OpenDocument file"),
    ("datapackage.json", "a web archive (WACZ)"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_TYPES = (
    b"wordprocessingml.document.main+xml",
    b"ms-word.document.macroEnabled.main+xml",
    b"wordprocessingml.template.main+xml",
    b"ms-word.template.macroEnabledTemplate.main+xml",
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_HTML_NAMES = {".html", ".htm", ".xhtml", ".xht", ".shtml"}
_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}
_NAMED_TEXTS = _HTML_NAMES | {".txt", ".text"}
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MAIL = re.compile(
    rb"^(?:Received|Return-Path|Message-ID|MIME-Version|Delivered-To): ", re.IGNORECASE | re.MULTILINE
)
LARGEST_TYPES = 1 << 20


def kind_of(data: bytes, name: str) -> DocumentKind:
    """The kind of file.

    Raises:
        Unreadable: it is none that can be read, and which.
    """
    start = data[:4096]
    if b"%PDF-" in start[:1024]:
        return DocumentKind.PDF
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if start.startswith(_OLE):
        return _old_office(data)
    if start[4:8] == b"ftyp":
        raise Unreadable(Failure.OTHER_KIND, "a picture or film (HEIF or MP4)")
    for beginning, what in _STARTS:
        if start.startswith(beginning):
            raise Unreadable(Failure.OTHER_KIND, what)
    return _text(start, PurePath(name).suffix.lower())


def _zipped(data: bytes) -> DocumentKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = container.namelist()
            if "[Content_Types].xml" in names:
                with container.open("[Content_Types].xml") as types:
                    listed = types.read(LARGEST_TYPES)
                if any(word_type in listed for word_type in _WORD_TYPES):
                    return DocumentKind.DOCX
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise Unreadable(Failure.DAMAGED) from None
    for part, what in _PARTS:
        if any(name.startswith(part) for name in names):
            raise Unreadable(Failure.OTHER_KIND, what)
    raise Unreadable(Failure.OTHER_KIND, "a ZIP archive")


def _old_office(data: bytes) -> DocumentKind:
    if _ENCRYPTED in data:
        raise Unreadable(Failure.PASSWORD)
    raise Unreadable(Failure.OTHER_KIND, "an old Office or Outlook file")


def _text(start: bytes, suffix: str) -> DocumentKind:
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_wide(start)
    if not is_wide and (b"\0" in start or len(_CONTROLS.findall(start)) > len(start) // 50):
        raise Unreadable(Failure.OTHER_KIND, "a file of an unknown kind")
    plain = start.replace(b"\0", b"")
    if suffix in _OTHER_TEXTS:
        raise Unreadable(Failure.OTHER_KIND, _OTHER_TEXTS[suffix])
    if suffix in _MARKDOWN_NAMES:
        return DocumentKind.MARKDOWN
    if suffix not in _NAMED_TEXTS and _MAIL.search(plain[:2048]):
        raise Unreadable(Failure.OTHER_KIND, "an e-mail")
    if suffix in _HTML_NAMES or (suffix != ".txt" and _HTML.search(plain[:1024])):
        return DocumentKind.HTML
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml"):
        raise Unreadable(Failure.OTHER_KIND, "structured data (XML)")
    return DocumentKind.TEXT


def _looks_wide(start: bytes) -> bool:
    even, odd = start[::2].count(0), start[1::2].count(0)
    return max(even, odd) > len(start) // 40 and min(even, odd) == 0
