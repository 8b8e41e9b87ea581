"""The pages on the screen with all that is marked and selected on them.

It never waits: it paints what is there, and asks for what is missing a moment after each scroll.
"""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from archivist.model.page import Pages
from archivist.model.page_lines import Rect
from archivist.ui.reader.document_words import DocumentWords
from archivist.ui.reader.page_layout import PageLayout
from archivist.ui.reader.page_marks import PageMarks
from archivist.ui.reader.page_painter import PagePainter, PageSheet
from archivist.ui.reader.page_pictures import PagePictures, Sight
from archivist.ui.reader.page_scroll import PageScroll
from archivist.ui.reader.selection import Selection
from archivist.ui.theme import Theme

RING = 2
MESSAGE_MARGIN = 48


class PageCanvas(PageScroll):
    """Shows the pages of one document and what is selected in them."""

    selection_settled = Signal()
    """It has changed, and no mouse button is held any more."""

    def __init__(
        self, theme: Theme, words: DocumentWords, pictures: PagePictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = words
        self.marks = PageMarks(words)
        self.pages: Pages | None = None
        self.selection: Selection | None = None
        self._theme = theme
        self._pictures = pictures
        self._painter = PagePainter(theme)
        self._message = ""
        self._is_caret_shown = False
        self._is_by_mouse = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.settled.connect(self._fetch)
        self.moved_by_hand.connect(words.forget_wish)
        pictures.changed.connect(self._repaint_page)
        theme.changed.connect(self.viewport().update)

    def show_pages(self, pages: Pages) -> None:
        self.pages = pages
        self.set_pages(PageLayout(pages.sizes))

    def show_message(self, sentence: str) -> None:
        """Where there are no pages."""
        self._message = sentence
        self.viewport().update()

    def words_came(self, page: int) -> None:
        self.marks.forget(page)
        self._repaint_page(page)

    def select(self, selection: Selection | None, *, is_settled: bool = True) -> None:
        """While the mouse is dragged it is not settled, and nobody is told."""
        had_words = self.selection is not None and not self.selection.is_empty
        self.selection = selection
        self.words.held = (selection.start.page, selection.end.page) if selection else ()
        self.viewport().update()
        if is_settled and (had_words or (selection is not None and not selection.is_empty)):
            self.selection_settled.emit()

    def selected_places(self) -> list[QRectF]:
        """What can be seen of the selection."""
        return [
            self.place_of(page, rect) for page in self.visible_pages() for rect in self._selected_on(page)
        ]

    def show_caret(self, *, is_shown: bool) -> None:
        self._is_caret_shown = is_shown
        if place := self.caret_place():
            self.viewport().update(place.adjusted(-3, -3, 3, 3).toAlignedRect())

    def caret_place(self) -> QRectF | None:
        if self.selection is None:
            return None
        head = self.selection.head
        known = self.words.page(head.page)
        caret = known.caret(min(head.index, len(known.text))) if known else None
        return self.place_of(head.page, caret) if caret else None

    def use(self, *, is_mouse: bool) -> None:
        """A line tells where the keyboard is; whoever clicks knows."""
        self._is_by_mouse = is_mouse
        self.viewport().update()

    def has_failed(self, page: int) -> bool:
        return bool(self._pictures.failure(page))

    def is_sharp(self, page: int) -> bool:
        """Whether its picture is there, as good as it gets."""
        return self._pictures.is_sharp(page)

    def retry(self, page: int) -> None:
        self._pictures.retry(page)
        self._repaint_page(page)
        self.settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        seen = QRectF(event.rect())
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self._theme.color("canvas"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for page in self.visible_pages():
                sheet = self._sheet(page)
                if sheet.place.adjusted(-1, -1, 1, 1).intersects(seen):
                    self._painter.paint(painter, sheet, seen)
            if self._is_caret_shown and (caret := self.caret_place()):
                self._painter.caret(painter, caret)
            if not self.pages:
                self._paint_message(painter)
            if self.hasFocus() and not self._is_by_mouse:
                self._paint_ring(painter)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.settle()
        return super().event(event)

    def _sheet(self, page: int) -> PageSheet:
        labels = self.pages.labels if self.pages else ()
        failure, place = self._pictures.failure(page), self.page_place(page)
        return PageSheet(
            place=place,
            seen=place.intersected(QRectF(self.viewport().rect())),
            scale=self.page_layout.scale,
            label=labels[page] if page < len(labels) else str(page + 1),
            whole=self._pictures.whole(page),
            area=self._pictures.area(page),
            failure=f"{failure} {self.tr('Click here or press F5 to try again.')}" if failure else "",
            quotes=self.marks.quotes(page),
            hits=self.marks.hits(page),
            selected=self._selected_on(page),
        )

    def _selected_on(self, page: int) -> list[Rect]:
        known = self.words.page(page)
        part = self.selection.on_page(page, len(known.text)) if self.selection and known else None
        return known.rects(*part) if known and part else []

    def _paint_message(self, painter: QPainter) -> None:
        painter.setPen(self._theme.color("text2"))
        room = self.viewport().rect().adjusted(MESSAGE_MARGIN, 0, -MESSAGE_MARGIN, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)

    def _paint_ring(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._theme.color("accent"), RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def _repaint_page(self, page: int) -> None:
        if page in self.visible_pages():
            self.viewport().update(self.page_place(page).toAlignedRect())

    def _fetch(self) -> None:
        """Pictures and words of what is in sight, then one screen beyond it."""
        if not self.pages:
            return
        visible = self.visible_pages()
        near = [page for page in self.visible_pages(self.viewport().height()) if page not in visible]
        ratio = self.devicePixelRatioF()
        sight = Sight(visible, near, self.page_layout.scale * ratio, ratio, self.seen_of)
        self._pictures.look_at(sight, self.page_layout)
        for page in reversed((*visible, *near)):  # the engine takes the newest wish first
            self.words.want(page)
