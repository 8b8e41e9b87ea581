"""The small rules of the library: filters in words, empty lists, names that are safe, lines that flow."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from archivist.model.browsing import Listing, Shelf, Sort
from archivist.model.document import DocumentKind
from archivist.model.ids import TagId
from archivist.ui.library.emptiness import nothing_in
from archivist.ui.library.filtering import filters_of, is_filtered, without_filters
from archivist.ui.library.originals import safe_name
from archivist.ui.library.wording import order_name
from archivist.ui.widgets.flow import FlowLayout

FULL = Listing(
    shelf=Shelf.INBOX,
    kinds=(DocumentKind.PDF, DocumentKind.HTML),
    languages=("ar", ""),
    year="2024",
    words="register",
    has_quotes=True,
    has_text=False,
    sort=Sort.TITLE,
    descending=False,
)


def test_every_filter_is_told_and_can_be_taken_away() -> None:
    filters = filters_of(FULL)

    assert [one.words.strip("“”\u2068\u2069") for one in filters] == [
        "register",
        *("PDF", "Web page"),
        *("Arabic", "Not known"),
        *("2024", "Has quotes", "No text"),
    ]
    rest = FULL
    while told := filters_of(rest):
        rest = told[0].without
    assert rest == Listing(shelf=Shelf.INBOX, sort=Sort.TITLE, descending=False)


def test_shelf_tag_case_and_order_are_no_filters() -> None:
    listing = Listing(Shelf.RECENT, tag=TagId("t"), sort=Sort.SIZE)

    assert not is_filtered(listing)
    assert filters_of(listing) == []
    assert without_filters(FULL) == Listing(Shelf.INBOX, sort=Sort.TITLE, descending=False)


@pytest.mark.parametrize(
    ("listing", "title", "offer"),
    [
        (Listing(), "Nothing here yet", "import"),
        (Listing(Shelf.INBOX), "Nothing waits to be read", "import"),
        (Listing(Shelf.RECENT), "Nothing read yet", "all"),
        (Listing(Shelf.REVIEW), "Nothing needs review", "all"),
        (Listing(Shelf.TRASH), "The bin is empty", "all"),
        (Listing(Shelf.TRASH, words="x"), "No document matches", "clear"),
        (Listing(tag=TagId("t")), "No document yet", "all"),
    ],
)
def test_an_empty_list_says_what_it_means_and_what_is_next(listing: Listing, title: str, offer: str) -> None:
    nothing = nothing_in(listing)

    assert (nothing.title, nothing.offer) == (title, offer)
    assert nothing.sentence.endswith(".")


@pytest.mark.parametrize(
    ("sort", "descending", "words"),
    [
        (Sort.IMPORTED, True, "Newest first"),
        (Sort.DATE, False, "Oldest first"),
        (Sort.SIZE, True, "Most first"),
        (Sort.PAGES, False, "Fewest first"),
        (Sort.TITLE, False, "A to Z"),
        (Sort.KIND, True, "Z to A"),
    ],
)
def test_an_order_says_what_comes_first(sort: Sort, *, descending: bool, words: str) -> None:
    assert order_name(sort, descending=descending) == words


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../.ssh/authorized_keys", "authorized_keys"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("...", "original"),
        ("annex\u202efdp.exe", "annexfdp.exe"),
        ("", "original"),
    ],
)
def test_a_sender_does_not_choose_the_folder_or_hide_the_ending(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("towards", list(Qt.LayoutDirection)[:2])
def test_widgets_flow_over_lines_from_where_reading_begins(towards: Qt.LayoutDirection) -> None:
    holder = QWidget()
    holder.setLayoutDirection(towards)
    labels = [QLabel() for _ in range(3)]
    for shown in labels:
        shown.setFixedSize(60, 20)
    flow = FlowLayout(*labels, spacing=10)
    holder.setLayout(flow)
    flow.setGeometry(QRect(0, 0, 150, 200))

    lefts = [shown.geometry().x() for shown in labels]

    is_rtl = towards is Qt.LayoutDirection.RightToLeft
    assert lefts == ([90, 20, 90] if is_rtl else [0, 70, 0])
    assert [shown.geometry().y() for shown in labels] == [0, 0, 30]
    assert (flow.heightForWidth(150), flow.heightForWidth(400)) == (50, 20)
    assert flow.minimumSize() == QSize(60, 20)
    assert flow.itemAt(3) is None
    assert flow.takeAt(9) is None
