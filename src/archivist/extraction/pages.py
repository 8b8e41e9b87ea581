"""Pages of one open PDF from a child of its own: pixels, and the words with their places.

A child that crashed, took too long or said what cannot be is ended, and the next request starts
another; a page that did this twice is given up, and the others still work.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import TypeVar

from archivist.extraction.canvas import Canvas
from archivist.extraction.child import CannotStart, Child, Wanted, forget
from archivist.extraction.frames import Header, JobFailed
from archivist.extraction.framing import frame_for
from archivist.extraction.page_answers import Refused, decode_layer, decode_pages, decode_stopped
from archivist.extraction.reasons import WorkNotDone, page_not_shown, pages_not_shown, words_not_marked
from archivist.model.page import PageArea, PageLayer, Pages
from archivist.model.sandbox import Failure

LARGEST_DOCUMENT = 256 << 20
SECONDS_FOR_A_PAGE = 20.0
SECONDS_OF_A_CHILD = 450.0  # `workers/limits.py` gives it 600 of processor time: it is replaced before that
BYTES_PER_PIXEL = 4
TRIES = 2
_PATIENCE = 0.02

T = TypeVar("T")
Begin = Callable[[], Future[Child]]
Complain = Callable[[Failure, str], WorkNotDone]


class NotWanted(Exception):
    """It was given up half-way, because nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a page, four bytes each (blue, green, red, nothing); to be copied before the next request."""

    width: int
    height: int
    _pixels: Canvas | bytes

    def copy_to(self, buffer: memoryview) -> None:
        """All rows, without gaps between them, into a buffer of exactly that size.

        Raises:
            WorkNotDone: the child has ended meanwhile.
        """
        if isinstance(self._pixels, bytes):
            buffer[:] = self._pixels
        elif not self._pixels.copy_to(buffer):
            raise WorkNotDone(Failure.MALFORMED, "The picture of this page was lost; it will come again.")


class PageReader:
    """One open document. Belongs to one thread, but for `interrupt`; `Sandbox.page_reader` makes one."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._child: Child | None = None
        self._original, self._password = b"", ""
        self._pages: Pages | None = None
        self._waited = 0.0
        self._failed: Counter[tuple[Complain, int]] = Counter()
        self._why: dict[tuple[Complain, int], Failure] = {}
        self._interrupted = threading.Event()

    @property
    def is_running(self) -> bool:
        """Whether there is a child."""
        return self._child is not None

    def open(self, original: bytes, password: str = "") -> Pages:
        """Takes the document; it is kept, for each child that has to begin anew.

        Raises:
            WorkNotDone: why no page can be shown; its `failure` is PASSWORD where another one is needed.
            NotWanted: interrupted.
        """
        if self._pages is not None:
            self._end()
        self._original, self._password, self._pages = original, password, None
        self._failed.clear()
        if not original or len(original) > LARGEST_DOCUMENT:
            raise pages_not_shown(Failure.TOO_LARGE if original else Failure.EMPTY)
        self._pages = self._opened()
        return self._pages

    def picture(
        self, page: int, scale: float, area: PageArea | None = None, *, is_wanted: Wanted | None = None
    ) -> Picture:
        """A page, or an `area` of it, at `scale` pixels per point; smaller where that would be too large.

        Raises:
            WorkNotDone: the page cannot be shown, or none can any more.
            NotWanted: as `is_wanted`, asked now and then, said.
        """
        frame = frame_for(self._open_pages().sizes[page], scale, area)
        width, height = frame.area.width, frame.area.height

        def understand(header: Header, payload: bytes) -> Picture:
            if decode_stopped(header):
                raise NotWanted
            canvas = self._canvas()
            if len(payload) != (0 if canvas else width * height * BYTES_PER_PIXEL):
                raise JobFailed(Failure.MALFORMED)
            return Picture(width, height, canvas or payload)

        place = {"page": page, "whole": frame.whole, "area": astuple(frame.area)}
        return self._ask({"do": "picture", **place}, understand, page_not_shown, is_wanted)

    def layer(self, page: int) -> PageLayer:
        """The page's words, as import read them, and their places. Raises as `picture`."""
        return self._ask({"do": "layer", "page": page}, decode_layer, words_not_marked)

    def rest(self) -> None:
        """Ends the child; the next request starts another."""
        self._end()

    def interrupt(self) -> None:
        """From another thread: ends what is going on at once, and for good."""
        self._interrupted.set()
        if (child := self._child) is not None:
            child.interrupt()

    def close(self) -> None:
        self._interrupted.set()
        self._end()
        self._original, self._password = b"", ""

    # ---- asking

    def _ask(
        self,
        header: Header,
        understand: Callable[[Header, bytes], T],
        complain: Complain,
        is_wanted: Wanted | None = None,
    ) -> T:
        """Asks about one page; a child that died of it gets a successor, and the page another try."""
        page = header["page"]
        deed, label = (complain, page), self._open_pages().labels[page]
        while self._failed[deed] < TRIES:
            child = self._at_work()
            try:
                with self._counted():
                    return understand(*child.ask_more(header, SECONDS_FOR_A_PAGE, is_wanted))
            except Refused as refused:
                raise complain(refused.failure, label) from None
            except JobFailed as error:
                self._end()
                if self._interrupted.is_set() or (is_wanted and not is_wanted()):
                    raise NotWanted from None
                self._failed[deed] += 1
                self._why[deed] = error.failure
                if error.failure is Failure.TIMEOUT:
                    break  # nobody wants to wait that long again unasked
        raise complain(self._why[deed], label)

    def _open_pages(self) -> Pages:
        if self._pages is None:
            raise ValueError("no document is open")
        return self._pages

    def _canvas(self) -> Canvas | None:
        canvas = self._child.canvas if self._child else None
        return canvas if canvas and canvas.is_shared else None

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Time that a child was waited for is more than it was at work."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._waited += time.monotonic() - begun

    # ---- children

    def _at_work(self) -> Child:
        """The child that has the document open, or a new one."""
        if self._waited > SECONDS_OF_A_CHILD:
            self._end()
        if self._child is None and self._opened() != self._pages:
            self._end()
            raise pages_not_shown(Failure.MALFORMED)
        if self._child is None:
            raise NotWanted
        return self._child

    def _opened(self) -> Pages:
        """Hands the document to a child. One that has refused a password may be asked again."""
        try:
            child = self._fresh()
            with self._counted():
                header, _ = child.ask({"job": "pages", "password": self._password}, self._original)
            return decode_pages(header)
        except Refused as refused:
            if refused.failure is not Failure.PASSWORD:
                self._end()
            raise pages_not_shown(refused.failure, self._password) from None
        except (JobFailed, CannotStart) as error:
            self._end()
            if self._interrupted.is_set():
                raise NotWanted from None
            failure = error.failure if isinstance(error, JobFailed) else Failure.NOT_STARTED
            raise pages_not_shown(failure) from None

    def _fresh(self) -> Child:
        if self._child is None or not self._child.is_fit():
            self._end()
            self._child = self._started()
        if self._interrupted.is_set():  # asked after the child is known to `interrupt`
            self._end()
            raise NotWanted
        return self._child

    def _started(self) -> Child:
        starting = self._begin()
        while not wait([starting], _PATIENCE).done:
            if self._interrupted.is_set():
                forget(starting)
                raise NotWanted
        return starting.result()

    def _end(self) -> None:
        child, self._child = self._child, None
        self._waited = 0.0
        if child is not None:
            child.kill()
