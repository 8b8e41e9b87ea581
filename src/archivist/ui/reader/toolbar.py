"""The bar above a document: outline, pages, size, how it is read, colours, find, and the pane beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from archivist.ui.actions import Actions
from archivist.ui.quotes.dots import ColourDots
from archivist.ui.reader.reading import Mode
from archivist.ui.reader.view import ReaderView
from archivist.ui.widgets.buttons import action_button
from archivist.ui.widgets.layout import Item, label, row, vertical_line
from archivist.ui.widgets.segmented import Segmented
from archivist.ui.words import number

HEIGHT = 42
BOX = 40
LEAST = 300
MODES = 30
ROOM_FOR_DOTS, ROOM_FOR_MODES = 560, 620  # pixels of the bar's width that they need to be shown


class PageBox(QLineEdit):
    """The page as it is printed; Enter goes to what is typed, Esc takes it back."""

    page_wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page_box")
        self.setFixedWidth(BOX)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(self.tr("Page"))
        self._shown = ""

    def show_page(self, page: str) -> None:
        self._shown = page
        if not (self.hasFocus() and self.isModified()):
            self.setText(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            wanted = self.text().strip()
            self.setText(self._shown)
            self.left.emit()
            if wanted:
                self.page_wanted.emit(wanted)
        elif event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReaderBar(QFrame):
    """Buttons of the registry, and what tells place and size."""

    colour_chosen = Signal(str)
    mode_chosen = Signal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("reader_bar")
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(LEAST)  # what does not fit goes, it does not widen the window
        self.page_box = PageBox()
        self._of = label(role="meta")
        self._of.setObjectName("page_of")
        self._zoom = label(role="meta")
        self._zoom.setObjectName("zoom")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(46)
        self.modes = Segmented(
            self.tr("How to read it"),
            [(Mode.PAGES, self.tr("Reading"), ""), (Mode.TEXT, self.tr("As text"), "")],
        )
        self.dots = ColourDots(self.tr("Mark"), size=13, spacing=6)
        self.modes.setFixedHeight(MODES)
        self.modes.chosen.connect(self.mode_chosen)
        self.dots.chosen.connect(self.colour_chosen)
        self._has_modes = False
        self._lay_out(actions)

    def _lay_out(self, actions: Actions) -> None:
        def button(name: str) -> QWidget:
            return action_button(actions.get(name))

        pages = (button("reader.previous_page"), self.page_box, self._of, button("reader.next_page"))
        self._pages = QWidget()
        self._pages.setLayout(row(*pages, spacing=4))
        sizes: tuple[Item, ...] = (button("reader.zoom_out"), self._zoom, button("reader.zoom_in"))
        self._line = vertical_line()
        self._mode_line = vertical_line()
        self.setLayout(
            row(
                button("reader.outline"),
                6,
                self._pages,
                6,
                self._line,
                6,
                *sizes,
                button("reader.fit"),
                6,
                self._mode_line,
                6,
                self.modes,
                None,
                self.dots,
                6,
                vertical_line(),
                6,
                button("reader.find"),
                button("reader.pane"),
                margins=(12, 0, 12, 0),
                spacing=2,
            )
        )

    def show_view(self, view: ReaderView | None, *, mode: str, has_both: bool) -> None:
        """What there is to see of it: pages only where it has some."""
        self._has_modes = has_both
        self.dots.setEnabled(view is not None)
        self.modes.choose(mode)
        self._pages.setVisible(view is not None and view.page_count > 0)
        self._line.setVisible(not self._pages.isHidden())
        self.show_place(view)
        self._fit()

    def show_place(self, view: ReaderView | None) -> None:
        """Where it stands, and how large."""
        self._zoom.setText(view.zoom_words() if view else "")
        if view is None or not view.page_count:
            return
        if self._pages.isHidden():
            self._pages.show()
            self._line.show()
        labels, page = view.page_labels, view.current_page
        shown = labels[page] if page < len(labels) else str(page + 1)
        self.page_box.show_page(shown)
        total = self.tr("of {}").format(number(view.page_count))
        if shown != str(page + 1):
            total = self.tr("({} of {})").format(number(page + 1), number(view.page_count))
        self._of.setText(total)
        self.page_box.setAccessibleDescription(total)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room, what has a key of its own goes first."""
        self.dots.setVisible(self.width() >= ROOM_FOR_DOTS)
        shows_modes = self._has_modes and self.width() >= ROOM_FOR_MODES
        self.modes.setVisible(shows_modes)
        self._mode_line.setVisible(shows_modes)
