import pytest

from archivist.model.document import DocumentKind, Field
from archivist.model.sandbox import Failure
from archivist.model.text import SectionKind
from archivist.workers import word, word_package
from archivist.workers.failing import Unreadable
from tests.unit.workers.samples import OFFICE, PACKAGE, WORD, docx, paragraph

STYLES = (
    f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="H1">'
    '<w:name w:val="heading 1"/></w:style></w:styles>'
)


def relationships(*links: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="x{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, mode) in enumerate(links)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def test_headings_and_tables_keep_their_form() -> None:
    table = (
        "<w:tbl><w:tr><w:tc>" + paragraph("a") + "</w:tc><w:tc>" + paragraph("b") + "</w:tc></w:tr></w:tbl>"
    )
    parts = {
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": relationships(("styles", "styles.xml", "")),
    }

    found = word.read(docx(paragraph("Title", "H1") + paragraph("words") + table, parts))

    assert found.text == "Title\n\nwords\n\na\tb"
    assert [section.label for section in found.sections] == ["Title"]
    assert (found.kind, found.engine, found.pages) == (DocumentKind.DOCX, "mammoth", None)


def test_what_stands_beside_the_body_is_appended_under_its_name() -> None:
    parts = {
        "word/header1.xml": f"<w:hdr {WORD}>{paragraph('File 7')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {WORD}>{paragraph('File 7')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {WORD}>{paragraph('Secret')}<w:p/></w:ftr>",
        "word/comments.xml": f'<w:comments {WORD}><w:comment w:id="1" w:author="Bob" w:date="2020-01-02">'
        f"{paragraph('Not true')}</w:comment></w:comments>",
    }

    found = word.read(docx(paragraph("words"), parts))

    said = {section.label: found.text[section.start : section.end] for section in found.sections}
    assert said == {
        "Headers": "File 7",
        "Footers": "Secret",
        "Comments": "Bob, 2020-01-02: Not true",
    }
    assert {section.kind for section in found.sections} == {SectionKind.BESIDE}


def test_footnotes_are_numbered_as_the_body_refers_to_them() -> None:
    parts = {
        "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="2">'
        f"{paragraph('See there')}</w:footnote></w:footnotes>",
        "word/_rels/document.xml.rels": relationships(("footnotes", "footnotes.xml", "")),
    }
    body = '<w:p><w:r><w:t>words</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'

    found = word.read(docx(body, parts))

    assert found.text == "words[1]\n\n[1] See there"
    assert [(section.kind, section.label) for section in found.sections] == [(SectionKind.SECTION, "Notes")]


def test_changes_and_hidden_words_are_told() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )

    found = word.read(docx(body))

    assert found.text == "new hidden"
    assert found.warnings == (
        "Tracked deletions, whose words are not in the text: 1.",
        "Passages that Word hides, but that are in the text: 1.",
    )


def hiding(words: str, how: str = "<w:vanish/>") -> str:
    return f"<w:p><w:r><w:rPr>{how}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


STYLES_THAT_HIDE = (
    f'<w:styles {WORD}><w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Deep"><w:basedOn w:val="Deeper"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Deeper"><w:basedOn w:val="Secret"/></w:style></w:styles>'
)
HIDDEN_COMMENT = f'<w:comments {WORD}><w:comment w:id="1">' + hiding("more") + "</w:comment></w:comments>"


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (hiding("words"), {}),
        (hiding("words", '<w:rStyle w:val="Secret"/>'), {"word/styles.xml": STYLES_THAT_HIDE}),
        (paragraph("words", "Deep"), {"word/styles.xml": STYLES_THAT_HIDE}),
        (paragraph("words"), {"word/footer1.xml": f"<w:ftr {WORD}>{hiding('more')}</w:ftr>"}),
        (paragraph("words"), {"word/comments.xml": HIDDEN_COMMENT}),
    ],
)
def test_words_that_word_hides_are_told_wherever_they_stand(body: str, parts: dict[str, str]) -> None:
    found = word.read(docx(body, parts))

    assert "words" in found.text
    assert found.warnings == ("Passages that Word hides, but that are in the text: 1.",)


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_words_that_are_not_hidden_any_more_are_not_told(value: str) -> None:
    assert word.read(docx(hiding("words", f'<w:vanish w:val="{value}"/>'))).warnings == ()


