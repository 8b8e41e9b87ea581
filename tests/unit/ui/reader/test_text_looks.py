import pytest

from archivist.model.styles import LONGEST_RUN, Block, BlockKind, Run, RunKind, StyledText
from archivist.ui.reader import text_looks
from archivist.ui.reader.text_looks import PLAIN, Looks

HEADING = Block(2, 5, BlockKind.HEADING, 1)
QUOTE = Block(7, 20, quoted=1)
LOOKS = Looks(StyledText("", (HEADING, QUOTE), (Run(2, 4, RunKind.BOLD), Run(3, 9, RunKind.LINK, "there"))))


@pytest.mark.parametrize(
    ("start", "end", "blocks"),
    [
        (0, 2, ()),
        (0, 3, (HEADING,)),
        (4, 7, (HEADING,)),
        (5, 7, ()),
        (3, 8, (HEADING, QUOTE)),
        (19, 30, (QUOTE,)),
        (20, 30, ()),
    ],
)
def test_blocks_are_found_by_any_part_of_them(start: int, end: int, blocks: tuple[Block, ...]) -> None:
    assert LOOKS.blocks_in(start, end) == blocks


def test_neighbours_are_found_or_are_plain() -> None:
    assert (LOOKS.before(QUOTE), LOOKS.after(HEADING)) == (HEADING, QUOTE)
    assert LOOKS.before(HEADING) is LOOKS.after(QUOTE) is PLAIN


def test_runs_are_found_by_any_part_of_them() -> None:
    assert [run.kind for run in LOOKS.runs_in(3, 4)] == [RunKind.BOLD, RunKind.LINK]
    assert [run.kind for run in LOOKS.runs_in(4, 5)] == [RunKind.LINK]
    assert LOOKS.runs_in(9, 10) == []


def test_the_longest_run_is_found_by_its_end() -> None:
    looks = Looks(StyledText("", (), (Run(0, LONGEST_RUN, RunKind.BOLD),)))

    assert len(looks.runs_in(LONGEST_RUN - 1, LONGEST_RUN + 50)) == 1


def test_more_runs_than_anything_honest_has_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_looks, "MOST_RUNS_SHOWN", 5)
    looks = Looks(StyledText("", (), tuple(Run(0, 9, RunKind.BOLD) for _ in range(50))))

    assert len(looks.runs_in(0, 9)) == 5


def test_a_link_is_known_by_its_place() -> None:
    assert (LOOKS.link_at(2), LOOKS.link_at(3), LOOKS.link_at(8), LOOKS.link_at(9)) == (
        "",
        "there",
        "there",
        "",
    )


def test_without_styles_all_is_plain() -> None:
    looks = Looks()

    assert looks.is_plain
    assert looks.blocks_in(0, 9) == ()
    assert looks.headings() == []
