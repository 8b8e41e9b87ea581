"""The columns of the table of documents: what each says, how wide it begins, what it sorts by."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import DocumentRow, Sort
from archivist.ui.words import date_words, day_words, language_name, number, size_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Column:
    """`is_number` stands at the trailing side. What has the highest `rank` goes first where room is short."""

    name: str
    sort: Sort
    width: int
    rank: int
    words: Callable[[DocumentRow], str]
    is_number: bool = False


def shown_date(row: DocumentRow) -> str:
    """The day alone, where a file says the hour too."""
    return date_words(row.date[:10])


def _count(count: int | None) -> str:
    return number(count) if count else ""


COLUMNS = (
    Column("title", Sort.TITLE, 240, 0, lambda row: row.document.title),
    Column("publisher", Sort.PUBLISHER, 170, 3, lambda row: row.publisher),
    Column("date", Sort.DATE, 104, 1, shown_date),
    Column("language", Sort.LANGUAGE, 96, 4, lambda row: language_name(row.document.language or "")),
    Column("pages", Sort.PAGES, 66, 5, lambda row: _count(row.document.pages), is_number=True),
    Column("quotes", Sort.QUOTES, 72, 2, lambda row: _count(row.quotes), is_number=True),
    Column("imported", Sort.IMPORTED, 108, 6, lambda row: day_words(row.document.imported_at)),
    Column("size", Sort.SIZE, 100, 7, lambda row: size_words(row.document.size), is_number=True),
)
TITLE = 0


def heading(column: Column) -> str:
    return {
        "title": translate("Library", "Title"),
        "publisher": translate("Library", "Publisher"),
        "date": translate("Library", "Date"),
        "language": translate("Library", "Language"),
        "pages": translate("Library", "Pages"),
        "quotes": translate("Library", "Quotes"),
        "imported": translate("Library", "Imported"),
        "size": translate("Library", "Size"),
    }[column.name]
