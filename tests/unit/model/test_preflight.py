from dataclasses import replace

import pytest

from archivist.model.pack import Replacement, Words
from archivist.model.preflight import preflight, show
from tests.unit.packs.samples import ATTACKS, HIDING, hostile, sample


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x00", "[U+0000]"),
        ("\x1b", "[U+001B]"),
        ("\x7f", "[U+007F]"),
        ("\x85", "[U+0085]"),
        ("\ud800", "[U+D800]"),
        ("\ue000", "[U+E000]"),
        ("\ufffe", "[U+FFFE]"),
        ("\uffff", "[U+FFFF]"),
        ("\ufdd0", "[U+FDD0]"),
        ("\U0001ffff", "[U+1FFFF]"),
        ("\U0010fffd", "[U+10FFFD]"),
        ("\u202e", "[U+202E]"),
        ("\u202a", ""),
    ],
)
def test_what_no_page_can_hold_is_shown_and_listed(character: str, shown: str) -> None:
    text, replaced = show(f"a{character}b{character}", "Q0001 words")

    assert text == f"a{shown}b{shown}"
    assert replaced == (Replacement("Q0001 words", f"U+{ord(character):04X}", shown),)


@pytest.mark.parametrize(
    "text",
    [
        "tab\tand\nline",
        "zero\u200bwidth\u200cjoin\u200ders\u2060",
        "marks\u200e\u200f\u061c",
        "soft\u00adhyphen \ufeff",
        "👩‍👩‍👧 𠀀 e\u0301",
        "an \u2067isolate\u2069 that \u2066closes \u2068inside\u2069\u2069",
    ],
)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert show(text, "") == (text, ())


@pytest.mark.parametrize(
    "text", ["open\u2066", "\u2069close", "\u2066line\nnext\u2069", "\u2068two\u2067one\u2069"]
)
def test_an_isolate_that_is_not_closed_in_its_line_is_left_out(text: str) -> None:
    shown, replaced = show(text, "")

    assert len(shown) < len(text)
    assert {one.shown_as for one in replaced} == {""}


def test_line_ends_of_other_systems_are_line_ends() -> None:
    assert show("a\r\nb\rc", "") == ("a\nb\nc", ())


def test_a_harmless_pack_is_the_same_pack() -> None:
    pack = sample("ar")

    shown = preflight(pack)

    assert shown.pack == pack
    assert shown.replacements == ()


def test_each_replacement_says_where() -> None:
    pack = hostile("a\x00b")

    shown = preflight(pack)

    places = {one.where for one in shown.replacements}
    assert {
        "title",
        "recipient",
        "summary",
        "C001 name",
        "C001 aliases",
        "Q0001 words",
        "Q0001 note",
    } <= places
    assert {"Q0001 tags", "Q0001 citation", "EX-001 title", "EX-001 author", "EX-001 file_name"} <= places


def test_the_pack_itself_keeps_the_exact_words() -> None:
    pack = hostile(HIDING)

    shown = preflight(pack)

    assert pack.cases[0].quotes[0].words.text == HIDING
    assert shown.pack.cases[0].quotes[0].words.text != HIDING


def test_the_replacements_in_the_words_of_a_quote_are_told_apart() -> None:
    pack = hostile("clean", "not\x00clean")

    shown = preflight(pack)

    first, second = shown.pack.cases[0].quotes
    assert shown.in_words_of(first) == ()
    assert [one.character for one in shown.in_words_of(second)] == ["U+0000"]


def test_showing_twice_changes_nothing_more() -> None:
    once = preflight(hostile(HIDING, *ATTACKS))

    again = preflight(once.pack)

    assert again.pack == once.pack
    assert again.replacements == ()


def test_a_pack_with_a_lone_surrogate_survives_its_json() -> None:
    pack = replace(sample(), title=Words("a\ud800b"))

    assert type(pack).from_json(pack.to_json()) == pack
