import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from archivist.model.pack import Pack, Words
from archivist.model.preflight import preflight
from archivist.packs.html import render_html
from archivist.packs.labels import LABELS, labels_for
from archivist.packs.readback import quotes_in_html
from archivist.resources import resource
from tests.unit.packs.samples import ATTACKS, HIDING, WORDS, hostile, sample, told_again

LANGUAGES = ("en", "fr", "zh", "ar", "es", "bo", "ug")


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and all text."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def rendered(pack: Pack) -> str:
    return render_html(preflight(pack), labels_for(pack.language, pack.date)).decode("utf-8")


def page_of(pack: Pack) -> Page:
    return Page(rendered(pack))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quote_stands_in_the_page_letter_by_letter(language: str) -> None:
    pack = sample(language)

    found = quotes_in_html(rendered(pack).encode())

    assert found == {quote.number: quote.words.text for case in pack.cases for quote in case.quotes}


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_only_text(attack: str) -> None:
    tame = page_of(hostile("tame"))

    page = page_of(hostile(attack))

    assert quotes_in_html(rendered(hostile(attack)).encode()) == {"Q0001": attack}
    assert page.text.count(attack) >= 10
    allowed = {"span"} if "\n" in attack else set()
    assert [e for e, _ in page.elements if e not in allowed] == [
        e for e, _ in tame.elements if e not in allowed
    ]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_characters_that_mislead_are_shown_and_the_reader_is_told() -> None:
    page = page_of(hostile(HIDING))

    assert "a[U+0000]b[U+001B]c[U+D800]d[U+E000]e[U+FFFE]f[U+202E]ghi" in page.text
    assert "Characters shown otherwise than in the source: U+0000 ([U+0000])" in page.text
    assert "U+202A (left out)" in page.text


