"""Which documents fit a query, and how well (BM25F over title and text).

Sets are sorted arrays. Whoosh's own AndNot and Require are never used: they give wrong answers.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from archivist.search.places import Numbers, Weights, common
from archivist.search.query import All, Any, Dates, Field, Label, Not, Query, Words
from archivist.search.snapshot import NOTHING, Snapshot

EXPANSIONS = 256  # words that one beginning may stand for
EXPANSIONS_OF_ONE_CHARACTER = 4096  # pairs that one character of an unspaced script may begin
SCANNED = 2048  # words of a segment that are looked at for it
MOST_EXPANSIONS = 8192  # in the whole query

_BOOSTS = {"title": 2.0, "text": 1.0}
_SPREAD = 1.2  # BM25's k1
_LENGTH_COUNTS = 0.75  # BM25's b

_FIRST_DAY = "0000-01-01"
_LAST_DAY = "9999-12-31"

Hits = tuple[Numbers, Weights]


@dataclass(slots=True)
class Evaluation:
    """One run of a query over a snapshot."""

    snapshot: Snapshot
    universe: Numbers
    remarks: list[str] = field(default_factory=list)
    _room: int = MOST_EXPANSIONS

    def hits(self, query: Query) -> Hits:
        """Documents, ascending, and their scores."""
        return _EVALUATORS[type(query)](self, query)

    def words(self, query: Words) -> Hits:
        if query.field is not None:
            name = {Field.TAG: "tags", Field.CASE: "cases"}[query.field]
            return _unscored(self._sequence(name, query)[0])
        found = [self._scored(name, boost, self._sequence(name, query)) for name, boost in _BOOSTS.items()]
        return _either(found)

    def label(self, query: Label) -> Hits:
        return _unscored(self.snapshot.postings(query.field.value, query.value)[0])

    def dates(self, query: Dates) -> Hits:
        """Documents whose date, as exact as it is known, lies wholly between the two."""
        first, last = _whole(query.start, _FIRST_DAY), _whole(query.end, _LAST_DAY)
        dates = {
            date
            for terms in self.snapshot.terms_from("date", query.start[:4])
            for date, _ in terms
            if first <= _whole(date, _FIRST_DAY) and _whole(date, _LAST_DAY) <= last
        }
        found = [self.snapshot.postings("date", date)[0] for date in dates]
        return _unscored(np.unique(np.concatenate(found)) if found else NOTHING[0])

    def without(self, query: Not) -> Hits:
        return _unscored(_minus(self.universe, self.hits(query.part)[0]))

    def all(self, query: All) -> Hits:
        wanted = [part for part in query.parts if not isinstance(part, Not)]
        unwanted = [part for part in query.parts if isinstance(part, Not)]
        documents, scores = self.hits(wanted[0]) if wanted else _unscored(self.universe)
        for part in wanted[1:]:
            if not len(documents):
                return NOTHING
            documents, scores = _both((documents, scores), self.hits(part))
        for negative in unwanted:
            is_kept = ~common(documents, self.hits(negative.part)[0])
            documents, scores = documents[is_kept], scores[is_kept]
        return documents, scores

    def any(self, query: Any) -> Hits:
        return _either([self.hits(part) for part in query.parts])

    def _scored(self, name: str, boost: float, hits: Hits) -> Hits:
        documents, counts = hits
        if not len(documents):
            return NOTHING
        lengths, usual = self.snapshot.lengths(name)
        weight = np.log1p((self.snapshot.count - len(documents) + 0.5) / (len(documents) + 0.5))
        damping = _SPREAD * (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * lengths[documents] / usual)
        return documents, boost * weight * counts * (_SPREAD + 1) / (counts + damping)

    def _sequence(self, name: str, query: Words) -> Hits:
        """Documents where the terms follow each other, and how often they do."""
        terms = [[term] for term in query.terms]
        if query.has_open_end:
            is_run = query.chunks[-1].is_run
            terms[-1] = self._beginning_with(name, terms[-1][0], is_run=is_run)
        lists = [self._union(name, alternatives) for alternatives in terms]
        if len(lists) == 1:
            return lists[0]
        candidates, *others = sorted((documents for documents, _ in lists), key=len)
        for documents in others:
            candidates = candidates[common(candidates, documents)]
        if not len(candidates):
            return NOTHING
        order = sorted(range(len(terms)), key=lambda number: float(lists[number][1].sum()))
        places = self._places(name, terms[order[0]], order[0], candidates)
        for number in order[1:]:
            if not len(places):
                return NOTHING
            places = places[common(places, self._places(name, terms[number], number, candidates))]
        documents, counts = np.unique(places >> 32, return_counts=True)
        return documents, counts.astype(np.float64)

    def _places(self, name: str, terms: list[str], number: int, candidates: Numbers) -> Numbers:
        """Where a sequence would begin for its term `number` to stand where it does."""
        found = [self.snapshot.places(name, term, candidates) for term in terms]
        starts = [(documents << 32) + (places - number + (1 << 16)) for documents, places in found]
        return starts[0] if len(starts) == 1 else np.unique(np.concatenate(starts))

    def _union(self, name: str, terms: list[str]) -> Hits:
        """Several terms as one."""
        if len(terms) == 1:
            return self.snapshot.postings(name, terms[0])
        return _either([self.snapshot.postings(name, term) for term in terms])

    def _beginning_with(self, name: str, start: str, *, is_run: bool) -> list[str]:
        """The terms that begin so, the most frequent first where there are too many."""
        most = min(EXPANSIONS_OF_ONE_CHARACTER if is_run else EXPANSIONS, self._room)
        most_scanned = MOST_EXPANSIONS if is_run else SCANNED
        found: Counter[str] = Counter()
        is_complete = True
        for terms in self.snapshot.terms_from(name, start):
            scanned = 0
            for term, documents in islice(terms, most_scanned):
                if not term.startswith(start):
                    break
                scanned += 1
                found[term] += documents
            is_complete &= scanned < most_scanned
        if len(found) > most or not is_complete:
            self.remarks.append(
                f"“{start}*” stands for very many words; the {most} most frequent were looked for."
            )
        chosen = [term for term, _ in found.most_common(most)]
        self._room -= len(chosen)
        return chosen


_EVALUATORS: dict[type, Callable[..., Hits]] = {
    Words: Evaluation.words,
    Label: Evaluation.label,
    Dates: Evaluation.dates,
    Not: Evaluation.without,
    All: Evaluation.all,
    Any: Evaluation.any,
}


def _whole(date: str, day: str) -> str:
    """A date that may lack its day or month, with those of `day`."""
    return date + day[len(date) :]


def _unscored(documents: Numbers) -> Hits:
    return documents, np.zeros(len(documents))


def _minus(documents: Numbers, unwanted: Numbers) -> Numbers:
    return documents[~common(documents, unwanted)]


def _both(one: Hits, other: Hits) -> Hits:
    left, right = common(one[0], other[0]), common(other[0], one[0])
    return one[0][left], one[1][left] + other[1][right]


def _either(several: list[Hits]) -> Hits:
    found = [hits for hits in several if len(hits[0])]
    if len(found) < 2:
        return found[0] if found else NOTHING
    every = np.concatenate([one[0] for one in found])
    documents, numbers = np.unique(every, return_inverse=True)
    sums = np.bincount(numbers, weights=np.concatenate([one[1] for one in found])).astype(np.float64)
    return documents, sums
