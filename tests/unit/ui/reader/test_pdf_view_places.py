from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.page import OutlineEntry, PageLayer, PageSize
from archivist.ui.reader.page_layout import LEAST_ZOOM, MOST_ZOOM
from archivist.ui.theme import Theme
from tests.unit.model.typesetting import prose
from tests.unit.ui.reader.conftest import ShowPages
from tests.unit.ui.reader.pdf_views import FakeEngine, Hand

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def pages(count: int) -> list[PageLayer]:
    return [prose(f"the words of page {number}", top=300) for number in range(count)]


@pytest.fixture
def hand(show_pages: ShowPages) -> Hand:
    return show_pages(*pages(60))


def turn_wheel(hand: Hand, at: QPoint, by: int, modifier: Qt.KeyboardModifier = CTRL) -> None:
    viewport = hand.view.viewport()
    event = QWheelEvent(
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt has no name for it
    )
    QApplication.sendEvent(viewport, event)


def test_a_document_opens_at_its_first_page_as_wide_as_the_window(hand: Hand) -> None:
    place = hand.canvas.page_place(0)

    assert hand.view.current_page == 0
    assert place.width() == pytest.approx(hand.view.viewport().width() - 44, abs=1)
    assert hand.view.page_count == 60
    assert hand.view.page_labels[:2] == ("1", "2")


def test_the_width_follows_the_window(hand: Hand, qtbot: QtBot) -> None:
    hand.view.go_to_page(20)

    hand.view.window().resize(700, 600)
    qtbot.waitUntil(lambda: hand.view.viewport().width() < 800)

    assert hand.canvas.page_place(20).width() == pytest.approx(hand.view.viewport().width() - 44, abs=1)
    assert hand.canvas.page_place(20).top() == pytest.approx(0, abs=2)


def test_fitting_goes_from_width_to_page_and_back(hand: Hand) -> None:
    width = hand.view.zoom_words()

    hand.view.fit()
    page = hand.canvas.page_place(0).height()
    hand.view.fit()

    assert page == pytest.approx(hand.view.viewport().height() - 28, abs=1)
    assert hand.view.zoom_words() == width


def test_zoom_goes_by_steps_and_ends_somewhere(hand: Hand) -> None:
    hand.canvas.set_zoom(1)
    hand.view.zoom_in()
    larger = hand.view.zoom_words()
    hand.view.zoom_out()
    back = hand.view.zoom_words()

    for _ in range(30):
        hand.view.zoom_in()
    most = hand.canvas.page_layout.zoom
    for _ in range(50):
        hand.view.zoom_out()

    assert (larger, back) == ("120%", "100%")
    assert most == MOST_ZOOM
    assert hand.canvas.page_layout.zoom == LEAST_ZOOM


@pytest.mark.parametrize("by", [360, -240])
def test_the_wheel_zooms_about_the_pointer(hand: Hand, by: int) -> None:
    hand.view.go_to_page(30)
    at = QPoint(400, 300)
    before, zoom = hand.canvas.page_point(QPointF(at)), hand.canvas.page_layout.zoom

    turn_wheel(hand, at, by)

    after = hand.canvas.page_point(QPointF(at))
    assert (hand.canvas.page_layout.zoom > zoom) == (by > 0)
    assert after[0] == before[0]
    assert after[2] == pytest.approx(before[2], abs=1)
    assert by < 0 or after[1] == pytest.approx(before[1], abs=1)


def test_a_pinch_zooms(hand: Hand) -> None:
    zoom = hand.canvas.page_layout.zoom
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        QPointF(100, 100),
        QPointF(100, 100),
        QPointF(100, 100),
        0.25,
        QPointF(),
    )

    QApplication.sendEvent(hand.view.viewport(), event)

    assert hand.canvas.page_layout.zoom == pytest.approx(1.25 * zoom)


def test_going_to_a_page_shows_its_top(hand: Hand) -> None:
    hand.view.go_to_page(41)
    top, page = hand.canvas.page_place(41).top(), hand.view.current_page

    hand.view.go_to_page(999)

    assert page == 41
    assert top == pytest.approx(0, abs=1)
    assert 59 in hand.canvas.visible_pages()


