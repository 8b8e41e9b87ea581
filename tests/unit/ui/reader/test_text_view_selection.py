"""Selecting and copying: exactly the canonical words, by mouse and by keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.text import Text
from archivist.ui.reader import text_filling
from archivist.ui.reader.text_document import words_to_copy
from archivist.ui.theme import LIGHT, Theme
from tests.unit.ui.reader.text_views import CONTROL, SHIFT, Reader, text_of

Read = Callable[..., Reader]
LATIN = "The pages for 1 to 9 February\nhad been removed.\n\nNo copy is kept."
ARABIC = "فإن الصفحات العائدة للفترة من 1 إلى 9 شباط K-12 لم تُقدَّم إلى الوفد"
TIBETAN = "མི་རིགས་ལ་གཏམ་བརྗོད་དང་། དད་མོས་ཀྱི་རང་དབང་"
ASTRAL = "a\U0001f600b\U00020bb7c"
KEYS = Qt.Key


@pytest.fixture
def read(qtbot: QtBot, theme: Theme) -> Read:  # noqa: ARG001 - dresses the app
    def shown(content: str) -> Reader:
        return Reader(qtbot, text_of(content))

    return shown


def test_a_drag_selects_exactly_the_words_under_it(read: Read) -> None:
    reader = read(LATIN)
    told: list[Span | None] = []
    reader.view.selection_changed.connect(lambda: told.append(reader.view.selection()))

    reader.drag(reader.edge(4), reader.edge(51))

    assert reader.view.selection() == Span(4, 51) == told[-1]
    assert reader.view.selected_text() == LATIN[4:51] == "pages for 1 to 9 February\nhad been removed.\n\nNo"


@pytest.mark.parametrize(
    ("content", "offset", "word"),
    [(LATIN, 5, "pages"), (TIBETAN, 8, "ལ"), (TIBETAN, 9, "ལ"), (ARABIC, 5, "الصفحات"), ("a མི་ b", 2, "མི")],
)
def test_a_double_click_selects_a_word(read: Read, content: str, offset: int, word: str) -> None:
    reader = read(content)

    QTest.mouseDClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=reader.point(offset))

    assert reader.view.selected_text().rstrip(" \u0f0b") == word


def test_letters_beyond_the_first_plane_count_as_one(read: Read) -> None:
    reader = read(ASTRAL)
    reader.press(KEYS.Key_Home, CONTROL)

    reader.press(KEYS.Key_Right, times=2)
    reader.press(KEYS.Key_Right, SHIFT, times=2)

    assert reader.view.selection() == Span(2, 4)
    assert reader.view.selected_text() == "b\U00020bb7"


def test_a_selection_can_be_made_by_keys_alone(read: Read) -> None:
    reader = read(LATIN)

    reader.press(KEYS.Key_Right, CONTROL)
    reader.press(KEYS.Key_Right, SHIFT | CONTROL)
    assert reader.view.selected_text() == "pages "
    reader.press(KEYS.Key_End, SHIFT)
    assert reader.view.selected_text() == "pages for 1 to 9 February"
    reader.press(KEYS.Key_Down, SHIFT)
    assert reader.view.selection() == Span(4, 47)
    reader.press(KEYS.Key_End, SHIFT | CONTROL)
    assert reader.view.selection() == Span(4, len(LATIN))
    reader.press(KEYS.Key_A, CONTROL)
    assert reader.view.selected_text() == LATIN


def test_left_is_where_reading_goes_in_text_from_right_to_left(read: Read) -> None:
    reader = read(ARABIC)

    reader.press(KEYS.Key_Left, SHIFT, times=3)

    assert reader.view.selection() == Span(0, 3)


def test_keys_go_on_from_what_is_read_and_not_from_where_the_caret_was_left(read: Read) -> None:
    reader = read("\n".join(f"line {number}" for number in range(500)))
    reader.scroll(5_000)
    place = int(reader.view.place())

    reader.press(KEYS.Key_PageDown)

    assert int(reader.view.place()) > place
    reader.press(KEYS.Key_Down, SHIFT)
    selected = reader.view.selection()
    assert selected
    assert selected.start >= place


@pytest.mark.parametrize("content", [LATIN, ARABIC, ""])
def test_the_caret_can_be_seen(read: Read, content: str) -> None:
    reader = read(content)

    assert reader.color(reader.page.cursorRect().center()).name() == LIGHT["accent"]


def test_the_caret_stays_in_sight(read: Read) -> None:
    reader = read("\n".join(f"line {number} " * (1 + number % 40) for number in range(300)))

    for key in (KEYS.Key_End, KEYS.Key_Home):
        reader.press(key, CONTROL)
        caret = reader.page.cursorRect()
        assert reader.view.viewport().rect().contains(caret.center())
    reader.press(KEYS.Key_Down, times=60)
    assert reader.view.viewport().rect().contains(reader.page.cursorRect().center())


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text comes a few lines at a time."""
    monkeypatch.setattr(text_filling, "SECONDS_AT_ONCE", 0)
    monkeypatch.setattr(text_filling, "LETTERS_AT_ONCE", 300)


@pytest.mark.usefixtures("slowly")
def test_the_whole_text_is_selected_even_while_it_comes(read: Read) -> None:
    text = "words and words\n" * 3_000
    reader = read(text)
    assert not reader.view.is_whole

    reader.press(KEYS.Key_A, CONTROL)
    reader.wait_for_all()

    assert reader.view.selection() == Span(0, len(text))


