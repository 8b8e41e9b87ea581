from hypothesis import assume, given
from hypothesis import strategies as st

from archivist.model.anchor import Anchor, FoundBy, Placement, Span, resolve, skeleton
from archivist.model.ids import TextId
from archivist.model.text import canonical

TEXT_ID = TextId("t")
# Emoji with joiners, Arabic with marks, Tibetan stacks, Han extension B, combining marks, brackets.
AWKWARD = st.text(alphabet="abc \n-é\u0304👩‍🚀😀𠀀𠮷قُلْ حَبོད་སྐྱ人權()「」\u00ad", min_size=1, max_size=120).map(
    canonical
)
WORDS = "The lawyer was taken from her office on 9 July. The lawyer has not been seen since."


@st.composite
def text_and_span(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(AWKWARD)
    assume(text)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def at(text: str, words: str, occurrence: int = 1) -> Anchor:
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Anchor.at(TEXT_ID, text, Span(start, start + len(words)))


@given(text_and_span())
def test_a_quote_stands_where_it_was_marked(drawn: tuple[str, Span]) -> None:
    text, span = drawn

    placement = resolve(Anchor.at(TEXT_ID, text, span), text)

    assert placement == Placement(span, FoundBy.POSITION)


@given(text_and_span(), AWKWARD)
def test_a_quote_that_is_found_by_its_words_shows_exactly_these_words(
    drawn: tuple[str, Span], before: str
) -> None:
    text, span = drawn
    anchor = Anchor.at(TEXT_ID, text, span)
    altered = before + text

    placement = resolve(anchor, altered)

    if placement and placement.found_by is not FoundBy.SKELETON:
        assert altered[placement.span.start : placement.span.end] == anchor.exact


@given(text_and_span(), AWKWARD)
def test_a_quote_found_by_its_skeleton_has_the_same_skeleton(drawn: tuple[str, Span], other: str) -> None:
    text, span = drawn
    anchor = Anchor.at(TEXT_ID, text, span)
    altered = (other + text).replace(" ", "\n").upper()

    placement = resolve(anchor, altered)

    if placement:
        found = altered[placement.span.start : placement.span.end]
        assert skeleton(found)[0] == skeleton(anchor.exact)[0]


def test_a_quote_follows_its_words_when_text_comes_before_them() -> None:
    altered = "A new heading.\n" + WORDS

    placement = resolve(at(WORDS, "The lawyer", 2), altered)

    assert placement == Placement(
        Span(altered.rindex("The lawyer"), altered.rindex("The lawyer") + 10), FoundBy.QUOTE
    )


def test_a_quote_is_found_across_changed_white_space_hyphens_and_brackets() -> None:
    altered = "Zzz. The law\u00ad\nyer [was] TAKEN\tfrom her office on 9 July."

    placement = resolve(at(WORDS, "The lawyer was taken from her office"), altered)

    assert placement is not None
    assert placement.found_by is FoundBy.SKELETON
    assert (
        altered[placement.span.start : placement.span.end]
        == "The law\u00ad\nyer [was] TAKEN\tfrom her office"
    )


def test_a_quote_whose_words_are_gone_needs_review() -> None:
    assert resolve(at(WORDS, "taken from her office"), "The lawyer left her office.") is None


def test_a_quote_whose_words_stand_twice_without_telling_context_needs_review() -> None:
    anchor = at("xx He was beaten. yy", "He was beaten.")

    assert resolve(anchor, "One. He was beaten. Two. He was beaten. Three.") is None


def test_nearness_alone_never_moves_a_quote() -> None:
    anchor = at("a b the guard c d", "the guard")

    assert resolve(anchor, "q the guard " + "z" * 200 + " the guard q") is None


def test_words_of_nothing_but_brackets_are_not_found_by_their_skeleton() -> None:
    assert resolve(at("a () b", "()"), "anything at all") is None


@given(AWKWARD)
def test_every_character_of_a_skeleton_knows_where_it_came_from(text: str) -> None:
    bare, origins = skeleton(text)

    assert len(bare) == len(origins)
    assert all(skeleton(text[origin])[0].find(kept) >= 0 for kept, origin in zip(bare, origins, strict=True))
