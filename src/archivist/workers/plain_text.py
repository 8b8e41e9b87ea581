"""Plain text and Markdown: the words as they were written, markup and all."""

import charset_normalizer

from archivist.model.document import DocumentKind, Extraction, Field, Metadatum
from archivist.model.reading import ORIGINS, one_line
from archivist.model.styles import StyledText
from archivist.model.text import Section, canonical, sha256_of
from archivist.workers.blocks import sections_from
from archivist.workers.decoding import decode
from archivist.workers.language import language_of
from archivist.workers.markdown import blocks_and_runs, headings

ENGINE = "plain text"
LONGEST_TITLE = 500


def read_text(data: bytes) -> Extraction:
    decoded = decode(data)
    text = canonical(decoded.text)
    return Extraction(
        kind=DocumentKind.TEXT,
        engine=ENGINE,
        engine_version=_version(),
        text=text,
        language=language_of(text),
        warnings=decoded.warnings,
    )


def read_markdown(data: bytes) -> Extraction:
    decoded = decode(data)
    text = canonical(decoded.text)
    sections, title = _outline(text)
    return Extraction(
        kind=DocumentKind.MARKDOWN,
        engine=ENGINE,
        engine_version=_version(),
        text=text,
        sections=sections,
        metadata=(Metadatum(Field.TITLE, title, ORIGINS[DocumentKind.MARKDOWN]),) if title else (),
        language=language_of(text),
        warnings=decoded.warnings,
    )


def text_styles(data: bytes) -> StyledText:
    """None: only whose text it is that has none."""
    return StyledText(sha256_of(canonical(decode(data).text)))


def markdown_styles(data: bytes) -> StyledText:
    text = canonical(decode(data).text)
    blocks, runs = blocks_and_runs(text)
    return StyledText(sha256_of(text), blocks, runs)


def _version() -> str:
    """The encoding is the only thing that an engine decides here."""
    return f"charset-normalizer {charset_normalizer.__version__}"


def _outline(text: str) -> tuple[tuple[Section, ...], str]:
    """Where each heading's part stands, and the first heading of the first rank."""
    found = headings(text)
    title = next((one_line(label, LONGEST_TITLE) for _, rank, label in found if rank == 1), "")
    return sections_from([(start, label) for start, _, label in found], len(text)), title
