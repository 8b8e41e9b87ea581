from archivist.model.anchor import Span
from archivist.model.page_offsets import PageOffsets


def test_the_same_words_are_only_further_on() -> None:
    offsets = PageOffsets("All human beings", "All human beings", 100)

    assert offsets.to_document(Span(4, 9)) == Span(104, 109)
    assert offsets.to_page(Span(104, 109)) == Span(4, 9)


def test_other_hyphens_and_spaces_are_seen_through() -> None:
    now, then = "infirm\u00ad\nary register", "infirm-ary  register"
    offsets = PageOffsets(now, then, 10)

    start = now.index("register")

    assert offsets.to_document(Span(start, len(now))) == Span(10 + 12, 10 + 20)
    assert offsets.to_document(Span(0, 11)) == Span(10, 20)
    assert offsets.to_page(Span(10 + 12, 10 + 20)) == Span(start, len(now))
    assert offsets.to_document(Span(6, 8)) is None


def test_words_of_a_text_that_says_something_else_are_sought() -> None:
    offsets = PageOffsets(
        "The director sald that the register was lost", "… the register was lost. Signed", 50
    )

    assert offsets.to_document(Span(27, 35)) == Span(56, 64)
    assert offsets.to_document(Span(13, 17)) is None


def test_a_whole_page_needs_no_words() -> None:
    offsets = PageOffsets("now", "quite another", 7)

    assert offsets.to_document(Span(0, 3)) == Span(7, 20)
    assert offsets.to_page(Span(7, 20)) == Span(0, 3)
