"""Choosing a tag or a case by name: a field, what matches, and what the choice will do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from archivist.ui.icons import draw_icon
from archivist.ui.tags.hues import TAG_ICON
from archivist.ui.tags.tree import having
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.field import line_edit
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.painting import draw_line, font, leading, mirrored, rounded, trailing
from archivist.ui.widgets.popover import Popover
from archivist.ui.words import number

WIDTH, ROW, MOST_ROWS = 340, 28, 8
INDENT = 14
CHOICE = Qt.ItemDataRole.UserRole
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; `also` are the other names that find it."""

    key: str
    name: str
    hue: str
    count: int
    depth: int = 0
    also: tuple[str, ...] = ()
    sign: str = TAG_ICON


class Picker(Popover):
    """Type to narrow, arrows to move, Enter or the button to choose; says first what that will do."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, name: str, verb: str) -> None:
        super().__init__(parent, name)
        self._choices: Sequence[Choice] = ()
        self._explain: Callable[[Choice], str] = lambda _: ""
        self.field = line_edit(name, placeholder=self.tr("Type to narrow"), leading="magnifying-glass")
        self.field.setObjectName("picker_field")
        self.list = QListView()
        self.list.setObjectName("picker_list")
        self.list.setAccessibleName(name)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = _Model(self.list)
        self.list.setModel(self._model)
        self.words = label(role="meta", wraps=True)
        self.words.setObjectName("picker_words")
        self.words.setMinimumHeight(3 * self.words.fontMetrics().lineSpacing())
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.button = push_button(verb, handler=self._choose, kind="primary")
        self.button.setObjectName("picker_do")
        self._lay_out(name)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._told)
        self.list.doubleClicked.connect(lambda _: self._choose())

    def _lay_out(self, name: str) -> None:
        self.setFixedWidth(WIDTH)
        foot = row(None, self.button)
        self.setLayout(
            column(
                label(name, "h2"),
                self.field,
                self.list,
                self.words,
                foot,
                margins=(14, 12, 14, 12),
                spacing=8,
            )
        )

    def offer(self, choices: Sequence[Choice], explain: Callable[[Choice], str]) -> None:
        self._choices, self._explain = choices, explain
        self.list.setFixedHeight(ROW * max(1, min(MOST_ROWS, len(choices))) + 2)
        self.field.clear()
        self._narrow("")

    def open_at(self, rect: QRect) -> None:
        """Beside `rect`, in the parent's coordinates; the field is ready to type in."""
        self.open_beside(rect)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field has no use for comes here: up and down move in the list."""
        if event.key() not in _MOVES:
            super().keyPressEvent(event)
            return
        page = MOST_ROWS if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} else 1
        step = page if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} else -page
        last = self._model.rowCount() - 1
        if last >= 0:
            at = max(0, min(last, self.list.currentIndex().row() + step))
            self.list.setCurrentIndex(self._model.index(at))

    def current(self) -> Choice | None:
        choice: Choice | None = self.list.currentIndex().data(CHOICE)
        return choice

    def _narrow(self, words: str) -> None:
        matches = having(words)
        self._model.show([one for one in self._choices if any(map(matches, (one.name, *one.also)))])
        # Nothing is chosen before the user did something: Enter alone must not do a deed.
        if words.strip() and self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))
        self._told()

    def _told(self, *_: object) -> None:
        choice = self.current()
        self.button.setEnabled(choice is not None)
        if choice is not None:
            self.words.setText(self._explain(choice))
        elif self._model.rowCount():
            self.words.setText(self.tr("Type some letters, or go down with the arrow key."))
        else:
            self.words.setText(self.tr("Nothing has these letters in its name."))

    def _choose(self) -> None:
        if choice := self.current():
            self.dismiss()
            self.chosen.emit(choice.key)


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices: Sequence[Choice] = ()

    def show(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self._choices[index.row()]
        if role == CHOICE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{choice.name}, {number(choice.count)}"
        return None


class _Delegate(QStyledItemDelegate):
    """Sign, name, number of quotes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all are alike
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = Theme.current()
        choice: Choice = index.data(CHOICE)
        box: QRect = option.rect
        towards: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, box.adjusted(0, 1, 0, -1), 6, theme.color("accentSoft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, box.adjusted(0, 1, 0, -1), 6, theme.color("hover"))
        indent = 8 + INDENT * min(choice.depth, 5)
        sign = QRect(box.x() + indent, box.y() + (ROW - 15) // 2, 15, 15)
        draw_icon(painter, choice.sign, mirrored(sign, box, towards), theme.ink(choice.hue))
        count = mirrored(QRect(box.right() - 56, box.y(), 48, ROW), box, towards)
        name = QRect(box.x() + indent + 22, box.y(), box.width() - indent - 82, ROW)
        draw_line(painter, count, number(choice.count), font(12), theme.color("text2"), trailing(towards))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        draw_line(
            painter,
            mirrored(name, box, towards),
            choice.name,
            font(13),
            theme.color("text"),
            leading(towards),
        )
        painter.restore()
