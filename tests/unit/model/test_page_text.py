import time
from array import array

import pytest

from archivist.model.page import PageLayer
from archivist.model.page_lines import Rect
from archivist.model.page_text import PageText
from tests.unit.model.typesetting import HEIGHT, STEP, Set, middle, page, prose

ARABIC = "مادة 123 من"


def lines_of(layer: PageLayer) -> list[str]:
    return [layer.text[line.first : line.end] for line in PageText(layer).lines]


def test_letters_side_by_side_are_a_line() -> None:
    assert lines_of(prose("All human beings", "are born free")) == ["All human beings", "are born free"]


def test_columns_that_the_text_runs_across_stay_apart() -> None:
    layer = page(Set("left", 100, 100), Set("right", 300, 100, ahead=" "))

    assert lines_of(layer) == ["left", "right"]


def test_a_gap_between_two_words_parts_no_line() -> None:
    layer = page(Set("wide", 100, 100), Set("gap", 160, 100, ahead=" "))

    assert lines_of(layer) == ["wide gap"]


def test_words_of_the_other_direction_part_no_line() -> None:
    hebrew = Set("שלום", 400, 100, is_rtl=True)
    latin = Set("Human Rights Council", 160, 100, ahead=" ")
    more = Set("עולם", 150, 100, ahead=" ", is_rtl=True)

    assert len(lines_of(page(hebrew, latin, more))) == 1


def test_a_raised_number_stays_on_its_line() -> None:
    layer = prose("see note3 there")
    boxes = layer.boxes[:]
    boxes[4 * 8 + 1], boxes[4 * 8 + 3] = 97.0, 105.0

    assert lines_of(PageLayer(layer.text, boxes)) == ["see note3 there"]


def test_a_tall_first_letter_does_not_swallow_the_lines_beside_it() -> None:
    layer = page(Set("Dear all,", 100, 100), Set("and others", 120, 114), Set("below", 120, 128))
    boxes = layer.boxes[:]
    boxes[3] = 140.0

    assert lines_of(PageLayer(layer.text, boxes)) == ["Dear all,", "and others", "below"]


def test_a_letter_that_happens_to_stand_under_another_begins_a_line() -> None:
    layer = page(Set("narrow", 100, 100), Set("lines", 150, 114, ahead=" "))

    assert lines_of(layer) == ["narrow", "lines"]


@pytest.mark.parametrize("turn", [90, 270])
def test_lines_of_a_page_on_its_side_run_down_or_up(turn: int) -> None:
    layer = page(Set("sideways", 100, 300, turn=turn), Set("again", 114, 300, turn=turn))

    assert lines_of(layer) == ["sideways", "again"]
    assert all(line.is_vertical for line in PageText(layer).lines)


@pytest.mark.parametrize(
    "layer",
    [
        prose("All human beings", "are born free"),
        page(Set(ARABIC, 400, 100, is_rtl=True)),
        page(Set("sideways", 100, 300, turn=90), Set("again", 114, 300, turn=90)),
        page(Set("sideways", 100, 300, turn=270), Set("again", 114, 300, turn=270)),
        prose("世界人权宣言", "𠮷野家"),
    ],
    ids=["left to right", "right to left", "down", "up", "beyond the first plane"],
)
def test_each_half_of_a_letter_is_its_side_of_the_caret(layer: PageLayer) -> None:
    text = PageText(layer)
    letters = [index for index, character in enumerate(layer.text) if character != "\n"]

    for index in letters:
        (x, y), caret = middle(layer, index), text.caret(index)
        assert caret
        begin = (x, caret.top) if text.lines[0].is_vertical else (caret.left, y)
        early = ((x + begin[0]) / 2, (y + begin[1]) / 2)
        late = (2 * x - early[0], 2 * y - early[1])
        assert text.index_at(*early) == index
        assert text.index_at(*late) == index + 1


def test_the_first_letter_of_right_to_left_words_begins_at_the_right() -> None:
    layer = page(Set(ARABIC, 400, 100, is_rtl=True))
    text = PageText(layer)

    assert text.index_at(399, 106) == 0
    assert text.index_at(400 - STEP * len(ARABIC) + 1, 106) == len(ARABIC)
    assert text.is_read_leftwards(0)


def test_digits_in_right_to_left_words_are_read_rightwards() -> None:
    layer = page(Set(ARABIC, 400, 100, is_rtl=True))
    text = PageText(layer)
    one = ARABIC.index("1")
    left, top, right, bottom = layer.box(one)

    assert text.index_at(left + 1, 106) == one
    assert text.index_at(right - 1, 106) == one + 1
    assert (top, bottom) == (100, 112)


def test_what_is_selected_has_a_rectangle_for_each_visible_run() -> None:
    text = PageText(page(Set(ARABIC, 400, 100, is_rtl=True)))
    through_the_first_digit = ARABIC.index("1") + 1

    rects = text.rects(0, through_the_first_digit)

    assert rects == [Rect(320, 100, 330, 112), Rect(350, 100, 400, 112)]
    assert text.rects(0, len(ARABIC)) == [Rect(290, 100, 400, 112)]


def test_rectangles_follow_the_lines() -> None:
    text = PageText(prose("All human beings", "are born free"))

    assert text.rects(4, 21) == [Rect(140, 100, 260, 112), Rect(100, 114, 140, 126)]
    assert text.rects(0, 3) == [Rect(100, 100, 130, 112)]
    assert text.rects(3, 3) == []


