"""Quotes, hits and the selection, painted behind the letters from where the letters stand.

Of all that is marked, only what can be seen is ever looked at.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout

from archivist.model.anchor import Span
from archivist.ui.reader.text_setting import Setting
from archivist.ui.reader.text_sheet import Shown
from archivist.ui.reader.view import Highlight
from archivist.ui.theme import HUES, LIGHT, Theme

USUAL = "amber"
RADIUS = 2.5
WIDER = 1.5
TOUCHING = 0.75
_SELECTED_ALPHA = 66


class Marks:
    """What is marked in one text; paper stays white, so the colours are those of the light."""

    def __init__(self) -> None:
        self._highlights: list[Highlight] = []
        self._reach: list[int] = []
        self._hits: list[Span] = []
        self._current: Span | None = None
        self.selection: Span | None = None
        self.caret = QColor(LIGHT["accent"])

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        known = (one if one.colour in HUES else replace(one, colour=USUAL) for one in highlights)
        self._highlights = sorted(known, key=lambda one: (one.span.start, -one.span.end))
        self._reach = list(accumulate((one.span.end for one in self._highlights), max))

    def set_hits(self, hits: Sequence[Span], current: int) -> None:
        self._current = hits[current] if 0 <= current < len(hits) else None
        self._hits = sorted(hits, key=lambda hit: hit.start)

    def highlights_in(self, start: int, end: int) -> list[Highlight]:
        """Those with a part between two places, the shortest last: it lies on top."""
        found = []
        for at in range(bisect_left(self._reach, start + 1), len(self._highlights)):
            highlight = self._highlights[at]
            if highlight.span.start >= end:
                break
            if highlight.span.end > start:
                found.append(highlight)
        return sorted(found, key=lambda one: one.span.start - one.span.end)

    def highlight_at(self, layout: Shown, point: QPointF) -> Highlight | None:
        """The topmost quote whose colour is painted there."""
        number = layout.block_at(point.y())
        start, end = layout.lines.span(number)
        at = QPointF(point.x(), point.y() - layout.top(number))
        for highlight in reversed(self.highlights_in(start, end + 1)):
            span = highlight.span
            if any(area.contains(at) for area in self.stretches(layout, number, span.start, span.end)):
                return highlight
        return None

    def stretches(self, layout: Shown, number: int, start: int, end: int) -> list[QRectF]:
        """Where words stand in a block: one rectangle for each visual run of each line."""
        setting = layout.setting(number)
        lines = layout.lines
        first, last = lines.within(number, start), lines.within(number, end)
        if (first, last) not in setting.stretches:
            setting.stretches[first, last] = list(_stretches(layout.words(number), setting, first, last))
        return setting.stretches[first, last]

    def paint(self, painter: QPainter, layout: Shown, seen: range) -> None:
        start, end = layout.lines.span(seen[0])[0], layout.lines.span(seen[-1])[1] + 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for highlight in self.highlights_in(start, end):
            ink = QColor(HUES[highlight.colour][1]) if highlight.is_active else None
            self._paint(painter, layout, seen, highlight.span, Theme.paper(highlight.colour), ink)
        for hit in self._hits_in(start, end):
            self._paint(painter, layout, seen, hit, QColor(LIGHT["hit"]), None)
        if self._current:
            strong = Theme.paper(USUAL), QColor(HUES[USUAL][1])
            self._paint(painter, layout, seen, self._current, *strong)
        if self.selection:
            tint = QColor(LIGHT["accent"])
            tint.setAlpha(_SELECTED_ALPHA)
            self._paint(painter, layout, seen, self.selection, tint, None)
        painter.restore()

    def _hits_in(self, start: int, end: int) -> Iterator[Span]:
        for at in range(
            max(bisect_left(self._hits, start, key=lambda hit: hit.start) - 1, 0), len(self._hits)
        ):
            hit = self._hits[at]
            if hit.start >= end:
                return
            yield hit

    def _paint(
        self,
        painter: QPainter,
        layout: Shown,
        seen: range,
        span: Span,
        ground: QColor,
        outline: QColor | None,
    ) -> None:
        painter.setBrush(ground)
        painter.setPen(QPen(outline, 1.2) if outline else Qt.PenStyle.NoPen)
        first = max(layout.lines.block_at(span.start), seen[0])
        last = min(layout.lines.block_at(max(span.end - 1, span.start)), seen[-1])
        for number in range(first, last + 1):
            y = layout.top(number)
            for stretch in self.stretches(layout, number, span.start, span.end):
                painter.drawRoundedRect(stretch.translated(0, y), RADIUS, RADIUS)


def _stretches(layout: QTextLayout, setting: Setting, first: int, last: int) -> Iterator[QRectF]:
    """By the glyphs: a line's own answer to where a place stands is ambiguous where directions change."""
    height = setting.face.mark * setting.size
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        start = max(first, line.textStart())
        end = min(last, line.textStart() + line.textLength())
        if end <= start:
            continue
        top = line.y() + line.ascent() - setting.face.rise * setting.size
        boxes = (run.boundingRect() for run in line.glyphRuns(start, end - start))
        for left, right in _joined((box.left(), box.right()) for box in boxes):
            yield QRectF(left - WIDER, top, right - left + 2 * WIDER, height)


def _joined(sides: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Runs that touch are one; what has no width is not seen."""
    left = right = None
    for start, end in sorted(sides):
        if end <= start:
            continue
        if left is None or right is None or start > right + TOUCHING:
            if left is not None and right is not None:
                yield left, right
            left, right = start, end
        else:
            right = max(right, end)
    if left is not None and right is not None:
        yield left, right
