"""A PDF that opens with its password only (standard security handler, revision 2), made on the spot."""

import hashlib
import re

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_NAME = b"0123456789abcdef"
_MAY_DO_ALL = (-4).to_bytes(4, "little", signed=True)
_STREAM = re.compile(rb"(?<=\n)(\d+) 0 obj\n(<<[^\n]*>>stream\n)(.*?)(?=\nendstream)", re.DOTALL)


def locked(document: bytes, password: str) -> bytes:
    """`document` as `samples.pdf` writes it, without strings outside of its streams."""
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(_md5(padded)[:5], padded)
    key = _md5(padded + owner + _MAY_DO_ALL + _NAME)[:5]
    encrypt = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        owner.hex().encode(),
        _rc4(key, _PADDING).hex().encode(),
        _NAME.hex().encode(),
        _NAME.hex().encode(),
    )

    def hidden(stream: re.Match[bytes]) -> bytes:
        number = int(stream[1]).to_bytes(3, "little") + bytes(2)
        return b"%s 0 obj\n%s%s" % (stream[1], stream[2], _rc4(_md5(key + number)[:10], stream[3]))

    return _STREAM.sub(hidden, document).replace(b"trailer <<", b"trailer <<" + encrypt)


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def _rc4(key: bytes, content: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    said = bytearray()
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        said.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(said)
