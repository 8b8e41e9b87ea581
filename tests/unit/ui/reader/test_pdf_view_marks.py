import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.model.page_lines import Rect
from archivist.ui.reader.page_layout import PIXELS_PER_POINT
from archivist.ui.reader.view import Highlight
from archivist.ui.theme import HUES, Theme
from tests.unit.model.typesetting import Set, page, prose
from tests.unit.ui.reader.conftest import ShowPages
from tests.unit.ui.reader.pdf_views import FakeEngine, Hand

PAGE = prose("All human beings", "are born free")
HUMAN, BEINGS = Span(4, 9), Span(10, 16)


@pytest.fixture
def hand(show_pages: ShowPages) -> Hand:
    return show_pages(PAGE)


def quote(name: str, span: Span, hue: str = "amber", *, is_active: bool = False) -> Highlight:
    return Highlight(QuoteId(name), span, hue, is_active)


def share(hand: Hand, place: Rect, colour: QColor) -> float:
    """How much of a rectangle of the viewport has exactly that colour."""
    image = hand.view.viewport().grab().toImage()
    columns, rows = range(int(place.left), int(place.right)), range(int(place.top), int(place.bottom))
    met = sum(image.pixelColor(x, y) == colour for x in columns for y in rows)
    return met / (len(columns) * len(rows))


def around(hand: Hand, span: Span) -> Rect:
    first, last = hand.place(0, span.start), hand.place(0, span.end - 1)
    return Rect(
        min(first.left, last.left),
        min(first.top, last.top),
        max(first.right, last.right),
        max(first.bottom, last.bottom),
    )


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.7])
def test_a_highlight_covers_its_words_at_every_zoom(hand: Hand, zoom: float) -> None:
    hand.view.set_highlights([quote("a", HUMAN, "teal")])

    hand.canvas.set_zoom(zoom)
    hand.view.show_span(HUMAN)

    assert hand.canvas.page_layout.scale == pytest.approx(zoom * PIXELS_PER_POINT)
    assert share(hand, around(hand, HUMAN), Theme.paper("teal")) > 0.85
    assert share(hand, around(hand, Span(0, 3)), Theme.paper("teal")) == 0


def test_words_under_a_highlight_stay_black(show_pages: ShowPages) -> None:
    engine = FakeEngine([PAGE])
    hand = show_pages(engine=engine)
    scale = hand.canvas.page_layout.scale
    black = QImage(*engine.size.pixels(scale), QImage.Format.Format_RGB32)
    black.fill(Qt.GlobalColor.black)

    engine.pictured.emit(0, scale, black)
    hand.view.set_highlights([quote("a", HUMAN)])

    assert share(hand, around(hand, HUMAN), QColor("black")) == 1


def test_a_highlight_of_right_to_left_words_leaves_out_what_it_does_not_mean(show_pages: ShowPages) -> None:
    layer = page(Set("المادة 125 من", 500, 100, is_rtl=True))
    hand = show_pages(layer)
    first_digit = layer.text.index("1")

    hand.view.set_highlights([quote("a", Span(0, first_digit + 1), "sky")])

    assert share(hand, hand.place(0, first_digit), Theme.paper("sky")) > 0.8
    assert share(hand, hand.place(0, first_digit + 1), Theme.paper("sky")) < 0.15
    assert share(hand, hand.place(0, 0), Theme.paper("sky")) > 0.8


def test_the_active_quote_is_outlined(hand: Hand) -> None:
    hand.view.set_highlights([quote("a", HUMAN)])
    ink = QColor(HUES["amber"][1])
    place = around(hand, HUMAN)
    edge = Rect(place.left + 4, place.top - 1, place.right - 4, place.top + 1)
    before = share(hand, edge, ink)

    hand.view.set_highlights([quote("a", HUMAN, is_active=True)])

    image = hand.view.viewport().grab().toImage()
    darkest = min(
        image.pixelColor(int(edge.left) + 8, y).lightness()
        for y in range(int(edge.top), int(edge.bottom) + 1)
    )
    assert before == 0
    assert darkest < ink.lightness() + 60


