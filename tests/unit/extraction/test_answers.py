import json
from typing import Any

import pytest

from archivist.extraction.answers import decode, decode_quads, failure_of
from archivist.extraction.frames import JobFailed
from archivist.model.anchor import Quad
from archivist.model.document import DocumentKind, Extraction, Metadatum, Unread
from archivist.model.sandbox import Failure
from archivist.model.text import Section, SectionKind

TEXT = "Words of a page"
HEADER: dict[str, Any] = {
    "kind": "pdf",
    "engine": "pdfium",
    "engine_version": "1",
    "sections": [[0, 15, "page", "1"]],
    "metadata": [["title", "A report", "pdf:info"], ["created", "2021", "pdf:info"]],
    "language": "zh-Hant",
    "pages": 1,
    "warnings": ["Beware."],
}
PDF = frozenset({DocumentKind.PDF})


def understood(header: dict[str, Any], data: bytes = TEXT.encode()) -> Extraction | Unread:
    return decode(header, data, DocumentKind.PDF, PDF)


def test_a_true_answer_becomes_an_extraction() -> None:
    assert understood(HEADER) == Extraction(
        kind=DocumentKind.PDF,
        engine="pdfium",
        engine_version="1",
        text=TEXT,
        sections=(Section(0, 15, SectionKind.PAGE, "1"),),
        metadata=(Metadatum("title", "A report", "pdf:info"), Metadatum("created", "2021", "pdf:info")),
        language="zh-Hant",
        pages=1,
        warnings=("Beware.",),
    )


@pytest.mark.parametrize(
    "lie",
    [
        {"kind": "exe"},
        {"kind": ["pdf"]},
        {"kind": "html"},
        {"kind": "other"},
        {"engine": 7},
        {"engine": "x" * 101},
        {"engine": ""},
        {"engine_version": None},
        {"sections": {}},
        {"sections": [[0, 15, "page"]]},
        {"sections": [[0, 16, "page", "1"]]},
        {"sections": [[-1, 5, "page", "1"]]},
        {"sections": [[5, 1, "page", "1"]]},
        {"sections": [[0.0, 5, "page", "1"]]},
        {"sections": [[True, 5, "page", "1"]]},
        {"sections": [[0, 5, "chapter", "1"]]},
        {"sections": [[5, 6, "page", "1"], [0, 1, "page", "2"]]},
        {"sections": [[0, 5, "page", "1"], [4, 6, "page", "2"]], "pages": 2},
        {"sections": [[0, 5, "section", "A"], [5, 6, "page", "1"]]},
        {"sections": [[0, 5, "page", "1"], [5, 6, "beside", "Comments"], [6, 7, "section", "A"]]},
        {"sections": [[0, 5, "section", "A"]]},
        {"sections": [[0, 5, "page", ""]]},
        {"sections": [[0, 5, "page", "1\n2"]]},
        {"sections": [[0, 5, "page", "\ud800"]]},
        {"sections": [[0, 5, "page", "a\x1b[31m"]]},
        {"sections": [[0, 0, "page", "1"]] * 200_001},
        {"metadata": [["title", 7, "pdf:info"]]},
        {"metadata": [["title", "x" * 10_001, "pdf:info"]]},
        {"metadata": [["title", "", "pdf:info"]]},
        {"metadata": [["title", "one\ntwo", "pdf:info"]]},
        {"metadata": [["title", " padded", "pdf:info"]]},
        {"metadata": [["title", "e\u0301", "pdf:info"]]},
        {"metadata": [["title", "a", "pdf:info"], ["title", "b", "pdf:info"]]},
        {"metadata": [["", "x", "pdf:info"]]},
        {"metadata": [["verdict", "guilty", "pdf:info"]]},
        {"metadata": [[["title"], "x", "pdf:info"]]},
        {"metadata": [["author", "UN Special Rapporteur", "user"]]},
        {"metadata": [["author", "Jane", "html:meta"]]},
        {"metadata": [["author", "Jane", ""]]},
        {"metadata": "title"},
        {"language": "English; DROP TABLE"},
        {"language": 7},
        {"pages": -1},
        {"pages": 2},
        {"pages": None},
        {"pages": 1.5},
        {"pages": 10**9},
        {"warnings": [["x"]]},
        {"warnings": [""]},
        {"warnings": ["Beware.\nVerified by Archivist."]},
        {"warnings": ["x"] * 201},
    ],
)
def test_a_lie_is_not_believed(lie: dict[str, Any]) -> None:
    with pytest.raises(JobFailed) as refused:
        understood(HEADER | lie)

    assert refused.value.failure is Failure.MALFORMED


