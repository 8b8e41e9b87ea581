import pytest

from archivist.model.document import DocumentKind, Field
from archivist.model.sandbox import Failure
from archivist.model.text import Section, SectionKind
from archivist.workers import pdf as reader
from archivist.workers.failing import Unreadable
from tests.unit.workers.samples import pdf

UNMAPPED = (
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[11 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo"
    "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 12 0 R/DW 500>>",
    "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 500 500]/ItalicAngle 0/Ascent 500"
    "/Descent 0/StemV 80>>",
)


def test_pages_are_joined_and_their_places_kept() -> None:
    found = reader.read(pdf("First page", "Second page"))

    assert found.text == "First page\n\nSecond page"
    assert found.sections == (Section(0, 10, SectionKind.PAGE, "1"), Section(12, 23, SectionKind.PAGE, "2"))
    assert (found.kind, found.engine, found.pages, found.warnings) == (DocumentKind.PDF, "pdfium", 2, ())


def test_pages_have_the_labels_that_the_document_gives_them() -> None:
    found = reader.read(pdf("a", "b", "c", catalog="/PageLabels<</Nums[0<</S/r>>2<</S/D/P(A-)>>]>>"))

    assert [section.label for section in found.sections] == ["i", "ii", "A-1"]


def test_the_document_says_who_made_it_and_when() -> None:
    info = (
        "/Title(A report)/Author(Jane Doe)/CreationDate(D:20210304101530+02'00')/ModDate(D:2022)/Producer(P)"
    )

    found = reader.read(pdf("words", info=info))

    assert [(metadatum.field, metadatum.value) for metadatum in found.metadata] == [
        (Field.TITLE, "A report"),
        (Field.AUTHOR, "Jane Doe"),
        ("created", "2021-03-04T10:15:30+02:00"),
        ("modified", "2022"),
        ("producer", "P"),
    ]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("D:20210304101530Z", "2021-03-04T10:15:30Z"),
        ("D:20210304101530-05'30'", "2021-03-04T10:15:30-05:30"),
        ("20210304", "2021-03-04"),
        ("D:202103041015", "2021-03-04T10:15:00"),
        ("last Tuesday", "last Tuesday"),
    ],
)
def test_dates_are_as_precise_as_they_were_written(written: str, iso: str) -> None:
    assert reader.iso_date(written) == iso


def test_what_was_filled_in_and_noted_stands_after_the_pages() -> None:
    field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(Name)/V(Alice)/Rect[0 0 9 9]>>"
    empty = "<</Type/Annot/Subtype/Widget/FT/Tx/T(Age)/Rect[0 0 9 9]>>"
    note = "<</Type/Annot/Subtype/Text/T(Bob)/Contents(Not true)/Rect[0 0 9 9]>>"
    document = pdf(
        "words",
        catalog="/AcroForm<</Fields[10 0 R 11 0 R]>>",
        page="/Annots[10 0 R 11 0 R 12 0 R]",
        objects=(field, empty, note),
    )

    found = reader.read(document)

    said = {section.label: found.text[section.start : section.end] for section in found.sections}
    assert said == {"1": "words", "Form fields": "Name: Alice", "Comments": "Bob: Not true"}
    assert [section.kind for section in found.sections] == [
        SectionKind.PAGE,
        SectionKind.BESIDE,
        SectionKind.BESIDE,
    ]
    assert found.pages == 1


def test_the_day_of_a_scan_is_not_the_date_of_the_report() -> None:
    found = reader.read(pdf("words", info="/CreationDate(D:20260101)/ModDate(D:20260102)"))

    assert Field.DATE not in {metadatum.field for metadatum in found.metadata}


def test_an_invisible_layer_is_read_and_told() -> None:
    found = reader.read(pdf("first", "", "third", before="3 Tr"))

    assert found.text == "first\n\n\n\nthird"
    assert found.warnings[1:] == (
        "The words on 2 pages (1, 3) are an invisible layer, as a scanner's text recognition makes it:"
        " compare them with the picture of the page.",
    )


HIDDEN = (
    "Some words on page 1 cannot be seen there (transparent, white, tiny or beyond the edge):"
    " compare them with the picture of the page."
)
BOX = "60 690 400 40 re f"


