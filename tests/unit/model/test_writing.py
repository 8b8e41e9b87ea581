import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.writing import (
    chapters,
    direction,
    direction_of_language,
    flowing,
    language_tag,
    link_target,
    pieces,
    tellings,
)
from tests.unit.packs.samples import sample, told_again


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("English", "ar", "ltr"),
        ("عربي", "en", "rtl"),
        ("(2019) عربي with English", "en", "rtl"),
        ("བོད་", "ar", "ltr"),
        ("2019", "ar", "rtl"),
        ("2019", "en", "ltr"),
        ("", "ug", "rtl"),
        ("", "", "ltr"),
    ],
)
def test_the_first_strong_letter_decides_the_direction(text: str, language: str, expected: str) -> None:
    assert direction(text, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("ug-CN", "rtl"),
        ("ug-Latn", "ltr"),
        ("ku-Arab", "rtl"),
        ("zh-Hant", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_script_in_the_tag_beats_the_language(language: str, expected: str) -> None:
    assert direction_of_language(language) == expected


def test_a_tag_that_is_none_means_not_known() -> None:
    assert [language_tag(tag) for tag in ("zh-Hant", '" onload="', "", "en_GB")] == ["zh-Hant", "", "", ""]


@pytest.mark.parametrize(
    "address", ["https://a.org/b?c=1&d=2", "HTTP://a.org", "mailto:a@b.org", "https://例.org/条"]
)
def test_addresses_of_the_web_and_of_mail_become_links(address: str) -> None:
    assert link_target(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//a.org",
        "a.org",
        "https://a b",
        'https://a"b',
        "https://",
        "https://a\n",
        " https://a.org",
        "ht\ntps://a",
    ],
)
def test_no_other_address_becomes_a_link(address: str) -> None:
    assert link_target(address) == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("asked\nthree", "asked three"),
        ("asked \n three", "asked three"),
        ("one.\n\n Two", "one.\nTwo"),
        ("per\u00ad\nmitted", "per\u00admitted"),
        ("三次\n均未", "三次均未"),
        ("三次\nthree", "三次 three"),
        ("བོད་\nཡིག", "བོད་ཡིག"),
        ("\nedge\n", "edge"),
        ("kept  as\tis", "kept  as\tis"),
    ],
)
def test_the_lines_of_a_page_flow_on(words: str, expected: str) -> None:
    assert flowing(words) == expected


@given(st.text(alphabet=st.sampled_from("ab \t\n\u00ad三ب་")))
def test_the_pieces_of_a_quote_are_the_quote(words: str) -> None:
    assert "".join(piece.text for piece in pieces(words)) == words


def test_a_quote_that_is_told_again_keeps_its_number_and_has_an_anchor_of_its_own() -> None:
    pack = told_again(sample(cases=3))

    told = tellings(pack)

    assert [telling.anchor for telling in told if telling.quote.number == "Q0001"] == ["Q0001", "Q0001-2"]
    assert [telling.quote.role for telling in told if telling.quote.number == "Q0001"] == [
        "supports",
        "context",
    ]
    assert [telling.note for telling in told] == list(range(1, 11))
    assert len({telling.anchor for telling in told}) == 10
    assert len(pack.quotes) == 9


def test_quotes_outside_any_case_are_a_chapter_and_no_case() -> None:
    pack = told_again(sample(cases=3))

    told = chapters(pack)

    assert [chapter.case.number if chapter.case else None for chapter in told] == [
        "C001",
        "C002",
        "C003",
        None,
    ]
    assert [telling.anchor for telling in told[-1].tellings] == ["Q0009"]
    assert len(chapters(sample(cases=3))) == 3
