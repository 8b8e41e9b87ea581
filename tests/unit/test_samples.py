"""The sample documents: readable, small, invented, and told rightly by `story.json`."""

import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from archivist.model.quote import Role
from archivist.model.text import canonical, canonical_from_pdfium

FOLDER = Path(__file__).parents[2] / "resources" / "sample"
DOCUMENTS = FOLDER / "documents"
STORY: dict[str, Any] = json.loads((FOLDER / "story.json").read_text(encoding="utf-8"))
NAMES = sorted(path.name for path in DOCUMENTS.iterdir())
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TRACES = (b'TargetMode="External"', b"/JavaScript", b"/Launch", b"/home/", b"/root/", b"/tmp/", b"C:\\")
KEY_SENTENCES = {
    "appeal-of-the-families.txt": "ئادۋوكات ياسمىرا تولېن 2025-يىلى 4-مارت كۈنى غايىب بولدى.",
    "behind-the-harbour-wall.pdf": "Two witnesses saw this from different sides of the street.",
    "chronology.md": "The registry stamps her fifth request at 17:52.",
    "code-of-criminal-procedure-extract.txt": "No page may be taken out of a register.",
    "communique-maison-des-plumes.docx": "Ni sa famille ni un avocat de son choix n’ont pu y assister.",
    "grounds-of-appeal.docx": "No answer was given to any of them.",
    "headland-observer.html": "律师雅丝米拉·托伦失去了联系。",
    "interview-witness-h3.txt": "She said good evening, and that she had her stamp",
    "letter-to-the-prosecutor.pdf": "وكانت تلك آخر مرة أسمع فيها صوتها.",
    "ministry-statement.html": "وتؤكد أن المذكورة لم توقف ولم تستدع لدى أي جهة تابعة للوزارة.",
    "news-nine-years.html": "“Nobody had told me that the court was sitting.”",
    "testimony-witness-l7.txt": "ཁོང་གི་མཚན་ལ་ཡས་མི་ར་ཐོ་ལེན་ཟེར།",
}


def pdf_pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [_pdf_page(page) for page in document]


def _pdf_page(page: pypdfium2.PdfPage) -> str:
    letters = page.get_textpage()
    count = pdfium.FPDFText_CountChars(letters)
    assert not any(pdfium.FPDFText_HasUnicodeMapError(letters, at) == 1 for at in range(count))
    return canonical_from_pdfium("".join(chr(pdfium.FPDFText_GetUnicode(letters, at)) for at in range(count)))


def _pdf(content: bytes) -> str:
    return "\n\n".join(pdf_pages(content))


def _docx(content: bytes) -> str:
    """Body, header, footnotes and comments, a line for each paragraph."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        wanted = [name for name in parts.namelist() if re.fullmatch(r"word/[a-z]+\d?\.xml", name)]
        paragraphs = [found for name in wanted for found in ET.fromstring(parts.read(name)).iter(f"{WORD}p")]  # noqa: S314
    return "\n".join("".join(text.text or "" for text in each.iter(f"{WORD}t")) for each in paragraphs)


class _Visible(HTMLParser):
    """The words that a browser would show."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _html(content: bytes) -> str:
    reader = _Visible()
    reader.feed(content.decode("utf-8"))
    return "".join(reader.words)


def _plain(content: bytes) -> str:
    return content.decode("utf-8")


READERS: dict[str, Callable[[bytes], str]] = {
    ".docx": _docx,
    ".html": _html,
    ".md": _plain,
    ".pdf": _pdf,
    ".txt": _plain,
}


@cache
def text_of(name: str) -> str:
    """The text of a sample with runs of white space made one space."""
    path = DOCUMENTS / name
    return _spaced(canonical(READERS[path.suffix](path.read_bytes())))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(part for part in parts if unicodedata.category(part) != "Mn" or part > "\u0f00")


def _all_bytes(name: str) -> bytes:
    """A file as it lies there, and what its containers hide."""
    content = (DOCUMENTS / name).read_bytes()
    if name.endswith(".docx"):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return b"\n".join(parts.read(part) for part in parts.namelist())
    if name.endswith(".pdf"):
        with pypdfium2.PdfDocument(content) as document:
            return content + json.dumps(document.get_metadata_dict()).encode()
    return content


each_quote = pytest.mark.parametrize(
    "quote", [pytest.param(quote, id=f"{at}-{quote['file']}") for at, quote in enumerate(STORY["quotes"])]
)


def test_there_are_samples_of_every_format_that_is_read() -> None:
    assert {Path(name).suffix for name in NAMES} == set(READERS)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_opens_and_holds_its_key_sentence(name: str) -> None:
    assert KEY_SENTENCES[name] in text_of(name)


@pytest.mark.parametrize("name", [name for name in NAMES if READERS[Path(name).suffix] is _plain])
def test_a_text_sample_is_already_in_canonical_form(name: str) -> None:
    content = (DOCUMENTS / name).read_bytes().decode("utf-8")

    assert canonical(content) == content


def test_all_samples_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) < 600_000


def test_the_report_has_bookmarks_and_page_labels() -> None:
    with pypdfium2.PdfDocument(DOCUMENTS / "behind-the-harbour-wall.pdf") as report:
        labels = [report.get_page_label(page) for page in range(len(report))]
        bookmarks = [(mark.level, mark.get_title()) for mark in report.get_toc()]

    assert labels == ["i", "ii", "1", "2", "3", "4"]
    assert (0, "Yasmira Tolenne, lawyer") in bookmarks
    assert (1, "What the Ministry says") in bookmarks


