"""All that is said of a passage: colour, tags, cases, note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from archivist.model.ids import DocumentId
from archivist.services.codebook import Codebook
from archivist.ui.quotes.case_field import CaseField
from archivist.ui.quotes.dots import ColourDots
from archivist.ui.quotes.draft import QuoteDraft
from archivist.ui.quotes.quick_bar import CASES, NOTE
from archivist.ui.widgets.buttons import push_button, tool_button
from archivist.ui.widgets.field import TextArea
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.widgets.tag_field import TagField

WIDTH, FOOT, PAD = 424, 58, 16
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class QuoteForm(QWidget):
    """Filled from a draft and read as one. Ctrl+Enter saves from everywhere in it."""

    save_wanted = Signal()
    cancel_wanted = Signal()
    copy_wanted = Signal()
    delete_wanted = Signal()
    close_wanted = Signal()
    changed = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft = QuoteDraft(DocumentId(""))
        self.dots = ColourDots(self.tr("Colour"))
        self.tag_field = TagField(self.tr("Tags"))
        self.case_field = CaseField()
        self.note = TextArea(
            self.tr("Note"), placeholder=self.tr("Note, goes into packs too"), least=2, most=8
        )
        self.note.setObjectName("quote_note")
        self.notice = Notice()
        self._delete = tool_button("trash", self.tr("Delete this quote"), self.delete_wanted.emit, size=16)
        self._delete.setObjectName("form_delete")
        self._save = push_button(self.tr("Save quote"), "quotes", self._try_to_save, kind="primary")
        self._save.setObjectName("form_save")
        self._save.setToolTip(self.tr("Save (Ctrl+Enter)"))
        self._place = label(role="meta", wraps=True)
        self._lay_out()
        self._connect()
        self.setFixedWidth(WIDTH)

    def _lay_out(self) -> None:
        copy = tool_button("copy", self.tr("Copy with citation"), self.copy_wanted.emit, size=16)
        close = tool_button(
            "x", self.tr("Close; what is typed is kept (Esc)"), self.close_wanted.emit, size=16
        )
        head = row(self.dots, None, copy, self._delete, close, spacing=2)
        cancel = push_button(self.tr("Cancel"), handler=self.cancel_wanted.emit)
        cancel.setObjectName("form_cancel")
        line = row(self._place, cancel, self._save, margins=(PAD, 0, PAD, 0), spacing=8)
        line.setStretch(0, 1)
        foot = panel("popover_foot", line, height=FOOT)
        body = column(
            head,
            self.tag_field,
            self.case_field,
            self.note,
            self.notice,
            margins=(PAD, 10, PAD, 14),
            spacing=10,
        )
        self.setLayout(column(body, foot))

    def _connect(self) -> None:
        self.dots.chosen.connect(self._choose_colour)
        for field in (self.tag_field, self.case_field):
            field.changed.connect(self.changed)
            field.finished.connect(self._try_to_save)
            field.resized.connect(self.resized)
        self.note.finished.connect(self._try_to_save)
        self.note.textChanged.connect(self.changed)
        self.note.textChanged.connect(self.resized)

    def fill(self, draft: QuoteDraft) -> None:
        """Show it; says nothing."""
        self.blockSignals(True)
        self._draft = draft
        self.dots.show_hue(draft.colour)
        self.tag_field.set_tags(draft.tags)
        self.case_field.set_cases(draft.cases)
        self.note.setPlainText(draft.note)
        self.notice.clear()
        self._save.setEnabled(True)
        self._delete.setVisible(draft.quote_id is not None)
        self._save.setText(self.tr("Save quote") if draft.quote_id is None else self.tr("Save changes"))
        self._place.setText(
            self.tr("Saved with its exact place in the text")
            if draft.quote_id is None
            else self.tr("Words and place stay as they are")
        )
        self.blockSignals(False)
        self.resized.emit()

    def draft(self) -> QuoteDraft:
        """What stands in it now."""
        return QuoteDraft(
            document_id=self._draft.document_id,
            span=self._draft.span,
            quote_id=self._draft.quote_id,
            colour=self.dots.hue(),
            tags=self.tag_field.tags(),
            cases=self.case_field.cases(),
            note=self.note.toPlainText(),
            words=self._draft.words,
        )

    @property
    def is_changed(self) -> bool:
        return self.draft() != self._draft

    def offer(self, known: Codebook) -> None:
        self.tag_field.offer(known.tags)
        self.case_field.offer(known.cases)

    def focus_part(self, part: str) -> None:
        target: QWidget = self.tag_field.entry
        if part == CASES:
            self.case_field.focus_last()
            return
        if part == NOTE:
            target = self.note
        target.setFocus(Qt.FocusReason.PopupFocusReason)

    def wait(self, *, yes: bool) -> None:
        """While it is being saved it cannot be saved again."""
        self._save.setEnabled(not yes)

    def tell(self, sentence: str) -> None:
        """Why it was not saved."""
        self.notice.tell("error", sentence)
        self.wait(yes=False)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter on a button or a dot; fields say it themselves: they may have words to take first."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._try_to_save()
            return
        super().keyPressEvent(event)

    def _try_to_save(self) -> None:
        if self._save.isEnabled():
            self.tag_field.take_pending()
            self.case_field.take_pending()
            self.save_wanted.emit()

    def _choose_colour(self, hue: str) -> None:
        self.dots.show_hue(hue)
        self.changed.emit()
