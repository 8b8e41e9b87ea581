"""What shelves, kinds and orders are called."""

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import Shelf, Sort
from archivist.model.document import DocumentKind

translate = QCoreApplication.translate


def kind_name(kind: DocumentKind) -> str:
    return {
        DocumentKind.PDF: translate("Library", "PDF"),
        DocumentKind.DOCX: translate("Library", "Word document"),
        DocumentKind.HTML: translate("Library", "Web page"),
        DocumentKind.TEXT: translate("Library", "Plain text"),
        DocumentKind.MARKDOWN: translate("Library", "Markdown"),
        DocumentKind.OTHER: translate("Library", "Other kind"),
    }[kind]


def shelf_name(shelf: Shelf) -> str:
    return {
        Shelf.ALL: translate("Library", "All documents"),
        Shelf.INBOX: translate("Library", "Inbox"),
        Shelf.RECENT: translate("Library", "Recently read"),
        Shelf.REVIEW: translate("Library", "Needs review"),
        Shelf.TRASH: translate("Library", "Bin"),
    }[shelf]


def sort_name(sort: Sort) -> str:
    return {
        Sort.IMPORTED: translate("Library", "Imported"),
        Sort.TITLE: translate("Library", "Title"),
        Sort.DATE: translate("Library", "Date"),
        Sort.PUBLISHER: translate("Library", "Publisher"),
        Sort.KIND: translate("Library", "Kind"),
        Sort.LANGUAGE: translate("Library", "Language"),
        Sort.PAGES: translate("Library", "Pages"),
        Sort.SIZE: translate("Library", "Size"),
        Sort.QUOTES: translate("Library", "Quotes"),
        Sort.OPENED: translate("Library", "Last read"),
    }[sort]


_BY_TIME = {Sort.IMPORTED, Sort.DATE, Sort.OPENED}
_BY_AMOUNT = {Sort.PAGES, Sort.SIZE, Sort.QUOTES}


def order_name(sort: Sort, *, descending: bool) -> str:
    """What comes first, in the words of what is ordered."""
    if sort in _BY_TIME:
        return translate("Library", "Newest first") if descending else translate("Library", "Oldest first")
    if sort in _BY_AMOUNT:
        return translate("Library", "Most first") if descending else translate("Library", "Fewest first")
    return translate("Library", "Z to A") if descending else translate("Library", "A to Z")
