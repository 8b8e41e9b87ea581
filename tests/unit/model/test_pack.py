from dataclasses import replace
from datetime import date

from archivist.model.pack import Citation, CitationPart, Pack, PackCase, PackQuote, PackSource, Part, Words

OWN, PAGE = CitationPart(Part.OWN, Words("cited ")), CitationPart(Part.GIVEN, Words("iii"))
OTHER = PackQuote("Q0002", Words("other"), Citation("EX-001", (OWN,)), "", (), Words(""))

PACK = Pack(
    id="p",
    title=Words("Three cases"),
    recipient=Words("The Minister"),
    author=Words("Nine organisations"),
    language="en",
    date=date(2026, 11, 24),
    profile="internal",
    summary=(Words("They were taken."), Words("他们被带走。", "zh")),
    cases=(
        PackCase(
            number="C001",
            name=Words("A publisher"),
            aliases=(Words("出版人", "zh"),),
            summary=Words("In prison."),
            quotes=(
                PackQuote(
                    "Q0001",
                    Words("😀 words"),
                    Citation("EX-001", (OWN, PAGE), (PAGE,), "Comments"),
                    "supports",
                    ("tag",),
                    Words("note"),
                ),
            ),
        ),
    ),
    other_quotes=(OTHER,),
    sources=(
        PackSource(
            "EX-001", Words("A"), "", "", "", "en", "a.txt", "0" * 64, 3, "2026-01-01", "", "", ("Q0001",)
        ),
    ),
    chain_head="0" * 64,
    version="0",
)


def test_a_pack_comes_back_whole_from_its_json() -> None:
    assert Pack.from_json(PACK.to_json()) == PACK


def test_the_same_pack_has_the_same_json_in_plain_ascii() -> None:
    assert PACK.to_json() == Pack.from_json(PACK.to_json()).to_json()
    assert PACK.to_json().isascii()


def test_the_text_of_a_citation_is_that_of_its_parts() -> None:
    assert PACK.cases[0].quotes[0].citation.text == "cited iii"


def test_a_quote_that_is_told_twice_is_one_quote() -> None:
    (case,) = PACK.cases
    again = replace(case, number="C002")

    pack = replace(PACK, cases=(case, again))

    assert pack.quotes == (case.quotes[0], OTHER)
