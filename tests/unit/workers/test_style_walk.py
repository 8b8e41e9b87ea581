import pytest

from archivist.model.styles import (
    DEEPEST,
    LONGEST_RUN,
    Block,
    BlockKind,
    Cell,
    Run,
    RunKind,
)
from archivist.workers import style_walk
from archivist.workers.blocks import walk
from archivist.workers.style_walk import StyleWalker
from archivist.workers.web_page import parse


def walked(html: str) -> StyleWalker:
    """The text must be the plain walker's, whatever is noted beside it."""
    walker = StyleWalker()
    walk(parse(html), walker=walker)
    assert walker.blocks.text == walk(parse(html)).text
    return walker


def said(html: str) -> list[tuple[str, Block]]:
    walker = walked(html)
    return [(walker.blocks.text[block.start : block.end], block) for block in walker.found]


def runs(html: str) -> list[tuple[str, RunKind]]:
    walker = walked(html)
    return [(walker.blocks.text[run.start : run.end], run.kind) for run in walker.runs]


def test_headings_keep_their_rank() -> None:
    found = said("<h1>One</h1><p>words</p><h3>Three<br>lines</h3>")

    assert [(words, block.kind, block.level) for words, block in found] == [
        ("One", BlockKind.HEADING, 1),
        ("Three\nlines", BlockKind.HEADING, 3),
    ]


def test_items_keep_their_depth_and_their_mark_once() -> None:
    found = said("<ul><li>a<ul><li>b</ul><li><p>c</p><p>more</p></ul><p>after</p>")

    assert [(words, block.level, block.mark) for words, block in found] == [
        ("a", 1, "•"),
        ("b", 2, "•"),
        ("c", 1, "•"),
        ("more", 1, ""),
    ]


def test_quotations_are_counted() -> None:
    found = said("<blockquote>a<blockquote><p>b</p></blockquote></blockquote><p>c</p>")

    assert [(words, block.quoted) for words, block in found] == [("a", 1), ("b", 2)]


def test_cells_know_their_table_row_and_column() -> None:
    found = said(
        "<table><tr><th>a<th>b<tr><td colspan=2>c<td><p>d</p><p>e</p></table><table><tr><td>f</table>"
    )

    assert [(words, block.cell) for words, block in found] == [
        ("a", Cell(0, 0, 0, is_head=True)),
        ("b", Cell(0, 0, 1, is_head=True)),
        ("c", Cell(0, 1, 0)),
        ("d", Cell(0, 1, 2)),
        ("e", Cell(0, 1, 2)),
        ("f", Cell(1, 0, 0)),
    ]


def test_a_table_within_a_cell_is_one_of_its_own() -> None:
    found = said("<table><tr><td>a<table><tr><td>b</table>c<td>d</table>")

    assert [(words, block.cell.table if block.cell else -1) for words, block in found] == [
        ("a", 0),
        ("b", 1),
        ("c", 0),
        ("d", 0),
    ]


@pytest.mark.parametrize("html", ["<tr><td>a<td>b", "<p>a</p></table></tr></ul></blockquote>"])
def test_what_is_out_of_place_does_no_harm(html: str) -> None:
    assert "a" in walked(html).blocks.text


def test_what_is_set_as_it_is_is_told() -> None:
    assert [(words, block.kind) for words, block in said("<pre>a\n  b</pre>")] == [
        ("a\n  b", BlockKind.PREFORMATTED)
    ]


def test_words_that_stand_out_are_runs() -> None:
    found = runs(
        "<p>a <b>bold</b> <i>it</i> <u>under</u> <del>gone</del> <code>x</code> 2<sup>3</sup><sub>4</sub></p>"
        '<p><span style="font-weight: 700; text-decoration: underline">both</span></p>'
    )

    assert found == [
        ("bold", RunKind.BOLD),
        ("it", RunKind.ITALIC),
        ("under", RunKind.UNDERLINE),
        ("gone", RunKind.STRUCK),
        ("x", RunKind.CODE),
        ("3", RunKind.RAISED),
        ("4", RunKind.LOWERED),
        ("both", RunKind.UNDERLINE),
        ("both", RunKind.BOLD),
    ]


def test_runs_go_on_over_the_ends_of_lines() -> None:
    assert runs("<b>one<div>two</div></b><p>three</p>") == [("one", RunKind.BOLD), ("two", RunKind.BOLD)]


def test_a_link_keeps_its_address_in_one_line_and_leads_nowhere() -> None:
    walker = walked('<a href="java\nscript:alert(1)">x</a> <a href="#note">y</a> <a name="z">z</a>')

    assert walker.runs == [Run(0, 1, RunKind.LINK, "java script:alert(1)")]


@pytest.mark.parametrize(
    ("html", "bold"),
    [
        ("<p> <b> a </b> b</p>", "a "),
        ("<p>x<br> <b>a</b></p>", "a"),
        ("<p>x <br><b>a</b><br></p>", "a"),
        ("<p>&#1;<b>a&#2;b</b>c</p>", "ab"),
        ("<p>e<b>\u0301x</b></p>", "x"),
        ("<p><b>e</b>\u0301x</p>", "\u00e9"),
        ("<p>\U0001f600<b>\U0001f600</b></p>", "\U0001f600"),
    ],
)
def test_runs_stay_on_their_words_when_the_line_becomes_canonical(html: str, bold: str) -> None:
    assert runs(html) == [(bold, RunKind.BOLD)]


def test_a_line_in_which_too_many_letters_join_across_runs_stays_plain() -> None:
    assert runs("<p>" + "<b>e</b>\u0301" * style_walk.MOST_BORDERS) == []


def test_a_long_run_is_told_in_parts() -> None:
    walker = walked(f"<p><b>{'x' * (LONGEST_RUN + 5)}</b></p>")

    assert [(run.start, run.end) for run in walker.runs] == [(0, LONGEST_RUN), (LONGEST_RUN, LONGEST_RUN + 5)]


def test_no_more_is_noted_than_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style_walk, "MOST_BLOCKS", 2)
    monkeypatch.setattr(style_walk, "MOST_RUNS", 3)

    walker = walked("<h1>a <b>b</b> <b>c</b></h1>" * 3)

    assert (len(walker.found), len(walker.runs)) == (2, 3)


def test_no_depth_is_too_deep() -> None:
    walker = walked("<blockquote><ul><li><b>" * 400 + "words")

    assert walker.found[-1].quoted == walker.found[-1].level == DEEPEST
    assert walker.runs == [Run(0, 5, RunKind.BOLD)]
