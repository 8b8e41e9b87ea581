from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.page import PageLayer, PageSize
from tests.unit.model.typesetting import Set, page, prose
from tests.unit.ui.reader.conftest import ShowPages
from tests.unit.ui.reader.pdf_views import LEFT, FakeEngine, Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
PROSE = prose("All human beings", "are born free", "and equal in dignity", "and rights.")
ARABIC = page(Set("تنص المادة 125 من", 500, 100, is_rtl=True), Set("القانون على", 500, 114, is_rtl=True))
PAGES: dict[str, tuple[PageLayer, str]] = {
    "lines": (PROSE, "human beings\nare born"),
    "a column": (
        page(
            *(Set(f"left line {number}", 60, 100 + 14 * number) for number in range(5)),
            *(Set(f"right line {number}", 320, 100 + 14 * number) for number in range(5)),
        ),
        "line 1\nleft line 2\nleft line 3",
    ),
    "right to left with digits": (ARABIC, "المادة 125 من\nالقانون"),
    "a page on its side": (
        page(Set("first line down", 400, 100, turn=90), Set("second line", 386, 100, turn=90)),
        "line down\nsecond",
    ),
    "a page on its other side": (
        page(Set("first line up", 100, 600, turn=270), Set("second line", 114, 600, turn=270)),
        "line up\nsecond",
    ),
    "Chinese": (prose("世界人权宣言", "人人生而自由"), "人权宣言\n人人生"),
    "a word over a line end": (prose("in the infirm\u00ad", "ary register"), "infirm\u00ad\nary register"),
    "beyond the first plane": (prose("a𠮷野家b", "😀 word"), "𠮷野家b\n😀"),
}


@pytest.fixture(params=list(PAGES))
def passage(request: pytest.FixtureRequest) -> tuple[PageLayer, str, int, int]:
    layer, words = PAGES[request.param]
    start = layer.text.index(words)
    return layer, words, start, start + len(words)


def test_dragging_selects_exactly_the_words(
    passage: tuple[PageLayer, str, int, int], show_pages: ShowPages
) -> None:
    layer, words, start, end = passage
    hand = show_pages(layer)

    hand.drag(hand.before(0, start), hand.behind(0, end - 1))

    assert hand.view.selected_text() == words
    assert hand.view.selection() == Span(start, end)


def test_dragging_backwards_selects_the_same(
    passage: tuple[PageLayer, str, int, int], show_pages: ShowPages
) -> None:
    layer, words, start, end = passage
    hand = show_pages(layer)

    hand.drag(hand.behind(0, end - 1), hand.before(0, start))

    assert hand.view.selected_text() == words


def test_the_keyboard_selects_the_same(
    passage: tuple[PageLayer, str, int, int], show_pages: ShowPages
) -> None:
    layer, words, start, end = passage
    hand = show_pages(layer)
    words_of_page = hand.canvas.words.page(0)
    assert words_of_page
    ahead = Key.Key_Left if words_of_page.is_read_leftwards(start) else Key.Key_Right

    hand.click(hand.before(0, start))
    for _ in range(end - start):
        hand.press(ahead, SHIFT)

    assert hand.view.selected_text() == words


@pytest.fixture
def hand(show_pages: ShowPages) -> Hand:
    return show_pages(PROSE)


def test_selecting_is_told_when_the_mouse_is_released(hand: Hand) -> None:
    told: list[str] = []
    hand.view.selection_changed.connect(lambda: told.append(hand.view.selected_text()))

    hand.drag(hand.before(0, 4), hand.behind(0, 8))
    hand.click(hand.before(0, 0))

    assert told == ["human", ""]


def test_the_selection_is_painted_and_has_a_place(hand: Hand) -> None:
    hand.drag(hand.before(0, 4), hand.behind(0, 8))

    around = hand.view.selection_rect()
    first, last = hand.place(0, 4), hand.place(0, 8)
    inside = hand.view.grab().toImage().pixelColor(around.center() - QPoint(0, 3))
    assert around.left() == pytest.approx(first.left, abs=1)
    assert around.right() == pytest.approx(last.right, abs=1)
    assert inside.blue() > inside.red()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (2, "born"),
        (3, "are born free"),
        (4, "All human beings\nare born free"),
        (5, "All human beings\nare born free"),
    ],
)
def test_more_clicks_select_more(hand: Hand, count: int, words: str) -> None:
    hand.clicks(count, hand.before(0, PROSE.text.index("orn")))

    assert hand.view.selected_text() == words


@pytest.mark.parametrize(
    ("target", "words"), [("eings", "human beings"), ("ll", "All human"), ("uman", "human")]
)
def test_dragging_after_a_double_click_selects_whole_words(hand: Hand, target: str, words: str) -> None:
    hand.clicks(2, hand.before(0, 6), drag_to=hand.before(0, PROSE.text.index(target)))

    assert hand.view.selected_text() == words


def test_shift_and_a_click_extend(hand: Hand) -> None:
    hand.click(hand.before(0, 4))

    hand.click(hand.behind(0, PROSE.text.index("free") + 3), SHIFT)

    assert hand.view.selected_text() == "human beings\nare born free"


