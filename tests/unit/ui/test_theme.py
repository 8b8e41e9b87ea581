import pytest
from PySide6.QtGui import QColor

from archivist.ui.theme import DARK, HUES, LIGHT, Theme, hue_of, mirrored_sheet

SURFACES = ("window", "sidebar", "panel", "raised", "row", "accentSoft", "hover")
LEAST = 4.5


def luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("ink", ["text", "text2"])
def test_words_can_be_read_on_every_surface(table: dict[str, str], surface: str, ink: str) -> None:
    assert contrast(table[ink], table[surface]) >= LEAST


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_notices_can_be_read(table: dict[str, str]) -> None:
    assert contrast(table["accentText"], table["accent"]) >= LEAST
    assert contrast(table["text2"], table["warnSoft"]) >= LEAST
    assert contrast(table["text2"], table["dangerSoft"]) >= LEAST
    assert contrast(table["okText"], table["okSoft"]) >= LEAST
    assert contrast(table["hitText"], table["hit"]) >= LEAST
    assert contrast(table["control"], table["panel"]) >= 3


@pytest.mark.parametrize("hue", HUES)
def test_inks_of_hues_can_be_read_on_panels(hue: str) -> None:
    assert contrast(HUES[hue][1], LIGHT["panel"]) >= LEAST
    assert contrast(HUES[hue][2], DARK["panel"]) >= LEAST


def test_both_tables_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_every_token_of_the_style_sheet_is_known(theme: Theme) -> None:
    theme.choose("dark")  # a token that is missing raises

    assert theme.is_dark
    assert theme.color("panel") == QColor(DARK["panel"])


def test_a_colour_kept_as_numbers_is_shown_in_the_nearest_hue() -> None:
    assert [hue_of(colour) for colour in ("#0b63b0", "#a81f3d", "#808080", "teal", "")] == [
        *("sky", "rose", "slate", "teal", "slate")
    ]


def test_a_thing_without_a_colour_keeps_the_hue_that_its_id_gives() -> None:
    assert hue_of("", "tag-1") == hue_of("", "tag-1")
    assert len({hue_of("", f"tag-{number}") for number in range(40)}) > 3


def test_a_sheet_for_right_to_left_has_its_sides_the_other_way_round() -> None:
    sheet = (
        "#a { border-right: 1px solid @border; border-top-left-radius: 4px; padding: 1px 2px 3px 4px; }"
        " #b { text-align: left; padding: 5px 9px; margin: 0 2px; border-left: none; }"
    )

    assert mirrored_sheet(sheet) == (
        "#a { border-left: 1px solid @border; border-top-right-radius: 4px; padding: 1px 4px 3px 2px; }"
        " #b { text-align: left; padding: 5px 9px; margin: 0 2px; border-right: none; }"
    )
    assert mirrored_sheet(mirrored_sheet(sheet)) == sheet
