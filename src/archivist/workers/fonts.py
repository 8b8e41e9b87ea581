"""Faces for documents that name a font and do not bring it: pages would stay empty where others read words.

A copy that has a document can open no file, so the zygote maps the faces before. Without them
PDFium still draws Latin letters by fonts of its own. Chinese, Japanese and Korean documents are
those that often bring none.
"""

import ctypes
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # noqa: F401  starts PDFium, which forgets what it was told before
import pypdfium2.raw as pdfium

FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
SANS, SERIF = "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc"
FACES = {  # in the order of the collection
    pdfium.FXFONT_SHIFTJIS_CHARSET: 0,
    pdfium.FXFONT_HANGEUL_CHARSET: 1,
    pdfium.FXFONT_GB2312_CHARSET: 2,
    pdfium.FXFONT_CHINESEBIG5_CHARSET: 3,
}

_WHOLE_COLLECTION = int.from_bytes(b"ttcf", "big")
_WHOLE_FACE = 0
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a collection of them: all of these bytes, from `start` on."""

    collection: "ctypes.Array[ctypes.c_ubyte]"
    start: int

    @property
    def sizes(self) -> Mapping[int, int]:
        """What PDFium may ask for; it finds the face by the difference."""
        whole = len(self.collection)
        return {_WHOLE_COLLECTION: whole, _WHOLE_FACE: whole - self.start}


class Faces:
    """Answers PDFium's questions for fonts."""

    def __init__(self, by_charset: Mapping[tuple[int, bool], Face]) -> None:
        self._places = {place: number for number, place in enumerate(by_charset, start=1)}
        self._faces = dict(enumerate(by_charset.values(), start=1))
        self._asked = pdfium.FPDF_SYSFONTINFO(version=_VERSION)
        for name, answer in (("MapFont", self._choose), ("GetFontData", self._read)):
            setattr(self._asked, name, type(getattr(self._asked, name))(answer))

    def lend(self) -> None:
        """To PDFium, in place of those that it would look for itself; for as long as this process lives."""
        pdfium.FPDF_SetSystemFontInfo(self._asked)
        _lent.append(self)

    def _choose(self, *asked: int) -> int | None:
        """The number of a face: by the script alone, with or without serifs."""
        _, _, _, charset, pitch_family, *_ = asked
        has_serifs = bool(pitch_family & pdfium.FXFONT_FF_ROMAN)
        return self._places.get((charset, has_serifs)) or self._places.get((charset, not has_serifs))

    def _read(self, *asked: int) -> int:
        _, number, table, buffer, room = asked
        face = self._faces[number]
        size = face.sizes.get(table, 0)
        if size and buffer:
            start = len(face.collection) - size
            ctypes.memmove(buffer, ctypes.byref(face.collection, start), min(size, room))
        return size


_lent: list[Faces] = []


def installed_faces() -> Faces:
    found = {}
    for has_serifs, name in ((False, SANS), (True, SERIF)):
        path = next((folder / name for folder in FOLDERS if (folder / name).is_file()), None)
        collection = _mapped(path) if path else None
        starts = _starts(collection) if collection else []
        for charset, index in FACES.items():
            if collection and index < len(starts):
                found[charset, has_serifs] = Face(collection, starts[index])
    return Faces(found)


def _mapped(path: Path) -> "ctypes.Array[ctypes.c_ubyte]":
    """Shared with all who map it, as long as nobody writes."""
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    return (ctypes.c_ubyte * len(content)).from_buffer(content)


def _starts(collection: "ctypes.Array[ctypes.c_ubyte]") -> list[int]:
    """Where each face begins, as the collection itself says."""
    head = bytes(collection[:12])
    if head[:4] != b"ttcf":
        return []
    count = int.from_bytes(head[8:12], "big")
    table = bytes(collection[12 : 12 + 4 * count])
    return [int.from_bytes(table[at : at + 4], "big") for at in range(0, len(table), 4)]
