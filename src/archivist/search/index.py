"""The search index of one archive: found again, or built anew, never trusted."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
from whoosh.index import FileIndex

from archivist.model.history import Stamp
from archivist.model.search import Answer, Entry, Found, Match, Passage
from archivist.search.errors import IndexUnusable
from archivist.search.evaluate import Evaluation
from archivist.search.parser import read_query
from archivist.search.passages import best_passage, passages
from archivist.search.places import Numbers, Weights, common
from archivist.search.schema import SCHEMA, STAMP_KEY, VERSION, fields_of, from_key, key_of
from archivist.search.snapshot import NAME, NOTHING, UNREADABLE, Commit, Snapshot, latest_commit
from archivist.search.storage import SealedStorage
from archivist.search.suggest import did_you_mean
from archivist.search.writer import LOCK, SealedWriter, sole_writer

BATCH = 8 << 20  # characters of text in one commit: this bounds the memory
_ALONE = 2000  # characters that an entry counts besides its text


class SearchIndex:
    """Answers queries over entries; knows up to which point of the archive's history it is complete.

    Every method but `stamp`, `build` and `clear` raises IndexUnusable where the index has to be built
    anew. One process may write while others read; a reader sees a commit at its next question.
    """

    def __init__(self, folder: Path, key: bytes, archive_id: str) -> None:
        self._folder = folder
        self._stamped = f"{archive_id}/{VERSION}/"
        self._storage = SealedStorage(folder, key)
        self._snapshot: Snapshot | None = None
        self._damaged: tuple[Commit | None] | None = None  # the commit that could not be read
        self._lock = threading.RLock()

    def stamp(self) -> Stamp | None:
        """The point of history up to which it is complete; None where the index must be built anew."""
        try:
            with self._reading() as snapshot:
                stamp = snapshot.stamp() or ""
        except IndexUnusable:
            return None
        change, _, sha256 = stamp.removeprefix(self._stamped).partition("/")
        is_ours = stamp.startswith(self._stamped) and change.isdecimal() and sha256
        return Stamp(int(change), sha256) if is_ours else None

    def build(self, entries: Iterable[Entry], stamp: Stamp) -> None:
        """Begin anew with these entries, and say up to where they are complete."""
        with self._lock:
            self.clear()
            self._put(entries, set(), stamp)

    def apply(self, put: Iterable[Entry], remove: Iterable[tuple[Found, str]], stamp: Stamp) -> None:
        """Take entries out, put others in or in place of what they were, and say up to where.

        Large runs are several commits; the stamp moves with the last, and doing it all again does
        no harm.
        """
        with self._lock:
            if self.stamp() is None:
                raise IndexUnusable("it is damaged")
            self._put(put, {key_of(found, entry_id) for found, entry_id in remove}, stamp)

    def _put(self, entries: Iterable[Entry], removed: set[str], stamp: Stamp) -> None:
        batches = _batches(entries)
        batch = next(batches, [])
        for following in batches:
            self._commit(batch, removed, None)
            batch, removed = following, set()
        self._commit(batch, removed, stamp)

    def clear(self) -> None:
        """Throw everything away."""
        with self._lock:
            self.close()
            self._storage.create()
            with sole_writer(self._storage):
                for file in self._folder.iterdir():
                    if file.name != LOCK and file.is_file():
                        file.unlink()
                self._storage.create_index(SCHEMA)
                self._damaged = None

    def find(self, query: str, *, kinds: frozenset[Found] = frozenset(Found), limit: int = 50) -> Answer:
        """What fits `query` among the `kinds`, best first; equals are in the order of their ids."""
        reading = read_query(query)
        with self._reading() as snapshot:
            universe = _of_kinds(snapshot, kinds)
            evaluation = Evaluation(snapshot, universe)
            documents, scores = evaluation.hits(reading.query) if reading.query else NOTHING
            is_wanted = common(documents, universe)
            documents, scores = documents[is_wanted], scores[is_wanted]
            best = _best(snapshot, documents, scores, max(0, limit))
            return Answer(
                understood=reading.understood,
                total=len(documents),
                matches=tuple(_match(snapshot, int(documents[one]), float(scores[one])) for one in best),
                complete=reading.is_whole and not evaluation.remarks,
                remarks=(*reading.remarks, *dict.fromkeys(evaluation.remarks)),
                did_you_mean=None if len(documents) else did_you_mean(snapshot, query, reading.query),
            )

    def passage(self, query: str, text: str) -> Passage:
        """The stretch of `text` that shows best why it was found; else its beginning."""
        return best_passage(read_query(query).query, text)

    def passages(self, query: str, text: str) -> list[Passage]:
        """All stretches of `text` that show why it was found, in order."""
        return passages(read_query(query).query, text)

    def close(self) -> None:
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.close()
                self._snapshot = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """The newest commit, for one question; damage is remembered until the index is built anew."""
        with self._lock:
            commit = latest_commit(self._storage)
            if self._damaged == (commit,):
                raise IndexUnusable("it is damaged")
            try:
                yield self._current(commit)
            except (IndexUnusable, OSError) as error:
                self._damaged = (commit,)
                raise IndexUnusable("it is damaged") from error

    def _current(self, commit: Commit | None) -> Snapshot:
        if self._snapshot is None or self._snapshot.commit != commit:
            self.close()
            self._snapshot = Snapshot.newest(self._storage)
        return self._snapshot

    def _commit(self, entries: list[Entry], removed: set[str], stamp: Stamp | None) -> None:
        """One batch, whole or not at all."""
        documents = {key_of(entry.found, entry.id): fields_of(entry) for entry in entries}
        replaced = removed | documents.keys()
        if stamp is not None:
            written = f"{self._stamped}{stamp.change}/{stamp.sha256}"
            documents[STAMP_KEY] = {"key": STAMP_KEY, "stamp": written}
            replaced |= {STAMP_KEY}
        writer = self._writer()
        try:
            with self._reading() as snapshot:
                for document in snapshot.documents_of(replaced):
                    writer.delete_document(document)
            for fields in documents.values():
                writer.add_document(**fields)
            writer.publish()
        except IndexUnusable:
            self._damaged = (latest_commit(self._storage),)
            raise
        except OSError as error:
            raise IndexUnusable("it could not be written") from error
        finally:
            writer.abandon()

    def _writer(self) -> SealedWriter:
        try:
            return SealedWriter(FileIndex(self._storage, schema=SCHEMA, indexname=NAME))
        except UNREADABLE as error:
            raise IndexUnusable("it is damaged") from error


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        batch.append(entry)
        size += len(entry.text) + len(entry.title) + _ALONE
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _of_kinds(snapshot: Snapshot, kinds: frozenset[Found]) -> Numbers:
    found = [snapshot.postings("found", kind.value)[0] for kind in kinds]
    return np.sort(np.concatenate(found)) if found else NOTHING[0]


def _best(snapshot: Snapshot, documents: Numbers, scores: Weights, limit: int) -> Numbers:
    """Which of the documents come first, in order."""
    if not len(documents) or not limit:
        return NOTHING[0]
    chosen = np.arange(len(documents))
    if len(documents) > limit:
        last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        chosen = np.flatnonzero(scores >= last)
    order = np.lexsort((snapshot.ranks(documents[chosen]), -scores[chosen]))
    return chosen[order[:limit]]


def _match(snapshot: Snapshot, document: int, score: float) -> Match:
    stored = snapshot.stored(document)
    found, entry_id = from_key(stored["key"])
    return Match(found, entry_id, stored.get("document"), score)
