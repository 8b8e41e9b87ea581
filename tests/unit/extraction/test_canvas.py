import errno
import mmap
import os

import pytest

from archivist.extraction.canvas import SIZE, Canvas
from archivist.extraction.framing import MOST_PIXELS
from archivist.extraction.pages import BYTES_PER_PIXEL


@pytest.fixture
def canvas() -> "Canvas":
    canvas = Canvas()
    if not canvas.is_shared:
        pytest.skip("this system has no memory to share (memfd)")
    return canvas


def test_what_is_painted_is_seen(canvas: Canvas) -> None:
    with mmap.mmap(canvas.descriptor, SIZE) as painter:
        painter[:5] = b"ochre"
    seen = bytearray(5)

    assert canvas.copy_to(memoryview(seen))
    assert seen == b"ochre"
    canvas.close()


def test_its_size_stands_for_good(canvas: Canvas) -> None:
    for size in (0, 2 * SIZE):
        with pytest.raises(OSError, match="not permitted") as refused:
            os.ftruncate(canvas.descriptor, size)
        assert refused.value.errno == errno.EPERM
    canvas.close()


def test_holes_are_seen_as_nothing_and_beyond_the_end_there_is_nothing_to_see(canvas: Canvas) -> None:
    seen = bytearray(b"x" * SIZE)

    assert canvas.copy_to(memoryview(seen))
    assert not any(seen)
    assert not canvas.copy_to(memoryview(bytearray(SIZE + 1)))
    canvas.close()


def test_every_picture_fits() -> None:
    assert MOST_PIXELS * BYTES_PER_PIXEL <= SIZE


def test_closing_twice_closes_nothing_else(canvas: Canvas) -> None:
    descriptor = canvas.descriptor
    canvas.close()
    other = os.open(os.devnull, os.O_RDONLY)
    assert other == descriptor

    canvas.close()
    assert not canvas.copy_to(memoryview(bytearray(1)))

    os.close(other)


def test_elsewhere_there_is_no_memory_to_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)

    canvas = Canvas()

    assert not canvas.is_shared
    canvas.close()
