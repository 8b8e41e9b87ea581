import sys

import pytest

from archivist.workers.decoding import decode, load_encodings

RUSSIAN = (
    "Всеобщая декларация прав человека. Принимая во внимание, что признание достоинства, присущего всем."
)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed_and_left_out(mark: str) -> None:
    assert decode(RUSSIAN.encode(mark)).text == RUSSIAN


def test_utf8_is_no_guess() -> None:
    found = decode(RUSSIAN.encode())

    assert (found.text, found.warnings) == (RUSSIAN, ())


def test_utf16_without_a_mark_is_seen_by_its_zeros() -> None:
    assert decode("Plain words, nothing else.".encode("utf-16-le")).text == "Plain words, nothing else."


def test_a_declaration_is_followed_as_browsers_understand_it() -> None:
    page = '<meta charset="iso-8859-1"><p>“quoted”</p>'.encode("cp1252")

    assert "“quoted”" in decode(page, declared_within=1024).text


@pytest.mark.parametrize("name", ["no-such-charset", "unicode_escape", "zlib", "utf-8"])
def test_a_declaration_that_cannot_be_true_is_not_followed(name: str) -> None:
    page = f'<meta charset="{name}"><p>{RUSSIAN}</p>'.encode("cp1251")

    assert RUSSIAN in decode(page, declared_within=1024).text


def test_a_guess_is_told() -> None:
    found = decode(RUSSIAN.encode("cp1251"))

    assert found.text == RUSSIAN
    assert found.warnings == ("How the characters are written was guessed; they were read as CP1251.",)


def test_a_damaged_byte_does_not_turn_utf8_into_something_else() -> None:
    found = decode(RUSSIAN.encode() + b"\xff")

    assert found.text == RUSSIAN + "\ufffd"
    assert found.warnings == ("1 characters are damaged and shown as \ufffd.",)


def test_bytes_of_no_encoding_still_give_characters() -> None:
    assert len(decode(bytes(range(128, 256)) * 3).text) > 0


def test_all_encodings_are_loaded_before_the_walls_close() -> None:
    load_encodings()

    assert {"encodings.gb18030", "encodings.koi8_r", "encodings.cp932"} <= set(sys.modules)
