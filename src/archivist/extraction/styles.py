"""Turns what a child says of a text's look into values, believing nothing.

The child may be in the hands of its document. All that it can do with a false answer is to make
words of that document bold that were not; no place outside the text, no depth and no number
beyond the limits comes through.
"""

from itertools import pairwise

from archivist.extraction.frames import Header, JobFailed
from archivist.model.reading import one_line
from archivist.model.sandbox import Failure
from archivist.model.styles import (
    BLOCK_ROW,
    DEEPEST,
    LONGEST_ADDRESS,
    LONGEST_MARK,
    LONGEST_RUN,
    MOST_BLOCKS,
    MOST_COLUMNS,
    MOST_LETTERS,
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
from archivist.model.text import Text

_BLOCK_KINDS, _RUN_KINDS = tuple(BlockKind), tuple(RunKind)
_LEVELS = {BlockKind.HEADING: (1, 6), BlockKind.ITEM: (1, DEEPEST)}
_NONE = -1


def decode_styles(header: Header, data: bytes, text: Text) -> StyledText | None:
    """The styles of `text`; None where the child read another text than the archive holds.

    Raises:
        JobFailed: the answer is not of the agreed form.
    """
    try:
        if header["text_sha256"] != text.sha256:
            return None
        words = _words(header["words"])
        split = _within(header["blocks"], 0, MOST_BLOCKS) * BLOCK_ROW.size
        length = len(text.content)
        return StyledText(
            text.sha256, _blocks(data[:split], split, words, length), _runs(data[split:], words, length)
        )
    except (KeyError, TypeError, ValueError, IndexError):
        raise JobFailed(Failure.MALFORMED) from None


def _words(values: object) -> list[str]:
    """Addresses and marks, each in one line: they are shown beside our own words."""
    if not isinstance(values, list) or len(values) > MOST_WORDS:
        raise ValueError
    words = [_word(value) for value in values]
    if sum(map(len, words)) > MOST_LETTERS:
        raise ValueError
    return words


def _word(value: object) -> str:
    if not isinstance(value, str) or not value or one_line(value, LONGEST_ADDRESS) != value:
        raise ValueError
    value.encode("utf-8")
    return value


def _blocks(data: bytes, promised: int, words: list[str], length: int) -> tuple[Block, ...]:
    if len(data) != promised:
        raise ValueError
    blocks = tuple(_block(row, words, length) for row in BLOCK_ROW.iter_unpack(data))
    if any(after.start < before.end for before, after in pairwise(blocks)):
        raise ValueError
    return blocks


def _block(row: tuple[int, ...], words: list[str], length: int) -> Block:
    start, end, place, level, quoted, mark, *where = row
    kind = _BLOCK_KINDS[_within(place, 0, len(_BLOCK_KINDS) - 1)]
    return Block(
        start=_within(start, 0, length),
        end=_within(end, start + 1, length),
        kind=kind,
        level=_within(level, *_LEVELS.get(kind, (0, 0))),
        mark=_mark(words, mark, kind),
        quoted=_within(quoted, 0, DEEPEST),
        cell=_cell(*where),
    )


def _mark(words: list[str], place: int, kind: BlockKind) -> str:
    if place == _NONE:
        return ""
    mark = words[_within(place, 0, len(words) - 1)]
    if kind is not BlockKind.ITEM or len(mark) > LONGEST_MARK:
        raise ValueError
    return mark


def _cell(table: int, row: int, column: int, is_head: int) -> Cell | None:
    if table == _NONE:
        return None
    most = 10 * MOST_BLOCKS  # empty cells, rows and tables are counted and have no block
    column = _within(column, 0, MOST_COLUMNS - 1)
    return Cell(_within(table, 0, most), _within(row, 0, most), column, bool(_within(is_head, 0, 1)))


def _runs(data: bytes, words: list[str], length: int) -> tuple[Run, ...]:
    if len(data) % RUN_ROW.size or len(data) > MOST_RUNS * RUN_ROW.size:
        raise ValueError
    runs = tuple(_run(row, words, length) for row in RUN_ROW.iter_unpack(data))
    if any(after.start < before.start for before, after in pairwise(runs)):
        raise ValueError
    return runs


def _run(row: tuple[int, ...], words: list[str], length: int) -> Run:
    start, end, place, address = row
    kind = _RUN_KINDS[_within(place, 0, len(_RUN_KINDS) - 1)]
    if address != _NONE and kind is not RunKind.LINK:
        raise ValueError
    said = "" if address == _NONE else words[_within(address, 0, len(words) - 1)]
    end = _within(end, start + 1, min(start + LONGEST_RUN, length))
    return Run(_within(start, 0, length), end, kind, said)


def _within(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value
