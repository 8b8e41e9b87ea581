import pytest

from archivist.ui.palette.matching import MISS, fits


def best(letters: str, *names: str) -> str:
    return max(names, key=lambda name: fits(letters, name))


def test_the_start_of_a_name_fits_best() -> None:
    assert (
        best("exp", "Import files", "Case: expert opinion", "Export briefing pack") == "Export briefing pack"
    )


def test_the_starts_of_words_fit_better_than_letters_in_the_middle() -> None:
    assert best("nc", "Once more", "New case") == "New case"


def test_what_lacks_a_letter_does_not_fit() -> None:
    assert fits("xyz", "Export") == MISS


def test_nothing_typed_fits_everything() -> None:
    assert fits("", "Export") != MISS


@pytest.mark.parametrize(("letters", "name"), [("deposition", "Déposition"), ("الوزارة", "رد الوزارة")])
def test_accents_and_scripts_do_not_matter(letters: str, name: str) -> None:
    assert fits(letters, name) != MISS
