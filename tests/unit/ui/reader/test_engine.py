import threading
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from archivist.extraction.child import Wanted
from archivist.extraction.pages import NotWanted, PageReader, Picture
from archivist.extraction.reasons import WorkNotDone
from archivist.extraction.sandbox import Sandbox
from archivist.model.page import PageArea, PageLayer, Pages, PageSize
from archivist.model.sandbox import Failure
from archivist.ui.reader import engine as engine_module
from archivist.ui.reader.engine import PageEngine, image_of
from tests.unit.workers.locked import locked
from tests.unit.workers.samples import pdf

WORDS = "All human beings\nare born free"


@dataclass
class Heard:
    """What an engine has said, in order."""

    said: list[tuple[object, ...]] = field(default_factory=list)

    def listen(self, engine: PageEngine) -> None:
        for name in (
            "opened",
            "locked",
            "failed",
            "pictured",
            "area_pictured",
            "layered",
            "page_failed",
            "layer_failed",
        ):
            getattr(engine, name).connect(lambda *values, name=name: self.said.append((name, *values)))

    @property
    def names(self) -> list[object]:
        return [said[0] for said in self.said]

    def of(self, name: str) -> list[tuple[object, ...]]:
        return [said[1:] for said in self.said if said[0] == name]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(allow_unsafe=True) as sandbox:
        yield sandbox


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def engine(sandbox: Sandbox, heard: Heard, qtbot: QtBot) -> Iterator[PageEngine]:  # noqa: ARG001  needs the app
    engine = PageEngine(sandbox.page_reader())
    heard.listen(engine)
    yield engine
    engine.close()


class SlowReader(PageReader):
    """A reader whose pictures take as long as the test wants."""

    def __init__(self) -> None:
        super().__init__(lambda: pytest.fail("no child is needed"))
        self.asked: list[object] = []
        self.begun = threading.Semaphore(0)
        self.may_go_on = threading.Semaphore(0)
        self.fails: Exception | None = None
        self.rested = threading.Event()
        self.is_resting = False

    @property
    def is_running(self) -> bool:
        return not self.is_resting

    def open(self, original: bytes, password: str = "") -> Pages:  # noqa: ARG002
        return Pages((PageSize(9, 9),) * 9, ("1",) * 9)

    def picture(
        self, page: int, scale: float, area: PageArea | None = None, *, is_wanted: Wanted | None = None
    ) -> Picture:
        self.asked.append((page, scale) if area is None else (page, scale, area))
        self.begun.release()
        self.may_go_on.acquire()
        if self.fails:
            raise self.fails
        if is_wanted and not is_wanted():
            raise NotWanted
        return Picture(2, 1, bytes(8))

    def layer(self, page: int) -> PageLayer:
        self.asked.append(page)
        if self.fails:
            raise self.fails
        return PageLayer("", array("f"))

    def rest(self) -> None:
        self.is_resting = True
        self.rested.set()

    def interrupt(self) -> None:
        for _ in range(9):
            self.may_go_on.release()


@pytest.fixture
def slow() -> SlowReader:
    return SlowReader()


@pytest.fixture
def waiting(slow: SlowReader, heard: Heard, qtbot: QtBot) -> Iterator[PageEngine]:
    """An engine of the slow reader, its document open."""
    engine = PageEngine(slow)
    heard.listen(engine)
    engine.open(b"document")
    qtbot.waitUntil(lambda: heard.names == ["opened"])
    yield engine
    engine.close()


def test_a_document_is_opened_and_shown(engine: PageEngine, heard: Heard, qtbot: QtBot) -> None:
    engine.open(pdf(WORDS, "second"))
    engine.want([0, 1], 2.0)
    engine.want_layer(0)
    qtbot.waitUntil(lambda: len(heard.said) == 4)

    assert heard.names == ["opened", "pictured", "layered", "pictured"]
    ((pages,),) = heard.of("opened")
    assert isinstance(pages, Pages)
    assert pages.sizes == (PageSize(612, 792),) * 2
    (page, scale, image), _ = heard.of("pictured")
    assert (page, scale) == (0, 2.0)
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (1224, 1584)
    assert image.format() is QImage.Format.Format_RGB32
    ((_, layer),) = heard.of("layered")
    assert isinstance(layer, PageLayer)
    left, top, right, bottom = (round(side * 2) for side in layer.box(0))
    letter = image.copy(left, top, right - left, bottom - top)
    assert (
        min(
            letter.pixelColor(x, y).lightness() for x in range(letter.width()) for y in range(letter.height())
        )
        < 99
    )