def test_the_appeal_has_a_header_footnotes_a_comment_and_a_table() -> None:
    with zipfile.ZipFile(DOCUMENTS / "grounds-of-appeal.docx") as parts:
        body = parts.read("word/document.xml").decode()
        header, notes, comments = (
            parts.read(f"word/{part}.xml").decode() for part in ("header1", "footnotes", "comments")
        )

    assert "Case 77/2025" in header
    assert body.count("w:footnoteReference ") == 4
    assert notes.count("<w:footnoteRef/>") == 4
    assert "The stamp on Annex 5 answers it." in comments
    assert "<w:tbl>" in body


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".html")])
def test_a_web_sample_says_who_wrote_it_and_when_and_loads_nothing(name: str) -> None:
    content = (DOCUMENTS / name).read_text(encoding="utf-8")

    for property_ in ('name="author"', 'property="og:title"', "article:published_time", 'rel="canonical"'):
        assert property_ in content
    assert 'class="cookies"' in content
    assert "<nav" in content
    assert not re.search(r"\ssrc=|@import|url\(|stylesheet|<iframe|<img", content)


@pytest.mark.parametrize("name", NAMES)
def test_every_address_in_a_sample_is_reserved_for_examples(name: str) -> None:
    content = _all_bytes(name).decode("utf-8", "replace") if name.endswith(".html") else text_of(name)

    hosts = set(re.findall(r"https?://([^/\"\s]+)", content)) - {"schema.org"}
    mails = set(re.findall(r"[\w.]+@([\w.-]+\w)", content))

    assert all(host.endswith(".example") for host in hosts | mails)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_points_to_nothing_outside_and_names_no_machine(name: str) -> None:
    content = _all_bytes(name)

    assert [trace for trace in TRACES if trace in content] == []


def _countries_in(text: str, language: str) -> list[str]:
    """The names of real countries, as `language` has them, that `text` holds."""
    core = pytest.importorskip("babel.core")
    edge = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    names = [name for code, name in core.Locale(language).territories.items() if code.isalpha()]
    return [name for name in names if re.search(re.escape(name).join(edge), text)]


@pytest.mark.parametrize("language", ["en", "fr", "zh", "ar", "ug", "bo"])
def test_no_sample_names_a_real_country(language: str) -> None:
    assert _countries_in(" ".join(text_of(name) for name in NAMES), language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "He left for Peru.", "Peru"),
        ("fr", "arrivé de Suède", "Suède"),
        ("zh", "他去了秘鲁。", "秘鲁"),
        ("ar", "سافر إلى بيرو", "بيرو"),
    ],
)
def test_the_name_of_a_real_country_would_be_noticed(language: str, text: str, found: str) -> None:
    assert _countries_in(text, language) == [found]


def test_the_read_me_says_that_all_is_invented_and_lists_every_sample() -> None:
    read_me = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert "invented" in read_me
    assert "CC0" in read_me
    assert all(f"`{name}`" in read_me for name in NAMES)


@each_quote
def test_the_words_of_a_quote_stand_once_in_their_file(quote: dict[str, Any]) -> None:
    assert text_of(quote["file"]).count(_spaced(quote["words"])) == 1


@pytest.mark.parametrize("quote", [each for each in STORY["quotes"] if each["file"].endswith(".pdf")])
def test_the_words_of_a_quote_from_a_pdf_stand_on_one_page(quote: dict[str, Any]) -> None:
    pages = pdf_pages((DOCUMENTS / quote["file"]).read_bytes())

    assert sum(_spaced(quote["words"]) in _spaced(page) for page in pages) == 1


@each_quote
def test_a_quote_uses_known_tags_cases_and_roles(quote: dict[str, Any]) -> None:
    assert quote["tags"]
    assert set(quote["tags"]) <= {tag["name"] for tag in STORY["tags"]}
    assert set(quote["cases"]) <= {case["name"] for case in STORY["cases"]}
    assert set(quote["cases"].values()) <= set(Role)


def test_every_sample_is_quoted_and_every_tag_and_role_is_used() -> None:
    quotes = STORY["quotes"]

    assert {quote["file"] for quote in quotes} == set(NAMES)
    assert {tag for quote in quotes for tag in quote["tags"]} == {tag["name"] for tag in STORY["tags"]}
    assert {role for quote in quotes for role in quote["cases"].values()} == set(Role)


def test_a_case_with_a_contradiction_also_has_support() -> None:
    roles = {link for quote in STORY["quotes"] for link in quote["cases"].items()}

    assert ("Yasmira Tolenne", Role.CONTRADICTS) in roles
    assert ("Yasmira Tolenne", Role.SUPPORTS) in roles


@pytest.mark.parametrize("case", STORY["cases"], ids=lambda case: case["name"])
def test_every_alias_of_a_case_stands_in_a_sample(case: dict[str, Any]) -> None:
    text = " ".join(text_of(name) for name in NAMES)

    assert [alias for alias in case["aliases"] if alias not in text] == []


@pytest.mark.parametrize("search", STORY["searches"], ids=lambda search: search["query"])
def test_the_words_of_a_search_stand_in_the_file_that_it_promises(search: dict[str, str]) -> None:
    text = _folded(text_of(search["file"]))

    phrases = [search["query"].strip('"')] if '"' in search["query"] else search["query"].split()

    assert all(_folded(phrase.rstrip("*")) in text for phrase in phrases)


def test_the_pack_is_complete() -> None:
    pack = STORY["pack"]

    assert set(pack) == {"title", "recipient", "author", "organisations", "date", "language", "summary"}
    assert len(set(pack["organisations"])) == 9
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", pack["date"])
    assert all(pack["summary"])
