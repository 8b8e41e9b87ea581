"""One batch into the index: written in memory, merged within bounds, published at once or not at all."""

import errno
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for
from whoosh.writing import LockError, SegmentWriter

from archivist.model.errors import StorageFull
from archivist.search.codec import BlockCodec
from archivist.search.errors import IndexBusy
from archivist.search.schema import SCHEMA
from archivist.search.snapshot import NAME
from archivist.search.storage import SealedStorage

SMALL = 8 << 20  # a segment of fewer bytes may be merged
SMALL_SEGMENTS = 8  # so many small segments may lie about
WAIT = 5.0  # seconds for another writer
LOCK = f"{NAME}_WRITELOCK"  # Whoosh's name

Posting = tuple[str, bytes, int, float, bytes]


@contextmanager
def sole_writer(storage: SealedStorage) -> Iterator[None]:
    """The right to write, for what is no batch."""
    lock = storage.lock(LOCK)
    if not try_for(lock.acquire, timeout=WAIT):
        raise IndexBusy
    try:
        yield
    finally:
        lock.release()


class TermPool:
    """The postings of one batch by term: in memory, where the stock pool would spill them in plain.

    Documents come in ascending order, so only the terms have to be sorted.
    """

    def __init__(self) -> None:
        self._terms: dict[tuple[str, bytes], list[tuple[int, float, bytes]]] = defaultdict(list)

    def add(self, posting: Posting) -> None:
        field, term, document, weight, places = posting
        self._terms[field, term].append((document, weight, places))

    def iter_postings(self) -> Iterator[Posting]:
        for field, term in sorted(self._terms):
            for document, weight, places in self._terms.pop((field, term)):
                yield field, term, document, weight, places

    def cleanup(self) -> None:
        self._terms.clear()


class SealedWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh is untyped
    """Whoosh's writer with a pool in memory, and a lock that is free again whatever happens."""

    writelock: Any = None
    is_closed: bool
    storage: SealedStorage

    def __init__(self, index: FileIndex) -> None:
        try:
            super().__init__(index, timeout=WAIT, codec=BlockCodec())
        except LockError as error:
            raise IndexBusy from error
        except BaseException:
            self._unlock()
            raise
        self.pool = TermPool()
        self.storage.forget()

    def publish(self) -> None:
        """Commit; on any failure the index stays as it was."""
        try:
            self.commit(mergetype=merge_small)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StorageFull from error
            raise
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Give up what was not published."""
        if not self.is_closed:
            self.is_closed = True
            self.pool.cleanup()
            try:
                self.storage.forget()
            finally:
                self._unlock()

    def _unlock(self) -> None:
        if self.writelock is not None and self.writelock.fd is not None:
            self.writelock.release()


def merge_small(writer: SealedWriter, segments: list[Any]) -> list[Any]:
    """Small segments become one as soon as there are many, and those mostly deleted are written anew."""

    def size(segment: Any) -> int:
        return writer.storage.file_length(segment.make_filename(segment.COMPOUND_EXT))

    def is_worn(segment: Any) -> bool:
        return bool(2 * segment.deleted_count() > segment.doc_count_all())

    alive = [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
    small = [segment for segment in alive if size(segment) < SMALL or is_worn(segment)]
    if len(small) < SMALL_SEGMENTS and not any(map(is_worn, small)):
        return alive
    merged: list[Any] = []
    room = 2 * SMALL
    for segment in sorted(small, key=size):
        room -= size(segment)
        if merged and room < 0:
            break
        with closing(SegmentReader(writer.storage, SCHEMA, segment)) as reader:
            writer.add_reader(reader)
        merged.append(segment)
    return [segment for segment in alive if segment not in merged]
