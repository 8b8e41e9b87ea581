"""Streams of any length, encrypted so that no change to them goes unnoticed.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM:

    header   8 bytes magic, 32 bytes salt, 7 bytes nonce prefix
    chunks   each of 256 KiB, the last one shorter (perhaps empty), each followed by its tag of 16 bytes

    key of the stream    HKDF-SHA256(key, salt, "archivist/1/stream")
    nonce of chunk n     prefix, n in 4 bytes, 1 if it is the last chunk and 0 if not
    additional data      the header, with every chunk

Chunks that are altered, swapped, cut off, repeated or appended do not decrypt.
"""

import os
import struct
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from archivist.storage.files import Readable, pieces

CHUNK = 256 * 1024
HEADER = struct.Struct(">8s32s7s")
TAG = 16

_MAGIC = b"ARCHIVS1"


def encrypted(plain: Iterator[bytes], key: bytes) -> Iterator[bytes]:
    """Encrypt `plain`, which comes in pieces of exactly `CHUNK` bytes, the last one perhaps shorter."""
    salt, prefix = os.urandom(32), os.urandom(7)
    header = HEADER.pack(_MAGIC, salt, prefix)
    aead = AESGCM(_stream_key(key, salt))
    yield header
    for number, (chunk, is_last) in enumerate(_with_last(plain)):
        yield aead.encrypt(_nonce(prefix, number, is_last), chunk, header)


def decrypted(source: Readable, key: bytes) -> Iterator[bytes]:
    """Decrypt piece by piece; every piece that is handed out is authentic and in its place.

    Raises:
        InvalidTag: the stream is not as it was written, or the key is another.
    """
    header = next(pieces(source, HEADER.size), b"")
    if len(header) != HEADER.size or not header.startswith(_MAGIC):
        raise InvalidTag
    _, salt, prefix = HEADER.unpack(header)
    aead = AESGCM(_stream_key(key, salt))
    for number, (chunk, is_last) in enumerate(_with_last(pieces(source, CHUNK + TAG))):
        if len(chunk) < TAG:
            raise InvalidTag
        yield aead.decrypt(_nonce(prefix, number, is_last), chunk, header)


def _with_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk, and whether it is the last; nothing at all is one empty chunk."""
    chunk = next(chunks, b"")
    for following in chunks:
        yield chunk, False
        chunk = following
    yield chunk, True


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:  # noqa: FBT001 - a field, not a switch
    return prefix + struct.pack(">I?", number, is_last)


def _stream_key(key: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=b"archivist/1/stream").derive(key)