def test_a_place_is_found_again_at_another_zoom(hand: Hand) -> None:
    hand.view.go_to_page(12)
    hand.canvas.scroll_by(0.35 * hand.canvas.page_place(12).height())
    place = hand.view.place()

    hand.view.go_to_page(0)
    hand.canvas.set_zoom(2)
    hand.view.go_to_place(place)

    top = hand.canvas.page_place(12)
    assert place.startswith(("13:0.349", "13:0.35"))
    assert -top.top() / top.height() == pytest.approx(0.35, abs=0.01)


@pytest.mark.parametrize("place", ["", "nonsense", "x:y", "-4:7"])
def test_a_place_that_is_not_understood_is_the_beginning(hand: Hand, place: str) -> None:
    hand.view.go_to_page(9)

    hand.view.go_to_place(place)

    assert hand.view.current_page in {0, 1}


def test_wishes_wait_until_the_document_is_open(theme: Theme, qtbot: QtBot, show_pages: ShowPages) -> None:
    hand = show_pages(*pages(3))
    engine = FakeEngine(pages(60))
    later = type(hand.view)(engine, hand.view._canonical, theme)  # noqa: SLF001
    qtbot.addWidget(later)
    later.resize(600, 600)
    later.go_to_page(3)
    later.go_to_place("8:0.5")
    empty = (later.page_count, later.place(), later.outline(), later.page_labels)

    engine.open()

    assert empty == (0, "", (), ())
    assert later.place().startswith("8:0.5")


def test_a_passage_is_brought_into_sight(hand: Hand) -> None:
    span = _span_of_page(44)

    hand.view.show_span(span)

    place = hand.place(44, 0)
    assert 0 < place.top < place.bottom < hand.view.viewport().height()
    assert hand.view.selection() is None


def test_a_passage_is_shown_as_soon_as_its_words_are_known(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(60))
    hand = show_pages(engine=engine)
    engine.is_slow = True

    hand.view.show_span(_span_of_page(44), select=True)
    at_once, nothing = hand.view.current_page, hand.view.selected_text()
    engine.answer_layer(44)

    assert (at_once, nothing) == (44, "")
    assert hand.view.selected_text() == "the words of page 44"


def test_a_passage_over_two_pages_is_selected(hand: Hand) -> None:
    first, second = _span_of_page(3), _span_of_page(4)

    hand.view.show_span(Span(first.start + 4, second.start + 9), select=True)

    assert hand.view.selected_text() == "words of page 3\n\nthe words"


@pytest.mark.parametrize(
    "scroll",
    [
        lambda hand: hand.press(Qt.Key.Key_Space),
        lambda hand: turn_wheel(hand, QPoint(300, 300), -120, NONE),
        lambda hand: hand.click(QPoint(300, 300)),
    ],
    ids=["key", "wheel", "click"],
)
def test_a_passage_is_not_waited_for_once_the_user_does_something_else(
    show_pages: ShowPages, scroll: Callable[[Hand], object]
) -> None:
    engine = FakeEngine(pages(60))
    hand = show_pages(engine=engine)
    engine.is_slow = True
    hand.view.show_span(_span_of_page(44), select=True)

    scroll(hand)
    place = hand.canvas.verticalScrollBar().value()
    engine.answer_layer(44)

    assert hand.canvas.verticalScrollBar().value() == place
    assert hand.view.selected_text() == ""


def test_a_passage_that_is_in_no_page_changes_nothing(hand: Hand) -> None:
    hand.view.show_span(Span(10**6, 10**6 + 5))

    assert hand.view.current_page == 0


def test_words_are_found_in_the_whole_document(hand: Hand) -> None:
    found = hand.view.find("PAGE 59")

    assert found == [Span(_span_of_page(59).end - 7, _span_of_page(59).end)]


def test_the_outline_leads_to_its_places(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(9))
    engine.outline = (OutlineEntry(0, "Facts", 5, 421.0), OutlineEntry(0, "Nowhere", None))
    hand = show_pages(engine=engine)

    hand.view.go_to_entry(hand.view.outline()[0])
    there = hand.canvas.page_place(5)
    hand.view.go_to_entry(hand.view.outline()[1])

    assert -there.top() / there.height() == pytest.approx(0.5, abs=0.01)
    assert hand.canvas.page_place(5) == there


