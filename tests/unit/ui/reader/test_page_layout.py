import pytest

from archivist.model.page import PageSize
from archivist.ui.reader.page_layout import GAP, MARGIN, PIXELS_PER_POINT, Fit, PageLayout

SIZES = [PageSize(600, 800), PageSize(800, 600), PageSize(600, 800)]


@pytest.fixture
def layout() -> PageLayout:
    made = PageLayout(SIZES)
    made.zoom = 1 / PIXELS_PER_POINT
    return made


def test_pages_stand_under_each_other_with_gaps(layout: PageLayout) -> None:
    assert [layout.top(page) for page in range(3)] == [GAP, 800 + 2 * GAP, 1400 + 3 * GAP]
    assert layout.height == 2200 + 4 * GAP
    assert layout.width == 800 + 2 * MARGIN


def test_zoom_leaves_the_gaps_alone(layout: PageLayout) -> None:
    layout.zoom *= 2

    assert layout.top(2) == 2800 + 3 * GAP


def test_pages_stand_in_the_middle(layout: PageLayout) -> None:
    assert layout.left(0, 1000) == 200
    assert layout.left(0, 100) == 100 + MARGIN


@pytest.mark.parametrize(
    ("y", "page"), [(-50, 0), (0, 0), (500, 0), (GAP + 800 + 1, 0), (GAP + 800 + 10, 1), (9_999, 2)]
)
def test_each_height_belongs_to_the_nearest_page(layout: PageLayout, y: float, page: int) -> None:
    assert layout.nearest_page(y) == page


@pytest.mark.parametrize(
    ("top", "bottom", "pages"),
    [
        (0, 100, [0]),
        (0, 5_000, [0, 1, 2]),
        (GAP + 801, GAP + 810, []),
        (GAP + 790, GAP + 830, [0, 1]),
        (-100, 0, []),
        (9_000, 9_999, []),
    ],
)
def test_only_what_can_be_seen_is_told(
    layout: PageLayout, top: float, bottom: float, pages: list[int]
) -> None:
    assert list(layout.pages_between(top, bottom)) == pages


def test_a_page_is_fitted_with_its_margins(layout: PageLayout) -> None:
    by_width = layout.fitted(Fit.WIDTH, 1, 800 + 2 * MARGIN, 100)
    by_page = layout.fitted(Fit.PAGE, 0, 5_000, 400 + 2 * GAP)

    assert by_width * PIXELS_PER_POINT == pytest.approx(1)
    assert by_page * PIXELS_PER_POINT == pytest.approx(0.5)


def test_pages_without_a_size_do_no_harm() -> None:
    layout = PageLayout([PageSize(0, 0)])

    assert layout.fitted(Fit.PAGE, 0, 0, 0) > 0
    assert list(layout.pages_between(0, 100)) == [0]


def test_a_document_without_pages_is_empty() -> None:
    layout = PageLayout()

    assert (len(layout), layout.height, layout.width, layout.nearest_page(10)) == (0, 0, 0, 0)
    assert list(layout.pages_between(0, 100)) == []
