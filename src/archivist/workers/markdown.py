"""What the marks of Markdown mean, line by line. No mark is taken out of the text: it is shown as written."""

import re
from collections.abc import Iterator

from archivist.model.reading import one_line
from archivist.model.styles import (
    DEEPEST,
    LONGEST_ADDRESS,
    MOST_BLOCKS,
    MOST_RUNS,
    Block,
    BlockKind,
    Run,
    RunKind,
)

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_QUOTE = re.compile(r" {0,3}((?:>[ \t]?)+)")
_TABLE_ROW = re.compile(r" {0,3}\|")

# Every repetition has an end: a hostile line costs no more than its length times that.
_LONGEST = 1_000
_INLINE = (
    (re.compile(r"(?<!`)(`{1,3})(?!`)[^`]{1,1000}\1(?!`)"), RunKind.CODE),
    (re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).){1,1000}(?<=\S)\1"), RunKind.BOLD),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])[^*]{1,1000}(?<=\S)\*(?!\*)"), RunKind.ITALIC),
    (re.compile(r"(?<![\w_])_(?=[^\s_])[^_]{1,1000}(?<=\S)_(?![\w_])"), RunKind.ITALIC),
    (re.compile(r"~~(?=\S)[^~]{1,1000}~~"), RunKind.STRUCK),
)
_LINK = re.compile(
    r"\[[^\[\]]{1,1000}\]\(<?([^\s()<>]{1,2000})>?(?:[ \t][^()]{0,1000})?\)|<(https?://[^\s<>]{1,2000})>"
)


def headings(text: str) -> list[tuple[int, int, str]]:
    """Start, rank and words of each heading."""
    found: list[tuple[int, int, str]] = []
    above = (0, "")
    for offset, line, is_code in lines(text):
        if not is_code:
            if heading := _HEADING.fullmatch(line):
                found.append((offset, len(heading[1]), heading[2]))
            elif (under := _UNDERLINE.fullmatch(line)) and _can_be_heading(above[1]):
                found.append((above[0], 1 if under[1][0] == "=" else 2, above[1].strip()))
        above = (offset, "" if is_code else line)
    return found


def lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Offset, words, and whether they are code or its fence, of each line after the front matter."""
    fence = ""
    offset = _front_matter(text)
    for line in text[offset:].split("\n"):
        mark = _FENCE.match(line)
        is_fence = mark is not None and (not fence or mark[1].startswith(fence))
        yield offset, line, bool(fence) or is_fence
        if mark and is_fence:
            fence = "" if fence else mark[1]
        offset += len(line) + 1


def blocks_and_runs(text: str) -> tuple[tuple[Block, ...], tuple[Run, ...]]:
    """How the lines would look, over the text as it is written."""
    ranks = {start: rank for start, rank, _ in headings(text)}
    blocks: list[Block] = []
    runs: list[Run] = []
    if front := _front_matter(text):
        blocks.append(Block(0, front - 1, BlockKind.PREFORMATTED))
    for offset, line, is_code in lines(text):
        if block := _block(offset, line, is_code=is_code, rank=ranks.get(offset, 0)):
            blocks.append(block)
        if not is_code and len(runs) < MOST_RUNS:
            runs += _runs(offset, line)
    return tuple(blocks[:MOST_BLOCKS]), tuple(runs[:MOST_RUNS])


def _block(offset: int, line: str, *, is_code: bool, rank: int) -> Block | None:
    end = offset + len(line)
    if not line:
        return None
    if is_code or _TABLE_ROW.match(line):
        return Block(offset, end, BlockKind.PREFORMATTED)
    if rank:
        return Block(offset, end, BlockKind.HEADING, rank)
    if quote := _QUOTE.match(line):
        return Block(offset, end, quoted=min(quote[1].count(">"), DEEPEST))
    if item := _ITEM.match(line):
        indent = len(item[1].expandtabs(4))
        return Block(offset, end, BlockKind.ITEM, min(1 + indent // 2, DEEPEST))
    return None


def _runs(offset: int, line: str) -> list[Run]:
    found = [
        Run(offset + match.start(), offset + match.end(), kind)
        for pattern, kind in _INLINE
        for match in pattern.finditer(line)
    ]
    for match in _LINK.finditer(line):
        address = one_line(match[1] or match[2], LONGEST_ADDRESS)
        if address and not address.startswith("#"):
            found.append(Run(offset + match.start(), offset + match.end(), RunKind.LINK, address))
    return sorted(found, key=lambda run: (run.start, run.end))


def _front_matter(text: str) -> int:
    """Where the text goes on after a block between `---` lines at its very start."""
    if text.startswith("---\n") and (end := text.find("\n---\n", 3)) > 0:
        return end + len("\n---\n")
    return 0


def _can_be_heading(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("    ", "\t", ">", "#", "- ", "* ", "|"))
