from collections.abc import Sequence

import pytest

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.model.ids import QuoteId
from archivist.model.quote import Quote, Role
from archivist.services.annotating import Mark, delete_quote, find_words, quote_passage
from archivist.services.organising import add_case
from archivist.services.quote_lists import (
    colour_quotes,
    link_quotes,
    quotes_having,
    quotes_named,
    tag_quotes,
)
from archivist.services.undoing import undo


@pytest.fixture
def sample(archive: Archive, document: Document) -> Archive:
    """Three quotes of the testimony."""
    for words, note in (("They took", "H-5 said it first."), ("at night", ""), ("He was beaten", "Twice.")):
        quote_passage(archive, document, find_words(archive, document, words)[0], Mark(note=note))
    add_case(archive, "The brother")
    return archive


def _three(archive: Archive) -> Sequence[Quote]:
    return archive.quotes.all()[:3]


def _deeds(archive: Archive) -> int:
    return len(archive.history.deeds(limit=1000))


@pytest.mark.parametrize(
    "words", ["he WAS", "beaten he", "twice beaten"], ids=["case", "apart", "with the note"]
)
def test_quotes_are_narrowed_by_their_words_and_notes(sample: Archive, words: str) -> None:
    ids = [quote.id for quote in sample.quotes.all()]

    found = quotes_named(sample, quotes_having(sample, ids, words))

    assert [quote.anchor.exact for quote in found] == ["He was beaten"]


def test_no_words_narrow_nothing_and_the_order_stays(sample: Archive) -> None:
    ids = [quote.id for quote in sample.quotes.all()][::-1]

    assert quotes_having(sample, ids, " ") == ids


def test_many_are_tagged_in_one_deed(sample: Archive) -> None:
    before = _deeds(sample)

    tag_quotes(sample, _three(sample), ["read twice", "fair trial"])

    assert _deeds(sample) == before + 1
    tag = sample.tags.by_name("read twice")
    assert tag
    assert all(tag.id in quote.tags for quote in _three(sample))
    undo(sample)
    assert all(tag.id not in quote.tags for quote in _three(sample))


def test_many_are_linked_in_one_deed(sample: Archive) -> None:
    before, case = _deeds(sample), sample.cases.all()[0]

    link_quotes(sample, _three(sample), [(case.id, Role.CONTEXT)])

    assert _deeds(sample) == before + 1
    assert all(case.id in [link.case_id for link in quote.cases] for quote in _three(sample))


def test_many_are_coloured_in_one_deed(sample: Archive) -> None:
    before = _deeds(sample)

    colour_quotes(sample, _three(sample), "violet")

    assert _deeds(sample) == before + 1
    assert [quote.colour for quote in _three(sample)] == ["violet"] * 3


def test_deleted_ones_are_not_named(sample: Archive) -> None:
    first = sample.quotes.all()[0]
    delete_quote(sample, first)

    assert quotes_named(sample, [first.id, QuoteId("none")]) == []
