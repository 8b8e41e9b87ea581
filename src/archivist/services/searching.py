"""Finding documents, quotes, notes and cases by their words."""

import time
from dataclasses import replace

from archivist.archive.archive import Archive
from archivist.archive.entries import case_text
from archivist.archive.index_process import Progress
from archivist.model.ids import CaseId, DocumentId, QuoteId
from archivist.model.search import Found, Hit, Match, Passage, Results

EVERYTHING = frozenset(Found)


def search(archive: Archive, query: str, *, kinds: frozenset[Found] = EVERYTHING, limit: int = 20) -> Results:
    """The best `limit` hits with their best passages, out of what is indexed."""
    begun = time.perf_counter()
    answer = archive.index.find(query, kinds=kinds, limit=limit)
    if not is_up_to_date(archive):
        answer = replace(
            answer, complete=False, remarks=(*answer.remarks, "The index is not up to date yet.")
        )
    hits = (_hit(archive, query, match) for match in answer.matches)
    shown = tuple(hit for hit in hits if hit is not None)
    return Results(query, answer, shown, (time.perf_counter() - begun) * 1000)


def is_up_to_date(archive: Archive) -> bool:
    """Whether everything done so far can be found."""
    return archive.history.is_current(archive.index.stamp())


def update_index(archive: Archive, on_progress: Progress = lambda _done, _all: None) -> None:
    """Wait until everything done so far can be found."""
    if not is_up_to_date(archive):
        archive.index.catch_up(on_progress)


def rebuild_index(archive: Archive, on_progress: Progress = lambda _done, _all: None) -> None:
    archive.index.rebuild(on_progress)


def _hit(archive: Archive, query: str, match: Match) -> Hit | None:
    """What a match shows; None if it was deleted since it was indexed."""
    show = {
        Found.DOCUMENT: _document_hit,
        Found.QUOTE: _quote_hit,
        Found.NOTE: _quote_hit,
        Found.CASE: _case_hit,
    }
    return show[match.found](archive, query, match)


def _document_hit(archive: Archive, query: str, match: Match) -> Hit | None:
    document = archive.documents.get(DocumentId(match.id))
    if document is None or document.deleted:
        return None
    text = archive.texts.get(document.text_id) if document.text_id else None
    passage = archive.index.passage(query, text.content if text else "")
    page = text.page_at(passage.start) if text else None
    return _made(match, document.title, passage, page=page, language=document.language)


def _quote_hit(archive: Archive, query: str, match: Match) -> Hit | None:
    quote = archive.quotes.get(QuoteId(match.id))
    document = archive.documents.get(quote.document_id) if quote else None
    if quote is None or document is None or quote.deleted or document.deleted:
        return None
    anchor = quote.anchor
    if match.found is Found.NOTE:
        passage = archive.index.passage(query, quote.note)
        return _made(match, document.title, passage, page=anchor.page, language=None)
    inner = archive.index.passage(query, anchor.exact)
    passage = Passage(
        start=anchor.start + inner.start,
        end=anchor.start + inner.end,
        snippet=inner.snippet,
        marks=tuple((anchor.start + start, anchor.start + end) for start, end in inner.marks),
    )
    return _made(match, document.title, passage, page=anchor.page, language=document.language)


def _case_hit(archive: Archive, query: str, match: Match) -> Hit | None:
    case = archive.cases.get(CaseId(match.id))
    if case is None or case.deleted:
        return None
    return _made(match, case.name, archive.index.passage(query, case_text(case)), page=None, language=None)


def _made(match: Match, title: str, passage: Passage, *, page: int | None, language: str | None) -> Hit:
    return Hit(
        found=match.found,
        id=match.id,
        document_id=match.document_id,
        title=title,
        page=page,
        passage=passage,
        score=match.score,
        language=language,
    )