def test_a_document_without_words_has_to_say_why() -> None:
    wordless = HEADER | {"sections": [[0, 0, "page", "1"]]}
    found = understood(wordless, b"")
    assert isinstance(found, Extraction)
    assert found.text == ""

    with pytest.raises(JobFailed):
        understood(wordless | {"warnings": []}, b"")


@pytest.mark.parametrize("pages", [0, 1])
def test_what_has_no_pages_counts_none(pages: int) -> None:
    with pytest.raises(JobFailed):
        understood(HEADER | {"sections": [], "pages": pages})


def test_plain_text_says_nothing_of_itself() -> None:
    said = HEADER | {"kind": "txt", "sections": [], "pages": None}

    with pytest.raises(JobFailed):
        decode(said, TEXT.encode(), DocumentKind.TEXT, frozenset({DocumentKind.TEXT}))


@pytest.mark.parametrize("missing", HEADER)
def test_an_answer_with_a_hole_is_not_believed(missing: str) -> None:
    with pytest.raises(JobFailed):
        understood({key: value for key, value in HEADER.items() if key != missing})


@pytest.mark.parametrize("data", [b"\xff", b"a\r\nb", b"\x00", "e\u0301".encode(), "\ufeffx".encode()])
def test_a_text_that_is_not_canonical_is_not_believed(data: bytes) -> None:
    with pytest.raises(JobFailed):
        understood(HEADER | {"sections": [[0, 0, "page", "1"]]}, data)


def test_a_failure_becomes_a_reason() -> None:
    assert understood({"failure": "password"}) == Unread(
        DocumentKind.PDF, "No text: the file needs a password. Save a copy without it and import that too."
    )


def test_the_child_knows_the_kind_better_than_the_name() -> None:
    said = {"failure": "damaged", "kind": "docx"}

    assert decode(said, b"", DocumentKind.TEXT, frozenset({DocumentKind.DOCX})).kind is DocumentKind.DOCX


def test_the_bytes_know_the_kind_better_than_the_child() -> None:
    with pytest.raises(JobFailed):
        understood({"failure": "damaged", "kind": "html"})


def test_the_child_names_other_kinds_but_writes_no_sentences() -> None:
    named = understood({"failure": "other kind", "what": "a picture (JPEG)", "kind": "other"})
    assert isinstance(named, Unread)
    assert named.reason == "No text: a picture (JPEG) cannot be read yet."

    with pytest.raises(JobFailed):
        understood({"failure": "other kind", "what": "<b>Call us: +1 555</b>"})


@pytest.mark.parametrize("named", ["", "no such failure", 7, None, ["password"], "unsafe", "not started"])
def test_a_failure_that_no_child_can_know_is_not_believed(named: object) -> None:
    with pytest.raises(JobFailed):
        understood({"failure": named})
    assert failure_of({"failure": named}) is Failure.MALFORMED


def test_boxes_are_four_finite_numbers() -> None:
    assert decode_quads({"quads": [[1, 2.5, 3, 4]]}) == (Quad(1.0, 2.5, 3.0, 4.0),)


@pytest.mark.parametrize(
    "quads",
    [
        "[[1, 2, 3]]",
        "[[1, 2, 3, NaN]]",
        "[[1, 2, 3, true]]",
        "[[1, 2, 3, null]]",
        "7",
        f"[[1, 2, 3, {10**400}]]",
    ],
)
def test_other_boxes_are_not_believed(quads: str) -> None:
    with pytest.raises(JobFailed):
        decode_quads({"quads": json.loads(quads)})
