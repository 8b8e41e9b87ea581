"""What a list says while there is nothing in it, and what to do next."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import Listing, Shelf
from archivist.ui.library.filtering import is_filtered

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty list: what it means, and what is next. `offer` names a deed: import, clear, all or none."""

    icon: str
    title: str
    sentence: str
    offer: str = ""


def nothing_in(listing: Listing) -> Nothing:
    if is_filtered(listing):
        return Nothing(
            "funnel-simple",
            translate("Library", "No document matches"),
            translate("Library", "Take one of the filters above away, or clear all of them."),
            "clear",
        )
    if listing.tag or listing.case:
        return Nothing(
            "quotes",
            translate("Library", "No document yet"),
            translate("Library", "Open a document, mark a passage, and give the quote this tag or case."),
            "all",
        )
    return _EMPTY_SHELVES[listing.shelf]()


_EMPTY_SHELVES = {
    Shelf.ALL: lambda: Nothing(
        "books",
        translate("Library", "Nothing here yet"),
        translate("Library", "Import files, or drop them anywhere in this window."),
        "import",
    ),
    Shelf.INBOX: lambda: Nothing(
        "tray",
        translate("Library", "Nothing waits to be read"),
        translate("Library", "What you import stands here until you open it for the first time."),
        "import",
    ),
    Shelf.RECENT: lambda: Nothing(
        "clock",
        translate("Library", "Nothing read yet"),
        translate("Library", "Documents that you open stand here, the one read last at the top."),
        "all",
    ),
    Shelf.REVIEW: lambda: Nothing(
        "eye",
        translate("Library", "Nothing needs review"),
        translate(
            "Library",
            "A document comes here when the words of one of its quotes are not where they were marked.",
        ),
        "all",
    ),
    Shelf.TRASH: lambda: Nothing(
        "trash",
        translate("Library", "The bin is empty"),
        translate(
            "Library", "What you delete goes here and stays: nothing is ever destroyed, all can be restored."
        ),
        "all",
    ),
}
