"""HTML: all visible words in document order. An article finder never decides what the text is."""

import re
from contextlib import suppress
from datetime import date, timedelta

from lxml import etree
from lxml import html as lxml_html

from archivist.model.document import DocumentKind, Extraction, Field, Metadatum
from archivist.model.reading import ORIGINS, one_line
from archivist.model.sandbox import Failure
from archivist.model.styles import StyledText
from archivist.model.text import sha256_of
from archivist.workers.blocks import walk
from archivist.workers.decoding import decode
from archivist.workers.failing import Unreadable
from archivist.workers.language import language_of
from archivist.workers.offline import extract_metadata
from archivist.workers.style_walk import StyleWalker

ENGINE = "lxml"
DECLARED_WITHIN = 4096

# Beyond these trafilatura may take longer than the document is worth: its findings are left out.
DEEPEST_DESCRIBED = 200
LARGEST_DESCRIBED = 4_000_000

_FIELDS = {
    Field.TITLE: "title",
    Field.AUTHOR: "author",
    Field.PUBLISHER: "sitename",
    Field.DATE: "date",
    Field.SOURCE_URL: "url",
    Field.DESCRIPTION: "description",
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_VALUE = 2_000


def read(data: bytes) -> Extraction:
    decoded = decode(data, declared_within=DECLARED_WITHIN)
    root = parse(decoded.text)
    blocks = walk(root)
    return Extraction(
        kind=DocumentKind.HTML,
        engine=ENGINE,
        engine_version=etree.__version__,
        text=blocks.text,
        sections=blocks.sections(),
        metadata=_metadata(
            root, is_tame=blocks.depth <= DEEPEST_DESCRIBED and len(data) <= LARGEST_DESCRIBED
        ),
        language=language_of(blocks.text),
        warnings=decoded.warnings,
    )


def styles(data: bytes) -> StyledText:
    walker = StyleWalker()
    walk(parse(decode(data, declared_within=DECLARED_WITHIN).text), walker=walker)
    return StyledText(sha256_of(walker.blocks.text), tuple(walker.found), tuple(walker.runs))


def parse(text: str) -> etree._Element:
    """The tree, which is whole or not at all: beyond its limits libxml2 drops the rest and says so in a log.

    `huge_tree` moves the limit from 256 elements within each other to 2048.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    content = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = lxml_html.document_fromstring(content, parser=parser)
    except etree.ParserError:
        raise Unreadable(Failure.EMPTY) from None
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise Unreadable(Failure.TOO_DEEP)
    return root


def _metadata(root: etree._Element, *, is_tame: bool) -> tuple[Metadatum, ...]:
    """What the page says about itself; the tree is used up."""
    language = root.get("lang", "")
    title = root.findtext(".//title") or ""
    found = {Field.TITLE: title, Field.LANGUAGE: language if _LANGUAGE.fullmatch(language) else ""}
    if is_tame:
        with suppress(Exception):  # what trafilatura stumbles over must not cost the text
            found |= _described(root)
    return tuple(
        Metadatum(field, value, ORIGINS[DocumentKind.HTML])
        for field, raw in found.items()
        if (value := one_line(raw, LONGEST_VALUE))
    )


def _described(root: etree._Element) -> dict[Field, str]:
    """As trafilatura has it, but only dates that are written out in the page.

    Its extensive search makes “1 January” out of any year and takes up to a second and a half.
    """
    dates = {
        "original_date": True,
        "extensive_search": False,
        "max_date": (date.today() + timedelta(days=1)).isoformat(),  # noqa: DTZ011  a bound, no record
    }
    described = extract_metadata(root, date_config=dates, extensive=False)
    values = {field: getattr(described, name) for field, name in _FIELDS.items()}
    return {field: value for field, value in values.items() if isinstance(value, str) and value}
