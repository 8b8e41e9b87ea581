import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.extraction import child as child_module
from archivist.extraction import sandbox as sandbox_module
from archivist.extraction.reasons import WorkNotDone
from archivist.extraction.sandbox import Sandbox
from archivist.model.anchor import Span
from archivist.model.document import DocumentKind, Extraction, Unread
from archivist.model.sandbox import Failure, SafetyLevel
from tests.unit.workers.samples import docx, paragraph, pdf


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """At the best level of this machine; without walls where it has none."""
    with Sandbox(allow_unsafe=True) as sandbox:
        yield sandbox


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has not yet looked for its level."""
    monkeypatch.setattr(sandbox_module, "_found", None)


SAMPLES = {
    "paper.pdf": (pdf("some words"), DocumentKind.PDF, "pdfium"),
    "letter.docx": (docx(paragraph("some words")), DocumentKind.DOCX, "mammoth"),
    "page.html": (b"<p>some words</p>", DocumentKind.HTML, "lxml"),
    "note.txt": (b"some words", DocumentKind.TEXT, "plain text"),
    "note.md": (b"some words", DocumentKind.MARKDOWN, "plain text"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_kind_is_read_through_the_walls(sandbox: Sandbox, name: str) -> None:
    data, kind, engine = SAMPLES[name]

    found = sandbox.extract(memoryview(data), name)

    assert isinstance(found, Extraction)
    assert (found.kind, found.engine, found.text) == (kind, engine, "some words")


def test_what_cannot_be_read_is_a_value(sandbox: Sandbox) -> None:
    assert sandbox.extract(b"\x89PNG\r\n", "scan.png") == Unread(
        DocumentKind.OTHER, "No text: a picture (PNG) cannot be read yet."
    )


def test_an_empty_file_needs_no_child() -> None:
    with Sandbox() as sandbox:
        assert sandbox.extract(b"", "a.txt") == Unread(DocumentKind.TEXT, "No text: the file is empty.")
        assert not sandbox.is_running


def test_a_file_beyond_all_measure_is_not_sent(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_module, "LARGEST_DOCUMENT", 4)

    found = sandbox.extract(b"words", "a.txt")

    assert found == Unread(DocumentKind.TEXT, "No text: the file is too large to be read.")


def test_words_without_any_letter_are_explained(sandbox: Sandbox) -> None:
    found = sandbox.extract(b"<p></p>", "a.html")

    assert isinstance(found, Extraction)
    assert found.warnings == ("No text: there are no words in this file.",)


def test_boxes_come_through_the_walls(sandbox: Sandbox) -> None:
    quads = sandbox.rectangles(pdf("some words"), page=1, span=Span(5, 10), exact="words")

    assert len(quads) == 1


@pytest.mark.parametrize("data", [b"no pdf", pdf("other")])
def test_words_that_are_not_there_have_no_box(sandbox: Sandbox, data: bytes) -> None:
    assert sandbox.rectangles(data, page=1, span=Span(0, 5), exact="words") == ()


def test_a_job_that_fails_says_so(sandbox: Sandbox) -> None:
    with pytest.raises(WorkNotDone) as stopped:
        sandbox.run("rectangles", {"page": 9, "start": 0, "end": 1, "exact": "x"}, pdf("words"))
    assert stopped.value.failure is Failure.NO_PAGES


def test_a_job_that_nobody_knows_fails_and_costs_nothing_else(sandbox: Sandbox) -> None:
    with pytest.raises(WorkNotDone):
        sandbox.run("no such job", {})

    assert isinstance(sandbox.extract(b"words", "a.txt"), Extraction)


def test_a_closed_sandbox_starts_again_when_asked(sandbox: Sandbox) -> None:
    sandbox.extract(b"words", "a.txt")
    sandbox.close()

    assert isinstance(sandbox.extract(b"words", "a.txt"), Extraction)


def test_a_child_that_died_between_documents_is_replaced(sandbox: Sandbox) -> None:
    sandbox.extract(b"words", "a.txt")
    process = sandbox._child._process  # type: ignore[union-attr]  # noqa: SLF001  as the kernel would, out of memory
    assert process
    process.kill()
    process.wait()

    assert isinstance(sandbox.extract(b"words", "a.txt"), Extraction)


def test_the_answer_after_ctrl_c_belongs_to_the_next_document(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    sandbox.extract(b"words", "a.txt")
    with monkeypatch.context() as patch:
        patch.setattr("archivist.extraction.child._select", interrupted)
        with pytest.raises(KeyboardInterrupt):
            sandbox.extract(b"stopped", "a.txt")

    found = sandbox.extract(b"next", "a.txt")

    assert isinstance(found, Extraction)
    assert found.text == "next"


def test_documents_of_two_threads_do_not_mix(sandbox: Sandbox) -> None:
    said: dict[int, bool] = {}

    def read(number: int) -> None:
        found = sandbox.extract(f"document {number}".encode(), "a.txt")
        said[number] = isinstance(found, Extraction) and found.text == f"document {number}"

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == dict.fromkeys(range(8), True)


def test_descriptors_are_given_back(sandbox: Sandbox) -> None:
    sandbox.extract(b"words", "a.txt")
    before = len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(3):
        sandbox.close()
        sandbox.extract(b"words", "a.txt")

    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """As when the computer has no memory, or the user no processes, left."""

    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr("archivist.extraction.starting.subprocess.Popen", refused)
        yield patch


@pytest.fixture
def ended(sandbox: Sandbox) -> Sandbox:
    """Its level is known, and its child gone."""
    sandbox.extract(b"words", "a.txt")
    sandbox.close()
    return sandbox


def test_without_room_for_a_reader_documents_are_kept_and_the_next_is_tried_again(
    ended: Sandbox, no_room: pytest.MonkeyPatch
) -> None:
    assert ended.extract(b"words", "a.txt") == Unread(
        DocumentKind.TEXT,
        "Kept, not read: the reader could not be started, perhaps for want of memory."
        " Close other programs and import the file again.",
    )
    assert ended.rectangles(pdf("words"), page=1, span=Span(0, 5), exact="words") == ()
    with pytest.raises(WorkNotDone, match="close other programs"):
        ended.run("rectangles", {})

    no_room.undo()

    assert isinstance(ended.extract(b"words", "a.txt"), Extraction)


def test_without_descriptors_no_reader_starts_and_none_is_lost(
    ended: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipes = iter([os.pipe(), os.pipe()])

    def few() -> tuple[int, int]:
        if pipe := next(pipes, None):
            return pipe
        raise OSError(24, "Too many open files")

    before = len(list(Path("/proc/self/fd").iterdir())) - 4
    with monkeypatch.context() as patch:
        patch.setattr("archivist.extraction.starting.os.pipe", few)
        found = ended.extract(b"words", "a.txt")

    assert isinstance(found, Unread)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_without_threads_no_reader_starts(ended: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_thread(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr("archivist.extraction.child._starter", child_module._one_thread())  # noqa: SLF001
        patch.setattr(threading.Thread, "start", no_thread)
        found = ended.extract(b"words", "a.txt")

    assert isinstance(found, Unread)
    assert isinstance(ended.extract(b"words", "a.txt"), Extraction)


@pytest.mark.usefixtures("forgotten", "no_room")
def test_want_of_room_is_not_taken_for_want_of_walls() -> None:
    with Sandbox() as sandbox, pytest.raises(WorkNotDone):
        _ = sandbox.level

    assert sandbox_module._found is None  # noqa: SLF001


def test_without_walls_no_job_looks_into_a_file_from_elsewhere() -> None:
    with Sandbox(SafetyLevel.NONE) as sandbox:
        with pytest.raises(WorkNotDone, match="without that file") as refused:
            sandbox.run("write_docx", {}, docx(paragraph("a reference")))
        assert not sandbox.is_running

    assert refused.value.failure is Failure.UNSAFE


def test_without_walls_a_job_with_nothing_from_elsewhere_is_asked_for() -> None:
    with Sandbox(SafetyLevel.NONE) as sandbox, pytest.raises(WorkNotDone) as failed:
        sandbox.run("write_docx", {})

    assert failed.value.failure is Failure.DAMAGED  # what the child says of a header without a pack


def test_the_level_is_told_while_a_document_is_read(sandbox: Sandbox) -> None:
    _ = sandbox.level
    with sandbox._turn:  # noqa: SLF001  as another thread that reads holds it
        told = threading.Thread(target=lambda: sandbox.level, daemon=True)
        told.start()
        told.join(5)
        assert not told.is_alive()


def test_a_warning_that_names_many_pages_by_long_labels_is_believed(sandbox: Sandbox) -> None:
    labels = f"/PageLabels<</Nums[0<</S/D/P({'x' * 60})>>]>>"
    scan = pdf(*["words"] * 30, before="3 Tr", catalog=labels)

    found = sandbox.extract(scan, "scan.pdf")

    assert isinstance(found, Extraction)
    assert len(found.warnings[0]) > 900


DESCRIBED = {
    "paper.pdf": pdf("words", info="/Title(A title)/Author(Jane)/CreationDate(D:2021)"),
    "letter.docx": docx(
        paragraph("words"), {"docProps/core.xml": '<c xmlns:d="d"><d:title>A title</d:title></c>'}
    ),
    "page.html": b"<title>A title</title><meta name=author content=Jane><p>words</p>",
    "note.md": b"# A title\n\nwords",
}


@pytest.mark.parametrize("name", DESCRIBED)
def test_readers_keep_to_what_they_may_say(sandbox: Sandbox, name: str) -> None:
    found = sandbox.extract(DESCRIBED[name], name)

    assert isinstance(found, Extraction)
    assert found.metadata[0].value == "A title"


@pytest.mark.usefixtures("forgotten")
def test_without_bubblewrap_the_kernel_must_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)

    with Sandbox() as sandbox:
        assert sandbox.level in {SafetyLevel.KERNEL, SafetyLevel.NONE}


@pytest.mark.usefixtures("forgotten")
def test_on_a_system_without_walls_documents_are_kept_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    with Sandbox() as sandbox:
        assert sandbox.level is SafetyLevel.NONE
        assert sandbox.extract(b"words", "a.txt") == Unread(
            DocumentKind.TEXT, "Kept, not read: this computer cannot read documents safely."
        )
        assert sandbox.rectangles(pdf("words"), page=1, span=Span(0, 5), exact="words") == ()


@pytest.mark.usefixtures("forgotten")
def test_reading_without_walls_must_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    with Sandbox(allow_unsafe=True) as sandbox:
        assert isinstance(sandbox.extract(b"words", "a.txt"), Extraction)


def test_the_level_is_looked_for_once() -> None:
    with Sandbox() as first:
        level = first.level
    with Sandbox() as second:
        assert second.level is level
        assert not second.is_running


def test_the_app_imports_no_parser() -> None:
    code = "import sys, archivist.extraction.sandbox; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout

    parsers = {
        "pypdfium2",
        "lxml",
        "mammoth",
        "docx",
        "trafilatura",
        "charset_normalizer",
        "pycld2",
        "socket",
    }
    assert not parsers & set(loaded.split())
