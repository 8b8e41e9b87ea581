"""A viewport on pages that stand under each other: how it scrolls and zooms, and where each point lies."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from archivist.model.page_lines import Rect
from archivist.ui.reader.page_layout import Fit, PageLayout, bounded
from archivist.ui.reader.page_painter import on_widget

MILLISECONDS_TO_SETTLE = 30
WHEEL_STEP = 1.0015  # zoom for each unit of the wheel
SCROLL_STEP = 48
LINE_MARGIN = 40.0  # kept above and below what is brought into sight
PASSAGE_PLACE = 0.3  # of the height: where a passage is shown


class PageScroll(QAbstractScrollArea):
    """Knows where pages are, not what is on them."""

    settled = Signal()
    """After scrolling and zooming, at most some thirty times a second."""
    moved_by_hand = Signal()
    """The user has scrolled: whatever was to be shown is not waited for any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page_layout = PageLayout()
        self.fit = Fit.WIDTH
        self._aim = (-1, 0, 0.0)
        self._settling = QTimer(self, singleShot=True, interval=MILLISECONDS_TO_SETTLE)
        self._settling.timeout.connect(self.settled)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(SCROLL_STEP)
            bar.actionTriggered.connect(lambda _action: self.moved_by_hand.emit())

    def set_pages(self, layout: PageLayout) -> None:
        self.page_layout = layout
        self._refit(0)
        self._fit_ranges()
        self._center()
        self.verticalScrollBar().setValue(0)
        self.settle()

    def settle(self) -> None:
        """Now, and not a moment later."""
        self._settling.stop()
        self.settled.emit()

    # Where things stand

    def page_place(self, page: int) -> QRectF:
        """The page on the viewport, on whole pixels of the screen."""
        layout, ratio = self.page_layout, self.devicePixelRatioF()
        left = layout.left(page, self.viewport().width()) - self._offset()
        top = layout.top(page) - self.verticalScrollBar().value()
        size = layout.size(page)
        return QRectF(
            round(left * ratio) / ratio,
            round(top * ratio) / ratio,
            size.width * layout.scale,
            size.height * layout.scale,
        )

    def page_point(self, position: QPointF) -> tuple[int, float, float]:
        """The nearest page, and the point on it, or beside it, in points."""
        page = self.page_layout.nearest_page(position.y() + self.verticalScrollBar().value())
        place, scale = self.page_place(page), self.page_layout.scale
        return page, (position.x() - place.x()) / scale, (position.y() - place.y()) / scale

    def place_of(self, page: int, rect: Rect) -> QRectF:
        return on_widget(self.page_place(page), self.page_layout.scale, rect)

    def seen_of(self, page: int) -> Rect:
        """The part of a page that is on the screen, in points."""
        place, scale = self.page_place(page), self.page_layout.scale
        seen = place.intersected(QRectF(self.viewport().rect())).translated(-place.topLeft())
        return Rect(seen.left() / scale, seen.top() / scale, seen.right() / scale, seen.bottom() / scale)

    def visible_pages(self, beyond: float = 0.0) -> range:
        top = self.verticalScrollBar().value()
        return self.page_layout.pages_between(top - beyond, top + self.viewport().height() + beyond)

    @property
    def current_page(self) -> int:
        """The page that takes the upper third."""
        return self.page_layout.nearest_page(self.verticalScrollBar().value() + self.viewport().height() / 3)

    def top_place(self) -> tuple[int, float]:
        """What is at the top: where it was scrolled to, exactly, so that resizing adds up no errors."""
        value, page, y = self._aim
        if value != self.verticalScrollBar().value():
            page, _, y = self.page_point(QPointF(0, 0))
        return page, y

    # Scrolling and zooming

    def set_zoom(self, zoom: float, at: QPointF | None = None, fit: Fit = Fit.NONE) -> None:
        """The point `at` stays where it is: that under the pointer, or else the middle."""
        if not len(self.page_layout):
            return
        at = at or QRectF(self.viewport().rect()).center()
        page, x, y = self.page_point(at)
        self.fit = fit
        self.page_layout.zoom = bounded(zoom) if fit is Fit.NONE else zoom
        self._fit_ranges()
        layout = self.page_layout
        self.verticalScrollBar().setValue(round(layout.top(page) + y * layout.scale - at.y()))
        self._set_offset(layout.left(page, self.viewport().width()) + x * layout.scale - at.x())
        self._soon()

    def set_fit(self, fit: Fit) -> None:
        """The zoom follows the window from now on."""
        if len(self.page_layout):
            middle_of_top = QPointF(self.viewport().width() / 2, 0)
            self.set_zoom(self._fitted(fit, self.current_page), middle_of_top, fit)
            self._center()

    def scroll_to(self, page: int, y: float = 0.0) -> None:
        """That height of the page, in points, to the top."""
        layout, bar = self.page_layout, self.verticalScrollBar()
        bar.setValue(round(layout.top(page) + y * layout.scale))
        self._aim = (bar.value(), page, y)

    def scroll_by(self, pixels: float) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pixels))

    def scroll_sideways_by(self, pixels: float) -> None:
        self._set_offset(self._offset() + pixels)

    def show_passage(self, page: int, rect: Rect) -> None:
        """Comfortably in sight, unless it can be seen well already."""
        place, height = self.place_of(page, rect), self.viewport().height()
        if place.top() < LINE_MARGIN or place.bottom() > height - LINE_MARGIN:
            self.scroll_by(place.top() - PASSAGE_PLACE * height)
        self._show_sideways(place)

    def show_line(self, page: int, rect: Rect) -> None:
        """No further than needed, as for a caret that moves."""
        place, height = self.place_of(page, rect), self.viewport().height()
        margin = min(LINE_MARGIN, max(0.0, (height - place.height()) / 2))
        if place.top() < margin:
            self.scroll_by(place.top() - margin)
        elif place.bottom() > height - margin:
            self.scroll_by(place.bottom() - height + margin)
        self._show_sideways(place)

    # What Qt asks for

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not len(self.page_layout):
            return
        page, y = self.top_place()
        self._refit(self.current_page)
        self._fit_ranges()
        if self.fit is not Fit.NONE:
            self._center()
        self.scroll_to(page, y)
        self._soon()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy  # all is painted anew: it costs a millisecond
        self.viewport().update()
        self._soon()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = WHEEL_STEP ** event.angleDelta().y()
            self.set_zoom(self.page_layout.zoom * factor, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.set_zoom(self.page_layout.zoom * (1 + event.value()), event.position())
            return True
        return super().viewportEvent(event)

    def _soon(self) -> None:
        """Not put off by further scrolling, so that pages come also while one scrolls."""
        if not self._settling.isActive():
            self._settling.start()
        self.viewport().update()

    def _refit(self, page: int) -> None:
        if self.fit is not Fit.NONE and len(self.page_layout):
            self.page_layout.zoom = self._fitted(self.fit, page)

    def _fitted(self, fit: Fit, page: int) -> float:
        size = self.viewport().size()
        return self.page_layout.fitted(fit, page, size.width(), size.height())

    def _fit_ranges(self) -> None:
        size, layout = self.viewport().size(), self.page_layout
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setPageStep(size.width())
        down.setPageStep(size.height())
        across.setRange(0, max(0, round(layout.width - size.width())))
        down.setRange(0, max(0, round(layout.height - size.height())))

    def _offset(self) -> float:
        """How far the left edge is scrolled away; in a right-to-left window the bar counts from the right."""
        bar = self.horizontalScrollBar()
        return bar.maximum() - bar.value() if self.isRightToLeft() else bar.value()

    def _set_offset(self, offset: float) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(round(bar.maximum() - offset if self.isRightToLeft() else offset))

    def _center(self) -> None:
        """All pages have the same middle; those wider than the room go beyond it at both sides."""
        self._set_offset(self.horizontalScrollBar().maximum() / 2)

    def _show_sideways(self, place: QRectF) -> None:
        width = self.viewport().width()
        if place.left() < 0 or (place.right() > width and place.width() > width):
            self._set_offset(self._offset() + place.left() - LINE_MARGIN)
        elif place.right() > width:
            self._set_offset(self._offset() + place.right() - width + LINE_MARGIN)
