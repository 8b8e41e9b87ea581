import random

import pytest

from archivist.model.anchor import Span, skeleton
from archivist.ui.reader import finding
from archivist.ui.reader.finding import Finder, fold

ALPHABET = "aÀéß- (\u00ad\n１ﬁ가𠮷ܐلا\u0f40\u0fb5İ\u2011{}“”\t\u3000Åſ"


def test_folding_is_what_the_anchors_call_a_skeleton() -> None:
    letters = random.Random(7)  # noqa: S311 - the same letters each time
    for length in (0, 1, 2, 500):
        text = "".join(letters.choices(ALPHABET, k=length))

        bare, origins = fold(text)

        assert (bare, origins.tolist()) == skeleton(text)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("infirmary REGISTER", ["infirm\u00ad\nary Register"]),
        ("ｒｅｇｉｓｔｅｒ", ["Register", "register"]),
        ("office", ["oﬃce"]),
        ("]", ["]"]),
        ("nowhere", []),
        ("", []),
        (" \n", []),
    ],
)
def test_words_are_found_whatever_their_form(words: str, found: list[str]) -> None:
    text = "the infirm\u00ad\nary Register [of the oﬃce], a register"

    assert [text[span.start : span.end] for span in Finder(text).find(words)] == found


def test_places_are_found_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_PIECE", 7)
    finder = Finder("every man and every woman")
    steps = 1
    while finder.prepare():
        steps += 1

    assert steps == 4
    assert finder.is_ready
    assert finder.find("and every") == [Span(10, 19)]
    assert finder.find("every") == [Span(0, 5), Span(14, 19)]


def test_the_number_of_places_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_FOUND", 3)

    assert len(Finder("e " * 50).find("e")) == 3
    assert len(Finder("( " * 50).find("(")) == 3
