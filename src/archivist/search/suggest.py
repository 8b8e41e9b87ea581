"""A word that was probably meant, when nothing was found."""

from collections import Counter
from itertools import islice, takewhile

from rapidfuzz.distance import OSA

from archivist.search.query import Query, Words, wanted_words
from archivist.search.snapshot import Snapshot

_SHORTEST = 4
_LOOKED_AT = 20_000  # words of a segment that begin with the same letter


def did_you_mean(snapshot: Snapshot, text: str, query: Query | None) -> str | None:
    """`text` with each unknown word replaced by the nearest known one; None where none is near."""
    meant = text
    for words in wanted_words(query):
        if _is_known(snapshot, words):
            continue
        nearest = _nearest(snapshot, words.terms[0]) if _can_be_corrected(words) else None
        if nearest is None:
            return None
        meant = meant.replace(words.shown, nearest)
    return meant if meant != text else None


def _is_known(snapshot: Snapshot, words: Words) -> bool:
    return all(
        any(len(snapshot.postings(field, term)[0]) for field in ("text", "title")) for term in words.terms
    )


def _can_be_corrected(words: Words) -> bool:
    return len(words.terms) == 1 and not words.has_open_end and len(words.terms[0]) >= _SHORTEST


def _nearest(snapshot: Snapshot, word: str) -> str | None:
    most = 1 if len(word) < 6 else 2
    known = _neighbours(snapshot, word, most)
    near = {term: OSA.distance(word, term, score_cutoff=most) for term in known}
    best = [term for term in near if near[term] <= most]
    return min(best, key=lambda term: (near[term], -known[term], term), default=None)


def _neighbours(snapshot: Snapshot, word: str, most: int) -> Counter[str]:
    """Words of about the same length and with the same first letter, with their frequency."""
    known: Counter[str] = Counter()
    for field in ("text", "title"):
        for terms in snapshot.terms_from(field, word[0]):
            for term, documents in takewhile(lambda one: one[0][0] == word[0], islice(terms, _LOOKED_AT)):
                if abs(len(term) - len(word)) <= most:
                    known[term] += documents
    return known