def test_what_the_original_would_fetch_or_run_is_told() -> None:
    outside = ' TargetMode="External"'
    links = (
        ("attachedTemplate", "http://198.51.100.7/t.dotm", outside),
        ("hyperlink", "http://example.org", outside),
        ("image", "media/a.png", ""),
    )
    parts = {
        "word/_rels/settings.xml.rels": relationships(*links),
        "word/vbaProject.bin": "macros",
        "word/embeddings/oleObject1.bin": "object",
    }
    field = '<w:p><w:r><w:instrText> DDEAUTO c:\\x "y" </w:instrText></w:r></w:p>'

    assert word.read(docx(paragraph("words") + field, parts)).warnings == (
        "Opened in Word, the original would fetch or start something (DDEAUTO).",
        "Opened in Word, the original would fetch attachedTemplate from http://198.51.100.7/t.dotm.",
        "The original contains macros; do not allow them in Word.",
        "The original contains embedded files that were not read: 1.",
    )


def test_the_document_says_who_wrote_it() -> None:
    core = (
        '<c:coreProperties xmlns:c="c" xmlns:d="d"><d:title>A  letter</d:title><d:creator>Jane</d:creator>'
        "<d:created>2021-03-04T10:00:00Z</d:created><c:revision>7</c:revision></c:coreProperties>"
    )

    found = word.read(docx(paragraph("words"), {"docProps/core.xml": core}))

    assert [(metadatum.field, metadatum.value, metadatum.origin) for metadatum in found.metadata] == [
        (Field.TITLE, "A letter", "docx:core"),
        (Field.AUTHOR, "Jane", "docx:core"),
        ("created", "2021-03-04T10:00:00Z", "docx:core"),
    ]


def test_what_the_document_says_twice_counts_once() -> None:
    core = '<core xmlns:d="d"><d:title>One</d:title><d:title>Two</d:title></core>'

    (title,) = word.read(docx(paragraph("words"), {"docProps/core.xml": core})).metadata

    assert title.value == "One"


def test_a_style_map_inside_the_document_cannot_hide_words() -> None:
    hiding = {"mammoth/style-map": "p => !"}

    assert word.read(docx(paragraph("words"), hiding)).text == "words"


def test_a_faulty_document_still_gives_its_words() -> None:
    faulty = {
        "word/comments.xml": f"<w:comments {WORD}><w:comment>{paragraph('no id')}</w:comment></w:comments>",
        "word/_rels/document.xml.rels": relationships(("comments", "comments.xml", "")),
    }

    found = word.read(docx(paragraph("first") + paragraph("second"), faulty))

    assert found.text == "first\nsecond\n\nno id"
    assert (found.engine, found.warnings[0][:19]) == ("lxml", "The file is faulty:")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        ("<!DOCTYPE d>", "words"),
    ],
)
def test_declarations_are_refused(before: str, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        word.read(docx(paragraph(words), before=before))

    assert refused.value.failure is Failure.DECLARATIONS


def test_declarations_in_wide_characters_are_seen_too() -> None:
    wide = "<!DOCTYPE d><x/>".encode("utf-16-be").decode("latin-1")

    with pytest.raises(Unreadable) as refused:
        word.read(docx(paragraph("words"), {"word/settings.xml": wide}))

    assert refused.value.failure is Failure.DECLARATIONS


def test_a_part_that_inflates_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(Unreadable) as refused:
        word.read(docx("<w:p/>" * 3_000_000))

    assert refused.value.failure is Failure.INFLATES


def test_many_parts_together_must_not_inflate_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "LARGEST_UNPACKED", 10_000)

    with pytest.raises(Unreadable) as refused:
        word.read(docx(paragraph("words"), {f"word/header{number}.xml": "x" * 4_000 for number in range(3)}))

    assert refused.value.failure is Failure.INFLATES


def test_more_members_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MOST_MEMBERS", 2)

    with pytest.raises(Unreadable) as refused:
        word.read(docx(paragraph("words")))

    assert refused.value.failure is Failure.INFLATES


def test_an_encrypted_member_needs_a_password() -> None:
    locked = bytearray(docx(paragraph("words")))
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1

    with pytest.raises(Unreadable) as refused:
        word.read(bytes(locked))

    assert refused.value.failure is Failure.PASSWORD


@pytest.mark.parametrize("body", ["<w:p>", "\0"])
def test_a_body_that_is_no_xml_is_damaged(body: str) -> None:
    with pytest.raises(Unreadable) as refused:
        word.read(docx(body))

    assert refused.value.failure is Failure.DAMAGED


def test_bytes_that_do_not_unpack_are_damaged() -> None:
    broken = bytearray(docx(paragraph("words " * 500)))
    at = broken.index(b"word/document.xml") + 40
    broken[at : at + 20] = bytes(20)

    with pytest.raises(Unreadable) as refused:
        word.read(bytes(broken))

    assert refused.value.failure is Failure.DAMAGED
