import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.text import canonical_from_pdfium
from archivist.workers.page_layer import aligned, text_and_origins

AWKWARD = [
    *"ab \r\n\x02\x00\ufeff\ufffe\ud835\udc9c\ud800e\u0301\u0308\u0327\u0344\u0958\u09c7\u09be",
    *"\u1100\u1161\u11a8\uac00\u212b\ufb1d\u0f71\u0f72\u0f80\u00ad",
    "",
    "\U00020bb7",
]


@given(st.lists(st.sampled_from(AWKWARD) | st.characters(), max_size=20))
def test_the_text_is_what_import_makes_of_it_and_each_letter_knows_where_from(raw: list[str]) -> None:
    text, origins = text_and_origins(raw)

    whole = canonical_from_pdfium("".join(raw))
    assert text == (whole if whole.strip() else "")
    assert len(origins) == len(text)
    for character, (start, end) in zip(text, origins, strict=True):
        assert 0 <= start <= end <= len(raw)
        if not character.isspace():
            assert canonical_from_pdfium("".join(raw[start:end])), "it comes from somewhere"


@given(st.lists(st.sampled_from("abc \n\x02") | st.just("\r\n"), max_size=20))
def test_a_letter_comes_from_itself(raw: list[str]) -> None:
    text, origins = text_and_origins(["\r", "\n"] if raw == ["\r\n"] else [*"".join(raw)])

    for character, (start, end) in zip(text, origins, strict=True):
        if character in "abc ":
            assert "".join(raw)[start:end] == character


@pytest.mark.parametrize(
    ("raw", "text", "origins"),
    [
        ([*"a\r\nb"], "a\nb", [(0, 1), (1, 1), (3, 4)]),
        ([*"re\x02port"], "re\u00ad\nport", [(0, 1), (1, 2), (2, 3), (2, 2), (3, 4), (4, 5), (5, 6), (6, 7)]),
        (["\ud842", "\udfb7", "x"], "\U00020bb7x", [(0, 2), (2, 3)]),
        (["\ud842", "x"], "\ufffdx", [(0, 1), (1, 2)]),
        ([*"e\u0301a"], "éa", [(0, 2), (2, 3)]),
        (["\u0958"], "\u0915\u093c", [(0, 1), (0, 1)]),
        ([*"\u1112\u1161\u11ab"], "한", [(0, 3)]),
        (["a", "", "b"], "ab", [(0, 1), (2, 3)]),
        ([*" \r\n "], "", []),
        ([], "", []),
    ],
)
def test_the_way_back(raw: list[str], text: str, origins: list[tuple[int, int]]) -> None:
    assert text_and_origins(raw) == (text, origins)


def test_only_marks_and_hangul_join_the_letter_before_them() -> None:
    """What `_joins` relies on, in the Unicode of this Python."""
    pairs = (
        decomposed.split()[1]
        for code in range(0x110000)
        if len((decomposed := unicodedata.decomposition(chr(code))).split()) == 2 and decomposed[0] != "<"
    )

    assert {unicodedata.category(chr(int(second, 16)))[0] for second in pairs} == {"M"}


def test_where_texts_differ_letters_are_found_by_themselves() -> None:
    pieces = [("a", (0, 1)), (" ", (1, 2)), ("é", (2, 3)), ("z", (3, 4)), ("b", (4, 5))]

    assert aligned("ae\u0301 ?b", pieces) == [(0, 1), (2, 3), (2, 3), (0, 0), (0, 0), (4, 5)]
