from array import array

import pytest

from archivist.model.page import PageLayer, PageSize


@pytest.mark.parametrize(
    ("size", "scale", "pixels"),
    [((612, 792), 1.0, (612, 792)), ((595.28, 841.89), 2.0, (1191, 1684)), ((1, 1), 0.1, (1, 1))],
)
def test_a_page_has_so_many_pixels(size: tuple[float, float], scale: float, pixels: tuple[int, int]) -> None:
    assert PageSize(*size).pixels(scale) == pixels


def test_each_code_point_has_four_sides() -> None:
    layer = PageLayer("ab", array("f", [1, 2, 3, 4, 5, 6, 7, 8]))

    assert layer.box(1) == (5, 6, 7, 8)
