import pytest

from archivist.workers.language import language_of

ARTICLES = {
    "en": "All human beings are born free and equal in dignity and rights. They are endowed with reason.",
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل‌اند",
    "ug": "ھەممە ئادەم زانىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان",
    "bo": "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང། ཐོབ་ཐངགི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ",
    "zh-Hans": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
    "zh-Hant": "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。",
}


@pytest.mark.parametrize("tag", ARTICLES)
def test_a_language_is_told_by_its_tag(tag: str) -> None:
    assert language_of(ARTICLES[tag]) == tag


@pytest.mark.parametrize("text", ["", "12 345", "xq zzv kkp", "\x00\ufffe\ud800"])
def test_what_is_no_language_has_none(text: str) -> None:
    assert language_of(text) is None


def test_arabic_letters_are_never_english() -> None:
    kurdish = "هەموو مرۆڤەکان بە ئازادی و یەکسانی لە کەرامەت و مافدا لە دایک دەبن، خاوەنی ئاوەز و ویژدانن"

    assert language_of(kurdish) in {None, "ku"}


def test_characters_that_the_detector_refuses_are_set_aside() -> None:
    assert language_of(ARTICLES["en"] + "\x00\x1f\ufdd0\ud800") == "en"
