"""A window that is led to a screen and has its picture taken."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu

from archivist.ui.main_window import SIZE
from archivist.ui.reader.page_canvas import PageCanvas
from archivist.ui.settings import Settings
from tests.journeys.edges import Answers
from tests.journeys.frame import LONG
from tests.journeys.sight import plain
from tests.journeys.window import Window

SETTLING = 150  # milliseconds: what moves has come to rest

# The light pictures whose targets have names of their own.
TARGETS = {f"{name}-light": name for name in ("case", "create", "import", "palette", "search", "welcome")} | {
    "export-light": "pack-builder"
}


@dataclass(frozen=True, slots=True)
class Look:
    """One of the ways in which every screen is to be looked at."""

    name: str
    theme: str
    direction: Qt.LayoutDirection


LOOKS = (
    Look("light", "light", Qt.LayoutDirection.LeftToRight),
    Look("dark", "dark", Qt.LayoutDirection.LeftToRight),
    Look("rtl", "light", Qt.LayoutDirection.RightToLeft),
)


class Stage(Window):
    """Speaks the language of journeys; `shows` takes the picture of a screen that is wanted."""

    def __init__(self, look: Look, folder: Path, wanted: Collection[str], chooser: Answers) -> None:
        self._look, self._folder, self._wanted = look, folder, wanted
        settings = Settings()
        settings.theme = look.theme
        settings.sync()
        super().__init__(chooser)
        self.window.resize(*SIZE)

    def shows(self, name: str) -> None:
        """Once all that it waits for is there."""
        if not self._is_wanted(name):
            return
        for _ in range(2):
            if self.window.workspace is not None:
                self.rests()
            QTest.qWait(SETTLING)
        self._wait_for_pages()
        self._take(name)

    def _is_wanted(self, name: str) -> bool:
        return not self._wanted or name in self._wanted

    def _take(self, name: str) -> None:
        if not self._is_wanted(name):
            return
        picture = self.window.grab()
        if isinstance(menu := QApplication.activePopupWidget(), QMenu):
            with QPainter(picture) as painter:
                painter.drawPixmap(self.window.mapFromGlobal(menu.pos()), QPixmap(menu.grab()))
        full = f"{name}-{self._look.name}"
        for one in filter(None, (full, TARGETS.get(full))):
            picture.save(str(self._folder / f"{one}.png"))

    def shows_now(self, name: str) -> None:
        """While something is under way."""
        self._take(name)

    @property
    def name(self) -> str:
        return self._look.name

    def _wait_for_pages(self) -> None:
        for canvas in self.window.findChildren(PageCanvas):
            if canvas.isVisible() and canvas.pages:
                self.waits(partial(_is_sharp, canvas), "sharp pages")

    # ---- deeds that only pictures need

    def forgets_all(self) -> None:
        self.pushes("Forget all")
        self.sees("Nothing is remembered on this computer")

    def waits_for_files(self, number: int) -> None:
        """Until so many files of the import are done."""
        progress = self.workspace.importing.view.run.progress
        self.waits(lambda: progress.value() >= number, f"import of {number} files", seconds=LONG)

    def stands_on_file(self, name: str) -> None:
        self._stands_on(self.workspace.importing.view.run.table, name)

    def stands_on_document(self, title: str) -> None:
        self._stands_on(self.workspace.library.view.table, title)

    def stands_on_tag(self, name: str) -> None:
        self._stands_on(self.workspace.tags.view.list, name)

    def stands_on_quote(self, number: int) -> None:
        """In the pane beside the page, counted from 1."""
        cards = self.workspace.reading.view.pane.cards
        cards.setFocus(Qt.FocusReason.TabFocusReason)
        cards.setCurrentIndex(cards.cards.index(number - 1))
        self.rests()

    def cancels(self) -> None:
        """The form that is open, and what stands in it."""
        self.presses("Escape")
        self.pushes("Cancel")

    def _stands_on(self, view: QAbstractItemView, words: str) -> None:
        def found() -> QModelIndex | None:
            model = view.model()
            lines = (model.index(at, 0) for at in range(model.rowCount(QModelIndex())))
            return next((line for line in lines if plain(str(line.data())) == plain(words)), None)

        self.waits(found, f"line “{words}”")
        view.setFocus(Qt.FocusReason.TabFocusReason)
        if line := found():
            view.clearSelection()
            view.setCurrentIndex(line)
            view.scrollTo(line)

    def drags_over(self, words: str) -> None:
        """With the mouse; the words stand in one line."""
        view = self.page
        (span,) = view.find(words)
        view.show_span(span, select=True)
        self.waits(lambda: view.selection() == span and not view.selection_rect().isEmpty(), "passage")
        around, viewport = view.selection_rect(), view.viewport()
        view.clear_selection()
        middle = around.center().y()
        ends = [QPoint(around.left() + 1, middle), QPoint(around.right() - 1, middle)]
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, left, pos=ends[0])
        for step in range(1, 6):
            QTest.mouseMove(viewport, ends[0] + (ends[1] - ends[0]) * step / 5)
        QTest.mouseRelease(viewport, left, pos=ends[1])
        popover = self.workspace.reading.marking.popover
        self.waits(popover.isVisible, "bar beside the selection")


def _is_sharp(canvas: PageCanvas) -> bool:
    return all(map(canvas.is_sharp, canvas.visible_pages()))
