import pytest

from archivist.ui.reader.text_faces import ARABIC, LATIN, STACKED, TIBETAN, WIDE, Face, face_of, families


@pytest.mark.parametrize(
    ("words", "face"),
    [
        ("words", LATIN),
        ("Ελλάδα, слово", LATIN),
        ("سجل العيادة", ARABIC),
        ("داۋالاش دەپتىرى", ARABIC),
        ("མི་རིགས་", TIBETAN),
        ("登记簿", WIDE),
        ("기록", WIDE),
        ("ဆေးခန်း", STACKED),
        ("English and མི་ and سجل", TIBETAN),
        ("", LATIN),
    ],
)
def test_the_script_that_needs_most_room_decides(words: str, face: Face) -> None:
    assert face_of(words) is face


def test_a_part_of_a_text_has_the_face_of_its_own_letters() -> None:
    assert face_of("x" * 1_000 + "登记簿", 1_000) is WIDE


@pytest.mark.parametrize(
    ("text", "language", "region"),
    [
        ("医务", "zh", "SC"),
        ("医务", "zh-Hant", "TC"),
        ("医务", "zh-Hant-HK", "TC"),
        ("医务", "zh-HK", "HK"),
        ("医务", "ja", "JP"),
        ("医務のかな", "", "JP"),
        ("기록", "", "KR"),
        ("words", "en", "SC"),
    ],
)
def test_han_letters_are_those_of_the_language(text: str, language: str, region: str) -> None:
    assert f"Noto Serif CJK {region}" in families(text, language)
    assert f"Noto Sans Mono CJK {region}" in families(text, language, mono=True)
