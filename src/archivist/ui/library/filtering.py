"""The filters of a listing: which are set, and the listing without one of them."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import Listing
from archivist.ui.library.wording import kind_name
from archivist.ui.words import isolate, language_name

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition in words, and the listing as it would be without it."""

    words: str
    without: Listing


def without_filters(listing: Listing) -> Listing:
    """The shelf, tag or case as a whole, in the same order."""
    return Listing(
        shelf=listing.shelf,
        tag=listing.tag,
        case=listing.case,
        sort=listing.sort,
        descending=listing.descending,
    )


def is_filtered(listing: Listing) -> bool:
    return listing != without_filters(listing)


def language_words(code: str) -> str:
    return language_name(code) or translate("Library", "Not known")


def filters_of(listing: Listing) -> list[Filter]:
    found = []
    if listing.words:
        found.append(Filter(f"“{isolate(listing.words)}”", replace(listing, words="")))
    for kind in listing.kinds:
        rest = tuple(one for one in listing.kinds if one is not kind)
        found.append(Filter(kind_name(kind), replace(listing, kinds=rest)))
    for code in listing.languages:
        others = tuple(one for one in listing.languages if one != code)
        found.append(Filter(language_words(code), replace(listing, languages=others)))
    if listing.year:
        found.append(Filter(listing.year, replace(listing, year="")))
    if listing.has_quotes is not None:
        yes, no = translate("Library", "Has quotes"), translate("Library", "No quotes yet")
        found.append(Filter(yes if listing.has_quotes else no, replace(listing, has_quotes=None)))
    if listing.has_text is not None:
        yes, no = translate("Library", "Has text"), translate("Library", "No text")
        found.append(Filter(yes if listing.has_text else no, replace(listing, has_text=None)))
    return found
