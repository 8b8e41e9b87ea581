"""Keeps what is in sight in its place while heights that were guessed become known."""

from dataclasses import dataclass

from PySide6.QtWidgets import QScrollBar, QTextEdit

from archivist.ui.reader.text_layout import PaperLayout

_LIKE_A_STEP = 3.0
"""Scrolling by no more than so many views goes on from what was seen; farther, it is a jump."""
_FROM_TOP = 0.3
_AROUND_CARET = 8
_TRIES = 3  # scrolling sets what comes into sight, and so may move where the caret stands


@dataclass(frozen=True, slots=True)
class Held:
    """The first letter in sight, and how far its line stands below the upper edge; -1: the very beginning."""

    offset: int
    below: float


class Steady:
    """Scrolls a page; all that comes into sight is set first."""

    def __init__(self, page: QTextEdit, layout: PaperLayout) -> None:
        self._page, self._layout = page, layout
        self._number, self._depth = 0, 0.0
        self.is_busy = False

    @property
    def _bar(self) -> QScrollBar:
        """Asked for anew each time: a kept one may be declared dead while another widget is taken away."""
        return self._page.verticalScrollBar()

    @property
    def _height(self) -> int:
        return self._page.viewport().height()

    def scrolled(self, down: int) -> None:
        """The scroll bar has moved by so many pixels."""
        if self.is_busy or not self._layout.count:
            return
        is_step_up = 0 < -down <= _LIKE_A_STEP * self._height
        if is_step_up:
            self._set_above(self._number, -down - self._depth)
            self._stand(self._layout.top(self._number) + self._depth + down)
        elif self._bar.value() >= self._bar.maximum():
            self._stand_at_end()
        else:
            self._stand(self._bar.value())

    def grown(self) -> None:
        """More of the document is there, or the view has become taller."""
        if self._layout.count:
            self._stand(self._layout.top(self._number) + self._depth)

    def hold(self) -> Held:
        """To be asked before everything is set anew."""
        if not self._layout.count or self._bar.value() <= 0:
            return Held(-1, 0.0)
        offset = self.first_offset()
        number, y = self._layout.line_top(offset)
        return Held(offset, self._layout.top(number) + y - self._bar.value())

    def restore(self, held: Held) -> None:
        if not self._layout.count:
            return
        if held.offset < 0:
            self._stand(0.0)
            return
        number, y = self._layout.line_top(held.offset)
        self._stand(self._layout.top(number) + y - held.below)

    def first_offset(self) -> int:
        """The first letter of the first line of which the better part is in sight."""
        if not self._layout.count:
            return 0
        return self._layout.first_offset_below(self._bar.value())

    def show(self, start: int, end: int) -> None:
        """A passage comes into sight, and nothing moves if it is there already."""
        number, y = self._layout.line_top(start)
        last, last_y = self._layout.line_top(max(end - 1, start))
        top, bottom = self._layout.top(number) + y, self._layout.top(last) + last_y + self._layout.step(last)
        seen = self._bar.value()
        room = self._height
        if seen <= top and (bottom <= seen + room or (bottom - top > room and top <= seen + room / 2)):
            return
        self._set_above(number, room * _FROM_TOP)
        self._stand(self._layout.top(number) + y - room * _FROM_TOP)

    def go_to(self, offset: int) -> None:
        """The line of a letter becomes the first in sight."""
        number, y = self._layout.line_top(offset)
        self._stand(0.0 if offset <= 0 else self._layout.top(number) + y)

    def into_sight(self, position: int) -> None:
        """The caret at Qt's position can be seen; scrolls no farther than it must."""
        for _ in range(_TRIES):
            caret = self._layout.caret(position)
            seen = self._bar.value()
            if caret.top() < seen:
                self._stand(caret.top() - _AROUND_CARET)
            elif caret.bottom() > seen + self._height:
                self._stand(caret.bottom() + _AROUND_CARET - self._height)
            else:
                return

    def is_in_sight(self, position: int) -> bool:
        caret = self._layout.caret(position)
        return self._bar.value() <= caret.bottom() and caret.top() <= self._bar.value() + self._height

    def _stand(self, value: float) -> None:
        """Sets what will be seen from `value` on, and scrolls there."""
        value = max(value, 0.0)
        layout = self._layout
        self._number = layout.block_at(value)
        before = layout.top(self._number)
        self._set_below(self._number, value - before + self._height)
        limit = layout.documentSize().height() - self._height
        if value > limit:
            self._stand_at_end()
            return
        self._depth = value - layout.top(self._number)
        self._scroll_to(value)

    def _stand_at_end(self) -> None:
        layout = self._layout
        self._set_above(layout.count - 1, self._height)
        value = max(layout.documentSize().height() - self._height, 0.0)
        self._number = layout.block_at(value)
        self._depth = value - layout.top(self._number)
        self._scroll_to(value)

    def _set_below(self, number: int, room: float) -> None:
        """Sets blocks from `number` on until they fill so much."""
        first = self._layout.top(number)
        while number < self._layout.count and self._layout.top(number) - first < room:
            self._layout.setting(number)
            number += 1

    def _set_above(self, number: int, room: float) -> None:
        """Sets `number` and the blocks above it until those fill so much."""
        self._layout.setting(number)
        last = number
        while number > 0 and self._layout.top(last) - self._layout.top(number) < room:
            number -= 1
            self._layout.setting(number)

    def _scroll_to(self, value: float) -> None:
        self.is_busy = True
        try:
            self._layout.tell_size()
            self._bar.setValue(round(value))
        finally:
            self.is_busy = False
        self._page.viewport().update()
