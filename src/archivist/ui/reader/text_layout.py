"""Lays out a document of any length: only what is seen, or asked for, is ever set.

Qt's own layout sets all that stands above a place before it can show it, and keeps it: seconds and
hundreds of megabytes for a long text. Here the heights of blocks never seen are guessed, and put right
when they come near; `TextPage` keeps what is in sight in its place meanwhile.
"""

from collections import OrderedDict

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPainter,
    QPainterPath,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
)

from archivist.ui.reader.text_faces import face_of
from archivist.ui.reader.text_heights import Heights
from archivist.ui.reader.text_letters import NOMINAL
from archivist.ui.reader.text_lines import TextLines
from archivist.ui.reader.text_looks import Looks
from archivist.ui.reader.text_marks import Marks
from archivist.ui.reader.text_paper import paint_paper, paint_setting
from archivist.ui.reader.text_setting import Setter, Setting
from archivist.ui.reader.text_sheet import CANVAS, MARGIN, TEXT_WIDTH, Sheet

MOST_SET = 500


class PaperLayout(QAbstractTextDocumentLayout):
    """The layout of one `TextLines`, whose words the document holds block by block."""

    def __init__(self, document: QTextDocument, lines: TextLines, looks: Looks, language: str) -> None:
        super().__init__(document)
        self.marks = Marks()
        self._heights = Heights()
        self._set: OrderedDict[int, Setting] = OrderedDict()
        self.sheet = Sheet.within(TEXT_WIDTH + 2 * MARGIN, 1.0)
        self.zoom = 1.0
        self.begin(lines, looks, language)

    # What the page asks.

    def begin(self, lines: TextLines, looks: Looks, language: str) -> None:
        """Anew: the document is empty, or about to be."""
        self.lines, self.looks = lines, looks
        self._setter = Setter(lines, looks, language)
        self._heights = Heights()
        self._start_over()

    def dress(self, looks: Looks, language: str) -> None:
        """The same blocks, styled otherwise."""
        self.looks = looks
        self._setter = Setter(self.lines, looks, language)
        self._start_over()

    def resize(self, view: float, zoom: float) -> bool:
        """Whether anything has changed by it."""
        sheet = Sheet.within(view, zoom)
        if sheet == self.sheet and zoom == self.zoom:
            return False
        self.sheet, self.zoom = sheet, zoom
        self._start_over()
        return True

    def extend(self, pieces: list[str]) -> None:
        """More blocks stand at the end of the document."""
        self._heights.extend(pieces, [face_of(piece) for piece in pieces])

    def _start_over(self) -> None:
        for number in self._set:
            self.document().findBlockByNumber(number).clearLayout()
        self._set.clear()
        self._setter.measure(NOMINAL * self.zoom, self.sheet.text_left, self.sheet.text_width)
        self._heights.guess(self._setter.size, self.sheet.text_width, self._setter.blank)

    def top(self, number: int) -> float:
        return CANVAS + self.sheet.margin + self._heights.top(number)

    def height(self, number: int) -> float:
        return self._heights.height(number)

    def block_at(self, y: float) -> int:
        return self._heights.block_at(y - CANVAS - self.sheet.margin)

    def setting(self, number: int) -> Setting:
        """The block as it is set; sets it now if it is not."""
        block = self.document().findBlockByNumber(number)
        layout = block.layout()
        found = self._set.get(number)
        if found and layout.lineCount():
            self._set.move_to_end(number)
            return found
        setting = self._setter.set(number, layout)
        self._set[number] = setting
        self._heights.learn(number, setting.height)
        if len(self._set) > MOST_SET:
            oldest, _ = self._set.popitem(last=False)
            self.document().findBlockByNumber(oldest).clearLayout()
        return setting

    def mark_font(self, setting: Setting) -> QFont:
        return self._setter.font(setting)

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return len(self._heights)

    def line_top(self, offset: int) -> tuple[int, float]:
        """The block of a letter, and where in it its line begins."""
        number = self.lines.block_at(offset)
        setting = self.setting(number)
        line = self.words(number).lineForTextPosition(self.lines.within(number, offset))
        return number, max(line.y() + line.ascent() - setting.base, 0.0) if line.isValid() else 0.0

    def step(self, number: int) -> float:
        """From one line of a block to the next."""
        return self.setting(number).step

    def first_offset_below(self, y: float) -> int:
        """The first letter of the first line whose better part stands below a height."""
        number = self.block_at(y)
        setting = self.setting(number)
        words = self.words(number)
        depth = y - self.top(number)
        for index in range(words.lineCount()):
            line = words.lineAt(index)
            if line.y() + line.ascent() - setting.base + setting.step / 2 >= depth:
                return self.lines.offset(self._position(number) + line.textStart())
        return self.lines.span(min(number + 1, self.count - 1))[0]

    def tell_size(self) -> None:
        self.documentSizeChanged.emit(self.documentSize())

    def words(self, number: int) -> QTextLayout:
        return self.document().findBlockByNumber(number).layout()

    def _position(self, number: int) -> int:
        return self.document().findBlockByNumber(number).position()

    def rectangles(self, start: int, end: int, *, top: float, bottom: float) -> list[QRectF]:
        """Where `text[start:end]` stands between two heights of the document."""
        first = max(self.lines.block_at(start), self.block_at(top))
        last = min(self.lines.block_at(max(end - 1, start)), self.block_at(bottom))
        found: list[QRectF] = []
        for number in range(first, last + 1):
            rectangles = self.marks.stretches(self, number, start, end)
            y = self.top(number)
            found += [rectangle.translated(0, y) for rectangle in rectangles]
        return found

    # What Qt asks.

    def documentChanged(self, _from: int, _removed: int, _added: int) -> None:
        """Nothing to do: the page adds blocks at the end and says so itself."""

    def documentSize(self) -> QSizeF:
        return QSizeF(self.sheet.view, self._heights.total + 2 * (CANVAS + self.sheet.margin))

    def pageCount(self) -> int:
        return 1

    def frameBoundingRect(self, _frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if not 0 <= number < len(self._heights):
            return QRectF()
        setting = self.setting(number)
        return QRectF(0, self.top(number), self.sheet.view, setting.height)

    def hitTest(self, point: QPointF | QPoint | QPainterPath.Element, accuracy: Qt.HitTestAccuracy) -> int:
        if not len(self._heights):
            return 0
        at = QPointF(point)  # type: ignore[arg-type]  # Qt asks with points only
        number = self.block_at(at.y())
        self.setting(number)
        block = self.document().findBlockByNumber(number)
        at.setY(at.y() - self.top(number))
        found = _nearest(block.layout(), at, is_exact=accuracy is Qt.HitTestAccuracy.ExactHit)
        return -1 if found < 0 else block.position() + found

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip
        paint_paper(painter, clip, self)
        if not len(self._heights):
            return
        seen = range(self.block_at(clip.top()), self.block_at(clip.bottom()) + 1)
        for number in seen:
            self.setting(number)
        self.marks.paint(painter, self, seen)
        for number in seen:
            paint_setting(painter, self, number, clip)
        if context.cursorPosition >= 0:
            self._paint_caret(painter, context.cursorPosition)

    def _paint_caret(self, painter: QPainter, position: int) -> None:
        number = self.document().findBlock(position).blockNumber()
        if 0 <= number < len(self._heights):
            painter.fillRect(self.caret(position), self.marks.caret)

    def caret(self, position: int) -> QRectF:
        """Where the caret at Qt's position stands."""
        block = self.document().findBlock(position)
        number = block.blockNumber()
        setting = self.setting(number)
        at = position - block.position()
        line = block.layout().lineForTextPosition(at)
        x = _x_of(line.cursorToX(at)) if line.isValid() else self.sheet.text_left
        base = line.y() + line.ascent() if line.isValid() else setting.base
        height = 1.25 * setting.size
        return QRectF(x - 1, self.top(number) + base - 0.95 * setting.size, 2, height)


def _nearest(layout: QTextLayout, at: QPointF, *, is_exact: bool) -> int:
    """The place between letters that is nearest; with `is_exact`, the letter that is there, -1 if none is."""
    best, least = 0, float("inf")
    kinds = QTextLine.CursorPosition
    kind = kinds.CursorOnCharacter if is_exact else kinds.CursorBetweenCharacters
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        rectangle = line.naturalTextRect()
        below = max(rectangle.top() - at.y(), at.y() - rectangle.bottom(), 0.0)
        beside = max(rectangle.left() - at.x(), at.x() - rectangle.right(), 0.0)
        if is_exact and (below or beside):
            continue
        apart = below * 1000 + beside
        if apart < least:
            best, least = line.xToCursor(at.x(), kind), apart
    return -1 if is_exact and least == float("inf") else best


def _x_of(found: object) -> float:
    """PySide answers the place beside the position that it was asked for."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]
