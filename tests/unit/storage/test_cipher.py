import io
from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.storage.cipher import CHUNK, HEADER, TAG, decrypted, encrypted
from archivist.storage.files import pieces

KEY = bytes(range(32))

around_the_edges = st.builds(
    lambda chunks, more: max(0, chunks * CHUNK + more), st.integers(0, 3), st.integers(-2, 2)
)


def seal(plain: bytes, key: bytes = KEY) -> bytes:
    return b"".join(encrypted(pieces(io.BytesIO(plain), CHUNK), key))


def unseal(sealed: bytes, key: bytes = KEY) -> bytes:
    return b"".join(decrypted(io.BytesIO(sealed), key))


@settings(max_examples=25, deadline=None)
@given(size=around_the_edges, seed=st.integers(0, 255))
def test_what_is_encrypted_comes_back(size: int, seed: int) -> None:
    plain = (bytes([seed]) + bytes(range(256))) * (size // 257 + 1)

    sealed = seal(plain[:size])

    assert unseal(sealed) == plain[:size]
    assert len(sealed) == HEADER.size + size + TAG * max(1, -(-size // CHUNK))


def test_the_same_content_never_looks_the_same() -> None:
    assert seal(b"the same") != seal(b"the same")


def chunk(sealed: bytes, number: int) -> bytes:
    start = HEADER.size + number * (CHUNK + TAG)
    return sealed[start : start + CHUNK + TAG]


def alterations(sealed: bytes) -> Iterator[tuple[str, bytes]]:
    header, chunks = sealed[: HEADER.size], [chunk(sealed, number) for number in range(3)]
    yield "nothing left", b""
    yield "header only", header
    yield "header cut", header[:-1]
    yield "tail cut", sealed[:-1]
    yield "last chunk cut to less than a tag", sealed[: HEADER.size + 2 * (CHUNK + TAG) + 3]
    yield "cut between chunks", header + chunks[0] + chunks[1]
    yield "one byte more", sealed + b"\0"
    yield "one chunk more", sealed + chunks[2]
    yield "chunks swapped", header + chunks[1] + chunks[0] + chunks[2]
    yield "chunk repeated", header + chunks[0] + chunks[0] + chunks[2]
    yield "chunk left out", header + chunks[0] + chunks[2]
    yield "chunk of another stream", header + chunk(seal(bytes(3 * CHUNK)), 0) + chunks[1] + chunks[2]
    yield "header of another stream", seal(b"")[: HEADER.size] + b"".join(chunks)


@pytest.mark.parametrize("size", [2 * CHUNK + 1, 3 * CHUNK])
def test_no_alteration_goes_unnoticed(size: int) -> None:
    sealed = seal(bytes(size))
    for what, altered in alterations(sealed):
        with pytest.raises(InvalidTag):
            pytest.fail(f"{what} went unnoticed: {len(unseal(altered))} bytes")


@settings(max_examples=60, deadline=None)
@given(data=st.data(), size=st.sampled_from([0, 1, 100, CHUNK + 10]))
def test_no_flipped_bit_goes_unnoticed(data: st.DataObject, size: int) -> None:
    altered = bytearray(seal(bytes(size)))
    # Half of the flips in the header, which is small and would hardly be hit by chance.
    last = data.draw(st.sampled_from([HEADER.size, len(altered)])) - 1
    altered[data.draw(st.integers(0, last))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(InvalidTag):
        unseal(bytes(altered))


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(InvalidTag):
        unseal(seal(b"words"), bytes(32))


def test_pieces_are_handed_out_only_when_they_are_authentic() -> None:
    altered = bytearray(seal(bytes(2 * CHUNK)))
    altered[-1] ^= 1

    parts = decrypted(io.BytesIO(altered), KEY)

    assert next(parts) == bytes(CHUNK)
    with pytest.raises(InvalidTag):
        next(parts)