def test_another_button_leaves_the_selection_alone(hand: Hand) -> None:
    hand.drag(hand.before(0, 4), hand.behind(0, 8))

    QTest.mouseClick(hand.view.viewport(), Qt.MouseButton.RightButton, pos=hand.before(0, 32))

    assert hand.view.selected_text() == "human"


def test_a_selection_goes_across_pages(show_pages: ShowPages) -> None:
    layers = [prose("the first page", left=20, top=20), prose("the second page", left=20, top=20)]
    hand = show_pages(engine=FakeEngine(layers, PageSize(400, 100)))

    hand.drag(hand.before(0, 4), hand.behind(1, 9))

    assert hand.view.selected_text() == "first page\n\nthe second"
    assert hand.view.selection() == Span(4, 26)


def test_dragging_past_the_edge_scrolls_and_selects_on(show_pages: ShowPages, qtbot: QtBot) -> None:
    hand = show_pages(*(prose(f"page {number}") for number in range(5)))
    hand.canvas.set_zoom(0.6)
    viewport = hand.view.viewport()
    begin, below = hand.before(0, 0), QPoint(300, viewport.height() + 80)

    QTest.mousePress(viewport, LEFT, pos=begin)
    QTest.mouseMove(viewport, below)
    qtbot.waitUntil(lambda: "page 1" in hand.view.selected_text())
    QTest.mouseRelease(viewport, LEFT, pos=below)
    at = hand.canvas.verticalScrollBar().value()

    assert at > 0
    assert hand.view.selected_text().startswith("page 0\n\npage 1")


def test_the_pointer_tells_where_words_are(hand: Hand) -> None:
    hand.hover(hand.before(0, 4))
    over_words = hand.view.viewport().cursor().shape()

    hand.hover(QPoint(300, 700))

    assert over_words == Qt.CursorShape.IBeamCursor
    assert hand.view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


MOVES: dict[str, tuple[Callable[[Hand], object], str]] = {
    "by words": (lambda hand: hand.press(Key.Key_Right, CTRL | SHIFT, times=2), "human beings"),
    "back by a word": (lambda hand: hand.press(Key.Key_Left, CTRL | SHIFT), "All"),
    "to the line end": (lambda hand: hand.press(Key.Key_End, SHIFT), "human beings"),
    "to the line start": (lambda hand: hand.press(Key.Key_Home, SHIFT), "All"),
    "down a line": (lambda hand: hand.press(Key.Key_Down, SHIFT), "human beings\nare"),
    "to the end": (lambda hand: hand.press(Key.Key_End, CTRL | SHIFT), PROSE.text[4:]),
    "to the beginning": (lambda hand: hand.press(Key.Key_Home, CTRL | SHIFT), "All"),
}


@pytest.mark.parametrize(("move", "words"), MOVES.values(), ids=MOVES.keys())
def test_keys_select_from_the_caret(hand: Hand, move: Callable[[Hand], object], words: str) -> None:
    hand.click(hand.before(0, 4))

    move(hand)

    assert hand.view.selected_text() == words


def test_moving_down_keeps_to_its_place_over_a_short_line(show_pages: ShowPages) -> None:
    hand = show_pages(prose("a long line of words", "short", "another long line"))
    hand.click(hand.before(0, 15))

    hand.press(Key.Key_Down)
    hand.press(Key.Key_Down)
    hand.press(Key.Key_End, SHIFT)

    assert hand.view.selected_text() == "ne"


def test_the_first_key_puts_the_caret_in_sight(show_pages: ShowPages) -> None:
    hand = show_pages(*(prose(f"page {number}") for number in range(5)))
    hand.view.go_to_page(3)

    hand.press(Key.Key_Right)
    hand.press(Key.Key_Right, CTRL | SHIFT)

    assert hand.view.selected_text() == "page"


@pytest.mark.parametrize(
    ("key", "place"), [(Key.Key_Home, (0, 0)), (Key.Key_End, (2, 6)), (Key.Key_Down, (0, 0))]
)
def test_the_first_key_may_lead_to_either_end(
    show_pages: ShowPages, key: Key, place: tuple[int, int]
) -> None:
    hand = show_pages(*(prose(f"page {number}") for number in range(3)))

    hand.press(key, Qt.KeyboardModifier.NoModifier if key == Key.Key_Down else CTRL)

    assert hand.canvas.selection
    assert (hand.canvas.selection.head.page, hand.canvas.selection.head.index) == place


def test_the_caret_goes_from_page_to_page_over_empty_ones(show_pages: ShowPages) -> None:
    hand = show_pages(prose("one"), prose(""), prose("two"))
    hand.click(hand.before(0, 1))

    hand.press(Key.Key_Down)
    forward = hand.canvas.selection
    hand.press(Key.Key_Up)
    back = hand.canvas.selection

    assert forward
    assert (forward.head.page, forward.head.index) == (2, 1)
    assert back
    assert (back.head.page, back.head.index) == (0, 1)


