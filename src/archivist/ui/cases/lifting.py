"""Carrying a quote to another place: the card lifts, a dashed place shows where it would go."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem, QWidget

from archivist.model.ids import QuoteId
from archivist.ui.cases.quote_delegate import QuoteDelegate
from archivist.ui.cases.quote_model import LINE, QuoteModel
from archivist.ui.cases.quote_shape import card_of, handle_rect
from archivist.ui.widgets.popover import cast_shadow

INWARDS = 10
NEAR_EDGE, STEP, TICK = 44, 14, 25


class Lifting(QObject):
    """Watches the handles of a list. The model moves along; who hears `dropped` keeps the new order."""

    dropped = Signal(str, int)

    def __init__(self, view: QListView, model: QuoteModel, delegate: QuoteDelegate) -> None:
        super().__init__(view)
        self._view, self._model, self._delegate = view, model, delegate
        self._pressed: QPoint | None = None
        self._grip = QPoint()
        self._start = -1
        self._carried: QuoteId | None = None
        self._card: _Card | None = None
        self._pointer = QPoint()
        self._scrolling = QTimer(self, interval=TICK)
        self._scrolling.timeout.connect(self._scroll)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._mouse(event)
        if self.carried and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.cancel()
            event.accept()
            return True
        if event.type() == QEvent.Type.Hide:
            self.cancel()
        return False

    @property
    def carried(self) -> QuoteId | None:
        """The quote whose card is in the air."""
        return self._carried

    def cancel(self) -> None:
        """Back to where it was."""
        self._pressed = None
        if self.carried is not None:
            now = self._model.index_of(self.carried).row()
            start = self._start
            self._put_down()
            self._model.move(now, start)

    # ---- the pointer

    def _mouse(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            return self._press(at)
        if event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            return self._move(at)
        if event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            return self._release()
        if event.type() == QEvent.Type.MouseMove:
            on_handle = self._handle_at(at) >= 0
            self._view.viewport().setCursor(
                Qt.CursorShape.OpenHandCursor if on_handle else Qt.CursorShape.ArrowCursor
            )
        return False

    def _handle_at(self, at: QPoint) -> int:
        """The line whose handle is there; -1: none."""
        index = self._view.indexAt(at)
        if not index.isValid():
            return -1
        card = card_of(self._view.visualRect(index), self._view.layoutDirection())
        return index.row() if handle_rect(card, self._view.layoutDirection()).contains(at) else -1

    def _press(self, at: QPoint) -> bool:
        if (row := self._handle_at(at)) >= 0:
            self._pressed, self._start = at, row
            self._grip = at - self._view.visualRect(self._model.index(row)).topLeft()
        return False  # pressing selects, too

    def _move(self, at: QPoint) -> bool:
        if self._pressed is None:
            return False
        if self.carried is None:
            if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return True
            self._lift()
        self._pointer = at
        self._follow()
        return True

    def _release(self) -> bool:
        self._pressed = None
        if self.carried is None:
            return False
        carried, to = self.carried, self._model.index_of(self.carried).row()
        self._put_down()
        if to != self._start:
            self.dropped.emit(carried, to)
        return True

    # ---- the card

    def _lift(self) -> None:
        index = self._model.index(self._start)
        box = self._view.visualRect(index)
        self._card = _Card(self._view.viewport(), self._picture(box))
        self._carried = index.data(LINE).id
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._scrolling.start()
        self._view.viewport().update()

    def _picture(self, box: QRect) -> QPixmap:
        card = QRect(QPoint(0, 0), card_of(box, self._view.layoutDirection()).size())
        ratio = self._view.devicePixelRatioF()
        picture = QPixmap(card.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        option = QStyleOptionViewItem()
        option.initFrom(self._view)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = self._model.index(self._start).data(LINE)
            self._delegate.paint_card(painter, card, line, self._view.layoutDirection(), True, False)
        return picture

    def _follow(self) -> None:
        """The card goes with the pointer; the line that it is over makes room."""
        if self._card is None or self.carried is None:
            return
        viewport = self._view.viewport()
        inwards = -INWARDS if self._view.isRightToLeft() else INWARDS
        left = card_of(QRect(0, 0, viewport.width(), 9), self._view.layoutDirection()).x() + inwards
        self._card.move(left, self._pointer.y() - self._grip.y())
        at = self._model.index_of(self.carried).row()
        to = self._place_under(self._card.geometry().center().y(), at)
        if to != at:
            self._model.move(at, to)
            self._view.executeDelayedItemsLayout()

    def _place_under(self, y: int, at: int) -> int:
        """A card makes room when the carried one's middle has passed its own."""
        while at + 1 < self._model.rowCount() and y > self._middle(at + 1):
            at += 1
        while at > 0 and y < self._middle(at - 1):
            at -= 1
        return at

    def _middle(self, row: int) -> int:
        return self._view.visualRect(self._model.index(row)).center().y()

    def _scroll(self) -> None:
        """Near the edges the list goes on."""
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        step = (
            -STEP if self._pointer.y() < NEAR_EDGE else STEP if self._pointer.y() > height - NEAR_EDGE else 0
        )
        before = bar.value()
        bar.setValue(before + step)
        if bar.value() != before:
            self._follow()

    def _put_down(self) -> None:
        self._carried = None
        self._scrolling.stop()
        self._view.viewport().unsetCursor()
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self._view.viewport().update()


class _Card(QWidget):
    """The picture of a card, with a shadow, above the list."""

    def __init__(self, parent: QWidget, picture: QPixmap) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(picture.deviceIndependentSize().toSize())
        cast_shadow(self, blur=24, down=6)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
