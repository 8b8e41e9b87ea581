"""What a file seems to be, for the case that no child could look into it."""

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


def guess(name: str, start: bytes) -> DocumentKind:
    if b"%PDF-" in start:
        return DocumentKind.PDF
    kind = _BY_SUFFIX.get(PurePath(name).suffix.lower(), DocumentKind.OTHER)
    return DocumentKind.OTHER if kind is DocumentKind.PDF else kind