def test_the_caret_waits_for_the_words_of_the_page_that_it_goes_to(show_pages: ShowPages) -> None:
    engine = FakeEngine([prose(f"page {number}") for number in range(60)])
    hand = show_pages(engine=engine)
    hand.click(hand.before(0, 1))
    engine.is_slow = True

    hand.press(Key.Key_End, CTRL)
    before = hand.canvas.selection
    engine.answer_layer(59)
    after = hand.canvas.selection

    assert before
    assert before.head.page == 0
    assert after
    assert (after.head.page, after.head.index) == (59, 7)
    assert 59 in hand.canvas.visible_pages()


def test_a_page_key_takes_the_caret_along(show_pages: ShowPages) -> None:
    lines = [f"line {number} of this page" for number in range(50)]
    hand = show_pages(prose(*lines, top=20), prose(*lines, top=20))
    hand.click(hand.before(0, 1))

    hand.press(Key.Key_PageDown)
    down = hand.canvas.selection
    hand.press(Key.Key_PageUp, SHIFT)
    up = hand.canvas.selection

    assert down
    assert down.head.index > len(lines[0])
    assert up
    assert (up.anchor, up.head.page) == (down.head, 0)
    assert up.head.index == pytest.approx(1, abs=2)


def test_without_a_caret_the_page_keys_and_the_space_bar_scroll(show_pages: ShowPages) -> None:
    hand = show_pages(*(prose("") for _ in range(4)))
    bar = hand.canvas.verticalScrollBar()
    places = []

    for key, modifier in (
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Space, SHIFT),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    ):
        hand.press(key, modifier)
        places.append(bar.value())

    assert 0 < places[0] < places[1]
    assert places[2] == places[0]
    assert places[3] == places[0] + 48


def test_all_is_selected_also_where_no_page_was_seen(show_pages: ShowPages) -> None:
    engine = FakeEngine([prose(f"page {number}") for number in range(60)])
    hand = show_pages(engine=engine)
    engine.is_slow = True

    hand.press(Key.Key_A, CTRL)

    assert hand.view.selected_text() == "\n\n".join(f"page {number}" for number in range(60))
    assert hand.view.selection() == Span(0, len(hand.view.selected_text()))


def test_escape_clears_the_selection_and_leaves_the_caret(hand: Hand) -> None:
    hand.drag(hand.before(0, 4), hand.behind(0, 8))

    hand.press(Key.Key_Escape)
    hand.press(Key.Key_End, SHIFT)

    assert hand.view.selected_text() == "beings"


def test_copying_takes_exactly_the_words(show_pages: ShowPages) -> None:
    hand = show_pages(prose("in the infirm\u00ad", "ary register"))
    hand.press(Key.Key_A, CTRL)

    hand.press(Key.Key_C, CTRL)

    assert QGuiApplication.clipboard().text() == "in the infirm\u00ad\nary register"


def test_clearing_from_outside(hand: Hand) -> None:
    hand.press(Key.Key_A, CTRL)

    hand.view.clear_selection()

    assert hand.view.selected_text() == ""
    assert hand.view.selection() is None
    assert hand.view.selection_rect().isEmpty()


def test_white_space_alone_is_no_selection(hand: Hand) -> None:
    hand.drag(hand.before(0, 3), hand.behind(0, 3))

    assert hand.view.selection() is None
    assert hand.view.selected_text() == ""
    assert hand.view.hindrance == ""


def test_words_that_the_archive_has_otherwise_can_be_copied_but_not_quoted(show_pages: ShowPages) -> None:
    hand = show_pages(prose("The registar was lost"), text=["The register was lost"])

    hand.double_click(hand.before(0, 5))
    there = hand.view.selected_text(), hand.view.selection(), hand.view.hindrance
    hand.double_click(hand.before(0, 19))

    assert there[:2] == ("registar", None)
    assert "copied, but not quoted" in there[2]
    assert hand.view.selection() == Span(17, 21)
    assert hand.view.hindrance == ""


def test_a_document_without_text_says_why_nothing_can_be_quoted(show_pages: ShowPages) -> None:
    hand = show_pages(PROSE, text=None)

    hand.double_click(hand.before(0, 5))

    assert (hand.view.selected_text(), hand.view.selection()) == ("human", None)
    assert "no text" in hand.view.hindrance


def test_a_page_whose_words_cannot_be_had_has_none(show_pages: ShowPages) -> None:
    engine = FakeEngine([PROSE])
    engine.wordless = {0}
    hand = show_pages(engine=engine)

    hand.drag(QPoint(100, 100), QPoint(300, 200))

    assert hand.view.selected_text() == ""


def test_the_arrows_follow_what_is_seen_in_right_to_left_lines(show_pages: ShowPages) -> None:
    hand = show_pages(ARABIC)
    hand.click(hand.before(0, 4))

    hand.press(Key.Key_Right, CTRL | SHIFT)
    back = hand.view.selected_text()
    hand.click(hand.before(0, 4))
    hand.press(Key.Key_Left, CTRL | SHIFT)

    assert back == "تنص"
    assert hand.view.selected_text() == "المادة"
