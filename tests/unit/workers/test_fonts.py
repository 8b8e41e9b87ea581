import ctypes
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from archivist.workers import fonts
from archivist.workers.fonts import Face, Faces, installed_faces

JAPANESE, CHINESE = pdfium.FXFONT_SHIFTJIS_CHARSET, pdfium.FXFONT_GB2312_CHARSET
COLLECTION = b"ttcf\0\1\0\0" + b"".join(at.to_bytes(4, "big") for at in (4, 28, 30, 32, 34)) + b"abcdefgh"
FACE = int.from_bytes(b"ttcf", "big"), 0


@pytest.fixture
def faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Faces:
    (tmp_path / fonts.SERIF).write_bytes(COLLECTION)
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path / "elsewhere", tmp_path))
    return installed_faces()


def chosen(faces: Faces, charset: int, pitch_family: int = 0) -> int | None:
    asked = faces._asked  # noqa: SLF001  what PDFium is given
    number = asked.MapFont(asked, 400, 0, charset, pitch_family, b"SimSun", None)
    assert number is None or isinstance(number, int)
    return number


def told(faces: Faces, number: int | None, table: int, room: int) -> tuple[int, bytes]:
    asked = faces._asked  # noqa: SLF001
    buffer = (ctypes.c_ubyte * room)()
    size = asked.GetFontData(asked, number, table, buffer if room else None, room)
    return size, bytes(buffer)


def test_a_script_has_its_face_with_or_without_serifs(faces: Faces) -> None:
    number = chosen(faces, JAPANESE)

    assert number
    assert chosen(faces, JAPANESE, pdfium.FXFONT_FF_ROMAN) == number
    assert chosen(faces, CHINESE) != number
    assert chosen(faces, pdfium.FXFONT_ANSI_CHARSET) is None


def test_a_face_is_the_end_of_its_collection(faces: Faces) -> None:
    whole, face = FACE
    korean = chosen(faces, pdfium.FXFONT_HANGEUL_CHARSET)

    assert told(faces, korean, whole, 0) == (len(COLLECTION), b"")
    assert told(faces, korean, whole, 4) == (len(COLLECTION), b"ttcf")
    assert told(faces, korean, face, 6) == (6, b"cdefgh")
    assert told(faces, korean, 1, 4) == (0, bytes(4))


@pytest.mark.parametrize("content", [b"OTTO" + bytes(40), b"ttcf", b"ttcf" + bytes(8)])
def test_what_is_no_collection_is_not_lent(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / fonts.SANS).write_bytes(content)
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))

    assert chosen(installed_faces(), JAPANESE) is None


def test_without_any_there_is_none_to_choose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))

    assert chosen(installed_faces(), CHINESE) is None


def test_a_face_knows_its_sizes() -> None:
    collection = (ctypes.c_ubyte * 8)()

    assert dict(Face(collection, 6).sizes) == {FACE[0]: 8, FACE[1]: 2}
