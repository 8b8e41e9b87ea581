import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from archivist.extraction import pages as pages_module
from archivist.extraction.child import CannotStart, Child
from archivist.extraction.pages import (
    BYTES_PER_PIXEL,
    SECONDS_FOR_A_PAGE,
    SECONDS_OF_A_CHILD,
    NotWanted,
    PageReader,
    Picture,
)
from archivist.extraction.reasons import WorkNotDone
from archivist.extraction.sandbox import Sandbox
from archivist.model.document import Extraction
from archivist.model.page import PageArea, PageSize
from archivist.model.sandbox import Failure, SafetyLevel
from archivist.resources import resource
from archivist.workers.fonts import installed_faces
from archivist.workers.limits import PROCESSOR_SECONDS
from tests.unit.workers.locked import locked
from tests.unit.workers.samples import pdf
from tests.unit.workers.test_pages import outlined, written_with

WORDS = "All human beings\nare born free"
STROKES = "".join(f"0 0 m {x % 612} 792 l S\n" for x in range(200_000))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """At the best level of this machine; without walls where it has none."""
    with Sandbox(allow_unsafe=True) as sandbox:
        yield sandbox


@pytest.fixture
def reader(sandbox: Sandbox) -> Iterator[PageReader]:
    reader = sandbox.page_reader()
    yield reader
    reader.close()


def pixels(picture: Picture) -> bytes:
    buffer = bytearray(picture.width * picture.height * BYTES_PER_PIXEL)
    picture.copy_to(memoryview(buffer))
    return bytes(buffer)


def is_dark(picture: Picture) -> bool:
    return min(pixels(picture)[::4]) < 128


def child_of(reader: PageReader) -> Child:
    child = reader._child  # noqa: SLF001  what no user of it needs to know
    assert child
    return child


def test_a_document_is_opened_and_its_pages_are_shown(reader: PageReader) -> None:
    opened = reader.open(pdf(WORDS, "second"))

    assert opened.sizes == (PageSize(612, 792),) * 2
    assert opened.labels == ("1", "2")
    picture = reader.picture(0, 2.0)
    assert (picture.width, picture.height) == (1224, 1584)
    assert is_dark(picture)
    assert reader.layer(1).text == "second"


def test_letters_of_any_script_come_through_the_walls(reader: PageReader) -> None:
    reader.open(written_with("10", "שלום (עולם)", "𠮷 e\u0301"))

    assert reader.layer(0).text.endswith("𠮷 é")


def test_an_outline_that_leads_in_circles_comes_through_the_walls(reader: PageReader) -> None:
    opened = reader.open(outlined().replace(b"/Prev 13 0 R/Next 16 0 R", b"/Prev 13 0 R/Next 11 0 R"))

    assert [entry.title for entry in opened.outline] == ["One", "Below", "Two", "Nowhere", "Whole page"]


def without_its_font(ordering: str, encoding: str, codes: str) -> bytes:
    """Words in a font that the document only names."""
    font = (
        f"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/{encoding}/DescendantFonts[11 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo"
        f"<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>/FontDescriptor 12 0 R/DW 1000>>",
        "<</Type/FontDescriptor/FontName/X/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/StemV 93>>",
    )
    document = pdf(f") Tj <{codes}> Tj (", objects=font)
    return document.replace(b"/F1 3 0 R", b"/F1 10 0 R")


@pytest.mark.parametrize(
    ("ordering", "encoding", "words"),
    [
        ("GB1", "UniGB-UCS2-H", "人人生而自由"),
        ("CNS1", "UniCNS-UCS2-H", "世界人權宣言"),
        ("Japan1", "UniJIS-UCS2-H", "すべての人間"),
        ("Korea1", "UniKS-UCS2-H", "모든사람은"),
    ],
)
def test_words_are_seen_though_the_document_does_not_bring_their_font(
    sandbox: Sandbox, reader: PageReader, ordering: str, encoding: str, words: str
) -> None:
    if not installed_faces()._places:  # noqa: SLF001
        pytest.skip("this machine lacks the fonts of fonts-noto-cjk")
    document = without_its_font(ordering, encoding, words.encode("utf-16-be").hex())
    reader.open(document)

    layer = reader.layer(0)
    found = sandbox.extract(document, "a.pdf")

    assert layer.text == words
    assert isinstance(found, Extraction)
    assert found.text == words
    for index in range(len(words)):
        left, top, right, bottom = (round(side) for side in layer.box(index))
        assert is_dark(reader.picture(0, 1.0, PageArea(left, top, right - left, bottom - top)))


