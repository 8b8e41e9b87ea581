import io
import zipfile

import pytest

from archivist.model.errors import ExportStopped
from archivist.packs.readback import quotes_in_docx, quotes_in_html


def _docx(xml: str, name: str = "word/document.xml") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr(name, xml)
    return content.getvalue()


def test_the_words_of_each_quote_are_read_out_of_a_page() -> None:
    page = (
        b'<p>no</p><span data-words="Q1">a &lt;b&gt; <span>c</span>\n</span>no<span data-words="Q2"></span>'
    )

    assert quotes_in_html(page) == {"Q1": "a <b> c\n", "Q2": ""}


def test_the_words_of_each_quote_are_read_out_of_a_document() -> None:
    xml = (
        '<w:p><w:r><w:t>no</w:t></w:r><w:bookmarkStart w:id="1" w:name="Q_1"/><w:r><w:t>a &lt;</w:t><w:br/>'
        '<w:t xml:space="preserve"> b</w:t><w:tab/><w:softHyphen/></w:r><w:bookmarkEnd w:id="1"/>'
        "<w:r><w:instrText>no</w:instrText><w:t>no</w:t></w:r></w:p>"
    )

    assert quotes_in_docx(_docx(xml)) == {"Q-1": "a <\n b\t\u00ad"}


@pytest.mark.parametrize("content", [b"", b"PK no zip", _docx("", "word/other.xml")])
def test_a_document_that_is_none_stops_the_export(content: bytes) -> None:
    with pytest.raises(ExportStopped, match="cannot be read again"):
        quotes_in_docx(content)


def test_a_document_that_would_fill_the_memory_stops_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivist.packs.readback.LARGEST_XML", 10)

    with pytest.raises(ExportStopped, match="too large"):
        quotes_in_docx(_docx("<w:p></w:p>"))
