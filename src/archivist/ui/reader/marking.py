"""Marking: a selection becomes a quote, a quote is changed; the popover beside the passage."""

from dataclasses import dataclass, replace
from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from archivist.model.anchor import Span
from archivist.model.errors import ArchivistError
from archivist.model.quote import Quote
from archivist.ui.quotes.draft import QuoteDraft
from archivist.ui.quotes.drafts import Drafts
from archivist.ui.quotes.names import Names
from archivist.ui.quotes.popover import QuotePopover
from archivist.ui.quotes.quick_bar import TAGS
from archivist.ui.quotes.saving import draft_of
from archivist.ui.reader.area import ReaderArea
from archivist.ui.reader.desk import Desk
from archivist.ui.reader.quote_deeds import QuoteDeeds
from archivist.ui.reader.reading import Reading
from archivist.ui.reader.view import ReaderView
from archivist.ui.reader.watching import Watch
from archivist.ui.session import Session

KEEP_EVERY = 1500  # milliseconds after the last letter: what is typed survives a crash
PATIENCE = 1500  # milliseconds that a passage may take to come into sight


@dataclass(frozen=True, slots=True)
class _Wish:
    """A form that opens once its passage is selected."""

    reading: Reading
    draft: QuoteDraft
    part: str


class Marking(QObject):
    """Joins selections, the popover and the deeds on quotes."""

    quoted = Signal(str)
    """This quote was made or changed."""
    copy_wanted = Signal()
    form_opened = Signal()

    def __init__(self, session: Session, area: ReaderArea, desk: Desk, deeds: QuoteDeeds) -> None:
        super().__init__(area)
        self._session = session
        self._area, self._desk, self._deeds = area, desk, deeds
        self.drafts = Drafts(session, self)
        self.popover = QuotePopover(area)
        self._names = Names(session, self.popover.form, self)
        self._watches: WeakKeyDictionary[ReaderView, Watch] = WeakKeyDictionary()
        self._wish: _Wish | None = None
        self._reading: Reading | None = None  # the one that the popover is about
        self._is_loose = False  # its passage cannot be seen, whatever is scrolled
        self._unplaced: QuoteDraft | None = None
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_EVERY)
        self._keeping.timeout.connect(self.keep_draft)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._open_wished)
        self._connect()

    def _connect(self) -> None:
        bar, form = self.popover.bar, self.popover.form
        bar.coloured.connect(self.colour)
        bar.part_wanted.connect(self.mark)
        bar.copy_wanted.connect(self.copy_wanted)
        form.save_wanted.connect(self._save)
        form.cancel_wanted.connect(self._cancel)
        form.copy_wanted.connect(self.copy_wanted)
        form.delete_wanted.connect(self._delete_shown)
        form.changed.connect(self._keeping.start)
        self.popover.closed.connect(self._leave)
        self._area.moved.connect(self._follow)

    # ---- the page

    def watch(self, view: ReaderView) -> None:
        """A view was made: hear what is selected on it."""
        watch = self._watches[view] = Watch(view)
        watch.pressed.connect(self._close_bar)
        watch.released.connect(lambda: self._offer(view))
        watch.escaped.connect(self.popover.dismiss)
        watch.tabbed.connect(self.popover.bar.focus_first)
        watch.scrolled.connect(self._follow)
        view.selection_changed.connect(lambda: self._selected(view))

    def leave(self) -> None:
        """Another document comes to the front: what was begun is kept."""
        self._wish = None
        self.popover.dismiss()

    # ---- deeds

    def mark(self, part: str = TAGS) -> None:
        """Open the form for what is selected, or for the quote that is just that."""
        reading, span = self._marked_now()
        if reading is None or span is None:
            return
        if known := next((row for row in reading.rows if row.span == span), None):
            self.edit(known.quote.id, part)
            return
        fresh = QuoteDraft(reading.id, span, colour=self._deeds.hue)
        if self._unplaced is not None and self._unplaced.document_id == reading.id:
            self.drafts.drop(self._unplaced)
            fresh, self._unplaced = replace(self._unplaced, span=span), None
        self._open(reading, self.drafts.about(fresh) or fresh, part)

    def colour(self, hue: str) -> None:
        """Mark what is selected at once."""
        self._deeds.use(hue)
        reading, span = self._marked_now()
        if reading is not None and span is not None:
            self._send(reading, QuoteDraft(reading.id, span, colour=hue))

    def edit(self, quote_id: str, part: str = TAGS) -> None:
        """Open the form of a quote, beside its words."""
        reading = self._desk.current
        row = reading.row_of(quote_id) if reading else None
        if reading is not None and row is not None:
            draft = draft_of(row)
            self._bring(reading, self.drafts.about(draft) or draft, part)

    def go_on(self, draft: QuoteDraft) -> None:
        """With a form that was left unfinished."""
        reading = self._desk.current
        if reading is None or reading.id != draft.document_id:
            return
        if draft.quote_id and reading.row_of(draft.quote_id) is None:
            self._session.say(self.tr("That quote was deleted; restore it from the bin to go on with it."))
        elif not draft.quote_id and not _is_in_text(reading, draft):
            self._unplaced = draft
            said = self.tr(
                "The text was read anew since. Select the words and press Q: what you typed is there."
            )
            self._session.say(said)
        else:
            self._bring(reading, draft, TAGS)

    def keep_draft(self) -> None:
        """What is typed now stays, whatever happens."""
        self._keeping.stop()
        form = self.popover.form
        if not form.isHidden() and form.is_changed and form.draft().says_something:
            self.drafts.keep(self._with_words(form.draft()))

    # ---- opening

    def _marked_now(self) -> tuple[Reading | None, Span | None]:
        """The document and the words to be marked; says why there are none."""
        reading = self._desk.current
        view = reading.view if reading else None
        if reading is None or view is None:
            return None, None
        span = view.selection()
        if reading.document is not None and reading.document.deleted:
            self._session.say(self.tr("This document is in the bin; restore it to mark passages."))
            return None, None
        if span is None:
            said = self.tr("Select words on the page first; then press Q, or 1 to 5 for a colour.")
            self._session.say(view.hindrance or said)
            return None, None
        return reading, span

    def _bring(self, reading: Reading, draft: QuoteDraft, part: str) -> None:
        """Select its words, and open the form when they are in sight."""
        self._wish = _Wish(reading, draft, part)
        view = reading.view
        if draft.span is None or view is None:
            self._open_wished()
            return
        self._patience.start()
        view.show_span(draft.span, select=True)
        self._selected(view)

    def _selected(self, view: ReaderView) -> None:
        """The selection is another: what was about the old one closes, what waited for it opens."""
        wish, span = self._wish, view.selection()
        if wish is not None:
            is_there = wish.reading.view is view and span == wish.draft.span
            if is_there and not self._area.passage(view).isEmpty():
                self._open_wished()
            return
        shown = self.popover.form.draft().span if self.popover.is_form else None
        if self.popover.is_open and not self._is_loose and shown != span:
            self.popover.dismiss()

    def _open_wished(self) -> None:
        """Also where its words cannot be brought into sight."""
        wish, self._wish = self._wish, None
        self._patience.stop()
        if wish is not None and wish.reading is self._desk.current:
            self._open(wish.reading, wish.draft, wish.part)

    def _open(self, reading: Reading, draft: QuoteDraft, part: str) -> None:
        self.keep_draft()
        passage = self._area.passage(reading.view) if reading.view else QRect()
        self._is_loose = passage.isEmpty()
        if self._is_loose:
            passage = self._area.top_of_page(reading.sheet)
        self._reading = reading
        self._hold_keys(yes=False)
        self.popover.open_form(passage, self._area.room(), draft, part)
        self.form_opened.emit()
        self._names.offer()

    def _offer(self, view: ReaderView) -> None:
        """The small bar, once the hand has let go."""
        reading = self._desk.current
        if reading is None or reading.view is not view or self.popover.is_form or self._wish:
            return
        passage = self._area.passage(view)
        if view.selection() is None or passage.isEmpty() or not reading.can_be_marked:
            if view.hindrance:
                self._session.say(view.hindrance)
            return
        self._reading, self._is_loose = reading, False
        self._hold_keys(yes=True)
        self.popover.open_bar(passage, self._area.room(), self._deeds.hue)

    def _follow(self) -> None:
        reading = self._desk.current
        view = reading.view if reading else None
        if view is None:
            return
        if self._wish is not None:
            self._selected(view)
        if self.popover.is_open:
            passage = self._area.top_of_page(view) if self._is_loose else self._area.passage(view)
            self.popover.follow(passage, self._area.room())

    def _close_bar(self) -> None:
        if self.popover.is_open and not self.popover.is_form:
            self.popover.dismiss()

    def _leave(self) -> None:
        """It was closed; what was typed and neither saved nor cancelled is kept."""
        self.keep_draft()
        self._hold_keys(yes=False)
        self.popover.form.hide()

    def _hold_keys(self, *, yes: bool) -> None:
        reading = self._desk.current
        watch = self._watches.get(reading.view) if reading and reading.view else None
        if watch is not None:
            watch.holds_keys = yes

    # ---- saving

    def _save(self) -> None:
        reading, draft = self._reading, self.popover.form.draft()
        if reading is None:
            return
        if draft.quote_id and reading.row_of(draft.quote_id) is None:
            self.popover.form.tell(self.tr("This quote was deleted meanwhile; restore it from the bin."))
            return
        self.popover.form.wait(yes=True)
        self._send(reading, draft)

    def _send(self, reading: Reading, draft: QuoteDraft) -> None:
        self._deeds.save(reading, draft, partial(self._saved, reading, draft), partial(self._refused, draft))

    def _saved(self, reading: Reading, draft: QuoteDraft, quote: Quote) -> None:
        self.drafts.drop(draft)
        if not self.popover.is_form or self._is_shown(draft):
            self.popover.form.fill(self.popover.form.draft())  # nothing is left to keep
            self.popover.dismiss()
            if reading.view is not None and draft.quote_id is None:
                reading.view.clear_selection()
        reading.active = quote.id
        self.quoted.emit(quote.id)

    def _refused(self, draft: QuoteDraft, error: ArchivistError) -> None:
        if self._is_shown(draft):
            self.popover.form.tell(str(error))
        else:
            self._session.say(str(error))

    def _is_shown(self, draft: QuoteDraft) -> bool:
        return self.popover.is_form and self.popover.form.draft().target == draft.target

    def _cancel(self) -> None:
        """What was typed is not wanted."""
        self.drafts.drop(self.popover.form.draft())
        self.popover.form.fill(self.popover.form.draft())
        self.popover.dismiss()

    def _delete_shown(self) -> None:
        reading, quote_id = self._reading, self.popover.form.draft().quote_id
        row = reading.row_of(quote_id) if reading else None
        self._cancel()
        if row is not None:
            self._deeds.delete(row)

    def _with_words(self, draft: QuoteDraft) -> QuoteDraft:
        text = self._reading.text if self._reading else None
        if text is None or draft.span is None:
            return draft
        return replace(draft, words=text.content[draft.span.start : draft.span.end])


def _is_in_text(reading: Reading, draft: QuoteDraft) -> bool:
    text = reading.text
    if text is None or draft.span is None:
        return False
    return text.content[draft.span.start : draft.span.end] == draft.words
