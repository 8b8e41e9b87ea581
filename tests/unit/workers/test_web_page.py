import pytest

from archivist.model.document import DocumentKind, Field
from archivist.model.sandbox import Failure
from archivist.workers import web_page
from archivist.workers.failing import Unreadable

PAGE = """<!DOCTYPE html><html lang="fa"><head><title>Report – Site</title>
<meta property="og:title" content="A report"><meta name="author" content="Jane Doe">
<meta property="og:site_name" content="The Site">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="https://example.org/report"></head>
<body><h1>A report</h1><p>اعلامیه جهانی حقوق بشر از آنجا که شناسایی حیثیت ذاتی کلیه اعضای خانواده بشری</p>
</body></html>"""


def test_a_page_says_who_wrote_it_when_and_where() -> None:
    found = web_page.read(PAGE.encode())

    told = {metadatum.field: metadatum.value for metadatum in found.metadata}
    assert told == {
        Field.TITLE: "A report",
        Field.AUTHOR: "Jane Doe",
        Field.PUBLISHER: "The Site",
        Field.DATE: "2021-03-04",
        Field.SOURCE_URL: "https://example.org/report",
        Field.LANGUAGE: "fa",
    }
    assert {metadatum.origin for metadatum in found.metadata} == {"html:meta"}
    assert (found.kind, found.language, found.pages) == (DocumentKind.HTML, "fa", None)


def test_a_year_in_the_text_is_not_made_into_a_date() -> None:
    found = web_page.read(b"<title>x</title><p>In 2021 nothing was dated, nor in 2019.</p>")

    assert Field.DATE not in {metadatum.field for metadatum in found.metadata}


def test_metadata_that_break_their_finder_do_not_cost_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(web_page, "extract_metadata", breaks)

    found = web_page.read(b"<title>Title</title><p>Words")

    assert found.text == "Words"
    assert [metadatum.value for metadatum in found.metadata] == ["Title"]


def test_deep_pages_are_read_to_their_ground() -> None:
    assert web_page.read(b"<div>" * 1_500 + b"deep words").text == "deep words"


def test_pages_deeper_than_the_parser_reaches_are_refused_not_cut_short() -> None:
    with pytest.raises(Unreadable) as refused:
        web_page.read(b"<p>start</p>" + b"<div>" * 200_000 + b"deep words")

    assert refused.value.failure is Failure.TOO_DEEP


def test_a_page_without_anything_is_empty() -> None:
    with pytest.raises(Unreadable) as refused:
        web_page.read(b"<!-- -->")

    assert refused.value.failure is Failure.EMPTY
