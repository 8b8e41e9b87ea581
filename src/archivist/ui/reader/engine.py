"""Fetches the pages of one document for its view: a thread that waits for the reader's child.

Beside `ui/tasks.py` the only module of the window that knows about threads. The thread answers by
a private signal; what the view hears is said on the window's thread, so that nothing is ever
heard after `close`, and a request is known to be under way until its answer has been heard.
"""

import atexit
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from archivist.extraction.pages import NotWanted, PageReader, Picture
from archivist.extraction.reasons import WorkNotDone
from archivist.model.page import PageArea
from archivist.model.sandbox import Failure
from archivist.ui.reader.requests import LayerRequest, PictureRequest, Request, Requests
from archivist.ui.words import tr

SECONDS_UNTIL_REST = 300.0  # a document that nobody turns over costs no process after this


@dataclass(frozen=True, slots=True)
class _Opening:
    data: bytes
    password: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What to tell the view on its own thread; `defect` is an error of ours that the app must hear of."""

    turn: int
    job: Request | _Opening
    tell: Callable[[], object] | None = None
    defect: Exception | None = None


class PageEngine(QObject):
    """Pictures and words of the pages of one document, the newest wish first.

    Made and used on the window's thread; `close` must be called, and ends all at once. Its reader is
    made by the archive's sandbox (`Sandbox.page_reader`) and is the engine's alone.
    """

    opened = Signal(object)
    """Pages"""
    locked = Signal(str)
    """A password is needed, or another one: `open` again with it. The sentence says which."""
    failed = Signal(str)
    """No page can be shown."""
    pictured = Signal(int, float, QImage)
    """Page, the scale that was asked for, the picture: smaller where the whole would be too large."""
    area_pictured = Signal(int, float, object, QImage)
    """Page, scale, PageArea, picture"""
    layered = Signal(int, object)
    """Page, PageLayer"""
    page_failed = Signal(int, str)
    """That page has no picture; the others may."""
    layer_failed = Signal(int, str)
    """The words of that page cannot be marked."""
    _answered = Signal(object)

    def __init__(self, reader: PageReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._requests = Requests()
        self._opening: _Opening | None = None
        self._turn = 0
        self._is_open = self._is_closed = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def open(self, data: bytes, password: str = "") -> None:
        """Begin to read the document; `opened`, `locked` or `failed` follows."""
        with self._changed:
            if self._is_closed:
                return
            self._turn += 1
            self._is_open = False
            self._opening = _Opening(data, password)
            self._requests.clear()
            self._changed.notify()
        if self._thread is None:
            atexit.register(self.close)  # a thread that emits while the interpreter ends would crash it
            self._thread = threading.Thread(target=self._run, name="pages", daemon=True)
            self._thread.start()

    def want(self, pages: Sequence[int], scale: float) -> None:
        """Pictures of whole pages at `scale` pixels per point, the first one first.

        Each call takes the place of the one before, areas included: what is not named again is
        forgotten, also when it is half painted.
        """
        with self._changed:
            self._requests.want_pages(pages, scale)
            self._changed.notify()

    def want_area(self, page: int, scale: float, area: PageArea) -> None:
        """A part of a page, sharp where the whole would be too large; it comes after all whole pages."""
        with self._changed:
            self._requests.want_area(page, scale, area)
            self._changed.notify()

    def want_layer(self, page: int) -> None:
        """The words of a page; they come after its picture, where that is wanted too."""
        with self._changed:
            self._requests.want_layer(page)
            self._changed.notify()

    def close(self) -> None:
        """End the child and the thread, and wait for both; nothing is heard afterwards."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        atexit.unregister(self.close)
        self._reader.interrupt()
        if self._thread is not None:
            self._thread.join()
        self._reader.close()

    # ---- on the window's thread

    def _hand_over(self, outcome: _Outcome) -> None:
        if self._is_closed or outcome.turn != self._turn:
            return
        if not isinstance(outcome.job, _Opening):
            with self._changed:
                self._requests.hand_over(outcome.job, is_answered=outcome.tell is not None)
                self._changed.notify()
        if outcome.tell is not None:
            outcome.tell()
        if outcome.defect is not None:
            raise outcome.defect

    # ---- on the thread of its own

    def _run(self) -> None:
        try:
            while (job := self._next()) is not None:
                self._answered.emit(self._outcome(*job))
        except RuntimeError:  # this object was deleted with its parent, and nobody is there to be told
            pass
        finally:
            self._reader.close()

    def _next(self) -> tuple[int, Request | _Opening] | None:
        """The next job and whose turn it is; None at the end. An idle child is ended meanwhile."""
        while True:
            with self._changed:
                if self._changed.wait_for(self._has_work, self._patience()):
                    return self._take()
            self._reader.rest()

    def _take(self) -> tuple[int, Request | _Opening] | None:
        opening, self._opening = self._opening, None
        job = None if self._is_closed else opening or self._requests.take()
        return (self._turn, job) if job else None

    def _has_work(self) -> bool:
        return self._is_closed or self._opening is not None or (self._is_open and self._requests.are_waiting)

    def _patience(self) -> float | None:
        return SECONDS_UNTIL_REST if self._reader.is_running else None

    def _outcome(self, turn: int, job: Request | _Opening) -> _Outcome:
        """Whatever happens becomes something to tell; nothing is lost, and the thread goes on."""
        try:
            return _Outcome(turn, job, self._fetch(turn, job))
        except NotWanted:
            return _Outcome(turn, job)
        except WorkNotDone as error:
            return _Outcome(turn, job, self._failure(job, error))
        except Exception as defect:  # noqa: BLE001  raised again on the window's thread
            sorry = tr(
                "PageEngine", "Something went wrong in Archivist; close this document and open it again."
            )
            return _Outcome(turn, job, self._failure(job, WorkNotDone(Failure.MALFORMED, sorry)), defect)

    def _fetch(self, turn: int, job: Request | _Opening) -> Callable[[], object]:
        if isinstance(job, _Opening):
            pages = self._reader.open(job.data, job.password)
            with self._changed:
                self._is_open = turn == self._turn
            return partial(self.opened.emit, pages)
        if isinstance(job, LayerRequest):
            return partial(self.layered.emit, job.page, self._reader.layer(job.page))
        still = partial(self._is_wanted, turn, job)
        image = image_of(self._reader.picture(job.page, job.scale, job.area, is_wanted=still))
        if job.area is None:
            return partial(self.pictured.emit, job.page, job.scale, image)
        return partial(self.area_pictured.emit, job.page, job.scale, job.area, image)

    def _is_wanted(self, turn: int, request: PictureRequest) -> bool:
        with self._changed:
            return turn == self._turn and self._requests.is_wanted(request)

    def _failure(self, job: Request | _Opening, error: WorkNotDone) -> Callable[[], object]:
        if isinstance(job, LayerRequest):
            return partial(self.layer_failed.emit, job.page, str(error))
        if isinstance(job, PictureRequest):
            return partial(self.page_failed.emit, job.page, str(error))
        signal = self.locked if error.failure is Failure.PASSWORD else self.failed
        return partial(signal.emit, str(error))


def image_of(picture: Picture) -> QImage:
    """The picture in memory of its own, by one copy.

    Raises:
        WorkNotDone: there is no room for it.
    """
    image = QImage(picture.width, picture.height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise WorkNotDone(Failure.MEMORY, tr("PageEngine", "There is no memory left to show this page in."))
    picture.copy_to(memoryview(image.bits()))
    return image
