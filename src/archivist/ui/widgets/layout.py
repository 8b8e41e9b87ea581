"""Rows, columns, panels and lines between them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

Item = QWidget | QLayout | int | None
"""A widget, a layout, a gap in pixels, or None for whatever room is left."""

Margins = tuple[int, int, int, int]
"""Before, above, behind, below: Qt mirrors rows, but not their margins."""
NO_MARGINS: Margins = (0, 0, 0, 0)


def row(*items: Item, margins: Margins = NO_MARGINS, spacing: int = 4) -> QHBoxLayout:
    """Left to right; mirrored where the interface is, margins too."""
    layout = QHBoxLayout()
    _fill(layout, items, margins, spacing)
    return layout


def column(*items: Item, margins: Margins = NO_MARGINS, spacing: int = 0) -> QVBoxLayout:
    layout = QVBoxLayout()
    _fill(layout, items, margins, spacing)
    return layout


def panel(name: str, layout: QLayout, *, height: int = 0) -> QFrame:
    """A frame that the style sheet knows by `name`."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setLayout(layout)
    if height:
        frame.setFixedHeight(height)
    return frame


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """`role` is one of the style sheet's: display, lead, title, count, h1, h2, section, meta and so on."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    # Left to itself it stands where its words begin; ours stand where the interface begins.
    side = Qt.AlignmentFlag.AlignRight if _is_rtl() else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
    return made


def vertical_line(height: int = 20) -> QFrame:
    line = QFrame()
    line.setObjectName("vsep")
    line.setFixedHeight(height)
    return line


def horizontal_line() -> QFrame:
    line = QFrame()
    line.setObjectName("hsep")
    return line


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and away."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a property has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_margins(layout: QLayout, margins: Margins) -> None:
    """With those before and behind at the sides where reading begins and ends."""
    before, above, behind, below = margins
    left, right = (behind, before) if _is_rtl() else (before, behind)
    layout.setContentsMargins(left, above, right, below)


def _is_rtl() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _fill(layout: QBoxLayout, items: tuple[Item, ...], margins: Margins, spacing: int) -> None:
    set_margins(layout, margins)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
