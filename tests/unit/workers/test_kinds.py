import pytest

from archivist.model.document import DocumentKind
from archivist.model.sandbox import Failure
from archivist.workers.failing import Unreadable
from archivist.workers.kinds import kind_of
from tests.unit.workers.samples import docx, paragraph, pdf, zipped


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf("words"), "report.txt", DocumentKind.PDF),
        (b"\n\n" + pdf("words"), "report", DocumentKind.PDF),
        (docx(paragraph("words")), "letter.pdf", DocumentKind.DOCX),
        (b"<!DOCTYPE html><p>words", "page", DocumentKind.HTML),
        (b'<?xml version="1.0"?><html xmlns="x">', "page.bin", DocumentKind.HTML),
        (b"words", "page.htm", DocumentKind.HTML),
        ("<html>".encode("utf-16"), "page", DocumentKind.HTML),
        (b"# words", "note.md", DocumentKind.MARKDOWN),
        (b"<html> in a text", "note.txt", DocumentKind.TEXT),
        (b"words", "report.2024", DocumentKind.TEXT),
        ("слова и слова, и ещё слова".encode("utf-16-le"), "words", DocumentKind.TEXT),
    ],
)
def test_bytes_tell_the_kind(data: bytes, name: str, kind: DocumentKind) -> None:
    assert kind_of(data, name) is kind


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"\xff\xd8\xff\xe0", "photo.txt", "a picture (JPEG)"),
        (b"\0\0\0\x18ftypheic", "photo", "a picture or film (HEIF or MP4)"),
        (b"{\\rtf1 words}", "letter.docx", "an RTF text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "letter.doc", "an old Office or Outlook file"),
        (b"a,b", "table.csv", "a table (CSV)"),
        (b"Received: from x\nSubject: y\n\nwords", "mail", "an e-mail"),
        (b"<?xml version='1.0'?><data/>", "data", "structured data (XML)"),
        (bytes(range(256)), "noise", "a file of an unknown kind"),
        (zipped({"a.txt": "words"}), "letter.docx", "a ZIP archive"),
        (zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "t.xlsx", "a table (Excel)"),
        (zipped({"mimetype": "x", "content.xml": "x"}), "t.odt", "an OpenDocument file"),
    ],
)
def test_other_kinds_are_named(data: bytes, name: str, what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        kind_of(data, name)

    assert (refused.value.failure, refused.value.what) == (Failure.OTHER_KIND, what)


def test_an_encrypted_word_file_needs_a_password() -> None:
    with pytest.raises(Unreadable) as refused:
        kind_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "letter.docx")

    assert refused.value.failure is Failure.PASSWORD


def test_a_cut_off_container_is_damaged() -> None:
    with pytest.raises(Unreadable) as refused:
        kind_of(docx(paragraph("words"))[:200], "letter.docx")

    assert refused.value.failure is Failure.DAMAGED