def test_an_area_is_shown_for_itself(engine: PageEngine, heard: Heard, qtbot: QtBot) -> None:
    area = PageArea(100, 200, 300, 50)
    engine.open(pdf(WORDS))
    engine.want_area(0, 3.0, area)
    qtbot.waitUntil(lambda: "area_pictured" in heard.names)

    ((page, scale, shown, image),) = heard.of("area_pictured")
    assert (page, scale, shown) == (0, 3.0, area)
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (300, 50)


def test_a_locked_document_asks_and_opens(engine: PageEngine, heard: Heard, qtbot: QtBot) -> None:
    document = locked(pdf("secret"), "open sesame")
    engine.open(document)
    qtbot.waitUntil(lambda: heard.names == ["locked"])
    engine.open(document, "wrong")
    qtbot.waitUntil(lambda: heard.names == ["locked", "locked"])
    engine.open(document, "open sesame")
    engine.want_layer(0)
    qtbot.waitUntil(lambda: "layered" in heard.names)

    (first,), (second,) = heard.of("locked")
    assert "type the password" in str(first)
    assert "This password does not open" in str(second)


def test_what_cannot_be_opened_says_so(engine: PageEngine, heard: Heard, qtbot: QtBot) -> None:
    engine.open(b"no pdf")
    qtbot.waitUntil(lambda: heard.names == ["failed"])

    assert "is damaged" in str(heard.said[0][1])


def test_a_damaged_page_says_so_and_the_others_are_shown(
    engine: PageEngine, heard: Heard, qtbot: QtBot
) -> None:
    engine.open(pdf("first", "second").replace(b"[100 0 R 102 0 R]", b"[100 0 R 999 0 R]"))
    engine.want([1, 0], 1.0)
    qtbot.waitUntil(lambda: len(heard.said) == 3)

    assert heard.names == ["opened", "page_failed", "pictured"]
    ((page, sentence),) = heard.of("page_failed")
    assert page == 1
    assert "Page 2 cannot be shown" in str(sentence)


def test_closing_in_the_middle_of_a_page_is_at_once(engine: PageEngine, heard: Heard, qtbot: QtBot) -> None:
    strokes = "".join(f"0 0 m {x % 612} 792 l S\n" for x in range(200_000))
    engine.open(pdf("heavy", before=strokes))
    qtbot.waitUntil(lambda: heard.names == ["opened"])
    engine.want([0], 4.0)
    qtbot.waitUntil(lambda: not engine._requests.are_waiting)  # noqa: SLF001  it is being painted
    begun = time.monotonic()

    engine.close()

    assert time.monotonic() - begun < 2
    assert not any(thread.name == "pages" for thread in threading.enumerate())


def test_a_page_that_scrolled_away_is_not_painted(
    waiting: PageEngine, slow: SlowReader, heard: Heard, qtbot: QtBot
) -> None:
    waiting.want([1, 2, 3], 1.0)
    slow.begun.acquire()
    waiting.want([7], 1.0)
    slow.may_go_on.release(2)
    qtbot.waitUntil(lambda: "pictured" in heard.names)

    assert slow.asked == [(1, 1.0), (7, 1.0)]
    assert [values[0] for values in heard.of("pictured")] == [7]


def test_a_page_that_comes_back_into_sight_is_painted_after_all(
    waiting: PageEngine, slow: SlowReader, heard: Heard, qtbot: QtBot
) -> None:
    waiting.want([1], 1.0)
    slow.begun.acquire()
    waiting.want([2], 1.0)
    slow.may_go_on.release()
    slow.begun.acquire()
    waiting.want([2, 1], 1.0)
    slow.may_go_on.release(2)
    qtbot.waitUntil(lambda: len(heard.of("pictured")) == 2)

    assert slow.asked == [(1, 1.0), (2, 1.0), (1, 1.0)]