def test_the_name_tells_the_page(hand: Hand, qtbot: QtBot) -> None:
    before = hand.canvas.accessibleName()

    with qtbot.waitSignal(hand.view.place_changed):
        hand.view.go_to_page(2)

    assert (before, hand.canvas.accessibleName()) == ("Document, page 1 of 60", "Document, page 3 of 60")


def test_pages_near_the_screen_are_fetched_and_no_others(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(60))
    hand = show_pages(engine=engine)
    engine.wanted.clear()

    hand.view.go_to_page(30)

    asked = {page for wanted, _ in engine.wanted for page in wanted}
    assert {30} <= asked <= {29, 30, 31}
    assert set(engine.wanted_layers) <= {0, 1, *asked}


def test_pages_come_also_while_one_scrolls(show_pages: ShowPages, qtbot: QtBot) -> None:
    engine = FakeEngine(pages(60))
    hand = show_pages(engine=engine)
    engine.wanted.clear()

    def scroll_on() -> bool:
        hand.canvas.scroll_by(5)
        return len(engine.wanted) >= 3

    qtbot.waitUntil(scroll_on)

    assert hand.canvas.verticalScrollBar().value() > 0


def test_a_page_that_is_not_there_yet_is_white_with_its_number(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(2))
    engine.is_slow = True
    hand = show_pages(engine=engine)

    image = hand.view.viewport().grab().toImage()
    middle = hand.canvas.page_place(0).intersected(hand.view.viewport().rect()).center().toPoint()
    around = [image.pixelColor(middle + QPoint(x, y)) for x in range(-12, 12) for y in range(-12, 12)]

    assert image.pixelColor(middle - QPoint(100, 0)) == QColor("white")
    assert any(colour.lightness() < 160 for colour in around)


def test_a_page_that_failed_says_why_and_is_asked_for_again(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(2))
    engine.broken = {0}
    hand = show_pages(engine=engine)
    told = hand.view.viewport().grab().toImage()
    asked = len([page for wanted, _ in engine.wanted for page in wanted if page == 0])
    hand.view.go_to_page(0)

    still = len([page for wanted, _ in engine.wanted for page in wanted if page == 0])
    engine.broken = set()
    hand.press(Qt.Key.Key_F5)

    assert still == asked
    assert not hand.canvas.has_failed(0)
    assert hand.view.viewport().grab().toImage() != told


def test_a_click_on_a_page_that_failed_asks_again(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(2))
    engine.broken = {0}
    hand = show_pages(engine=engine)
    engine.broken = set()

    hand.click(QPoint(200, 200))

    assert not hand.canvas.has_failed(0)
    assert hand.canvas.selection is None


def test_a_document_that_cannot_be_shown_says_so(theme: Theme, qtbot: QtBot, show_pages: ShowPages) -> None:
    told: list[str] = []
    engine = FakeEngine(pages(1))
    view = type(show_pages(*pages(1)).view)(engine, None, theme)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.failed.connect(told.append)
    empty = view.grab().toImage()

    engine.failed.emit("This file is damaged.")

    assert told == ["This file is damaged."]
    assert view.grab().toImage() != empty


def test_only_what_is_looked_at_is_painted_at_high_zoom(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(3))
    hand = show_pages(engine=engine)

    hand.canvas.set_zoom(8)
    hand.canvas.settle()

    whole, wanted = engine.wanted[-1][1], hand.canvas.page_layout.scale
    page, scale, area = engine.areas[-1]
    seen = hand.canvas.seen_of(page)
    assert whole < wanted == scale
    assert engine.size.width * engine.size.height * whole**2 < 12_000_001
    assert area.left <= seen.left * scale
    assert area.left + area.width >= seen.right * scale - 1
    assert area.width * area.height < 5_000_000


def test_a_picture_that_comes_late_does_not_take_the_place_of_the_sharp_one(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(1))
    hand = show_pages(engine=engine)
    old = hand.canvas.page_layout.scale
    hand.canvas.set_zoom(1)
    hand.canvas.settle()

    engine.answer_picture(0, old)

    assert hand.canvas.is_sharp(0)


def test_a_small_scroll_at_high_zoom_asks_for_nothing_new(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(3))
    hand = show_pages(engine=engine)
    hand.canvas.set_zoom(8)
    hand.canvas.settle()
    _, scale, area = engine.areas[-1]
    hand.canvas.scroll_to(0, (area.top + 1) / scale)
    hand.canvas.settle()
    before = len(engine.areas)

    hand.canvas.scroll_by(2)
    hand.canvas.settle()

    assert len(engine.areas) == before


