import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archivist.extraction import sandbox as sandbox_module
from archivist.extraction.frames import JobFailed
from archivist.extraction.sandbox import Sandbox
from archivist.extraction.styles import decode_styles
from archivist.model.document import Extraction
from archivist.model.ids import DocumentId, TextId
from archivist.model.sandbox import SafetyLevel
from archivist.model.styles import (
    BLOCK_ROW,
    LONGEST_RUN,
    MOST_BLOCKS,
    MOST_RUNS,
    MOST_WORDS,
    RUN_ROW,
    Block,
    BlockKind,
    Cell,
    Run,
    RunKind,
    StyledText,
)
from archivist.model.text import Text, TextOrigin, sha256_of
from tests.unit.workers.samples import docx, paragraph, pdf

WORDS = "Heading\n\na\tb"
LONG = "x" * (2 * LONGEST_RUN)


def text_of(content: str) -> Text:
    origin = TextOrigin.EXTRACTED
    return Text(TextId("t"), DocumentId("d"), origin, "", "", None, content, sha256_of(content), ())


TEXT = text_of(WORDS)
HEADING = (0, 7, 1, 1, 0, -1, -1, 0, 0, 0)
CELL = (9, 10, 2, 1, 3, 0, 0, 1, 2, 1)
BOLD = (0, 4, 0, -1)
LINK = (9, 12, 7, 1)
HEADER: dict[str, Any] = {"text_sha256": TEXT.sha256, "blocks": 2, "words": ["•", "https://example.org/"]}


def rows(*blocks: tuple[int, ...], runs: tuple[tuple[int, ...], ...] = ()) -> bytes:
    packed = [BLOCK_ROW.pack(*block) for block in blocks] + [RUN_ROW.pack(*run) for run in runs]
    return b"".join(packed)


def understood(header: dict[str, Any], data: bytes, text: Text = TEXT) -> StyledText | None:
    return decode_styles(json.loads(json.dumps(header)), data, text)


def test_a_true_answer_becomes_styles() -> None:
    assert understood(HEADER, rows(HEADING, CELL, runs=(BOLD, LINK))) == StyledText(
        TEXT.sha256,
        (
            Block(0, 7, BlockKind.HEADING, 1),
            Block(9, 10, BlockKind.ITEM, 1, "•", 3, Cell(0, 1, 2, is_head=True)),
        ),
        (Run(0, 4, RunKind.BOLD), Run(9, 12, RunKind.LINK, "https://example.org/")),
    )


def test_styles_of_another_text_are_none() -> None:
    assert understood({**HEADER, "text_sha256": "0" * 64}, rows(HEADING, CELL)) is None


@pytest.mark.parametrize(
    "lie",
    [
        {"blocks": 1},
        {"blocks": 3},
        {"blocks": -1},
        {"blocks": MOST_BLOCKS + 1},
        {"blocks": 2.0},
        {"blocks": float("nan")},
        {"blocks": True},
        {"blocks": None},
        {"blocks": 10**400},
        {"words": {}},
        {"words": [7]},
        {"words": [""]},
        {"words": ["two\nlines"]},
        {"words": ["e\u0301"]},
        {"words": ["\ud800"]},
        {"words": ["a\x1b[31m"]},
        {"words": ["x" * 2_001]},
        {"words": ["x"] * (MOST_WORDS + 1)},
        {"words": ["x" * 1_999] * 501},
        {"words": []},
    ],
)
def test_a_header_that_lies_is_not_believed(lie: dict[str, Any]) -> None:
    with pytest.raises(JobFailed):
        understood({**HEADER, **lie}, rows(HEADING, CELL))


@pytest.mark.parametrize("missing", ["text_sha256", "blocks", "words"])
def test_a_header_that_lacks_something_is_not_believed(missing: str) -> None:
    with pytest.raises(JobFailed):
        understood({name: value for name, value in HEADER.items() if name != missing}, b"")


def changed(row: tuple[int, ...], place: int, value: int) -> tuple[int, ...]:
    return (*row[:place], value, *row[place + 1 :])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, -1),
        (0, 10),
        (0, 2**31 - 1),
        (1, 9),
        (1, 13),
        (1, -(2**31)),
        (2, -1),
        (2, 4),
        (3, 0),
        (3, 13),
        (4, -1),
        (4, 13),
        (5, 2),
        (5, -2),
        (5, 1),
        (6, -2),
        (6, 2**31 - 1),
        (7, -1),
        (8, 1_000),
        (8, -1),
        (9, 2),
    ],
)
def test_a_block_that_lies_is_not_believed(place: int, value: int) -> None:
    with pytest.raises(JobFailed):
        understood(HEADER, rows(HEADING, changed(CELL, place, value)))


@pytest.mark.parametrize("kind", [0, 3])
def test_only_headings_and_items_have_a_level(kind: int) -> None:
    with pytest.raises(JobFailed):
        understood(HEADER, rows(changed(HEADING, 2, kind), CELL))


