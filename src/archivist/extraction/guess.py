"""What a file seems to be where no child could look into it, and what a child may take it for."""

from pathlib import PurePath

from archivist.model.document import DocumentKind

_BY_SUFFIX = {
    ".pdf": DocumentKind.PDF,
    ".docx": DocumentKind.DOCX,
    ".docm": DocumentKind.DOCX,
    ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML,
    ".xhtml": DocumentKind.HTML,
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".txt": DocumentKind.TEXT,
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def guess(name: str, start: bytes) -> DocumentKind:
    if b"%PDF-" in start:
        return DocumentKind.PDF
    kind = _BY_SUFFIX.get(PurePath(name).suffix.lower(), DocumentKind.OTHER)
    return DocumentKind.OTHER if kind is DocumentKind.PDF else kind


def possible_kinds(start: bytes) -> frozenset[DocumentKind]:
    """The kinds of documents that begin like that: an exhibit is named and opened by its kind."""
    if b"%PDF-" in start:
        return frozenset({DocumentKind.PDF})
    if start.startswith(_ZIP):
        return frozenset({DocumentKind.DOCX})
    return frozenset({DocumentKind.HTML, DocumentKind.TEXT, DocumentKind.MARKDOWN})
