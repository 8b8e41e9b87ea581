from dataclasses import replace
from datetime import date

import pytest

from archivist.model.citation import CitedSource, Place, cite
from archivist.model.pack import Part
from archivist.packs.labels import labels_for

ARABIC = CitedSource(
    title="تقرير عن أماكن الاحتجاز",
    author="ن. حدّاد",
    publisher="مرصد افتراضي",
    date="2025-03-17",
    source_url="https://example.org/a",
    sha256="12ab" * 16,
    language="ar",
)
BARE = CitedSource(title="A letter", sha256="ab12" * 16)
PAGE = Place(page="iv", number="4")


def told(source: CitedSource, place: Place = PAGE, language: str = "en") -> str:
    return cite(source, "EX-001", place, labels_for(language, date(2026, 3, 1))).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ", p. iv (page 4 of the file). https://example.org/a. Exhibit EX-001, SHA-256 12ab"),
        ("fr", ", p. iv (page 4 du fichier). https://example.org/a. Pièce EX-001, SHA-256 12ab"),
        ("es", ", p. iv (página 4 del archivo). https://example.org/a. Prueba EX-001, SHA-256 12ab"),
        ("ar", "، ص iv (الصفحة 4 من الملف). https://example.org/a. المستند EX-001، SHA-256 12ab"),
        ("zh", "，第iv页（文件第4页）。https://example.org/a。证据 EX-001，SHA-256 12ab"),
    ],
)
def test_a_citation_speaks_the_language_of_its_pack(language: str, expected: str) -> None:
    assert expected in told(ARABIC, language=language)


def test_what_is_not_known_leaves_no_gap() -> None:
    assert told(BARE, Place()) == f"“A letter”. Exhibit EX-001, SHA-256 {'ab12' * 16}."
    assert told(replace(BARE, publisher="P."), Place()).startswith("“A letter” (P.). Exhibit")
    assert told(replace(BARE, author="N.", date="2025"), Place()).startswith("N., “A letter” (2025). Exhibit")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(), ""),
        (Place("6"), ", p. 6"),
        (Place("6–7"), ", pp. 6–7"),
        (Place("iv–v", "4–5"), ", pp. iv–v (pages 4–5 of the file)"),
        (Place(beside="Comments"), ", Comments (in the file, not in the body of its text)"),
        (Place(beside="Margin notes"), ", Margin notes (in the file, not in the body of its text)"),
    ],
)
def test_the_place_is_told_as_a_reader_finds_it(place: Place, expected: str) -> None:
    assert told(BARE, place).startswith(f"“A letter”{expected}. Exhibit")


@pytest.mark.parametrize("kind", ["Comments", "Form fields", "Headers", "Footers"])
@pytest.mark.parametrize("language", ["fr", "es", "ar", "zh"])
def test_what_is_beside_the_body_has_its_name_in_every_language(kind: str, language: str) -> None:
    assert kind not in told(BARE, Place(beside=kind), language)


def test_the_place_alone_and_its_kind_are_told_too() -> None:
    labels = labels_for("en", date(2026, 3, 1))

    paged, beside = (cite(BARE, "EX-001", place, labels) for place in (PAGE, Place(beside="Comments")))

    assert "".join(part.words.text for part in paged.where) == "p.\u00a0iv (page 4 of the file)"
    assert beside.beside == "Comments"


def test_what_the_source_gives_stands_apart_from_the_words_of_the_pack() -> None:
    labels = labels_for("en", date(2026, 3, 1))

    citation = cite(ARABIC, "EX-001", PAGE, labels)

    apart = [(part.kind, part.words.text, part.words.language) for part in citation.parts]
    assert [one for one in apart if one[0] is not Part.OWN] == [
        (Part.GIVEN, ARABIC.author, ""),
        (Part.GIVEN, ARABIC.title, "ar"),
        (Part.GIVEN, ARABIC.publisher, ""),
        (Part.GIVEN, ARABIC.date, ""),
        (Part.GIVEN, "iv", "en"),
        (Part.GIVEN, "4", "en"),
        (Part.LINK, ARABIC.source_url, ""),
        (Part.EXHIBIT, "EX-001", ""),
        (Part.HASH, ARABIC.sha256, ""),
    ]
    assert apart[1] == (Part.OWN, ", “", "en")


def test_an_address_that_is_none_is_told_and_is_no_link() -> None:
    citation = cite(
        replace(BARE, source_url="javascript:x"), "EX-001", PAGE, labels_for("en", date(2026, 3, 1))
    )

    assert "javascript:x" in citation.text
    assert Part.LINK not in {part.kind for part in citation.parts}


def test_braces_in_a_title_are_only_braces() -> None:
    assert told(replace(BARE, title="{page} {0} {{x}}"), Place()).startswith("“{page} {0} {{x}}”. ")
