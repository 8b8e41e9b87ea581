"""Marks of a document on its pages."""

from archivist.model.anchor import Span
from archivist.ui.reader.document_words import DocumentWords
from archivist.ui.reader.page_marks import PageMarks


class Counting(DocumentWords):
    """Counts how often it is asked where a passage stands."""

    def __init__(self) -> None:
        super().__init__(None, lambda _: None)
        self.asked = 0

    def pages_of(self, span: Span) -> range:  # noqa: ARG002 - there is one page
        self.asked += 1
        return range(1)


def test_going_from_hit_to_hit_places_none_of_them_anew() -> None:
    words = Counting()
    marks = PageMarks(words)
    hits = [Span(0, 3), Span(5, 8)]

    marks.set_hits(hits, 0)
    marks.set_hits(hits, 1)

    assert words.asked == len(hits)
