"""How long texts open, scroll and zoom in the window, and the longest stop of the GUI thread.

Budget (DESIGN): the window never freezes; no stop above 50 ms. Heights and words are those of a
5 MB text in each script, and of one ten times as long.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.ids import QuoteId
from archivist.ui.reader.view import Highlight
from tests.unit.ui.reader.text_views import Reader, text_of

SCRIPTS = {
    "Latin": "The delegation was given unrestricted access to Blocks A, B and D on the first day. ",
    "Arabic": "اطلعت الوزارة على تقرير اللجنة الوطنية لحقوق الإنسان بشأن زيارتها إلى مركز التوقيف. ",
    "Tibetan": "འགྲོ་བ་མིའི་ཁྱིམ་ཚང་ཁག་གི་ནང་མི་ཡོངས་ལ་རང་བཞིན་ཉིད་ནས་ཡོད་པའི་ཆེ་མཐོངས་དང་འདྲ་མཉམ། ",
    "Chinese": "看守所应当逐日填写医务登记簿，并在律师提出书面申请之日起三日内提供副本。",
}


def made(sentence: str, size: int) -> str:
    paragraphs: list[str] = []
    length = 0
    while length < size:
        paragraphs.append(f"[{len(paragraphs)}] " + sentence * (1 + len(paragraphs) % 5))
        length += len(paragraphs[-1].encode()) + 2
    return "\n\n".join(paragraphs)


class Heart:
    """Beats whenever the GUI thread is free; the longest pause is its longest stop."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


def memory() -> float:
    """Megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def slowest(deed: Callable[[int], object], reader: Reader, times: int) -> float:
    """Milliseconds until it is painted, in the worst case."""
    worst = 0.0
    for turn in range(times):
        begun = time.perf_counter()
        deed(turn)
        QApplication.processEvents()
        reader.view.viewport().repaint()
        worst = max(worst, time.perf_counter() - begun)
    return 1000 * worst


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("megabytes", [5, 50])
@pytest.mark.usefixtures("qapp")
def test_a_long_text(qtbot: QtBot, script: str, megabytes: int) -> None:
    content = made(SCRIPTS[script], megabytes * 1_000_000)
    Reader(qtbot, text_of(content[:5_000]))  # the faces are loaded
    text = text_of(content)
    before = memory()

    heart, begun = Heart(), time.perf_counter()
    reader = Reader(qtbot, text)
    shown = time.perf_counter() - begun
    qtbot.waitUntil(reader.is_whole, timeout=120_000)
    filled = time.perf_counter() - begun
    heart.stop()
    more = memory() - before

    length = len(content)
    jump = slowest(lambda turn: reader.view.show_span(Span(at := turn * length // 20, at + 9)), reader, 20)
    scroll = slowest(lambda _: reader.scroll(-90), reader, 100)
    zoom = slowest(lambda turn: reader.view.zoom_in() if turn % 2 else reader.view.zoom_out(), reader, 6)
    reader.view.set_highlights(
        [Highlight(QuoteId(str(at)), Span(at, at + 200), "teal") for at in range(0, length, length // 2_000)]
    )
    marked = slowest(lambda _: reader.scroll(90), reader, 100)
    print(
        f"\n{script} {megabytes} MB: shown {1000 * shown:.0f} ms, whole {1000 * filled:.0f} ms,"
        f" longest stop {1000 * heart.longest:.0f} ms, +{more:.0f} MB; worst jump {jump:.0f},"
        f" scroll {scroll:.0f}, zoom {zoom:.0f}, scroll with 2,000 quotes {marked:.0f} ms"
    )
