import zlib
from array import array
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from archivist.model.page import PageLayer, PageSize
from archivist.model.sandbox import Failure
from archivist.workers import page_outline, pages
from archivist.workers import pdf as reader
from archivist.workers.canvas import LARGEST_ON_THE_PIPE, ON_THE_PIPE, Canvas
from archivist.workers.failing import Unreadable
from archivist.workers.pages import begin, prepare
from tests.unit.workers.samples import pdf

WORDS = "All human (beings)\nare born free"
TURNS = ("", "/Rotate 90", "/Rotate 180", "/Rotate 270")
CROPS = ("", "/CropBox[50 600 400 780]")
HEBREW = (
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[11 0 R]/ToUnicode 13 0 R>>",
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo"
    "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 12 0 R/DW 500>>",
    "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -200 500 800]/ItalicAngle 0/Ascent 800"
    "/Descent -200/StemV 80>>",
)


def never() -> bool:
    return False


class Opened:
    """A document in a session, without a child around it."""

    def __init__(self, document: bytes, password: str = "", is_called: Callable[[], bool] = never) -> None:
        canvas = Canvas(ON_THE_PIPE)
        (self.told, _), self.ask = begin({"password": password}, document, canvas, is_called)

    @property
    def size(self) -> PageSize:
        return PageSize(*self.told["sizes"][0])

    def layer(self, page: int = 0) -> PageLayer:
        answer, payload = self.ask({"do": "layer", "page": page}, b"")
        end = 16 * answer["characters"]
        return PageLayer(bytes(payload[end:]).decode(), array("f", bytes(payload[:end])))

    def ink(self, *area: int, scale: float = 1.0, page: int = 0) -> npt.NDArray[np.bool_]:
        """Where the picture is dark: row, column."""
        whole = self.size.pixels(scale)
        area = area or (0, 0, *whole)
        answer, pixels = self.ask({"do": "picture", "page": page, "whole": whole, "area": area}, b"")
        assert answer == {"stopped": False}
        blue_first = np.frombuffer(bytes(pixels), np.uint8).reshape(area[3], area[2], 4)
        return np.asarray(blue_first[:, :, :3].max(axis=2) < 128)


def to_unicode(mapping: dict[int, str]) -> str:
    """A ToUnicode table as the body of an object."""
    lines = "".join(f"<{code:04X}> <{said.encode('utf-16-be').hex()}>\n" for code, said in mapping.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName/X def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(mapping)} beginbfchar\n{lines}endbfchar\nendcmap end end"
    )
    return f"<</Length {len(table)}>>stream\n{table}\nendstream"


def written_with(font: str, *letters: str) -> bytes:
    """A page that shows letters of a font that is not there; their codes count from 1."""
    mapping = dict(enumerate(dict.fromkeys("".join(letters)), start=1))
    codes = {letter: code for code, letter in mapping.items()}
    shown = " 0 -20 Td ".join(f"<{''.join(f'{codes[c]:04X}' for c in line)}> Tj" for line in letters)
    document = pdf(f") Tj {shown} (", objects=(*HEBREW, to_unicode(mapping)))
    return document.replace(b"/F1 3 0 R", f"/F1 {font} 0 R".encode())


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("crop", CROPS)
def test_letters_are_where_the_picture_shows_them(turn: str, crop: str) -> None:
    opened = Opened(pdf(WORDS, page=turn + crop))

    layer, ink = opened.layer(), opened.ink(scale=2)

    beside = ink.copy()
    for index, character in enumerate(layer.text):
        left, top, right, bottom = (round(side * 2) for side in layer.box(index))
        if not character.isspace():
            assert ink[top:bottom, left:right].any(), character
        beside[top - 1 : bottom + 1, left - 1 : right + 1] = False
    assert not beside.any()