@pytest.mark.usefixtures("slowly")
def test_words_that_come_later_take_no_selection_with_them(read: Read) -> None:
    text = "words and words\n" * 3_000
    reader = read(text)
    reach = reader.page.lines.reach
    assert reach < len(text)
    reader.page.select(Span(reach - 5, reach))

    reader.wait_for_all()

    assert reader.view.selection() == Span(reach - 5, reach)


COPIED = [LATIN, ARABIC, TIBETAN, ASTRAL, "soft\u00adhyphen\u2029and\u2028more\ufffc\t\ttabs", "x" * 9_000]


@pytest.mark.parametrize("content", COPIED)
def test_what_is_copied_is_the_canonical_text(read: Read, content: str, qapp: QApplication) -> None:
    reader = read(content)
    reader.press(KEYS.Key_A, CONTROL)

    reader.press(KEYS.Key_C, CONTROL)

    assert qapp.clipboard().text() == reader.view.selected_text() == content
    qapp.clipboard().clear()
    reader.view.copy_selection()
    assert qapp.clipboard().text() == content


def test_nothing_but_plain_words_is_copied() -> None:
    assert words_to_copy("words").formats() == ["text/plain"]
    assert words_to_copy("").text() == ""


def test_clearing_leaves_the_caret_where_it_is(read: Read) -> None:
    reader = read(LATIN)
    reader.page.select(Span(4, 9))

    reader.view.clear_selection()

    assert reader.view.selection() is None
    assert reader.view.selected_text() == ""
    assert reader.view.selection_rect().isEmpty()
    assert reader.page.caret == 9


def test_the_selection_has_a_rectangle_as_far_as_it_is_in_sight(read: Read) -> None:
    reader = read("\n".join(f"line {number}" for number in range(400)))
    reader.page.select(Span(0, 12))
    high = reader.view.selection_rect()

    reader.page.selectAll()
    all_of_it = reader.view.selection_rect()
    reader.page.select(Span(0, 12))
    reader.scroll(3_000)

    viewport = reader.view.viewport().rect()
    assert viewport.contains(high)
    assert 20 < high.height() < 80
    assert all_of_it.bottom() == viewport.bottom()
    assert reader.view.selection_rect().isEmpty()


def test_nothing_can_be_written_pasted_or_dropped(read: Read, qapp: QApplication) -> None:
    reader = read(LATIN)
    qapp.clipboard().setText("intruder")
    content = QMimeData()
    content.setText("intruder")

    reader.press(KEYS.Key_V, CONTROL)
    reader.press(KEYS.Key_X)
    reader.press(KEYS.Key_Delete)
    reader.page.insertFromMimeData(content)
    at = QPointF(reader.point(3))
    actions, button, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    for event in (
        QDragEnterEvent(at.toPoint(), actions, content, button, none),
        QDropEvent(at, actions, content, button, none),
    ):
        QGuiApplication.sendEvent(reader.view.viewport(), event)

    assert reader.page.toPlainText() == LATIN
    assert not reader.page.canInsertFromMimeData(content)
    assert not reader.view.viewport().acceptDrops()


@pytest.mark.parametrize(
    ("keys", "key", "modifier", "is_windows"),
    [
        ("Ctrl+Z", KEYS.Key_Z, CONTROL, True),
        ("1", KEYS.Key_1, Qt.KeyboardModifier.NoModifier, True),
        ("Alt+Left", KEYS.Key_Left, Qt.KeyboardModifier.AltModifier, True),
        ("Ctrl+C", KEYS.Key_C, CONTROL, False),
        ("Ctrl+End", KEYS.Key_End, CONTROL, False),
        ("Space", KEYS.Key_Space, Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_keys_that_are_not_for_reading_are_the_windows(
    read: Read, keys: str, key: Qt.Key, modifier: Qt.KeyboardModifier, *, is_windows: bool
) -> None:
    reader = read(LATIN)
    heard: list[str] = []
    QShortcut(QKeySequence(keys), reader.view, lambda: heard.append(keys))

    reader.press(key, modifier)

    assert heard == ([keys] if is_windows else [])


def test_overriding_marks_reverse_nothing_but_their_line(read: Read) -> None:
    content = "report\u202etxt.exe\nnext line\u202c here"
    reader = read(content)

    (shown,) = reader.view.seen(Span(7, 10))
    (other,) = reader.view.seen(Span(11, 14))
    assert shown.center().x() > other.center().x()
    (start,), (end,) = reader.view.seen(Span(15, 19)), reader.view.seen(Span(20, 24))
    assert start.center().x() < end.center().x()

    reader.page.select(Span(6, 14))
    assert reader.view.selected_text() == "\u202etxt.exe"


def test_a_passage_of_two_directions_has_a_rectangle_for_each_run(read: Read) -> None:
    reader = read("قال K-12 في")

    rectangles = reader.view.seen(Span(2, 7))

    assert len(rectangles) == 2
    assert len(reader.view.seen(Span(0, 11))) == 1


def test_a_click_beside_words_selects_nothing(read: Read) -> None:
    reader = read(LATIN)

    reader.click(QPoint(5, 5))

    assert reader.view.selection() is None


def test_a_text_without_words_can_be_shown(read: Read) -> None:
    reader = read("")

    reader.press(KEYS.Key_A, CONTROL)
    reader.press(KEYS.Key_PageDown)
    reader.click(QPoint(100, 100))

    assert reader.view.selection() is None
    assert reader.view.place() == "0"
    assert reader.view.find("words") == []


def test_the_view_has_a_name_for_those_who_cannot_see_it(read: Read) -> None:
    assert read(LATIN).page.accessibleName() == "Text of the document"


def test_a_text_is_what_it_was_made_of() -> None:
    assert isinstance(text_of("words"), Text)
