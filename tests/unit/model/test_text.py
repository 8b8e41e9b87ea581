import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.text import (
    Section,
    SectionKind,
    canonical,
    canonical_from_pdfium,
    from_utf16,
    join_pages,
    to_utf16,
)

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=80)
MIXED = st.text(alphabet="ab é\u0301👩‍🚀𠀀𠮷قُلབོད་人權\n\t\u00ad", max_size=60)

# The golden table: DESIGN, “canonical text”. A change here changes what every quote points into.
GOLDEN = [
    pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="line ends"),
    pytest.param("Cafe\u0301", "Café", id="composed (NFC)"),
    pytest.param("ﬁle ①", "ﬁle ①", id="compatibility forms stay (never NFKC)"),
    pytest.param("\ud83d\ude00", "😀", id="surrogate halves are joined"),
    pytest.param("a\ud83db", "a\ufffdb", id="a lone half becomes U+FFFD"),
    pytest.param("a\x00b\x01c\x1fd", "abcd", id="C0 controls go"),
    pytest.param("a\tb\nc", "a\tb\nc", id="TAB and LF stay"),
    pytest.param("\ufeffa\ufffeb", "ab", id="byte order marks go"),
    pytest.param("co\u00adop", "co\u00adop", id="a soft hyphen of the source stays"),
    pytest.param(
        "a\u200cb\u200d\u2067c\u2069", "a\u200cb\u200d\u2067c\u2069", id="joiners and isolates stay"
    ),
    pytest.param("e\x00\u0301", "é", id="composed after removal"),
    pytest.param("\u0f42\u0fb7", "\u0f42\u0fb7", id="Tibetan stays decomposed, as NFC has it"),
    pytest.param("\u0627\u0653", "\u0622", id="Arabic alef with madda"),
]


@pytest.mark.parametrize(("raw", "expected"), GOLDEN)
def test_canonical_text_is_pinned(raw: str, expected: str) -> None:
    assert canonical(raw) == expected


def test_a_hyphen_that_pdfium_marks_at_a_line_end_becomes_soft_hyphen_and_line_end() -> None:
    assert canonical_from_pdfium("deten\x02tion\r\nof") == "deten\u00ad\ntion\nof"


@given(ANY_TEXT)
def test_canonical_text_is_stable_storable_and_composed(raw: str) -> None:
    text = canonical(raw)

    assert canonical(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.lists(ANY_TEXT.map(canonical), min_size=1, max_size=5))
def test_pages_are_found_again_in_the_joined_text(pages: list[str]) -> None:
    text, sections = join_pages(pages, map(str, range(1, len(pages) + 1)))

    assert [text[section.start : section.end] for section in sections] == pages
    assert canonical(text) == text


def test_pages_are_joined_by_two_line_ends() -> None:
    text, sections = join_pages(["one", "two"], ["i", "ii"])

    assert text == "one\n\ntwo"
    assert sections == (Section(0, 3, SectionKind.PAGE, "i"), Section(5, 8, SectionKind.PAGE, "ii"))


@given(MIXED, st.integers(0, 60))
def test_utf16_positions_and_code_points_convert_both_ways(text: str, at: int) -> None:
    offset = min(at, len(text))

    units = to_utf16(text, offset)

    assert units == len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text, units) == offset


def test_a_position_inside_a_surrogate_pair_counts_as_its_start() -> None:
    assert from_utf16("a😀b", 2) == 1