@pytest.mark.parametrize(
    ("page", "size"),
    [
        ("", (612, 792)),
        ("/Rotate 90", (792, 612)),
        ("/CropBox[50 600 400 780]", (350, 180)),
        ("/CropBox[50 600 400 780]/Rotate 270", (180, 350)),
        ("/MediaBox[0 0 0 0]", (612, 792)),
        ("/MediaBox[0 0 9000000 9000000]", (200_000, 200_000)),
    ],
)
def test_sizes_are_as_displayed_and_within_measure(page: str, size: tuple[float, float]) -> None:
    document = pdf("x", page=page)
    if "/MediaBox" in page:
        document = document.replace(b"/MediaBox[0 0 612 792]", b"", 1)

    assert Opened(document).told["sizes"] == [list(size)]


def test_a_page_is_known_by_what_is_printed_on_it() -> None:
    opened = Opened(pdf("a", "b", catalog="/PageLabels<</Nums[0<</S/r>>1<</S/D/P(A-)>>]>>"))

    assert opened.told["labels"] == ["i", "A-1"]


def test_an_area_is_the_same_as_in_the_whole() -> None:
    opened = Opened(pdf(WORDS))

    whole = opened.ink()

    assert (opened.ink(60, 70, 200, 50) == whole[70:120, 60:260]).all()


def test_notes_and_forms_are_painted_too() -> None:
    note = "<</Type/Annot/Subtype/Square/Rect[100 100 300 200]/C[0 0 0]/IC[0 0 0]/AP<</N 11 0 R>>>>"
    black = "0 0 200 100 re f"
    look = f"<</Type/XObject/Subtype/Form/BBox[0 0 200 100]/Length {len(black)}>>stream\n{black}\nendstream"

    assert Opened(pdf("", page="/Annots[10 0 R]", objects=(note, look))).ink()[650, 200]


@pytest.mark.parametrize(
    "document",
    [
        pdf("some words", "", "and\nmore", before="3 Tr"),
        pdf(WORDS, page="/Rotate 90"),
        pdf("hyphen-\nation"),
        written_with("10", "שלום (עולם) ab", "𠮷野家"),
        written_with("10", "e\u0301te\u0301", "한글"),
    ],
)
def test_the_words_of_a_page_are_those_that_import_reads(document: bytes) -> None:
    found = reader.read(document)
    opened = Opened(document)

    for index, section in enumerate(found.sections):
        layer = opened.layer(index)
        assert layer.text == found.text[section.start : section.end]
        assert len(layer.boxes) == 4 * len(layer.text)


def test_each_letter_of_any_script_has_a_box() -> None:
    layer = Opened(written_with("10", "שלום (עולם)", "𠮷e\u0301")).layer()

    assert "(" in layer.text
    assert "𠮷é" in layer.text
    for index, character in enumerate(layer.text):
        left, top, right, bottom = layer.box(index)
        assert (left < right and top < bottom) or character.isspace(), character


def test_line_ends_have_no_shape_and_spaces_fill_the_gap() -> None:
    far_apart = pdf(") Tj 0 0 Td (one) Tj 30 0 Td (two")
    layer = Opened(far_apart.replace(b"()Tj", b"")).layer()

    gap = layer.box(layer.text.index(" "))
    assert gap[0] == pytest.approx(layer.box(layer.text.index("e"))[2], abs=0.1)
    assert gap[2] == pytest.approx(layer.box(layer.text.index("t"))[0], abs=0.1)
    two_lines = Opened(pdf(WORDS)).layer()
    left, _, right, _ = two_lines.box(two_lines.text.index("\n"))
    assert left == right


def test_a_page_that_cannot_be_read_has_no_words_and_no_picture() -> None:
    document = pdf("first", "second").replace(b"[100 0 R 102 0 R]", b"[100 0 R 999 0 R]")
    opened = Opened(document)

    assert [section.end - section.start for section in reader.read(document).sections] == [5, 0]
    assert (opened.layer(0).text, opened.layer(1)) == ("first", PageLayer("", array("f")))
    with pytest.raises(Unreadable) as refused:
        opened.ink(page=1)
    assert refused.value.failure is Failure.DAMAGED


