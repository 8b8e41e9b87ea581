"""Scrolling, zooming and finding places in texts of any length; what is in sight stays where it is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.page import OutlineEntry
from archivist.model.text import Section, SectionKind
from archivist.ui.reader import text_filling, text_lines, text_view
from archivist.ui.theme import Theme
from tests.unit.ui.reader.text_views import Reader, text_of

Read = Callable[..., Reader]
LONG = "\n\n".join(
    f"[{number}] " + "words of a paragraph " * (1 + number * 7 % 23) for number in range(1_500)
)


@pytest.fixture
def read(qtbot: QtBot, theme: Theme) -> Read:  # noqa: ARG001 - dresses the app
    def shown(content: str = LONG, sections: tuple[Section, ...] = ()) -> Reader:
        return Reader(qtbot, text_of(content, sections))

    return shown


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_filling, "SECONDS_AT_ONCE", 0)
    monkeypatch.setattr(text_filling, "LETTERS_AT_ONCE", 3_000)


def paragraph(number: int) -> Span:
    start = LONG.index(f"[{number}]")
    return Span(start, start + len(f"[{number}]"))


def top_of(reader: Reader, number: int) -> int:
    (rectangle,) = reader.view.seen(paragraph(number))
    return rectangle.top()


@pytest.mark.usefixtures("slowly")
def test_the_beginning_is_there_before_the_end(read: Read) -> None:
    reader = read()

    assert not reader.view.is_whole
    assert reader.view.seen(paragraph(0))
    reader.wait_for_all()
    assert reader.page.toPlainText() == LONG


@pytest.mark.usefixtures("slowly")
def test_a_passage_that_is_not_there_yet_is_shown_when_it_comes(read: Read, qtbot: QtBot) -> None:
    reader = read()
    assert reader.page.lines.reach < paragraph(1_400).start

    reader.view.show_span(paragraph(1_400), select=True)

    assert reader.view.selection() is None
    qtbot.waitUntil(lambda: bool(reader.view.seen(paragraph(1_400))))
    assert reader.view.selected_text() == "[1400]"


def test_a_passage_is_shown_with_something_above_it(read: Read) -> None:
    reader = read()
    reader.wait_for_all()

    reader.view.show_span(paragraph(700))

    height = reader.view.viewport().height()
    assert 0.2 * height < top_of(reader, 700) < 0.4 * height


def test_nothing_moves_to_show_what_is_in_sight(read: Read) -> None:
    reader = read()
    reader.wait_for_all()
    reader.view.show_span(paragraph(700))
    before = top_of(reader, 700)

    reader.view.show_span(Span(paragraph(700).start + 10, paragraph(700).start + 20), select=True)

    assert top_of(reader, 700) == before


@pytest.mark.parametrize("step", [30, -30, 200, -200])
def test_scrolling_moves_what_is_seen_by_exactly_so_much(read: Read, step: int) -> None:
    reader = read()
    reader.wait_for_all()
    reader.view.show_span(paragraph(700))
    reader.view.zoom_in()
    reader.view.show_span(paragraph(700))

    for _ in range(10):
        tops = {one: top_of(reader, one) for one in range(650, 750) if _is_inside(reader, one)}
        reader.scroll(step)
        moved = {one: top - top_of(reader, one) for one, top in tops.items() if _is_inside(reader, one)}

        assert moved
        assert set(moved.values()) == {step}


def _is_inside(reader: Reader, number: int) -> bool:
    """Whether the whole height of its number can be seen: a part would be measured from the edge."""
    seen = reader.view.seen(paragraph(number))
    viewport = reader.view.viewport().rect()
    return bool(seen) and viewport.adjusted(0, 1, 0, -1).contains(seen[0])


def test_a_page_up_skips_no_line(read: Read) -> None:
    reader = read()
    reader.wait_for_all()
    reader.view.go_to_place(str(paragraph(900).start))
    first = int(reader.view.place())

    bar = reader.page.verticalScrollBar()
    bar.setValue(bar.value() - reader.view.viewport().height() + 60)

    assert reader.view.seen(Span(first, first + 3))
    assert int(reader.view.place()) < first


def test_the_end_can_be_reached_however_heights_were_guessed(read: Read) -> None:
    reader = read()
    reader.wait_for_all()
    bar = reader.page.verticalScrollBar()

    bar.setValue(bar.maximum())

    assert bar.value() == bar.maximum()
    assert reader.view.seen(paragraph(1_499))
    last = len(LONG) - 2
    assert reader.view.viewport().height() - reader.point(last).y() < 120


def test_the_place_in_sight_stays_when_letters_and_lines_change(read: Read) -> None:
    reader = read()
    reader.wait_for_all()
    reader.view.go_to_place(str(paragraph(800).start))
    before = top_of(reader, 800)

    reader.view.zoom_in()
    assert abs(top_of(reader, 800) - before) < 12
    reader.view.resize(500, 600)
    assert abs(top_of(reader, 800) - before) < 12
    reader.view.fit()
    reader.view.resize(900, 400)

    assert abs(top_of(reader, 800) - before) < 12


def test_a_place_is_kept_as_words_and_found_again(read: Read) -> None:
    reader = read()
    reader.wait_for_all()
    reader.view.go_to_place(str(paragraph(500).start))

    assert reader.view.place() == str(paragraph(500).start)
    again = read()
    again.view.go_to_place(reader.view.place())
    again.wait_for_all()
    assert again.view.place() == str(paragraph(500).start)


@pytest.mark.parametrize("place", ["", "page 3", "-5", "1e9", "٣", "0"])
def test_a_place_that_is_not_understood_is_the_beginning(read: Read, place: str) -> None:
    reader = read()
    reader.scroll(400)

    reader.view.go_to_place(place)

    assert reader.view.place() == "0"
    assert reader.page.verticalScrollBar().value() == 0


def test_a_place_beyond_the_text_is_its_end(read: Read) -> None:
    reader = read()
    reader.view.go_to_place("99999999999")
    reader.wait_for_all()

    assert reader.view.seen(paragraph(1_499))


def test_moving_is_told_but_not_at_every_pixel(read: Read, qtbot: QtBot) -> None:
    reader = read()
    reader.wait_for_all()
    told: list[str] = []
    qtbot.wait(60)
    reader.view.place_changed.connect(lambda: told.append(reader.view.place()))

    for _ in range(30):
        reader.scroll(20)
    qtbot.waitUntil(lambda: bool(told))

    assert told == [reader.view.place()]


def test_letters_grow_and_shrink_between_their_limits(read: Read) -> None:
    reader = read("words")
    sizes = [reader.view.zoom_words()]
    for _ in range(12):
        reader.view.zoom_out()
    sizes.append(reader.view.zoom_words())
    for _ in range(20):
        reader.view.zoom_in()
    sizes.append(reader.view.zoom_words())
    reader.view.fit()

    assert sizes == ["18 px", "11 px", "54 px"]
    assert (reader.view.zoom_words(), reader.view.zoom()) == ("18 px", 100)


def test_the_wheel_zooms_with_control_and_scrolls_without(read: Read) -> None:
    reader = read()
    reader.wait_for_all()

    def turn(modifier: Qt.KeyboardModifier) -> None:
        at, none = QPointF(400, 300), Qt.MouseButton.NoButton
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, at, QPoint(), QPoint(0, -120), none, modifier, phase, False)  # noqa: FBT003 - Qt's own
        QApplication.sendEvent(reader.view.viewport(), event)

    turn(Qt.KeyboardModifier.ControlModifier)
    assert (reader.view.zoom(), reader.page.verticalScrollBar().value()) == (90, 0)
    turn(Qt.KeyboardModifier.NoModifier)
    assert reader.page.verticalScrollBar().value() > 0


SECTIONS = (
    Section(0, 8, SectionKind.PAGE, "iv"),
    Section(10, 18, SectionKind.PAGE, ""),
    Section(20, 28, SectionKind.SECTION, "Part one"),
    Section(30, 38, SectionKind.BESIDE, "Comments"),
)
SAID = "page one\n\npage two\n\nPart one\n\nnot true"


def test_pages_and_parts_can_be_gone_to(read: Read) -> None:
    reader = read(SAID.replace("\n\n", "\n" * 80).replace("page one", "x" * 8), ())
    sections = tuple(
        Section(at, at + 8, section.kind, section.label)
        for section, at in zip(SECTIONS, (0, 88, 176, 264), strict=True)
    )
    reader = Reader(reader._bot, text_of(reader.text.content, sections))  # noqa: SLF001

    assert (reader.view.page_count, list(reader.view.page_labels)) == (2, ["iv", "2"])
    reader.view.go_to_page(1)
    assert (reader.view.current_page, reader.view.place()) == (1, "88")
    reader.view.go_to_page(7)
    assert reader.view.place() == "88"
    entries = list(reader.view.outline())
    assert entries == [OutlineEntry(0, "Part one", None, 176.0), OutlineEntry(0, "Comments", None, 264.0)]
    reader.view.go_to_entry(entries[0])
    assert reader.view.place() == "176"


def test_of_very_many_parts_only_what_is_beside_the_text_is_listed(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_view, "MOST_ENTRIES", 1)

    assert [entry.title for entry in read(SAID, SECTIONS).view.outline()] == ["Comments"]


def test_what_is_beside_the_text_is_announced_above_it_and_nowhere_in_it(read: Read) -> None:
    plain, announced = read(SAID), read(SAID, SECTIONS)

    (before,), (after,) = plain.view.seen(Span(30, 33)), announced.view.seen(Span(30, 33))
    assert after.top() == before.top() + 3 * 34
    announced.page.selectAll()
    assert announced.view.selected_text() == SAID


def test_a_text_of_many_lines_says_that_it_is_cut_short(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read("words").view.is_cut_short
    monkeypatch.setattr(text_lines, "MOST_BLOCKS", 50)

    reader = read("\n" * 100)
    reader.wait_for_all()

    assert reader.view.is_cut_short


@pytest.mark.usefixtures("slowly")
def test_it_is_told_when_the_whole_text_is_there(read: Read, qtbot: QtBot) -> None:
    reader = read()

    with qtbot.waitSignal(reader.view.filled):
        assert not reader.view.is_whole

    assert reader.view.is_whole


def test_a_view_that_is_shut_does_nothing_more(
    read: Read, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(text_filling, "SECONDS_AT_ONCE", 0)
    monkeypatch.setattr(text_filling, "LETTERS_AT_ONCE", 100)
    reader = read()

    reader.view.shut()
    reach = reader.page.lines.reach
    qtbot.wait(20)

    assert reader.page.lines.reach == reach
