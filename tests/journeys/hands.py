"""A user at the keyboard: presses, types, goes from field to field, and waits for what comes of it."""

import time
from collections.abc import Callable, Sequence
from typing import NoReturn

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.sight import focused, name_of, plain, seen, told

PATIENCE = 15.0  # seconds
MOST_TABS = 120
Condition = Callable[[], object]


class Hands:
    """Keys go where the focus is, as from a real keyboard; nothing here touches a widget otherwise."""

    window: QWidget
    defects: Sequence[str] = ()
    """What went wrong in the program meanwhile; a journey ends there, and not at its next wait."""

    def waits(self, condition: Condition, what: str, *, seconds: float = PATIENCE) -> None:
        """Until the state is there; else tells what is in sight instead."""
        ends = time.monotonic() + seconds
        while not condition():
            if self.defects:
                self.fails(f"The program made a mistake: {self.defects[0]}")
            if time.monotonic() > ends:
                self.fails(f"After {seconds:.0f} s there is still no {what}.")
            QTest.qWait(4)

    def fails(self, why: str) -> NoReturn:
        raise AssertionError(f"{why}\n{told(self.window)}")

    def presses(self, *keys: str) -> None:
        """`presses("Ctrl+K", "Return")`."""
        for key in keys:
            combination = QKeySequence.fromString(key)[0]  # type: ignore[index]  # the stubs lack it
            QTest.keyClick(self._under_the_keys(), combination.key(), combination.keyboardModifiers())

    def types(self, words: str) -> None:
        """Letter by letter; what no key of ours has, as another layout sends it."""
        for letter in words:
            target = self._under_the_keys()
            if letter.isascii():
                QTest.keyClicks(target, letter)
            else:
                none = Qt.KeyboardModifier.NoModifier
                for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                    QTest.sendKeyEvent(action, target, Qt.Key.Key_unknown, letter, none)

    def goes_to(self, *names: str, backwards: bool = False) -> None:
        """With Tab, until the focus is on a thing of that name, or of one of them.

        `Fol…` is any that begins so.
        """
        passed: list[str] = []
        for _ in range(MOST_TABS):
            now = name_of(QApplication.focusWidget())
            if any(_is_called(now, name) for name in names):
                return
            passed.append(focused())
            self.presses("Shift+Tab" if backwards else "Tab")
        way = "\n    ".join(dict.fromkeys(passed))
        raise AssertionError(
            f"Tab never comes to {' or '.join(names)}, only to\n    {way}\n{told(self.window)}"
        )

    def is_at(self, *names: str) -> bool:
        return name_of(QApplication.focusWidget()) in names

    def fills(self, name: str, words: str) -> None:
        """Go to a field and type over what stands in it."""
        self.goes_to(name)
        self.presses("Ctrl+A")
        self.types(words)

    def pushes(self, *names: str) -> None:
        """Go to a button and press it."""
        self.goes_to(*names)
        self.presses("Space")

    def turns(self, group: str, option: str) -> None:
        """Choose one of a few that stand side by side: Tab comes to the group, arrows go through it."""
        self.goes_to(f"{group}: …")
        is_mirrored = self.window.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for _ in range(8):
            if self.is_at(f"{group}: {option}"):
                self.presses("Space")
                return
            self.presses("Left" if is_mirrored else "Right")
        self.fails(f"Arrows never come to “{option}” of “{group}”.")

    def sees(self, words: str, *, seconds: float = PATIENCE) -> None:
        """Wait until these words stand somewhere in sight."""
        self.waits(lambda: self.has_in_sight(words), f"sight of “{words}”", seconds=seconds)

    def sees_no_more(self, words: str) -> None:
        self.waits(lambda: not self.has_in_sight(words), f"end of “{words}”")

    def has_in_sight(self, words: str) -> bool:
        wanted = plain(words)
        return any(wanted in found for found in seen(self.window))

    def _under_the_keys(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window


def _is_called(name: str, wanted: str) -> bool:
    return name == wanted or (wanted.endswith("…") and name.startswith(wanted[:-1]))