def test_pages_are_kept_open_only_as_long_as_they_are_in_sight() -> None:
    opened = Opened(pdf(*(f"page {number}" for number in range(20))))

    assert [opened.layer(page).text for page in (0, 7, 19, 0, 7, 3)] == [
        f"page {number}" for number in (0, 7, 19, 0, 7, 3)
    ]


def test_a_picture_that_nobody_waits_for_is_given_up() -> None:
    many_strokes = "".join(f"0 0 m {x} 700 l S\n" for x in range(20_000))
    opened = Opened(pdf("words", before=many_strokes), is_called=lambda: True)

    answer, pixels = opened.ask(
        {"do": "picture", "page": 0, "whole": [612, 792], "area": [0, 0, 612, 792]}, b""
    )

    assert (answer, pixels) == ({"stopped": True}, b"")
    assert opened.layer().text == "words"


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        Canvas(ON_THE_PIPE).take(LARGEST_ON_THE_PIPE + 1)

    assert refused.value.failure is Failure.MEMORY


def test_a_page_with_more_words_than_can_be_taken_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_CHARACTERS", 4)

    answer, _ = Opened(pdf("words")).ask({"do": "layer", "page": 0}, b"")

    assert answer == {"failure": Failure.TOO_MUCH_TEXT}


OUTLINE = (
    "<</Type/Outlines/First 11 0 R/Last 14 0 R/Count 4>>",
    "<</Title(One)/Parent 10 0 R/Dest[100 0 R/XYZ 0 700 0]/Next 12 0 R/First 15 0 R/Last 15 0 R/Count 1>>",
    "<</Title(Two)/Parent 10 0 R/A<</S/GoTo/D[102 0 R/FitH 600]>>/Prev 11 0 R/Next 13 0 R>>",
    "<</Title(Nowhere)/Parent 10 0 R/Prev 12 0 R/Next 14 0 R>>",
    "<</Title(Whole\\n page)/Parent 10 0 R/Dest[102 0 R/Fit]/Prev 13 0 R/Next 16 0 R>>",
    "<</Title(Below)/Parent 11 0 R/Dest[102 0 R/XYZ null null 0]>>",
    "<</Title( )/Parent 10 0 R/Prev 14 0 R>>",
)


def outlined(page: str = "") -> bytes:
    return pdf("a", "b", catalog="/Outlines 10 0 R", page=page, objects=OUTLINE)


def test_the_outline_leads_to_places_on_pages() -> None:
    assert Opened(outlined()).told["outline"] == [
        [0, "One", 0, 92.0],
        [1, "Below", 1, 0.0],
        [0, "Two", 1, 192.0],
        [0, "Nowhere", None, 0.0],
        [0, "Whole page", 1, 0.0],
    ]


def test_places_on_a_cropped_page_count_from_its_upper_edge() -> None:
    told = Opened(outlined("/CropBox[0 500 612 720]")).told["outline"]

    assert [entry[3] for entry in told] == [20.0, 0.0, 120.0, 0.0, 0.0]


def test_an_outline_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_outline, "MOST_ENTRIES", 2)
    circular = outlined().replace(b"/Prev 13 0 R/Next 16 0 R", b"/Prev 13 0 R/Next 11 0 R")

    assert len(Opened(circular).told["outline"]) == 2
    monkeypatch.setattr(page_outline, "MOST_LETTERS", 6)
    assert [entry[1] for entry in Opened(circular).told["outline"]] == ["One"]
    monkeypatch.undo()
    assert len(Opened(circular).told["outline"]) == 5


def test_pages_of_many_sizes_are_not_all_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_outline, "MOST_PAGES_LOADED", 0)

    assert {entry[3] for entry in Opened(outlined()).told["outline"]} == {0.0}


def test_all_is_rehearsed_before_the_first_document() -> None:
    prepare()


def test_a_page_that_inflates_is_painted_as_far_as_it_goes() -> None:
    packed = zlib.compress(b"0 0 9 9 re f " * 100_000).decode("latin-1")
    document = pdf(
        "words", objects=(f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n{packed}\nendstream",)
    )

    assert Opened(document.replace(b"/Contents 101 0 R", b"/Contents 10 0 R ")).ink()[790, 4]
