"""Words are found in every script, by the rules of that script and not by those of English."""

from collections.abc import Iterator

import pytest

from archivist.model.text import canonical
from archivist.search.index import SearchIndex
from tests.unit.search.conftest import KEY
from tests.unit.search.entries import at, document, found

TEXTS = {
    "zh_s": "中华人民共和国宪法规定公民有言论自由。西藏自治区拉萨市公安局。",
    "zh_t": "中華民國憲法保障人民言論自由；臺灣人權促進會。",
    "zh_lines": "当局拒绝承\n认失踪者的下落，联合国工作\n组要求调查。",
    "ja": "東京都の人権委員会が報告書を公開しました。ガイドライン",
    "ja_half": "ｶﾞｲﾄﾞﾗｲﾝ ＡＢＣ１２３",
    "ko": "대한민국의 국가인권위원회는 보고서를 발표했다.",
    "bo": "བོད་རང་སྐྱོང་ལྗོངས་ཀྱི་མི་རིགས་ཀྱི་ཐོབ་ཐང་།",
    "ug": "ئۇيغۇر ئاپتونوم رايونىدىكى كىشىلىك ھوقۇق خاتىرىسى",
    "ug_latin": "Uyghur Aptonom Rayonidiki kishilik hoquq, Ürümchi",
    "ar": "حُقُوقُ الإِنسَانِ في المَدينَةِ ــ العـــدالة ١٢٣ أُختُطِفَ شُهداء",
    "fa": "گزارش حقوق بشر در سال ۲۰۲۱ می‌خواهم کشته",
    "ur": "انسانی حقوق کی رپورٹ، لاہور میں گرفتاریاں",
    "ru": "Отчёт о правах человека: ёлка, йод, МИД России",
    "uk": "П'ять свідків у Києві, з’їзд",
    "uk_letter": "Пʼять років у Харкові",
    "be": "Беларусь: воўк і суд",
    "sr": "Извештај о људским правима у Београду",
    "fr": "L'élève naïf a témoigné à l'Assemblée générale; œuvre, façade",
    "de": "Die Straße in Köln, Größe der Übergriffe",
    "es": "El niño desaparecido; ¿dónde está? Tortura en Perú",
    "pt": "Violações e execuções em São Paulo",
    "tr": "İstanbul ve Diyarbakır ışık, ŞIRNAK",
    "vi": "Quyền con người ở Việt Nam, tự do ngôn luận năm",
    "ro": "Drepturile omului în România, învăţământ și şcoală",
    "hi": "मानवाधिकार आयोग की रिपोर्ट २०२०",
    "bn": "মানবাধিকার প্রতিবেদন",
    "ta": "மனித உரிமைகள் அறிக்கை",
    "th": "สิทธิมนุษยชนในประเทศไทย คำสั่ง ๒๕๖๔",
    "lo": "ສິດທິມະນຸດ ຄຳສັ່ງ",
    "my": "လူ့အခွင့်အရေး",
    "km": "សិទ្ធិមនុស្សនៅកម្ពុជា",
    "am": "ሰብዓዊ መብቶች በኢትዮጵያ",
    "ka": "ადამიანის უფლებები",
    "hy": "Մարդու իրավունքներ",
    "he": "זְכֻיוֹת הָאָדָם צה״ל",
    "el": "Τα ανθρώπινα δικαιώματα, ΑΘΗΝΑ, λόγος",
    "en": "The prisoners' rights — state-run camps; don't, e-mail: a_b@example.org, case no. 2019/45-XJ ﬁle",
    "en_hyphen": "The govern\u00ad\nment de\u00adnied it. H₂O, m²",
    "en_curly": "It’s the ‘victim’s’ “testimony” 😀shouted hello😀 𝐁𝐨𝐥𝐝",
    "mix": "Report on 新疆 Xinjiang (ئۇيغۇر) detention 2017年度 named Gulnar Təhür",
    "rtl_marks": "\u200fالتعذيب\u200e (torture)",
    "nfd": "Cafe\u0301 Re\u0301sume\u0301",
    "rare": "甲𠀀乙 test 𠮷野家",
    "pol": "Łódź Øresund Đorđe Ħamrun",
    "translit": "ʿAbd al-Raḥmān, Qurʾān, Bulʹba",
}
CASES: list[tuple[str, set[str]]] = [
    # Chinese: any part of a word, one character, either character set, over line ends
    ("人权", {"zh_t"}),
    ("人権", {"ja"}),
    ("言论自由", {"zh_s", "zh_t"}),
    ("言論自由", {"zh_s", "zh_t"}),
    ("西藏", {"zh_s"}),
    ("拉薩", {"zh_s"}),
    ("藏", {"zh_s"}),
    ("台灣", {"zh_t"}),
    ("臺灣", {"zh_t"}),
    ("台湾人权", {"zh_t"}),
    ("承认", {"zh_lines"}),
    ("工作组", {"zh_lines"}),
    ("拒绝承认失踪者", {"zh_lines"}),
    ("自由西藏", set()),
    ("宪法 西藏", {"zh_s"}),
    ("中*", {"zh_s", "zh_t"}),
    # Japanese and Korean
    ("东京都", {"ja"}),
    ("報告書", {"ja"}),
    ("報告書を公開", {"ja"}),
    ("ガイドライン", {"ja", "ja_half"}),
    ("ｶﾞｲﾄﾞ", {"ja", "ja_half"}),
    ("カイト", set()),
    ("abc123", {"ja_half"}),
    ("국가인권위원회", {"ko"}),
    ("인권", {"ko"}),
    ("보고서", {"ko"}),
    ('"대한민국의 국가인권위원회는"', {"ko"}),
    # Tibetan: syllables between dots
    ("བོད", {"bo"}),
    ("མི་རིགས", {"bo"}),
    ("རིགས་མི", set()),
    ("བད", set()),
    # Arabic script: vowel signs, hamza, tatweel, final forms, digits, joiners
    ("حقوق الانسان", {"ar"}),
    ("حقوق", {"ar", "fa", "ur"}),
    ("الإنسان", {"ar"}),
    ("المدينه", {"ar"}),
    ("العدالة", {"ar"}),
    ("اختطف", {"ar"}),
    ("شهداء", {"ar"}),
    ("123", {"ar"}),
    ("2021", {"fa"}),
    ("۲۰۲۱", {"fa"}),
    ("میخواهم", {"fa"}),
    ("كشته", {"fa"}),
    ("رپورٹ", {"ur"}),
    ("گرفتاری*", {"ur"}),
    ("التعذيب", {"rtl_marks"}),
    ("ئۇيغۇر", {"ug", "mix"}),
    ("كىشىلىك ھوقۇق", {"ug"}),
    ("urumchi", {"ug_latin"}),
    ("uyghur", {"ug_latin"}),
    # Cyrillic: yo is ye, short i is a letter, every apostrophe is one
    ("отчет", {"ru"}),
    ("елка", {"ru"}),
    ("иод", set()),
    ("йод", {"ru"}),
    ("россии", {"ru"}),
    ("п'ять", {"uk", "uk_letter"}),
    ("пʼять", {"uk", "uk_letter"}),
    ("п’ять", {"uk", "uk_letter"}),
    ("з'їзд", {"uk"}),
    ("києві", {"uk"}),
    ("воўк", {"be"}),
    ("воук", set()),
    ("београду", {"sr"}),
    # Latin letters with and without marks
    ("eleve", {"fr"}),
    ("ÉLÈVE", {"fr"}),
    ("l'élève", {"fr"}),
    ("l’eleve", {"fr"}),
    ("assemblee", {"fr"}),
    ("oeuvre", {"fr"}),
    ("naif", {"fr"}),
    ("strasse", {"de"}),
    ("STRASSE", {"de"}),
    ("koln", {"de"}),
    ("ubergriffe", {"de"}),
    ("nino", {"es"}),
    ("donde", {"es"}),
    ("violacoes", {"pt"}),
    ("sao paulo", {"pt"}),
    ("istanbul", {"tr"}),
    ("diyarbakir", {"tr"}),
    ("ISIK", {"tr"}),
    ("şırnak", {"tr"}),
    ("viet nam", {"vi"}),
    ("quyen", {"vi"}),
    ("nam", {"vi"}),
    ("invatamant", {"ro"}),
    ("școală", {"ro"}),
    ("lodz", {"pol"}),
    ("oresund", {"pol"}),
    ("dorde", {"pol"}),
    ("hamrun", {"pol"}),
    ("abd", {"translit"}),
    ("rahman", {"translit"}),
    ("quran", {"translit"}),
    ("bulba", {"translit"}),
    ("cafe", {"nfd"}),
    ("résumé", {"nfd"}),
    # Indic scripts keep their vowels; digits are digits
    ("मानवाधिकार", {"hi"}),
    ("मनवधकर", set()),
    ("2020", {"hi"}),
    ("মানবাধিকার", {"bn"}),
    ("உரிமைகள்", {"ta"}),
    # scripts of South-East Asia: no spaces between words
    ("ประเทศไทย", {"th"}),
    ("มนุษย", {"th"}),
    ("คำสั่ง", {"th"}),
    ("2564", {"th"}),
    ("ມະນຸດ", {"lo"}),
    ("ຄຳສັ່ງ", {"lo"}),
    ("လူ့အခွင့်", {"my"}),
    ("អេ", set()),
    ("មនុស្ស", {"km"}),
    ("កម្ពុជា", {"km"}),
    # Ethiopic, Georgian, Armenian, Hebrew, Greek
    ("መብቶች", {"am"}),
    ("უფლებები", {"ka"}),
    ("ՄԱՐԴՈՒ", {"hy"}),
    ("זכיות", {"he"}),
    ("האדם", {"he"}),
    ('צה"ל', {"he"}),
    ("δικαιωματα", {"el"}),
    ("αθηνα", {"el"}),
    ("ΛΟΓΟΣ", {"el"}),
    # English with its signs
    ("prisoners", {"en"}),
    ("state-run", {"en"}),
    ('"state run camps"', {"en"}),
    ("run-state", set()),
    ("don't", {"en"}),
    ("don’t", {"en"}),
    ("a_b@example.org", {"en"}),
    ("2019/45", {"en"}),
    ("file", {"en"}),
    ("government", {"en_hyphen"}),
    ("denied", {"en_hyphen"}),
    ("h2o", {"en_hyphen"}),
    ("victim's", {"en_curly"}),
    ("testimony", {"en_curly"}),
    ("shouted", {"en_curly"}),
    ("hello", {"en_curly"}),
    ("bold", {"en_curly"}),
    # several scripts in one text
    ("xinjiang 新疆", {"mix"}),
    ("2017年", {"mix"}),
    ("2017年度", {"mix"}),
    ("新疆Xinjiang", {"mix"}),
    ("甲", {"rare"}),
    ("𠀀", {"rare"}),
    ("甲𠀀", {"rare"}),
    ("𠮷野", {"rare"}),
    ("tehur", set()),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    index = SearchIndex(tmp_path_factory.mktemp("languages") / "index", KEY, "archive-1")
    index.build([document(name, canonical(text)) for name, text in TEXTS.items()], at(1))
    yield index
    index.close()


@pytest.mark.parametrize(("query", "expected"), CASES, ids=[query for query, _ in CASES])
def test_a_word_is_found_by_the_rules_of_its_script(
    library: SearchIndex, query: str, expected: set[str]
) -> None:
    assert set(found(library, query)) == expected


@pytest.mark.parametrize(("query", "expected"), CASES, ids=[query for query, _ in CASES])
def test_the_passage_shows_what_was_found(library: SearchIndex, query: str, expected: set[str]) -> None:
    for name, raw in TEXTS.items():
        text = canonical(raw)

        passage = library.passage(query, text)

        assert passage.snippet == text[passage.start : passage.end]
        if name in expected or " " not in query:
            assert bool(passage.marks) == (name in expected), name
        for start, end in passage.marks:
            assert passage.start <= start < end <= passage.end
