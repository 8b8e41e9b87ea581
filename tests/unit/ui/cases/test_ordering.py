"""Where a quote comes to stand when it is moved."""

import pytest

from archivist.model.ids import QuoteId
from archivist.ui.cases.ordering import moved


def order(letters: str) -> list[QuoteId]:
    return [QuoteId(letter) for letter in letters]


@pytest.mark.parametrize(
    ("shown", "letter", "to", "expected"),
    [
        ("abcde", "a", 2, "bcade"),
        ("abcde", "e", 0, "eabcd"),
        ("abcde", "c", 4, "abdec"),
        ("abcde", "c", 99, "abdec"),
        ("abcde", "b", 1, "abcde"),
        ("bd", "d", 0, "adbce"),  # before the first that is in sight
        ("bd", "b", 1, "acdbe"),  # right behind the one it was put behind
        ("c", "c", 0, "abcde"),  # nothing else in sight
    ],
)
def test_what_is_out_of_sight_stays(shown: str, letter: str, to: int, expected: str) -> None:
    assert "".join(moved(order("abcde"), order(shown), QuoteId(letter), to)) == expected