def test_blocks_that_overlap_or_are_out_of_order_are_not_believed() -> None:
    for blocks in ((CELL, HEADING), (HEADING, changed(CELL, 0, 6))):
        with pytest.raises(JobFailed):
            understood(HEADER, rows(*blocks))


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, -1), (0, 12), (1, 0), (1, 13), (1, 2**31 - 1), (2, -1), (2, 8), (3, 0), (3, 2), (3, -2)],
)
def test_a_run_that_lies_is_not_believed(place: int, value: int) -> None:
    with pytest.raises(JobFailed):
        understood({**HEADER, "blocks": 0}, rows(runs=(changed(BOLD, place, value),)))


def test_runs_out_of_order_too_long_or_too_many_are_not_believed() -> None:
    long_text = text_of(LONG)
    header = {"text_sha256": long_text.sha256, "blocks": 0, "words": []}
    for data in (
        rows(runs=((1, 2, 0, -1), (0, 1, 0, -1))),
        rows(runs=((0, LONGEST_RUN + 1, 0, -1),)),
        RUN_ROW.pack(0, 1, 0, -1) * (MOST_RUNS + 1),
        rows(runs=(BOLD,)) + b"x",
    ):
        with pytest.raises(JobFailed):
            understood(header, data, long_text)


def test_runs_may_overlap() -> None:
    found = understood({**HEADER, "blocks": 0}, rows(runs=(BOLD, (2, 6, 1, -1))))

    assert found
    assert [run.kind for run in found.runs] == [RunKind.BOLD, RunKind.ITALIC]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(allow_unsafe=True) as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("name", "data", "content", "blocks"),
    [
        ("page.html", b"<h2>Words</h2><p>more</p>", "Words\n\nmore", 1),
        ("note.md", b"## Words", "## Words", 1),
        ("note.txt", b"Words", "Words", 0),
        ("letter.docx", docx(paragraph("Words")), "Words", 0),
    ],
)
def test_every_kind_is_styled_through_the_walls(
    sandbox: Sandbox, name: str, data: bytes, content: str, blocks: int
) -> None:
    found = sandbox.styles(data, name, text_of(content))

    assert found
    assert len(found.blocks) == blocks


def test_a_text_that_is_not_that_of_the_document_has_no_styles(sandbox: Sandbox) -> None:
    assert sandbox.styles(b"<h1>Words</h1>", "page.html", text_of("Other words")) is None


def test_what_has_no_styles_has_none(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_module, "LARGEST_DOCUMENT", 1_000)

    assert sandbox.styles(pdf("Words"), "paper.pdf", TEXT) is None
    assert sandbox.styles(b"", "page.html", TEXT) is None
    assert sandbox.styles(b"x" * 1_001, "page.html", TEXT) is None
    assert sandbox.styles(b"<i>" * 3_00 + b"x", "deep.html", text_of("y")) is None


def test_without_walls_nothing_is_styled() -> None:
    with Sandbox(SafetyLevel.NONE) as sandbox:
        assert sandbox.styles(b"<h1>Words</h1>", "page.html", text_of("Words")) is None


LIARS = """
import json, os
from archivist.workers.wire import LENGTHS
def styles(header, data):
    answer = {"text_sha256": data.decode(), "blocks": 1, "words": []}
    return answer, bytes(40)
JOBS = {"styles": styles}
"""


def test_a_child_that_lies_leaves_the_words_plain_and_is_not_asked_again(tmp_path: Path) -> None:
    liars = tmp_path / "liars.py"
    liars.write_text(LIARS)

    with Sandbox(allow_unsafe=True, more_jobs=liars) as sandbox:
        assert sandbox.styles(TEXT.sha256.encode(), "page.html", TEXT) is None
        assert not sandbox.is_running


def test_deep_nesting_and_a_million_spans_are_survived(sandbox: Sandbox) -> None:
    deep = b"<div><b><i>" * 600 + b"Words"
    many = b"<p>" + b"<b>a</b> " * 210_000

    assert sandbox.styles(deep, "deep.html", text_of("Words"))
    found = sandbox.styles(many, "many.html", text_of("a " * 209_999 + "a"))
    assert found
    assert len(found.runs) == MOST_RUNS


@pytest.mark.corpus
def test_real_documents_are_read_twice_with_the_same_words(sandbox: Sandbox, corpus: Path) -> None:
    plain = []
    for path in sorted(
        path for path in corpus.rglob("*") if path.suffix in {".html", ".docx", ".md", ".txt"}
    ):
        data = path.read_bytes()
        found = sandbox.extract(data, path.name)
        if isinstance(found, Extraction) and sandbox.styles(data, path.name, text_of(found.text)) is None:
            plain.append(path.name)

    assert plain == []
