"""A hit in its context: the words around it, as far as they help to judge it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QTextEdit

from archivist.model.text import to_utf16
from archivist.model.writing import Direction, direction
from archivist.services.results import Context
from archivist.ui.theme import PAPER_TEXT, Theme, hue_of
from archivist.ui.widgets.buttons import push_button, tool_button
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.words import isolate, number

WIDTH = 364
_FACES = ["Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Noto Serif Tibetan", "DejaVu Serif"]


class Preview(QFrame):
    """Shows where the chosen passage stands; Open goes there."""

    open_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side_pane")
        self.setFixedWidth(WIDTH)
        self._count = label(role="meta")
        self._before = tool_button(
            "caret-up", self.tr("Previous passage"), lambda: self.step_wanted.emit(-1), size=16
        )
        self._after = tool_button(
            "caret-down", self.tr("Next passage"), lambda: self.step_wanted.emit(1), size=16
        )
        self._title = label(role="h1", wraps=True)
        self._meta = label(role="meta", wraps=True)
        self._words = _Words()
        self._quoted = _Quoted()
        self._open = push_button(self.tr("Open"), "book-open", self.open_wanted.emit, kind="primary")
        self._open.setObjectName("open_hit")
        head = panel(
            "side_head",
            row(
                label(self.tr("In context"), "h2"),
                None,
                self._count,
                self._before,
                self._after,
                margins=(16, 0, 8, 0),
            ),
            height=40,
        )
        body = column(self._title, 4, self._meta, 12, self._words, 10, self._quoted, margins=(16, 12, 16, 12))
        body.setStretchFactor(self._words, 1)
        body.addStretch(0)
        foot = panel("pane_foot", row(None, self._open, margins=(16, 0, 16, 0)), height=58)
        self.setLayout(column(head, body, foot))
        self.show_nothing()

    def show_nothing(self) -> None:
        for shown in (self._title, self._meta, self._count):
            shown.clear()
        self._words.clear()
        self._words.hide()
        self._quoted.hide()
        self._open.setEnabled(False)

    def show_place(self, number_here: int, of: int) -> None:
        self._count.setText(self.tr("{} of {}").format(number(number_here), number(of)) if of else "")
        self._before.setEnabled(number_here > 1)
        self._after.setEnabled(number_here < of)

    def show_context(self, title: str, meta: str, context: Context | None) -> None:
        self._title.setText(isolate(title))
        self._meta.setText(meta)
        self._open.setEnabled(True)
        self._words.setVisible(context is not None)
        self._quoted.tell(context)
        if context is not None:
            self._words.tell(context)


class _Words(QTextEdit):
    """Paper stays white in the dark; it is read, never typed into."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("context")
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setAccessibleName(self.tr("The words around the hit"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(16)

    def tell(self, context: Context) -> None:
        self.clear()
        face = QFont()
        face.setFamilies(_FACES)
        face.setPixelSize(14)
        cursor = QTextCursor(self.document())
        option = self.document().defaultTextOption()
        is_rtl = direction(context.words) is Direction.RTL
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        plain = QTextCharFormat()
        plain.setFont(face)
        plain.setForeground(QColor(PAPER_TEXT))
        cursor.insertText(context.words, plain)
        hit = QTextCharFormat()
        hit.setBackground(Theme.paper("amber"))
        hit.setFontWeight(QFont.Weight.DemiBold)
        for start, end in context.marks:
            cursor.setPosition(to_utf16(context.words, start))
            cursor.setPosition(to_utf16(context.words, end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(hit)
        first = context.marks[0][0] if context.marks else 0
        cursor.setPosition(to_utf16(context.words, first))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().y() - self.viewport().height() // 3)


class _Quoted(QFrame):
    """Says that the passage is a quote already."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._tags = label(role="meta", wraps=True)
        self._bar = QLabel()
        self._bar.setFixedWidth(4)
        words = column(label(self.tr("Already quoted"), "section"), self._tags, spacing=4)
        layout = row(self._bar, words, margins=(10, 10, 12, 10), spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def tell(self, context: Context | None) -> None:
        quotes = context.quotes if context else ()
        self.setVisible(bool(quotes))
        if quotes:
            said = [tag.name for tag in quotes[0].tags] + [case.name for case, _ in quotes[0].cases]
            self._tags.setText(" · ".join(isolate(name) for name in said) or self.tr("without a tag"))
            hue = hue_of(quotes[0].quote.colour or "amber")
            self._bar.setStyleSheet(f"background: {Theme.current().bar(hue).name()}; border-radius: 2px;")
