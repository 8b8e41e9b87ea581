import math

import pytest

from archivist.extraction.framing import LONGEST_SIDE, MOST_PIXELS, Frame, frame_for
from archivist.model.page import PageArea, PageSize

A4 = PageSize(595, 842)


def test_a_page_is_as_large_as_asked_for() -> None:
    assert frame_for(A4, 2.0) == Frame((1190, 1684), PageArea(0, 0, 1190, 1684))


def test_an_area_is_cut_to_the_page() -> None:
    assert frame_for(A4, 1.0, PageArea(-5, 800, 100, 100)).area == PageArea(0, 800, 95, 42)
    assert frame_for(A4, 1.0, PageArea(5000, 5000, 10, 10)).area == PageArea(594, 841, 1, 1)
    assert frame_for(A4, 1.0, PageArea(10, 10, -10, -10)).area == PageArea(10, 10, 1, 1)


@pytest.mark.parametrize("scale", [5.0, 64.0, 1e6])
@pytest.mark.parametrize("size", [A4, PageSize(200_000, 200_000), PageSize(1, 200_000), PageSize(14_400, 1)])
def test_what_is_too_large_comes_smaller_and_in_shape(size: PageSize, scale: float) -> None:
    frame = frame_for(size, scale)

    width, height = frame.whole
    assert width * height <= MOST_PIXELS
    assert max(width, height) <= LONGEST_SIDE
    assert frame.area == PageArea(0, 0, width, height)
    if min(width, height) > 100:
        assert width / height == pytest.approx(size.width / size.height, rel=0.02)


def test_an_area_of_a_page_in_great_magnification_is_sharp() -> None:
    area = PageArea(10_000, 20_000, 1600, 1200)

    assert frame_for(A4, 40.0, area) == Frame((23_800, 33_680), area)


def test_an_area_that_is_too_large_is_framed_at_a_lower_scale() -> None:
    frame = frame_for(A4, 40.0, PageArea(10_000, 20_000, 10_000, 10_000))

    share = frame.whole[0] / 23_800
    assert frame.area.width * frame.area.height <= MOST_PIXELS
    assert share < 0.4
    assert frame.area.left == pytest.approx(10_000 * share, abs=2)
    assert frame.area.width == pytest.approx(10_000 * share, abs=2)


@pytest.mark.parametrize("scale", [0.0, -1.0, math.nan, math.inf])
def test_a_scale_is_a_number_above_nothing(scale: float) -> None:
    with pytest.raises(ValueError, match=str(scale)):
        frame_for(A4, scale)
