import pytest

from archivist.model.sandbox import Failure
from archivist.model.styles import BLOCK_ROW, RUN_ROW, Block, BlockKind, Cell, Run, RunKind, StyledText
from archivist.model.text import sha256_of
from archivist.workers import styles as styles_module
from archivist.workers import word
from archivist.workers.failing import Unreadable
from archivist.workers.styles import packed, styles
from tests.unit.workers.samples import OFFICE, PACKAGE, WORD, docx, paragraph, pdf

FOUND = StyledText(
    "0" * 64,
    (Block(0, 5, BlockKind.ITEM, 2, "3.", 1, Cell(4, 5, 6, is_head=True)), Block(6, 7, BlockKind.HEADING, 1)),
    (Run(0, 3, RunKind.LINK, "https://example.org/"), Run(1, 2, RunKind.BOLD)),
)


def test_an_answer_is_rows_of_numbers_and_the_words_that_they_point_to() -> None:
    header, data = packed(FOUND)

    assert header == {"text_sha256": "0" * 64, "blocks": 2, "words": ["3.", "https://example.org/"]}
    rows = data[: 2 * BLOCK_ROW.size]
    assert list(BLOCK_ROW.iter_unpack(rows)) == [
        (0, 5, 2, 2, 1, 0, 4, 5, 6, 1),
        (6, 7, 1, 1, 0, -1, -1, 0, 0, 0),
    ]
    assert list(RUN_ROW.iter_unpack(data[len(rows) :])) == [(0, 3, 7, 1), (1, 2, 0, -1)]


def test_words_beyond_the_limits_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles_module, "MOST_WORDS", 1)
    runs = tuple(Run(0, 1, RunKind.LINK, address) for address in ("a", "b", "a"))

    header, data = packed(StyledText("", (), runs))

    assert header["words"] == ["a"]
    assert [row[3] for row in RUN_ROW.iter_unpack(data)] == [0, -1, 0]


def test_addresses_are_told_up_to_so_many_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles_module, "MOST_LETTERS", 3)
    runs = tuple(Run(0, 1, RunKind.LINK, address) for address in ("aa", "bb", "c"))

    assert packed(StyledText("", (), runs))[0]["words"] == ["aa", "c"]


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("page.html", b"<h1>Words</h1>", "Words"),
        ("note.md", b"# Words", "# Words"),
        ("note.txt", b"Words\r\n", "Words\n"),
        ("letter.docx", docx(paragraph("Words")), "Words"),
    ],
)
def test_every_kind_names_the_text_that_it_read(name: str, data: bytes, text: str) -> None:
    header, _ = styles({"name": name}, data)

    assert header["text_sha256"] == sha256_of(text)


def test_a_paged_original_has_no_styles() -> None:
    with pytest.raises(Unreadable):
        styles({"name": "paper.pdf"}, pdf("words"))


NOTES = {
    "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="2">'
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>See</w:t></w:r><w:r><w:t> there</w:t></w:r></w:p>"
    "</w:footnote></w:footnotes>",
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="x0" Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>',
}


def test_a_word_document_is_styled_down_to_its_notes() -> None:
    body = (
        '<w:p><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>words</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    data = docx(body, NOTES)
    text = word.read(data).text

    found = word.styles(data)

    assert found.text_sha256 == sha256_of(text)
    assert [(text[run.start : run.end], run.kind) for run in found.runs] == [
        ("words", RunKind.UNDERLINE),
        ("[1]", RunKind.RAISED),
        ("See", RunKind.BOLD),
    ]
    assert [(text[block.start : block.end], block.cell) for block in found.blocks] == [("a", Cell(0, 0, 0))]


def test_a_faulty_word_document_has_no_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object, **__: object) -> None:
        raise KeyError

    monkeypatch.setattr("mammoth.convert_to_html", fall)

    with pytest.raises(Unreadable) as caught:
        word.styles(docx(paragraph("words")))
    assert caught.value.failure is Failure.DAMAGED