def test_wide_pages_can_be_reached_sideways_in_a_mirrored_window(show_pages: ShowPages) -> None:
    hand = show_pages(prose("words", left=20))
    hand.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    hand.canvas.set_zoom(4)

    hand.view.show_span(Span(0, 5))

    place = hand.place(0, 0)
    assert hand.view.viewport().rect().contains(QPoint(round(place.left), round(place.top)))


def test_pages_of_other_widths_have_the_same_middle(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(2), PageSize(1190, 842))
    hand = show_pages(engine=engine)
    hand.canvas.set_zoom(3)

    hand.view.fit()

    assert hand.canvas.page_place(0).center().x() == pytest.approx(hand.view.viewport().width() / 2, abs=1)


def test_another_screen_gets_pictures_of_its_own(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(2))
    hand = show_pages(engine=engine)
    engine.wanted.clear()

    QApplication.sendEvent(hand.canvas, QEvent(QEvent.Type.DevicePixelRatioChange))

    assert engine.wanted


def test_a_passage_beyond_the_right_edge_is_scrolled_to(show_pages: ShowPages) -> None:
    hand = show_pages(prose("words", left=520))
    hand.canvas.set_zoom(4)
    hand.canvas.scroll_sideways_by(-5_000)

    hand.view.show_span(Span(0, 5))

    place = hand.place(0, 4)
    assert hand.view.viewport().rect().contains(QPoint(round(place.right), round(place.top)))


def test_the_keyboard_focus_is_seen_and_a_click_needs_no_line(hand: Hand, theme: Theme) -> None:
    with_keys = hand.view.viewport().grab().toImage().pixelColor(1, 300)

    hand.click(QPoint(200, 200))
    with_mouse = hand.view.viewport().grab().toImage().pixelColor(1, 300)

    assert with_keys == theme.color("accent")
    assert with_mouse == theme.color("canvas")


def test_the_caret_blinks_where_the_focus_is(hand: Hand, qtbot: QtBot) -> None:
    QApplication.setCursorFlashTime(40)
    hand.click(hand.before(0, 3))
    hand.press(Qt.Key.Key_Right)
    caret = hand.canvas.caret_place()
    assert caret
    spot = QPoint(round(caret.x() + 1), round(caret.center().y()))

    def is_dark() -> bool:
        return bool(hand.view.viewport().grab().toImage().pixelColor(spot).lightness() < 100)

    qtbot.waitUntil(is_dark)
    qtbot.waitUntil(lambda: not is_dark())
    qtbot.waitUntil(is_dark)
    hand.canvas.clearFocus()
    assert not is_dark()
    QApplication.setCursorFlashTime(1000)


def test_the_theme_changes_the_ground_and_not_the_paper(hand: Hand, theme: Theme) -> None:
    paper = hand.canvas.page_place(0).topLeft().toPoint() + QPoint(5, 5)

    theme.choose("dark")
    image = hand.view.viewport().grab().toImage()
    canvas = theme.color("canvas")
    theme.choose("light")

    assert image.pixelColor(5, 300) == canvas
    assert image.pixelColor(paper) == QColor("white")


def test_shutting_ends_the_engine(show_pages: ShowPages) -> None:
    engine = FakeEngine(pages(1))
    hand = show_pages(engine=engine)

    hand.view.shut()

    assert engine.was_closed


def test_keys_and_the_mouse_before_anything_is_open_do_no_harm(
    theme: Theme, qtbot: QtBot, show_pages: ShowPages
) -> None:
    view = type(show_pages(*pages(1)).view)(FakeEngine([]), None, theme)
    qtbot.addWidget(view)
    view.resize(400, 300)

    QTest.keyClick(Hand(view).canvas, Qt.Key.Key_Down)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(50, 50))
    view.zoom_in()
    view.fit()

    assert view.selected_text() == ""
    assert view.current_page == 0


def _span_of_page(number: int) -> Span:
    start = sum(len(layer.text) + 2 for layer in pages(number))
    return Span(start, start + len(pages(number + 1)[-1].text))
