"""Quotes, hits and the selection: where they are painted, in which colour, and what a click on them says."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.ui.reader.view import Highlight
from archivist.ui.theme import HUES, LIGHT, PAPER, Theme
from tests.unit.ui.reader.text_views import Reader, text_of

Read = Callable[..., Reader]
WORDS = "The pages for 1 to 9 February had been removed and could not be produced.\nNo copy is kept."


@pytest.fixture
def read(qtbot: QtBot, theme: Theme) -> Read:  # noqa: ARG001 - dresses the app
    def shown(content: str = WORDS) -> Reader:
        return Reader(qtbot, text_of(content))

    return shown


def quote(name: str, start: int, end: int, colour: str = "teal", *, is_active: bool = False) -> Highlight:
    return Highlight(QuoteId(name), Span(start, end), colour, is_active)


def colors(reader: Reader, span: Span) -> set[str]:
    """What can be seen behind and between the letters of a passage."""
    picture = reader.picture()
    return {
        picture.pixelColor(x, rectangle.top() + 3).name()
        for rectangle in reader.view.seen(span)
        for x in range(rectangle.left() + 4, rectangle.right() - 4)
    }


def test_a_quote_has_its_colour_and_nothing_else_has(read: Read) -> None:
    reader = read()

    reader.view.set_highlights([quote("q", 4, 9, "rose")])

    assert colors(reader, Span(4, 9)) == {HUES["rose"][0]}
    assert colors(reader, Span(10, 20)) == {PAPER}


@pytest.mark.parametrize("colour", ["", "#123456"])
def test_a_quote_of_no_known_colour_has_the_usual_one(read: Read, colour: str) -> None:
    reader = read()

    reader.view.set_highlights([quote("q", 4, 9, colour)])

    assert colors(reader, Span(4, 9)) == {HUES["amber"][0]}


def test_a_shorter_quote_lies_on_top_of_a_longer_one(read: Read) -> None:
    reader = read()

    reader.view.set_highlights([quote("short", 10, 20, "rose"), quote("long", 4, 40, "sky")])

    assert colors(reader, Span(4, 9)) == {HUES["sky"][0]}
    assert colors(reader, Span(11, 19)) == {HUES["rose"][0]}


def test_the_active_quote_has_an_outline(read: Read) -> None:
    reader = read()
    reader.view.set_highlights([quote("q", 4, 9)])
    plain = reader.picture()

    reader.view.set_highlights([quote("q", 4, 9, is_active=True)])

    (rectangle,) = reader.view.seen(Span(4, 9))
    top = QPoint(rectangle.center().x(), rectangle.top())
    darkest = min(reader.color(top + QPoint(0, y)).lightness() for y in range(-1, 3))
    assert darkest < min(plain.pixelColor(top + QPoint(0, y)).lightness() for y in range(-1, 3)) - 40


def test_the_hit_that_is_looked_at_is_stronger(read: Read) -> None:
    reader = read()

    reader.view.set_hits([Span(4, 9), Span(30, 33)], 1)

    assert colors(reader, Span(4, 9)) == {LIGHT["hit"]}
    assert colors(reader, Span(30, 33)) == {HUES["amber"][0]}
    reader.view.set_hits([])
    assert colors(reader, Span(4, 9)) == {PAPER}


def test_paper_stays_white_in_the_dark(read: Read, theme: Theme) -> None:
    reader = read()
    reader.view.set_highlights([quote("q", 4, 9, "amber")])

    theme.choose("dark")

    assert colors(reader, Span(4, 9)) == {HUES["amber"][0]}
    assert colors(reader, Span(10, 20)) == {PAPER}
    assert reader.color(QPoint(2, 300)) == QColor(theme.token("canvas"))


def test_a_click_says_which_quote_is_on_top(read: Read) -> None:
    reader = read()
    clicked: list[str] = []
    reader.view.quote_clicked.connect(clicked.append)
    reader.view.set_highlights([quote("short", 10, 20), quote("long", 4, 40), quote("other", 76, 79)])

    reader.click(reader.point(12))
    reader.click(reader.point(5))
    reader.click(reader.point(50))
    reader.click(reader.point(78))
    reader.click(QPoint(850, reader.point(12).y()))

    assert clicked == ["short", "long", "other"]


def test_a_drag_over_a_quote_is_no_click(read: Read) -> None:
    reader = read()
    clicked: list[str] = []
    reader.view.quote_clicked.connect(clicked.append)
    reader.view.set_highlights([quote("q", 4, 40)])

    reader.drag(reader.edge(6), reader.edge(20))

    assert clicked == []
    assert reader.view.selection() == Span(6, 20)


def test_enter_opens_the_quote_at_the_caret(read: Read) -> None:
    reader = read()
    clicked: list[str] = []
    reader.view.quote_clicked.connect(clicked.append)
    reader.view.set_highlights([quote("q", 4, 9)])

    reader.press(Qt.Key.Key_Return)
    reader.press(Qt.Key.Key_Right, times=5)
    reader.press(Qt.Key.Key_Return)

    assert clicked == ["q"]


def test_the_mouse_shows_what_can_be_clicked(read: Read) -> None:
    reader = read()
    reader.view.set_highlights([quote("q", 4, 9)])
    viewport = reader.view.viewport()

    QTest.mouseMove(viewport, reader.point(6))
    assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(viewport, reader.point(30))
    assert viewport.cursor().shape() is Qt.CursorShape.IBeamCursor


def test_a_mark_over_line_ends_is_painted_on_each_line(read: Read) -> None:
    reader = read("one\n\ntwo " + "words " * 60)

    rectangles = reader.view.seen(Span(1, 200))

    assert len(rectangles) >= 4
    assert [rectangle.top() for rectangle in rectangles] == sorted(
        rectangle.top() for rectangle in rectangles
    )


@pytest.mark.parametrize("spans", [[Span(5_000, 9_000)], [Span(0, 0)], [Span(95, 10)]])
def test_a_mark_that_is_nowhere_does_no_harm(read: Read, spans: list[Span]) -> None:
    reader = read()

    reader.view.set_highlights([Highlight(QuoteId("q"), span, "teal") for span in spans])
    reader.view.set_hits(spans, 0)

    assert colors(reader, Span(4, 9)) == {PAPER}


def test_thousands_of_quotes_do_not_slow_scrolling(read: Read) -> None:
    text = "\n".join(f"{number} words of a line that is long enough" for number in range(20_000))
    reader = read(text)
    reader.wait_for_all()
    step = len(text) // 2_000
    quotes = [quote(f"q{at}", at * step, at * step + 60) for at in range(2_000)]

    def seconds() -> float:
        begun = time.perf_counter()
        for _ in range(20):
            reader.scroll(60)
            reader.view.viewport().repaint()
        return time.perf_counter() - begun

    seconds()
    without = seconds()
    reader.view.set_highlights(quotes)
    reader.view.set_hits([one.span for one in quotes], 5)

    assert seconds() < 4 * without + 0.1


def test_words_are_found_whatever_their_form(read: Read) -> None:
    reader = read("The infirm\u00ad\nary REGISTER\nand the infirmary  register")

    hits = reader.view.find("infirmary register")

    assert hits == [Span(4, 24), Span(33, 52)]