@pytest.mark.parametrize(
    "before",
    [
        "/Clear gs",
        "1 g",
        f"1 g {BOX}",
        f"/Clear gs 0 g {BOX} 1 g",
        "1 Tr 1 G",
        ".05 0 0 .05 0 0 cm",
        "1 0 0 1 2000 0 cm",
    ],
)
def test_words_that_a_page_does_not_show_are_told(before: str) -> None:
    found = reader.read(pdf("some words", before=before))

    assert found.text == "some words"
    assert found.warnings == (HIDDEN,)


@pytest.mark.parametrize(
    "before",
    [
        "",
        ".9 g",
        f"0 0 .5 rg {BOX} 1 g",
        "1 g 0 G 1 Tr",
        "1 g 0 G 2 Tr",
        "12 0 0 12 -800 -7700 cm .08333 0 0 .08333 66.67 641.67 cm",
    ],
)
def test_words_that_can_be_seen_are_not_suspected(before: str) -> None:
    found = reader.read(pdf("some words", before=before))

    assert (found.text, found.warnings) == ("some words", ())


def test_one_hidden_sentence_among_many_words_is_found() -> None:
    lines = [f"Line number {number} of a long page with nothing to hide in it." for number in range(50)]
    lines[20] = "seen)Tj /Clear gs (He was never arrested, and he says so.)Tj /Seen gs (seen"

    found = reader.read(pdf("\n".join(lines)).replace(b"/Clear<</ca 0>>", b"/Clear<</ca 0>>/Seen<</ca 1>>"))

    assert found.warnings == (HIDDEN,)


def test_what_the_document_says_of_itself_is_one_line() -> None:
    found = reader.read(pdf("words", info="/Title(A\\nreport  \\t of 1999)"))

    assert [metadatum.value for metadatum in found.metadata] == ["A report of 1999"]


def test_pages_without_words_are_named() -> None:
    found = reader.read(pdf("words", "", "words", ""))

    assert found.warnings == ("Without text, perhaps pictures of text: 2 pages (2, 4).",)


def test_a_scan_has_no_text_at_all_and_says_so() -> None:
    found = reader.read(pdf("", ""))

    assert (found.text, found.pages, len(found.sections)) == ("", 2, 2)
    assert found.warnings[0].startswith("No text: the pages are pictures")


def test_a_font_without_a_way_back_to_letters_is_told() -> None:
    document = pdf("words", objects=UNMAPPED).replace(b"/F1 3 0 R", b"/F1 10 0 R")

    found = reader.read(document)

    assert found.warnings == ("The text layer is defective, so words may be wrong or missing: page 1.",)


@pytest.mark.parametrize(
    ("catalog", "what"),
    [
        ("/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "scripts"),
        ("/OpenAction<</S/Launch/F(x.exe)>>", "a command that starts a program"),
        ("/Names<</EmbeddedFiles<</Names[(x)<</Type/Filespec/EF<<>>>>]>>>>", "embedded files"),
    ],
)
def test_what_is_active_in_the_original_is_told(catalog: str, what: str) -> None:
    found = reader.read(pdf("words", catalog=catalog))

    assert found.warnings == (f"The original contains {what}; be careful with it outside Archivist.",)


def test_no_page_is_a_failure() -> None:
    with pytest.raises(Unreadable) as refused:
        reader.read(pdf())

    assert refused.value.failure is Failure.NO_PAGES


def test_a_page_that_cannot_be_read_costs_only_itself() -> None:
    document = pdf("first", "second").replace(b"102 0 obj\n<</Type/Page", b"102 0 obj\n<</Type/Nothing")

    found = reader.read(document)

    assert found.text.startswith("first")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.7\n1 0 obj <<>> endobj trailer <<>>", b"%PDF-" + bytes(999)]
)
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        reader.read(data)

    assert refused.value.failure in {Failure.DAMAGED, Failure.NO_PAGES}


def test_more_text_than_can_be_taken_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 10)

    with pytest.raises(Unreadable) as refused:
        reader.read(pdf("words", "and words"))

    assert refused.value.failure is Failure.TOO_MUCH_TEXT
