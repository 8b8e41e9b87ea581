"""Job `styles`: how the words of a document look, without any of its words but addresses and marks."""

from collections.abc import Callable, Mapping

from archivist.model.document import DocumentKind
from archivist.model.sandbox import Failure
from archivist.model.styles import (
    BLOCK_ROW,
    MOST_LETTERS,
    MOST_WORDS,
    RUN_ROW,
    Block,
    BlockKind,
    Run,
    RunKind,
    StyledText,
)
from archivist.workers import plain_text, web_page, word
from archivist.workers.failing import Unreadable
from archivist.workers.kinds import kind_of
from archivist.workers.wire import Answer, Header

STYLERS: Mapping[DocumentKind, Callable[[bytes], StyledText]] = {
    DocumentKind.DOCX: word.styles,
    DocumentKind.HTML: web_page.styles,
    DocumentKind.TEXT: plain_text.text_styles,
    DocumentKind.MARKDOWN: plain_text.markdown_styles,
}
_BLOCK_KINDS = {kind: place for place, kind in enumerate(BlockKind)}
_RUN_KINDS = {kind: place for place, kind in enumerate(RunKind)}
_NONE = -1


def styles(header: Header, data: bytes) -> Answer:
    """Job: a document and its name to the styles of its text."""
    kind = kind_of(data, header["name"])
    if kind not in STYLERS:
        raise Unreadable(Failure.OTHER_KIND, "a file of this kind")
    return packed(STYLERS[kind](data))


def packed(found: StyledText) -> Answer:
    """Rows of numbers, blocks before runs, and the words that they point to."""
    words = _Words()
    rows = [_block_row(block, words) for block in found.blocks]
    rows += [_run_row(run, words) for run in found.runs]
    said = {"text_sha256": found.text_sha256, "blocks": len(found.blocks), "words": list(words.places)}
    return said, b"".join(rows)


class _Words:
    """Each address and mark once; what goes beyond the limits is left out."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self._letters = 0

    def place(self, word: str) -> int:
        if not word:
            return _NONE
        if word not in self.places:
            if len(self.places) >= MOST_WORDS or self._letters + len(word) > MOST_LETTERS:
                return _NONE
            self._letters += len(word)
            self.places[word] = len(self.places)
        return self.places[word]


def _block_row(block: Block, words: _Words) -> bytes:
    cell = block.cell
    where = (cell.table, cell.row, cell.column, cell.is_head) if cell else (_NONE, 0, 0, 0)
    kind, mark = _BLOCK_KINDS[block.kind], words.place(block.mark)
    return BLOCK_ROW.pack(block.start, block.end, kind, block.level, block.quoted, mark, *where)


def _run_row(run: Run, words: _Words) -> bytes:
    return RUN_ROW.pack(run.start, run.end, _RUN_KINDS[run.kind], words.place(run.address))
