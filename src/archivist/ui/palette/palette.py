"""The palette itself: a field, and below it what fits, best first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from archivist.ui.icons import draw_icon
from archivist.ui.palette.matching import MISS, bare, fits_bare
from archivist.ui.theme import Theme
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, rounded, trailing
from archivist.ui.widgets.popover import cast_shadow, give_focus_back

WIDTH, TOP, ROW = 620, 96, 40
MOST_SHOWN = 9
_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is called, what stands at its end, and what choosing it does."""

    text: str
    icon: str
    run: Callable[[], Any]
    hint: str = ""
    is_always: bool = False
    """Shown whatever is typed, after all that fits."""


class Palette(QFrame):
    """Opens over the window; letters filter, arrows choose, Enter does, Esc leaves."""

    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Commands and places"))
        self._entries: list[tuple[str, Entry]] = []  # with their bare names
        self._before: QWidget | None = None
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("What do you want to do, or where to go?"))
        self.field.setAccessibleName(self.tr("Type to find a command, case, tag or document"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self._model = QStandardItemModel(self.list)
        self.list.setModel(self._model)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.setLayout(column(self.field, self.list, margins=(1, 1, 1, 6)))
        cast_shadow(self, blur=60, down=16)
        self.hide()

    def open(self, entries: list[Entry], *, text: str = "") -> None:
        self._before = self.window().focusWidget()
        self._entries = [(bare(entry.text), entry) for entry in entries]
        self.field.setText(text)
        self.field.selectAll()
        self._fill()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self, entries: list[Entry]) -> None:
        """More to choose from, e.g. documents that were looked up meanwhile."""
        known = {(entry.text, entry.icon) for _, entry in self._entries}
        new = [entry for entry in entries if (entry.text, entry.icon) not in known]
        self._entries += [(bare(entry.text), entry) for entry in new]
        self._fill()

    def dismiss(self) -> None:
        self.hide()
        give_focus_back(self._before)
        self._before = None

    def shown(self) -> list[str]:
        """The names that fit, best first."""
        return [self._model.item(at).text() for at in range(self._model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take(event.key())
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _take(self, key: int) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            count = self._model.rowCount()
            if count:
                at = (self.list.currentIndex().row() + steps[Qt.Key(key)]) % count
                self.list.setCurrentIndex(self._model.index(at, 0))
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(self.list.currentIndex().row())
            return True
        if key == Qt.Key.Key_Escape:
            self.dismiss()
            return True
        return key == Qt.Key.Key_Tab

    def _typed(self, text: str) -> None:
        self._fill()
        self.typed.emit(text.strip())

    def _fill(self) -> None:
        letters = bare(self.field.text())
        scored = [(fits_bare(letters, name), entry) for name, entry in self._entries if not entry.is_always]
        best = sorted((pair for pair in scored if pair[0] != MISS), key=lambda pair: -pair[0])
        chosen = [entry for _, entry in best][: MOST_SHOWN * 6]
        if letters:
            chosen += [entry for _, entry in self._entries if entry.is_always]
        self._model.clear()
        for entry in chosen:
            item = QStandardItem(entry.text)
            item.setEditable(False)
            item.setData(entry, _ENTRY)
            item.setData(f"{entry.text} {entry.hint}".strip(), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if chosen:
            self.list.setCurrentIndex(self._model.index(0, 0))
        self._fit()

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        rows = max(1, min(MOST_SHOWN, self._model.rowCount()))
        height = self.field.sizeHint().height() + rows * ROW + 12
        width = min(WIDTH, parent.width() - 40)
        self.setGeometry(QRect((parent.width() - width) // 2, min(TOP, parent.height() // 8), width, height))

    def _run(self, at: int) -> None:
        if not 0 <= at < self._model.rowCount():
            return
        entry: Entry = self._model.item(at).data(_ENTRY)
        self.dismiss()
        entry.run()


class _EntryDelegate(QStyledItemDelegate):
    """An icon, a name, and at the end a shortcut or a number."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(_ENTRY)
        theme = Theme.current()
        state: Any = option.state
        box: QRect = option.rect
        towards: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = box.adjusted(6, 1, -6, -1)
        if state & QStyle.StateFlag.State_Selected:
            rounded(painter, row, 7, theme.color("accentSoft"))
        icon_box = mirrored(QRect(row.x() + 10, row.center().y() - 8, 17, 17), row, towards)
        draw_icon(painter, entry.icon or "circle", icon_box, theme.color("text2"))
        words = mirrored(QRect(row.x() + 40, row.y(), row.width() - 190, row.height()), row, towards)
        draw_line(painter, words, entry.text, font(14), theme.color("text"), leading(towards))
        hint = mirrored(QRect(row.right() - 142, row.y(), 130, row.height()), row, towards)
        draw_line(painter, hint, entry.hint, font(12), theme.color("text3"), trailing(towards))
        painter.restore()
