from datetime import date

from archivist.model.pack import Citation, Pack, PackCase, PackQuote, PackSource, Words

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
                    Citation("EX-001", "cited", 3),
                    "supports",
                    ("tag",),
                    Words("note"),
                ),
            ),
        ),
    ),
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
