"""To which cases a passage speaks, and how: a line for each, with suggestions while one types."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from archivist.model.case import Case
from archivist.model.ids import CaseId, name_key
from archivist.model.quote import Role
from archivist.ui.icons import icon
from archivist.ui.quotes.draft import CaseChoice
from archivist.ui.quotes.wording import ROLE_ICONS, role_name
from archivist.ui.theme import hue_of
from archivist.ui.widgets.buttons import link_button, tool_button
from archivist.ui.widgets.layout import column, restyle, row
from archivist.ui.widgets.segmented import Segmented
from archivist.ui.widgets.suggestions import Suggestion, SuggestionList, ranked
from archivist.ui.words import isolate

MOST_OFFERED = 40
LINE = 34
_STILL_HERE = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CaseField(QWidget):
    """One line for each case, the last one may be empty; another one by its link."""

    changed = Signal()
    finished = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Cases"))
        self._known: list[Suggestion] = []
        self._lines: list[CaseLine] = []
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(6)
        self._more = link_button(self.tr("Add another case"), self._add_and_go)
        self._more.setObjectName("case_more")
        self.setLayout(column(self._body, row(self._more, None), spacing=2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_cases(())

    def offer(self, cases: Iterable[Case]) -> None:
        """The cases that there are."""
        self._known = [
            Suggestion(
                case.id, case.name, hue_of(case.colour, case.id), case.quotes, "briefcase", case.aliases
            )
            for case in cases
            if not case.deleted
        ]
        for line in self._lines:
            line.offer(self._known)

    def cases(self) -> tuple[CaseChoice, ...]:
        """Each case once; the last that is said of it holds."""
        chosen = [line.choice() for line in self._lines]
        return tuple({choice[0] or name_key(choice[1]): choice for choice in chosen if choice}.values())

    def set_cases(self, cases: Sequence[CaseChoice]) -> None:
        """Show these; says nothing."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for choice in cases or (None,):
            self._add(choice)
        self._show_more()

    def take_pending(self) -> None:
        """Whoever typed a name and goes on meant it."""
        for line in self._lines:
            line.take_pending()

    def focus_last(self) -> None:
        self._lines[-1].entry.setFocus(Qt.FocusReason.TabFocusReason)

    # ---- lines

    def _add(self, choice: CaseChoice | None) -> "CaseLine":
        line = CaseLine(choice)
        line.offer(self._known)
        line.changed.connect(self._tell)
        line.finished.connect(self.finished)
        line.resized.connect(self.resized)
        line.emptied.connect(lambda: self._remove(line))
        self._lines.append(line)
        self._body.addWidget(line)
        line.show()  # at once: the focus may be meant for it
        self.setFocusProxy(self._lines[0].entry)
        return line

    def _add_and_go(self) -> None:
        self._add(None).entry.setFocus(Qt.FocusReason.TabFocusReason)
        self._show_more()

    def _remove(self, line: "CaseLine") -> None:
        """The only one stays, empty."""
        if len(self._lines) > 1:
            self._lines.remove(line)
            line.hide()
            line.deleteLater()
            self.focus_last()
        self._tell()

    def _tell(self) -> None:
        self._show_more()
        self.changed.emit()

    def _show_more(self) -> None:
        self._more.setVisible(all(line.choice() for line in self._lines))
        self.setFocusProxy(self._lines[0].entry)
        self.resized.emit()


