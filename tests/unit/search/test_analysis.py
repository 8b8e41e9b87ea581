import random
import re
import unicodedata

import pytest

from archivist.search.analysis import (
    GAP,
    UNSPACED,
    FoldedPositions,
    FoldedText,
    FoldingAnalyzer,
    chunks,
    index_terms,
    joined,
)
from archivist.search.folding import Folds, fold

RUN_CHARACTERS = [
    chr(code)
    for code in range(0x2000, 0x10000)
    if re.match(f"[{UNSPACED}]", chr(code))
    and chr(code) != "\ue001"
    and unicodedata.category(chr(code)) != "Cn"
]


def terms(text: str) -> list[str]:
    return list(index_terms(text)[0])


def test_a_run_without_spaces_becomes_pairs_and_a_last_single() -> None:
    assert terms("人权 法") == ["人权", "权", "法"]


def test_a_line_end_inside_a_run_adds_the_pair_across_it() -> None:
    words, places = index_terms("承\n认书")

    assert list(zip(words, places, strict=True)) == [("承", 0), ("承认", 0), ("认书", 1), ("书", 2)]


def test_an_empty_line_ends_a_run() -> None:
    assert "承认" not in terms("承\n\n认书")


@pytest.mark.parametrize("text", ["", " ", "?!—…", "\u200d\u00ad", "ــ", "\ue001", "\ue001\ue001 \ue001"])
def test_what_is_no_word_leaves_no_term(text: str) -> None:
    assert terms(text) == []


def test_folding_a_run_character_by_character_or_in_pairs_is_the_same() -> None:
    """A query folds whole runs and the index folds pairs: both must make the same terms."""
    chance = random.Random(5)  # noqa: S311  # a repeatable test

    for _ in range(20_000):
        run = joined(unicodedata.normalize("NFC", "".join(chance.choices(RUN_CHARACTERS, k=2))))

        assert fold(run) == "".join(map(fold, run)), run.encode("unicode-escape")


def test_a_query_makes_the_terms_of_the_index() -> None:
    chance = random.Random(6)  # noqa: S311  # a repeatable test

    for _ in range(500):
        text = unicodedata.normalize("NFC", "".join(chance.choices([*RUN_CHARACTERS, *"abé 1-"], k=12)))

        assert [term for chunk in chunks(text) for term in chunk.terms] == terms(text)


@pytest.mark.parametrize(
    "word", ["Été", "Straße", "İ", "ŉ", "Йод", "ǅ", "Ά", "ﷺ", "한", "ำ", "臺", "½", "ﬁ", "٣"]
)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_folds_are_remembered_within_bounds() -> None:
    folds = Folds()
    folds.MOST = 10

    assert [folds[f"Wört{number}"] for number in range(25)] == [f"wort{number}" for number in range(25)]
    assert len(folds) <= 10


def test_the_texts_of_a_list_stay_apart() -> None:
    words = {word: FoldedPositions().decode_positions(places) for word, _, _, places in _values(["a b", "b"])}

    assert words == {"a": [0], "b": [1, 2 + GAP]}


def test_whoosh_gets_the_same_tokens_from_the_analyzer() -> None:
    tokens = [(token.text, token.pos) for token in FoldingAnalyzer()("Freie 人权", start_pos=3)]

    assert tokens == [("freie", 3), ("人权", 4), ("权", 5)]
    assert FoldingAnalyzer() == FoldingAnalyzer()
    assert FoldingAnalyzer() != object()


def test_places_survive_being_stored() -> None:
    positions = FoldedPositions()

    stored = positions.encode([3, 4, 900_000])

    assert positions.decode_positions(stored) == [3, 4, 900_000]
    assert positions.decode_frequency(stored) == 3
    assert positions.decode_weight(stored) == 3.0


def _values(value: list[str]) -> list[tuple[str, int, float, bytes]]:
    field = FoldedText()
    return list(field.format.word_values(value, field.analyzer))
