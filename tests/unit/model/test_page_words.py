import pytest

from archivist.model.page_words import next_stop, next_word, previous_stop, previous_word, word_at


@pytest.mark.parametrize(
    ("text", "index", "word"),
    [
        ("All human beings", 5, "human"),
        ("All human beings", 3, " "),
        ("Don’t go", 1, "Don’t"),
        ("infirm\u00ad\nary register", 2, "infirm\u00ad\nary"),
        ("infirm\u00ad\nary register", 9, "infirm\u00ad\nary"),
        ("cost 1,200.50 dinar", 6, "1,200.50"),
        ("the end. New", 7, "."),
        ("世界人权宣言。", 2, "世界人权宣言"),
        ("これは漢字です", 0, "これは"),
        ("カタカナとひらがな", 1, "カタカナ"),
        ("بۇ 123 سۆز", 4, "123"),
        ("می\u200cخواهم", 1, "می\u200cخواهم"),
        ("མིའི་ཐོབ་ཐང", 1, "མིའི"),
        ("a𠮷b", 1, "𠮷"),
        ("word", 99, "word"),
    ],
)
def test_the_word_around_a_letter(text: str, index: int, word: str) -> None:
    start, end = word_at(text, index)

    assert text[start:end] == word


def test_steps_by_letters_take_what_stands_on_them() -> None:
    text = "nai\u0308ve"

    assert next_stop(text, 2) == 4
    assert previous_stop(text, 4) == 2
    assert next_stop(text, len(text)) == len(text)
    assert previous_stop(text, 0) == 0


def test_steps_by_words_lead_to_beginnings() -> None:
    text = "All human, beings"

    assert [next_word(text, at) for at in (0, 4, 9, 11, 17)] == [4, 9, 11, 17, 17]
    assert [previous_word(text, at) for at in (17, 11, 9, 5, 0)] == [11, 9, 4, 4, 0]
