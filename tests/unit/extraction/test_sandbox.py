import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

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
