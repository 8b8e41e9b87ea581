"""A text view in the hands of a user: mouse and keys on real geometry, spans as the archive counts them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from archivist.model.ids import DocumentId, TextId
from archivist.model.styles import StyledText
from archivist.model.text import Section, Text, TextOrigin, sha256_of
from archivist.ui.reader.text_page import TextPage
from archivist.ui.reader.text_view import TextView

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def text_of(content: str, sections: tuple[Section, ...] = (), language: str | None = None) -> Text:
    origin = TextOrigin.EXTRACTED
    digest = sha256_of(content)
    return Text(TextId("t"), DocumentId("d"), origin, "", "", language, content, digest, sections)


class Reader:
    """A view that is shown, and what can be seen of it."""

    def __init__(self, qtbot: QtBot, text: Text, styles: StyledText | None = None) -> None:
        self._bot = qtbot
        self.text = text
        self.view = TextView(text, styles)
        qtbot.addWidget(self.view)
        self.view.resize(900, 600)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        self.view.setFocus()

    def is_whole(self) -> bool:
        return self.view.is_whole

    def scroll(self, pixels: int) -> None:
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    @property
    def page(self) -> TextPage:
        page = self.view.focusProxy()
        assert isinstance(page, TextPage)
        return page

    def wait_for_all(self) -> None:
        self._bot.waitUntil(self.is_whole, timeout=30_000)

    def places(self, span: Span) -> list[QPoint]:
        """The middles of what can be seen of a passage."""
        return [rectangle.center() for rectangle in self.view.seen(span)]

    def point(self, offset: int) -> QPoint:
        """The middle of a letter that is in sight."""
        (place,) = self.places(Span(offset, offset + 1))
        return place

    def edge(self, offset: int) -> QPoint:
        """Before a letter in a text that runs from left to right."""
        (rectangle,) = self.view.seen(Span(offset, offset + 1))
        return QPoint(rectangle.left() + 2, rectangle.center().y())

    def drag(self, start: QPoint, end: QPoint) -> None:
        viewport = self.view.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 6):
            QTest.mouseMove(viewport, start + (end - start) * step / 5)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)

    def click(self, point: QPoint) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.page, key, modifier)

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage()

    def color(self, point: QPoint) -> QColor:
        return self.picture().pixelColor(point)
