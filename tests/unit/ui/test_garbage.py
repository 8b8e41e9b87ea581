import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from archivist.ui.garbage import Collector


class Knot:
    """Holds itself, so that only the collector can free it."""

    died_on: threading.Thread | None = None

    def __init__(self) -> None:
        self.me = self
        weakref.finalize(self, Knot.note)

    @classmethod
    def note(cls) -> None:
        cls.died_on = threading.current_thread()


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:  # noqa: ARG001 - a timer needs the app
    gc.enable()
    made = Collector()
    yield made
    made.give_back()
    gc.disable()


def tangle(count: int) -> None:
    for _ in range(count):
        Knot()


def test_what_other_threads_leave_is_collected_on_the_window_s(collector: Collector) -> None:
    Knot.died_on = None
    other = threading.Thread(target=tangle, args=(5000,))
    other.start()
    other.join()
    before = Knot.died_on

    while collector.look() is not None:
        pass

    assert before is None
    assert Knot.died_on is threading.main_thread()


def test_nothing_is_collected_while_little_is_left(collector: Collector) -> None:
    gc.collect()

    assert collector.look() is None


def test_the_collector_is_given_back(collector: Collector) -> None:
    assert not gc.isenabled()

    collector.give_back()

    assert gc.isenabled()
