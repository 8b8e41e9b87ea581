"""Names to choose from, right below the field in which one types: nothing is covered, the focus stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from archivist.model.ids import name_key
from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.painting import (
    draw_line,
    font,
    leading,
    mirrored,
    rounded,
    text_width,
    trailing,
)
from archivist.ui.words import number

ROW, MOST_ROWS = 28, 6
SUGGESTION = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing to choose; `also` are the other names that find it. One that `is_new` is made when chosen."""

    key: str
    name: str
    hue: str = "slate"
    count: int = 0
    sign: str = "hash"
    also: tuple[str, ...] = ()
    is_new: bool = False


def ranked(known: Iterable[Suggestion], words: str) -> list[Suggestion]:
    """Those with `words` in a name: first where a name begins with them, the most used first."""
    key = name_key(words)
    begins: list[Suggestion] = []
    holds: list[Suggestion] = []
    for one in known:
        names = [name_key(name) for name in (one.name, *one.also)]
        if any(name.startswith(key) for name in names):
            begins.append(one)
        elif any(key in name for name in names):
            holds.append(one)
    for found in (begins, holds):
        found.sort(key=lambda one: -one.count)
    return begins + holds


class SuggestionList(QFrame):
    """Shows what fits; the field above says which one is meant by arrow keys and Enter."""

    picked = Signal(object)
    resized = Signal()

    def __init__(self, name: str, key_hint: str = "") -> None:
        super().__init__()
        self.setObjectName("suggestions")
        self._model = _Model(self)
        self._list = QListView()
        self._list.setAccessibleName(name)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Delegate(self._list, key_hint))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self.picked.emit(index.data(SUGGESTION)))
        self.setLayout(column(self._list, margins=(3, 3, 3, 3)))
        self.hide()

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these, the first one as the one that is meant; none hide the list."""
        self._model.show(suggestions)
        self._list.setFixedHeight(ROW * max(1, min(MOST_ROWS, len(suggestions))))
        self.setFixedHeight(self._list.height() + 8)
        if suggestions:
            self._list.setCurrentIndex(self._model.index(0))
        self.setVisible(bool(suggestions))
        self.resized.emit()

    def step(self, by: int) -> None:
        """From the last one to the first, and back."""
        if count := self._model.rowCount():
            at = (self._list.currentIndex().row() + by) % count
            self._list.setCurrentIndex(self._model.index(at))

    def current(self) -> Suggestion | None:
        """The one that Enter would take; None while nothing is shown."""
        found: Suggestion | None = None if self.isHidden() else self._list.currentIndex().data(SUGGESTION)
        return found

    def suggestions(self) -> Sequence[Suggestion]:
        return () if self.isHidden() else self._model.suggestions


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.suggestions: Sequence[Suggestion] = ()

    def show(self, suggestions: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.suggestions = suggestions
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.suggestions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.suggestions[index.row()]
        if role == SUGGESTION:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return one.name if one.is_new else f"{one.name}, {number(one.count)}"
        return None


class _Delegate(QStyledItemDelegate):
    """Sign, name, number of quotes; for a new one the keys that make it."""

    def __init__(self, parent: QWidget, key_hint: str) -> None:
        super().__init__(parent)
        self._key_hint = key_hint

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = Theme.current()
        one: Suggestion = index.data(SUGGESTION)
        box: QRect = option.rect
        towards: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, box, 6, theme.color("accentSoft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, box, 6, theme.color("hover"))
        sign = QRect(box.x() + 10, box.y() + (ROW - 15) // 2, 15, 15)
        ink = theme.color("text2") if one.is_new else theme.ink(one.hue)
        draw_icon(painter, "plus" if one.is_new else one.sign, mirrored(sign, box, towards), ink)
        aside = self._paint_aside(painter, box, one, towards)
        name = QRect(box.x() + 34, box.y(), box.width() - 34 - aside, ROW)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        ink = theme.color("text2" if one.is_new else "text")
        draw_line(painter, mirrored(name, box, towards), one.name, font(13), ink, leading(towards))
        painter.restore()

    def _paint_aside(
        self, painter: QPainter, box: QRect, one: Suggestion, towards: Qt.LayoutDirection
    ) -> int:
        """What stands at the end of the row; answers the width that it takes."""
        theme = Theme.current()
        if not one.is_new:
            place = QRect(box.right() - 58, box.y(), 50, ROW)
            words = number(one.count)
            draw_line(
                painter,
                mirrored(place, box, towards),
                words,
                font(12),
                theme.color("text2"),
                trailing(towards),
            )
            return 66
        if not self._key_hint:
            return 10
        width = text_width(self._key_hint, font(11)) + 12
        cap = mirrored(QRect(box.right() - width - 7, box.y() + 5, width, ROW - 10), box, towards)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.color("border2"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(font(11))
        painter.setPen(theme.color("text2"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key_hint)
        return width + 14
