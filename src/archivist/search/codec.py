"""Whoosh's own codec, read in blocks: postings and lengths come as arrays instead of one by one."""

import io
import pickle
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PerDocReader
from whoosh.util.numeric import byte_to_length

from archivist.search.places import SIZE, Numbers, Weights, from_steps

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float64)


class BlockMatcher(W3LeafMatcher):  # type: ignore[misc]  # Whoosh is untyped
    """Gives whole blocks of a posting list."""

    _data: Any
    _values: Any

    def postings(self) -> tuple[Numbers, Weights]:
        """All documents of the list, ascending, and how often the term is in each."""
        documents: list[Numbers] = []
        weights: list[Any] = []
        for ids in self._blocks():
            self._read_weights()
            documents.append(ids)
            weights.append(self._weights)
        return np.concatenate(documents), np.concatenate(weights).astype(np.float64)

    def places(self, is_wanted: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """`(document, place)` pairs of the term in the wanted documents, ascending, as two arrays."""
        chosen: list[bytes] = []
        documents: list[Numbers] = [np.zeros(0, np.int64)]
        for ids in self._blocks():
            hits = np.flatnonzero(is_wanted[ids])
            if len(hits):
                self._read_values()
                documents.append(ids[hits])
                chosen.extend(map(self._values.__getitem__, hits.tolist()))
        counts = np.array([len(value) // SIZE for value in chosen], np.int64)
        return np.repeat(np.concatenate(documents), counts), from_steps(b"".join(chosen), counts)

    def _blocks(self) -> Iterator[Numbers]:
        self.reset()
        while self.is_active():
            self._read_data()
            yield np.cumsum(np.array(self._data[0], np.int64))
            self._next_block()

    def _goto(self, position: int) -> None:
        """As Whoosh does it, with one read for the head of a block instead of twenty."""
        size = self._postfile.get_int(position)
        self._lastblock = size < 0
        self._data = self._ids = self._weights = self._values = None
        self._i = 0
        start = position + 4
        self._nextoffset = start + abs(size)
        head = io.BytesIO(self._postfile.get(start, min(abs(size), 256)))
        info = pickle.load(head)  # noqa: S301  # authenticated before it is read: see storage.py
        self._dataoffset = start + head.tell()
        (self._blocklength, self._maxid, self._maxweight, self._compression, shortest, longest) = info
        self._minlength = byte_to_length(shortest)
        self._maxlength = byte_to_length(longest)


class LengthsReader(W3PerDocReader):  # type: ignore[misc]  # Whoosh is untyped
    """Gives the lengths of a field as one array."""

    def lengths(self, field: str) -> Weights:
        return _LENGTHS[self.fixed_column(f"_{field}_len", 1).view(np.uint8)]

    def fixed_column(self, name: str, width: int) -> npt.NDArray[np.bytes_]:
        """A column of values of `width` bytes; those at its end that are empty are not stored."""
        values = np.zeros(self._doccount, f"S{width}")
        if self.has_column(name):
            file, start, size = self._get_column_file(name)
            stored = np.frombuffer(file.get(start, size), f"S{width}")
            values[: len(stored)] = stored
        return values


class BlockCodec(W3Codec):  # type: ignore[misc]  # Whoosh is untyped
    """The stock format on disk; only the readers differ."""

    length_stats = False  # of blocks, for a way of skipping that we do not use

    def __init__(self) -> None:
        super().__init__(compression=1)

    def postings_reader(
        self, file: object, info: Any, format_: object, term: object = None, scorer: object = None
    ) -> BlockMatcher:
        start, length = info.extent()
        return BlockMatcher(file, start, length, format_, term=term, scorer=scorer)

    def per_document_reader(self, storage: object, segment: object) -> LengthsReader:
        return LengthsReader(storage, segment)
