"""One document in the reader: its view, or why there is none, and what is to be said above it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from archivist.ui.reader.view import ReaderView
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.field import line_edit
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.notice import EmptyState, Notice, Offer

SOON = 250  # milliseconds before a wait is worth a word
FIELD, LOCKED = 320, 176


class Sheet(QWidget):
    """Holds at most one view at a time."""

    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.view: ReaderView | None = None
        self.notice = Notice()
        self.draft_notice = Notice()
        self._notices = QWidget()
        self._notices.setObjectName("reader_notices")
        self._notices.setLayout(column(self.notice, self.draft_notice, margins=(12, 8, 12, 8), spacing=6))
        self._waiting = label(role="meta")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message: EmptyState | None = None
        self._password, self._locked = self._password_page()
        self._stack = QStackedWidget()
        for page in (self._waiting, self._password):
            self._stack.addWidget(page)
        self._late = QTimer(self, singleShot=True, interval=SOON)
        self._late.timeout.connect(lambda: self._waiting.setText(self.tr("Opening…")))
        layout = column(self._notices, self._stack)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._fit_notices()

    # ---- what it shows

    def wait(self) -> None:
        """Nothing is there yet; said only where it takes long enough to be read."""
        self._waiting.clear()
        self._late.start()
        self._stack.setCurrentWidget(self._waiting)

    def show_view(self, view: ReaderView) -> None:
        """In the place of the view before, which is ended."""
        self.drop_view()
        self.view = view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        self._late.stop()

    def show_view_again(self) -> None:
        if self.view is not None:
            self._late.stop()
            self._stack.setCurrentWidget(self.view)

    def drop_view(self) -> None:
        """End it, and all that works behind it."""
        if self.view is None:
            return
        view, self.view = self.view, None
        self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt allows what the binding forbids
        view.shut()
        self._stack.removeWidget(view)
        view.hide()
        view.deleteLater()

    def show_message(self, sign: str, title: str, sentence: str, offers: Sequence[Offer] = ()) -> None:
        """Why there is no view, and what helps."""
        self._late.stop()
        buttons = [push_button(words, handler=deed) for words, deed in offers]
        for button in buttons:
            button.setObjectName("sheet_offer")
        old, self._message = self._message, EmptyState(sign, title, sentence, *buttons)
        self._stack.addWidget(self._message)
        self._stack.setCurrentWidget(self._message)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def message(self) -> str:
        """What it says in the place of a view; empty where it says nothing."""
        is_shown = self._message is not None and self._stack.currentWidget() is self._message
        return self._message.words() if is_shown and self._message else ""

    def ask_password(self, sentence: str) -> None:
        self._late.stop()
        self._locked.say(sentence)
        self._stack.setCurrentWidget(self._password)
        field = self.password_field
        field.selectAll()
        if self.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def password_sentence(self) -> str:
        return self._locked.words()

    @property
    def asks_password(self) -> bool:
        return self._stack.currentWidget() is self._password

    def tell(self, level: str, sentence: str, offers: Sequence[Offer] = ()) -> None:
        """A sentence above the document; an empty one takes it back."""
        self._say(self.notice, level, sentence, offers)

    def tell_of_draft(self, sentence: str, offers: Sequence[Offer] = ()) -> None:
        self._say(self.draft_notice, "info", sentence, offers)

    # ---- inside

    def _say(self, notice: Notice, level: str, sentence: str, offers: Sequence[Offer]) -> None:
        if sentence:
            notice.tell(level, sentence, offers=offers)
        else:
            notice.clear()
        self._fit_notices()

    def _fit_notices(self) -> None:
        """Above the page no room is taken for nothing."""
        said = self.notice.text() or self.draft_notice.text()
        self._notices.setVisible(bool(said))

    def _password_page(self) -> tuple[QWidget, "_Locked"]:
        locked = _Locked(self.tr("This file is locked"))
        field = line_edit(self.tr("Password of this file"), placeholder=self.tr("Password of this file"))
        field.setObjectName("sheet_password")
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setFixedWidth(FIELD)
        self.password_field = field
        show = push_button(self.tr("Show the pages"), handler=self._give, kind="primary")
        field.returnPressed.connect(self._give)
        hint = label(self.tr("It is used to show the pages now, and kept nowhere."), "meta", wraps=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        page = QWidget()
        below = QVBoxLayout()
        below.setSpacing(10)
        below.addLayout(row(None, field, show, None, spacing=8))
        below.addWidget(hint)
        locked.setFixedHeight(LOCKED)
        layout = column(None, locked, below, None)
        layout.setStretch(0, 2)
        layout.setStretch(3, 3)
        page.setLayout(layout)
        return page, locked

    def _give(self) -> None:
        if words := self.password_field.text():
            self.password_given.emit(words)


class _Locked(EmptyState):
    """Says whether a password is needed, or another one."""

    def __init__(self, title: str) -> None:
        super().__init__("lock-key", title, "")
        self._own_title = title

    def say(self, sentence: str) -> None:
        self.tell(self._own_title, sentence)
