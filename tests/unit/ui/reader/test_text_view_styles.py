"""Words dressed as in their original: headings, items, tables, runs; nothing of it changes a word."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontInfo, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.page import OutlineEntry
from archivist.model.styles import Block, BlockKind, Cell, Run, RunKind, StyledText
from archivist.ui.theme import LIGHT, PAPER, Theme
from archivist.workers.blocks import walk
from archivist.workers.style_walk import StyleWalker
from archivist.workers.web_page import parse
from tests.unit.ui.reader.text_views import CONTROL, Reader, text_of

Read = Callable[..., Reader]
TABLE = (
    "<table><tr><th>Name<th>Age<th>What happened</tr>"
    "<tr><td>K-7<td>34<td>Taken from home at night by men in plain clothes, as the neighbours say"
    "<tr><td>K-12<td><td><p>First.</p><p>Second.</p></table><p>After it.</p>"
)


@pytest.fixture
def read(qtbot: QtBot, theme: Theme) -> Read:  # noqa: ARG001 - dresses the app
    """Shows a page as its child would have it styled."""

    def shown(html: str, *, later: bool = False) -> Reader:
        content, blocks, runs = walked(html)
        text = text_of(content)
        styles = StyledText(text.sha256, blocks, runs)
        reader = Reader(qtbot, text, None if later else styles)
        assert not later or reader.view.dress(styles)
        return reader

    return shown


def walked(html: str) -> tuple[str, tuple[Block, ...], tuple[Run, ...]]:
    walker = StyleWalker()
    walk(parse(html), walker=walker)
    return walker.blocks.text, tuple(walker.found), tuple(walker.runs)


def letters(reader: Reader, number: int) -> list[tuple[str, QTextCharFormat]]:
    """The words of each stretch of a block of narrow letters, and how they look."""
    reader.page.paper.setting(number)
    start = reader.page.lines.span(number)[0]
    content = reader.text.content[start:]
    ranges = reader.page.document().findBlockByNumber(number).layout().formats()
    return [(content[one.start : one.start + one.length], QTextCharFormat(one.format)) for one in ranges]


def place(reader: Reader, words: str) -> QPoint:
    at = reader.text.content.index(words)
    return reader.view.seen(Span(at, at + len(words)))[0].topLeft()


def test_headings_are_larger_and_items_stand_in(read: Read) -> None:
    items = "<ul><li>Item<ul><li>Deeper</ul></ul>"
    reader = read(f"<h1>Heading</h1><p>Words</p>{items}<blockquote>Quoted</blockquote>")

    sizes = [QFontInfo(letters(reader, number)[0][1].font()).pixelSize() for number in (0, 2)]
    assert sizes == [27, 18]
    assert place(reader, "Heading").x() == place(reader, "Words").x()
    assert place(reader, "Words").x() + 20 < place(reader, "Item").x() < place(reader, "Deeper").x() - 20
    assert place(reader, "Quoted").x() > place(reader, "Words").x() + 10


def test_text_from_right_to_left_stands_at_the_right_and_its_items_stand_in_from_there(read: Read) -> None:
    reader = read("<p>كلمات</p><ul><li>بند</ul>")

    right = [reader.view.seen(Span(start, start + 3))[0].right() for start in (0, 7)]
    assert right[0] > 800 - 60
    assert right[1] < right[0] - 20


def test_marks_of_items_are_painted_but_are_no_words(read: Read) -> None:
    reader = read("<ol start=7><li>Item</ol>")
    first = place(reader, "Item")

    picture = reader.picture()
    beside = [
        picture.pixelColor(x, y).lightness()
        for x in range(first.x() - 26, first.x() - 4)
        for y in range(first.y(), first.y() + 20)
    ]

    assert min(beside) < 180
    reader.press(Qt.Key.Key_A, CONTROL)
    assert reader.view.selected_text() == "Item"


def test_runs_change_letters_and_nothing_else(read: Read) -> None:
    reader = read("<p>a <b>b <i>c</i></b> <u>d</u> <s>e</s> <code>f</code> g<sup>h</sup></p>")

    found = letters(reader, 0)[1:]

    assert [words for words, _ in found] == ["b ", "c", "d", "e", "f", "h"]
    both = found[1][1]
    assert (found[0][1].fontWeight(), found[0][1].fontItalic()) == (700, False)
    assert (both.fontWeight(), both.fontItalic()) == (700, True)
    assert (found[2][1].fontUnderline(), found[3][1].fontStrikeOut()) == (True, True)
    assert found[4][1].fontFamilies()[0] == "Noto Sans Mono"
    assert found[5][1].verticalAlignment() is found[5][1].VerticalAlignment.AlignSuperScript


def test_a_table_stands_in_columns_and_is_copied_as_it_was_written(read: Read, qapp: QApplication) -> None:
    reader = read(TABLE)

    rows = ("Name", "Age", "What"), ("K-7", "34", "Taken")
    columns = [[place(reader, words).x() for words in row] for row in rows]
    assert columns[0] == columns[1]
    assert columns[0] == sorted(columns[0])
    assert place(reader, "First.").x() == place(reader, "Second.").x() == columns[0][2]
    assert place(reader, "K-7").y() == place(reader, "Taken").y()
    assert place(reader, "K-12").y() > place(reader, "neighbours").y()
    reader.press(Qt.Key.Key_A, CONTROL)
    reader.press(Qt.Key.Key_C, CONTROL)
    assert qapp.clipboard().text() == reader.text.content
    assert "K-7\t34\tTaken" in reader.text.content


def test_a_drag_over_cells_selects_their_words_in_order(read: Read) -> None:
    reader = read(TABLE)
    content = reader.text.content
    start, end = content.index("K-7"), content.index("Taken") + 5

    reader.drag(reader.edge(start), reader.edge(end) - QPoint(2, 0))

    selected = reader.view.selection()
    assert selected
    assert (selected.start, content[selected.start : selected.end].split("\t")[:2]) == (start, ["K-7", "34"])


def test_a_table_too_wide_for_the_page_stands_below_each_other(read: Read) -> None:
    reader = read("<table><tr>" + "".join(f"<td>Unbreakable{number}" for number in range(20)) + "</table>")

    first, second = place(reader, "Unbreakable0"), place(reader, "Unbreakable1")

    assert first.x() == second.x()
    assert first.y() < second.y()


def test_a_table_from_right_to_left_begins_at_the_right(read: Read) -> None:
    reader = read("<table><tr><td>الاسم<td>العمر<td>التاريخ</table>")

    assert place(reader, "الاسم").x() > place(reader, "العمر").x() > place(reader, "التاريخ").x()


def test_what_was_set_as_it_is_stands_on_a_ground_of_its_own(read: Read) -> None:
    reader = read("<pre>a\n\n  b</pre><p>c</p>")

    assert reader.color(place(reader, "a") + QPoint(400, 10)).name() == LIGHT["sidebar"]
    assert reader.color(place(reader, "c") + QPoint(400, 10)).name() == PAPER


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("html", ["<h1>Heading</h1><p>Some <b>bold</b> words</p>" * 300, TABLE * 200])
def test_styles_that_come_later_move_neither_place_nor_selection(html: str, qtbot: QtBot) -> None:
    content, blocks, runs = walked(html)
    text = text_of(content)
    reader = Reader(qtbot, text)
    reader.wait_for_all()
    at = len(content) // 2
    reader.view.go_to_place(str(at))
    before = reader.view.place()
    reader.page.select(Span(at, at + 30))

    assert reader.view.dress(StyledText(text.sha256, blocks, runs))
    reader.wait_for_all()

    assert abs(int(reader.view.place()) - int(before)) < 80
    assert reader.view.selection() == Span(at, at + 30)
    assert reader.view.seen(Span(at, at + 30))


def test_whoever_watches_the_selection_never_hears_that_it_is_gone(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    content, blocks, runs = walked(TABLE)
    text = text_of(content)
    reader = Reader(qtbot, text)
    span = Span(content.index("After"), content.index("After") + len("After it"))
    reader.view.show_span(span, select=True)
    heard: list[Span | None] = []
    reader.view.selection_changed.connect(lambda: heard.append(reader.view.selection()))

    assert reader.view.dress(StyledText(text.sha256, blocks, runs))
    reader.wait_for_all()

    assert set(heard) <= {span}
    assert reader.view.selection() == span


def test_styles_of_another_text_are_not_worn(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    styles = StyledText("0" * 64, (Block(0, 5, BlockKind.HEADING, 1),))
    reader = Reader(qtbot, text_of("Words"), styles)

    assert not reader.view.dress(styles)
    assert len(letters(reader, 0)) == 1
    assert reader.view.outline() == []


def test_the_outline_is_that_of_the_headings(read: Read) -> None:
    reader = read("<h1>One</h1><p>words</p><h2>Two<br>lines</h2>" + "<p>more</p>" * 60 + "<h1>Three</h1>")

    outline = list(reader.view.outline())

    assert [(entry.level, entry.title) for entry in outline] == [(0, "One"), (1, "Two lines"), (0, "Three")]
    reader.view.go_to_entry(outline[2])
    assert reader.view.seen(Span(int(outline[2].top), int(outline[2].top) + 5))
    reader.view.go_to_entry(OutlineEntry(0, "One", None, 0.0))
    assert reader.view.place() == "0"


def test_the_address_of_a_link_is_told_under_mouse_and_caret_and_nothing_follows_it(read: Read) -> None:
    reader = read('<p>words <a href="https://example.org/x">link</a> more</p>')
    told: list[str] = []
    reader.view.link_shown.connect(told.append)

    QTest.mouseMove(reader.view.viewport(), reader.point(8))
    QTest.mouseMove(reader.view.viewport(), reader.point(2))
    reader.click(reader.point(8))
    reader.press(Qt.Key.Key_Home)

    assert told == ["https://example.org/x", "", "https://example.org/x", ""]


WORDS = "Words of a text\nand more\tof them"
LIES = [
    StyledText("", (Block(500, 900, BlockKind.HEADING, 1),), (Run(400, 2**31, RunKind.BOLD),)),
    StyledText("", (Block(0, 10**9, BlockKind.ITEM, 12, "•" * 16, 12),)),
    StyledText("", tuple(Block(at, at + 1, cell=Cell(0, 0, at * 30)) for at in range(20))),
    StyledText("", (Block(0, 5, cell=Cell(0, 0, 0)), Block(16, 19, cell=Cell(0, 0, 999)))),
    StyledText("", (), tuple(Run(0, 9, kind) for kind in RunKind for _ in range(500))),
]


@pytest.mark.parametrize("lie", LIES)
def test_styles_that_lie_cost_no_more_than_looks(qtbot: QtBot, theme: Theme, lie: StyledText) -> None:  # noqa: ARG001
    text = text_of(WORDS)
    reader = Reader(qtbot, text)

    assert reader.view.dress(StyledText(text.sha256, lie.blocks, lie.runs))
    reader.wait_for_all()

    assert reader.picture().width() > 0
    reader.press(Qt.Key.Key_A, CONTROL)
    assert reader.view.selected_text() == WORDS
