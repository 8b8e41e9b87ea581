"""Tab inside of what floats over the window: from field to field as they stand, and round again.

Qt's own chain of focus goes by the age of widgets, and must not be asked for: in PySide 6.11
`nextInFocusChain` makes each widget the owner of the next, so that later the end of one makes the
living ones after it unusable, which crashes.
"""

from collections.abc import Iterator
from functools import cmp_to_key, partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_round(root: QWidget, forward: bool) -> bool:
    """Move the focus to the next field inside `root`, from the last to the first."""
    fields = list(_fields(root))
    if not fields:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    now = QApplication.focusWidget()
    at = fields.index(now) if now in fields else (-1 if forward else 0)
    for step in range(1, len(fields) + 1):
        fields[(at + (step if forward else -step)) % len(fields)].setFocus(reason)
        if QApplication.focusWidget() is not now:  # parts of one field hand the focus back to it
            break
    return True


def _fields(root: QWidget) -> Iterator[QWidget]:
    """What Tab comes to: row by row, and in a row from where reading begins."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    inside = [child for child in root.findChildren(QWidget, options=direct) if child.isVisibleTo(root)]
    towards = -1 if root.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
    for child in sorted(inside, key=cmp_to_key(partial(_order, towards))):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled():
            yield child
        yield from _fields(child)


def _order(towards: int, one: QWidget, other: QWidget) -> int:
    """Negative where `one` comes first."""
    here, there = one.geometry(), other.geometry()
    shared = min(here.bottom(), there.bottom()) - max(here.top(), there.top())
    if 2 * shared > min(here.height(), there.height()):
        return towards * (here.center().x() - there.center().x())
    return here.top() - there.top()