def test_the_page_allows_its_own_script_and_style_and_nothing_else() -> None:
    content = rendered(sample())

    policy = next(m["content"] for m in Page(content).all("meta") if "http-equiv" in m)
    for tag in ("script", "style"):
        inner = re.findall(f"<{tag}>(.*?)</{tag}>", content, re.DOTALL)
        assert len(inner) == 1
        digest = base64.b64encode(hashlib.sha256(inner[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert {"name": "referrer", "content": "no-referrer"} in Page(content).all("meta")


def test_nothing_in_the_page_is_loaded_from_elsewhere() -> None:
    page = page_of(sample())

    names = {name for _, attributes in page.elements for name in attributes}
    assert names.isdisjoint({"src", "srcset", "style", "background", "action", "ping", "poster"})
    assert page.all("link") == page.all("img") == page.all("iframe") == []
    assert "url(" not in rendered(sample())
    assert "@import" not in rendered(sample())


def test_links_lead_into_the_page_to_exhibits_or_to_plain_addresses() -> None:
    pack = sample()
    web, mail, script = (
        replace(source, source_url=url)
        for source, url in zip(
            pack.sources, ("https://a.org/?b&c", "mailto:a@b.org", "javascript:alert(1)"), strict=False
        )
    )

    page = page_of(replace(pack, sources=(web, mail, script, *pack.sources[3:])))

    links = page.all("a")
    inner = {link["href"][1:] for link in links if link["href"].startswith("#")}
    assert inner <= {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    outer = [link for link in links if not link["href"].startswith("#")]
    assert all(link["rel"] == "noreferrer noopener" for link in outer)
    assert {"https://a.org/?b&c", "mailto:a@b.org", "exhibits/EX-001.pdf"} <= {link["href"] for link in outer}
    assert all(re.match("https://|mailto:|exhibits/EX", link["href"]) for link in outer)
    assert "javascript:alert(1)" in page.text


def test_a_web_page_as_exhibit_is_named_and_not_linked() -> None:
    page = page_of(sample())

    assert "exhibits/EX-003.html" in page.text
    assert "exhibits/EX-003.html" not in {link["href"] for link in page.all("a")}
    assert "may contact other computers" in page.text


def test_every_quote_has_a_footnote_that_leads_back() -> None:
    page = page_of(sample())

    identities = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    hrefs = [link["href"] for link in page.all("a")]
    assert len(identities) == len(set(identities))
    for number in range(1, 19):
        assert f"#note-{number}" in hrefs
        assert f"#from-{number}" in hrefs
        assert f"note-{number}" in identities
        assert f"from-{number}" in identities


def test_every_word_of_the_user_is_set_in_its_language_and_direction() -> None:
    page = page_of(sample())

    quotes = [(q["lang"], q["dir"]) for q in page.all("blockquote")]
    assert quotes[:4] == [("en", "ltr"), ("fr", "ltr"), ("zh", "ltr"), ("fr", "ltr")]
    assert ("ar", "rtl") in quotes
    assert ("ug", "rtl") in quotes
    assert ("bo", "ltr") in quotes
    assert {"lang": "", "dir": "rtl"} in page.all("bdi")


@pytest.mark.parametrize(
    ("language", "shown", "direction"),
    [
        ("en", "en", "ltr"),
        ("ar", "ar", "rtl"),
        ("zh-Hant", "zh", "ltr"),
        ("bo", "en", "ltr"),
        ("", "en", "ltr"),
    ],
)
def test_the_page_speaks_the_language_of_the_pack_or_english(
    language: str, shown: str, direction: str
) -> None:
    page = page_of(sample(language))

    assert page.all("html") == [{"lang": shown, "dir": direction}]


def test_what_a_quote_does_for_its_case_is_said_in_words() -> None:
    text = page_of(sample(cases=1)).text

    assert text.count("Contradicts this case") == 1
    assert text.count("Context for this case") == 1
    assert "Supports" not in text


def test_all_that_a_source_needs_is_told() -> None:
    pack = sample()

    text = page_of(pack).text

    for source in pack.sources:
        told = (source.sha256, source.imported_on, source.file_name, source.title.text, source.author)
        assert all(one in text for one in told)
    assert "1 March 2026" in text
    assert "A colleague" in text
    assert pack.chain_head in text


def test_what_is_not_known_leaves_no_empty_line() -> None:
    pack = sample(cases=1)
    bare = replace(
        pack,
        recipient=Words(""),
        summary=(),
        cases=(replace(pack.cases[0], aliases=(), summary=Words("")),),
    )

    text = page_of(bare).text

    assert "Prepared for" not in text
    assert "Also known as" not in text
    assert "Quotes outside any case" not in text


def test_quotes_outside_any_case_are_no_case() -> None:
    content = rendered(told_again(sample(cases=3)))
    page = Page(content)

    assert "Cases 3 · Quotes 9 · Sources 6" in " ".join(page.text.split())
    assert '<li><a href="#other-quotes">Quotes outside any case</a></li>' in content
    assert "<h2>Quotes outside any case</h2>" in content
    assert [section["id"] for section in page.all("section") if section["class"] == "case"] == [
        *("C001", "C002", "C003"),
        "other-quotes",
    ]


def test_a_quote_told_under_two_cases_has_one_number_and_two_places() -> None:
    pack = told_again(sample(cases=3))
    content = rendered(pack)
    page = Page(content)

    assert [figure["id"] for figure in page.all("figure")].count("Q0001") == 1
    assert '<a class="number" href="#Q0001-2">Q0001</a>' in content
    identities = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identities) == len(set(identities))
    found = quotes_in_html(content.encode())
    assert found["Q0001-2"] == found["Q0001"] == WORDS["en"]
    assert [item["id"] for item in page.all("li") if "id" in item] == [f"note-{n}" for n in range(1, 11)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_citation_runs_with_the_pack_and_each_name_in_it_by_itself(language: str) -> None:
    pack = sample(language, cases=4)

    references = rendered(pack).partition('id="references"')[2].partition("</section>")[0]

    assert re.findall(r'<li id="note-[^>]*>', references) == [f'<li id="note-{n}">' for n in range(1, 13)]
    assert '<bdi dir="rtl">' not in references
    assert '<bdi lang="" dir="rtl">ن. حدّاد</bdi>' in references
    assert '<bdi lang="ar" dir="rtl">تقرير عن أماكن الاحتجاز</bdi>' in references
    assert '<bdi lang="" dir="ltr">2014-01-10</bdi>' in references
    assert '<bdi lang="" dir="ltr">A. Sample</bdi>' in references
    assert '<bdi dir="ltr">EX-004</bdi></a>' in references


def test_a_hash_stands_whole_and_is_of_no_language() -> None:
    pack = sample("ar")

    assert rendered(pack).count(f'<code lang="">{pack.sources[0].sha256}</code>') == 3 + 1


def test_an_unknown_profile_is_named_as_it_is() -> None:
    assert "for the committee only" in page_of(replace(sample(), profile="for the committee only")).text


def _gaps(text: object) -> list[str]:
    return sorted(re.findall(r"{\w+}", str(text)))


def test_every_language_says_everything() -> None:
    labels = {path.stem: json.loads(path.read_text("utf-8")) for path in resource(LABELS).glob("*.json")}

    assert set(labels) == {"en", "fr", "zh", "ar", "es"}
    for language, content in labels.items():
        assert set(content) == set(labels["en"])
        assert content["language"] == language
        assert len(content["months"]) == 12
        assert all(content.values())
        assert {name: _gaps(text) for name, text in content.items() if name != "day"} == {
            name: _gaps(text) for name, text in labels["en"].items() if name != "day"
        }


def test_the_sample_has_all_scripts() -> None:
    text = page_of(sample()).text

    assert all(words in text for words in WORDS.values())
