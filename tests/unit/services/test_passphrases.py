import math

from archivist.model.strength import Strength, estimate
from archivist.services.passphrases import WORDS, suggest_passphrase, suggested_bits, word_list


def test_the_list_has_enough_short_and_distinct_words() -> None:
    words = word_list()

    assert len(words) >= 1296
    assert len(set(words)) == len(words)
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in words)


def test_no_word_is_the_plural_of_another() -> None:
    words = set(word_list())

    assert not [word for word in words if f"{word}s" in words]


def test_a_suggestion_is_six_words_of_the_list() -> None:
    words = suggest_passphrase().split(" ")

    assert len(words) == WORDS == 6
    assert set(words) <= set(word_list())


def test_two_suggestions_differ() -> None:
    assert len({suggest_passphrase() for _ in range(20)}) == 20


def test_the_bits_told_are_those_of_the_list() -> None:
    assert suggested_bits() == int(6 * math.log2(len(word_list())))
    assert suggested_bits() >= 62


def test_what_is_suggested_is_never_weak_to_the_meter() -> None:
    assert all(estimate(suggest_passphrase()).strength >= Strength.GOOD for _ in range(50))
