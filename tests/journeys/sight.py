"""What can be seen in a window, in words: what journeys wait for, and tell when they wait in vain."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QTabBar,
    QTextEdit,
    QWidget,
)

MOST_ROWS, MOST_LETTERS = 60, 300
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def plain(words: str) -> str:
    """As a user reads it: without marks of direction and of keys, white space as one space."""
    return " ".join(
        words.translate(_ISOLATES).replace("&&", "\0").replace("&", "").replace("\0", "&").split()
    )


def name_of(widget: QWidget | None) -> str:
    """What a screen reader calls it, or what stands on it."""
    if widget is None:
        return ""
    if spoken := widget.accessibleName():
        return plain(spoken)
    return plain(widget.text()) if isinstance(widget, QAbstractButton | QLineEdit | QLabel) else ""


def words_of(widget: QWidget) -> Iterator[str]:
    """What stands on one widget."""
    for kind, read in _READERS.items():
        if isinstance(widget, kind):
            yield from read(widget)
            return


def _of_line(line: QLineEdit) -> list[str]:
    is_secret = line.echoMode() is not QLineEdit.EchoMode.Normal
    return ["•" * len(line.text()) if is_secret else line.text()]


def _without_markup(label: QLabel) -> str:
    words = label.text()
    is_rich = label.textFormat() is not Qt.TextFormat.PlainText and words.startswith("<")
    return QTextDocumentFragment.fromHtml(words).toPlainText() if is_rich else words


def rows_of(view: QAbstractItemView) -> Iterator[str]:
    """The lines of a list that are in sight, as a screen reader has them."""
    model, room = view.model(), view.viewport().rect()
    shown = 0
    columns = 1 if isinstance(view, QListView) else model.columnCount(QModelIndex())
    for at in range(model.rowCount(QModelIndex())):
        line = [model.index(at, column) for column in range(columns)]
        if not any(view.visualRect(index).intersects(room) for index in line):
            if shown:
                return
            continue
        shown += 1
        if shown > MOST_ROWS:
            return
        yield " · ".join(filter(None, map(_line, line)))


def _line(index: QModelIndex) -> str:
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or ""
    return plain(str(spoken))[:MOST_LETTERS]


_READERS: dict[type[QWidget], Callable[[Any], Iterable[str]]] = {
    QLabel: lambda label: [_without_markup(label)],
    QAbstractButton: lambda button: [button.text()],
    QLineEdit: _of_line,
    QTextEdit: lambda area: [area.toPlainText()[:MOST_LETTERS]],
    QComboBox: lambda box: [box.currentText()],
    QTabBar: lambda bar: [bar.tabText(at) for at in range(bar.count())],
    QMenu: lambda menu: [action.text() for action in menu.actions()],
    QAbstractItemView: rows_of,
}


def seen(window: QWidget) -> list[str]:
    """All words in sight, from the widgets that lie on top as from those below."""
    menu = QApplication.activePopupWidget()
    widgets = [window, *window.findChildren(QWidget), *([menu] if menu else ())]
    found = (plain(words) for widget in widgets if widget.isVisible() for words in words_of(widget))
    return [words for words in found if words]


def focused() -> str:
    """Where the keys go."""
    widget = QApplication.focusWidget()
    if widget is None:
        return "nowhere"
    return f"{type(widget).__name__} “{name_of(widget)}” ({widget.objectName() or 'without object name'})"


def told(window: QWidget) -> str:
    """The window as a report for whoever reads why a journey has failed."""
    lines = "\n".join(f"    {words[:160]}" for words in seen(window))
    active = "" if window.isActiveWindow() else ", which is not the active window"
    return f"  The focus is in {focused()}{active}. In sight:\n{lines}"
