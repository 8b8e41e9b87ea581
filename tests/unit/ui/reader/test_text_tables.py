from archivist.model.styles import Block, BlockKind, Cell, StyledText
from archivist.ui.reader.text_looks import PLAIN, Looks
from archivist.ui.reader.text_tables import columns


def table(*rows: tuple[str, ...]) -> tuple[str, tuple[Block, ...]]:
    text, blocks = "", []
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            if words:
                cell = Cell(0, number, column, is_head=number == 0)
                blocks.append(Block(len(text), len(text) + len(words), BlockKind.PARAGRAPH, cell=cell))
            text += words + ("\t" if column < len(row) - 1 else "\n")
    return text, tuple(blocks)


def ten_a_letter(words: str, is_bold: bool) -> float:  # noqa: FBT001 - as a font is asked
    return (12.0 if is_bold else 10.0) * len(words)


def widths(*rows: tuple[str, ...], room: float = 500) -> list[float]:
    text, blocks = table(*rows)
    return [column.width for column in columns(blocks, text, ten_a_letter, 10, room)]


def test_columns_are_as_wide_as_their_words_where_there_is_room() -> None:
    assert widths(("Name", "Age"), ("Somebody", "7")) == [82, 38]


def test_where_there_is_none_no_word_is_broken_that_need_not_be() -> None:
    found = widths(("Name", "What happened"), ("K-7", "many words " * 20), room=300)

    assert found[0] == 50
    assert 98 <= found[1] <= 300 - 10 - found[0]


def test_columns_follow_each_other_with_room_between() -> None:
    text, blocks = table(("aa", "bb", "cc"))

    offsets = [column.offset for column in columns(blocks, text, ten_a_letter, 10, 500)]

    assert offsets == [0, 36, 72]


def test_a_table_that_fits_in_no_way_has_no_columns() -> None:
    assert widths(tuple("word" * 3 for _ in range(30)), room=300) == []


def test_no_cells_are_no_columns() -> None:
    assert columns((), "", ten_a_letter, 10, 300) == ()
    assert columns((PLAIN,), "x", ten_a_letter, 10, 300) == ()


def test_what_parts_cells_is_shown_as_the_end_of_a_cell_and_tabs_within_stay() -> None:
    text, blocks = table(("a", "", "b\tc"))
    looks = Looks(StyledText("", blocks))

    assert looks.shown(text[:-1], 0) == "a\u2028\u2028b\tc"
    assert looks.shown("no row\tat all", 100) == "no row\tat all"
