from archivist.model.styles import BlockKind, RunKind
from archivist.workers.markdown import blocks_and_runs

NOTE = """---
title: front
---
# First *part*

Second
------
- item with **bold**
  1. deeper
> quoted
> > twice
| a | b |
```
# code, *not* a heading
```
`code` and _it_ and ~~gone~~, [words](https://example.org/a "title"), <https://example.org/b>
snake_case_name and 2 * 3 * 4 and [a](#here)
"""


def test_blocks_lie_over_the_raw_lines() -> None:
    blocks, _ = blocks_and_runs(NOTE)

    said = [(NOTE[block.start : block.end], block.kind, block.level, block.quoted) for block in blocks]
    assert said == [
        ("---\ntitle: front\n---", BlockKind.PREFORMATTED, 0, 0),
        ("# First *part*", BlockKind.HEADING, 1, 0),
        ("Second", BlockKind.HEADING, 2, 0),
        ("- item with **bold**", BlockKind.ITEM, 1, 0),
        ("  1. deeper", BlockKind.ITEM, 2, 0),
        ("> quoted", BlockKind.PARAGRAPH, 0, 1),
        ("> > twice", BlockKind.PARAGRAPH, 0, 2),
        ("| a | b |", BlockKind.PREFORMATTED, 0, 0),
        ("```", BlockKind.PREFORMATTED, 0, 0),
        ("# code, *not* a heading", BlockKind.PREFORMATTED, 0, 0),
        ("```", BlockKind.PREFORMATTED, 0, 0),
    ]


def test_runs_keep_their_marks_in_sight() -> None:
    _, runs = blocks_and_runs(NOTE)

    assert [(NOTE[run.start : run.end], run.kind, run.address) for run in runs] == [
        ("*part*", RunKind.ITALIC, ""),
        ("**bold**", RunKind.BOLD, ""),
        ("`code`", RunKind.CODE, ""),
        ("_it_", RunKind.ITALIC, ""),
        ("~~gone~~", RunKind.STRUCK, ""),
        ('[words](https://example.org/a "title")', RunKind.LINK, "https://example.org/a"),
        ("<https://example.org/b>", RunKind.LINK, "https://example.org/b"),
    ]


def test_a_hostile_line_takes_no_longer_than_its_length() -> None:
    line = "[" * 20_000 + "**" * 20_000 + "`" * 20_001 + "_a" * 20_000 + "~~" * 20_001

    blocks, runs = blocks_and_runs(line)

    assert blocks == ()
    assert all(run.end <= len(line) for run in runs)
