"""Searching as a page shows it: grouped by document, counted by what is said of them, narrowed."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archivist.archive.archive import Archive
from archivist.archive.entries import case_text
from archivist.model.anchor import Span
from archivist.model.browsing import Facts, QuoteRow
from archivist.model.ids import CaseId, DocumentId, QuoteId
from archivist.model.results import EVERYTHING, Group, Narrowing, ResultsPage, ShownPassage, Tallies, Tally
from archivist.model.search import Found, Match, Passage
from archivist.model.text import Text
from archivist.services.browsing import document_rows, quote_rows, quotes_of
from archivist.services.searching import is_up_to_date
from archivist.storage.facts import FactStore

MOST_COUNTED = 2000
MOST_PASSAGES = 500  # of one document
AROUND = 900  # characters before and after a passage

QuoteRows = Mapping[QuoteId, QuoteRow]


def results_page(
    archive: Archive, query: str, narrowing: Narrowing = EVERYTHING, *, groups: int = 12, passages: int = 2
) -> ResultsPage:
    """The first `groups` documents with the first `passages` of each, and the tallies of all."""
    begun = time.perf_counter()
    answer = archive.index.find(query, kinds=frozenset(Found), limit=MOST_COUNTED)
    if not is_up_to_date(archive):
        remark = "The index is not up to date yet: what was added last may be missing."
        answer = replace(answer, complete=False, remarks=(*answer.remarks, remark))
    facts = FactStore(archive.db).of(match.document_id for match in answer.matches if match.document_id)
    living = [match for match in answer.matches if match.document_id is None or match.document_id in facts]
    chosen = [match for match in living if _fits(match, facts, narrowing)]
    by_document = _grouped(chosen)
    return ResultsPage(
        query=query,
        narrowing=narrowing,
        answer=answer,
        groups=tuple(_shown(archive, query, by_document[:groups], passages)),
        total=len(by_document),
        documents=sum(matches[0].document_id is not None for matches in by_document),
        tallies=_tallies(living, facts, narrowing),
        counted=answer.total <= MOST_COUNTED,
        milliseconds=(time.perf_counter() - begun) * 1000,
    )


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a passage; `marks` count from their start. `quotes` are those that cover it."""

    words: str
    marks: tuple[tuple[int, int], ...]
    quotes: tuple[QuoteRow, ...]


def context_of(archive: Archive, query: str, document_id: DocumentId, span: Span) -> Context | None:
    """What stands around `span` in a document; None where it has no text any more."""
    document = archive.documents.get(document_id)
    text = archive.texts.get(document.text_id) if document and document.text_id else None
    if text is None:
        return None
    start, end = _around(text.content, span)
    words = text.content[start:end]
    marks = [mark for passage in archive.index.passages(query, words) for mark in passage.marks]
    covering = tuple(
        row
        for row in quotes_of(archive, document_id)
        if row.span and row.span.start < span.end and span.start < row.span.end
    )
    return Context(words, tuple(marks) or ((span.start - start, span.end - start),), covering)


def _around(content: str, span: Span) -> tuple[int, int]:
    """From the beginning of a line to the end of one."""
    start = content.rfind("\n", 0, max(0, span.start - AROUND)) + 1
    end = content.find("\n", min(len(content), span.end + AROUND))
    end = len(content) if end < 0 else end
    return max(start, span.start - 3 * AROUND), min(end, span.end + 3 * AROUND)


def all_passages(archive: Archive, query: str, document_id: DocumentId) -> list[ShownPassage]:
    """Every passage of one document that has a hit, in the order of its text."""
    document = archive.documents.get(document_id)
    text = archive.texts.get(document.text_id) if document and document.text_id else None
    if text is None:
        return []
    found = archive.index.passages(query, text.content)[:MOST_PASSAGES]
    return [_of_text(text, passage) for passage in found]


def unfolded(
    archive: Archive, query: str, document_id: DocumentId, narrowing: Narrowing = EVERYTHING
) -> list[ShownPassage]:
    """All that a group of this document would show, notes too."""
    answer = archive.index.find(query, kinds=frozenset(Found), limit=MOST_COUNTED)
    wanted = narrowing.found or frozenset(Found)
    its = [match for match in answer.matches if match.document_id == document_id and match.found in wanted]
    return list(_of_document(archive, query, its, _quote_rows(archive, [its])))


# ---- which hits


def _fits(match: Match, facts: dict[DocumentId, Facts], narrowing: Narrowing) -> bool:
    if narrowing.found and match.found not in narrowing.found:
        return False
    said = facts.get(match.document_id) if match.document_id else None
    if said is None:
        return replace(narrowing, found=frozenset()).is_empty
    return all(
        not wanted or not wanted.isdisjoint(held)
        for wanted, held in (
            (narrowing.kinds, {said.kind}),
            (narrowing.languages, {said.language}),
            (narrowing.years, {said.year}),
            (narrowing.tags, said.tags),
            (narrowing.cases, said.cases),
        )
    )


