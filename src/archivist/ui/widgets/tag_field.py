"""A line of tags: each a pill, more by typing, with suggestions below; all by keyboard."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from archivist.model.ids import name_key
from archivist.model.tag import Tag
from archivist.ui.theme import hue_of
from archivist.ui.widgets.entry_box import EntryBox
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.suggestions import Suggestion, SuggestionList, ranked
from archivist.ui.words import isolate

MOST_OFFERED = 40
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STILL_HERE = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
_SEPARATORS = {Qt.Key.Key_Comma, Qt.Key.Key_Semicolon}


class TagField(QWidget):
    """Holds names of tags. Enter takes what is suggested, Ctrl+Enter makes a new one of the words.

    With nothing typed, Backspace removes the last tag and Ctrl+Enter finishes.
    """

    changed = Signal()
    finished = Signal()
    resized = Signal()

    def __init__(self, name: str = "", *, placeholder: str = "") -> None:
        super().__init__()
        name = name or self.tr("Tags")
        self.setAccessibleName(name)
        self.known: list[Suggestion] = []
        self._tags: list[str] = []
        self.box = EntryBox("tag-simple", name, placeholder or self.tr("Add a tag"))
        self.entry = self.box.entry
        self.entry.setObjectName("tag_entry")
        self.suggestions = SuggestionList(self.tr("Tags that fit"), self.tr("Ctrl Enter"))
        self.setLayout(column(self.box, self.suggestions, spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.entry)
        self.entry.installEventFilter(self)
        self.entry.textEdited.connect(lambda _: self._suggest())
        self.suggestions.picked.connect(self._take)
        self.suggestions.resized.connect(self.resized)
        self.box.resized.connect(self.resized)

    def offer(self, tags: Iterable[Tag]) -> None:
        """The tags that there are."""
        self.known = [
            Suggestion(tag.id, tag.name, hue_of(tag.colour, tag.id), tag.quotes)
            for tag in tags
            if not tag.deleted
        ]
        self._show_pills()
        if not self.suggestions.isHidden():
            self._suggest()

    def tags(self) -> tuple[str, ...]:
        """The names that stand there."""
        return tuple(self._tags)

    def set_tags(self, names: Sequence[str]) -> None:
        """Show these; says nothing."""
        self._tags = list(dict.fromkeys(names))
        self.entry.clear()
        self.suggestions.offer(())
        self._show_pills()

    def pending(self) -> str:
        """What is typed and no tag yet."""
        return " ".join(self.entry.text().split())

    def take_pending(self) -> None:
        """Whoever typed a name and goes on meant it."""
        if name := self.pending():
            self._add(self._spelled(name))

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entry and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STILL_HERE:
            self.suggestions.offer(())
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ENTER:
            return self._enter(is_control=is_control)
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape and not self.suggestions.isHidden():
            self.suggestions.offer(())
            return True
        if key in _SEPARATORS and self.pending():
            self.take_pending()
            return True
        if key == Qt.Key.Key_Backspace and not self.entry.text() and self._tags:
            self._remove(self._tags[-1])
            return True
        return False

    def _enter(self, *, is_control: bool) -> bool:
        if is_control and not self.pending():
            self.finished.emit()
        elif is_control:
            self.take_pending()
        elif chosen := self.suggestions.current():
            self._take(chosen)
        else:
            self.take_pending()
        return True

    def _step(self, by: int) -> None:
        if self.suggestions.isHidden():
            self._suggest(all_of_them=True)
        else:
            self.suggestions.step(by)
        current = self.suggestions.current()
        self.entry.setAccessibleDescription(current.name if current else "")

    # ---- tags

    def _suggest(self, *, all_of_them: bool = False) -> None:
        words = self.pending()
        if not words and not all_of_them:
            self.suggestions.offer(())
            return
        held = {name_key(name) for name in self._tags}
        found = [one for one in ranked(self.known, words) if name_key(one.name) not in held][:MOST_OFFERED]
        if words and name_key(words) not in {name_key(one.name) for one in self.known} | held:
            new = self.tr("New tag “{}”").format(isolate(words))
            found.append(Suggestion(words, new, is_new=True))
        self.suggestions.offer(found)

    def _take(self, chosen: Suggestion) -> None:
        self._add(chosen.key if chosen.is_new else chosen.name)
        self.entry.setFocus()

    def _add(self, name: str) -> None:
        self.entry.clear()
        self.suggestions.offer(())
        if name_key(name) not in map(name_key, self._tags):
            self._tags.append(name)
            self._show_pills()
            self.changed.emit()

    def _remove(self, name: str) -> None:
        self._tags.remove(name)
        self._show_pills()
        self.entry.setFocus()
        self.changed.emit()

    def _spelled(self, name: str) -> str:
        """As the tag is written that has this name."""
        key = name_key(name)
        return next((one.name for one in self.known if name_key(one.name) == key), name)

    def _show_pills(self) -> None:
        hues = {name_key(one.name): one.hue for one in self.known}
        self.box.show_pills([(name, hues.get(name_key(name), "slate")) for name in self._tags], self._remove)
