"""What lies in the bin, as rows of one table: documents, quotes, tags and cases alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archivist.archive.archive import Archive
from archivist.model.browsing import Bin
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.errors import ArchivistError
from archivist.model.quote import Quote
from archivist.model.tag import Tag
from archivist.services.annotating import restore_quotes
from archivist.services.organising import restore_case, restore_documents, restore_tag
from archivist.ui.icons import KIND_ICONS
from archivist.ui.library.wording import kind_name
from archivist.ui.theme import hue_of
from archivist.ui.words import isolate, plural

translate = QCoreApplication.translate
Thing = Document | Quote | Tag | Case

DOCUMENTS, QUOTES, TAGS, CASES = "documents", "quotes", "tags", "cases"
KINDS = (DOCUMENTS, QUOTES, TAGS, CASES)


@dataclass(frozen=True, slots=True)
class BinRow:
    """One thing that can be restored; `about` tells it from others of its name."""

    kind: str
    icon: str
    hue: str
    name: str
    about: str
    thing: Thing

    @property
    def id(self) -> str:
        return self.thing.id


@dataclass(frozen=True, slots=True)
class Restored:
    """How many came back, and why others did not."""

    count: int
    refusals: tuple[str, ...]


def kind_word(kind: str) -> str:
    return {
        DOCUMENTS: translate("Bin", "Document"),
        QUOTES: translate("Bin", "Quote"),
        TAGS: translate("Bin", "Tag"),
        CASES: translate("Bin", "Case"),
    }[kind]


def kinds_word(kind: str) -> str:
    return {
        DOCUMENTS: translate("Bin", "Documents"),
        QUOTES: translate("Bin", "Quotes"),
        TAGS: translate("Bin", "Tags"),
        CASES: translate("Bin", "Cases"),
    }[kind]


def rows_of(found: Bin) -> Iterator[BinRow]:
    for document in found.documents:
        icon, hue = KIND_ICONS[document.kind]
        yield BinRow(DOCUMENTS, icon, hue, document.title, kind_name(document.kind), document)
    for row in found.quotes:
        words = " ".join(row.quote.anchor.exact.split())
        hue = hue_of(row.quote.colour or "amber")
        yield BinRow(QUOTES, "quotes", hue, f"“{words}”", isolate(row.document.title), row.quote)
    for tag in found.tags:
        yield BinRow(TAGS, "hash", hue_of(tag.colour, tag.id), tag.name, _quotes(tag.quotes), tag)
    for case in found.cases:
        yield BinRow(CASES, "briefcase", hue_of(case.colour, case.id), case.name, _quotes(case.quotes), case)


def _quotes(count: int) -> str:
    return plural(count, translate("Bin", "1 quote"), translate("Bin", "{} quotes")) if count else ""


def restore(archive: Archive, rows: Sequence[BinRow]) -> Restored:
    """Documents and quotes in one deed each. A tag or case whose name is taken stays, and says so."""
    documents = [row.thing for row in rows if isinstance(row.thing, Document)]
    quotes = [row.thing for row in rows if isinstance(row.thing, Quote)]
    restore_documents(archive, documents)
    restore_quotes(archive, quotes)
    count, refusals = len(documents) + len(quotes), []
    for row in rows:
        try:
            if isinstance(row.thing, Tag):
                restore_tag(archive, row.thing)
            elif isinstance(row.thing, Case):
                restore_case(archive, row.thing)
            else:
                continue
        except ArchivistError as error:
            refusals.append(str(error))
        else:
            count += 1
    return Restored(count, tuple(refusals))