def test_an_area_of_a_page_is_shown(reader: PageReader) -> None:
    reader.open(pdf(WORDS))

    assert is_dark(reader.picture(0, 1.0, PageArea(60, 70, 200, 50)))
    assert not is_dark(reader.picture(0, 1.0, PageArea(60, 200, 200, 50)))


def test_a_picture_that_would_be_too_large_comes_smaller(reader: PageReader) -> None:
    reader.open(pdf(WORDS))

    picture = reader.picture(0, 20.0)

    assert picture.width < 12240
    assert picture.width / picture.height == pytest.approx(612 / 792, rel=0.001)
    assert is_dark(picture)


def test_another_document_may_be_opened_after_the_first(reader: PageReader) -> None:
    reader.open(pdf("first"))
    reader.layer(0)
    reader.open(pdf("second"))

    assert reader.layer(0).text == "second"


def test_a_locked_document_asks_for_its_password(reader: PageReader) -> None:
    document = locked(pdf("secret"), "open sesame")

    for password, sentence in (("", "type the password"), ("wrong", "This password does not open")):
        with pytest.raises(WorkNotDone, match=sentence) as refused:
            reader.open(document, password)
        assert refused.value.failure is Failure.PASSWORD
    child = child_of(reader)
    reader.open(document, "open sesame")

    assert reader.layer(0).text == "secret"
    assert child_of(reader) is child, "a child that only refused is used again"

    reader.close()

    held = (getattr(reader, name) for name in vars(reader))
    assert "open sesame" not in held, "it is kept no longer than the document is open"


@pytest.mark.parametrize(
    ("document", "failure", "sentence"),
    [
        (b"", Failure.EMPTY, "is empty"),
        (b"no pdf", Failure.DAMAGED, "is damaged"),
        (pdf(), Failure.NO_PAGES, "none of them can be read"),
    ],
)
def test_what_has_no_pages_says_why(
    reader: PageReader, document: bytes, failure: Failure, sentence: str
) -> None:
    with pytest.raises(WorkNotDone, match=sentence) as refused:
        reader.open(document)

    assert refused.value.failure is failure
    assert not reader.is_running


def test_a_document_beyond_all_measure_is_not_sent(
    reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_module, "LARGEST_DOCUMENT", 4)

    with pytest.raises(WorkNotDone, match="too large"):
        reader.open(pdf(WORDS))
    assert not reader.is_running


def test_a_page_that_cannot_be_read_costs_only_itself(reader: PageReader) -> None:
    reader.open(pdf("first", "second").replace(b"[100 0 R 102 0 R]", b"[100 0 R 999 0 R]"))

    with pytest.raises(WorkNotDone, match="Page 2 cannot be shown: it is damaged"):
        reader.picture(1, 1.0)
    assert reader.layer(1).text == ""
    assert reader.layer(0).text == "first"


def test_a_child_that_died_between_pages_is_replaced(reader: PageReader) -> None:
    reader.open(pdf(WORDS))
    child_of(reader).interrupt()

    assert is_dark(reader.picture(0, 1.0))


def test_a_child_at_rest_is_replaced_when_asked(reader: PageReader) -> None:
    reader.open(pdf(WORDS))
    reader.rest()
    assert not reader.is_running

    assert reader.layer(0).text == WORDS