def test_what_is_under_way_is_not_painted_twice(
    waiting: PageEngine, slow: SlowReader, heard: Heard, qtbot: QtBot
) -> None:
    waiting.want([1], 1.0)
    slow.begun.acquire()
    for _ in range(3):
        waiting.want([1], 1.0)
    slow.may_go_on.release(4)
    qtbot.waitUntil(lambda: "pictured" in heard.names)
    waiting.want_layer(1)
    qtbot.waitUntil(lambda: "layered" in heard.names)

    assert slow.asked == [(1, 1.0), 1]


def test_a_document_that_was_replaced_is_not_heard_of_any_more(
    waiting: PageEngine, slow: SlowReader, heard: Heard, qtbot: QtBot
) -> None:
    waiting.want([1], 1.0)
    slow.begun.acquire()
    waiting.open(b"another")
    slow.may_go_on.release()
    qtbot.waitUntil(lambda: len(heard.said) == 2)
    waiting.want_layer(5)
    qtbot.waitUntil(lambda: len(heard.said) == 3)

    assert heard.names == ["opened", "opened", "layered"]


def test_nothing_is_heard_after_the_end(waiting: PageEngine, slow: SlowReader, heard: Heard) -> None:
    waiting.want([1, 2], 1.0)
    slow.begun.acquire()
    slow.may_go_on.release()
    slow.begun.acquire()

    waiting.close()
    waiting.open(b"too late")
    waiting.want([3], 1.0)
    QCoreApplication.processEvents()

    assert heard.names == ["opened"]
    assert not any(thread.name == "pages" for thread in threading.enumerate())


FAILING: dict[str, tuple[Callable[[PageEngine], None], str]] = {
    "picture": (lambda engine: engine.want([3], 1.0), "page_failed"),
    "words": (lambda engine: engine.want_layer(3), "layer_failed"),
}


@pytest.mark.parametrize("what", FAILING)
def test_a_failure_becomes_a_sentence(
    waiting: PageEngine, slow: SlowReader, heard: Heard, qtbot: QtBot, what: str
) -> None:
    want, told = FAILING[what]
    slow.fails = WorkNotDone(Failure.CRASHED, "It broke.")
    slow.may_go_on.release()
    want(waiting)
    qtbot.waitUntil(lambda: told in heard.names)

    assert heard.of(told) == [(3, "It broke.")]


def test_a_defect_of_ours_is_told_and_reaches_the_hook_of_the_app(
    waiting: PageEngine, slow: SlowReader, heard: Heard, qtbot: QtBot
) -> None:
    slow.fails = ZeroDivisionError("a defect")
    with qtbot.capture_exceptions() as raised:
        waiting.want_layer(3)
        qtbot.waitUntil(lambda: bool(raised))

    assert raised[0][0] is ZeroDivisionError
    ((page, sentence),) = heard.of("layer_failed")
    assert page == 3
    assert str(sentence).endswith(".")
    slow.fails = None
    waiting.want_layer(4)
    qtbot.waitUntil(lambda: "layered" in heard.names)


def test_an_idle_child_is_ended(
    slow: SlowReader, heard: Heard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "SECONDS_UNTIL_REST", 0.02)
    engine = PageEngine(slow)
    heard.listen(engine)
    engine.open(b"document")

    assert slow.rested.wait(5)

    engine.want_layer(0)
    qtbot.waitUntil(lambda: "layered" in heard.names)
    engine.close()


def test_an_engine_whose_view_is_gone_ends(slow: SlowReader, qtbot: QtBot) -> None:
    engine = PageEngine(slow)
    engine.open(b"document")
    engine.want([0], 1.0)
    slow.begun.acquire()
    engine.deleteLater()
    qtbot.waitUntil(lambda: _is_deleted(engine))
    slow.may_go_on.release()

    qtbot.waitUntil(lambda: not any(thread.name == "pages" for thread in threading.enumerate()))
    engine.close()


def _is_deleted(engine: PageEngine) -> bool:
    try:
        engine.objectName()
    except RuntimeError:
        return True
    return False


def test_an_engine_that_opened_nothing_is_closed_like_any_other(slow: SlowReader, qtbot: QtBot) -> None:  # noqa: ARG001
    engine = PageEngine(slow)
    engine.want([0], 1.0)

    engine.close()
    engine.close()

    assert slow.asked == []


def test_without_room_for_a_picture_it_is_said() -> None:
    with pytest.raises(WorkNotDone) as refused:
        image_of(Picture(1 << 20, 1 << 20, b""))

    assert refused.value.failure is Failure.MEMORY
