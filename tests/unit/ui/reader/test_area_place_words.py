from dataclasses import replace

import pytest

from archivist.model.anchor import Span
from archivist.model.browsing import QuoteRow
from archivist.model.ids import DocumentId, TextId
from archivist.model.text import Section, SectionKind, Text, TextOrigin
from archivist.ui.reader.place_words import PlaceWords
from tests.unit.ui.quotes.test_arranging import ROWS

CONTENT = "Title\n\nOne line\nand its next\n\n\nThe third\n"


def _text(*sections: Section) -> Text:
    return Text(TextId("t"), DocumentId("d"), TextOrigin.EXTRACTED, "", "", None, CONTENT, "", sections)


def _at(offset: int) -> QuoteRow:
    return replace(ROWS[0], span=Span(offset, offset + 1))


def _words(places: PlaceWords, row: QuoteRow) -> str:
    return places.of([row])[row.quote.id].replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(("offset", "words"), [(0, "par. 1"), (7, "par. 2"), (20, "par. 2"), (33, "par. 3")])
def test_without_pages_and_headings_paragraphs_are_counted(offset: int, words: str) -> None:
    assert _words(PlaceWords(_text()), _at(offset)) == words


def test_a_heading_names_what_follows_it() -> None:
    places = PlaceWords(_text(Section(7, 40, SectionKind.SECTION, "The  visit")))

    assert _words(places, _at(20)) == "The visit"
    assert _words(places, _at(2)) == "par. 1"


def test_a_page_is_named_as_it_is_printed() -> None:
    row = replace(_at(2), page_label="iv")

    assert _words(PlaceWords(_text()), row) == "p. iv"


def test_words_that_are_lost_are_named_by_the_page_where_they_were() -> None:
    anchor = replace(ROWS[0].quote.anchor, page=3)
    row = replace(ROWS[0], quote=replace(ROWS[0].quote, anchor=anchor), span=None, needs_review=True)

    assert _words(PlaceWords(_text()), row) == "was on p. 3"


def test_without_a_text_nothing_is_said() -> None:
    assert _words(PlaceWords(None), _at(3)) == ""