def test_the_end_of_a_short_last_line_is_met_from_its_right() -> None:
    text = PageText(prose("a line as long as the column", "short"))

    assert text.index_at(370, 120) == len("a line as long as the column") + 1 + len("short")


def test_a_point_in_the_gap_of_its_column_does_not_leap_to_the_next_column() -> None:
    column = [Set("left line", 100, 100 + 14 * number) for number in range(6)]
    other = [Set("right", 230, 100), Set("right", 230, 142)]
    layer = page(*column, *other)
    text = PageText(layer)

    index = text.index_at(232, 122)

    assert index is not None
    assert index > 6 * len("left line")


def test_a_ligature_is_shared_by_its_letters() -> None:
    layer = page(Set("office", 100, 100))
    boxes = layer.boxes[:]
    boxes[4:16] = array("f", [110, 100, 140, 112] * 3)
    text = PageText(PageLayer("office", boxes))

    assert [text.index_at(x, 106) for x in (111, 121, 131)] == [1, 2, 3]
    assert text.rects(1, 2) == [Rect(110, 100, 120, 112)]


def test_a_ligature_of_right_to_left_letters_is_shared_from_the_right() -> None:
    layer = page(Set("سلام", 400, 100, is_rtl=True))
    boxes = layer.boxes[:]
    boxes[4:12] = array("f", [370, 100, 390, 112] * 2)
    text = PageText(PageLayer(layer.text, boxes))

    assert text.rects(1, 2) == [Rect(380, 100, 390, 112)]
    assert text.index_at(389, 106) == 1


def test_a_page_of_nothing_but_ligatures_does_not_keep_the_window() -> None:
    """Each on a line of its own, as a hostile page may have them."""
    letters = 8_000
    alone = page(*(Set("a", number % 50 * 3 * STEP, number * HEIGHT, ahead="") for number in range(letters)))
    shared = array("f", [side for at in range(letters) for side in alone.box(at) * 2])

    def seconds(layer: PageLayer) -> float:
        begun = time.process_time()
        assert len(PageText(layer).lines) == letters
        return time.process_time() - begun

    assert seconds(PageLayer("fi" * letters, shared)) < 6 * seconds(alone)


def test_a_note_in_the_margin_that_runs_upwards_is_no_line_of_the_text() -> None:
    layer = page(Set("draft", 50, 300, turn=270), Set("the text", 100, 100), Set("goes on", 100, 114))
    text = PageText(layer)

    assert [line.is_vertical for line in text.lines] == [True, False, False]
    assert text.paragraph_at(10) == (6, 22)


def test_spaces_at_the_ends_of_lines_are_not_covered() -> None:
    text = PageText(prose("  one ", "   ", "two"))

    assert text.rects(0, 14) == [Rect(120, 100, 150, 112), Rect(100, 128, 130, 140)]
    assert text.caret(6) == Rect(150, 100, 150, 112)


def test_an_accent_is_not_parted_from_its_letter() -> None:
    layer = page(Set("nai\u0308ve", 100, 100))
    boxes = layer.boxes[:]
    boxes[12:16] = boxes[8:12]
    text = PageText(PageLayer(layer.text, boxes))

    assert text.index_at(128, 106) == 4


def test_lines_that_follow_closely_are_a_paragraph_up_to_one_that_ends_early() -> None:
    layer = prose("one line of the paragraph", "and another line of it", "end.", "the next paragraph begins")
    text = PageText(layer)

    start, end = text.paragraph_at(30)

    assert layer.text[start:end] == "one line of the paragraph\nand another line of it\nend."


def test_a_caret_goes_down_and_up_at_the_same_height_of_the_line() -> None:
    layer = prose("All human beings", "are born free", "and equal")
    text = PageText(layer)
    along = text.along(4)

    below = text.index_in_next_line(4, along)

    assert below == layer.text.index("born")
    assert text.index_in_previous_line(below, along) == 4
    assert text.index_in_next_line(len(layer.text), along) is None
    assert text.index_in_previous_line(0, along) is None


def test_the_next_row_of_a_table_is_under_its_own_cell() -> None:
    layer = page(Set("name", 100, 100), Set("date", 300, 100), Set("Anna", 100, 120), Set("1999", 300, 120))
    text = PageText(layer)
    date = layer.text.index("date")

    assert text.index_in_next_line(date, text.along(date)) == layer.text.index("1999")


def test_the_caret_at_a_line_end_stands_behind_its_last_letter() -> None:
    text = PageText(prose("one", "two"))

    assert text.caret(3) == Rect(130, 100, 130, 100 + HEIGHT)
    assert text.caret(4) == Rect(100, 114, 100, 114 + HEIGHT)
    assert text.caret(7) == Rect(130, 114, 130, 114 + HEIGHT)


def test_a_page_without_words_has_nothing_to_select() -> None:
    text = PageText(PageLayer("", array("f")))

    assert text.is_empty
    assert text.index_at(10, 10) is None
    assert text.caret(0) is None
    assert text.rects(0, 1) == []
    assert text.paragraph_at(0) == text.line_at(0) == text.word_at(0) == (0, 0)
    assert text.first_line_index(0) is None
    assert text.last_line_index(0) is None