def _grouped(matches: Sequence[Match]) -> list[list[Match]]:
    """What was found in one document together, where its best hit stands."""
    first = {_home(match): at for at, match in reversed(list(enumerate(matches)))}
    together = sorted(matches, key=lambda match: first[_home(match)])
    return [list(its) for _, its in groupby(together, key=_home)]


def _home(match: Match) -> str:
    return match.document_id or match.id


def _tallies(matches: list[Match], facts: dict[DocumentId, Facts], narrowing: Narrowing) -> Tallies:
    """Each counted with all that narrows but itself."""

    def tally(without: Narrowing, values: Callable[[Facts], Iterable[str]]) -> Tally:
        fitting = (match for match in matches if _fits(match, facts, without))
        documents = dict.fromkeys(match.document_id for match in fitting if match.document_id)
        return Counter(value for one in documents for value in values(facts[one]) if value)

    of_any_find = replace(narrowing, found=frozenset())
    return Tallies(
        found=Counter(str(match.found) for match in matches if _fits(match, facts, of_any_find)),
        kinds=tally(replace(narrowing, kinds=frozenset()), lambda said: (said.kind,)),
        languages=tally(replace(narrowing, languages=frozenset()), lambda said: (said.language,)),
        years=tally(replace(narrowing, years=frozenset()), lambda said: (said.year,)),
        tags=tally(replace(narrowing, tags=frozenset()), lambda said: said.tags),
        cases=tally(replace(narrowing, cases=frozenset()), lambda said: said.cases),
    )


# ---- what is shown of them


def _shown(archive: Archive, query: str, by_document: list[list[Match]], passages: int) -> Iterator[Group]:
    wanted = [matches[0].document_id for matches in by_document if matches[0].document_id]
    rows = {row.document.id: row for row in document_rows(archive, wanted)}
    quotes = _quote_rows(archive, by_document)
    for matches in by_document:
        document_id = matches[0].document_id
        if document_id is None:
            if group := _case_group(archive, query, CaseId(matches[0].id)):
                yield group
        elif row := rows.get(document_id):
            shown = list(_of_document(archive, query, matches, quotes))
            yield Group(row, None, tuple(shown[:passages]), len(shown))


def _case_group(archive: Archive, query: str, case_id: CaseId) -> Group | None:
    case = archive.cases.get(case_id)
    if case is None or case.deleted:
        return None
    passage = archive.index.passage(query, case_text(case))
    shown = (ShownPassage(Found.CASE, passage.snippet, _inner(passage)),) if passage.snippet else ()
    return Group(None, case, shown, len(shown))


def _of_document(
    archive: Archive, query: str, matches: list[Match], quotes: QuoteRows
) -> Iterator[ShownPassage]:
    """Passages of the text first, then quotes, then notes."""
    if _has_text(matches):
        found = all_passages(archive, query, DocumentId(matches[0].document_id or ""))
        if not found:
            yield ShownPassage(Found.DOCUMENT, "", ())
        yield from found
    for match in _told_of_quotes(matches):
        if row := quotes.get(QuoteId(match.id)):
            yield _of_quote(archive, query, match.found, row)


def _has_text(matches: Iterable[Match]) -> bool:
    return any(match.found is Found.DOCUMENT for match in matches)


def _told_of_quotes(matches: Sequence[Match]) -> Iterator[Match]:
    """A quote adds nothing where the same words are shown in its text; its note does."""
    for found in (Found.NOTE,) if _has_text(matches) else (Found.QUOTE, Found.NOTE):
        yield from (match for match in matches if match.found is found)


def _quote_rows(archive: Archive, by_document: Iterable[Sequence[Match]]) -> QuoteRows:
    wanted = [QuoteId(match.id) for matches in by_document for match in _told_of_quotes(matches)]
    rows = quote_rows(archive, wanted) if wanted else []
    return {row.quote.id: row for row in rows if not row.quote.deleted}


def _of_text(text: Text, passage: Passage) -> ShownPassage:
    first = passage.marks[0] if passage.marks else (passage.start, passage.end)
    page = text.page_at(first[0])
    return ShownPassage(
        Found.DOCUMENT,
        passage.snippet,
        _inner(passage),
        text.page_labels[page - 1] if page else "",
        Span(first[0], passage.marks[-1][1] if passage.marks else passage.end),
    )


def _of_quote(archive: Archive, query: str, found: Found, row: QuoteRow) -> ShownPassage:
    """The words of a quote, or of its note, where it stands in the text of today."""
    words = row.quote.note if found is Found.NOTE else row.quote.anchor.exact
    passage = archive.index.passage(query, words)
    return ShownPassage(found, passage.snippet, _inner(passage), row.page_label, row.span, row.quote.id)


def _inner(passage: Passage) -> tuple[tuple[int, int], ...]:
    return tuple((start - passage.start, end - passage.start) for start, end in passage.marks)
