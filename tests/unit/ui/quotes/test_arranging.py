from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archivist.model.anchor import Anchor, Span
from archivist.model.browsing import QuoteRow
from archivist.model.document import Document, DocumentKind
from archivist.model.ids import DocumentId, QuoteId, TagId, TextId
from archivist.model.quote import Quote
from archivist.model.tag import Tag
from archivist.ui.quotes.arranging import Arrangement, Order, arranged, tags_of

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DOCUMENT = Document(
    DocumentId("d"), "D", DocumentKind.TEXT, "", 0, "d.txt", None, None, 0, TextId("t"), None, BEGIN, ()
)
LAW, CARE = Tag(TagId("a"), "law"), Tag(TagId("b"), "care")


def _row(
    name: str, start: int, day: int, *, colour: str = "", note: str = "", tags: tuple[Tag, ...] = ()
) -> QuoteRow:
    anchor = Anchor(TextId("t"), start, start + 3, "abc", "", "")
    ids = tuple(tag.id for tag in tags)
    quote = Quote(
        QuoteId(name), DOCUMENT.id, anchor, note, BEGIN + timedelta(days=day), tags=ids, colour=colour
    )
    return QuoteRow(quote, DOCUMENT, "", tags, (), Span(start, start + 3), needs_review=False)


ROWS = (
    _row("first", 10, 2, colour="sky", tags=(LAW,)),
    _row("last", 90, 3, note="n"),
    _row("middle", 50, 1, colour="rose", tags=(CARE, LAW)),
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Arrangement(), ["first", "middle", "last"]),
        (Arrangement(order=Order.TIME), ["last", "first", "middle"]),
        (Arrangement(order=Order.COLOUR), ["last", "middle", "first"]),
        (Arrangement(order=Order.TAG), ["middle", "first", "last"]),
        (Arrangement(colour="amber"), ["last"]),
        (Arrangement(tag=LAW.id), ["first", "middle"]),
        (Arrangement(with_note=True), ["last"]),
        (Arrangement(colour="violet"), []),
    ],
)
def test_quotes_are_ordered_and_narrowed(wanted: Arrangement, names: list[str]) -> None:
    assert [row.quote.id for row in arranged(ROWS, wanted)] == names


def test_words_that_are_not_found_stand_where_they_were_marked() -> None:
    lost = replace(ROWS[2], span=None, needs_review=True)

    assert [row.quote.id for row in arranged((ROWS[1], lost, ROWS[0]), Arrangement())] == [
        "first",
        "middle",
        "last",
    ]


def test_the_tags_that_occur_are_named_once_in_order() -> None:
    assert list(tags_of(ROWS)) == [(CARE.id, "care"), (LAW.id, "law")]
