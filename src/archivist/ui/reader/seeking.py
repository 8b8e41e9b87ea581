"""Hits in the document that is open: of the query that led to it, or of words that are typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from archivist.model.anchor import Span
from archivist.model.text import Text
from archivist.services.hits import hits_in
from archivist.ui.reader.area import ReaderArea
from archivist.ui.reader.desk import Desk
from archivist.ui.reader.reading import Reading
from archivist.ui.session import Session


@dataclass(frozen=True, slots=True)
class _Hits:
    """Where words stand, and which place is looked at; -1: none."""

    spans: Sequence[Span] = ()
    at: int = -1


_NONE = _Hits()


class Seeking(QObject):
    """Joins the find bar, the pages and the query of a place."""

    def __init__(self, session: Session, area: ReaderArea, desk: Desk) -> None:
        super().__init__(area)
        self._session = session
        self._area, self._desk = area, desk
        self._queried: dict[str, tuple[str, _Hits]] = {}
        self._waiting: dict[str, tuple[str, Span | None]] = {}  # until the text is known
        self._found = _NONE
        bar = area.find_bar
        bar.sought.connect(self._seek)
        bar.step_wanted.connect(self.step)
        bar.closed.connect(self._close)
        desk.current_changed.connect(self._show_again)
        desk.view_made.connect(lambda _: self._show_again())
        desk.loaded.connect(self._ask_again)
        desk.closed.connect(lambda document_id: self._queried.pop(document_id, None))

    def open_bar(self) -> None:
        """Find what is selected, if that is a word or two, else what was looked for last."""
        reading = self._desk.current
        if reading is None or reading.view is None:
            return
        if reading.text is None:
            self._session.say(self.tr("This document has no text in which words could be found."))
            return
        reading.view.prepare_find()
        selected = reading.view.selected_text()
        self._area.find_bar.open_with(selected if 0 < len(selected) <= 60 and "\n" not in selected else "")

    def mark_query(self, reading: Reading, query: str, near: Span | None) -> None:
        """Mark the hits of a query; the one at `near` is the one that is looked at."""
        self._waiting.pop(reading.id, None)
        if not query:
            self._queried.pop(reading.id, None)
            self._show_again()
        elif self._queried.get(reading.id, ("", _NONE))[0] == query:
            hits = self._queried[reading.id][1]
            self._queried[reading.id] = query, _Hits(hits.spans, _nearest(hits.spans, near))
            self._show_again()
        else:
            self._waiting[reading.id] = query, near
            self._ask_again(reading)

    def step(self, by: int) -> None:
        """To the next hit, or back; after the last comes the first."""
        reading = self._desk.current
        hits = self._hits()
        if reading is None or reading.view is None or not hits.spans:
            return
        start = _first_after(hits.spans, self._offset(reading)) - (by > 0)
        at = ((hits.at if hits.at >= 0 else start) + by) % len(hits.spans)
        self._keep(_Hits(hits.spans, at))
        self._show_again()
        reading.view.show_span(hits.spans[at])

    # ---- inside

    @property
    def _is_finding(self) -> bool:
        return not self._area.find_bar.isHidden()

    def _hits(self) -> _Hits:
        if self._is_finding:
            return self._found
        reading = self._desk.current
        return self._queried.get(reading.id, ("", _NONE))[1] if reading else _NONE

    def _keep(self, hits: _Hits) -> None:
        reading = self._desk.current
        if self._is_finding:
            self._found = hits
        elif reading is not None:
            self._queried[reading.id] = self._queried[reading.id][0], hits

    def _ask_again(self, reading: Reading) -> None:
        if reading.text is not None and reading.id in self._waiting:
            query, near = self._waiting.pop(reading.id)
            self._ask(reading, query, near, reading.text)

    def _ask(self, reading: Reading, query: str, near: Span | None, text: Text) -> None:
        def take(spans: list[Span]) -> None:
            self._queried[reading.id] = query, _Hits(spans, _nearest(spans, near))
            self._show_again()

        self._session.tasks.read(
            partial(hits_in, query=query, text=text), take, failed=lambda _: None, key=f"hits {reading.id}"
        )

    def _seek(self, words: str) -> None:
        reading = self._desk.current
        if reading is None or reading.view is None:
            return
        spans = reading.view.find(words) if words else []
        at = _first_after(spans, self._offset(reading)) % len(spans) if spans else -1
        self._found = _Hits(spans, at)
        self._show_again()
        if spans:
            reading.view.show_span(spans[at])

    def _close(self) -> None:
        self._found = _NONE
        self._show_again()
        reading = self._desk.current
        if reading is not None and reading.view is not None:
            reading.view.setFocus()

    def _show_again(self) -> None:
        """On the page that is in front now; words that are looked for are looked for there too."""
        reading = self._desk.current
        view = reading.view if reading else None
        if view is None:
            return
        hits = self._hits()
        view.set_hits(hits.spans, hits.at)
        self._area.find_bar.show_count(hits.at, len(hits.spans))

    def _offset(self, reading: Reading) -> int:
        """Where reading stands in the text, as exactly as it is known."""
        view, text = reading.view, reading.text
        if view is None or text is None:
            return 0
        place = view.place()
        if place.isdigit():
            return int(place)
        pages = text.pages
        return pages[view.current_page].start if view.current_page < len(pages) else 0


def _first_after(spans: Sequence[Span], offset: int) -> int:
    return next((at for at, span in enumerate(spans) if span.start >= offset), 0)


def _nearest(spans: Sequence[Span], near: Span | None) -> int:
    if near is None or not spans:
        return -1
    return min(range(len(spans)), key=lambda at: abs(spans[at].start - near.start))
