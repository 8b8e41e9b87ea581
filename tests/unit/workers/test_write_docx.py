import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from archivist.model.pack import Pack, Words
from archivist.model.writing import Direction, flowing
from archivist.packs.labels import labels_for
from archivist.packs.readback import quotes_in_docx
from archivist.workers.docx_order import PPR, RPR, SECTPR, SETTINGS, TBLPR
from archivist.workers.docx_package import Refused
from archivist.workers.docx_xml import scripts
from archivist.workers.write_docx import job, write_docx
from tests.unit.packs.samples import ATTACKS, HIDING, hostile, sample, told_again

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ORDERS = {"pPr": PPR, "rPr": RPR, "tblPr": TBLPR, "sectPr": SECTPR, "settings": SETTINGS}


MARKS = {ord(mark): None for mark in "\u200e\u200f"}


def written(pack: Pack, reference: bytes | None = None) -> bytes:
    return write_docx(pack, reference, labels_for(pack.language, pack.date))[0]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml(content: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    return ElementTree.fromstring(parts(content)[name])  # noqa: S314  made by ourselves a moment ago


def text_of(element: ElementTree.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def letterhead(*, text: str = "OFFICE OF THE SAMPLE RAPPORTEUR") -> "docx.document.Document":
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(200), Mm(250)
    section.header.paragraphs[0].text = text
    document.styles["Heading 1"].font.name = "Their Font"
    document.add_paragraph("what stood in their document")
    document.core_properties.author = "A Real Name"
    return document


def saved(document: "docx.document.Document") -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


REFERENCES = {"our own": None, "a letterhead": saved(letterhead())}


@pytest.fixture(params=list(REFERENCES))
def reference(request: pytest.FixtureRequest) -> bytes | None:
    return REFERENCES[request.param]


@pytest.mark.parametrize("language", ["en", "fr", "zh", "ar", "bo", "ug"])
def test_every_quote_stands_in_the_document_letter_by_letter(language: str, reference: bytes | None) -> None:
    pack = sample(language)

    found = quotes_in_docx(written(pack, reference))

    for case in pack.cases:
        for quote in case.quotes:
            assert found[quote.number] == flowing(quote.words.text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_only_text(attack: str) -> None:
    tame, content = written(hostile("tame")), written(hostile(attack))

    assert quotes_in_docx(content)["Q0001"] == flowing(attack)
    tags = {element.tag for element in xml(content).iter()}
    breaks = {f"{W}{name}" for name in ("br", "tab", "softHyphen", "rtl", "rFonts", "keepLines")}
    assert tags - breaks == {element.tag for element in xml(tame).iter()} - breaks
    assert parts(content)["word/_rels/document.xml.rels"] == parts(tame)["word/_rels/document.xml.rels"]


def test_characters_that_no_document_can_hold_are_shown_and_listed() -> None:
    pack = hostile(HIDING)

    content, replacements = write_docx(pack, None, labels_for("en", pack.date))

    shown = "a[U+0000]b[U+001B]c[U+D800]d[U+E000]e[U+FFFE]f[U+202E]ghi[U+10FFFF]j[U+0085]k"
    assert quotes_in_docx(content)["Q0001"] == shown
    assert "U+202E" in {one.character for one in replacements}
    assert "Characters shown otherwise than in the source: U+0000 ([U+0000])" in text_of(
        xml(content, "word/footnotes.xml")
    )


def test_children_stand_in_the_order_of_the_schema(reference: bytes | None) -> None:
    names = parts(written(sample("ar"), reference))

    checked = 0
    for name in (name for name in names if name.startswith("word/") and name.endswith(".xml")):
        for element in ElementTree.fromstring(names[name]).iter():  # noqa: S314
            order = ORDERS.get(element.tag.removeprefix(W))
            if order is None:
                continue
            below = [child.tag.removeprefix(W) for child in element if child.tag.startswith(W)]
            places = [order.index(child) for child in below]
            assert places == sorted(places), (name, element.tag, below)
            checked += bool(places)
    assert checked > 500


def test_the_order_check_sees_a_wrong_order() -> None:
    wrong = ElementTree.fromstring(f"<w:pPr {NS}><w:ind/><w:pBdr/></w:pPr>")  # noqa: S314

    places = [PPR.index(child.tag.removeprefix(W)) for child in wrong]

    assert places != sorted(places)


def test_every_quote_has_a_real_footnote(reference: bytes | None) -> None:
    pack = sample()
    content = written(pack, reference)

    called = [element.get(f"{W}id") for element in xml(content).iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): text_of(note) for note in xml(content, "word/footnotes.xml")}
    quotes = [quote for case in pack.cases for quote in case.quotes]
    assert called == [str(number) for number in range(1, len(quotes) + 1)]
    assert set(notes) == {"-1", "0", *called}
    for number, quote in zip(called, quotes, strict=True):
        assert notes[number].translate(MARKS) == f" {quote.citation.text}"
    types = parts(content)["[Content_Types].xml"].decode()
    assert 'PartName="/word/footnotes.xml"' in types
    settings = xml(content, "word/settings.xml").find(f"{W}footnotePr")
    assert settings is not None
    assert [child.get(f"{W}id") for child in settings] == ["-1", "0"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_footnote_runs_with_the_pack_and_each_name_in_it_by_itself(language: str) -> None:
    notes = xml(written(sample(language, cases=4)), "word/footnotes.xml")

    told = [note for note in notes if note.get(f"{W}type") is None]
    is_rtl = language == "ar"
    assert {note.find(f"{W}p/{W}pPr/{W}bidi") is not None for note in told} == {is_rtl}
    for note in told:
        rtl = [run.find(f"{W}rPr/{W}rtl") is not None for run in note.iter(f"{W}r")]
        texts = [text_of(run) for run in note.iter(f"{W}r")]
        for run, text in zip(rtl, texts, strict=True):
            bare = text.translate(MARKS)
            assert not run or not re.search(r"[A-Za-z]|\d{4}-\d\d-\d\d|[0-9a-f]{64}", bare), text
            assert run or not re.search("[\u0620-\u064a]", bare), text


def test_a_name_in_another_script_cannot_join_its_neighbours() -> None:
    notes = xml(written(sample(cases=4)), "word/footnotes.xml")

    cited = next(text for text in map(text_of, notes) if "ن. حدّاد" in text)

    lrm, rlm = "\u200e", "\u200f"
    assert f"{lrm}{rlm}ن. حدّاد{rlm}{lrm}, “{lrm}{rlm}تقرير" in cited
    assert f"({lrm}{rlm}مرصد افتراضي{rlm}{lrm}, {lrm}2014-01-10{lrm})" in cited


def test_a_quote_told_under_two_cases_has_one_number_and_a_bookmark_a_place() -> None:
    content = written(told_again(sample(cases=3)))
    document = xml(content)

    marks = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    found = quotes_in_docx(content)
    assert len(marks) == len(set(marks))
    assert found["Q0001-2"] == found["Q0001"]
    assert "Quotes 9" in text_of(document)
    assert [text_of(p).translate(MARKS) for p in document.iter(f"{W}p")].count(
        "Q0001\u2003Context for this case"
    ) == 1


def test_quotes_outside_any_case_are_no_case() -> None:
    document = xml(written(told_again(sample(cases=3))))

    lines = [text_of(paragraph) for paragraph in document.iter(f"{W}p")]
    assert lines.count("Quotes outside any case") == 2
    assert "Cases 3" in text_of(document)
    assert "C004" not in text_of(document)


def test_every_link_leads_somewhere(reference: bytes | None) -> None:
    content = written(sample(), reference)
    document, notes = xml(content), xml(content, "word/footnotes.xml")

    marks = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    ends = [mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkEnd")]
    anchors = {link.get(f"{W}anchor") for root in (document, notes) for link in root.iter(f"{W}hyperlink")}
    fields = re.findall(
        r" PAGEREF (\w+) ", "".join(node.text or "" for node in document.iter(f"{W}instrText"))
    )
    assert len(marks) == len(set(marks)) == len(set(ends))
    assert anchors - {None} <= set(marks)
    assert {"C001", "EX_001", "sources", "check", "summary"} <= anchors
    assert set(fields) <= set(marks)
    assert len(fields) == 9


def test_links_that_lead_outside_are_exhibits_and_plain_addresses() -> None:
    relations = xml(written(sample()), "word/_rels/document.xml.rels")

    outside = {one.get("Target") for one in relations if one.get("TargetMode") == "External"}

    assert "exhibits/EX-001.pdf" in outside
    assert "exhibits/EX-003.html" not in outside
    assert all(re.match("https://example.org/|exhibits/EX-", str(target)) for target in outside)


def test_fields_open_and_close(reference: bytes | None) -> None:
    for name in ("word/document.xml", "word/footer9.xml"):
        content = parts(written(sample(), reference))
        if name not in content:
            continue
        marks = ElementTree.fromstring(content[name]).iter(f"{W}fldChar")  # noqa: S314
        kinds = [mark.get(f"{W}fldCharType") for mark in marks]
        depth = 0
        for kind in kinds:
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            assert depth >= 0
        assert depth == 0
        assert kinds.count("begin") == kinds.count("separate")


def test_scripts_are_set_with_their_fonts_and_languages() -> None:
    content = parts(written(sample()))["word/document.xml"].decode()

    assert '<w:rFonts w:hint="cs" w:cs="Noto Serif Tibetan"/><w:cs/><w:lang w:bidi="bo-CN"/>' in content
    assert '<w:rFonts w:hint="cs"/><w:rtl/><w:lang w:bidi="ug-CN"/>' in content
    assert '<w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-CN"/>' in content
    assert '<w:lang w:val="fr-FR"/>' in content


def test_chinese_of_taiwan_has_its_own_font() -> None:
    pack = hostile("臺灣")
    content = parts(written(replace(pack, title=Words("臺灣", "zh-TW"))))["word/document.xml"].decode()

    assert '<w:rFonts w:eastAsia="Noto Serif CJK TC" w:hint="eastAsia"/>' in content


def test_what_is_not_known_leaves_no_row() -> None:
    text = text_of(xml(written(sample())))

    assert text.count("Received from") == 1
    assert text.count("Captured in the archive on") == 6


def test_a_long_quote_may_break_over_pages_and_a_short_one_may_not() -> None:
    long, short = (xml(written(hostile("word " * number))) for number in (400, 10))

    assert [one.get(f"{W}val") for one in long.iter(f"{W}keepLines")] == ["0"]
    assert list(short.iter(f"{W}keepLines")) == []


def test_a_pack_in_arabic_runs_from_the_right() -> None:
    content = written(sample("ar"))

    document = parts(content)["word/document.xml"].decode()
    assert document.count("<w:bidi/>") > 50
    assert document.count("<w:bidiVisual/>") == len(list(xml(content).iter(f"{W}tbl")))
    assert xml(content).find(f"{W}body/{W}sectPr/{W}bidi") is not None


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("plain", Direction.LTR, [("L", "plain")]),
        ("a (عربي) b", Direction.LTR, [("L", "a ("), ("R", "عربي"), ("L", ") b")]),
        ("عربي (latin) عربي", Direction.RTL, [("R", "عربي ("), ("L", "latin"), ("R", ") عربي")]),
        ("عربي، عربي.", Direction.LTR, [("R", "عربي، عربي"), ("L", ".")]),
        ("آذار 2019 ثم", Direction.RTL, [("R", "آذار 2019 ثم")]),
        ("བོད་ and 中文", Direction.LTR, [("C", "བོད་ "), ("L", "and 中文")]),
        ("...", Direction.RTL, [("R", "...")]),
        ("", Direction.LTR, []),
    ],
)
def test_text_is_cut_where_its_direction_changes(
    text: str, base: Direction, expected: list[tuple[str, str]]
) -> None:
    assert scripts(text, base) == expected


def test_nothing_tells_of_a_computer_a_user_or_a_clock(reference: bytes | None) -> None:
    content = parts(written(sample(), reference))

    core = content["docProps/core.xml"].decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2026-03-01T00:00:00Z"] * 2
    assert "<dc:creator>Archivist demonstration</dc:creator>" in core
    assert "<dc:identifier>5f0e4d0c" in core
    assert not [name for name in content if re.search("thumbnail|customXml|app.xml|printer|comments", name)]
    everything = b"".join(content.values())
    assert b"A Real Name" not in everything
    assert b"rsid" not in everything
    assert b"updateFields" not in everything


def test_the_package_has_fixed_times_and_order() -> None:
    with zipfile.ZipFile(io.BytesIO(written(sample()))) as package:
        entries = package.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    assert [entry.filename for entry in entries[1:]] == sorted(entry.filename for entry in entries[1:])


def test_the_same_pack_gives_the_same_bytes(reference: bytes | None) -> None:
    assert written(sample("ar"), reference) == written(sample("ar"), reference)


def test_our_own_document_has_a_header_and_numbered_pages() -> None:
    content = parts(written(sample()))

    assert "Detentions at Kestrel Point" in content["word/header9.xml"].decode()
    assert " PAGE " in content["word/footer9.xml"].decode()
    assert " NUMPAGES " in content["word/footer9.xml"].decode()


def test_a_reference_document_gives_its_looks_and_nothing_else() -> None:
    content = written(sample(), saved(letterhead()))

    document = docx.Document(io.BytesIO(content))
    width = document.sections[0].page_width
    assert width is not None
    assert round(width.mm) == 200
    assert document.sections[0].header.paragraphs[0].text == "OFFICE OF THE SAMPLE RAPPORTEUR"
    assert document.styles["Heading 1"].font.name == "Their Font"
    assert document.styles["Archivist Quote"].base_style == document.styles["Normal"]
    assert "word/header9.xml" not in parts(content)
    assert "what stood in their document" not in text_of(xml(content))


def test_our_styles_take_the_fonts_of_a_reference_document() -> None:
    added = xml(written(sample(), saved(letterhead())), "word/styles.xml")

    ours = [style for style in added if (style.get(f"{W}styleId") or "").startswith("Archivist")]
    fonts = {style.get(f"{W}styleId") for style in ours if style.find(f"{W}rPr/{W}rFonts") is not None}
    assert len(ours) > 8
    assert fonts == {"ArchivistHash"}


def _with_template(document: "docx.document.Document") -> None:
    settings = document.part._settings_part  # noqa: SLF001
    identity = settings.relate_to(
        "file:///C:/Users/name/secret.dotm", f"{R[1:-1]}/attachedTemplate", is_external=True
    )
    template = parse_xml(f"<w:attachedTemplate {NS}/>")
    template.set(f"{R}id", identity)
    settings.element.insert(0, template)


def _with_marks(document: "docx.document.Document") -> None:
    settings = document.settings.element
    for name in ("documentProtection", "docVars", "rsids", "updateFields", "endnotePr"):
        settings.insert(0, parse_xml(f"<w:{name} {NS}/>"))
    document.add_paragraph()._p.append(  # noqa: SLF001
        parse_xml(f'<w:ins {NS} w:author="A Real Name" w:rsidR="00AB"><w:r/></w:ins>')
    )
    header = document.sections[0].header.paragraphs[0]._p  # noqa: SLF001
    header.set(f"{W}rsidR", "00ABCDEF")
    header.get_or_add_pPr().append(
        parse_xml(f'<w:pPrChange {NS} w:author="A Real Name"><w:pPr/></w:pPrChange>')
    )
    document.add_comment(document.add_paragraph("x").add_run("y"), text="secret", author="A Real Name")


@pytest.mark.parametrize("leave", [_with_template, _with_marks])
def test_a_reference_document_tells_nothing_of_its_maker(leave: object) -> None:
    document = letterhead()
    assert callable(leave)
    leave(document)

    everything = b"".join(parts(written(sample(), saved(document))).values())

    for mark in (b"secret", b"A Real Name", b"rsid", b"documentProtection", b"docVars", b"attachedTemplate"):
        assert mark not in everything
    assert quotes_in_docx(written(sample(), saved(document)))["Q0001"]


def _with_remote_picture(document: "docx.document.Document") -> None:
    document.sections[0].header.part.relate_to("http://127.0.0.1:9/seen.png", RT.IMAGE, is_external=True)


def _with_fetching_field(document: "docx.document.Document") -> None:
    paragraph = document.sections[0].header.paragraphs[0]._p  # noqa: SLF001
    paragraph.append(
        parse_xml(f"<w:r {NS}><w:instrText>INCLUDEPICTURE http://127.0.0.1:9/seen.png</w:instrText></w:r>")
    )


def _with_program(document: "docx.document.Document") -> None:
    header = document.sections[0].header.part
    program = Part(PackURI("/word/embeddings/o.bin"), "application/x-ole", b"MZ", header.package)
    header.relate_to(program, RT.OLE_OBJECT)


@pytest.mark.parametrize("spoil", [_with_remote_picture, _with_fetching_field, _with_program])
def test_a_reference_document_that_fetches_or_runs_is_refused(spoil: object) -> None:
    document = letterhead()
    assert callable(spoil)
    spoil(document)

    with pytest.raises(Refused, match="linked"):
        written(sample(), saved(document))


def _broken() -> Iterator[bytes]:
    yield b"no zip at all"
    yield saved(letterhead())[:-100]
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    yield empty.getvalue()
    content = parts(saved(letterhead())) | {"word/document.xml": b"<not xml"}
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as package:
        for name, part in content.items():
            package.writestr(name, part)
    yield damaged.getvalue()


@pytest.mark.parametrize("content", list(_broken()))
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="unreadable"):
        written(sample(), content)


def test_the_job_answers_plain_values() -> None:
    pack = hostile("a\ue000b")
    header = {"pack": pack.to_json(), "labels": labels_for("en", pack.date), "job": "write_docx"}

    answer, content = job(header, b"")
    refusal, nothing = job(header, b"no zip at all")

    assert ["Q0001 words", "U+E000", "[U+E000]"] in answer["replacements"]
    assert answer["engine"].startswith("python-docx ")
    assert quotes_in_docx(content)["Q0001"] == "a[U+E000]b"
    assert (refusal, nothing) == ({"refused": "unreadable"}, b"")


_SHUT = """
import sys
from archivist.packs.labels import labels_for
from archivist.workers.write_docx import write_docx
from tests.unit.packs.samples import ATTACKS, hostile, sample
from tests.unit.workers.test_write_docx import REFERENCES
pack, attacked = sample("ar"), hostile(*ATTACKS)
labels = labels_for("ar", pack.date)
def shut(event, arguments):
    if event in {"open", "import", "os.listdir", "socket.connect", "subprocess.Popen"}:
        raise PermissionError(f"{event} {arguments}")
sys.addaudithook(shut)
for reference in REFERENCES.values():
    write_docx(pack, reference, labels)
write_docx(attacked, None, labels)
"""


def test_a_child_that_can_open_no_file_writes_the_document() -> None:
    root = Path(__file__).parents[3]

    done = subprocess.run(
        [sys.executable, "-c", _SHUT], cwd=root, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
