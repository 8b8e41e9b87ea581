"""The index as it stood at one commit: which documents hold a term, how often, and where."""

import pickle
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.index import TOC, EmptyIndexError, IndexError, IndexVersionError  # noqa: A004  # Whoosh's own
from whoosh.reading import TermNotFound

from archivist.search.codec import BlockCodec, BlockMatcher
from archivist.search.errors import IndexUnusable
from archivist.search.places import Numbers, Weights
from archivist.search.schema import RANK, SCHEMA, STAMP_KEY
from archivist.search.storage import SealedStorage

NAME = "MAIN"
_KEPT_BYTES = 64 << 20  # of postings in memory
_TRIES = 10

NOTHING: tuple[Numbers, Weights] = (np.zeros(0, np.int64), np.zeros(0))
UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    AttributeError,
    ImportError,
    NameError,
    struct.error,
    zlib.error,
    pickle.UnpicklingError,
    EmptyIndexError,
    IndexError,
    IndexVersionError,
)


Commit = tuple[int, int, int]


def latest_commit(storage: SealedStorage) -> Commit | None:
    """What tells the last commit from every other; None where there is none."""
    generation = TOC._latest_generation(storage, NAME)  # noqa: SLF001  # Whoosh has no public name for it
    try:
        return generation, *storage.identity(TOC._filename(NAME, generation))  # noqa: SLF001  # nor for this
    except OSError:
        return None


class Segment:
    """One immutable part of the index."""

    def __init__(self, storage: SealedStorage, segment: Any, base: int) -> None:
        self.id: str = segment.segment_id()
        self.base = base
        self.count: int = segment.doc_count_all()
        self._files = segment.open_compound_file(storage)
        codec: BlockCodec = segment.codec()
        self._terms = codec.terms_reader(self._files, segment)
        self._documents = codec.per_document_reader(self._files, segment)
        self.deleted = np.fromiter(segment.deleted_docs(), np.int64)

    def matcher(self, field: str, term: str) -> BlockMatcher | None:
        try:
            matcher: BlockMatcher = self._terms.matcher(field, term.encode(), SCHEMA[field].format)
        except TermNotFound:
            return None
        return matcher

    def terms_from(self, field: str, start: str) -> Iterator[tuple[str, int]]:
        """The terms of a field from `start` on, and in how many documents each is."""
        for (name, term), info in self._terms.items_from(field, start.encode()):
            if name != field:
                return
            yield term.decode(), info.doc_frequency()

    def has_field(self, field: str) -> bool:
        return field in self._terms.indexed_field_names()

    def lengths(self, field: str) -> Weights:
        return self._documents.lengths(field)

    def ranks(self) -> npt.NDArray[np.bytes_]:
        return self._documents.fixed_column("rank", RANK)

    def stored(self, document: int) -> dict[str, Any]:
        return dict(self._documents.stored_fields(document))

    def close(self) -> None:
        self._files.close()


class Snapshot:
    """All segments of one commit as one row of document numbers."""

    commit: Commit | None = None

    def __init__(self, storage: SealedStorage) -> None:
        try:
            table = TOC.read(storage, NAME, schema=SCHEMA)
            self._segments: list[Segment] = []
            self.count = 0
            for segment in table.segments:
                self._segments.append(Segment(storage, segment, self.count))
                self.count += segment.doc_count_all()
        except UNREADABLE as error:
            raise IndexUnusable("it is missing or of another version") from error
        self.is_live = np.ones(self.count, bool)
        for part in self._segments:
            self.is_live[part.deleted + part.base] = False
        self._postings: dict[tuple[str, str], tuple[Numbers, Weights]] = {}
        self._kept = 0
        self._lengths: dict[str, tuple[Weights, float]] = {}
        self._ranks: npt.NDArray[np.bytes_] | None = None

    @classmethod
    def newest(cls, storage: SealedStorage) -> "Snapshot":
        """The last commit; a writer may take files away while we open them, so more than one try."""
        for _ in range(_TRIES):
            before = latest_commit(storage)
            try:
                snapshot = cls(storage)
            except IndexUnusable:
                if latest_commit(storage) == before:
                    raise
                continue
            snapshot.commit = before
            return snapshot
        raise IndexUnusable("it changes too fast")

    def postings(self, field: str, term: str) -> tuple[Numbers, Weights]:
        """The living documents with the term, ascending, and how often it is in each."""
        kept = self._postings.get((field, term))
        if kept is None:
            kept = self._read(field, term)
            self._kept += 2 * kept[0].nbytes + 200
            if self._kept > _KEPT_BYTES:
                self._postings.clear()
                self._kept = 2 * kept[0].nbytes
            self._postings[field, term] = kept
        return kept

    def _read(self, field: str, term: str) -> tuple[Numbers, Weights]:
        found = []
        for part in self._segments:
            if matcher := part.matcher(field, term):
                documents, weights = matcher.postings()
                documents += part.base
                alive = self.is_live[documents]
                found.append((documents[alive], weights[alive]))
        if not found:
            return NOTHING
        return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])

    def places(self, field: str, term: str, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """`(document, place)` of the term in the `wanted` documents, as two arrays."""
        found = []
        for part in self._segments:
            first, last = np.searchsorted(wanted, (part.base, part.base + part.count))
            if first < last and (matcher := part.matcher(field, term)):
                is_wanted = np.zeros(part.count, bool)
                is_wanted[wanted[first:last] - part.base] = True
                documents, places = matcher.places(is_wanted)
                found.append((documents + part.base, places))
        if not found:
            return NOTHING[0], NOTHING[0]
        return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])

    def terms_from(self, field: str, start: str) -> Iterator[Iterator[tuple[str, int]]]:
        """By segment, the terms of a field from `start` on."""
        return (part.terms_from(field, start) for part in self._segments if part.has_field(field))

    def lengths(self, field: str) -> tuple[Weights, float]:
        """The number of terms in the field, by document, and their mean."""
        if field not in self._lengths:
            lengths = np.concatenate([part.lengths(field) for part in self._segments])
            self._lengths[field] = lengths, max(1.0, float(lengths[self.is_live].mean()))
        return self._lengths[field]

    def ranks(self, documents: Numbers) -> npt.NDArray[np.bytes_]:
        """What decides between documents that fit equally well."""
        if self._ranks is None:
            self._ranks = np.concatenate([part.ranks() for part in self._segments])
        return self._ranks[documents]

    def stored(self, document: int) -> dict[str, Any]:
        part = next(part for part in reversed(self._segments) if part.base <= document)
        return part.stored(document - part.base)

    def documents_of(self, keys: Iterable[str]) -> Iterator[int]:
        """The documents that stand in the index for these entries."""
        for key in keys:
            yield from map(int, self._read("key", key)[0])

    def stamp(self) -> str | None:
        documents, _ = self.postings("key", STAMP_KEY)
        return str(self.stored(int(documents[-1])).get("stamp")) if len(documents) else None

    def close(self) -> None:
        for part in self._segments:
            part.close()