def test_an_unknown_hue_is_shown_as_amber(hand: Hand) -> None:
    hand.view.set_highlights([quote("a", HUMAN, "")])

    assert share(hand, around(hand, HUMAN), Theme.paper("amber")) > 0.9


def test_hits_are_painted_and_the_current_one_stronger(hand: Hand) -> None:
    hand.view.set_hits([HUMAN, BEINGS], current=1)
    first = hand.view.viewport().grab().toImage().pixelColor(_middle(around(hand, HUMAN)))
    second = hand.view.viewport().grab().toImage().pixelColor(_middle(around(hand, BEINGS)))

    hand.view.set_hits([HUMAN, BEINGS], current=0)
    now = hand.view.viewport().grab().toImage().pixelColor(_middle(around(hand, HUMAN)))

    assert QColor("white") != first != second
    assert now == second
    assert second.lightness() < first.lightness()


def test_marks_are_painted_when_the_words_come(show_pages: ShowPages) -> None:
    engine = FakeEngine([PAGE])
    engine.is_slow = True
    hand = show_pages(engine=engine)
    engine.answer_picture(0, engine.wanted[-1][1])
    hand.view.set_highlights([quote("a", HUMAN)])
    hand.view.set_hits([BEINGS])
    hand.view.viewport().grab()

    engine.answer_layer(0)

    assert share(hand, around(hand, HUMAN), Theme.paper("amber")) > 0.9
    assert share(hand, around(hand, BEINGS), QColor("white")) < 0.1


def test_a_highlight_goes_across_pages(show_pages: ShowPages) -> None:
    hand = show_pages(prose("one"), prose("two"))
    hand.view.set_highlights([quote("a", Span(0, 8), "rose")])

    hand.canvas.set_zoom(0.3)
    hand.canvas.settle()

    for number in (0, 1):
        first, last = hand.place(number, 0), hand.place(number, 2)
        assert share(hand, Rect(first.left, first.top, last.right, last.bottom), Theme.paper("rose")) > 0.6


def test_a_click_opens_the_shortest_quote_there(hand: Hand) -> None:
    opened: list[str] = []
    hand.view.quote_clicked.connect(opened.append)
    hand.view.set_highlights([quote("long", Span(0, 20)), quote("short", HUMAN, "rose")])

    hand.click(hand.before(0, 5))
    hand.click(hand.before(0, 12))
    hand.click(QPoint(300, 700))
    hand.drag(hand.before(0, 4), hand.behind(0, 8))

    assert opened == ["short", "long"]


def test_enter_opens_the_quote_at_the_caret(hand: Hand) -> None:
    opened: list[str] = []
    hand.view.quote_clicked.connect(opened.append)
    hand.view.set_highlights([quote("a", BEINGS)])
    hand.click(hand.before(0, 1))

    hand.press(Qt.Key.Key_Return)
    for _ in range(2):
        hand.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    hand.press(Qt.Key.Key_Return)

    assert opened == ["a"]


def test_a_quote_that_the_page_spells_otherwise_is_found_there(show_pages: ShowPages) -> None:
    hand = show_pages(prose("the infirm\u00ad", "ary register"), text=["the infirm-ary register"])

    hand.view.set_highlights([quote("a", Span(4, 14), "violet")])

    assert share(hand, hand.place(0, 4), Theme.paper("violet")) > 0.8
    assert share(hand, hand.place(0, 14), Theme.paper("violet")) > 0.8


def test_a_quote_that_stands_on_no_page_is_left_out(hand: Hand) -> None:
    hand.view.set_highlights([quote("a", Span(900, 950))])

    assert share(hand, around(hand, HUMAN), QColor("white")) == 1


def _middle(place: Rect) -> QPoint:
    return QPoint(round((place.left + place.right) / 2), round((place.top + place.bottom) / 2))
