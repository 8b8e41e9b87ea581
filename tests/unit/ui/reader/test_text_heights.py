import random
from itertools import accumulate

import pytest

from archivist.ui.reader.text_faces import LATIN, WIDE
from archivist.ui.reader.text_heights import Heights


def test_sums_and_places_agree_with_plain_counting() -> None:
    chance = random.Random(1)  # noqa: S311 - the same heights each time
    heights = Heights()
    heights.guess(18, 700, 0.5)
    plain: list[float] = []
    for _ in range(40):
        pieces = ["x" * chance.choice((0, 10, 500)) for _ in range(chance.randint(1, 90))]
        heights.extend(pieces, [LATIN] * len(pieces))
        plain += [heights.height(number) for number in range(len(plain), len(heights))]
        for _ in range(20):
            number, height = chance.randrange(len(plain)), float(chance.randint(0, 400))
            assert heights.learn(number, height) == pytest.approx(height - plain[number], abs=0.02)
            plain[number] = heights.height(number)
    tops = [0.0, *accumulate(plain)]

    assert heights.total == pytest.approx(tops[-1])
    for number in range(0, len(plain), 37):
        assert heights.top(number) == pytest.approx(tops[number])
        if plain[number] > 1:
            assert heights.block_at(tops[number] + 0.5) == number
    assert heights.top(len(plain)) == pytest.approx(tops[-1])


def test_places_outside_are_the_first_and_the_last() -> None:
    heights = Heights()

    assert (heights.block_at(50), heights.total, heights.top(0)) == (0, 0.0, 0.0)
    heights.extend(["a", "b"], [LATIN, LATIN])
    assert (heights.block_at(-5), heights.block_at(1e9)) == (0, 1)


def test_a_guess_follows_size_width_and_script() -> None:
    heights = Heights()
    heights.extend(["x" * 200, "x" * 200, ""], [LATIN, WIDE, LATIN])

    heights.guess(20, 500, 0.5)
    narrow = [heights.height(number) for number in range(3)]
    heights.guess(20, 1_000, 0.5)
    wide = [heights.height(number) for number in range(3)]

    assert narrow == [5 * 32, 9 * 35, 16]
    assert wide == [3 * 32, 5 * 35, 16]


def test_learning_again_what_is_known_changes_nothing() -> None:
    heights = Heights()
    heights.extend(["a"], [LATIN])
    heights.learn(0, 40)

    assert heights.learn(0, 40) == 0
    assert heights.total == 40
