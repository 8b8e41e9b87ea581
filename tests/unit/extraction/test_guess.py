import pytest

from archivist.extraction.guess import guess, possible_kinds
from archivist.model.document import DocumentKind


@pytest.mark.parametrize(
    ("name", "start", "kind"),
    [
        ("letter", b"%PDF-1.7", DocumentKind.PDF),
        ("letter.pdf", b"words", DocumentKind.OTHER),
        ("letter.DOCX", b"PK", DocumentKind.DOCX),
        ("page.htm", b"", DocumentKind.HTML),
        ("note.md", b"", DocumentKind.MARKDOWN),
        ("note.txt", b"", DocumentKind.TEXT),
        ("note", b"", DocumentKind.OTHER),
    ],
)
def test_a_file_that_nobody_looked_into_has_a_likely_kind(
    name: str, start: bytes, kind: DocumentKind
) -> None:
    assert guess(name, start) is kind


@pytest.mark.parametrize(
    ("start", "kinds"),
    [
        (b"junk %PDF-1.7", {DocumentKind.PDF}),
        (b"PK\x03\x04", {DocumentKind.DOCX}),
        (b"PKK leaders said", {DocumentKind.TEXT, DocumentKind.MARKDOWN, DocumentKind.HTML}),
    ],
)
def test_how_a_file_begins_tells_what_it_can_be(start: bytes, kinds: set[DocumentKind]) -> None:
    assert possible_kinds(start) == kinds
