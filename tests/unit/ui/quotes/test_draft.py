import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.anchor import Span
from archivist.model.colour import Colour
from archivist.model.ids import CaseId, DocumentId, QuoteId
from archivist.model.quote import Role
from archivist.ui.quotes.draft import QuoteDraft, read_drafts, with_draft, without_draft, written

ID = DocumentId("document")
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 9999), st.integers(0, 99))
CASES = st.tuples(st.none() | st.builds(CaseId, st.text(min_size=1)), st.text(), st.sampled_from(Role))
DRAFTS = st.builds(
    QuoteDraft,
    document_id=st.just(ID),
    span=st.none() | SPANS,
    quote_id=st.none() | st.builds(QuoteId, st.text(min_size=1)),
    colour=st.sampled_from([colour.value for colour in Colour]),
    tags=st.lists(st.text()).map(tuple),
    cases=st.lists(CASES).map(tuple),
    note=st.text(),
    words=st.text(),
)


@given(st.lists(DRAFTS))
def test_what_is_kept_comes_back(drafts: list[QuoteDraft]) -> None:
    assert read_drafts(ID, written(drafts)) == tuple(drafts)


@pytest.mark.parametrize("content", ["", "nonsense", "{}", "[1]", '[{"span": null}]', "null"])
def test_what_cannot_be_understood_is_left_out(content: str) -> None:
    assert read_drafts(ID, content) == ()


def test_a_newer_draft_takes_the_place_of_one_about_the_same() -> None:
    first, other = QuoteDraft(ID, Span(0, 4), note="a"), QuoteDraft(ID, Span(5, 9), note="b")
    newer = QuoteDraft(ID, Span(0, 4), note="c")

    assert with_draft((first, other), newer) == (other, newer)
    assert without_draft((other, newer), first) == (other,)


def test_a_colour_alone_is_nothing_to_keep() -> None:
    assert not QuoteDraft(ID, Span(0, 4), colour="rose", note=" \n").says_something
    assert QuoteDraft(ID, Span(0, 4), tags=("x",)).says_something
