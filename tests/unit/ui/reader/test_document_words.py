import pytest

from archivist.model.anchor import Span
from archivist.ui.reader import document_words
from archivist.ui.reader.document_words import DocumentWords
from archivist.ui.reader.selection import PAGE_END, Position, Selection
from tests.unit.model.typesetting import prose
from tests.unit.ui.reader.pdf_views import text_of


@pytest.fixture
def asked() -> list[int]:
    return []


@pytest.fixture
def words(asked: list[int]) -> DocumentWords:
    return DocumentWords(text_of(["first", "second", "third"]), asked.append)


def chosen(start: tuple[int, int], end: tuple[int, int]) -> Selection:
    return Selection(Position(*start), Position(*end))


def test_a_page_is_asked_for_once(words: DocumentWords, asked: list[int]) -> None:
    words.want(1)
    words.want(1)
    words.put(1, prose("second"))
    words.want(1)

    assert asked == [1]


def test_a_wish_is_granted_when_the_words_come(words: DocumentWords) -> None:
    granted: list[str] = []
    words.when_known(1, lambda page: granted.append(page.text))

    words.put(0, prose("first"))
    words.put(1, prose("second"))
    words.put(1, prose("second"))
    words.when_known(1, lambda page: granted.append(page.text.upper()))

    assert granted == ["second", "SECOND"]


def test_only_the_last_wish_counts(words: DocumentWords) -> None:
    granted: list[str] = []
    words.when_known(1, lambda _: granted.append("first"))
    words.when_known(2, lambda _: granted.append("last"))
    words.put(1, prose("second"))
    words.put(2, prose("third"))
    words.when_known(0, lambda _: granted.append("forgotten"))

    words.forget_wish()
    words.put(0, prose("first"))

    assert granted == ["last"]


def test_pages_seen_longest_ago_are_forgotten_but_not_those_of_the_selection(
    words: DocumentWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_words, "MOST_PAGES_KEPT", 2)
    words.held = (0,)

    for page in range(3):
        words.put(page, prose("words"))

    assert [page for page in range(3) if words.page(page)] == [0, 2]


def test_offsets_belong_to_pages(words: DocumentWords) -> None:
    assert [words.page_of(offset) for offset in (0, 4, 6, 7, 15, 99)] == [0, 0, 0, 1, 2, None]
    assert words.pages_of(Span(3, 16)) == range(3)
    assert words.pages_of(Span(99, 120)) == range(0)


def test_a_range_over_pages_needs_the_words_of_none_between(words: DocumentWords) -> None:
    words.put(0, prose("first"))
    words.put(2, prose("third"))

    selection = chosen((2, 3), (0, 2))

    assert words.span_of(selection) == Span(2, 18)
    assert words.words_of(selection) == "rst\n\nsecond\n\nthi"


def test_whole_pages_need_no_words_at_all(words: DocumentWords) -> None:
    assert words.words_of(chosen((0, 0), (2, PAGE_END))) == "first\n\nsecond\n\nthird"


def test_white_space_around_is_left_out(words: DocumentWords) -> None:
    words.put(0, prose("first"))
    words.put(1, prose("second"))

    assert words.span_of(chosen((0, 5), (1, 6))) == Span(7, 13)
    assert words.span_of(chosen((0, 5), (1, 0))) is None


def test_pages_beyond_the_text_have_words_and_no_place_in_it(words: DocumentWords) -> None:
    words.put(3, prose("fourth"))

    assert words.span_of(chosen((3, 0), (3, 3))) is None
    assert words.words_of(chosen((3, 0), (3, 3))) == "fou"
    assert words.on_page(Span(0, 3), 3) is None


def test_pages_between_are_copied_also_where_they_were_never_seen(words: DocumentWords) -> None:
    words.put(0, prose("another"))
    words.put(2, prose("third"))

    assert words.words_of(chosen((0, 3), (2, 2))) == "ther\n\nsecond\n\nth"


def test_a_page_that_says_something_else_still_copies(words: DocumentWords) -> None:
    words.put(0, prose("another"))
    words.put(1, prose("second"))

    selection = chosen((0, 3), (1, 3))

    assert words.span_of(selection) is None
    assert words.words_of(selection) == "ther\n\nsec"
