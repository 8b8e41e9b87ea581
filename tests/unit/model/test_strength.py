import pytest

from archivist.model.strength import Strength, Weakness, estimate


@pytest.mark.parametrize(
    ("passphrase", "weakness"),
    [
        ("password", Weakness.COMMON),
        ("P@ssw0rd", Weakness.COMMON),
        ("qwertyuiop", Weakness.KEYBOARD),
        ("poiuytrewq", Weakness.KEYBOARD),
        ("abcdefgh", Weakness.KEYBOARD),
        ("aaaaaaaaaaaaaaaaaaaa", Weakness.REPEATS),
        ("harbour harbour harbour", Weakness.REPEATS),
        ("14.01.2025", Weakness.DATE),
        ("2025-01-14", Weakness.DATE),
        ("Marrek1984", Weakness.DATE),
        ("ab", Weakness.FEW_CHARACTERS),
        ("butterfly", Weakness.SHORT),
    ],
)
def test_what_is_tried_first_is_too_weak_and_told_why(passphrase: str, weakness: Weakness) -> None:
    found = estimate(passphrase)

    assert found.strength is Strength.TOO_WEAK
    assert found.weakness is weakness


@pytest.mark.parametrize(
    ("passphrase", "least"),
    [
        ("my dog eats the blue carpet", Strength.GOOD),
        ("globe mural juniper verse penny molasses", Strength.STRONG),
        ("qhzvkwmtjbrplxns", Strength.STRONG),
        ("gT7#kq9LmzP2v", Strength.GOOD),
        ("他们从来没有忘记过我们", Strength.GOOD),
        ("كلمة سر طويلة جدا هنا", Strength.WEAK),
        ("ཁྱེད་རང་བདེ་མོ་ཡིན་པས", Strength.WEAK),
    ],
)
def test_long_ones_in_any_script_are_not_called_too_weak(passphrase: str, least: Strength) -> None:
    assert estimate(passphrase).strength >= least


def test_white_space_alone_is_nothing() -> None:
    assert estimate("   \t ").strength is Strength.NONE
    assert estimate("").bits == 0


def test_one_more_word_never_makes_it_weaker() -> None:
    words = ["mural", "juniper", "verse", "penny", "molasses", "kettle"]
    bits = [estimate(" ".join(words[:count])).bits for count in range(1, 7)]

    assert bits == sorted(bits)


def test_length_without_variety_is_not_taken_for_strength() -> None:
    assert estimate("ab" * 200).strength is Strength.TOO_WEAK
    assert estimate("abba baba aabb abab bbaa").strength <= Strength.WEAK


def test_a_very_long_one_is_judged_at_once() -> None:
    assert estimate("mural juniper " * 5000).bits < 400
