"""What stands in the sidebar, line by line, made of counts alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import Counts, Listing, Shelf
from archivist.model.case import Case
from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.ui.library.wording import shelf_name
from archivist.ui.places import BinPlace, CasePlace, DocumentPlace, LibraryPlace, Place, QuotesPlace
from archivist.ui.tags.hues import CASE_ICON, TAG_ICON
from archivist.ui.tags.tree import having, shown_branches
from archivist.ui.theme import hue_of
from archivist.ui.words import number

MANY = 20
"""More than so many cases or tags, and a field to find one stands above them."""

ARCHIVE, CASES, TAGS = "archive", "cases", "tags"
QUOTES = "quotes"
translate = QCoreApplication.translate


class Kind(StrEnum):
    """What a line is."""

    HEAD = "head"
    FILTER = "filter"
    NEW = "new"
    PLACE = "place"
    CASE = "case"
    TAG = "tag"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `key` stays its name through every refresh."""

    key: str
    kind: Kind
    name: str = ""
    section: str = ARCHIVE
    count: int | None = None
    sign: str = ""
    hue: str = ""
    depth: int = 0
    has_more: bool = False
    is_open: bool = True
    place: Place | None = None
    thing: Case | Tag | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the user has arranged it: what is closed, what is typed to find one, where a new one is made."""

    closed: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    adding: str = ""


def shelf_key(shelf: Shelf) -> str:
    return f"shelf:{shelf}"


def case_key(case_id: str) -> str:
    return f"case:{case_id}"


def tag_key(tag_id: str) -> str:
    return f"tag:{tag_id}"


def head_key(section: str) -> str:
    return f"head:{section}"


def filter_key(section: str) -> str:
    return f"filter:{section}"


def new_key(section: str) -> str:
    return f"new:{section}"


def key_of(place: Place) -> str | None:
    """The line that stands for a place; empty: none does; None: where the user was before still holds."""
    match place:
        case LibraryPlace(listing):
            return _key_of_listing(listing)
        case QuotesPlace(tag, review):
            return tag_key(tag) if tag else shelf_key(Shelf.REVIEW) if review else QUOTES
        case CasePlace(case_id):
            return case_key(case_id)
        case BinPlace():
            return shelf_key(Shelf.TRASH)
        case DocumentPlace():
            return None
        case _:
            return ""


def _key_of_listing(listing: Listing) -> str:
    if listing.tag:
        return tag_key(listing.tag)
    return case_key(listing.case) if listing.case else shelf_key(listing.shelf)


def rows(counts: Counts, standing: Standing) -> list[Row]:
    """Archive, cases, tags; what is closed is left out."""
    found = [Row(head_key(ARCHIVE), Kind.HEAD, translate("Sidebar", "Archive")), *places(counts)]
    found += _section(CASES, len(counts.cases), list(_cases(counts, standing)), standing)
    found += _section(TAGS, len(counts.tags), list(_tags(counts, standing)), standing)
    return found


_SHELVES = (
    (Shelf.ALL, "books"),
    (Shelf.INBOX, "tray"),
    (None, "quotes"),
    (Shelf.RECENT, "clock"),
    (Shelf.REVIEW, "eye"),
    (Shelf.TRASH, "trash"),
)
_UNCOUNTED = {Shelf.RECENT, Shelf.TRASH}  # nothing waits there; nor does a zero say anything


def places(counts: Counts) -> Iterator[Row]:
    """Where every archive leads to."""
    for shelf, sign in _SHELVES:
        if shelf is None:
            name = translate("Sidebar", "Quotes")
            yield Row(QUOTES, Kind.PLACE, name, count=counts.quotes, sign=sign, place=QuotesPlace())
            continue
        amount = counts.shelves.get(shelf, 0)
        count = None if shelf in _UNCOUNTED or not amount else amount
        place = BinPlace() if shelf is Shelf.TRASH else LibraryPlace(Listing(shelf=shelf))
        yield Row(shelf_key(shelf), Kind.PLACE, shelf_name(shelf), count=count, sign=sign, place=place)


def _cases(counts: Counts, standing: Standing) -> Iterator[Row]:
    matches = having(standing.words.get(CASES, ""))
    for case in counts.cases:
        if any(map(matches, (case.name, *case.aliases))):
            yield Row(
                case_key(case.id),
                Kind.CASE,
                case.name,
                CASES,
                case.quotes,
                CASE_ICON,
                hue_of(case.colour, case.id),
                place=CasePlace(case.id),
                thing=case,
            )


def _tags(counts: Counts, standing: Standing) -> Iterator[Row]:
    closed = {TagId(key.removeprefix("tag:")) for key in standing.closed if key.startswith("tag:")}
    for branch in shown_branches(counts.tags, closed, standing.words.get(TAGS, "")):
        tag = branch.tag
        yield Row(
            tag_key(tag.id),
            Kind.TAG,
            tag.name,
            TAGS,
            tag.quotes,
            TAG_ICON,
            hue_of(tag.colour, tag.id),
            branch.depth,
            branch.has_more,
            branch.is_open,
            QuotesPlace(tag.id),
            tag,
        )


def _section(section: str, total: int, inside: list[Row], standing: Standing) -> Iterator[Row]:
    is_open = head_key(section) not in standing.closed
    title = translate("Sidebar", "Cases") if section == CASES else translate("Sidebar", "Tags")
    count = None if is_open else total
    yield Row(head_key(section), Kind.HEAD, title, section, count, has_more=True, is_open=is_open)
    if not is_open:
        return
    if total > MANY or standing.words.get(section):
        yield Row(filter_key(section), Kind.FILTER, section=section)
    if standing.adding == section:
        yield Row(new_key(section), Kind.NEW, section=section)
    yield from inside
    if not inside and standing.adding != section:
        yield Row(f"words:{section}", Kind.WORDS, _emptiness(section, total), section)


def _emptiness(section: str, total: int) -> str:
    if total:
        return translate("Sidebar", "Nothing has these letters.")
    if section == CASES:
        return translate("Sidebar", "No case yet: + makes one.")
    return translate("Sidebar", "No tag yet: + makes one.")


def spoken(row: Row) -> str:
    """What a screen reader says of a line."""
    said = [row.name]
    if row.count is not None:
        said.append(number(row.count))
    if row.depth:
        said.append(translate("Sidebar", "level {}").format(row.depth + 1))
    if row.has_more:
        said.append(translate("Sidebar", "open") if row.is_open else translate("Sidebar", "closed"))
    return ", ".join(said)