def test_a_child_that_has_worked_long_is_replaced_in_time(
    reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.open(pdf(WORDS))
    first = child_of(reader)
    monkeypatch.setattr(pages_module, "SECONDS_OF_A_CHILD", 0.0)

    assert reader.layer(0).text == WORDS
    assert child_of(reader) is not first
    assert SECONDS_OF_A_CHILD + SECONDS_FOR_A_PAGE < PROCESSOR_SECONDS


def test_the_waiting_is_counted(reader: PageReader) -> None:
    reader.open(pdf(WORDS))
    after_opening = reader._waited  # noqa: SLF001
    reader.picture(0, 1.0)

    assert 0 < after_opening < reader._waited  # noqa: SLF001


def test_a_picture_that_is_not_wanted_any_more_is_given_up(reader: PageReader) -> None:
    reader.open(pdf("heavy", "light", before=STROKES))
    asked = iter([True, False])
    begun = time.monotonic()

    with pytest.raises(NotWanted):
        reader.picture(0, 4.0, is_wanted=lambda: next(asked, False))

    assert time.monotonic() - begun < pages_module.SECONDS_FOR_A_PAGE / 4
    assert reader.is_running
    assert reader.layer(1).text == "light"


def test_an_interrupted_reader_is_at_an_end_for_good(reader: PageReader) -> None:
    reader.open(pdf("heavy", before=STROKES))
    threading.Timer(0.1, reader.interrupt).start()
    begun = time.monotonic()

    with pytest.raises(NotWanted):
        reader.picture(0, 4.0)
    assert time.monotonic() - begun < 2
    for asked in (lambda: reader.layer(0), lambda: reader.open(pdf(WORDS))):
        with pytest.raises(NotWanted):
            asked()
    assert not reader.is_running


def test_interrupting_does_not_wait_for_a_child_to_start() -> None:
    starting: Future[Child] = Future()
    reader = PageReader(lambda: starting)
    threading.Timer(0.1, reader.interrupt).start()

    with pytest.raises(NotWanted):
        reader.open(pdf(WORDS))

    starting.set_exception(CannotStart())


def test_nothing_is_asked_of_no_document(reader: PageReader) -> None:
    with pytest.raises(ValueError, match="no document is open"):
        reader.layer(0)


def test_without_walls_no_page_is_shown_unless_asked_for() -> None:
    with Sandbox(SafetyLevel.NONE) as sandbox, pytest.raises(WorkNotDone, match="safely") as refused:
        sandbox.page_reader().open(pdf(WORDS))
    assert refused.value.failure is Failure.UNSAFE

    with Sandbox(SafetyLevel.NONE, allow_unsafe=True) as sandbox:
        reader = sandbox.page_reader()
        reader.open(pdf(WORDS))
        assert reader.layer(0).text == WORDS
        reader.close()


def test_without_memory_to_share_pixels_come_over_the_pipe(
    sandbox: Sandbox, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.open(pdf(WORDS))
    shared = pixels(reader.picture(0, 1.5))
    monkeypatch.delattr(os, "memfd_create", raising=False)
    over_the_pipe = sandbox.page_reader()
    over_the_pipe.open(pdf(WORDS))

    assert pixels(over_the_pipe.picture(0, 1.5)) == shared
    assert over_the_pipe.picture(0, 99.0).height < 792 * 99
    over_the_pipe.close()


def test_without_room_for_a_child_it_is_said(
    sandbox: Sandbox, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sandbox.level

    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr("archivist.extraction.starting.subprocess.Popen", refused)
        with pytest.raises(WorkNotDone, match="Close other programs") as failed:
            reader.open(pdf(WORDS))
    assert failed.value.failure is Failure.NOT_STARTED

    reader.open(pdf(WORDS))
    assert reader.layer(0).text == WORDS


def test_without_threads_it_is_said_too(
    sandbox: Sandbox, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sandbox.level

    def no_thread(*_: object, **__: object) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr("archivist.extraction.child._starter.submit", no_thread)
        with pytest.raises(WorkNotDone, match="Close other programs"):
            reader.open(pdf(WORDS))


def soon(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_descriptors_are_given_back(sandbox: Sandbox) -> None:
    sandbox.page_reader().close()
    before = open_descriptors()

    for _ in range(3):
        reader = sandbox.page_reader()
        reader.open(pdf(WORDS))
        reader.picture(0, 1.0)
        reader.close()
        reader.close()

    assert open_descriptors() == before


def test_a_child_can_be_kept_ready_for_the_next_document() -> None:
    before = open_descriptors()
    with Sandbox(allow_unsafe=True) as sandbox:
        sandbox.keep_page_reader_ready()
        sandbox.keep_page_reader_ready()
        for _ in range(3):
            reader = sandbox.page_reader()
            reader.open(pdf(WORDS))
            assert reader.layer(0).text == WORDS
            reader.close()

    assert soon(lambda: open_descriptors() == before)


def test_a_child_that_died_in_reserve_is_not_used() -> None:
    with Sandbox(allow_unsafe=True) as sandbox:
        sandbox.keep_page_reader_ready()
        reserve = sandbox._page_children._reserve  # noqa: SLF001
        assert reserve
        reserve.result().interrupt()
        assert soon(lambda: not reserve.result()._is_alive())  # noqa: SLF001
        reader = sandbox.page_reader()

        reader.open(pdf(WORDS))

        assert reader.layer(0).text == WORDS
        reader.close()


def test_on_a_system_without_walls_no_child_is_kept_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with Sandbox(SafetyLevel.NONE) as sandbox:
        sandbox.keep_page_reader_ready()

        assert sandbox._page_children._reserve is None  # noqa: SLF001


def test_each_page_says_what_import_read(sandbox: Sandbox, reader: PageReader) -> None:
    samples = sorted(resource("sample/documents").glob("*.pdf"))
    for sample in samples:
        document = sample.read_bytes()
        found = sandbox.extract(document, sample.name)
        assert isinstance(found, Extraction)
        pages = [section for section in found.sections if section.kind == "page"]

        opened = reader.open(document)

        assert opened.labels == tuple(page.label for page in pages)
        for index, page in enumerate(pages):
            assert reader.layer(index).text == found.text[page.start : page.end]
    assert samples
