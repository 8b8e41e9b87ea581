import pytest

from archivist.model.anchor import Quad
from archivist.model.sandbox import Failure
from archivist.workers.failing import Unreadable
from archivist.workers.rectangles import rectangles
from tests.unit.workers.samples import pdf

PAGE = "All human beings\nare born free\nand are born equal"


def boxes(document: bytes, exact: str, start: int = 0, page: int = 1) -> list[Quad]:
    header = {"page": page, "start": start, "end": start + len(exact), "exact": exact}
    answer, _ = rectangles(header, document)
    return [Quad(*quad) for quad in answer["quads"]]


def test_words_on_one_line_have_one_box() -> None:
    (box,) = boxes(pdf(PAGE), "human beings")

    assert 89 < box.left < 95
    assert 695 < box.bottom < 700 < box.top < 715


def test_words_on_two_lines_have_two() -> None:
    first, second = boxes(pdf(PAGE), "human beings\nare born")

    assert first.bottom > second.top
    assert second.left == pytest.approx(72, abs=2)


def test_white_space_between_the_words_does_not_matter() -> None:
    assert boxes(pdf(PAGE), "human  beings are\nborn") == boxes(pdf(PAGE), "human beings\nare born")


def test_of_many_occurrences_the_nearest_is_meant() -> None:
    (first,) = boxes(pdf(PAGE), "are born", start=17)
    (second,) = boxes(pdf(PAGE), "are born", start=PAGE.index("are born equal"))

    assert first.bottom - second.bottom == pytest.approx(14, abs=1)


def test_a_turned_page_keeps_its_own_coordinates() -> None:
    assert boxes(pdf(PAGE, page="/Rotate 90"), "born free") == boxes(pdf(PAGE), "born free")


def test_lines_that_run_upwards_are_merged_too() -> None:
    turned = pdf(PAGE).replace(b"72 700 Td", b"0 1 -1 0 300 72 Tm")

    quads = boxes(turned, "human beings")

    assert len(quads) == 1
    assert quads[0].top - quads[0].bottom > 3 * (quads[0].right - quads[0].left)


@pytest.mark.parametrize("exact", ["nowhere", "", "\n"])
def test_words_that_are_not_there_have_no_box(exact: str) -> None:
    assert boxes(pdf(PAGE), exact) == []


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(Unreadable) as refused:
        boxes(pdf(PAGE), "human", page=page)

    assert refused.value.failure is Failure.NO_PAGES