class CaseLine(QWidget):
    """A case by its name, and below it what the quote does for it."""

    changed = Signal()
    finished = Signal()
    emptied = Signal()
    resized = Signal()

    def __init__(self, choice: CaseChoice | None) -> None:
        super().__init__()
        self._known: list[Suggestion] = []
        self._case: tuple[CaseId | None, str] | None = (choice[0], choice[1]) if choice else None
        self.entry = QLineEdit(choice[1] if choice else "")
        self.entry.setProperty("inner", True)
        self.entry.setObjectName("case_entry")
        self.entry.setAccessibleName(self.tr("Case"))
        self.entry.setPlaceholderText(self.tr("Link to a case"))
        self.entry.setCursorPosition(0)
        self._list = SuggestionList(self.tr("Cases that fit"), self.tr("Ctrl Enter"))
        self._clear = tool_button("x", self.tr("Take out of this case"), self._empty, size=13)
        self._open = tool_button("caret-down", self.tr("Show the cases"), self._show_all, size=14)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        options = [(role.value, role_name(role), ROLE_ICONS[role][0]) for role in Role]
        self.role = Segmented(self.tr("Role"), options)
        self.role.choose(choice[2].value if choice else Role.SUPPORTS.value)
        self._lay_out()
        self.entry.installEventFilter(self)
        self.entry.textEdited.connect(self._edited)
        self._list.picked.connect(self._take)
        self._list.resized.connect(self.resized)
        self.role.chosen.connect(lambda _: self.changed.emit())
        self._show_state()

    def _lay_out(self) -> None:
        sign = tool_button("briefcase", "", size=16)
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        sign.setIcon(icon("briefcase"))
        self._box = QFrame()
        self._box.setObjectName("entry_box")
        self._box.setFixedHeight(LINE)
        self._box.setLayout(row(sign, self.entry, self._clear, self._open, margins=(4, 1, 4, 1), spacing=2))
        self.setLayout(column(self._box, self._list, self.role, spacing=4))

    def offer(self, known: list[Suggestion]) -> None:
        """They may come while one types, or after one has chosen to make a case that there is already."""
        self._known = known
        if self._case and self._case[0] is None:
            self._case = self._named(self._case[1])
        if not self._list.isHidden():
            self._list.offer(self._fitting(self._words()))

    def choice(self) -> CaseChoice | None:
        return (*self._case, Role(self.role.choice())) if self._case else None

    def take_pending(self) -> None:
        words = self._words()
        if words and not self._case:
            self._set(self._named(words))

    def _named(self, words: str) -> tuple[CaseId | None, str]:
        """The case of that name, or a new one."""
        key = name_key(words)
        known = next((one for one in self._known if key in map(name_key, (one.name, *one.also))), None)
        return (CaseId(known.key), known.name) if known else (None, words)

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entry and isinstance(event, QFocusEvent):
            self._box.setProperty("focused", event.gotFocus())
            restyle(self._box)
            if event.lostFocus() and event.reason() not in _STILL_HERE:
                self._list.offer(())
        elif watched is self.entry and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ENTER and is_control:
            if self._words() and not self._case:
                self.take_pending()
            else:
                self.finished.emit()
            return True
        if key in _ENTER:
            if chosen := self._list.current():
                self._take(chosen)
            return True
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape and not self._list.isHidden():
            self._list.offer(())
            return True
        return False

    def _step(self, by: int) -> None:
        if self._list.isHidden():
            self._show_all()
        else:
            self._list.step(by)
        current = self._list.current()
        self.entry.setAccessibleDescription(current.name if current else "")

    # ---- choosing

    def _words(self) -> str:
        return " ".join(self.entry.text().split())

    def _edited(self) -> None:
        """Other words are another case, or none yet."""
        if self._case:
            self._case = None
            self._show_state()
            self.changed.emit()
        words = self._words()
        self._list.offer(self._fitting(words) if words else ())

    def _show_all(self) -> None:
        self.entry.setFocus()
        self._list.offer(self._fitting("" if self._case else self._words()))

    def _fitting(self, words: str) -> list[Suggestion]:
        found = ranked(self._known, words)[:MOST_OFFERED]
        if words and name_key(words) not in {name_key(one.name) for one in self._known}:
            new = self.tr("New case “{}”").format(isolate(words))
            found.append(Suggestion(words, new, is_new=True))
        return found

    def _take(self, chosen: Suggestion) -> None:
        self._set((None, chosen.key) if chosen.is_new else (CaseId(chosen.key), chosen.name))

    def _set(self, case: tuple[CaseId | None, str]) -> None:
        self._case = case
        self.entry.setText(case[1])
        self._list.offer(())
        self._show_state()
        self.changed.emit()

    def _empty(self) -> None:
        self._case = None
        self.entry.clear()
        self._list.offer(())
        self._show_state()
        self.entry.setFocus()
        self.emptied.emit()

    def _show_state(self) -> None:
        self.role.setVisible(self._case is not None)
        self._clear.setVisible(self._case is not None)
        self._open.setVisible(self._case is None)
        self.resized.emit()
